"""The tables of a package: their columns with type, constraints and words in two languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from esar.exchange.packaging import rows
from esar.exchange.packaging.edition import Register
from esar.exchange.packaging.rows import FORMS, LEVELS, Rows, Scores
from esar.law.rules.book import Rulebook
from esar.law.rules.text import Text


@dataclass(frozen=True)
class Column:
    """A column with its Frictionless type and constraints, titled in Thai and English."""

    name: str
    type: str
    title: Text
    about: Text
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table; `links` are (columns here, table there, columns there)."""

    name: str
    title: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    links: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]
    rows: Callable[[Register, Scores, Rulebook], Rows]

    @property
    def path(self) -> str:
        return f"data/{self.name}.csv"

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


def _column(
    name: str, kind: str, th: str, en: str, about_th: str, about_en: str, **constraints: Any
) -> Column:
    return Column(name, kind, Text(th, en), Text(about_th, about_en), constraints)


BODY = _column(
    "body",
    "string",
    "รหัสหน่วยงาน",
    "Body",
    "รหัสในตาราง bodies",
    "Code in the table bodies",
    required=True,
)
ROUND = _column(
    "round",
    "string",
    "รอบ",
    "Round",
    "รอบการประเมิน เช่น 12m",
    "Round of the year, such as 12m",
    required=True,
)
_AT_LEAST_0 = {"minimum": 0}

RESULTS = Table(
    "results",
    Text("ผลคะแนนรวมของแต่ละหน่วยงาน", "The total of each body"),
    (
        BODY,
        ROUND,
        _column(
            "total",
            "number",
            "คะแนนรวม",
            "Total",
            "คะแนนรวมที่เผยแพร่ ปัดเศษแล้วตามหลักเกณฑ์",
            "The released total, rounded as the rules say",
            required=True,
            minimum=0,
        ),
        _column(
            "out_of",
            "number",
            "คะแนนเต็ม",
            "Out of",
            "คะแนนสูงสุดที่เป็นไปได้ในรอบนี้",
            "The most the total could be in this round",
            required=True,
            minimum=0,
        ),
        _column(
            "grade",
            "string",
            "ระดับ (รหัส)",
            "Grade (id)",
            "ว่างเมื่อรอบนี้ไม่จัดระดับ",
            "Empty when the round is not graded",
        ),
        _column("grade_th", "string", "ระดับ (ไทย)", "Grade (Thai)", "ชื่อระดับ", "Its Thai name"),
        _column(
            "grade_en",
            "string",
            "ระดับ (อังกฤษ)",
            "Grade (English)",
            "ชื่อระดับภาษาอังกฤษ",
            "Its English name",
        ),
        _column(
            "self_total",
            "number",
            "คะแนนประเมินตนเอง",
            "Self-assessed total",
            "คะแนนที่หน่วยงานประเมินตนเอง ว่างเมื่อไม่มี คำนวณซ้ำจากชุดข้อมูลนี้ไม่ได้",
            "What the body gave itself; empty when there is none; not recomputable from here",
            **_AT_LEAST_0,
        ),
        _column(
            "assessed_total",
            "number",
            "คะแนนที่ผู้ประเมินให้",
            "Assessed total",
            "คะแนนหลังผู้ประเมินตรวจ ว่างเมื่อไม่มี คำนวณซ้ำจากชุดข้อมูลนี้ไม่ได้",
            "After the assessors' review; empty when there is none; not recomputable from here",
            **_AT_LEAST_0,
        ),
        _column(
            "final_total",
            "number",
            "คะแนนสุดท้าย",
            "Final total",
            "ต้องเท่ากับคะแนนรวม ว่างเมื่อไม่มีขั้นตอนนี้",
            "Must equal the total; empty when this stage was not held",
            **_AT_LEAST_0,
        ),
        _column(
            "result_number",
            "integer",
            "ผลครั้งที่",
            "Result number",
            "1 คือผลแรก มากกว่า 1 คือผลที่แก้ไข",
            "1 is the first result, above 1 a corrected one",
            required=True,
            minimum=1,
        ),
        _column(
            "correction_reason",
            "string",
            "เหตุผลที่แก้ไข",
            "Reason of correction",
            "ว่างเมื่อเป็นผลแรก",
            "Empty for a first result",
        ),
        _column(
            "released_on",
            "date",
            "วันที่เผยแพร่",
            "Released on",
            "วันตามปฏิทินเกรกอเรียน",
            "Gregorian day",
            required=True,
        ),
        _column(
            "is_demo",
            "boolean",
            "ข้อมูลสาธิต",
            "Demo data",
            "true คือไม่ใช่ผลการประเมินจริง",
            "true means: not a real result",
            required=True,
        ),
    ),
    ("body", "round"),
    ((("body",), "bodies", ("code",)),),
    rows.results,
)

KPIS = Table(
    "kpis",
    Text("ตัวชี้วัดแต่ละตัวพร้อมคะแนน", "Each KPI with its points"),
    (
        BODY,
        ROUND,
        _column(
            "kpi",
            "string",
            "เลขที่ตัวชี้วัด",
            "KPI",
            "เลขที่ในแบบประเมิน",
            "Number in the scorecard",
            required=True,
        ),
        _column("name", "string", "ชื่อตัวชี้วัด", "Name", "ชื่อเต็มภาษาไทย", "Full name, in Thai"),
        _column(
            "component",
            "string",
            "องค์ประกอบ",
            "Component",
            "รหัสในหลักเกณฑ์ของปี",
            "Id in the year's rulebook",
        ),
        _column(
            "weight",
            "number",
            "น้ำหนัก",
            "Weight",
            "ร้อยละของแบบประเมินทั้งฉบับ หลังเกลี่ยน้ำหนัก",
            "Per cent of the whole scorecard, after redistribution",
            **_AT_LEAST_0,
        ),
        _column("unit", "string", "หน่วยนับ", "Unit", "ของค่าเป้าหมายและผล", "Of targets and actual"),
        _column(
            "form",
            "string",
            "รูปแบบ",
            "Form",
            "วิธีวัด: ค่าเทียบเป้าหมาย ขั้นตอน รายการ ผลผลิต แผน หรือคะแนนจากเจ้าภาพ",
            "How it is measured: against targets, by steps, items, outputs, a plan, or given",
            required=True,
            enum=list(FORMS.values()),
        ),
        _column(
            "direction",
            "string",
            "ทิศทาง",
            "Direction",
            "higher: ยิ่งมากยิ่งดี lower: ยิ่งน้อยยิ่งดี",
            "Which way is better; empty for other forms than measured",
            enum=["higher", "lower"],
        ),
        *(
            _column(
                f"target_{level}",
                "number",
                f"เป้าหมายระดับ {level}",
                f"Target {level}",
                "จากระดับต่ำสุดขึ้นไป ว่างเมื่อไม่มีระดับนี้",
                "From the lowest level up; empty when there is no such level",
            )
            for level in range(1, LEVELS + 1)
        ),
        _column(
            "actual",
            "number",
            "ผลการดำเนินงาน",
            "Actual",
            "ว่างเมื่อไม่รายงานผล หรือเมื่อรูปแบบนี้ไม่มีค่าเดียว (ดู inputs)",
            "Empty when not reported, or when the form has no single figure (see inputs)",
        ),
        _column(
            "status",
            "string",
            "สถานะ",
            "Status",
            "reported รายงานแล้ว not_reported ไม่รายงานผล not_due ยังไม่ถึงกำหนด "
            "not_applicable ไม่นำมาประเมิน",
            "Four different things; an empty figure alone does not say which",
            required=True,
            enum=["reported", "not_reported", "not_due", "not_applicable"],
        ),
        _column("points", "number", "คะแนน", "Points", "คะแนนของตัวชี้วัด", "The KPI's own points"),
        _column(
            "weighted",
            "number",
            "คะแนนถ่วงน้ำหนัก",
            "Weighted",
            "คะแนน × น้ำหนัก ÷ 100 ไม่ปัดเศษ",
            "Points × weight ÷ 100, not rounded",
        ),
        _column(
            "points_lost",
            "number",
            "คะแนนที่เสียไป",
            "Points lost",
            "คะแนนรวมที่ยังเพิ่มได้จากตัวชี้วัดนี้",
            "What the KPI could still have added to the total",
        ),
    ),
    ("body", "round", "kpi"),
    ((("body", "round"), "results", ("body", "round")),),
    rows.kpis,
)

BODIES = Table(
    "bodies",
    Text("หน่วยงาน", "The bodies"),
    (
        _column(
            "code",
            "string",
            "รหัส",
            "Code",
            "รหัสในทะเบียน จังหวัดใช้ ISO 3166-2",
            "Code in the registry; ISO 3166-2 for a province",
            required=True,
            unique=True,
        ),
        _column(
            "kind",
            "string",
            "ประเภท",
            "Kind",
            "department ส่วนราชการ province จังหวัด",
            "Class of body",
            required=True,
        ),
        _column(
            "name_th", "string", "ชื่อ (ไทย)", "Name (Thai)", "ชื่อเต็ม", "Full name", required=True
        ),
        _column(
            "name_en",
            "string",
            "ชื่อ (อังกฤษ)",
            "Name (English)",
            "ว่างเมื่อไม่มี",
            "Empty when there is none",
        ),
        _column(
            "parent",
            "string",
            "ต้นสังกัด",
            "Parent",
            "รหัสกระทรวงหรือกลุ่มจังหวัด ซึ่งไม่อยู่ในตารางนี้",
            "Code of the ministry or cluster, which is not in this table",
        ),
    ),
    ("code",),
    (),
    rows.bodies,
)

RULES_CITED = Table(
    "rules_cited",
    Text("หลักเกณฑ์และข้อกฎหมายที่คะแนนอ้างถึง", "The rules and clauses the scores rest on"),
    (
        _column(
            "rule",
            "string",
            "หลักเกณฑ์",
            "Rule",
            "รหัสใน rulebook",
            "Id in the rulebook",
            required=True,
        ),
        _column(
            "source",
            "string",
            "เอกสาร",
            "Source",
            "รหัสใน sources.yaml",
            "Id in sources.yaml",
            required=True,
        ),
        _column(
            "clause",
            "string",
            "ข้อ",
            "Clause",
            "ตำแหน่งในเอกสาร",
            "Place in the document",
            required=True,
        ),
        _column("title_th", "string", "ชื่อเอกสาร (ไทย)", "Title (Thai)", "ชื่อเต็ม", "Full title"),
        _column(
            "title_en",
            "string",
            "ชื่อเอกสาร (อังกฤษ)",
            "Title (English)",
            "คำแปลชื่อ",
            "The title in English",
        ),
        _column(
            "number",
            "string",
            "เลขที่",
            "Number",
            "เลขที่หนังสือ ว่างเมื่อไม่มี",
            "The document's number; empty when it has none",
        ),
        _column(
            "day",
            "date",
            "ลงวันที่",
            "Day",
            "ว่างเมื่อเอกสารไม่ลงวันที่",
            "Empty when the document shows none",
        ),
    ),
    ("rule", "source", "clause"),
    (),
    rows.rules_cited,
)

TABLES = (RESULTS, KPIS, BODIES, RULES_CITED)
