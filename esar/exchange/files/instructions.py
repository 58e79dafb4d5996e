"""The sheet of instructions in the template: the year's rules, in Thai and in English."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from esar.exchange.files.saving import put_text
from esar.kernel.wording import figure, say
from esar.law.rules.book import Rulebook, Rules
from esar.law.rules.kinds import Component, Grades, Ladder, Regime, Round, RoundTargets
from esar.law.rules.numbers import trimmed
from esar.law.rules.refusals import clause_of
from esar.law.rules.text import worded

FONT = "TH Sarabun New"
WIDTH = 70  # of the columns, in characters of the standard font
LETTERS = 46  # that a line of it holds at 14 points, Thai marks counted
LINE_HEIGHT = 21  # points
_HEADING = "heading"

_HOW = (
    worded("form-sheet.fill_the_sheet_one_row", sheet=say("sheet-name.kpis", {}, "th")),
    worded("form-sheet.leave_a_result_that_is"),
    worded("form-sheet.one_form_of_result_a"),
    worded("form-sheet.items_of_a_weighted_average"),
    worded("form-sheet.days_are_gregorian_yyyy_mm"),
)
_HELD_TO = worded("form-sheet.a_round_that_ends_before")


def write(sheet: Worksheet, book: Rulebook, rules: Rules) -> None:
    """Two columns, Thai and English; citations below."""
    for row, (thai, english, style) in enumerate(_lines(book, rules), start=1):
        for column, words in enumerate((thai, english), start=1):
            cell = sheet.cell(row, column)
            put_text(cell, words)
            cell.font = Font(name=FONT, size=16 if style == _HEADING else 14, bold=bool(style))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        lines = -(-max(len(thai), len(english)) // LETTERS)
        sheet.row_dimensions[row].height = LINE_HEIGHT * max(lines, 1)
    sheet.column_dimensions["A"].width = WIDTH
    sheet.column_dimensions["B"].width = WIDTH
    sheet.freeze_panes = "A2"


def _lines(book: Rulebook, rules: Rules) -> Iterator[tuple[str, str, str]]:
    year = rules.year.buddhist
    yield *_both("form-sheet.how_to_fill", year=year), _HEADING
    for regime in rules.of_kind(Regime):
        yield regime.value.name.th, regime.value.name.en, ""
    yield from ((text.th, text.en, "") for text in _HOW)
    yield *_both("form-sheet.components"), _HEADING
    yield from _components(rules)
    yield *_both("form-sheet.target_levels"), _HEADING
    yield from _levels(rules)
    yield *_both("form-sheet.rounds"), _HEADING
    yield from _rounds(rules)
    for targets in rules.of_kind(RoundTargets):
        yield _HELD_TO.th, _HELD_TO.en, ""
        yield from ((why.reason.th, why.reason.en, "") for why in targets.version.assumed)
    yield *_both("form-sheet.grades"), _HEADING
    for grades in rules.of_kind(Grades):
        for band in grades.value.bands:
            least, most = figure(band.least, "th"), figure(band.most, "th")
            yield f"{band.label.th}: {least}–{most}", f"{band.label.en}: {least} to {most}", ""
    yield *_both("form-sheet.sources"), _HEADING
    for source in book.sources.values():
        number = f" ({source.number})" if source.number else ""
        yield source.title.th + number, source.title.en + number, ""


def _components(rules: Rules) -> Iterator[tuple[str, str, str]]:
    for rule in rules.of_kind(Component):
        value = rule.value
        weight = "" if value.weight is None else f": {figure(trimmed(value.weight), 'th')}"
        not_th, not_en = _both("form-sheet.not_evaluated")
        not_th, not_en = ("", "") if value.evaluated else (f" {not_th}", f" {not_en}")
        clause = clause_of(rule, "weight" if value.weight is not None else "evaluated")
        said_th, said_en = (f" — {figure(clause, language)}" for language in ("th", "en"))
        thai = f"{value.number} {rule.label.th} [{rule.id}]{weight}{not_th}"
        english = f"{value.number} {rule.label.en} [{rule.id}]{weight}{not_en}"
        yield thai + (said_th if clause else ""), english + (said_en if clause else ""), ""


def _levels(rules: Rules) -> Iterator[tuple[str, str, str]]:
    for ladder in rules.of_kind(Ladder):
        value = ladder.value
        for level, points in zip(value.levels, value.points, strict=True):
            figure_text = figure(points, "th")
            yield *_both("form-sheet.level", level=level, points=figure_text), ""
        yield *_both("form-sheet.below_first", points=figure(value.below, "th")), ""


def _rounds(rules: Rules) -> Iterator[tuple[str, str, str]]:
    for rule in rules.of_kind(Round):
        value, name = rule.value, rule.id.removeprefix("round.")
        days = {"name": name, "round": rule.label, "first": value.first, "last": value.last}
        thai, english = _both("form-sheet.round", **days)
        if value.due:
            due_th, due_en = _both("form-sheet.round_due", due=value.due)
            thai, english = f"{thai} {due_th}", f"{english}, {due_en}"
        yield thai, english, ""


def _both(code: str, **figures: object) -> tuple[str, str]:
    text = worded(code, **figures)
    return text.th, text.en
