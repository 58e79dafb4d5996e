"""What the command says around its tables."""

SENTENCES: dict[str, tuple[str, str]] = {
    "cli.warning": ("ข้อสังเกต:", "Note:"),
    "cli.problems": (
        "พบ {count} ข้อที่ต้องแก้ ยังไม่มีการคิดคะแนน",
        "{count} to be mended; nothing was computed.",
    ),
    "cli.written": ("เขียนแล้ว: {path}", "Written: {path}"),
    "cli.only_xlsx": ("“{path}” ต้องลงท้ายด้วย .xlsx", "“{path}” must end in .xlsx."),
    "cli.no_such_folder": ("ไม่มีโฟลเดอร์ “{path}”", "There is no folder “{path}”."),
    "cli.file_exists": (
        "มีไฟล์ “{path}” อยู่แล้ว ใช้ชื่ออื่นหรือ --force",
        "“{path}” exists already. Choose another name, or --force.",
    ),
    "cli.no_such_kpi": (
        "ไม่มีตัวชี้วัด “{kpi}” ในไฟล์ ที่มี: {known}",
        "There is no KPI “{kpi}” in the file. There are: {known}.",
    ),
    "cli.no_such_rule": (
        "ปีงบประมาณ {year} ไม่มีรายการ “{name}” ที่มี: {known}",
        "Fiscal year {year} has no entry “{name}”. There are: {known}.",
    ),
    "cli.no_rulebooks": (
        "ไม่พบหลักเกณฑ์ใน “{path}”",
        "There are no rulebooks in “{path}”.",
    ),
    "cli.scoring": ("กำลังคิดคะแนน", "Scoring"),
    "cli.card": ("{body} · ปีงบประมาณ {year} · {round}", "{body} · fiscal year {year} · {round}"),
    "cli.total": (
        "คะแนนรวม {total} จาก {out_of} · {grade}",
        "Total {total} of {out_of} · {grade}",
    ),
    "cli.no_grade": ("{round}ไม่จัดระดับ", "the {round} is not graded"),
    "cli.counted": ("{count} หน่วยงาน: {grades}", "{count} bodies: {grades}"),
    "cli.assumed": ("[ข้อสันนิษฐาน]", "[assumption]"),
    "cli.column.kpi": ("ตัวชี้วัด", "KPI"),
    "cli.column.name": ("ชื่อ", "Name"),
    "cli.column.weight": ("น้ำหนัก", "Weight"),
    "cli.column.points": ("คะแนน", "Points"),
    "cli.column.weighted": ("ถ่วงน้ำหนัก", "Weighted"),
    "cli.column.status": ("สถานะ", "Status"),
    "cli.column.body": ("หน่วยงาน", "Body"),
    "cli.column.round": ("รอบ", "Round"),
    "cli.column.total": ("คะแนนรวม", "Total"),
    "cli.column.grade": ("ระดับ", "Grade"),
    "cli.column.year": ("ปี", "Year"),
    "cli.column.entry": ("รายการ", "Entry"),
    "cli.column.field": ("เรื่อง", "Field"),
    "cli.column.reason": ("เหตุผล", "Reason"),
    "cli.checked": (
        "{year}: ผ่าน · {entries} รายการ {sources} เอกสาร {assumptions} ข้อสันนิษฐาน · {sha256}",
        "{year}: sound · {entries} entries, {sources} sources, {assumptions} assumptions · {sha256}",
    ),
    "cli.binding": (
        "หลักเกณฑ์ปีงบประมาณ {year} ที่มีผลในวันที่ {day}",
        "Rules of fiscal year {year} that bind on {day}",
    ),
    "cli.nothing_binds": (
        "ไม่มีรายการ “{name}” ที่มีผลในวันที่ {day}",
        "Nothing of “{name}” binds on {day}.",
    ),
    "cli.since": ("มีผลตั้งแต่ {day}", "binds from {day}"),
    "cli.diff": (
        "สิ่งที่เปลี่ยนจากวันที่ {before} ถึงวันที่ {after}",
        "What changed from {before} to {after}",
    ),
    "cli.no_difference": ("ไม่มีความแตกต่าง", "Nothing differs."),
    "cli.change.begins": ("เพิ่มใหม่", "new"),
    "cli.change.ends": ("ยกเลิก", "ended"),
    "cli.change.differs": ("เปลี่ยนแปลง", "changed"),
    "cli.whole_entry": ("ทั้งรายการ", "the whole entry"),
    "cli.assumption_count": ("รวม {count} ข้อ", "{count} in all"),
    "result.already_recorded": (
        "{body} ปีงบประมาณ {year} รอบ {round} มีผลที่ต่างกันบันทึกไว้แล้ว จึงไม่บันทึกทับ",
        "Another result of {body} for fiscal year {year}, round {round}, is kept already; it is "
        "not written over.",
    ),
    "status.reported": ("รายงานแล้ว", "reported"),
    "status.not_reported": ("ไม่รายงานผล", "not reported"),
    "status.not_due": ("ยังไม่ถึงกำหนด", "not due"),
    "status.not_applicable": ("ไม่นำมาประเมิน", "not applicable"),
    "status.passed": ("ผ่าน", "passed"),
    "status.not_passed": ("ไม่ผ่าน", "not passed"),
    "reference.title": (
        "หลักเกณฑ์การประเมิน ปีงบประมาณ พ.ศ. {year}",
        "Evaluation rules, fiscal year {year} (B.E.)",
    ),
    "reference.generated": (
        "สร้างจาก `rulebook/{year}` โดย `esar rules document {year}` โปรดแก้ที่ต้นทาง "
        "◆ คือที่มา ◇ คือข้อสันนิษฐานที่ไม่มีเอกสารระบุ",
        "Generated from `rulebook/{year}` by `esar rules document {year} --lang en`; change it "
        "there. ◆ is a citation, ◇ an assumption that no source gives.",
    ),
    "reference.sources": ("เอกสารต้นทาง", "Sources"),
    "reference.ends": ("ยกเลิกตั้งแต่ {day}", "ends on {day}"),
    "doctor.in_order": (
        "ทุกอย่างเรียบร้อย: {files} ไฟล์ {events} เหตุการณ์ {frozen} รายการที่ตรึงไว้",
        "Everything is in order: {files} files, {events} events, {frozen} frozen contents.",
    ),
    "doctor.not_in_order": ("พบ {count} ข้อที่ไม่เรียบร้อย", "{count} not in order."),
    "doctor.cannot_look": ("ตรวจไม่ได้: {why}", "Cannot look: {why}"),
    "doctor.version_changed": (
        "เนื้อหาที่ตรึงไว้ของ {name} ฉบับที่ {number} ไม่ตรงกับค่าแฮช",
        "The frozen content of {name}, version {number}, is not what its hash says.",
    ),
    "doctor.letter_changed": (
        "หนังสือเวียนลำดับที่ {number} ({name}) ไม่ตรงกับที่ส่ง",
        "Circular letter no. {number} in the system ({name}) is not what was sent.",
    ),
    "doctor.rulebook_changed": (
        "หลักเกณฑ์ปีงบประมาณ {year} ที่เก็บไว้ ({sha256}…) ไม่ตรงกับค่าแฮช",
        "The kept rulebook of fiscal year {year} ({sha256}…) is not what its hash says.",
    ),
    "doctor.result_changed": (
        "คำอธิบายคะแนนของ {name} ครั้งที่ {number} ไม่ตรงกับค่าแฮชในประวัติ",
        "The explanation of result {name}, number {number}, is not what its hash in the log says.",
    ),
    "doctor.result_differs": (
        "ผล {name} ฉบับที่ {number} คำนวณซ้ำแล้วไม่ตรงกับที่เก็บไว้",
        "Result {name}, number {number}: computed again it is not what is kept.",
    ),
    "doctor.no_version": (
        "รายงาน {name} ส่งแล้ว {number} ครั้ง แต่ไม่มีเนื้อหาของครั้งที่ {number}",
        "Report {name} was sent {number} times, and what was sent as number {number} is not there.",
    ),
    "doctor.no_assessment": (
        "รายงาน {name} ส่งแล้ว แต่ไม่มีการประเมิน",
        "Report {name} is submitted and has no assessment.",
    ),
    "doctor.other_version": (
        "การประเมิน {name} ไม่ได้ประเมินสิ่งที่ส่งครั้งล่าสุด (ครั้งที่ {number})",
        "The assessment of {name} is not of what was sent last (number {number}).",
    ),
    "doctor.no_result": (
        "การประเมิน {name} เสร็จแล้ว แต่ไม่มีผล",
        "The assessment of {name} is done and has no result.",
    ),
    "doctor.two_released": (
        "{name} มีผลที่ประกาศพร้อมกัน {count} ฉบับ",
        "{name} has {count} released results at once.",
    ),
    "doctor.delivery_values": (
        "ข้อมูลกลาง {name} ประกาศแล้ว ประวัติว่ามี {said} ค่า แต่พบ {found} ค่า",
        "Central data {name} is published; the history says {said} values, and {found} are there.",
    ),
    "doctor.delivery_untold": (
        "ข้อมูลกลาง {name} ประกาศแล้ว แต่ไม่มีในประวัติ",
        "Central data {name} is published, and the history does not know it.",
    ),
    "doctor.attached_arriving": (
        "รายงาน {name} แนบไฟล์ “{file}” ที่ยังมาไม่ครบ",
        "Report {name} rests on the file “{file}”, which has not arrived.",
    ),
    "doctor.not_recomputed": (
        "ปีงบประมาณ {year}: {count} ผลไม่ได้คำนวณซ้ำ เพราะหลักเกณฑ์ที่ใช้ไม่มีแล้ว",
        "Fiscal year {year}: {count} results were not computed again, for their rules are no more.",
    ),
    "doctor.forgotten_uploads": (
        "การส่งไฟล์ที่ค้างเกิน {days} วัน: {count}",
        "Uploads that nobody finished within {days} days: {count}.",
    ),
    "doctor.waiting_for_scan": (
        "ไฟล์ที่รอตรวจไวรัส: {count}",
        "Files that wait for the virus scanner: {count}.",
    ),
    "doctor.scanner_down": ("โปรแกรมตรวจไวรัสไม่ตอบ", "The virus scanner does not answer."),
}
