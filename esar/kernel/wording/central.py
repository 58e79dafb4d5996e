"""Central data, in Thai and English."""

from __future__ import annotations

DELIVERY_STATES = {
    "checking": ("รอตรวจและเผยแพร่", "Waiting to be checked and published"),
    "published": ("เผยแพร่แล้ว", "Published"),
    "discarded": ("ทิ้งแล้ว ไม่ใช้", "Discarded"),
}
OBJECTION_STATES = {
    "open": ("รอเจ้าภาพพิจารณา", "Waiting for the owner"),
    "upheld": ("ทักท้วงฟังขึ้น แก้ค่าแล้ว", "Upheld; the value was corrected"),
    "rejected": ("ยืนยันค่าเดิม", "Rejected; the value stands"),
    "withdrawn": ("ถอนคำทักท้วง", "Withdrawn"),
}
SET_STATES = {
    "none": ("ยังไม่ส่ง", "Not delivered"),
    "checking": ("มีไฟล์รอเผยแพร่", "A file waits to be published"),
    "published": ("เผยแพร่แล้ว", "Published"),
    "objections": ("เผยแพร่แล้ว มีคำทักท้วง", "Published, with objections"),
}
VERBS = {
    "checked": ("นำเข้าไฟล์ข้อมูลกลาง", "sent in a file of central data"),
    "published": ("เผยแพร่ข้อมูลกลาง", "published central data"),
    "discarded": ("ทิ้งไฟล์ข้อมูลกลาง", "discarded a file of central data"),
    "value": ("ค่าข้อมูลกลางใหม่", "wrote a new central value"),
    "objected": ("ทักท้วงข้อมูลกลาง", "objected to a central value"),
    "withdrawn": ("ถอนคำทักท้วง", "withdrew the objection"),
    "upheld": ("รับคำทักท้วงและแก้ค่า", "upheld the objection and corrected the value"),
    "rejected": ("ไม่รับคำทักท้วง ยืนยันค่าเดิม", "rejected the objection"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    **{f"delivery-state.{key}": labels for key, labels in DELIVERY_STATES.items()},
    **{f"objection-state.{key}": labels for key, labels in OBJECTION_STATES.items()},
    **{f"central-set.{key}": labels for key, labels in SET_STATES.items()},
    **{f"verb.central.{key}": labels for key, labels in VERBS.items()},
    "central.wrong_state": (
        "ไฟล์นี้อยู่ในสถานะ “{state}” จึงทำไม่ได้ โปรดโหลดหน้าใหม่",
        "This file is “{state}”, so this cannot be done. Load the page again.",
    ),
    "central.objection_closed": (
        "คำทักท้วงอยู่ในสถานะ “{state}” จึงทำไม่ได้",
        "The objection is “{state}”, so this cannot be done.",
    ),
    "central.changed_meanwhile": (
        "มีผู้ดำเนินการไปก่อนแล้ว จึงยังไม่บันทึกสิ่งใด โปรดโหลดหน้าใหม่",
        "Someone else was first, so nothing was written. Load the page again.",
    ),
    "central.has_problems": (
        "ไฟล์มีข้อผิด {count} เรื่อง โปรดแก้แล้วส่งใหม่ หรือเลือกเผยแพร่เฉพาะแถวที่ถูกต้อง",
        "Problems in the file: {count}. Correct it and send it again, or choose to publish only the sound rows.",
    ),
    "central.nothing_sound": (
        "ไม่มีแถวที่ถูกต้องให้เผยแพร่ โปรดแก้ไฟล์แล้วส่งใหม่",
        "There is no sound row to publish. Correct the file and send it again.",
    ),
    "central.no_header": (
        "ไม่พบหัวตาราง ต้องมีแถวที่มี: {known} โปรดใช้แบบฟอร์มที่ดาวน์โหลดจากหน้านี้",
        "No header was found. One row must have: {known}. Use the form that this page gives.",
    ),
    "central.too_many_rows": (
        "ตารางมีเกิน {most} แถว ซึ่งมากกว่าจำนวนหน่วยงาน โปรดตรวจไฟล์",
        "The table has more than {most} rows, which is more than there are bodies. Check the file.",
    ),
    "central.no_code": ("ไม่มีรหัสหน่วยงาน โปรดกรอก", "The body’s code is missing. Enter it."),
    "central.unknown_body": (
        "ไม่มีหน่วยงานรหัส “{code}” ในการประเมินปีนี้",
        "No body with the code “{code}” is in this year’s evaluation.",
    ),
    "central.twice": (
        "รหัส “{code}” อยู่ในหลายแถว ({rows}) โปรดให้เหลือแถวเดียว",
        "The code “{code}” stands on several rows ({rows}). Leave one.",
    ),
    "central.name_differs": (
        "ชื่อ “{name}” ไม่ตรงกับรหัส {code} ซึ่งคือ “{registered}” ข้อมูลอาจเลื่อนแถว",
        "The name “{name}” is not that of {code}, which is “{registered}”. Rows may have slipped.",
    ),
    "central.no_value_no_reason": (
        "ไม่มีทั้งค่าและเหตุที่ไม่มีข้อมูล โปรดกรอกอย่างใดอย่างหนึ่ง",
        "There is neither a value nor a reason why there is none. Give one of the two.",
    ),
    "central.value_and_reason": (
        "มีทั้งค่าและเหตุที่ไม่มีข้อมูล โปรดให้เหลืออย่างเดียว",
        "There is a value and a reason why there is none. Leave one of the two.",
    ),
    "central.off_scale": (
        "ค่า {value} ไม่อยู่ระหว่าง {least} ถึง {most} คะแนน",
        "The value {value} is not between {least} and {most} points.",
    ),
    "central.missing": (
        "ไม่มีแถวของ {count} หน่วยงานที่ต้องมีข้อมูล",
        "Bodies that must have data but have no row: {count}.",
    ),
    "central.too_late": (
        "ทักท้วงได้ถึงสิ้นวันที่ {day}",
        "Objections could be made until the end of {day}.",
    ),
    "central.superseded": (
        "ค่านี้ถูกแทนที่แล้ว โปรดทักท้วงค่าล่าสุด",
        "This value has been replaced. Object to the newest one.",
    ),
    "central.objected_already": (
        "ค่านี้มีคำทักท้วงที่รอพิจารณาหรือตัดสินแล้ว",
        "There is an objection to this value that is open, or decided already.",
    ),
    "central.no_answer": ("โปรดให้คำชี้แจงต่อหน่วยงาน", "Give the body an answer."),
    "central.nothing_new": (
        "ค่าใหม่เท่ากับค่าปัจจุบัน ถ้าค่าเดิมถูกต้องให้เลือกยืนยันค่าเดิม",
        "The new value is the present one. If that is right, reject the objection.",
    ),
    "notice.central_published": (
        "เผยแพร่ {rule} ปี {year} แล้ว โปรดตรวจค่าของหน่วยงาน ทักท้วงได้ถึงสิ้นวันที่ {day}",
        "{rule}, {year}: published. Check your body’s value; you may object until the end of {day}.",
    ),
    "notice.central_objection": (
        "{body} ทักท้วง {rule} ปี {year}: รอท่านพิจารณา{reason}",
        "{body} objects to {rule}, {year}: it is yours to decide{reason}",
    ),
    "notice.central_upheld": (
        "{rule} ปี {year} ของ {body}: คำทักท้วงฟังขึ้น แก้ค่าแล้ว{reason}",
        "{rule}, {year}, {body}: the objection was upheld and the value corrected{reason}",
    ),
    "notice.central_rejected": (
        "{rule} ปี {year} ของ {body}: ยืนยันค่าเดิม{reason}",
        "{rule}, {year}, {body}: the objection was rejected{reason}",
    ),
    "label.central_file": ("ไฟล์ (.xlsx .ods หรือ .csv)", "File (.xlsx, .ods or .csv)"),
    "label.central_text": ("ค่าที่ถูกต้องควรเป็นเท่าใด เพราะเหตุใด", "What the value should be, and why"),
    "label.central_outcome": ("ผลการพิจารณา", "Decision"),
    "label.central_value": ("ค่าใหม่", "New value"),
    "label.central_answer": ("คำชี้แจงต่อหน่วยงาน", "Answer to the body"),
    "label.central_no_data": ("เหตุที่ไม่มีข้อมูล", "Why there are no data"),
    "label.central_partial": (
        "เผยแพร่เฉพาะแถวที่ถูกต้อง {sound} แถว หน่วยงานอื่นคงค่าเดิมหรือยังไม่มีข้อมูล",
        "Publish only the {sound} sound rows; other bodies keep what they have, or have nothing yet",
    ),
    "label.value": ("ค่า", "Value"),
    "label.file": ("ไฟล์", "File"),
    "label.sha256": ("ลายนิ้วมือไฟล์", "File digest"),
    "label.no_data": ("เหตุที่ไม่มีข้อมูล", "Why there are no data"),
    "label.rows": ("จำนวนแถว", "Rows"),
    "label.problems": ("ข้อผิด", "Problems"),
    "label.values": ("ค่าใหม่หรือเปลี่ยน", "New or changed values"),
    "label.partial": ("เฉพาะแถวที่ถูกต้อง", "Sound rows only"),
    "choice.central_uphold": ("คำทักท้วงฟังขึ้น แก้ค่า", "Uphold, and correct the value"),
    "choice.central_reject": ("ยืนยันค่าเดิม", "Reject; the value stands"),
    "delivery-action.publish": ("เผยแพร่ข้อมูลกลาง", "Publish"),
    "delivery-action.discard": ("ทิ้ง", "Discard"),
    "objection-action.uphold": ("รับข้อทักท้วง", "Uphold"),
    "objection-action.reject": ("ไม่รับข้อทักท้วง", "Reject"),
    "objection-action.withdraw": ("ถอนข้อทักท้วง", "Withdraw"),
    "page.central": ("ข้อมูลกลาง", "Central data"),
    "page.central_help": (
        "ผลของตัวชี้วัดที่เจ้าภาพส่งให้ทุกหน่วยงาน ค่าล่าสุดของแต่ละรายการใช้คิดคะแนน",
        "Results that an owner gives for every body. The newest value of each is the one that counts.",
    ),
    "page.central_mine": ("ข้อมูลกลางของหน่วยงาน", "Central data of your body"),
    "page.central_values": ("ค่าทั้งหมด", "All values"),
    "page.central_sets": ("ชุดข้อมูล", "Data sets"),
    "page.central_sets_of": ("ข้อมูลกลาง ปีงบประมาณ {year}", "Central data of fiscal year {year}"),
    "page.central_no_sets": (
        "หลักเกณฑ์ปีนี้ไม่มีข้อมูลกลาง",
        "The rules of this year have no central data.",
    ),
    "page.central_not_owner": (
        "หน่วยงานของท่านไม่ได้เป็นเจ้าภาพข้อมูลกลางของปีนี้",
        "Your body owns no central data of this year.",
    ),
    "page.central_none": (
        "ยังไม่มีข้อมูลกลางที่เผยแพร่ถึงหน่วยงานของท่าน",
        "No central data have been published to your body yet.",
    ),
    "page.central_rule": ("ข้อมูล", "Data"),
    "page.central_round": ("รอบ", "Round"),
    "page.central_owner": ("เจ้าภาพ: {owner}", "Owner: {owner}"),
    "page.central_value": ("ค่า", "Value"),
    "page.central_value_of": ("{rule}: {body}", "{rule}: {body}"),
    "page.central_unit": ("หน่วย: {unit}", "Unit: {unit}"),
    "page.central_points": ("คะแนน {least}–{most}", "points, {least} to {most}"),
    "page.central_own_unit": ("ตามหน่วยวัดของตัวชี้วัด", "the KPI’s own unit"),
    "page.central_days": ("ทักท้วงได้ {days} วันหลังเผยแพร่", "Objections within {days} days"),
    "page.central_published_at": ("เผยแพร่เมื่อ", "Published"),
    "page.central_until": ("ทักท้วงได้ถึงสิ้นวันที่ {day}", "Objections until the end of {day}"),
    "page.central_over": ("พ้นเวลาทักท้วงแล้ว ({day})", "The time to object is over ({day})"),
    "page.central_missing": ("ยังไม่ส่งข้อมูล", "Not delivered"),
    "page.central_no_data": ("ไม่มีข้อมูล: {reason}", "No data: {reason}"),
    "page.central_have_value": ("มีค่า", "With a value"),
    "page.central_have_no_data": ("ไม่มีข้อมูล (มีเหตุผล)", "No data, with a reason"),
    "page.central_coverage": (
        "มีค่า {with_value} · ไม่มีข้อมูล {without_data} · ยังไม่ส่ง {missing} จาก {expected} หน่วยงาน",
        "{with_value} with a value · {without_data} without data · {missing} not delivered, of {expected} bodies",
    ),
    "page.central_open": ("คำทักท้วงรอพิจารณา {count} เรื่อง", "Objections to decide: {count}"),
    "page.central_upload": ("ส่งไฟล์", "Send a file"),
    "page.central_upload_help": (
        "ระบบจะตรวจทุกแถวและแสดงให้ดูก่อน ยังไม่มีผลจนกว่าจะกดเผยแพร่ ไฟล์ใหม่แทนไฟล์ที่รอเผยแพร่อยู่",
        "Every row is checked and shown first; nothing counts before you publish. A new file replaces one that waits.",
    ),
    "page.central_template": ("ดาวน์โหลดแบบฟอร์ม (.xlsx)", "Download the form (.xlsx)"),
    "page.central_check": ("ตรวจไฟล์", "Check the file"),
    "page.central_look": ("ตรวจแล้วเผยแพร่", "Look and publish"),
    "page.central_deliveries": ("ไฟล์ที่ส่ง", "Files sent"),
    "page.central_no_deliveries": ("ยังไม่มีไฟล์ที่ส่ง", "No file has been sent yet."),
    "page.central_delivery": ("ไฟล์ที่ {number}: {rule}", "File {number}: {rule}"),
    "page.central_row": ("แถว", "Row"),
    "page.central_now": ("ค่าปัจจุบัน", "Present value"),
    "page.central_decided_before": (
        "จากคำทักท้วง",
        "from an objection",
    ),
    "page.central_overrides": (
        "⚠ {count} แถวจะแทนค่าที่แก้ตามคำทักท้วง ({bodies})",
        "⚠ Rows that would replace a value corrected on an objection: {count} ({bodies})",
    ),
    "page.central_sound": (
        "แถวที่ถูกต้อง {sound} จาก {rows} แถว",
        "{sound} of {rows} rows are sound",
    ),
    "page.central_all_sound": ("✓ ทุกแถวถูกต้อง", "✓ Every row is sound"),
    "page.central_problem_rows": ("แถวที่มีข้อผิด", "Rows with problems"),
    "page.central_only_problems": ("เฉพาะแถวที่มีข้อผิด", "Only rows with problems"),
    "page.central_missing_bodies": (
        "หน่วยงานที่ไม่มีแถวในไฟล์ ({count})",
        "Bodies that have no row in the file ({count})",
    ),
    "page.central_publish": ("เผยแพร่ให้ทุกหน่วยงาน", "Publish to the bodies"),
    "page.central_publish_sound": ("เผยแพร่เฉพาะแถวที่ถูกต้อง", "Publish the sound rows"),
    "page.central_confirm": (
        "เผยแพร่แล้วแก้หรือลบไม่ได้ แก้ได้ด้วยการส่งไฟล์ใหม่เท่านั้น เผยแพร่หรือไม่",
        "What is published cannot be edited or deleted; only a new file corrects it. Publish?",
    ),
    "page.central_discard": ("ทิ้งไฟล์นี้", "Discard this file"),
    "page.central_checked": (
        "ตรวจไฟล์แล้ว ยังไม่เผยแพร่",
        "The file is checked; nothing is published yet.",
    ),
    "page.central_published": (
        "เผยแพร่แล้ว ค่าใหม่หรือเปลี่ยน {count} หน่วยงาน",
        "Published. Bodies with a new or changed value: {count}.",
    ),
    "page.central_discarded": ("ทิ้งไฟล์แล้ว", "The file is discarded."),
    "page.central_was_partial": ("เผยแพร่เฉพาะแถวที่ถูกต้อง", "Only its sound rows were published"),
    "page.central_source": ("ที่มา", "Source"),
    "page.central_from_file": ("ไฟล์ที่ {number}", "File {number}"),
    "page.central_from_objection": ("แก้ตามคำทักท้วง", "Corrected on an objection"),
    "page.central_versions": ("ค่าที่ผ่านมา", "Every value so far"),
    "page.central_number": ("ค่าที่", "Value no."),
    "page.central_counts": ("ใช้อยู่", "counts"),
    "page.central_object": ("ทักท้วง", "Object"),
    "page.central_object_to": ("ทักท้วง: {rule}", "Object: {rule}"),
    "page.central_objected": ("ส่งคำทักท้วงถึงเจ้าภาพแล้ว", "The owner has your objection."),
    "page.central_objections": ("คำทักท้วง", "Objections"),
    "page.central_no_objections": ("ยังไม่มีคำทักท้วง", "There are no objections yet."),
    "page.central_objection": ("คำทักท้วง: {body}", "Objection of {body}"),
    "page.central_objected_value": ("ค่าที่ทักท้วง", "The value objected to"),
    "page.central_value_now": ("ค่าปัจจุบัน (เปลี่ยนหลังทักท้วง)", "The present value (changed since)"),
    "page.central_new_value": ("ค่าที่แก้แล้ว", "The corrected value"),
    "page.central_decide": ("พิจารณาคำทักท้วง", "Decide"),
    "page.central_decided": ("บันทึกผลและแจ้งหน่วยงานแล้ว", "Decided; the body is told."),
    "page.central_withdraw": ("ถอนคำทักท้วง", "Withdraw the objection"),
    "page.central_confirm_withdraw": (
        "ถอนคำทักท้วงนี้หรือไม่ ทักท้วงใหม่ได้เฉพาะภายในกำหนด",
        "Withdraw this objection? A new one can be made only within the days.",
    ),
    "page.central_withdrawn": ("ถอนคำทักท้วงแล้ว", "The objection is withdrawn."),
    "page.central_answer": ("คำชี้แจงของเจ้าภาพ", "The owner’s answer"),
    "page.central_uphold_help": (
        "กรอกค่าใหม่หรือเหตุที่ไม่มีข้อมูล เฉพาะเมื่อแก้ค่า",
        "Give the new value, or why there are no data, only when you correct it",
    ),
    "page.central_by": ("โดย {name}", "by {name}"),
    "page.central_files_problem": ("ข้อผิดของไฟล์", "Problems"),
    "central-sheet.title": ("คำแนะนำการกรอกข้อมูลกลาง", "How to fill in central data"),
    "central-sheet.rows": (
        "กรอกแผ่นงาน “{sheet}” หนึ่งแถวต่อหนึ่งหน่วยงาน รหัสและชื่อกรอกไว้แล้ว อย่าแก้",
        "Fill the sheet “{sheet}”, one row a body. Codes and names are there already; leave them as they are.",
    ),
    "central-sheet.points": (
        "ค่าเป็นคะแนน {least} ถึง {most} ทศนิยมไม่เกิน {places} ตำแหน่ง",
        "The value is in points from {least} to {most}, with at most {places} decimals.",
    ),
    "central-sheet.unit": (
        "ค่าเป็นตัวเลขตามหน่วยวัดของตัวชี้วัด ทศนิยมไม่เกิน {places} ตำแหน่ง",
        "The value is a figure in the KPI’s unit, with at most {places} decimals.",
    ),
    "central-sheet.none": (
        "ถ้าไม่มีข้อมูล ให้เว้นค่าว่างและกรอกเหตุ ศูนย์คือมีข้อมูลและค่าเป็นศูนย์",
        "Where there are no data, leave the value empty and say why. Zero means that there is a value, and it is zero.",
    ),
    "central-sheet.form": (
        "อย่าผสานเซลล์ อย่าแก้หัวตาราง อย่าเพิ่มคอลัมน์",
        "Merge no cells, change no header, add no column.",
    ),
    "central-sheet.days": (
        "หน่วยงานทักท้วงได้ {days} วันหลังเผยแพร่",
        "Bodies may object for {days} days after publication.",
    ),
}
