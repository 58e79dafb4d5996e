"""The columns of the table form: keys, labels, and how a header is recognised."""

from __future__ import annotations

import re
from dataclasses import dataclass

from esar.kernel import spelling

MAX_TARGETS = 5


@dataclass(frozen=True)
class Column:
    """`key` is what problems name; a header may be the key, the Thai label, or "label (key)"."""

    key: str
    thai: str
    english: str

    @property
    def header(self) -> str:
        return f"{self.thai} ({self.key})"


# Of the whole scorecard: filled on every row, or only on its first.
CARD_COLUMNS = (
    Column("year", "ปีงบประมาณ", "Fiscal year (B.E.)"),
    Column("kind", "ประเภทหน่วยงาน", "Class of body"),
    Column("body", "หน่วยงาน", "Body"),
    Column("code", "รหัสหน่วยงาน", "Code of the body"),
    Column("round", "รอบ", "Round"),
    Column("received", "วันที่ส่ง", "Day received"),
    Column("province", "รหัสจังหวัด", "Province (ISO 3166-2)"),
    Column("note", "หมายเหตุ", "Note"),
)
TARGET_COLUMNS = tuple(
    Column(f"target_{level}", f"ค่าเป้าหมายระดับ {level}", f"Target of level {level}")
    for level in range(1, MAX_TARGETS + 1)
)
ID_COLUMNS = (
    Column("id", "รหัสตัวชี้วัด", "KPI number"),
    Column("name", "ชื่อตัวชี้วัด", "KPI name"),
    Column("component", "องค์ประกอบ", "Component"),
    Column("weight", "น้ำหนัก", "Weight"),
    Column("unit", "หน่วยวัด", "Unit"),
    Column("direction", "ทิศทาง", "Direction"),
)
RESULT_COLUMNS = (
    Column("actual", "ผลการดำเนินงาน", "Result"),
    Column("score", "คะแนนที่ได้รับ", "Points given"),
    Column("steps_done", "ขั้นตอนที่ทำแล้ว", "Steps done"),
    Column("planned", "ผลผลิตตามแผน", "Outputs planned"),
    Column("achieved", "ผลผลิตที่ทำได้", "Outputs achieved"),
)
OTHER_COLUMNS = (
    Column("item_of", "รายการของตัวชี้วัด", "Item of KPI"),
    Column("not_applicable", "มติไม่นำมาประเมิน", "Decision not to evaluate"),
    Column("held_to", "ค่าเป้าหมายที่ใช้วัด", "Held to the targets of"),
    Column("kpi_kind", "ประเภทตัวชี้วัด", "Kind of KPI"),
)
KPI_COLUMNS = (*ID_COLUMNS, *TARGET_COLUMNS, *RESULT_COLUMNS, *OTHER_COLUMNS)
# Head columns, then the KPI's own, with the note last: the order of the template.
COLUMNS = (*CARD_COLUMNS[:-1], *KPI_COLUMNS, CARD_COLUMNS[-1])
KEYS = tuple(column.key for column in COLUMNS)
RESULT_KEYS = tuple(column.key for column in RESULT_COLUMNS)
FIGURE_KEYS = (*(column.key for column in TARGET_COLUMNS), *RESULT_KEYS, "weight")
REQUIRED = ("year", "kind", "body", "round", "id")
# Which scorecard a row belongs to.
GROUP_KEYS = ("year", "kind", "body", "round")

_BY_LABEL = {spelling.key(column.thai): column.key for column in COLUMNS} | {
    key: key for key in KEYS
}
_IN_BRACKETS = re.compile(r".*\(\s*([A-Za-z_0-9]+)\s*\)", re.DOTALL)


def key_of(header: str) -> str | None:
    """The column that a header names, or None. The words before "(key)" may say anything."""
    words = spelling.key(header).removesuffix("*").strip()
    key = _BY_LABEL.get(words)
    if key is None and (match := _IN_BRACKETS.fullmatch(words)):
        key = match[1]
    return key if key in KEYS else None
