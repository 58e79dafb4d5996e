"""Appeals, in Thai and English."""

from __future__ import annotations

STATES = {
    "draft": ("ร่างคำอุทธรณ์", "Draft"),
    "filed": ("ยื่นแล้ว รอตั้งองค์คณะ", "Filed, waiting for a panel"),
    "heard": ("องค์คณะกำลังพิจารณา", "With the panel"),
    "decision": ("คำวินิจฉัย", "Decision"),
    "upheld": ("อุทธรณ์ฟังขึ้น", "Upheld"),
    "rejected": ("ยกอุทธรณ์", "Rejected"),
    "withdrawn": ("ถอนอุทธรณ์", "Withdrawn"),
}
ACTIONS = {
    "write": ("แก้ไขคำอุทธรณ์", "Change the appeal"),
    "file": ("ยื่นอุทธรณ์ต่อสำนักงาน ก.พ.ร.", "File the appeal with OPDC"),
    "name_panel": ("ตั้งองค์คณะ", "Name the panel"),
    "name_again": ("เปลี่ยนองค์คณะ", "Name another panel"),
    "vote": ("ลงคะแนน", "Vote"),
    "uphold": ("เขียนคำวินิจฉัย: ฟังขึ้น", "Write the decision: upheld"),
    "reject": ("เขียนคำวินิจฉัย: ยกอุทธรณ์", "Write the decision: rejected"),
    "withdraw": ("ถอนอุทธรณ์", "Withdraw the appeal"),
}
VERBS = {
    "begin": ("เริ่มร่างคำอุทธรณ์", "began an appeal"),
    "write": ("แก้ไขคำอุทธรณ์", "changed the appeal"),
    "file": ("ยื่นอุทธรณ์", "filed the appeal"),
    "name_panel": ("ตั้งองค์คณะพิจารณาอุทธรณ์", "named the panel"),
    "vote": ("ลงคะแนนในองค์คณะ", "voted on the panel"),
    "uphold": ("วินิจฉัยว่าอุทธรณ์ฟังขึ้น", "decided: upheld"),
    "reject": ("วินิจฉัยยกอุทธรณ์", "decided: rejected"),
    "withdraw": ("ถอนอุทธรณ์", "withdrew the appeal"),
}
NOTICES = {
    "write": ("ร่างคำอุทธรณ์รอท่านยื่นภายใน {day}", "a draft appeal waits for you to file it by {day}"),
    "file": ("ยื่นอุทธรณ์แล้ว ต้องวินิจฉัยภายใน {day}", "an appeal was filed; to be decided by {day}"),
    "name_panel": (
        "ท่านอยู่ในองค์คณะพิจารณาอุทธรณ์ โปรดลงคะแนน วินิจฉัยภายใน {day}",
        "you are on the panel of an appeal; please vote. To be decided by {day}",
    ),
    "vote": (
        "องค์คณะมีเสียงข้างมากแล้ว โปรดเขียนคำวินิจฉัยภายใน {day}",
        "the panel has a majority; please write the decision by {day}",
    ),
    "uphold": (
        "อุทธรณ์ฟังขึ้น ผลใหม่รอเผยแพร่ (กำหนดวินิจฉัย {day})",
        "the appeal was upheld; a new result waits for release (decision due {day})",
    ),
    "reject": (
        "ยกอุทธรณ์ ผลการประเมินคงเดิม (กำหนดวินิจฉัย {day})",
        "the appeal was rejected; the result stays (decision due {day})",
    ),
    "withdraw": ("ถอนอุทธรณ์แล้ว (กำหนดเดิม {day})", "the appeal was withdrawn (it was due {day})"),
}
WORK = {
    "file": ("คำอุทธรณ์รอยื่น", "An appeal to file"),
    "name_panel": ("อุทธรณ์รอตั้งองค์คณะ", "An appeal without a panel"),
    "vote": ("อุทธรณ์รอท่านลงคะแนน", "An appeal that waits for your vote"),
    "decide": ("อุทธรณ์รอคำวินิจฉัยของประธาน", "An appeal that waits for its chair’s decision"),
    "may_appeal": ("อุทธรณ์ผลการประเมินได้", "This result can be appealed"),
}
SENTENCES: dict[str, tuple[str, str]] = {
    "appeal.figures_wait": (
        "คะแนนใหม่จะเห็นได้เมื่อสำนักงาน ก.พ.ร. เผยแพร่ผลที่แก้ไขแล้ว",
        "The new figures are seen when OPDC releases the corrected result.",
    ),
    **{f"appeal-state.{key}": labels for key, labels in STATES.items()},
    **{f"appeal-action.{key}": labels for key, labels in ACTIONS.items()},
    **{f"verb.appeal.{key}": labels for key, labels in VERBS.items()},
    **{f"appeal-work.{key}": labels for key, labels in WORK.items()},
    **{
        f"notice.appeal_{key}": ("{body} ปี {year}: " + thai, "{body} {year}: " + english)
        for key, (thai, english) in NOTICES.items()
    },
    "vote.uphold": ("ฟังขึ้น ควรแก้ไขผล", "Uphold: the result should be corrected"),
    "vote.reject": ("ฟังไม่ขึ้น ควรยกอุทธรณ์", "Reject: the result should stay"),
    # Refusals
    "appeal.wrong_state": (
        "ทำไม่ได้เมื่ออุทธรณ์อยู่ในสถานะ “{state}”",
        "This cannot be done while the appeal is “{state}”.",
    ),
    "appeal.already_moved": (
        "มีผู้ดำเนินการกับอุทธรณ์นี้ไปก่อนแล้ว โปรดเปิดหน้าใหม่",
        "Someone has acted on this appeal first. Open the page again.",
    ),
    "appeal.late": (
        "พ้นกำหนดอุทธรณ์แล้ว วันสุดท้ายคือ {day}",
        "It is too late to appeal: the last day was {day}.",
    ),
    "appeal.no_way": (
        "อุทธรณ์ผลนี้ในระบบไม่ได้ เพราะหลักเกณฑ์ของปีไม่มีการอุทธรณ์ หรือผลไม่ได้มาจากการประเมินในระบบ",
        "This result cannot be appealed here: the year’s rules have no appeal, or it did not come from an assessment here.",
    ),
    "appeal.not_released": (
        "อุทธรณ์ได้เฉพาะผลที่เผยแพร่และยังใช้อยู่",
        "Only a result that is released and still counts can be appealed.",
    ),
    "appeal.final": (
        "ผลนี้เป็นผลตามคำวินิจฉัยอุทธรณ์แล้ว จึงเป็นที่สุด",
        "This result came of an appeal; the panel’s decision is final.",
    ),
    "appeal.stands": ("มีคำอุทธรณ์ต่อผลนี้อยู่แล้ว", "There is an appeal against this result already."),
    "appeal.no_ground": ("โปรดเลือกเหตุแห่งการอุทธรณ์", "Choose the ground of the appeal."),
    "appeal.no_kpi": ("โปรดเลือกตัวชี้วัดอย่างน้อยหนึ่งตัว", "Choose at least one KPI."),
    "appeal.no_text": ("โปรดเขียนคำอุทธรณ์", "Say what the appeal is about."),
    "appeal.not_on_the_panel": ("ท่านไม่ได้อยู่ในองค์คณะนี้", "You are not on this panel."),
    "appeal.not_the_chair": (
        "ประธานองค์คณะเป็นผู้เขียนคำวินิจฉัย",
        "The chair of the panel writes the decision.",
    ),
    "appeal.no_majority": (
        "องค์คณะยังไม่มีเสียงข้างมากว่า “{vote}”",
        "There is no majority of the panel for “{vote}”.",
    ),
    "appeal.no_such_vote": ("โปรดเลือกว่าฟังขึ้นหรือไม่", "Choose to uphold or to reject."),
    "appeal.panel_size": (
        "องค์คณะต้องมี {many} คนที่ไม่ซ้ำกัน",
        "The panel is of {many} different people.",
    ),
    "appeal.not_yourself": ("ผู้ตั้งองค์คณะตั้งตนเองไม่ได้", "Who names the panel does not sit on it."),
    "appeal.has_voted": (
        "{name} ลงคะแนนแล้ว จึงเปลี่ยนออกไม่ได้",
        "{name} has voted and stays on the panel.",
    ),
    "appeal.barred": ("{name} อยู่ในองค์คณะนี้ไม่ได้: {why}", "{name} may not sit on this panel: {why}"),
    "appeal.bar_assessed": ("เป็นผู้ประเมินผลนี้มาก่อน", "assessed this result"),
    "appeal.bar_conflict": ("แจ้งว่ามีผลประโยชน์ขัดกัน", "declared a conflict of interest"),
    "appeal.bar_report": ("มีส่วนในรายงานหรือคำอุทธรณ์นี้", "had a hand in the report or the appeal"),
    "appeal.bar_body": ("มีหน้าที่ในหน่วยงานที่อุทธรณ์", "has a role at the body that appeals"),
    "appeal.bar_role": ("ไม่ได้เป็นผู้ประเมินด้วยตนเองในวันนี้", "is no assessor in their own right today"),
    "appeal.nothing_corrected": (
        "เลือกอย่างน้อยหนึ่งตัวชี้วัดที่ผลเปลี่ยน หากไม่มี ให้ยกอุทธรณ์",
        "Correct at least one KPI; if there is none, the appeal is rejected.",
    ),
    "appeal.not_appealed": (
        "ตัวชี้วัด {number} ไม่อยู่ในคำอุทธรณ์",
        "KPI {number} is not part of the appeal.",
    ),
    "appeal.same_as_before": (
        "ตัวชี้วัด {number}: ผลที่ระบุเท่ากับผลเดิม",
        "KPI {number}: this is the result it has already.",
    ),
    # Labels
    "appeal.ground": ("เหตุแห่งการอุทธรณ์", "Ground"),
    "label.numbers": ("ตัวชี้วัดที่อุทธรณ์", "KPIs appealed"),
    "label.appealed": ("ตัวชี้วัดที่อุทธรณ์", "KPIs appealed"),
    "label.appeal_text": ("คำอุทธรณ์", "The appeal"),
    "label.vote": ("ความเห็น", "Vote"),
    "label.panel": ("องค์คณะ", "Panel"),
    "label.decision": ("คำวินิจฉัยและเหตุผล", "Decision and reasons"),
    "label.filed_on": ("วันที่ยื่น", "Filed on"),
    "label.decide_by": ("วินิจฉัยภายใน", "Decide by"),
    "label.decided_on": ("วันที่วินิจฉัย", "Decided on"),
    "label.changes": ("ผลที่แก้ไข", "Corrected results"),
    # Pages
    "page.appeals": ("อุทธรณ์ผลการประเมิน", "Appeals"),
    "appeal.list_help": (
        "หน่วยงานอุทธรณ์ผลที่เผยแพร่แล้วได้ องค์คณะที่ไม่ใช่ผู้ประเมินเดิมเป็นผู้วินิจฉัย",
        "A body may appeal against a released result; people who did not assess it decide.",
    ),
    "appeal.none": ("ยังไม่มีอุทธรณ์", "There are no appeals."),
    "appeal.chances": ("ผลที่ยังอุทธรณ์ได้", "Results that can still be appealed"),
    "appeal.chance": (
        "{round} ปี {year} · คะแนนรวม {total} · อุทธรณ์ได้ถึง {day}",
        "{round} {year} · total {total} · until {day}",
    ),
    "appeal.begin": ("อุทธรณ์ผลนี้", "Appeal against this result"),
    "appeal.of": (
        "อุทธรณ์ผล{round} ปี {year} ของ{body}",
        "Appeal of {body} against the result of the {round} {year}",
    ),
    "appeal.result": ("ผลที่อุทธรณ์", "Result appealed"),
    "appeal.result_line": (
        "คะแนนรวม {total} เต็ม {out_of} · เผยแพร่ {day}",
        "Total {total} of {out_of} · released {day}",
    ),
    "appeal.file_by": ("ยื่นได้ถึง", "May be filed until"),
    "appeal.next_due": ("กำหนด", "Due"),
    "appeal.filed_before": ("ยื่นได้ถึงสิ้นวันที่ {day}", "May be filed until the end of {day}"),
    "appeal.expired": (
        "พ้นกำหนดยื่นแล้ว ร่างนี้ยื่นไม่ได้",
        "The last day has passed; this draft cannot be filed.",
    ),
    "appeal.text_help": (
        "อ้างหลักฐานที่อยู่ในรายงานได้ โดยบอกตัวชี้วัดและชื่อไฟล์",
        "You may point to evidence in the report: name the KPI and the file.",
    ),
    "appeal.form_help": (
        "เลือกเหตุ ตัวชี้วัด และเขียนว่าผลควรเป็นอย่างไร ผู้อนุมัติของหน่วยงานเป็นผู้ยื่น",
        "Choose the ground and the KPIs, and say what the result should be. The body’s approver files it.",
    ),
    "appeal.saved": ("บันทึกแล้ว รอผู้อนุมัติของหน่วยงานยื่น", "Saved; the body’s approver is to file it."),
    "appeal.nothing_lost": ("ได้คะแนนเต็ม", "full points"),
    "appeal.lost_line": (
        "ได้ {points} คะแนน เสีย {lost} จากน้ำหนัก {weight}",
        "{points} points; {lost} of {weight} lost",
    ),
    "appeal.rule_line": (
        "อุทธรณ์ภายใน {days} วันหลังเผยแพร่ · องค์คณะ {panel} คน · วินิจฉัยภายใน {decide} วันหลังยื่น",
        "Within {days} days of the release · a panel of {panel} · decided within {decide} days of filing",
    ),
    "appeal.panel": ("องค์คณะและความเห็น", "Panel and votes"),
    "appeal.no_panel": ("ยังไม่ได้ตั้งองค์คณะ", "No panel has been named yet."),
    "appeal.chair": ("ประธาน", "Chair"),
    "appeal.seat": ("กรรมการคนที่ {place}", "Member {place}"),
    "appeal.no_vote": ("ยังไม่ลงคะแนน", "has not voted yet"),
    "appeal.votes_hidden": (
        "ความเห็นของแต่ละคนเปิดเผยเมื่อมีคำวินิจฉัย",
        "How each voted is shown once it is decided.",
    ),
    "appeal.agreed": ("เสียงข้างมาก: {vote}", "Majority: {vote}"),
    "appeal.your_vote": ("ความเห็นของท่าน", "Your vote"),
    "appeal.vote_again": ("เปลี่ยนความเห็นได้จนกว่าจะมีคำวินิจฉัย", "You may change it until the decision."),
    "appeal.vote_save": ("บันทึกความเห็น", "Save the vote"),
    "appeal.panel_help": (
        "แสดงเฉพาะผู้ประเมินที่อยู่ในองค์คณะได้ ไม่รวมผู้ประเมินเดิม ผู้มีผลประโยชน์ขัดกัน และผู้มีส่วนกับหน่วยงานหรือรายงาน",
        "Only assessors who may sit are listed: not the first assessors, nor those with a conflict or a hand in the report or the body.",
    ),
    "appeal.too_few": (
        "มีผู้ที่อยู่ในองค์คณะได้ {have} คน ต้องการ {many} คน โปรดให้ผู้ดูแลระบบแต่งตั้งผู้ประเมินเพิ่ม",
        "{have} people may sit and {many} are needed. Ask an administrator to appoint more assessors.",
    ),
    "appeal.barred_here": ("ผู้ที่อยู่ในองค์คณะนี้ไม่ได้", "Who may not sit on this one"),
    "appeal.why_another_panel": ("เหตุที่เปลี่ยนองค์คณะ", "Why another panel"),
    "appeal.why_withdrawn": ("เหตุที่ถอน (ถ้ามี)", "Why it is withdrawn (optional)"),
    "appeal.confirm_file": (
        "ยื่นอุทธรณ์หรือไม่ ยื่นแล้วแก้ไขข้อความไม่ได้",
        "File the appeal? Its text cannot be changed after that.",
    ),
    "appeal.confirm_withdraw": ("ถอนอุทธรณ์หรือไม่", "Withdraw the appeal?"),
    "appeal.confirm_decide": (
        "ออกคำวินิจฉัยหรือไม่ แก้ไขภายหลังไม่ได้",
        "Give the decision? It cannot be changed.",
    ),
    "appeal.decision": ("คำวินิจฉัย", "Decision"),
    "appeal.uphold_help": (
        "เลือกผลที่ใช้แทนของตัวชี้วัดที่อุทธรณ์ ระบบคำนวณคะแนนใหม่ภายใต้หลักเกณฑ์เดิม ผลเดิมยังเก็บไว้",
        "Choose what counts instead for the KPIs appealed. Points are computed anew under the same rules; the old result is kept.",
    ),
    "appeal.reject_help": (
        "ผลการประเมินคงเดิม หน่วยงานจะเห็นเหตุผลนี้",
        "The result stays. The body reads these reasons.",
    ),
    "appeal.same": ("คงผลเดิม", "Stays as it is"),
    "appeal.preview": ("ดูคะแนนก่อน", "Preview the total"),
    "appeal.preview_line": (
        "คะแนนรวมจะเปลี่ยนจาก {old} เป็น {new} (ยังไม่บันทึก)",
        "The total would go from {old} to {new} (nothing is saved yet)",
    ),
    "appeal.uphold_save": ("ออกคำวินิจฉัย: ฟังขึ้น", "Give the decision: upheld"),
    "appeal.reject_save": ("ออกคำวินิจฉัย: ยกอุทธรณ์", "Give the decision: rejected"),
    "appeal.now_corrected": (
        "ออกคำวินิจฉัยแล้ว ผลใหม่ {total} รอเผยแพร่",
        "Decided. The new result, {total}, waits for release.",
    ),
    "appeal.corrected_line": (
        "คะแนนรวม {old} เป็น {new} · ผลใหม่: {state}",
        "Total {old} to {new} · new result: {state}",
    ),
    "appeal.before": ("ผลเดิม", "Before"),
    "appeal.after": ("ผลใหม่", "After"),
}
