"""`write_template`: the empty workbook of a year for one class of body, drawn from its rulebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from esar.exchange.files import instructions
from esar.exchange.files.columns import (
    CARD_COLUMNS,
    ID_COLUMNS,
    OTHER_COLUMNS,
    RESULT_COLUMNS,
    TARGET_COLUMNS,
    Column,
)
from esar.exchange.files.formulas import quoted
from esar.exchange.files.grid import column_letters
from esar.exchange.files.saving import put_text, save
from esar.kernel.wording import both, say
from esar.law.rules.book import Rule, Rulebook, Rules
from esar.law.rules.kinds import (
    Component,
    GivenScore,
    Indicator,
    KpiKind,
    Ladder,
    LateDeduction,
    Milestones,
    Redistribution,
    Round,
    RoundTargets,
    ShareOfPlan,
    WeightedItems,
)
from esar.law.rules.numbers import exact_sum, trimmed
from esar.law.scoring.components import leaf_components

INSTRUCTIONS = say("sheet-name.instructions", {}, "th")
KPIS = say("sheet-name.kpis", {}, "th")
_CHECK_HEADINGS = ("form-sheet.sum", "form-sheet.filled", "form-sheet.due", "form-sheet.check")
_VERDICTS = ("complete", "different")
FONT = "TH Sarabun New"
KPI_ROWS = 12
FORMATTED_ROWS = 200
HEADER_HEIGHT = 66  # points: three lines of the longest header
ROW_HEIGHT = 21  # points: 14-point Thai with its marks
# The method that a column serves; columns of methods that the year does not have are left out.
_NEEDS = {
    "direction": Ladder,
    "actual": Ladder,
    "score": GivenScore,
    "steps_done": Milestones,
    "planned": ShareOfPlan,
    "achieved": ShareOfPlan,
    "item_of": WeightedItems,
    "not_applicable": Redistribution,
    "held_to": RoundTargets,
    "kpi_kind": KpiKind,
    "received": LateDeduction,
}
_WIDTHS = {
    "year": 34,
    "body": 28,
    "name": 48,
    "not_applicable": 24,
    "note": 24,
    "component": 16,
    "kpi_kind": 24,
}
_AS_TEXT = ("id", "item_of", "steps_done", "code", "round")
_FILL = {
    True: PatternFill("solid", fgColor="DCE6F1"),
    False: PatternFill("solid", fgColor="F2F2F2"),
}


def write_template(book: Rulebook, body_kind: str, path: Path) -> None:
    """Write the workbook for a class of body that the year has.

    `read_scorecards` reads it back once it is filled. Errors: Refused when it cannot be written.
    """
    rules = book.on(book.year.last_day, body_kind)
    workbook = Workbook()
    first = workbook.active or workbook.create_sheet()
    first.title = INSTRUCTIONS
    instructions.write(first, book, rules)
    _write_kpis(workbook.create_sheet(KPIS), book, rules, body_kind)
    workbook.active = 1
    save(workbook, path)


def columns_for(rules: Rules) -> list[Column]:
    """The columns of a year's form, with the names its rulebook gives to the target levels."""
    ladder = rules.the(Ladder)
    levels = ladder.value.levels if ladder else ()
    targets = [
        Column(column.key, level.th, level.en)
        for column, level in zip(TARGET_COLUMNS, levels, strict=False)
    ]
    every = (*CARD_COLUMNS[:-1], *ID_COLUMNS, *targets, *RESULT_COLUMNS, *OTHER_COLUMNS)
    columns = [one for one in every if one.key not in _NEEDS or rules.the(_NEEDS[one.key])]
    return [*columns, CARD_COLUMNS[-1]]


def _write_kpis(sheet: Worksheet, book: Rulebook, rules: Rules, body_kind: str) -> None:
    columns = columns_for(rules)
    at = {column.key: column_letters(number) for number, column in enumerate(columns, start=1)}
    leaves = [rule for rule in leaf_components(rules) if rule.value.evaluated]
    header = len(leaves) + 5
    first, last = header + 1, header + FORMATTED_ROWS
    _write_sums(sheet, leaves, at, first, last)
    for number, column in enumerate(columns, start=1):
        _style_column(sheet, number, column, header)
    choices = {
        "kind": book.body_kinds(),
        "direction": ["higher", "lower"],
        "held_to": ["year", "round", "none"],
        "kpi_kind": [rule.id for rule in rules.of_kind(KpiKind)],
        "component": [rule.id for rule in leaves],
        "round": [rule.id.removeprefix("round.") for rule in rules.of_kind(Round)],
    }
    for key in choices.keys() & at.keys():
        _add_choices(sheet, f"{at[key]}{first}:{at[key]}{last}", choices[key])
    _add_limits(sheet, f"{at['weight']}{first}:{at['weight']}{last}", "0", "100")
    _prefill(sheet, rules, at, first, body_kind)
    sheet.row_dimensions[header].height = HEADER_HEIGHT
    sheet.sheet_format.defaultRowHeight = ROW_HEIGHT
    sheet.sheet_format.customHeight = True
    sheet.freeze_panes = f"A{first}"


def _as_agreed(row: int) -> str:
    """A formula that says whether what was filled in is what was agreed."""
    same, different = (quoted(say(f"form-sheet.{word}", {}, "th")) for word in _VERDICTS)
    return f"=IF(ROUND(B{row}-C{row},6)=0,{same},{different})"


def _write_sums(
    sheet: Worksheet, leaves: Sequence[Rule[Component]], at: dict[str, str], first: int, last: int
) -> None:
    """Above the table, live: what the weights of each component add up to, and what is due."""
    _put(sheet, "A1", both("form-sheet.title"), bold=True)
    for column, words in zip("ABCD", _CHECK_HEADINGS, strict=True):
        _put(sheet, f"{column}2", say(words, {}, "th"), bold=True)
    weights, homes = (f"${at[key]}${first}:${at[key]}${last}" for key in ("weight", "component"))
    for row, rule in enumerate(leaves, start=3):
        _put(sheet, f"A{row}", f"[{rule.id}] {rule.label.th}")
        sheet[f"B{row}"] = f'=SUMIF({homes},"{rule.id}",{weights})'
        _write_due(sheet, row, rule.value.weight)
    total = 3 + len(leaves)
    _put(sheet, f"A{total}", say("form-sheet.total", {}, "th"), bold=True)
    sheet[f"B{total}"] = f"=SUM({weights})"
    due = [rule.value.weight for rule in leaves if rule.value.weight is not None]
    _write_due(sheet, total, exact_sum(due) if len(due) == len(leaves) else None)


def _write_due(sheet: Worksheet, row: int, due: object) -> None:
    if due is not None:
        sheet[f"C{row}"] = due  # type: ignore[assignment]
        sheet[f"D{row}"] = _as_agreed(row)


def _style_column(sheet: Worksheet, number: int, column: Column, header: int) -> None:
    cell = sheet.cell(header, number)
    put_text(cell, column.header)
    cell.font = Font(name=FONT, size=14, bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.fill = _FILL[column in CARD_COLUMNS]
    sheet.column_dimensions[column_letters(number)].width = _WIDTHS.get(column.key, 14)
    for row in range(header + 1, header + 1 + KPI_ROWS):
        below = sheet.cell(row, number)
        below.font = Font(name=FONT, size=14)
        below.alignment = Alignment(wrap_text=column.key in _WIDTHS, vertical="top")
    for row in range(header + 1, header + 1 + FORMATTED_ROWS):
        if column.key in _AS_TEXT:
            sheet.cell(row, number).number_format = "@"
        elif column.key == "received":
            sheet.cell(row, number).number_format = "yyyy-mm-dd"


def _add_choices(sheet: Worksheet, cells: str, choices: Sequence[str]) -> None:
    validation = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    validation.error = both("form-sheet.choose")
    sheet.add_data_validation(validation)
    validation.add(cells)


def _add_limits(sheet: Worksheet, cells: str, least: str, most: str) -> None:
    limits = DataValidation(
        type="decimal", operator="between", formula1=least, formula2=most, allow_blank=True
    )
    limits.error = both("form-sheet.figure", least=least, most=most)
    sheet.add_data_validation(limits)
    limits.add(cells)


def _prefill(
    sheet: Worksheet, rules: Rules, at: dict[str, str], first: int, body_kind: str
) -> None:
    """Year, kind and round once; and what the framework itself fixes, in the last rows."""
    graded = [rule for rule in rules.of_kind(Round) if rule.value.graded]
    rounds = graded or rules.of_kind(Round)
    sheet[f"{at['year']}{first}"] = rules.year.buddhist
    _put(sheet, f"{at['kind']}{first}", body_kind)
    if rounds:
        _put(sheet, f"{at['round']}{first}", rounds[-1].id.removeprefix("round."))
    fixed = _fixed(rules)
    start = first + max(KPI_ROWS - len(fixed), 1)
    for row, (name, rule, component) in enumerate(fixed, start=start):
        _put(sheet, f"{at['id']}{row}", name)
        _put(sheet, f"{at['name']}{row}", rule.label.th)
        _put(sheet, f"{at['component']}{row}", component)
        weight = rule.value.weight if isinstance(rule.value, Component) else None
        if weight is not None:
            sheet[f"{at['weight']}{row}"] = trimmed(weight)


def _fixed(rules: Rules) -> list[tuple[str, Rule[Indicator] | Rule[Component], str]]:
    """KPIs that every body has: (number, rule, component). Indicators by name, else components.

    A component inside another (2.1 in 2) is one KPI, scored as a whole by its owner.
    """
    indicators = rules.of_kind(Indicator)
    homes = {rule.value.component for rule in indicators}
    fixed: list[tuple[str, Rule[Indicator] | Rule[Component], str]] = [
        (rule.id, rule, rule.value.component) for rule in indicators
    ]
    for leaf in leaf_components(rules):
        value = leaf.value
        if value.parent and value.evaluated and value.weight and leaf.id not in homes:
            fixed.append((value.number, leaf, leaf.id))
    return fixed


def _put(sheet: Worksheet, address: str, words: str, *, bold: bool = False) -> None:
    cell = sheet[address]
    put_text(cell, words)
    cell.font = Font(name=FONT, size=14, bold=bold)
