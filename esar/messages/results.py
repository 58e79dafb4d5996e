"""Results, their release, the linkage and simulations, in Thai and English."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "verb.result.computed": ("คำนวณผลการประเมิน", "computed the result"),
    "verb.result.release": ("เผยแพร่ผลการประเมิน", "released the result"),
    "result-state.computed": ("รอเผยแพร่", "waits for release"),
    "result-state.released": ("เผยแพร่แล้ว", "released"),
    "result-state.superseded": ("มีผลใหม่แทนแล้ว", "superseded"),
    "result.already_moved": (
        "มีผู้อื่นดำเนินการกับผลของ {body} ก่อนแล้ว เปิดหน้าใหม่",
        "Someone else has acted on the result of {body} first. Load the page again.",
    ),
    "result.none_chosen": ("เลือกผลที่จะเผยแพร่อย่างน้อยหนึ่งหน่วยงาน", "Choose at least one result to release."),
    "result.not_from_an_assessment": (
        "ผลนี้มาจากไฟล์ ไม่ได้มาจากการประเมินในระบบ จึงแก้ไขด้วยวิธีนี้ไม่ได้",
        "This result came from a file, not from an assessment, and cannot be corrected this way.",
    ),
    "result.rules_changed": (
        "หลักเกณฑ์ปี {year} เปลี่ยนไปจากที่ใช้คำนวณผลนี้ ต้องใช้หลักเกณฑ์ฉบับเดิม",
        "The rulebook of {year} is not the one this result was computed under; that one must be used.",
    ),
    "simulation.no_such_body": ("ปี {year} ไม่ประเมินหน่วยงานประเภทนี้", "{year} does not evaluate this class of body"),
    "simulation.other_scale": (
        "ปี {year} ใช้คะแนนคนละมาตรา จึงเทียบไม่ได้",
        "{year} has another scale, so there is nothing to compare",
    ),
    "simulation.other_targets": (
        "ปี {year} ใช้จำนวนค่าเป้าหมายต่างกัน (ตัวชี้วัด {kpi})",
        "{year} asks for another number of targets (KPI {kpi})",
    ),
    "simulation.other_method": (
        "ปี {year} ไม่มีวิธีคิดคะแนนแบบของตัวชี้วัด {kpi}",
        "{year} has no method for KPI {kpi}",
    ),
    "notice.result_released": ("ผลการประเมินปี {year} ของ {body} เผยแพร่แล้ว", "The {year} result of {body} is released."),
}
