"""Every sentence the system says, by code, in Thai and in English.

Codes travel; sentences are put on them here, at the edge. A figure in a sentence is a named
blank, so a translator sees what stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from esar.kernel.problems import Place, Problem
from esar.kernel.wording import (
    appeals,
    assessments,
    central,
    commands,
    committees,
    early_warning,
    evidence,
    files,
    forecasts,
    kpi_templates,
    letters,
    lives,
    packages,
    pages,
    people,
    plan_reports,
    plans,
    refusals,
    reports,
    results,
    rules,
    scorecards,
    scoring,
    years,
)

Language = Literal["th", "en"]
SENTENCES: dict[str, tuple[str, str]] = {
    **appeals.SENTENCES,
    **assessments.SENTENCES,
    **central.SENTENCES,
    **commands.SENTENCES,
    **committees.SENTENCES,
    **early_warning.SENTENCES,
    **evidence.SENTENCES,
    **files.SENTENCES,
    **forecasts.SENTENCES,
    **kpi_templates.SENTENCES,
    **letters.SENTENCES,
    **lives.SENTENCES,
    **packages.SENTENCES,
    **pages.SENTENCES,
    **people.SENTENCES,
    **plan_reports.SENTENCES,
    **plans.SENTENCES,
    **refusals.SENTENCES,
    **reports.SENTENCES,
    **results.SENTENCES,
    **scorecards.SENTENCES,
    **scoring.SENTENCES,
    **years.SENTENCES,
    **rules.SENTENCES,
}

_THAI_MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
_BUDDHIST_OFFSET = 543


def say(code: str, figures: Mapping[str, object], language: str) -> str:
    """The sentence of `code` with its blanks filled.

    Errors: KeyError for a code without a sentence or a blank without a figure; a test proves
    that neither happens.
    """
    thai, english = SENTENCES[code]
    template = english if language == "en" else thai
    filled = template.format_map({key: figure(value, language) for key, value in figures.items()})
    return " ".join(filled.split())  # a blank unit leaves no double space


def figure(value: object, language: str) -> str:
    """A value as people read it: Thai dates in the Buddhist era, decimals without exponent."""
    if isinstance(value, date):
        return thai_date(value) if language == "th" else f"{value.day} {value:%B} {value.year}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str) and "{" not in SENTENCES.get(value, ("{", ""))[0]:
        return say(value, {}, language)  # a figure may be a code: the name of a state or a role
    if isinstance(value, tuple):
        return ", ".join(figure(part, language) for part in value) or "–"
    if isinstance(value, dict) and {"th", "en"} <= set(value):
        return str(value["en" if language == "en" else "th"])
    if hasattr(value, "th") and hasattr(value, "en"):
        return str(value.en if language == "en" else value.th)
    return str(value)


PER_CENT = "ร้อยละ"


def in_unit(figures: str, unit: str, language: str) -> str:
    """Figures with their unit as it is read: ร้อยละ 75, 75 per cent, 75 คน."""
    if not unit.startswith(PER_CENT):
        return f"{figures} {unit}".strip()
    share = f"{figures} per cent" if language == "en" else f"{PER_CENT} {figures}"
    return f"{share} {unit.removeprefix(PER_CENT).strip()}".strip()


def thai_date(day: date) -> str:
    """31 ตุลาคม 2554. Only the year's label changes; 29 February stays 29 February."""
    return f"{day.day} {_THAI_MONTHS[day.month - 1]} {day.year + _BUDDHIST_OFFSET}"


def thai_month(day: date) -> str:
    return f"{_THAI_MONTHS[day.month - 1]} {day.year + _BUDDHIST_OFFSET}"


def problem_sentence(problem: Problem, language: str) -> str:
    """What is wrong, where, what to do, and under which clause."""
    sentence = problem_words(problem, language)
    where = place_words(problem.place, language)
    return f"{where}: {sentence}" if where else sentence


def problem_words(problem: Problem, language: str) -> str:
    """What is wrong, what to do, and under which clause; on a page the place is plain to see."""
    sentence = say(problem.code, problem.figures, language)
    if problem.clause:
        word = "clause" if language == "en" else "ตาม"
        sentence = f"{sentence} ({word} {problem.clause})"
    return sentence


def place_words(place: Place, language: str) -> str:
    """The place as people look for it: file, line, or sheet, row and field."""
    thai = language != "en"
    parts = [place.file] if place.file else []
    for value, thai_word, english_word in (
        (place.line, "บรรทัด", "line"),
        (place.sheet, "แผ่นงาน", "sheet"),
        (place.row, "แถว", "row"),
        (place.field, "ช่อง", "field"),
    ):
        if value:
            parts.append(f"{thai_word if thai else english_word} {value}")
    return (" " if thai else ", ").join(parts)
