"""What came of a plan of activities, in Thai and English."""

from __future__ import annotations

VERBS = {
    "plan_month.saved": ("บันทึกรายงานรายเดือนตามแผน", "saved the monthly report"),
    "plan_month.attached": ("แนบหลักฐานรายเดือน", "attached evidence to the monthly report"),
    "plan_month.detached": ("นำหลักฐานรายเดือนออก", "took evidence off the monthly report"),
    "plan_month.propose": ("เสนอรายงานรายเดือนต่อผู้อนุมัติ", "proposed the monthly report"),
    "plan_month.withdraw": ("ถอนรายงานรายเดือนกลับมาแก้ไข", "withdrew the monthly report"),
    "plan_month.send_back": ("ส่งรายงานรายเดือนกลับผู้รายงาน", "sent the monthly report back"),
    "plan_month.submit": ("ส่งรายงานรายเดือนต่อสำนักงาน ก.พ.ร.", "sent the monthly report in to OPDC"),
    "plan_month.return": ("ส่งรายงานรายเดือนคืนจังหวัด", "returned the monthly report to the body"),
    "usage.entered": ("บันทึกปริมาณการใช้", "entered what was used"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    **{f"verb.{key}": labels for key, labels in VERBS.items()},
    "plan_month-state.draft": ("กำลังจัดทำ", "being written"),
    "plan_month-state.proposed": ("รอผู้อนุมัติส่ง", "waits for the approver"),
    "plan_month-state.submitted": ("ส่งแล้ว", "sent in"),
    "plan_month-action.propose": ("เสนอผู้อนุมัติ", "Propose to the approver"),
    "plan_month-action.withdraw": ("ถอนกลับมาแก้ไข", "Withdraw"),
    "plan_month-action.send_back": ("ส่งกลับผู้รายงาน", "Send back"),
    "plan_month-action.submit": ("ส่งรายงาน", "Send the report in"),
    "plan_month-action.return": ("ส่งคืนจังหวัด", "Return to the body"),
    "thing.electricity": ("ไฟฟ้า (หน่วย: kWh)", "Electricity (kWh)"),
    "thing.fuel": ("น้ำมันเชื้อเพลิง (ลิตร)", "Fuel (litres)"),
    "thing.paper": ("กระดาษ (รีม)", "Paper (reams)"),
    "thing.budget": ("งบประมาณ (บาท)", "Budget (baht)"),
    "outcome.done": ("ได้ผลผลิต", "Came"),
    "outcome.undone": ("ไม่ได้ผลผลิต", "Did not come"),
    "outcome.unreported": ("ไม่รายงาน", "Not reported"),
    "outcome.not_due": ("ยังไม่ถึงกำหนด", "Not due"),
    "standing.no_plan": ("ยังไม่มีแผน", "No plan"),
    "standing.no_report": ("ไม่รายงาน", "No report"),
    "standing.late": ("รายงานล่าช้าหรือขาดบางเดือน", "Late, or a month missing"),
    "standing.behind": ("ผลผลิตไม่เป็นไปตามแผน", "Behind the plan"),
    "standing.on_track": ("เป็นไปตามแผน", "On track"),
    "standing.not_due": ("ยังไม่ถึงกำหนด", "Not due"),
    "sent.sent": ("ส่งตรงเวลา", "Sent in time"),
    "sent.late": ("ส่งล่าช้า", "Sent late"),
    "sent.missing": ("ไม่ส่ง", "Not sent"),
    "sent.not_due": ("ยังไม่ถึงกำหนด", "Not due"),
    # Refusals
    "plan_month.wrong_state": (
        "ทำไม่ได้เมื่อรายงานรายเดือนอยู่ในสถานะ {state}",
        "This cannot be done while the monthly report is: {state}.",
    ),
    "plan_month.no_plan": (
        "ยังไม่มีแผนที่ส่งแล้ว จึงยังรายงานไม่ได้ โปรดส่งแผนก่อน",
        "There is no plan in force to report on. Send the plan in first.",
    ),
    "plan_month.not_due": ("เดือนนี้ไม่ต้องรายงาน", "No report is due for this month."),
    "plan_month.not_begun": (
        "เดือนนี้เริ่ม {day} ยังรายงานไม่ได้",
        "This month begins on {day}; it cannot be reported on yet.",
    ),
    "plan_month.not_over": (
        "เสนอและส่งได้ตั้งแต่วันถัดจาก {day} เพราะเป็นรายงานผลทั้งเดือน",
        "It can be proposed and sent in after {day}, for it is the report of the whole month.",
    ),
    "plan_month.changed_meanwhile": (
        "{by} บันทึกรายงานนี้หลังจากที่เปิดหน้านี้ ข้อความที่เขียนยังอยู่ที่นี่แต่ยังไม่บันทึก ไม่มีสิ่งใดถูกเขียนทับ",
        "{by} saved this report after you opened the page. What you wrote is still here, not saved; nothing was overwritten.",
    ),
    "plan_month.changed_in_another_window": (
        "{by} บันทึกรายงานนี้จากอีกหน้าต่างหนึ่งหลังจากที่เปิดหน้านี้ สิ่งที่เขียนที่นี่ยังไม่บันทึก ไม่มีสิ่งใดถูกเขียนทับ",
        "You ({by}) saved this report in another window after opening the page. What is here is not saved; nothing was overwritten.",
    ),
    "plan_month.too_long": (
        "ความก้าวหน้าของกิจกรรมที่ {number} ยาวเกิน {most} ตัวอักษร",
        "The progress of activity {number} is longer than {most} characters.",
    ),
    "plan_month.says_nothing": (
        "รายงานยังไม่กล่าวถึงกิจกรรมใดเลย โปรดเขียนความก้าวหน้าหรือผลผลิตอย่างน้อยหนึ่งเรื่อง",
        "The report says nothing of any activity yet. Write progress or an output of at least one.",
    ),
    "plan_month.no_evidence": (
        "กิจกรรมที่ {number} {name} รายงานว่าได้ผลผลิตแล้วแต่ยังไม่มีเอกสารหลักฐาน โปรดแนบหลักฐาน",
        "Activity {number}, {name}, is said to have its output but has no evidence. Attach it.",
    ),
    "plan_month.infected": (
        "ไฟล์ {name} ของกิจกรรมที่ {number} มีไวรัส โปรดนำออกแล้วแนบใหม่",
        "The file {name} of activity {number} holds a virus. Take it off and attach another.",
    ),
    "plan_month.not_under_way": (
        "กิจกรรมที่ {number} ไม่ได้ดำเนินการอยู่ในเดือนนี้",
        "Activity {number} is not under way in this month.",
    ),
    "plan_month.too_many_files": (
        "กิจกรรมที่ {number} มีหลักฐานครบ {most} ไฟล์ในเดือนนี้แล้ว โปรดรวมไฟล์",
        "Activity {number} has {most} files in this month already. Join some.",
    ),
    "usage.not_due": ("{month} ไม่ต้องบันทึก{thing}", "{month}: no entry of {thing} is due."),
    "usage.not_begun": (
        "{month} ยังมาไม่ถึง จึงบันทึก{thing}ไม่ได้",
        "{month} has not come; {thing} cannot be entered.",
    ),
    "usage.half": (
        "{month} {thing}: โปรดกรอกทั้งปริมาณฐานและปริมาณที่ใช้",
        "{month}, {thing}: enter both the baseline and what was used.",
    ),
    "usage.negative": (
        "{month} {thing}: ปริมาณต้องไม่ติดลบ",
        "{month}, {thing}: an amount is not negative.",
    ),
    # Notices
    "notice.plan_month_your_turn": (
        "{body} เสนอรายงานเดือน{month} ตามแผน รอท่านตรวจและส่ง",
        "{body} proposes its report on {month}; it waits for you to send it in.",
    ),
    "notice.plan_month_withdraw": (
        "{body} ถอนรายงานเดือน{month} กลับไปแก้ไข",
        "{body} withdrew its report on {month}.",
    ),
    "notice.plan_month_send_back": (
        "รายงานเดือน{month} ของ {body} ถูกส่งกลับให้แก้ไข{reason}",
        "The report of {body} on {month} was sent back{reason}.",
    ),
    "notice.plan_month_return": (
        "สำนักงาน ก.พ.ร. ส่งรายงานเดือน{month} คืน {body}{reason}",
        "OPDC returned the report on {month} to {body}{reason}.",
    ),
    "notice.plan_month_soon": (
        "รายงานตัวชี้วัด 4.2 เดือน{month} ครบกำหนดส่ง {day}",
        "The report on indicator 4.2 for {month} is due on {day}.",
    ),
    "notice.plan_month_today": (
        "รายงานตัวชี้วัด 4.2 เดือน{month} ครบกำหนดส่งวันนี้ ({day})",
        "The report on indicator 4.2 for {month} is due today ({day}).",
    ),
    "notice.plan_month_late": (
        "รายงานตัวชี้วัด 4.2 เดือน{month} เลยกำหนดส่งแล้ว (กำหนด {day})",
        "The report on indicator 4.2 for {month} is overdue; it was due on {day}.",
    ),
    "notice.energy_soon": (
        "ปริมาณการใช้พลังงานเดือน{month} ครบกำหนดบันทึก {day}",
        "Energy use of {month} is to be entered by {day}.",
    ),
    "notice.energy_today": (
        "ปริมาณการใช้พลังงานเดือน{month} ครบกำหนดบันทึกวันนี้ ({day})",
        "Energy use of {month} is to be entered today ({day}).",
    ),
    "notice.energy_late": (
        "ปริมาณการใช้พลังงานเดือน{month} เลยกำหนดบันทึกแล้ว (กำหนด {day})",
        "Energy use of {month} is overdue; it was to be entered by {day}.",
    ),
    # Pages
    "page.plan_months": ("รายงานรายเดือนตามแผน", "Monthly reports on the plan"),
    "page.plan_months_of": (
        "รายงานรายเดือนตามแผน ปี {year} {body}",
        "Monthly reports of {body}, {year}",
    ),
    "page.plan_month_of": ("รายงานเดือน{month} {body}", "Report on {month}, {body}"),
    "page.plan_month_column": ("เดือน", "Month"),
    "page.plan_month_due": ("กำหนดส่ง", "Due"),
    "page.plan_outputs_due": ("ผลผลิตตามแผน", "Outputs planned"),
    "page.plan_month_help": (
        "รายงานทุกเดือนภายในกำหนด พร้อมเอกสารหลักฐาน ผลผลิตที่ไม่ได้ตอบถือว่า “ไม่รายงาน” ซึ่งไม่ใช่ “ไม่ได้ผลผลิต”",
        "Report every month by its due day, with evidence. An output that is not answered is “not reported”, which is not “did not come”.",
    ),
    "page.plan_nothing_under_way": (
        "ไม่มีกิจกรรมที่ต้องรายงานในเดือนนี้",
        "No activity is to be reported on in this month.",
    ),
    "page.plan_progress": ("ความก้าวหน้า", "Progress"),
    "page.plan_progress_of": ("ความก้าวหน้าของกิจกรรมที่ {number}", "Progress of activity {number}"),
    "page.plan_output_in": ("ผลผลิตตามแผนเดือน{month}: {what}", "Output planned for {month}: {what}"),
    "page.plan_output_left": ("ค้างจากเดือนก่อน", "left from an earlier month"),
    "page.plan_not_said": ("ยังไม่รายงาน", "Not reported yet"),
    "page.plan_silent": (
        "ผลผลิตที่วางแผนไว้ในเดือนนี้ {count} รายการยังไม่รายงาน",
        "{count} outputs planned for this month are not reported yet.",
    ),
    "page.plan_month_saved": ("บันทึกรายงานเดือน{month} แล้ว", "The report on {month} is saved"),
    "page.plan_month_moved": ("ทำแล้ว: {action}", "Done: {action}"),
    "page.plan_evidence_of": ("หลักฐานของกิจกรรมที่ {number}", "Evidence of activity {number}"),
    "page.plan_changed_since": (
        "แผนเปลี่ยนหลังจากส่งรายงานนี้ หน้านี้แสดงตามแผนที่ใช้เมื่อส่ง",
        "The plan has changed since this report was sent in; it is shown on the plan of that day.",
    ),
    "page.plan_changed_here": ("แผนเปลี่ยนกิจกรรมนี้แล้ว", "changed in the plan since"),
    "page.plan_sent_on": ("ส่งตาม", "Sent on"),
    "page.plan_now": ("ปัจจุบัน", "now"),
    "page.plan_add_file": (
        "แนบไฟล์หลักฐานของกิจกรรมที่ {number}",
        "Attach evidence of activity {number}",
    ),
    "page.plan_remove_file": ("นำ {name} ออก", "Take {name} off"),
    "page.plan_sending": ("ฉบับที่ส่งครั้งที่ {number} เดือน{month}", "Sending {number}, {month}"),
    "page.plan_score": ("ผลตัวชี้วัด {number}", "Result of indicator {number}"),
    "page.plan_score_of": ("ผลของแผน ปี {year} {body}", "Result of the plan of {body}, {year}"),
    "page.plan_to_score": ("ดูผลและที่มาของคะแนน", "Result, and how it came about"),
    "page.plan_to_usage": (
        "ปริมาณการใช้พลังงาน กระดาษ และงบประมาณ",
        "Use of energy, paper and budget",
    ),
    "page.plan_of_outputs": ("{achieved} จาก {planned} ผลผลิต", "{achieved} of {planned} outputs"),
    "page.plan_per_cent": ("ร้อยละ {points}", "{points} per cent"),
    "page.plan_passed": ("ผ่าน", "Passed"),
    "page.plan_not_passed": ("ไม่ผ่าน", "Not passed"),
    "page.plan_round_days": ("{first} – {last}", "{first} – {last}"),
    "page.plan_why_not_due": ("ยังไม่ถึงกำหนดรายงาน", "Its report is not due yet."),
    "page.plan_so_far": (
        "ตามที่รายงานถึงขณะนี้ ยังไม่ใช่ผลของรอบ",
        "as reported so far; not yet the result of the round",
    ),
    "page.plan_reached": (
        "ถึงเกณฑ์ผ่านร้อยละ {mark} แล้ว ผลผลิตที่ยังรออยู่ไม่ทำให้ต่ำกว่าเกณฑ์ (ตามแผนที่มีผลและรายงานที่ส่งแล้ว)",
        "The pass mark of {mark} per cent is reached; outputs still to come cannot undo that (under the plan in force and the reports sent in).",
    ),
    "page.plan_out_of_reach": (
        "ไม่ถึงเกณฑ์ผ่านร้อยละ {mark} แม้ผลผลิตที่ยังรออยู่จะได้ครบ (ตามแผนที่มีผลและรายงานที่ส่งแล้ว)",
        "The pass mark of {mark} per cent cannot be reached, even if every output still to come does (under the plan in force and the reports sent in).",
    ),
    "page.plan_settles": (
        "ผลของรอบคือผลผลิตที่ทำได้ตามแผน × {full} ÷ ผลผลิตตามแผน เกณฑ์ผ่านร้อยละ {mark} สรุปเมื่อรายงานเดือนสุดท้ายของรอบส่งแล้วหรือพ้นกำหนด {day}",
        "The result of the round is outputs achieved × {full} ÷ outputs planned; the pass mark is {mark} per cent. It stands when the report on the round's last month is in, or its due day, {day}, is over.",
    ),
    "page.plan_which_counted": ("ผลผลิตที่นับและไม่นับ", "Which outputs counted"),
    "page.plan_output": ("ผลผลิต", "Output"),
    "page.plan_activity_short": ("กิจกรรม", "Activity"),
    "page.plan_month_planned": ("เดือนตามแผน", "Planned for"),
    "page.plan_outcome": ("ผล", "Outcome"),
    "page.plan_why": ("เหตุผล", "Why"),
    "page.plan_why_done": (
        "นับ: รายงานเดือน{month} ว่าได้ผลผลิต",
        "Counts: the report on {month} says that it came.",
    ),
    "page.plan_why_undone": (
        "ไม่นับ: รายงานเดือน{month} ว่าไม่ได้ผลผลิต",
        "Does not count: the report on {month} says that it did not come.",
    ),
    "page.plan_why_undone_yet": (
        "ยังไม่นับ: รายงานเดือน{month} ว่าไม่ได้ผลผลิต รายงานเดือนต่อไปในรอบอาจว่าได้แล้ว",
        "Does not count yet: the report on {month} says that it did not come; a later one in the round may say that it did.",
    ),
    "page.plan_why_unreported_yet": (
        "ยังไม่นับ: ยังไม่มีรายงานที่ส่งแล้วกล่าวถึง",
        "Does not count yet: no report that was sent in says anything of it.",
    ),
    "page.plan_why_late": (
        "ไม่นับ: ได้ผลผลิตในเดือน{month} ซึ่งไม่ใช่เดือนตามแผน",
        "Does not count: it came in {month}, which is not the month it was planned for.",
    ),
    "page.plan_why_unreported": (
        "ไม่นับ: ยังไม่มีรายงานที่ส่งแล้วกล่าวถึง (ต่างจากไม่ได้ผลผลิต)",
        "Does not count: no report that was sent in says anything of it, which is not the same as undone.",
    ),
    "page.plan_no_version": (
        "ยังไม่มีแผนที่ส่งแล้ว จึงยังไม่มีผล",
        "There is no plan in force, so there is no result yet.",
    ),
    "page.usage_of": ("ปริมาณการใช้ ปี {year} {body}", "What {body} used, {year}"),
    "page.usage_help": (
        "ไฟฟ้าและน้ำมันเชื้อเพลิงบันทึกโดยสำนักงานพลังงานจังหวัด กระดาษและงบประมาณบันทึกโดยจังหวัดพร้อมปริมาณฐาน เดือนที่เว้นไว้คือ “ยังไม่บันทึก” ไม่ใช่ 0",
        "Electricity and fuel are entered by the provincial energy office; paper and budget by the province, with a baseline. A month left empty is “not entered”, not 0.",
    ),
    "page.usage_used": ("ใช้", "Used"),
    "page.usage_baseline": ("ฐาน", "Baseline"),
    "page.usage_total_used": ("ใช้สะสม", "Used so far"),
    "page.usage_total_baseline": ("ฐานสะสม", "Baseline so far"),
    "page.usage_saved": ("ประหยัดสะสม (ร้อยละ)", "Saved so far (per cent)"),
    "page.usage_not_entered": ("ยังไม่บันทึก", "not entered"),
    "page.usage_overdue": ("เลยกำหนด", "overdue"),
    "page.usage_late": ("บันทึกล่าช้า", "entered late"),
    "page.usage_reaches": (
        "ประหยัดร้อยละ {saved} ถึงเกณฑ์ไม่น้อยกว่าร้อยละ {least}",
        "{saved} per cent saved: it reaches the {least} per cent asked for",
    ),
    "page.usage_falls_short": (
        "ประหยัดร้อยละ {saved} ต่ำกว่าเกณฑ์ร้อยละ {least}",
        "{saved} per cent saved: less than the {least} per cent asked for",
    ),
    "page.usage_formula": (
        "(ฐานสะสม − ใช้สะสม) × 100 ÷ ฐานสะสม",
        "(baseline − used) × 100 ÷ baseline, of the running totals",
    ),
    "page.usage_entered": ("บันทึกแล้ว {count} เดือน", "{count} months entered"),
    "page.usage_enter": ("บันทึก{thing}", "Enter {thing}"),
    "page.usage_field_used": ("{month}: ใช้", "{month}: used"),
    "page.usage_field_baseline": ("{month}: ฐาน", "{month}: baseline"),
    "page.usage_chart": (
        "{thing} รายเดือน แท่งยาวตามปริมาณที่ใช้",
        "{thing} by month; the bar is as long as the use",
    ),
    "page.plan_summary": ("สรุปรายไตรมาส ตัวชี้วัด 4.2", "Quarterly summary, indicator 4.2"),
    "page.plan_summary_of": (
        "สรุปความก้าวหน้าตัวชี้วัด 4.2 ไตรมาสที่ {quarter} ปีงบประมาณ พ.ศ. {year}",
        "Progress of indicator 4.2, quarter {quarter}, fiscal year {year}",
    ),
    "page.plan_summary_as_of": (
        "ตามรายงานที่ส่งถึงสำนักงาน ก.พ.ร. ภายใน {day} รายงานที่ส่งหลังจากนั้นไม่เปลี่ยนตัวเลขนี้",
        "As reported by {day}. What was sent in after that does not change these figures.",
    ),
    "page.plan_summary_open": (
        "ไตรมาสนี้ยังไม่ปิด ตัวเลขเป็น ณ {day}",
        "This quarter is still open: the figures are of {day}.",
    ),
    "page.plan_summary_so_far": (
        "เป็นผลตามที่รายงานถึงขณะนั้น รอบการประเมินของไตรมาสนี้ยังรอรายงานเดือนต่อไป ผลผลิตที่ยังไม่ได้อาจได้ภายในรอบ จึงยังไม่ใช่ผลผ่านหรือไม่ผ่าน",
        "As reported so far: the round of this quarter still waited for later reports, in which outputs may come after all. Nothing here is a pass or a failure.",
    ),
    "page.plan_summary_none": ("ไม่มีจังหวัดที่ตรงกับที่ค้น", "No province matches."),
    "page.plan_summary_national": ("ทั้งประเทศ", "The whole country"),
    "page.plan_summary_standing": ("สถานะจังหวัด", "Provinces"),
    "page.plan_summary_share": (
        "ได้ผลผลิตร้อยละ {share} ของที่ถึงกำหนด",
        "{share} per cent of what was due came",
    ),
    "page.plan_summary_share_so_far": (
        "ถึงขณะนั้นได้ผลผลิตร้อยละ {share} ของที่ถึงกำหนด",
        "So far, {share} per cent of what was due came",
    ),
    "page.plan_by_type": ("ตามประเภท", "By type"),
    "page.plan_by_topic": ("ตามข้อสั่งการ", "By ordered topic"),
    "page.plan_by_month": ("ตามเดือน", "By month"),
    "page.plan_no_type": ("ไม่ระบุประเภท", "No type given"),
    "page.plan_no_topic": ("กิจกรรมนอกข้อสั่งการ", "Not an ordered topic"),
    "page.plan_activities_count": ("กิจกรรม", "Activities"),
    "page.plan_planned": ("วางแผน", "Planned"),
    "page.plan_print_summary": ("พิมพ์เอกสาร", "Print the document"),
    "page.plan_quarter": ("ไตรมาส {quarter}", "Quarter {quarter}"),
    "page.plan_province": ("จังหวัด", "Province"),
    "page.plan_month_waits": ("รายงานรายเดือนรอท่านส่ง", "monthly report waits for you"),
    "page.plan_month_to_write": ("รายงานรายเดือนรอจัดทำ", "monthly report to write"),
    "page.energy_owed": ("ปริมาณการใช้พลังงานรอบันทึก", "energy use to enter"),
    "letter.plan_subject": (
        "รายงานผลการประเมินความก้าวหน้าการพัฒนาประสิทธิภาพในการปฏิบัติงาน (ตัวชี้วัดที่ 4.2) ไตรมาสที่ {quarter} ประจำปีงบประมาณ พ.ศ. {year}",
        "Progress of indicator 4.2, improving efficiency in the work: quarter {quarter}, fiscal year {year}",
    ),
    "letter.plan_number": ("ที่ ……………………", "No. ……………………"),
    "letter.plan_day": ("วันที่ {day}", "{day}"),
    "letter.plan_about": ("เรื่อง", "Subject:"),
    "letter.plan_to": ("กราบเรียน รองนายกรัฐมนตรี", "To the Deputy Prime Minister"),
    "letter.plan_body": (
        "ตาม{clause} ซึ่งให้รายงานความก้าวหน้าเสนอรองนายกรัฐมนตรีทุก 3 เดือน สำนักงาน ก.พ.ร. ขอสรุปผลการดำเนินงานของ {provinces} จังหวัด ระหว่างเดือน{first} ถึงเดือน{last} ตามรายงานที่ได้รับภายในวันที่ {day} ดังนี้",
        "Under {clause}, progress is reported to the Deputy Prime Minister every three months. This is the summary of {provinces} provinces from {first} to {last}, as reported by {day}.",
    ),
    "letter.plan_figures": (
        "ผลผลิตตามแผนในไตรมาส {planned} รายการ ได้ผลผลิต {done} รายการ ไม่ได้ผลผลิต {undone} รายการ ไม่รายงาน {unreported} รายการ และยังไม่ถึงกำหนด {not_due} รายการ",
        "Outputs planned for the quarter: {planned}; came: {done}; did not come: {undone}; not reported: {unreported}; not due: {not_due}.",
    ),
    "letter.plan_exceptions": ("จังหวัดที่ต้องติดตาม", "Provinces to follow up"),
    "letter.plan_none": ("ไม่มีจังหวัดที่ต้องติดตาม", "None"),
    "letter.plan_closing": ("จึงกราบเรียนมาเพื่อโปรดทราบ", "For information."),
    "letter.plan_from": ("สำนักงาน ก.พ.ร.", "Office of the Public Sector Development Commission"),
}
