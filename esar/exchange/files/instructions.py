"""The sheet of instructions in the template: the year's rules, in Thai and in English."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from esar.exchange.files.saving import put_text
from esar.kernel.wording import figure
from esar.law.rules.book import Rulebook, Rules
from esar.law.rules.kinds import Component, Grades, Ladder, Regime, Round, RoundTargets
from esar.law.rules.numbers import trimmed
from esar.law.rules.refusals import clause_of
from esar.law.rules.text import Text

FONT = "TH Sarabun New"
WIDTH = 70  # of the columns, in characters of the standard font
LETTERS = 46  # that a line of it holds at 14 points, Thai marks counted
LINE_HEIGHT = 21  # points
_HEADING = "heading"

_TITLE = Text("คำแนะนำการกรอกแบบประเมิน", "How to fill this scorecard")
_HOW = (
    Text(
        "กรอกแผ่นงาน “ตัวชี้วัด” หนึ่งแถวต่อหนึ่งตัวชี้วัด ปี ประเภท หน่วยงาน และรอบ กรอกเฉพาะแถวแรกก็ได้",
        "Fill the sheet “ตัวชี้วัด”, one row a KPI. Year, kind, body and round may stand on the "
        "first row only.",
    ),
    Text(
        "ผลที่ยังไม่รายงานให้เว้นว่าง อย่าพิมพ์ - หรือ N/A ค่าว่างไม่ใช่ศูนย์",
        "Leave a result that is not reported empty; do not type - or N/A. Empty is not zero.",
    ),
    Text(
        "กรอกผลเพียงแบบเดียวต่อแถว: ค่าเป้าหมายกับผล คะแนนที่ได้รับ "
        "ขั้นตอนที่ทำแล้ว (เช่น 1,2,3; ยังไม่ได้ทำเลยใส่ 0) "
        "หรือจำนวนตามแผนกับที่ทำได้",
        "One form of result a row: targets and result, points given, steps done (like 1,2,3; 0 for "
        "none), or outputs planned and achieved.",
    ),
    Text(
        "รายการย่อยของค่าเฉลี่ยถ่วงน้ำหนัก: เพิ่มแถว แล้วใส่รหัสตัวชี้วัดแม่ในช่อง item_of",
        "Items of a weighted average: add a row each and put the number of their KPI in item_of.",
    ),
    Text(
        "วันที่เป็น ค.ศ. แบบ ปปปป-ดด-วว ปีงบประมาณเป็น พ.ศ. อย่าผสานเซลล์และอย่าแก้หัวตาราง",
        "Days are Gregorian, YYYY-MM-DD; fiscal years are Buddhist. Merge no cells, change no "
        "header.",
    ),
)
_HELD_TO = Text(
    "รอบที่สิ้นสุดก่อนสิ้นปี: ใส่ในช่อง held_to ว่า round เมื่อค่าเป้าหมายในแถวเป็นของรอบ "
    "none เมื่อไม่วัดในรอบนั้น เว้นว่างคือเทียบค่าเป้าหมายทั้งปี",
    "A round that ends before the year: in held_to put round where the row's targets are the "
    "round's own, none where the round does not measure it; empty holds it to the year's.",
)


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
    yield f"{_TITLE.th} ปีงบประมาณ พ.ศ. {year}", f"{_TITLE.en}, fiscal year {year}", _HEADING
    for regime in rules.of_kind(Regime):
        yield regime.value.name.th, regime.value.name.en, ""
    yield from ((text.th, text.en, "") for text in _HOW)
    yield "องค์ประกอบและน้ำหนัก", "Components and weights", _HEADING
    yield from _components(rules)
    yield "ระดับค่าเป้าหมาย", "Target levels", _HEADING
    yield from _levels(rules)
    yield "รอบการประเมิน", "Rounds", _HEADING
    yield from _rounds(rules)
    for targets in rules.of_kind(RoundTargets):
        yield _HELD_TO.th, _HELD_TO.en, ""
        yield from ((why.reason.th, why.reason.en, "") for why in targets.version.assumed)
    yield "ระดับผลการประเมิน", "Grades", _HEADING
    for grades in rules.of_kind(Grades):
        for band in grades.value.bands:
            least, most = figure(band.least, "th"), figure(band.most, "th")
            yield f"{band.label.th}: {least}–{most}", f"{band.label.en}: {least} to {most}", ""
    yield "ที่มา", "Sources", _HEADING
    for source in book.sources.values():
        number = f" ({source.number})" if source.number else ""
        yield source.title.th + number, source.title.en + number, ""


def _components(rules: Rules) -> Iterator[tuple[str, str, str]]:
    for rule in rules.of_kind(Component):
        value = rule.value
        weight = "" if value.weight is None else f": {figure(trimmed(value.weight), 'th')}"
        not_th, not_en = ("", "") if value.evaluated else (" (ไม่ประเมิน)", " (not evaluated)")
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
            yield f"{level.th}: {figure_text} คะแนน", f"{level.en}: {figure_text} points", ""
        below = figure(value.below, "th")
        yield f"ต่ำกว่าระดับแรก: {below} คะแนน", f"Below the first level: {below} points", ""


def _rounds(rules: Rules) -> Iterator[tuple[str, str, str]]:
    for rule in rules.of_kind(Round):
        value, name = rule.value, rule.id.removeprefix("round.")
        thai = (
            f"{name} = {rule.label.th}: {figure(value.first, 'th')} ถึง {figure(value.last, 'th')}"
        )
        english = (
            f"{name} = {rule.label.en}: {figure(value.first, 'en')} to {figure(value.last, 'en')}"
        )
        if value.due:
            thai += f" กำหนดส่ง {figure(value.due, 'th')}"
            english += f", due {figure(value.due, 'en')}"
        yield thai, english, ""
