"""The clauses that were cited for what they do not say, each as the source has it, word for word.

What stood only in code has its entry: the clause that says it, or that it is assumed and why.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from esar.exchange.files.template import write_template
from esar.kernel.wording import say
from esar.law.rules.kinds import Statement
from esar.law.rules.refusals import clause_of
from esar.law.rules.text import Text
from tests.law.scoring.make import book

ISSUED, AMENDED = date(2017, 9, 1), date(2017, 11, 1)
BRIEFING = (
    "เอกสารการประชุมชี้แจงแนวทางการประเมินส่วนราชการฯ ของจังหวัด "
    "ประจำปีงบประมาณ พ.ศ. 2561 (เพิ่มเติม) 28 สิงหาคม 2560"
)
LETTER = (
    "หนังสือจังหวัดสมุทรสาคร สรุปผลการประชุมชี้แจงแนวทางการประเมินส่วนราชการฯ ของจังหวัด "
    "ปีงบประมาณ พ.ศ. 2561 (เพิ่มเติม) ตามข้อสั่งการนายกรัฐมนตรี"
)
ORDER = "ข้อสั่งการของนายกรัฐมนตรีในคราวประชุมคณะรัฐมนตรี 1 สิงหาคม 2560 ด้านการบริหารราชการแผ่นดินและอื่น ๆ"
INSTRUCTIONS = say("sheet-name.instructions", {}, "th")
FRAME_2553 = "กรอบการประเมินผลการปฏิบัติราชการของจังหวัด ประจำปีงบประมาณ พ.ศ. 2553"
ASSUMED = "ข้อสันนิษฐาน: "


def clause(year: int, day: date, entry: str, *fields: str) -> str:
    printed = clause_of(book(year).on(day, "province").by_id[entry], *fields)
    return printed.th if isinstance(printed, Text) else ""


@pytest.mark.parametrize(
    ("day", "entry", "field", "printed"),
    [
        (
            ISSUED,
            "4.2.plan-form",
            "also_needed",
            f"{ASSUMED}แบบไม่มีช่องหน่วยงานที่รับผิดชอบ ระบบขอเพื่อให้รู้ว่าใครรายงานผล",
        ),
        (
            ISSUED,
            "4.2.plan-form",
            "needed",
            f"{BRIEFING} ขั้นตอนในการดำเนินงาน แบบแผน (เรื่องดำเนินการ ประเภท ระยะเวลาดำเนินการ ผลผลิต)",
        ),
        *[
            (
                day,
                "4.2.plan",
                "new_each_month",
                f'{BRIEFING} ตัวอย่างแผน "ต้องมีกิจกรรมใหม่ทุกเดือน"; {ORDER} อย่างน้อยเดือนละ 1 งานหรือกิจกรรม',
            )
            for day in (ISSUED, AMENDED)
        ],
        (ISSUED, "4.2.plan", "activities", f"{BRIEFING} ขั้นตอนในการดำเนินงาน ข้อ 1"),
        (AMENDED, "4.2.plan", "activities", f"{LETTER} ข้อ 3.1"),
        (AMENDED, "4.2.topics", "topics", f"{LETTER} ข้อ 1.1"),
        (AMENDED, "4.2.topics", "start_first", f"{LETTER} ข้อ 1.2"),
        (AMENDED, "4.2.topics", "start_last", f"{LETTER} ข้อ 1.2"),
        (
            AMENDED,
            "4.2.topics",
            "others",
            f"{LETTER} ข้อ 2.2; {ASSUMED}หนังสือกล่าวถึงการนำ 6 เรื่องมานับและเลือกเพิ่มอีก 6 กิจกรรม "
            "โดยไม่กล่าวถึงการนำมานับเพียงบางเรื่อง จึงถือว่านำมานับทั้ง 6 เรื่องหรือไม่นำมานับเลย",
        ),
    ],
)
def test_of_2561_the_clause_printed_is_the_one_that_says_it(
    day: date, entry: str, field: str, printed: str
) -> None:
    assert clause(2561, day, entry, field) == printed


@pytest.mark.parametrize(
    ("field", "printed"),
    [
        (
            "ended_round",
            f"{ASSUMED}เอกสารให้ขอปรับแผนได้ถึง 31 พฤษภาคม 2561 "
            "โดยไม่กล่าวถึงผลผลิตของรอบที่สิ้นสุดแล้ว ซึ่งประเมินไปแล้ว จึงให้คงเดิม",
        ),
        (
            "decided_by",
            f"{ASSUMED}เอกสารกล่าวว่าจังหวัดขอปรับแผนได้ ไม่กล่าวว่าผู้ใดพิจารณา จึงให้สำนักงาน ก.พ.ร. ซึ่งรับแผน",
        ),
        ("first_month", f"{BRIEFING} ขั้นตอนในการดำเนินงาน แบบแผน 12 เดือน ถึง ก.ย."),
        (
            "last_month",
            f"{BRIEFING} ขั้นตอนในการดำเนินงาน แบบแผน 12 เดือน ถึง ก.ย.; "
            f"{ASSUMED}ตัวอย่างมีเดือนที่ 13 คือตุลาคม 2561 ซึ่งอยู่นอกปีงบประมาณและนอกทุกรอบ "
            "จึงใช้ 12 เดือนของแบบ",
        ),
        (
            "outputs_a_month",
            f"{ASSUMED}เอกสารทำเครื่องหมายผลผลิตหนึ่งจุดต่อกิจกรรมต่อเดือน ไม่กล่าวถึงหลายผลผลิตในเดือนเดียว",
        ),
    ],
)
def test_what_stood_only_in_code_of_a_plan_is_an_entry(field: str, printed: str) -> None:
    assert clause(2561, ISSUED, "4.2.plan-form", field) == printed


def test_the_things_and_units_of_the_savings_ledger_are_an_entry_and_the_units_assumed() -> None:
    rules = book(2561).on(AMENDED, "province")
    ledger = rules.need("4.2.savings-ledger", Statement)

    assert [entry.label.th for entry in ledger.value.items] == [
        "ไฟฟ้า (หน่วย)",
        "น้ำมันเชื้อเพลิง (ลิตร)",
        "กระดาษ (รีม)",
        "งบประมาณ (บาท)",
    ]
    assert clause(2561, AMENDED, "4.2.savings-ledger", "items") == (
        f"{ASSUMED}หนังสือกล่าวถึงไฟฟ้า น้ำมันเชื้อเพลิง กระดาษ และงบประมาณ "
        "โดยไม่ให้หน่วยนับ และว่าหลักเกณฑ์จะแจ้งภายหลัง"
    )


def test_the_addressee_of_the_quarterly_report_is_an_entry_with_all_its_clauses() -> None:
    addressee = book(2561).on(ISSUED, "province").need("4.2.addressee", Statement)

    assert addressee.value.text.th == "รองนายกรัฐมนตรี (นายวิษณุ เครืองาม)"
    assert clause(2561, ISSUED, "4.2.addressee") == "; ".join(
        [
            f"{BRIEFING} ข้อเสนอการประชุมคณะรัฐมนตรี ณ วันที่ 1 สิงหาคม 2560",
            f"{BRIEFING} ขั้นตอนในการดำเนินงาน",
            f"{ORDER} เสนอต่อรองนายกรัฐมนตรี",
        ]
    )


@pytest.mark.parametrize(
    ("year", "entry", "clauses"),
    [
        (
            2561,
            "4.2.types",
            [
                "หมายเหตุ ประเภทเรื่องที่ดำเนินการ",
                "ตัวชี้วัดที่ 4.2 ข้อ 1 ถึง 5 การจำแนกกลุ่มการพัฒนา",
            ],
        ),
        (2561, "kind.innovation.policy", ["ตัวชี้วัดที่ 4.1 ข้อ 1"]),
        (2561, "kind.innovation.service", ["ตัวชี้วัดที่ 4.1 ข้อ 2"]),
        (2561, "kind.innovation.administrative", ["ตัวชี้วัดที่ 4.1 ข้อ 3"]),
        (2561, "4.2.template", ["ขั้นตอนในการดำเนินงาน ข้อ 1"]),
        (2561, "4.2.pending", ["ข้อ 4", "ข้อ 3.2"]),
        (2554, "legal-bases", ["ข้อ 1.1.1", "ข้อ 1.1.2", "ข้อ 1.1.3", "ข้อ 1.1.4"]),
        (2554, "independent-evaluators", ["ข้อ 1.1.2 มาตรา 45"]),
        (2554, "calendar.analysis", ["แผนภาพที่ 4 ภายใน มิ.ย. 54"]),
        (2554, "agreement.signed-for", ["ข้อ 1.4.2 การลงนามในคำรับรอง ช่องข้อตกลงที่ให้คำรับรองฯ"]),
        (2554, "committee.supervising.names", ["ข้อ 1.4.1 ข้อ 1"]),
        (2554, "committee.negotiation.names", ["ข้อ 1.4.1 ข้อ 2"]),
        (
            2554,
            "contradictions",
            [
                "ข้อ 1.4.2 การลงนามในคำรับรอง และข้อ 1)",
                "ปฏิทิน มิถุนายน–สิงหาคม 2554 และแผนภาพที่ 4",
            ],
        ),
    ],
)
def test_what_was_missing_is_an_entry_with_its_clause(
    year: int, entry: str, clauses: list[str]
) -> None:
    rule = book(year).on(book(year).year.last_day, "province").by_id[entry]
    assert [cite.clause for cite in rule.cites] == clauses


def test_the_two_committees_of_2554_have_14_names_and_16_with_a_17th_by_rule() -> None:
    rules = book(2554).on(book(2554).year.last_day, "province")
    supervising = rules.need("committee.supervising.names", Statement).value.items
    negotiation = rules.need("committee.negotiation.names", Statement).value.items

    assert (len(supervising), len(negotiation)) == (14, 17)
    assert negotiation[-1].label.th.startswith("ประธาน/อนุกรรมการในคณะอนุกรรมการตรวจสอบ")


def test_the_workbook_of_2554_cites_the_frame_of_2553_for_its_assumed_weights(
    tmp_path: Path,
) -> None:
    """The manual has the dimensions and no weights: it is not cited for them."""
    path = tmp_path / "form.xlsx"
    write_template(book(2554), "province", path)
    rows = load_workbook(path)[INSTRUCTIONS].iter_rows(values_only=True)
    dimensions = [str(row[0]) for row in rows if re.match(r"[1-4] .* \[", str(row[0]))]

    assert [line.partition(" — ")[2] for line in dimensions] == [
        f"{FRAME_2553} น้ำหนัก 50 / 20 / 10 / 20 (ปี 2553); {ASSUMED}ไม่พบน้ำหนักของจังหวัดปี 2554 "
        "จึงใช้น้ำหนักของปี 2553 ไปก่อน น้ำหนักที่ต่างไปจะได้รับคำเตือน ไม่ถูกปฏิเสธ"
    ] * 4
