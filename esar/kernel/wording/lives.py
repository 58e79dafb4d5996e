"""Why a move of any life is refused."""

SENTENCES: dict[str, tuple[str, str]] = {
    "life.changed_since": (
        "เนื้อหาเปลี่ยนไปหลังจากท่านเปิดหน้านี้ (ส่วนที่เปลี่ยน: {parts}) จึงยังไม่ได้ดำเนินการ "
        "โปรดโหลดหน้านี้อีกครั้ง ตรวจส่วนที่เปลี่ยน แล้วดำเนินการใหม่",
        "What you were shown has changed since this page was opened (changed: {parts}), so nothing "
        "was done. Load the page again, look at what has changed, and act anew.",
    ),
    "life.not_seen": (
        "หน้านี้ไม่ได้ส่งรหัสของเนื้อหาที่ท่านเห็น หรือเปิดไว้ก่อนระบบรุ่นนี้ จึงยังไม่ได้ดำเนินการ "
        "โปรดโหลดหน้านี้อีกครั้ง ตรวจเนื้อหา แล้วดำเนินการใหม่",
        "The page did not say what it showed you, or was opened before this release, so nothing was "
        "done. Load the page again, look at it, and act anew.",
    ),
    "life.needs_a_sitting": (
        "การดำเนินการนี้ต้องเป็นมติของที่ประชุม โปรดบรรจุเรื่องในวาระแล้วบันทึกมติ",
        "This is done by a committee's resolution only. Put it on an agenda and record the resolution.",
    ),
    "draft.no_mark": (
        "หน้านี้ไม่ได้บอกว่าท่านกำลังแก้ร่างฉบับใด จึงยังไม่ได้บันทึก โปรดโหลดหน้านี้อีกครั้งแล้วบันทึกใหม่ "
        "ข้อความที่ท่านพิมพ์ยังอยู่ในหน้านี้",
        "The page did not say which draft you had before you, so nothing was saved. Load the page "
        "again and save anew; what you typed is still on this page.",
    ),
}
