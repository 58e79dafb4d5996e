"""KPI templates sent in once the KPIs are in force, their audit, and OPDC's list of KPIs."""

STATES = {
    "draft": ("กำลังกรอก", "Being filled in"),
    "proposed": ("รอผู้อนุมัติของหน่วยงาน", "Waiting for the body’s approver"),
    "sent": ("รอสำนักงาน ก.พ.ร. ตรวจสอบ", "Waiting for OPDC’s audit"),
    "returned": ("ส่งคืนให้แก้ไขตามผลตรวจสอบ", "Returned to be amended"),
    "passed": ("ผ่านการตรวจสอบ", "Passed"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    **{f"templates-state.{key}": labels for key, labels in STATES.items()},
    "templates-action.submit": ("อนุมัติและส่งสำนักงาน ก.พ.ร.", "Approve and send to OPDC"),
    "templates-action.return": ("แจ้งผล: ส่งคืนให้แก้ไข", "Give the result: to be amended"),
    "templates-action.pass": ("แจ้งผล: ผ่านทุกตัวชี้วัด", "Give the result: all passed"),
    "templates-action.edit": ("กรอกรายละเอียดตัวชี้วัด", "Fill in the KPI templates"),
    "templates-action.audit": ("ตรวจสอบรายละเอียดตัวชี้วัด", "Audit the KPI templates"),
    "templates.wrong_state": (
        "รายละเอียดตัวชี้วัดอยู่ในสถานะ “{state}” จึงทำไม่ได้",
        "The KPI templates are “{state}”; this cannot be done.",
    ),
    "templates.none_to_judge": (
        "ยังไม่มีผลตรวจสอบของตัวชี้วัด {kpi}",
        "KPI {kpi} has no verdict yet.",
    ),
    "templates.no_comment": (
        "ตัวชี้วัด {kpi} ต้องแก้ไข โปรดเขียนว่าแก้ไขอะไร",
        "KPI {kpi} is to be amended: say what.",
    ),
    "templates.to_be_amended": (
        "ตัวชี้วัด {kpi} ต้องแก้ไข จึงให้ผ่านทั้งชุดไม่ได้",
        "KPI {kpi} is to be amended, so the whole cannot pass.",
    ),
    "templates.all_passed": (
        "ทุกตัวชี้วัดผ่านแล้ว ไม่มีสิ่งใดให้ส่งคืน",
        "Every KPI has passed; there is nothing to return.",
    ),
    "verb.kpi_templates.saved": ("กรอกรายละเอียดตัวชี้วัด", "filled in a KPI template"),
    "verb.kpi_templates.overtaken": (
        "คำขอเปลี่ยนแปลงที่เห็นชอบแทนที่สิ่งที่กรอกไว้",
        "put an approved change in the place of what was filled in",
    ),
    "verb.kpi_templates.propose": (
        "เสนอรายละเอียดตัวชี้วัดต่อผู้อนุมัติ",
        "proposed the KPI templates",
    ),
    "verb.kpi_templates.withdraw": ("ถอนรายละเอียดตัวชี้วัดกลับ", "withdrew the KPI templates"),
    "verb.kpi_templates.send_back": (
        "ส่งรายละเอียดตัวชี้วัดกลับให้แก้ไข",
        "sent the KPI templates back",
    ),
    "verb.kpi_templates.submit": (
        "ส่งรายละเอียดตัวชี้วัดให้สำนักงาน ก.พ.ร.",
        "sent the KPI templates to OPDC",
    ),
    "verb.kpi_templates.judged": (
        "บันทึกผลตรวจสอบรายละเอียดตัวชี้วัด",
        "recorded the audit of the KPI templates",
    ),
    "verb.kpi_templates.return": (
        "แจ้งผลตรวจสอบให้แก้ไขรายละเอียดตัวชี้วัด",
        "returned the KPI templates to be amended",
    ),
    "verb.kpi_templates.pass": ("ให้รายละเอียดตัวชี้วัดผ่าน", "passed the KPI templates"),
    "notice.templates_turn": (
        "รายละเอียดตัวชี้วัด {body} ปี {year}: รอท่านดำเนินการ{reason}",
        "KPI templates of {body} {year}: it is your turn{reason}",
    ),
    "notice.templates_back": (
        "รายละเอียดตัวชี้วัด {body} ปี {year}: ถูกส่งกลับให้แก้ไข{reason}",
        "KPI templates of {body} {year}: sent back to be amended{reason}",
    ),
    "notice.templates_passed": (
        "รายละเอียดตัวชี้วัด {body} ปี {year}: ผ่านการตรวจสอบ เป็นฉบับใหม่ของตัวชี้วัด{reason}",
        "KPI templates of {body} {year}: passed; they are the next version of the KPIs{reason}",
    ),
    "page.templates": ("รายละเอียดตัวชี้วัด (KPI Template)", "KPI templates"),
    "page.templates_of": (
        "รายละเอียดตัวชี้วัดปี {year}: {body}",
        "KPI templates {year}: {body}",
    ),
    "page.template_of": ("รายละเอียดตัวชี้วัด {number}: {name}", "KPI template {number}: {name}"),
    "page.template_saved": ("บันทึกรายละเอียดตัวชี้วัด {number} แล้ว", "KPI template {number} is saved."),
    "page.templates_due": ("กำหนดส่ง {day}", "due {day}"),
    "page.templates_extended": ("ขยายเวลาแล้ว", "extended"),
    "page.templates_received": ("ส่งเมื่อ {day}", "sent on {day}"),
    "page.templates_late": ("ส่งช้ากว่ากำหนด", "sent late"),
    "page.templates_overdue": ("เลยกำหนดแล้ว ยังไม่ส่ง", "overdue, not sent"),
    "page.templates_lack": ("ยังขาด: {fields}", "still lacks: {fields}"),
    "page.templates_whole": ("ครบถ้วน", "complete"),
    "page.templates_none": ("ยังไม่มีผลตรวจสอบ", "not audited yet"),
    "page.templates_result_due": ("กำหนดแจ้งผลตรวจสอบ {day}", "Result due {day}"),
    "page.templates_audit": ("ผลตรวจสอบ (KPI Audit)", "Result of the audit"),
    "page.templates_audit_owed": (
        "สำนักงาน ก.พ.ร. เลยกำหนดแจ้งผล",
        "OPDC’s result is overdue",
    ),
    "page.verdict": ("ผลตรวจสอบ", "Verdict"),
    "page.verdict_passed": ("ผ่าน", "passed"),
    "page.verdict_amend": ("ต้องแก้ไข", "to be amended"),
    "page.verdict_comment": ("ความเห็น", "Comment"),
    "page.verdicts_saved": ("บันทึกผลตรวจสอบแล้ว ยังไม่ได้แจ้ง", "The verdicts are kept; not told yet."),
    "page.save_verdicts": ("บันทึกผลตรวจสอบ", "Save the verdicts"),
    "page.no_templates": (
        "ปีนี้ไม่มีตัวชี้วัดที่มีผลใช้บังคับซึ่งต้องส่งรายละเอียด",
        "No KPIs in force of this year ask for templates.",
    ),
    "page.templates_to_fill": ("กรอกและส่งรายละเอียดตัวชี้วัด", "Fill in and send the KPI templates"),
    "page.templates_resolution": (
        "ผลตรวจสอบรายละเอียดตัวชี้วัด (KPI Audit) ของสำนักงาน ก.พ.ร.",
        "OPDC’s audit of the KPI templates",
    ),
    "indicator.not_listed": (
        "{indicator} ไม่อยู่ในรายการของสำนักงาน ก.พ.ร.",
        "{indicator} is not on OPDC’s list.",
    ),
    "indicator.changed_meanwhile": (
        "มีผู้แก้ไข {indicator} หลังจากท่านเปิดหน้านี้ จึงยังไม่บันทึก โปรดโหลดหน้าใหม่",
        "Someone changed {indicator} after you opened this page; nothing was saved. Load it again.",
    ),
    "verb.indicator.changed": (
        "แก้ไขข้อความในรายการตัวชี้วัด",
        "changed the text of a listed indicator",
    ),
    "label.listed_year": ("อยู่ในรายการของปีงบประมาณ", "Listed for the fiscal year"),
    "label.fiscal_year": ("ปีงบประมาณ", "Fiscal year"),
    "page.add_listed": ("เพิ่มในรายการของสำนักงาน ก.พ.ร.", "Add to OPDC’s list"),
    "page.edit_listed": ("แก้ไขในรายการ: {indicator}", "Edit on the list: {indicator}"),
    "page.listed_saved": ("บันทึก “{name}” ในรายการแล้ว", "“{name}” is kept on the list."),
    "page.listed_help": (
        "ข้อมูลที่เว้นว่างให้แต่ละจังหวัดกรอกเอง ข้อความที่มีผู้ใช้แล้วเปลี่ยนเป็นฉบับใหม่",
        "What is left empty is each body’s to fill in. A text that is in use becomes a new version.",
    ),
    "page.on_opdcs_list": (
        "รายการของสำนักงาน ก.พ.ร. ปี {year}",
        "On OPDC’s list of {year}",
    ),
    "page.to_be_negotiated": (
        "ไม่เป็นไปตามรายการของสำนักงาน ก.พ.ร.: {kpis} ต้องเจรจากับคณะกรรมการ",
        "Not on OPDC’s list: {kpis}. The scorecard goes to negotiation.",
    ),
    "page.all_listed": (
        "ทุกตัวชี้วัดเป็นไปตามรายการของสำนักงาน ก.พ.ร. ไม่ต้องเจรจา",
        "Every KPI is on OPDC’s list: no negotiation is needed.",
    ),
    "page.listed_rule": (
        "ตัวชี้วัดจากรายการอยู่ในรายการต่อไปเมื่อไม่แก้ข้อความของสำนักงาน ก.พ.ร. ค่าเป้าหมายและข้อมูลที่เว้นว่างกรอกได้",
        "A KPI taken from the list stays on it while OPDC’s text is unchanged; targets and what it leaves empty are yours.",
    ),
    "change.no_other": (
        "น้ำหนักของตัวชี้วัด {kpi} เปลี่ยน โปรดเลือกตัวชี้วัดที่รับหรือให้น้ำหนักส่วนต่าง เพื่อให้ผลรวมคงเดิม",
        "The weight of KPI {kpi} changes: choose the KPI that the difference goes to or comes from, so that the sum stays.",
    ),
    "change.other_has_too_little": (
        "ตัวชี้วัด {number} มีน้ำหนัก {old} ไม่พอให้ย้าย",
        "KPI {number} has a weight of {old}; that is too little to take from.",
    ),
    "label.moved": ("น้ำหนักที่ย้าย", "Weight that moves"),
    "label.other": ("ย้ายน้ำหนักกับตัวชี้วัด", "Move the weight from or to"),
    "page.other_help": (
        "เมื่อเปลี่ยนน้ำหนัก ส่วนต่างย้ายมาจากหรือไปยังตัวชี้วัดนี้ ผลรวมน้ำหนักคงเดิม",
        "Where the weight changes, the difference comes from or goes to this KPI; the sum stays.",
    ),
    "page.signed_first": (
        "ลายมือชื่ออยู่ในฉบับที่ 1 ฉบับนี้เปลี่ยนแปลงตามมติหรือผลตรวจสอบในภายหลัง",
        "The signatures are those of version 1; this version was made by a later resolution or audit.",
    ),
}
