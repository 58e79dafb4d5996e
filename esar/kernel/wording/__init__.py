"""Every sentence that Python says, by code: the words themselves stand in `th.po` and `en.po`.

Codes travel; sentences are put on them here, at the edge. A figure in a sentence is a named
blank, so a translator sees what stands in it. A figure is never taken for a code: what stands in a
sentence as a sentence of its own is a `Word` or a `Phrase`. Pure: knows no framework.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from esar.kernel import units
from esar.kernel.problems import Place, Problem
from esar.kernel.wording.catalogue import catalogue

Language = Literal["th", "en"]
_BUDDHIST_OFFSET = 543


class Word(str):
    """The code of a sentence without blanks that stands in another: Word("report-state.draft").

    In JSON it is plain text, as any code.
    """

    __slots__ = ()


@dataclass(frozen=True)
class Phrase:
    """A sentence with figures that stands in another: Phrase("cli.count.entries", {"count": 3})."""

    code: str
    figures: Mapping[str, object]


def has_sentence(code: str) -> bool:
    """Whether anything can be said by this code."""
    return code in catalogue("th").sentences


def codes() -> Collection[str]:
    """Every code that can be said."""
    return catalogue("th").sentences.keys()


def say(code: str, figures: Mapping[str, object], language: str) -> str:
    """The sentence of `code` with its blanks filled, in the plural form that its figures ask for.

    Errors: KeyError for a code without a sentence or a blank without a figure; a test proves
    that neither happens.
    """
    if not figures:
        return _plain(code, language)
    template = catalogue(language).template(code, figures)
    filled = template.format_map({key: figure(value, language) for key, value in figures.items()})
    return " ".join(filled.split())  # a blank unit leaves no double space


@cache
def _plain(code: str, language: str) -> str:
    """A sentence without blanks: a page of rows says the same few hundreds of times."""
    return " ".join(catalogue(language).template(code, {}).format_map({}).split())


def both(code: str, **figures: object) -> str:
    """A sentence in both languages, for headings and help that all readers share."""
    return f"{say(code, figures, 'th')} / {say(code, figures, 'en')}"


def figure(value: object, language: str) -> str:
    """A value as people read it: Thai dates in the Buddhist era, decimals without exponent."""
    if isinstance(value, Word):
        return say(value, {}, language)
    if isinstance(value, Phrase):
        return say(value.code, value.figures, language)
    if isinstance(value, date):
        return f"{value.day} {month_and_year(value, language)}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return ", ".join(figure(part, language) for part in value) or "–"
    if isinstance(value, dict) and {"th", "en"} <= set(value):
        return str(value["en" if language == "en" else "th"])
    if hasattr(value, "th") and hasattr(value, "en"):
        return str(value.en if language == "en" else value.th)
    return str(value)


def is_per_cent(unit: str) -> bool:
    """Whether a unit counts of a hundred, so that its figures may carry the sign. Points do."""
    return not unit or unit.lstrip().startswith(units.marks())


def in_unit(figures: str, unit: str, language: str) -> str:
    """Figures with their unit as it is read: ร้อยละ 75, 75 per cent, 75 คน."""
    mark = units.per_cent()
    if not unit.startswith(mark):
        return f"{figures} {unit}".strip()
    share = say("unit.per_cent", {"figures": figures}, language)
    return f"{share} {unit.removeprefix(mark).strip()}".strip()


def month_and_year(day: date, language: str) -> str:
    """ตุลาคม 2554, October 2011: only the year's label differs."""
    year = day.year if language == "en" else day.year + _BUDDHIST_OFFSET
    return f"{say(f'month-name.{day.month}', {}, language)} {year}"


def thai_date(day: date) -> str:
    """31 ตุลาคม 2554. Only the year's label changes; 29 February stays 29 February."""
    return figure(day, "th")


def thai_month(day: date) -> str:
    """ตุลาคม 2554."""
    return month_and_year(day, "th")


def problem_sentence(problem: Problem, language: str) -> str:
    """What is wrong, where, what to do, and under which clause."""
    sentence = problem_words(problem, language)
    where = place_words(problem.place, language)
    return f"{where}: {sentence}" if where else sentence


def problem_words(problem: Problem, language: str) -> str:
    """What is wrong, what to do, and under which clause; on a page the place is plain to see."""
    sentence = say(problem.code, problem.figures, language)
    if problem.clause:
        sentence = f"{sentence} ({say('place.clause', {'clause': problem.clause}, language)})"
    return sentence


def place_words(place: Place, language: str) -> str:
    """The place as people look for it: file, line, or sheet, row and field."""
    parts = [place.file] if place.file else []
    for name in ("line", "sheet", "row", "field"):
        value = getattr(place, name)
        if value:
            parts.append(say(f"place.{name}", {name: value}, language))
    return (", " if language == "en" else " ").join(parts)
