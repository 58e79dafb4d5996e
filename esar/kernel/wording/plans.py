"""Plans of activities and requests to change them, in Thai and English."""

from __future__ import annotations

VERBS = {
    "plan.opened": ("เริ่มจัดทำแผน", "began the plan of activities"),
    "plan.saved": ("บันทึกแผน", "saved the plan of activities"),
    "plan.propose": ("เสนอแผนต่อผู้อนุมัติ", "proposed the plan of activities"),
    "plan.withdraw": ("ถอนแผนกลับมาแก้ไข", "withdrew the plan of activities"),
    "plan.send_back": ("ส่งแผนกลับให้ผู้รายงานแก้ไข", "sent the plan of activities back"),
    "plan.submit": ("ส่งแผนต่อสำนักงาน ก.พ.ร.", "sent the plan of activities in to OPDC"),
    "plan.reopen": ("เปิดแผนที่ส่งแล้วมาแก้ไข", "reopened the plan of activities"),
    "plan.rechecked": (
        "ตรวจแผนใหม่ตามหลักเกณฑ์ที่แก้ไข",
        "checked the plan of activities again under the amended rules",
    ),
    "plan.changed": ("ปรับแผนตามคำขอ", "changed the plan of activities as requested"),
    "plan_change.asked": ("เริ่มคำขอปรับแผน", "began a request to change the plan"),
    "plan_change.saved": ("บันทึกคำขอปรับแผน", "saved the request to change the plan"),
    "plan_change.propose": ("เสนอคำขอปรับแผนต่อผู้อนุมัติ", "proposed the request to change the plan"),
    "plan_change.withdraw": ("ถอนคำขอปรับแผน", "withdrew the request to change the plan"),
    "plan_change.send_back": (
        "ส่งคำขอปรับแผนกลับให้ผู้รายงานแก้ไข",
        "sent the request to change the plan back",
    ),
    "plan_change.submit": (
        "ส่งคำขอปรับแผนต่อสำนักงาน ก.พ.ร.",
        "sent the request to change the plan in to OPDC",
    ),
    "plan_change.approve": ("เห็นชอบคำขอปรับแผน", "approved the request to change the plan"),
    "plan_change.reject": ("ไม่เห็นชอบคำขอปรับแผน", "rejected the request to change the plan"),
}

STATES = {
    "plan-state.draft": ("กำลังจัดทำ", "being written"),
    "plan-state.proposed": ("รอผู้อนุมัติส่ง", "waits for the approver"),
    "plan-state.submitted": ("ส่งแล้ว มีผลใช้บังคับ", "sent in and in force"),
    "plan_change-state.draft": ("กำลังจัดทำ", "being written"),
    "plan_change-state.proposed": ("รอผู้อนุมัติส่ง", "waits for the approver"),
    "plan_change-state.asked": ("รอสำนักงาน ก.พ.ร. พิจารณา", "waits for OPDC"),
    "plan_change-state.done": ("เห็นชอบแล้ว", "approved"),
    "plan_change-state.rejected": ("ไม่เห็นชอบ", "rejected"),
    "plan_change-state.withdrawn": ("ถอนแล้ว", "withdrawn"),
    "plan-action.propose": ("เสนอผู้อนุมัติ", "Propose to the approver"),
    "plan-action.withdraw": ("ถอนกลับมาแก้ไข", "Withdraw"),
    "plan-action.send_back": ("ส่งกลับผู้รายงาน", "Send back"),
    "plan-action.submit": ("ส่งแผนต่อสำนักงาน ก.พ.ร.", "Send the plan in"),
    "plan-action.reopen": ("เปิดแผนมาแก้ไข", "Reopen the plan"),
    "plan-action.edit": ("แก้ไขแผน", "Edit the plan"),
    "plan_change-action.edit": ("แก้ไขคำขอ", "Edit the request"),
    "plan_change-action.propose": ("เสนอผู้อนุมัติ", "Propose to the approver"),
    "plan_change-action.withdraw": ("ถอนคำขอ", "Withdraw the request"),
    "plan_change-action.send_back": ("ส่งกลับผู้รายงาน", "Send back"),
    "plan_change-action.submit": ("ส่งคำขอต่อสำนักงาน ก.พ.ร.", "Send the request in"),
    "plan_change-action.approve": ("เห็นชอบ", "Approve"),
    "plan_change-action.reject": ("ไม่เห็นชอบ", "Reject"),
}

REFUSALS = {
    "plan.wrong_state": (
        "ทำไม่ได้เมื่อแผนอยู่ในสถานะ {state}",
        "This cannot be done while the plan is: {state}.",
    ),
    "plan_change.wrong_state": (
        "ทำไม่ได้เมื่อคำขออยู่ในสถานะ {state}",
        "This cannot be done while the request is: {state}.",
    ),
    "plan.already_moved": (
        "มีผู้อื่นดำเนินการก่อนแล้ว เปิดหน้าใหม่เพื่อดูสถานะล่าสุด",
        "Someone else has acted first. Load the page again.",
    ),
    "plan.no_law": (
        "ปีงบประมาณ {year} ไม่มีหลักเกณฑ์แผนกิจกรรมที่ใช้กับหน่วยงานนี้ในวันที่ {day}",
        "Fiscal year {year} has no rules of a plan of activities for this body on {day}.",
    ),
    "plan.is_there": ("มีแผนของปี {year} อยู่แล้ว", "There is a plan for {year} already."),
    "plan.past_due": (
        "เปิดแผนมาแก้ไขได้ถึงวันที่ {day} หลังจากนั้นให้ยื่นคำขอปรับแผน",
        "A plan can be reopened until {day}; after that, ask for a change.",
    ),
    "plan.changed_meanwhile": (
        "{by} บันทึกแผนหลังจากที่คุณเปิดหน้านี้ สิ่งที่คุณเขียนยังอยู่บนหน้านี้และยังไม่ถูกบันทึก ไม่มีสิ่งใดถูกเขียนทับ",
        "{by} saved the plan after you opened this page. What you wrote is still here, not saved; nothing was overwritten.",
    ),
    "plan.changed_in_another_window": (
        "คุณ ({by}) บันทึกแผนจากอีกหน้าต่างหนึ่งหลังจากเปิดหน้านี้ สิ่งที่เขียนบนหน้านี้ยังไม่ถูกบันทึก ไม่มีสิ่งใดถูกเขียนทับ",
        "You ({by}) saved the plan in another window after opening this page. What is here is not saved; nothing was overwritten.",
    ),
    "plan.too_many": (
        "แผนมี {count} กิจกรรม ร่างได้ไม่เกิน {most}",
        "The plan has {count} activities; a draft holds at most {most}.",
    ),
    "plan.too_long": (
        "กิจกรรมที่ {number}: {field} ยาวเกิน {most} ตัวอักษร",
        "Activity {number}: {field} is longer than {most} characters.",
    ),
    "plan.not_a_month": (
        "กิจกรรมที่ {number}: {month} ไม่ใช่เดือน",
        "Activity {number}: {month} is not a month.",
    ),
    "plan.not_a_form": (
        "ข้อมูลของแผนไม่ครบ เปิดหน้าใหม่แล้วลองอีกครั้ง",
        "The form is not whole. Load the page again.",
    ),
    "plan.count": (
        "แผนมี {count} กิจกรรม ต้องมี {needed} กิจกรรม",
        "The plan has {count} activities; it needs {needed}.",
    ),
    "plan.months_without_start": (
        "ไม่มีกิจกรรมใหม่ใน {months} ต้องมีกิจกรรมใหม่ทุกเดือน",
        "No activity starts in {months}; there must be a new one every month.",
    ),
    "plan.incomplete": (
        "กิจกรรมที่ {number}: ยังไม่มี {missing}",
        "Activity {number} still needs: {missing}.",
    ),
    "plan.unknown_type": (
        "กิจกรรมที่ {number}: ไม่มีประเภท {type} ในหลักเกณฑ์",
        "Activity {number}: the rules have no type {type}.",
    ),
    "plan.unknown_topic": (
        "กิจกรรมที่ {number}: ไม่มีเรื่อง {topic} ในข้อสั่งการ",
        "Activity {number}: no topic {topic} was ordered.",
    ),
    "plan.output_before_start": (
        "กิจกรรมที่ {number}: ผลผลิต {month} มาก่อนเดือนที่เริ่ม",
        "Activity {number}: the output of {month} comes before the activity starts.",
    ),
    "plan.output_unnamed": (
        "กิจกรรมที่ {number}: ยังไม่ระบุว่าผลผลิต {month} คืออะไร",
        "Activity {number}: say what the output of {month} is.",
    ),
    "plan.outside_year": (
        "กิจกรรมที่ {number}: {month} อยู่นอกปีงบประมาณ",
        "Activity {number}: {month} lies outside the fiscal year.",
    ),
    "plan.too_few_of_group": (
        "มี {count} กิจกรรมจาก{group} ต้องมีอย่างน้อย {needed}",
        "{count} activities are from {group}; at least {needed} are needed.",
    ),
    "plan.topics_not_yet": (
        "กิจกรรมที่ {numbers}: วันนี้ยังไม่มีเรื่องตามข้อสั่งการที่ให้นำมานับ",
        "Activities {numbers}: no ordered topics may be counted on this day.",
    ),
    "plan.topics_elsewhere": (
        "แผนนี้ไม่ได้นำเรื่องตามข้อสั่งการมานับ แต่จังหวัดยังต้องดำเนินการทุกเรื่อง: {topics}",
        "This plan counts none of the ordered topics, but the province must still work on each: {topics}.",
    ),
    "plan.topic_out_of_season": (
        "กิจกรรมที่ {number}: {topic} ต้องเริ่มระหว่าง {first} ถึง {last}",
        "Activity {number}: {topic} must start between {first} and {last}.",
    ),
    "plan.topic_twice": (
        "เรื่อง {topic} อยู่ในแผน {count} ครั้ง นับได้ครั้งเดียว",
        "{topic} stands in the plan {count} times; it counts once.",
    ),
    "plan.others": (
        "เมื่อนำเรื่องตามข้อสั่งการมานับ ต้องเลือกกิจกรรมอื่นจาก 5 ประเภทอีก {needed} กิจกรรม แผนนี้มี {count}",
        "A plan that counts the ordered topics chooses {needed} more from the five types; this one has {count}.",
    ),
    "plan_change.one_is_open": (
        "มีคำขอปรับแผนที่ยังไม่เสร็จอยู่แล้ว",
        "A request to change this plan is open already.",
    ),
    "plan_change.no_window": ("ปีนี้ไม่มีช่วงขอปรับแผน", "This year has no time for changing the plan."),
    "plan_change.closed": (
        "ขอปรับแผนได้ตั้งแต่วันที่ {first} ถึงวันที่ {last}",
        "A change of the plan may be asked for from {first} to {last}.",
    ),
    "plan_change.no_reason": ("ระบุเหตุผลที่ขอปรับแผน", "Say why the plan should change."),
    "plan_change.nothing_new": (
        "คำขอนี้ไม่เปลี่ยนสิ่งใดในแผน",
        "The request changes nothing in the plan.",
    ),
    "plan_change.stale": (
        "แผนเปลี่ยนไปหลังจากเริ่มคำขอนี้ ให้ถอนคำขอแล้วเริ่มใหม่",
        "The plan has changed since this request was begun. Withdraw it and begin again.",
    ),
    "plan_change.round_over": (
        "ผลผลิตของกิจกรรมที่ {number} เดือน {month} อยู่ในรอบที่สิ้นสุดแล้ว จึงเพิ่มหรือย้ายไม่ได้",
        "The output of activity {number} in {month} lies in a round that is over; it can be neither added nor moved.",
    ),
    "plan_change.reported": (
        "กิจกรรมที่ {number} รายงานผลผลิต {month} แล้ว ชื่อ ประเภท เรื่อง เดือนที่เริ่ม และผลผลิตเดือนนั้นต้องคงเดิม",
        "The output of {month} of activity {number} was reported; its name, type, topic, start and that output must stay.",
    ),
}

NOTICES = {
    "notice.plan_your_turn": (
        "แผนกิจกรรมปี {year} ของ{body} รอคุณส่งต่อสำนักงาน ก.พ.ร.{reason}",
        "The {year} plan of activities of {body} waits for you to send it in.{reason}",
    ),
    "notice.plan_submitted": (
        "{body} ส่งแผนกิจกรรมปี {year} แล้ว{reason}",
        "{body} has sent in its {year} plan of activities.{reason}",
    ),
    "notice.plan_send_back": (
        "แผนกิจกรรมปี {year} ของ{body} ถูกส่งกลับให้แก้ไข{reason}",
        "The {year} plan of activities of {body} was sent back.{reason}",
    ),
    "notice.plan_withdraw": (
        "แผนกิจกรรมปี {year} ของ{body} ถูกถอนกลับมาแก้ไข{reason}",
        "The {year} plan of activities of {body} was withdrawn.{reason}",
    ),
    "notice.plan_reopen": (
        "แผนกิจกรรมปี {year} ของ{body} ถูกเปิดมาแก้ไข{reason}",
        "The {year} plan of activities of {body} was reopened.{reason}",
    ),
    "notice.plan_amended": (
        "หลักเกณฑ์ของแผนกิจกรรมปี {year} ของ{body} เปลี่ยนตั้งแต่วันที่ {day}: {changes} (อ้างถึง {letter})",
        "The rules of the {year} plan of activities of {body} changed on {day}: {changes} (cited: {letter})",
    ),
    **{
        f"notice.plan_change_{name}": (
            f"คำขอปรับแผนปี {{year}} ของ{{body}}: {thai}{{reason}}",
            f"Request to change the {{year}} plan of {{body}}: {english}{{reason}}",
        )
        for name, thai, english in (
            ("propose", "รอคุณส่งต่อสำนักงาน ก.พ.ร.", "it waits for you to send it in."),
            ("withdraw", "ถอนแล้ว", "it was withdrawn."),
            ("send_back", "ถูกส่งกลับให้แก้ไข", "it was sent back."),
            ("submit", "รอสำนักงาน ก.พ.ร. พิจารณา", "it waits for OPDC's decision."),
            ("approve", "เห็นชอบแล้ว แผนใหม่มีผลใช้บังคับ", "approved; the new plan is in force."),
            ("reject", "ไม่เห็นชอบ", "rejected."),
        )
    },
}

AMENDED = {
    "plan-amended.groups_ended": (
        "ยกเลิกการจัดกลุ่ม A และ B จึงไม่ต้องเลือกจาก{group} อย่างน้อย {needed} เรื่องอีกต่อไป",
        "Groups A and B are cancelled: {needed} activities from {group} are no longer needed",
    ),
    "plan-amended.groups_yours": (
        "กิจกรรมที่ {numbers} ของแผนนี้เคยนับเป็น{group} ยังอยู่ในแผนได้ตามเดิม และเปลี่ยนประเภทได้",
        "Activities {numbers} of this plan counted as {group}; they may stay, and may change type",
    ),
    "plan-amended.topics_began": (
        "จังหวัดต้องดำเนินการ {count} เรื่องตามข้อสั่งการ และนำมานับในแผนนี้ได้ หากนับต้องเลือกกิจกรรมจาก 5 ประเภทอีก {others} กิจกรรม",
        "The province must work on {count} ordered topics and may count them in this plan; if it does, it chooses {others} more from the five types",
    ),
    "plan-amended.topics_month": (
        "{topics}: เริ่ม {first} (กิจกรรมของแผนนี้ที่เริ่มเดือนนั้น: ที่ {numbers})",
        "{topics}: to start in {first} (activities of this plan that start then: {numbers})",
    ),
    "plan-amended.topics_season": (
        "{topics}: เริ่มระหว่าง {first} ถึง {last} (กิจกรรมของแผนนี้ที่เริ่มในช่วงนั้น: ที่ {numbers})",
        "{topics}: to start between {first} and {last} (activities of this plan that start then: {numbers})",
    ),
    "plan-amended.due": (
        "กำหนดส่งแผนเลื่อนจากวันที่ {old} เป็นวันที่ {new} เปิดแผนที่ส่งแล้วมาแก้ไขและส่งใหม่ได้ถึงวันนั้น",
        "The plan is due on {new}, no longer on {old}; one that was sent in may be reopened and sent again until then",
    ),
    "plan-amended.now_well": ("ไม่เป็นข้อขัดข้องแล้ว: {said}", "No longer a fault: {said}"),
    "plan-amended.to_mend": ("ต้องแก้ไข: {said}", "To be mended: {said}"),
    "plan-amended.may_stay": (
        "แผนนี้ถูกต้องตามหลักเกณฑ์ใหม่ ไม่ต้องแก้ไข",
        "This plan keeps the amended rules; nothing has to be changed",
    ),
}

LABELS = {
    "label.plan_name": ("เรื่องที่ดำเนินการ", "activity"),
    "label.plan_type": ("ประเภท", "type"),
    "label.plan_start": ("เดือนที่เริ่ม", "month of start"),
    "label.plan_outputs": ("ผลผลิต", "outputs"),
    "label.plan_office": ("หน่วยงานที่รับผิดชอบ", "office in charge"),
    "label.plan_what": ("คำอธิบายผลผลิต", "what the output is"),
}

MONTHS = {
    f"month-short.{number}": labels
    for number, labels in enumerate(
        (
            ("ม.ค.", "Jan"),
            ("ก.พ.", "Feb"),
            ("มี.ค.", "Mar"),
            ("เม.ย.", "Apr"),
            ("พ.ค.", "May"),
            ("มิ.ย.", "Jun"),
            ("ก.ค.", "Jul"),
            ("ส.ค.", "Aug"),
            ("ก.ย.", "Sep"),
            ("ต.ค.", "Oct"),
            ("พ.ย.", "Nov"),
            ("ธ.ค.", "Dec"),
        ),
        start=1,
    )
}

PAGES = {
    "plan-mark.none": ("ว่าง", "empty"),
    "plan-mark.s": ("เริ่ม", "start"),
    "plan-mark.o": ("ผลผลิต", "output"),
    "plan-mark.so": ("เริ่มและผลผลิต", "start and output"),
    "plan-page.plans": ("แผนกิจกรรม", "Plans of activities"),
    "plan-page.plan_of": (
        "แผนการพัฒนาประสิทธิภาพการปฏิบัติงาน {body} ปีงบประมาณ พ.ศ. {year}",
        "Plan of activities of {body}, fiscal year {year}",
    ),
    "plan-page.official": (
        "แผนการพัฒนาประสิทธิภาพการปฏิบัติงาน",
        "Plan for improving efficiency in the work",
    ),
    "plan-page.open": ("เริ่มจัดทำแผนปี {year} {body}", "Begin the {year} plan of {body}"),
    "plan-page.none": ("ยังไม่มีแผนกิจกรรม", "There are no plans of activities yet."),
    "plan-page.waiting": ("คำขอปรับแผนที่รอพิจารณา", "Requests that wait for a decision"),
    "plan-page.activities": ("กิจกรรม", "Activities"),
    "plan-page.only_late": ("ส่งช้ากว่ากำหนด", "Received late"),
    "plan-page.version": ("แผนฉบับที่ {number}", "Version {number}"),
    "plan-page.versions": ("แผนแต่ละฉบับ", "Versions"),
    "plan-page.of_version": ("ปรับจากแผนฉบับที่ {number}", "from version {number}"),
    "plan-page.beside": (
        "แสดงสิ่งที่ต่างจากฉบับที่ {number}",
        "What differs from version {number} is marked.",
    ),
    "plan-page.rules_of": ("ตรวจตามหลักเกณฑ์ของวันที่ {day}", "checked under the rules of {day}"),
    "plan-page.grid": ("ตารางแผน ตุลาคมถึงกันยายน", "The plan, October to September"),
    "plan-page.totals": ("รวมผลผลิตในแต่ละเดือน", "Outputs in each month"),
    "plan-page.old_totals": ("รวมผลผลิตเดิม", "Outputs before"),
    "plan-page.planned": ("รวม {count} ผลผลิต", "{count} outputs in all"),
    "plan-page.no_activities": ("ยังไม่มีกิจกรรม", "No activities yet"),
    "plan-page.signs": ("● เริ่มดำเนินการ ○ ได้ผลผลิต", "● start ○ output"),
    "plan-page.types": ("หมายเหตุ: ประเภทเรื่องที่ดำเนินการ", "Note: types of activity"),
    "plan-page.period": ("ระยะเวลาดำเนินการ", "Period"),
    "plan-page.progress": ("รายงานความก้าวหน้า", "Progress"),
    "plan-page.cell": ("กิจกรรมที่ {number}", "Activity {number}"),
    "plan-page.help": (
        "แป้นพิมพ์: ลูกศรเลื่อนช่อง S เริ่ม (●) O ผลผลิต (○) เว้นวรรคเปลี่ยนเครื่องหมาย Delete ล้าง Enter เปิดรายละเอียดกิจกรรม Esc กลับตาราง Ctrl+Z เลิกทำ เมาส์: คลิกช่องเพื่อเปลี่ยนเครื่องหมาย หนึ่งกิจกรรมเริ่มได้เดือนเดียว และมีผลผลิตได้หลายเดือน",
        "Keys: arrows move, S start (●), O output (○), Space the next mark, Delete clears, Enter opens the activity, Esc goes back to the grid, Ctrl+Z undoes. Mouse: click a cell for its next mark. An activity starts in one month and may have outputs in several.",
    ),
    "plan-page.checks": ("การตรวจตามหลักเกณฑ์ ณ วันที่ {day}", "Checks under the rules of {day}"),
    "plan-page.problems": (
        "ยังส่งไม่ได้ มี {count} ข้อต้องแก้ไข",
        "Cannot be sent in yet: {count} to mend",
    ),
    "plan-page.no_problems": ("ถูกต้องตามหลักเกณฑ์", "In keeping with the rules"),
    "plan-page.details": ("รายละเอียดกิจกรรม", "Activities in detail"),
    "plan-page.topic": ("เรื่องตามข้อสั่งการ", "Ordered topic"),
    "plan-page.no_topic": ("ไม่ใช่เรื่องตามข้อสั่งการ", "none"),
    "plan-page.topic_changed": ("(เปลี่ยนเรื่องตามข้อสั่งการ)", "(its ordered topic changed)"),
    "plan-page.what": ("ผลผลิต", "Output of"),
    "plan-page.no_output": (
        "ใส่เครื่องหมาย ○ ในตารางเพื่อระบุผลผลิต",
        "Mark ○ in the grid to describe an output.",
    ),
    "plan-page.up": ("เลื่อนขึ้น", "Move up"),
    "plan-page.down": ("เลื่อนลง", "Move down"),
    "plan-page.remove": ("ลบกิจกรรมที่ {number}", "Remove activity {number}"),
    "plan-page.add": ("เพิ่มกิจกรรม", "Add an activity"),
    "plan-page.undo": ("เลิกทำ", "Undo"),
    "plan-page.undone": ("เลิกทำแล้ว", "Undone"),
    "plan-page.saved": ("บันทึกแล้ว", "Saved"),
    "plan-page.moved": ("ดำเนินการแล้ว: {action}", "Done: {action}"),
    "plan-page.print": ("พิมพ์แผนหน้าเดียว", "Print on one page"),
    "plan-page.amendment": (
        "หลักเกณฑ์ที่แก้ไขเปลี่ยนอะไรในแผนนี้",
        "What the amendment changes for this plan",
    ),
    "plan-page.amended_on": ("หลักเกณฑ์ที่แก้ไขมีผลตั้งแต่วันที่ {day}", "The amended rules bind from {day}."),
    "plan-page.letters": ("หนังสืออ้างอิง", "Letters cited"),
    "plan-page.window": (
        "ขอปรับแผนได้ {first} ถึง {last}",
        "A change may be asked for from {first} to {last}",
    ),
    "plan-page.ask": ("ขอปรับแผน", "Ask to change the plan"),
    "plan-page.changes": ("คำขอปรับแผน", "Requests to change the plan"),
    "plan-page.change": ("คำขอปรับแผนที่ {number}", "Request {number}"),
    "plan-page.change_of": (
        "คำขอปรับแผน {body} ปี {year}",
        "Request to change the {year} plan of {body}",
    ),
    "plan-page.reason": ("เหตุผลที่ขอปรับแผน", "Why the plan should change"),
    "plan-page.touched": ("กิจกรรมที่เปลี่ยน", "Activities that change"),
    "plan-page.side_by_side": (
        "ช่องที่ต่างจากเดิมมีกรอบ แสดงค่าใหม่ และค่าเดิมหลังคำว่า เดิม ข้อความเดิมขีดฆ่าไว้หลังข้อความใหม่",
        "Cells that differ are framed: the new value, then the old one. Old words are struck through after the new ones.",
    ),
    "plan-page.look": ("ดูเทียบเดิมกับใหม่", "Old and new side by side"),
    "plan-page.new": ("ใหม่:", "New:"),
    "plan-page.old": ("เดิม:", "Before:"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    **{f"verb.{key}": labels for key, labels in VERBS.items()},
    **STATES,
    **REFUSALS,
    **NOTICES,
    **AMENDED,
    **LABELS,
    **MONTHS,
    **PAGES,
}
