"""`write_results`: scores → a workbook whose own formulas reproduce each of them.

Three sheets: totals, KPIs with every input, and the steps with their clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from esar.exchange.files import kpi_rows
from esar.exchange.files.findings import refused
from esar.exchange.files.formulas import figure, grade, rounded
from esar.exchange.files.grid import column_letters
from esar.exchange.files.kpi_rows import Block, KpiSheet
from esar.exchange.files.saving import Outcome, Outcomes, put_text, save
from esar.kernel.problems import Place
from esar.kernel.wording import both, say
from esar.law.rules.book import Rulebook, Rules
from esar.law.rules.document import cite_words
from esar.law.rules.kinds import Grades, LateDeduction, ShareOfPlan, Total
from esar.law.rules.reading import read_rulebook
from esar.law.scoring.scorecard import Score, rules_for
from esar.law.scoring.steps import Step

RULEBOOK = Path(__file__).parents[3] / "rulebook"
TOTALS, KPIS, ORIGINS = (
    say(code, {}, "th") for code in ("sheet-name.results", "sheet-name.kpis", "sheet-name.origins")
)
FONT = "TH Sarabun New"

_LETTERS, _LINE = 52, 15  # letters on a line of a wide column, points a line
_TOTAL_HEADINGS = (
    both("results-sheet.body"),
    both("results-sheet.code"),
    both("results-sheet.fiscal_year"),
    both("results-sheet.round"),
    both("results-sheet.total"),
    both("results-sheet.out_of"),
    both("results-sheet.grade"),
    both("results-sheet.late_deduction"),
    both("results-sheet.computed_total"),
    both("results-sheet.computed_grade"),
    both("results-sheet.note"),
)
_ORIGIN_HEADINGS = (
    both("results-sheet.body"),
    both("results-sheet.fiscal_year"),
    both("results-sheet.round"),
    both("results-sheet.kpi_2"),
    both("results-sheet.step"),
    say("results-sheet.explanation", {}, "th"),
    say("results-sheet.explanation", {}, "en"),
    both("results-sheet.formula"),
    both("results-sheet.clause"),
    both("results-sheet.assumption"),
)
_NOTES = (
    *(say("results-sheet.how_recomputed", {}, language) for language in ("th", "en")),
    *(say("results-sheet.how_rounded", {}, language) for language in ("th", "en")),
)


def write_results(scores: Sequence[Score], path: Path, rulebook: Path = RULEBOOK) -> None:
    """Write the workbook; the same bytes for the same scores.

    `rulebook` is the folder of the years that the scores were computed with.
    Errors: Refused when a year's rules are no longer those of the score, or on a full disk.
    """
    books: dict[int, Rulebook] = {}
    blocks = []
    for score in scores:
        year = score.card.year
        if year not in books:
            books[year] = read_rulebook(rulebook, year)
        if books[year].sha256 != score.rulebook_sha256:
            raise refused("file.rulebook_changed", Place(file=path.name), year=year)
        rules, round_rule = rules_for(score.card, books[year])
        blocks.append(Block(score, rules, round_rule))
    workbook, outcomes = _workbook(blocks)
    save(workbook, path, outcomes)


def _workbook(blocks: Sequence[Block]) -> tuple[Workbook, Outcomes]:
    workbook = Workbook()
    totals = workbook.active or workbook.create_sheet()
    totals.title = TOTALS
    kpis = KpiSheet(workbook.create_sheet(KPIS), blocks)
    _write_header(totals, _TOTAL_HEADINGS)
    outcomes: dict[str, Outcome] = {}
    for number, block in enumerate(blocks, start=2):
        _write_total(totals, number, block, kpis.write(block))
        outcomes |= _outcomes(number, block.score)
    for number, note in enumerate(_NOTES, start=len(blocks) + 4):
        put_text(totals.cell(number, 1), note)
    _write_header(kpis.sheet, kpis.headings)
    origins = workbook.create_sheet(ORIGINS)
    _write_header(origins, _ORIGIN_HEADINGS)
    for block in blocks:
        _write_origins(origins, block.score)
    _set_widths(totals, (34, 12, 12, 14, 12, 14, 26, 14, 16, 26, 70))
    _set_widths(kpis.sheet, kpis.widths())
    _set_widths(origins, (28, 10, 14, 10, 8, 60, 60, 40, 60, 60))
    _wrap_rows(origins)
    return workbook, {TOTALS: outcomes, KPIS: kpis.outcomes}


def _outcomes(row: int, score: Score) -> dict[str, Outcome]:
    """What the formulas of a row of totals come to."""
    grade = {f"G{row}": score.grade.label.th} if score.grade else {}
    return {f"E{row}": score.total, f"F{row}": score.out_of, **grade}


def _wrap_rows(sheet: Worksheet) -> None:
    """Long sentences on as many lines as they need; a spreadsheet does not measure them itself."""
    for number, row in enumerate(sheet.iter_rows(min_row=2), start=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        lines = max(-(-len(str(cell.value or "")) // _LETTERS) for cell in row)
        sheet.row_dimensions[number].height = _LINE * max(lines, 1)


def _write_header(sheet: Worksheet, headings: Sequence[str]) -> None:
    for column, heading in enumerate(headings, start=1):
        cell = sheet.cell(1, column)
        put_text(cell, heading)
        cell.font = Font(name=FONT, size=14, bold=True)
        cell.fill = PatternFill("solid", fgColor="DCE6F1")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[1].height = 44  # two lines of the heading
    sheet.freeze_panes = "A2"


def _set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[column_letters(column)].width = width


def _write_total(sheet: Worksheet, row: int, block: Block, rows: kpi_rows.Rows) -> None:
    score = block.score
    late = [step for step in score.steps if step.code == "step.late"]
    for column, text in enumerate((score.card.body, score.card.code), start=1):
        put_text(sheet.cell(row, column), text)
    sheet.cell(row, 3).value = score.card.year
    put_text(sheet.cell(row, 4), score.round.label.th)
    sheet.cell(row, 5).value = "=" + _total(row, block.rules, rows, bool(late))
    sheet.cell(row, 6).value = "=" + _out_of(block.rules, rows)
    if score.grade is None:
        code = "step.nothing_due" if score.is_ungraded_for_now else "step.not_graded"
        put_text(sheet.cell(row, 7), say(code, {"round": score.round.label}, "th"))
    else:
        sheet.cell(row, 7).value = "=" + _grade(f"E{row}", block.rules, rows)
    if late:
        sheet.cell(row, 8).value = late[0].inputs["deduction"]  # type: ignore[assignment]
    put_text(sheet.cell(row, 9), figure(score.total))
    put_text(sheet.cell(row, 10), score.grade.label.th if score.grade else "")
    notes = [score.card.note, *(step.text("th") for step in late)]
    put_text(sheet.cell(row, 11), " · ".join(note for note in notes if note))
    sheet.cell(row, 5).number_format = f"0.{'0' * block.rules.rounding('total')}"


def _total(row: int, rules: Rules, rows: kpi_rows.Rows, late: bool) -> str:
    total = rules.of_kind(Total)[0].value
    if total.rule == "indicator":
        exact = f"'{KPIS}'!{rows.points_of[total.indicator or '']}"
    else:
        exact = f"SUM('{KPIS}'!{rows.weighted})"
    deduction = rules.the(LateDeduction)
    if late and deduction is not None:
        exact = f"MAX({exact}-H{row},{figure(deduction.value.floor)})"
    return rounded(exact, rules.rounding("total"))


def _out_of(rules: Rules, rows: kpi_rows.Rows) -> str:
    total = rules.of_kind(Total)[0].value
    if total.rule == "indicator":
        return figure(total.scale)
    return f"ROUND({figure(total.scale)}*SUM('{KPIS}'!{rows.weights})/100,10)"


def _grade(total: str, rules: Rules, rows: kpi_rows.Rows) -> str:
    """The grade of the total, or of what lies under the pass mark where the exact share does."""
    bands = rules.of_kind(Grades)[0].value.bands
    is_exact = rules.of_kind(Grades)[0].value.verdict == "exact"
    share = rules.the(ShareOfPlan) if is_exact else None
    failed = rows.failed_of.get(rules.of_kind(Total)[0].value.indicator or "")
    if share is not None and failed is not None:
        under = max(band.most for band in bands if band.least < share.value.pass_mark)
        total = f"IF({failed},MIN({total},{figure(under)}),{total})"
    return grade(total, [(band.least, band.label.th) for band in bands])


def _write_origins(sheet: Worksheet, score: Score) -> None:
    for kpi in score.kpis:
        for number, step in enumerate(kpi.steps, start=1):
            _write_step(sheet, score, kpi.kpi.id, number, step)
    for number, step in enumerate(score.steps, start=1):
        _write_step(sheet, score, "", number, step)


def _write_step(sheet: Worksheet, score: Score, kpi: str, number: int, step: Step) -> None:
    row = sheet.max_row + 1
    words = {
        1: score.card.body,
        3: score.round.label.th,
        4: kpi,
        6: step.text("th"),
        7: step.text("en"),
        8: step.formula,
        9: "; ".join(cite_words(cite, "th") for cite in step.cites),
        10: "; ".join(assumed.reason.th for assumed in step.assumed),
    }
    sheet.cell(row, 2).value = score.card.year
    sheet.cell(row, 5).value = number
    for column, text in words.items():
        put_text(sheet.cell(row, column), text)
