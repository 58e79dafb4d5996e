"""Sentences of `esar.report.letters`."""

from __future__ import annotations

STATES = {
    "draft": ("ร่าง", "Draft"),
    "proposed": ("รอลงนามและส่ง", "Waiting to be signed and sent"),
    "sent": ("ส่งแล้ว", "Sent"),
    "closed": ("ปิดเรื่องแล้ว", "Closed"),
}
ACTIONS = {
    "propose": ("เสนอลงนาม", "Propose for signature"),
    "withdraw": ("ถอนกลับมาแก้ไข", "Take back to edit"),
    "send_back": ("ส่งกลับให้แก้ไข", "Send back to be edited"),
    "send": ("ลงนามและส่งหนังสือ", "Sign and send the letter"),
    "close": ("ปิดเรื่อง", "Close"),
    "edit": ("แก้ไขร่าง ไฟล์ และผู้รับ", "Edit the draft, its files and recipients"),
    "follow_up": (
        "ติดตามผู้ที่ยังไม่รับ และบันทึกการรับเป็นกระดาษ",
        "Follow up those who have not received it, and record receipts on paper",
    ),
}
SPEEDS = {
    "normal": ("ปกติ", "Normal"),
    "urgent": ("ด่วน", "Urgent"),
    "very_urgent": ("ด่วนมาก", "Very urgent"),
    "most_urgent": ("ด่วนที่สุด", "Most urgent"),
}
HOWS = {
    "system": ("ในระบบ", "in the system"),
    "link": ("ผ่านลิงก์เฉพาะ", "by the personal link"),
    "paper": ("เป็นกระดาษ", "on paper"),
}
VERBS = {
    "written": ("เริ่มร่างหนังสือเวียน", "began a circular letter"),
    "edited": ("แก้ไขร่างหนังสือ", "edited the letter"),
    "enclosed": ("แนบไฟล์กับหนังสือ", "enclosed a file"),
    "taken_out": ("นำไฟล์แนบออก", "took an enclosure out"),
    "addressed": ("เพิ่มผู้รับหนังสือ", "added recipients"),
    "recipient_removed": ("นำผู้รับออก", "removed a recipient"),
    "propose": ("เสนอลงนาม", "proposed the letter for signature"),
    "withdraw": ("ถอนหนังสือกลับมาแก้ไข", "took the letter back to edit"),
    "send_back": ("ส่งร่างกลับให้แก้ไข", "sent the draft back"),
    "send": ("ลงนามและส่งหนังสือ", "signed and sent the letter"),
    "close": ("ปิดเรื่อง", "closed the letter"),
    "reminded": ("เตือนผู้ที่ยังไม่รับหนังสือ", "reminded those who have not received the letter"),
    "linked": ("สร้างลิงก์เฉพาะของผู้รับ", "made personal links"),
    "received": ("รับหนังสือ", "recorded a receipt"),
}
FIELDS = {
    "sender": ("หนังสือของ", "Letter of"),
    "speed": ("ชั้นความเร็ว", "Speed"),
    "number": ("ที่ (เลขหนังสือ)", "Number"),
    "office": ("ส่วนราชการเจ้าของหนังสือและที่ตั้ง", "Office and its address"),
    "dated": ("วันที่ของหนังสือ", "Date of the letter"),
    "subject": ("เรื่อง", "Subject"),
    "to": ("เรียน", "To"),
    "refers": ("อ้างถึง", "Refers to"),
    "enclosed": ("สิ่งที่ส่งมาด้วย", "Enclosed"),
    "text": ("เนื้อความ", "Text"),
    "signer": ("ผู้ลงนาม", "Signed by"),
    "post": ("ตำแหน่งผู้ลงนาม", "Post of the signer"),
    "contact": ("ส่วนราชการเจ้าของเรื่องและช่องทางติดต่อ", "Unit in charge and how to reach it"),
    "offices": ("รายชื่อส่วนราชการที่ไม่มีบัญชีในระบบ", "Offices that have no account"),
    "offices_file": ("หรือไฟล์ CSV ของรายชื่อ", "Or a CSV file of the list"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    **{f"letter-state.{key}": labels for key, labels in STATES.items()},
    **{f"letter-action.{key}": labels for key, labels in ACTIONS.items()},
    **{f"letter-speed.{key}": labels for key, labels in SPEEDS.items()},
    **{f"letter-how.{key}": labels for key, labels in HOWS.items()},
    **{f"verb.letter.{key}": labels for key, labels in VERBS.items()},
    **{f"label.letter_{key}": labels for key, labels in FIELDS.items()},
    "label.receiver": ("ชื่อผู้รับ", "Received by (name)"),
    "label.received_on": ("วันที่รับ", "Received on"),
    "label.how": ("วิธีรับ", "How it was received"),
    "letter.wrong_state": (
        "หนังสืออยู่ในสถานะ “{state}” จึงทำไม่ได้",
        "The letter is “{state}”, so this cannot be done.",
    ),
    "letter.already_moved": (
        "มีผู้ดำเนินการไปก่อนแล้ว จึงยังไม่เปลี่ยนสิ่งใด โปรดโหลดหน้าใหม่",
        "Someone else was first, so nothing was changed. Load the page again.",
    ),
    "letter.changed_meanwhile": (
        "มีผู้แก้หนังสือนี้ไปก่อน โปรดเปิดหน้าแก้ไขใหม่แล้วแก้ต่อจากฉบับนั้น ข้อความที่พิมพ์ไว้ยังอยู่ในหน้านี้",
        "Someone else has changed this letter. Open it again and go on from theirs; what you typed is still on this page.",
    ),
    "letter.corrects_another": (
        "แก้ไขได้เฉพาะหนังสือของหน่วยงานเดียวกันที่ส่งไปแล้ว",
        "Only a letter of the same sender that was sent can be corrected.",
    ),
    "letter.not_said": ("ยังไม่ได้กรอก “{what}”", "“{what}” is not filled in yet."),
    "letter.dated_later": (
        "หนังสือลงวันที่ {day} ซึ่งยังไม่ถึง",
        "The letter is dated {day}, which has not come yet.",
    ),
    "letter.to_nobody": ("ยังไม่มีผู้รับ โปรดเพิ่มอย่างน้อยหนึ่งราย", "Nobody gets it yet. Add one at least."),
    "letter.infected": (
        "ไฟล์แนบ “{name}” มีไวรัส โปรดนำออก",
        "The enclosure “{name}” holds a virus. Take it out.",
    ),
    "letter.number_taken": (
        "เลขหนังสือ {number} ใช้กับหนังสือที่ส่งแล้วในปี {year} โปรดตรวจเลข",
        "A letter with the number {number} was sent in {year} already. Check the number.",
    ),
    "letter.no_file": ("โปรดเลือกไฟล์ที่จะแนบ", "Choose a file to enclose."),
    "letter.too_many_files": ("แนบได้ไม่เกิน {most} ไฟล์", "At most {most} files can be enclosed."),
    "letter.too_many_recipients": (
        "ผู้รับรวมแล้วเกิน {most} ราย โปรดแยกเป็นหลายฉบับ",
        "More than {most} recipients in all. Make several letters of it.",
    ),
    "letter.too_many_offices": (
        "รายชื่อมีเกิน {most} แถว โปรดแยกเป็นหลายฉบับ",
        "The list has more than {most} rows. Make several letters of it.",
    ),
    "letter.no_offices": (
        "ไม่พบชื่อส่วนราชการ โปรดวางรายชื่อบรรทัดละหนึ่งแห่ง หรือเลือกไฟล์ CSV",
        "No office was found. Paste one on each line, or choose a CSV file.",
    ),
    "letter.office_no_name": ("ไม่มีชื่อส่วนราชการ โปรดกรอก", "The office’s name is missing. Enter it."),
    "letter.office_too_long": (
        "ชื่อยาว {found} ตัวอักษร เกิน {most} โปรดย่อ",
        "The name has {found} characters, more than {most}. Shorten it.",
    ),
    "letter.office_control": (
        "มีอักขระที่มองไม่เห็น โปรดพิมพ์ชื่อใหม่",
        "There are characters that cannot be seen. Type the name again.",
    ),
    "letter.office_more": (
        "มีข้อมูลเกินกว่าชื่อและอีเมลอย่างละหนึ่ง: {found} ถ้าชื่อมีจุลภาค โปรดใส่ในเครื่องหมายคำพูด",
        "There is more than one name and one e-mail: {found}. Put a name with a comma in quotes.",
    ),
    "letter.office_email": (
        "อีเมล “{email}” ไม่ถูกต้อง โปรดแก้หรือลบออก",
        "The e-mail “{email}” is not valid. Correct it or leave it out.",
    ),
    "letter.office_twice": (
        "“{name}” อยู่ในหลายแถว ({rows}) โปรดให้เหลือแถวเดียว",
        "“{name}” stands on several rows ({rows}). Leave one.",
    ),
    "letter.received_already": (
        "{name} รับหนังสือนี้แล้วเมื่อวันที่ {day} การรับบันทึกได้ครั้งเดียว",
        "{name} received this letter on {day}. A receipt is recorded once.",
    ),
    "letter.received_outside": (
        "วันที่รับต้องอยู่ระหว่างวันที่ส่ง ({first}) ถึงวันนี้ ({last})",
        "The day of receipt must lie between the sending ({first}) and today ({last}).",
    ),
    "letter.no_receiver": ("โปรดระบุชื่อผู้รับ", "Say who received it."),
    "letter.nobody_waits": ("ทุกรายรับหนังสือแล้ว", "Everyone has received the letter."),
    "letter.reminded_today": (
        "วันนี้เตือนไปแล้ว เตือนได้วันละครั้ง",
        "They were reminded today; once a day is enough.",
    ),
    "letter.no_links": (
        "ไม่มีส่วนราชการที่ต้องใช้ลิงก์: รับแล้ว มีบัญชีในระบบ หรือได้รับทางอีเมล",
        "No office needs a link: they have received it, have an account, or get it by mail.",
    ),
    "letter.too_often": (
        "เปิดลิงก์ที่ไม่ถูกต้องหลายครั้งเกินไป โปรดรอหนึ่งนาที",
        "Too many wrong links. Wait a minute.",
    ),
    "notice.letter_your_turn": (
        "หนังสือเวียน “{subject}” รอท่านลงนามและส่ง",
        "The circular letter “{subject}” waits for you to sign and send it.",
    ),
    "notice.letter_back": (
        "หนังสือเวียน “{subject}” กลับเป็นร่างเพื่อแก้ไข{reason}",
        "The circular letter “{subject}” is a draft again{reason}",
    ),
    "notice.letter_sent": (
        "{sender} ส่งหนังสือ ที่ {number} เรื่อง {subject} โปรดเปิดอ่านและกดรับ",
        "{sender} sent letter {number}: {subject}. Read it and acknowledge receipt.",
    ),
    "notice.letter_reminded": (
        "เตือน: ยังไม่ได้รับหนังสือของ{sender} ที่ {number} เรื่อง {subject}",
        "Reminder: letter {number} of {sender} waits to be received: {subject}.",
    ),
    "mail.letter_subject": ("หนังสือเวียน: {subject}", "Circular letter: {subject}"),
    "mail.letter": (
        "เรียน {to}: {sender} ส่งหนังสือ ที่ {number} เรื่อง {subject} "
        "โปรดเปิดอ่านและยืนยันการรับที่ลิงก์เฉพาะของท่านด้านล่าง ลิงก์ที่เคยได้รับก่อนหน้านี้ใช้ไม่ได้แล้ว",
        "{to}: {sender} sent letter {number}: {subject}. Read it and confirm receipt at your "
        "personal link below. Links that you got before no longer work.",
    ),
    "page.letters": ("หนังสือเวียน", "Circular letters"),
    "page.letters_help": (
        "หนังสือที่หน่วยงานส่งและได้รับ พร้อมผลการรับของแต่ละแห่ง",
        "Letters that your body sent and got, and who has received them.",
    ),
    "page.letters_none": ("ยังไม่มีหนังสือเวียน", "There are no circular letters yet."),
    "page.letter_box": ("กล่อง", "Box"),
    "page.letter_box_sent": ("หนังสือที่เราส่ง", "Sent by us"),
    "page.letter_box_received": ("หนังสือที่เราได้รับ", "Sent to us"),
    "page.letter_new": ("ร่างหนังสือเวียน", "Write a circular letter"),
    "page.letter_edit": ("แก้ไขร่างหนังสือ", "Edit the letter"),
    "page.letter_correct": ("ทำหนังสือแก้ไขฉบับนี้", "Correct it by another letter"),
    "page.letter_corrects": (
        "หนังสือนี้แก้ไขหนังสือ ที่ {number}: {subject}",
        "This letter corrects letter {number}: {subject}",
    ),
    "page.letter_number": ("ที่", "No."),
    "page.letter_from": ("จาก", "From"),
    "page.letter_opdc": ("สำนักงาน ก.พ.ร.", "OPDC"),
    "page.letter_dated": ("ลงวันที่", "Dated"),
    "page.letter_no_number": ("ยังไม่มีเลข", "no number yet"),
    "page.letter_receipts": ("การรับ", "Receipts"),
    "page.letter_received_of": ("รับแล้ว {received} จาก {many}", "{received} of {many} received"),
    "page.letter_to_many": ("ถึง {many} ราย", "{many} recipients"),
    "page.letter_not_yet": ("ยังไม่รับ", "Not received yet"),
    "page.letter_not_yet_only": ("เฉพาะผู้ที่ยังไม่รับ", "Only those who have not yet"),
    "page.letter_place": ("ลำดับ", "Place"),
    "page.letter_recipient": ("ผู้รับหนังสือ", "Recipient"),
    "page.letter_recipients": ("ผู้รับหนังสือ", "Recipients"),
    "page.letter_received_by": (
        "{name} รับเมื่อวันที่ {day} {how}",
        "Received by {name} on {day} {how}",
    ),
    "page.letter_recorded_by": ("บันทึกโดย {name}", "recorded by {name}"),
    "page.letter_mailed": ("ส่งลิงก์ทางอีเมลแล้ว {at}", "link mailed {at}"),
    "page.letter_not_mailed": ("ยังไม่ได้ส่งอีเมล", "not mailed yet"),
    "page.letter_linked": ("มีลิงก์เฉพาะแล้ว", "has a personal link"),
    "page.letter_no_link": ("ยังไม่มีลิงก์", "no link yet"),
    "page.letter_receive": ("รับหนังสือในนาม {name}", "Acknowledge receipt for {name}"),
    "page.letter_receive_now": ("ยืนยันการรับหนังสือ", "Confirm receipt"),
    "page.letter_receiver_help": (
        "ชื่อ–สกุลและตำแหน่งของผู้ที่รับหนังสือ",
        "Name and post of whoever received it.",
    ),
    "page.letter_received_now": ("บันทึกการรับของ {name} แล้ว", "The receipt of {name} was recorded."),
    "page.letter_to_receive": ("หนังสือเวียนรอรับ", "A circular letter to receive"),
    "page.letter_to_send": ("หนังสือเวียนรอลงนามและส่ง", "A circular letter to sign and send"),
    "page.letter_saved": ("บันทึกร่างหนังสือแล้ว", "The draft was saved."),
    "page.letter_propose_done": ("เสนอลงนามแล้ว", "The letter was proposed for signature."),
    "page.letter_withdraw_done": ("ถอนกลับเป็นร่างแล้ว", "The letter is a draft again."),
    "page.letter_send_back_done": ("ส่งกลับให้แก้ไขแล้ว", "The letter was sent back."),
    "page.letter_send_done": (
        "ส่งหนังสือแล้ว หน่วยงานในระบบได้รับแจ้ง ผู้ที่มีอีเมลจะได้ลิงก์ทางอีเมล",
        "The letter was sent. Bodies were told; offices with an e-mail get their link by mail.",
    ),
    "page.letter_close_done": ("ปิดเรื่องแล้ว", "The letter was closed."),
    "page.letter_confirm_send": (
        "ลงนามและส่งถึง {many} รายหรือไม่ ส่งแล้วแก้ไม่ได้",
        "Sign and send to {many}? It cannot be changed afterwards.",
    ),
    "page.letter_remind": ("เตือนผู้ที่ยังไม่รับ", "Remind those who have not received it"),
    "page.letter_reminded": ("เตือนผู้ที่ยังไม่รับ {many} รายแล้ว", "Reminded: {many}."),
    "page.letter_reminded_on": ("เตือนครั้งล่าสุด {day}", "last reminded {day}"),
    "page.letter_links": ("สร้างลิงก์เฉพาะ", "Make personal links"),
    "page.letter_new_link": ("สร้างลิงก์", "Make a link"),
    "page.letter_links_help": (
        "คัดลอกตอนนี้: ลิงก์แสดงครั้งเดียวและไม่เก็บไว้ที่ใด ผู้ถือลิงก์อ่านหนังสือและรับแทนส่วนราชการนั้นได้ ลิงก์เดิมใช้ไม่ได้แล้ว",
        "Copy them now: the links are shown once and kept nowhere. Whoever holds a link can read "
        "the letter and receive it for that office. Their old links no longer work.",
    ),
    "page.letter_link": ("ลิงก์เฉพาะ", "Personal link"),
    "page.letter_on_paper": ("บันทึกการรับเป็นกระดาษ", "Record a receipt on paper"),
    "page.letter_paper_help": (
        "ใช้เมื่อผู้รับลงชื่อรับบนกระดาษ ระบบจะบันทึกว่าท่านเป็นผู้บันทึก",
        "For a receipt that was signed on paper. That you recorded it will be kept with it.",
    ),
    "page.letter_frozen": (
        "ข้อความ ไฟล์แนบ และรายชื่อผู้รับเหมือนเมื่อส่งทุกประการ",
        "Words, enclosures and recipients are exactly as they were sent",
    ),
    "page.letter_changed": (
        "เนื้อหาไม่ตรงกับเมื่อส่ง โปรดแจ้งผู้ตรวจสอบ",
        "The content is not what was sent. Tell the auditor.",
    ),
    "page.letter_print": ("พิมพ์หนังสือและบัญชีแนบท้าย", "Print the letter and its list"),
    "page.letter_enclosures": ("ไฟล์แนบ", "Enclosed files"),
    "page.letter_no_enclosures": ("ไม่มีไฟล์แนบ", "No enclosed files."),
    "page.letter_add_file": ("แนบไฟล์", "Enclose a file"),
    "page.letter_choose_recipients": ("เลือกผู้รับ", "Choose the recipients"),
    "page.letter_bodies": ("หน่วยงานในระบบ", "Bodies in the system"),
    "page.letter_bodies_help": (
        "ผู้รายงานและผู้อนุมัติของหน่วยงานจะได้รับแจ้งและกดรับในระบบ ค้นหาแล้วเพิ่มทีละแห่งหรือทั้งกลุ่ม",
        "Their reporters and approvers are told and acknowledge in the system. Search, then add "
        "one by one or all at once.",
    ),
    "page.letter_all_provinces": ("ทุกจังหวัด", "All provinces"),
    "page.letter_add_ticked": ("เพิ่มที่เลือก", "Add those ticked"),
    "page.letter_add_all": ("เพิ่มทั้งหมดที่พบ {many} แห่ง", "Add all {many} found"),
    "page.letter_no_bodies": (
        "ไม่พบหน่วยงานที่ยังไม่อยู่ในรายชื่อ",
        "No body was found that is not on the list.",
    ),
    "page.letter_offices": ("ส่วนราชการที่ไม่มีบัญชี", "Offices without an account"),
    "page.letter_offices_help": (
        "บรรทัดละหนึ่งแห่ง: ชื่อ หรือ ชื่อ, อีเมล มีลำดับนำหน้าหรือหัวตารางได้ วางจากตารางได้",
        "One on each line: a name, or name, e-mail. An ordinal or a heading may be there; a table "
        "may be pasted.",
    ),
    "page.letter_add_offices": ("เพิ่มรายชื่อ", "Add the list"),
    "page.letter_addressed": ("เพิ่มผู้รับ {many} ราย", "Recipients added: {many}."),
    "page.letter_recipient_removed": ("นำ {name} ออกแล้ว", "{name} was removed."),
    "page.letter_no_recipients": ("ยังไม่มีผู้รับ", "No recipients yet."),
    "page.letter_link_closed": (
        "หนังสือนี้ปิดเรื่องแล้ว จึงไม่ต้องยืนยันการรับ",
        "This letter is closed; receipt need not be confirmed any more.",
    ),
    "page.letter_link_for": ("หนังสือถึง {name}", "A letter to {name}"),
    "page.letter_demo_help": (
        "ข้อมูลสาธิต: ถ้อยคำและรายชื่อมาจากหนังสือจริง แต่การส่งและการรับในระบบสมมติขึ้น",
        "Demo data: words and list are those of a real letter; its sending and receipts here are made up.",
    ),
    "page.letter_demo": ("ข้อมูลสาธิต", "Demo data"),
}
