"""Early warning and corrective plans, in Thai and English."""

from __future__ import annotations

STATES = {
    "asked": ("รอแผนแก้ไข", "A plan is asked for"),
    "planned": ("รอผู้อนุมัติของหน่วยงาน", "Waiting for the body’s approver"),
    "sent": ("รอพิจารณาแผน", "Waiting for OPDC to consider"),
    "returned": ("แผนถูกส่งกลับให้แก้ไข", "The plan was returned"),
    "accepted": ("รับแผนแล้ว กำลังดำเนินการ", "Plan accepted, under way"),
    "done": ("สิ้นสุดแล้ว", "Closed"),
    "withdrawn": ("ยกเลิกสัญญาณ", "Withdrawn"),
}
ACTIONS = {
    "plan": ("เขียนแผนแก้ไข", "Write the corrective plan"),
    "send_plan": ("อนุมัติและส่งแผน", "Approve and send the plan"),
    "accept_plan": ("รับแผน", "Accept the plan"),
    "return_plan": ("ส่งแผนกลับให้แก้ไข", "Return the plan"),
    "close_warning": ("ปิดสัญญาณเตือน", "Close the warning"),
    "withdraw_warning": ("ยกเลิกสัญญาณเตือน", "Withdraw the warning"),
}
LOOK_STATES = {
    "asked": ("รอคิว", "Queued"),
    "running": ("กำลังคาดการณ์", "Being worked on"),
    "done": ("เสร็จแล้ว", "Done"),
    "forgotten": ("มีครั้งใหม่แทนแล้ว", "Replaced by a newer one"),
    "failed": ("ไม่สำเร็จ", "Failed"),
}
VERBS = {
    "look_asked": ("สั่งดูแนวโน้มตัวชี้วัดทั้งปี", "asked for a look at the year’s KPIs"),
    "warned": ("ยืนยันให้แจ้งเตือนจากแนวโน้มที่ดู", "had warned what the look showed"),
    "looked": ("ดูแนวโน้มตัวชี้วัดทั้งปี", "looked at the year’s KPIs"),
    "asked": ("แจ้งสัญญาณเตือนล่วงหน้า", "warned"),
    "plan": ("เขียนแผนแก้ไข", "wrote the corrective plan"),
    "send_back": ("ส่งแผนกลับให้ผู้รายงาน", "sent the plan back to the reporter"),
    "send_plan": ("ส่งแผนแก้ไข", "sent the plan"),
    "accept_plan": ("รับแผนแก้ไข", "accepted the plan"),
    "return_plan": ("ส่งแผนกลับให้แก้ไข", "returned the plan"),
    "close_warning": ("ปิดสัญญาณเตือน", "closed the warning"),
    "withdraw_warning": ("ยกเลิกสัญญาณเตือน", "withdrew the warning"),
}
MONTHS = {
    1: ("ต.ค.", "Oct"),
    2: ("พ.ย.", "Nov"),
    3: ("ธ.ค.", "Dec"),
    4: ("ม.ค.", "Jan"),
    5: ("ก.พ.", "Feb"),
    6: ("มี.ค.", "Mar"),
    7: ("เม.ย.", "Apr"),
    8: ("พ.ค.", "May"),
    9: ("มิ.ย.", "Jun"),
    10: ("ก.ค.", "Jul"),
    11: ("ส.ค.", "Aug"),
    12: ("ก.ย.", "Sep"),
}
_KPI = ("{body} ตัวชี้วัด {kpi}: ", "{body}, KPI {kpi}: ")
NOTICES = {
    "plan": ("แผนแก้ไขรอท่านอนุมัติ{reason}", "a corrective plan waits for your approval{reason}"),
    "send_back": ("แผนแก้ไขถูกส่งกลับ{reason}", "the plan was sent back{reason}"),
    "send_plan": ("ส่งแผนแก้ไขแล้ว รอพิจารณา{reason}", "sent its corrective plan{reason}"),
    "accept_plan": ("รับแผนแก้ไขแล้ว{reason}", "the plan was accepted{reason}"),
    "return_plan": ("แผนแก้ไขถูกส่งกลับ{reason}", "the plan was returned{reason}"),
    "close_warning": ("ปิดสัญญาณเตือนแล้ว{reason}", "the warning was closed{reason}"),
    "withdraw_warning": ("ยกเลิกสัญญาณเตือนแล้ว{reason}", "the warning was withdrawn{reason}"),
}
SENTENCES: dict[str, tuple[str, str]] = {
    **{f"warning-state.{key}": labels for key, labels in STATES.items()},
    **{f"look-state.{key}": labels for key, labels in LOOK_STATES.items()},
    **{f"month.short.{key}": labels for key, labels in MONTHS.items()},
    **{f"action.{key}": labels for key, labels in ACTIONS.items()},
    **{f"verb.warning.{key}": labels for key, labels in VERBS.items()},
    **{
        f"notice.warning_{key}": (_KPI[0] + thai, _KPI[1] + english)
        for key, (thai, english) in NOTICES.items()
    },
    "notice.warned": (
        "{body} ปี {year}: {many} ตัวชี้วัดมีแนวโน้มไม่ถึงค่าเป้าหมาย โปรดส่งแผนแก้ไขภายใน {day}",
        "{body} {year}: {many} KPIs may miss their target; a corrective plan is asked for by {day}",
    ),
    "notice.looked": (
        "ดูแนวโน้มปี {year} เสร็จแล้ว: {many} ตัวชี้วัด",
        "The look ahead at {year} is done: {many} KPIs",
    ),
    "warning.wrong_state": (
        "ทำไม่ได้ในสถานะ “{state}”",
        "This cannot be done in the state “{state}”.",
    ),
    "warning.already_moved": (
        "มีผู้ดำเนินการรายการนี้ไปก่อนแล้ว โปรดเปิดหน้าใหม่",
        "Someone has acted on this first. Open the page again.",
    ),
    "warning.no_rules": (
        "ไม่มีหลักเกณฑ์ของปีงบประมาณ {year}",
        "There are no rules for fiscal year {year}.",
    ),
    "warning.year_is_not_on": (
        "วันนี้ไม่อยู่ในปีงบประมาณ {year} จึงแจ้งเตือนไม่ได้",
        "Today is not in fiscal year {year}; nobody can be warned for it.",
    ),
    "warning.changed_since": (
        "ขณะแสดงมี {shown} ตัวชี้วัด ขณะนี้มี {now} จึงยังไม่ได้แจ้งใคร โปรดดูอีกครั้ง",
        "{shown} KPIs were shown and there are {now} now, so nobody was warned. Look again.",
    ),
    "warning.another_look": (
        "มีการดูแนวโน้มปี {year} ครั้งใหม่แล้ว จึงยังไม่ได้แจ้งใคร โปรดเปิดหน้าใหม่และดูอีกครั้ง",
        "Another look at {year} has been kept since, so nobody was warned. Open the page again.",
    ),
    "warning.plan_incomplete": ("โปรดกรอก {field}", "Fill in: {field}."),
    "warning.plan_day": (
        "วันแล้วเสร็จต้องอยู่ระหว่าง {first} ถึง {last}",
        "The plan must be carried out between {first} and {last}.",
    ),
    "label.cause": ("สาเหตุ", "Cause"),
    "label.remedy": ("สิ่งที่จะทำ", "What will be done"),
    "label.remedy_owner": ("ผู้รับผิดชอบ", "Who is responsible"),
    "label.remedy_by": ("แล้วเสร็จภายใน", "Done by"),
    "label.projected": ("คาดว่าสิ้นปีจะได้", "Projected for the year’s end"),
    "label.low": ("ต่ำสุดของช่วง", "Low end of the range"),
    "label.high": ("สูงสุดของช่วง", "High end of the range"),
    "label.miss": ("โอกาสไม่ถึงเป้า", "Chance of a miss"),
    "label.warned": ("จำนวนที่เตือน", "Warned"),
    "label.looked_at": ("จำนวนที่ดู", "Looked at"),
    "label.unknown": ("คาดการณ์ไม่ได้", "Not projected"),
    "page.warnings": ("สัญญาณเตือนล่วงหน้า", "Early warnings"),
    "page.warnings_help": (
        "ตัวชี้วัดที่มีแนวโน้มไม่ถึงค่าเป้าหมายเมื่อสิ้นปี ค่าคาดการณ์ไม่ใช่ผลการประเมิน และไม่นำไปคิดคะแนน",
        "KPIs that may not reach their target by the year’s end. A projection is no result and scores nothing.",
    ),
    "page.no_warnings": ("ยังไม่มีสัญญาณเตือน", "There are no warnings."),
    "page.warning_of": ("สัญญาณเตือน ตัวชี้วัด {number}", "Warning for KPI {number}"),
    "page.outlook": ("แนวโน้มปี {year}", "Outlook for {year}"),
    "page.outlook_help": (
        "ดูก่อนแจ้งเตือน: คาดการณ์จากผลปีก่อนและผลรายเดือนของปีนี้ ยังไม่มีใครได้รับแจ้งจนกว่าจะยืนยัน หรือจนถึงวันแรกของช่วงเตือนในปฏิทิน ซึ่งระบบแจ้งเองปีละครั้ง",
        "Look before warning: projected from past years and this year’s months. Nobody is told until you confirm, or until the first day of the calendar’s window, when the system warns by itself once a year.",
    ),
    "page.outlook_counts": (
        "ดู {whole} ตัวชี้วัด: จะแจ้งเตือนใหม่ {new} · แจ้งแล้วและยังไม่สิ้นสุด {taken} · คาดการณ์ไม่ได้ {unknown}",
        "{whole} KPIs: {new} to be warned of · {taken} warned already · {unknown} cannot be projected",
    ),
    "page.warn_now": ("แจ้งเตือน {many} ตัวชี้วัด", "Warn of {many} KPIs"),
    "page.warn_confirm": (
        "แจ้งหน่วยงานและขอแผนแก้ไข {many} ตัวชี้วัด ใช่หรือไม่",
        "Tell the bodies and ask for a plan for {many} KPIs?",
    ),
    "page.warned": ("แจ้งเตือนแล้ว {many} ตัวชี้วัด", "{many} KPIs were warned of."),
    "page.nothing_to_warn": ("ขณะนี้ไม่มีตัวชี้วัดที่ต้องแจ้งเตือนเพิ่ม", "Nothing more is to be warned of now."),
    "page.no_outlook": ("ไม่มีตัวชี้วัดที่มีผลใช้บังคับให้คาดการณ์", "There are no KPIs in force to project."),
    "page.outlook_show": ("แสดง", "Show"),
    "page.outlook_warns": ("ที่จะแจ้งเตือน", "To be warned of"),
    "page.outlook_unknown": ("ที่คาดการณ์ไม่ได้", "That cannot be projected"),
    "page.last_look": (
        "ดูเมื่อ {at} โดย {who} · แจ้งเตือนจากครั้งนี้แล้ว {warned}",
        "Looked at {at} by {who} · {warned} warned of from this look",
    ),
    "page.last_look_system": (
        "ดูเมื่อ {at} โดยระบบ · แจ้งเตือนจากครั้งนี้แล้ว {warned}",
        "Looked at {at} by the system · {warned} warned of from this look",
    ),
    "page.look_outdated": (
        "มีผลรายเดือนที่รายงานหลังจากนั้น โปรดดูอีกครั้งก่อนแจ้งเตือน",
        "Months were reported since then. Look again before warning.",
    ),
    "page.look_again": ("ดูแนวโน้มอีกครั้ง", "Look again"),
    "page.look_first": ("ดูแนวโน้ม", "Look ahead"),
    "page.look_asked": (
        "รับคำสั่งแล้ว ระบบกำลังคาดการณ์อยู่เบื้องหลัง",
        "Asked for. It is worked on in the background.",
    ),
    "page.look_working": (
        "{state}: {done} จาก {whole} แบบประเมิน สั่งเมื่อ {at} ระบบจะแจ้งผู้สั่งเมื่อเสร็จ",
        "{state}: {done} of {whole} scorecards, asked for at {at}. Whoever asked is told when it is done.",
    ),
    "page.look_reload": ("เปิดหน้านี้ใหม่", "Open this page again"),
    "page.look_failed": (
        "การดูแนวโน้มเมื่อ {at} ไม่สำเร็จ โปรดสั่งอีกครั้ง หากยังไม่สำเร็จให้แจ้งผู้ดูแลระบบ",
        "The look asked for at {at} failed. Ask again; if it fails again, tell the administrator.",
    ),
    "page.no_look": ("ยังไม่เคยดูแนวโน้มของปีนี้", "Nobody has looked ahead at this year yet."),
    "page.changed_since_look": ("เปลี่ยนหลังจากดู", "changed since the look"),
    "page.projected": ("คาดการณ์สิ้นปี", "Projected"),
    "page.projected_range": ("ช่วงคาดการณ์", "Range"),
    "page.range_of": ("{low} ถึง {high}", "{low} to {high}"),
    "page.miss": ("โอกาสไม่ถึงเป้า", "Chance of a miss"),
    "page.target_at": ("ค่าเป้าหมายที่ใช้เตือน", "Target looked at"),
    "page.months_so_far": ("ผลรายเดือนของปีนี้", "This year’s months"),
    "page.target_short": ("เป้าหมาย", "Target"),
    "page.to_warn": ("จะแจ้ง", "to be warned"),
    "page.warned_already": ("แจ้งแล้ว", "warned"),
    "page.all_targets": ("ค่าเป้าหมายทุกระดับ", "All targets"),
    "page.plan_due": ("ส่งแผนภายใน", "Plan due"),
    "page.asked_on": ("แจ้งเตือนเมื่อ", "Warned on"),
    "page.latest_month": ("ผลล่าสุดของปีนี้", "Latest of this year"),
    "page.latest_value": ("{value} (เดือน{month})", "{value} ({month})"),
    "page.no_month": ("ยังไม่มีผลรายเดือน", "No month is known yet"),
    "page.past_values": ("ผลปีก่อน", "Past years"),
    "page.no_past": ("ไม่มีผลปีก่อน", "No past year is known"),
    "page.based_on": ("คาดการณ์จากอะไร", "What the projection rests on"),
    "page.based_on_paths": (
        "ปีก่อนที่รู้ผลรายเดือนด้วย: {years}",
        "Past years whose months are known too: {years}",
    ),
    "page.range_means": (
        "ผลสิ้นปีควรอยู่ในช่วงนี้ 8 ใน 10 ครั้ง ยิ่งมีข้อมูลน้อย ช่วงยิ่งกว้าง",
        "The year should end within this range 8 times in 10; the less is known, the wider it is.",
    ),
    "page.warned_under": (
        "หลักเกณฑ์: เตือนเมื่อโอกาสไม่ถึง “{level}” ตั้งแต่ร้อยละ {chance} และขอแผนภายใน {days} วัน",
        "Rule: warned of when missing “{level}” is at least {chance}% likely, with {days} days for a plan",
    ),
    "page.skill": ("การคาดการณ์แม่นเพียงใด", "How good are the projections?"),
    "page.skill_own": (
        "วัดย้อนหลังจากผลจริงของระบบนี้ ปี {first}–{last} รวม {cases} กรณี",
        "Measured on this site’s own past, {first}–{last}, {cases} cases",
    ),
    "page.skill_invented": (
        "⚑ วัดกับข้อมูลสมมติ {cases} กรณี เพราะยังมีผลจริงย้อนหลังไม่พอ จึงยังไม่รับรองกับข้อมูลจริง",
        "⚑ Measured on {cases} invented cases, for there are too few real past years; it promises nothing of real ones",
    ),
    "page.skill_measured": ("วัดเมื่อ {day}", "Measured on {day}"),
    "page.skill_not_yet": (
        "ยังไม่ได้วัด ระบบจะวัดเองในรอบวัน หรือเมื่อดูแนวโน้มครั้งต่อไป คำสั่งที่แสดงผลวัดกับข้อมูลสมมติ:",
        "Not measured yet. It is measured by itself within a day, or at the next look ahead. On invented years this command prints it:",
    ),
    "page.chart_of": (
        "เส้นผลรายเดือนของปีนี้ ค่าเป้าหมาย และช่วงคาดการณ์สิ้นปี",
        "This year’s months, the targets, and the projected range of the year’s end",
    ),
    "page.the_plan": ("แผนแก้ไข", "Corrective plan"),
    "page.no_plan": ("ยังไม่มีแผนแก้ไข", "There is no plan yet."),
    "page.plan_help": (
        "บอกสาเหตุ สิ่งที่จะทำ ใครทำ และเสร็จเมื่อใด แผนจะไปถึงผู้อนุมัติของหน่วยงานก่อนส่งสำนักงาน ก.พ.ร.",
        "Say why, what will be done, by whom and by when. The body’s approver sees it before OPDC does.",
    ),
    "page.plan_saved": ("บันทึกแผนแล้ว รอผู้อนุมัติ", "The plan is saved; it waits for the approver."),
    "page.returned_because": ("ถูกส่งกลับ: {reason}", "Returned: {reason}"),
    "page.closing_note": ("บันทึกเมื่อสิ้นสุด", "Closing note"),
    "page.note_for": ("บันทึกหรือเหตุผล", "Note or reason"),
}
