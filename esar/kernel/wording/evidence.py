"""Evidence files: what is refused and why, in Thai and English."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # --- the file as a whole --------------------------------------------------------------------
    "evidence.empty": (
        "ไฟล์ว่าง (0 ไบต์) โปรดตรวจไฟล์ต้นฉบับแล้วส่งใหม่",
        "The file is empty (0 bytes). Check the original and send it again.",
    ),
    "evidence.too_large": (
        "ไฟล์ใหญ่กว่า {most} ล้านไบต์ โปรดลดขนาดรูปภาพ หรือแบ่งเป็นหลายไฟล์",
        "The file is larger than {most} million bytes. Make its pictures smaller, or split it.",
    ),
    "evidence.not_taken": (
        "ไม่รับไฟล์ชนิด “{suffix}” เป็นหลักฐาน โปรดบันทึกเป็น PDF หรือใช้: {known}",
        "Files of kind “{suffix}” are not taken as evidence. Save it as PDF, or use one of: {known}.",
    ),
    "evidence.misnamed": (
        "ชื่อไฟล์ลงท้าย {suffix} แต่เนื้อในเป็น{found} โปรดเปลี่ยนนามสกุลให้ตรง",
        "The name ends in {suffix} but the file is really {found}. Rename it.",
    ),
    "evidence.other_content": (
        "ชื่อไฟล์ลงท้าย {suffix} แต่เนื้อในเป็น{found} ซึ่งไม่รับ โปรดเปิดในโปรแกรมเดิมแล้วบันทึกเป็น PDF",
        "The name ends in {suffix} but the file is really {found}, which is not taken. Open it in the "
        "program it came from and save it as PDF.",
    ),
    "evidence.joined": (
        "มีข้อมูลอื่นต่อหรือซ่อนอยู่ในไฟล์ (สองไฟล์ในไฟล์เดียว) โปรดเปิดแล้วบันทึกหรือส่งออกใหม่เป็นไฟล์เดียว",
        "Other data is joined to the file or hidden in it (two files in one). Open it, save or export "
        "it again, and send the new file.",
    ),
    "evidence.damaged": (
        "ไฟล์เสียหายหรือไม่ครบ โปรดส่งใหม่ หรือเปิดแล้วบันทึกใหม่",
        "The file is damaged or incomplete. Send it again, or open it and save it again.",
    ),
    "evidence.password": (
        "ไฟล์มีรหัสผ่านหรือเข้ารหัสไว้ จึงตรวจไม่ได้ โปรดบันทึกใหม่โดยไม่ใส่รหัสผ่านและไม่จำกัดสิทธิ์",
        "The file is locked or encrypted, so it cannot be checked. Save it again without a password "
        "and without restrictions.",
    ),
    # --- PDF ------------------------------------------------------------------------------------
    "evidence.pdf_script": (
        "PDF มีสคริปต์ (JavaScript) โปรดพิมพ์เป็น PDF ใหม่ (Print to PDF)",
        "The PDF holds a script (JavaScript). Print it to a new PDF.",
    ),
    "evidence.pdf_program": (
        "PDF มีคำสั่งเรียกโปรแกรมอื่น โปรดพิมพ์เป็น PDF ใหม่ (Print to PDF)",
        "The PDF holds a command that starts another program. Print it to a new PDF.",
    ),
    "evidence.pdf_attachment": (
        "PDF มีไฟล์อื่นแนบอยู่ข้างใน โปรดนำออก แล้วส่งเป็นหลักฐานแยกต่างหาก",
        "The PDF has another file attached inside. Take it out and send it as evidence of its own.",
    ),
    "evidence.pdf_form": (
        "PDF มีแบบฟอร์มหรือสื่อที่ทำงานเอง โปรดพิมพ์เป็น PDF ใหม่ (Print to PDF)",
        "The PDF holds a form or media that acts by itself. Print it to a new PDF.",
    ),
    "evidence.pdf_hidden": (
        "PDF มีส่วนที่บีบอัดแบบผิดปกติจนตรวจไม่ได้ โปรดพิมพ์เป็น PDF ใหม่ (Print to PDF)",
        "Parts of the PDF are packed in an unusual way and cannot be checked. Print it to a new PDF.",
    ),
    # --- Office files ---------------------------------------------------------------------------
    "evidence.macros": (
        "ไฟล์มีแมโครหรือคำสั่งที่ทำงานเอง โปรดบันทึกใหม่แบบไม่มีแมโคร หรือบันทึกเป็น PDF",
        "The file holds macros or commands that run by themselves. Save it without macros, or as PDF.",
    ),
    "evidence.unpacks_too_large": (
        "ไฟล์คลายแล้วใหญ่หรือมีส่วนย่อยมากผิดปกติ (รับไม่เกิน {most} ล้านไบต์) โปรดคัดลอกเนื้อหาไปไฟล์ใหม่ หรือบันทึกเป็น PDF",
        "Unpacked, the file is unusually large or has unusually many parts (at most {most} million "
        "bytes). Copy its content into a new file, or save it as PDF.",
    ),
    "evidence.part_name": (
        "ในไฟล์มีส่วนชื่อ “{part}” ที่ชี้ออกนอกไฟล์ ซึ่งไม่ปลอดภัย โปรดเปิดแล้วบันทึกใหม่",
        "A part of the file, “{part}”, is named so as to lead out of it, which is not safe. Open the "
        "file and save it again.",
    ),
    "evidence.part_twice": (
        "ในไฟล์มีสองส่วนชื่อเดียวกัน แต่ละโปรแกรมจะอ่านได้ไม่เหมือนกัน โปรดเปิดแล้วบันทึกใหม่",
        "Two parts inside the file have the same name, so programs would read it differently. Open "
        "the file and save it again.",
    ),
    "evidence.archive_inside": (
        "ในไฟล์มีไฟล์บีบอัดซ้อนอยู่ (“{part}”) โปรดนำออก แล้วส่งแต่ละไฟล์แยกกัน",
        "There is an archive inside the file (“{part}”). Take it out and send each file by itself.",
    ),
    "evidence.embedded_object": (
        "ในไฟล์มีวัตถุหรือโปรแกรมฝังอยู่ (“{part}”) โปรดวางเป็นตารางหรือรูปภาพแทน หรือบันทึกเป็น PDF",
        "An object or a program is embedded in the file (“{part}”). Put a table or a picture in its "
        "place, or save the file as PDF.",
    ),
    "evidence.document_type": (
        "XML ในส่วน “{part}” ประกาศชนิดเอกสาร (DOCTYPE) ซึ่งไม่ปลอดภัย โปรดเปิดแล้วบันทึกใหม่",
        "The XML in part “{part}” declares a document type, which is not safe. Open the file and save "
        "it again.",
    ),
    "evidence.fetches": (
        "ไฟล์ดึงเนื้อหาจากที่อื่นเมื่อเปิด (“{target}”) โปรดใส่รูปหรือแม่แบบไว้ในไฟล์เอง หรือบันทึกเป็น PDF",
        "The file fetches something from elsewhere, “{target}”. Put the picture or template into the "
        "file itself, or save it as PDF.",
    ),
    # --- pictures and text ----------------------------------------------------------------------
    "evidence.picture_too_large": (
        "รูปภาพมี {found} ล้านจุด รับไม่เกิน {most} ล้านจุด โปรดย่อรูป",
        "The picture has {found} million pixels; at most {most} million are taken. Make it smaller.",
    ),
    "evidence.not_text": (
        "เนื้อในไม่ใช่ข้อความ UTF-8 หรือ TIS-620 หรือมีอักขระควบคุม โปรดบันทึกใหม่เป็น UTF-8",
        "This is not text in UTF-8 or TIS-620, or it holds control characters. Save it again as UTF-8.",
    ),
    "evidence.utf16": (
        "ไฟล์เข้ารหัสแบบ UTF-16 (“Unicode Text”) โปรดบันทึกใหม่เป็น UTF-8",
        "The file is UTF-16 (“Unicode Text”). Save it again as UTF-8.",
    ),
    "evidence.text_with_script": (
        "ข้อความมีรหัสของหน้าเว็บหรือสคริปต์ โปรดส่งเป็น PDF หรือลบรหัสนั้นออก",
        "The text holds the code of a web page or a script. Send it as PDF, or take the code out.",
    ),
    # --- previews -------------------------------------------------------------------------------
    "evidence.no_preview": (
        "แสดงตัวอย่างไม่ได้ ไฟล์อาจเสียหายหรือซับซ้อนเกินไป โปรดเปิดแล้วบันทึกหรือพิมพ์เป็น PDF ใหม่",
        "No preview could be made: the file may be damaged or too complex. Open it, and save it or "
        "print it to a new PDF.",
    ),
    "evidence.no_preview_of_kind": (
        "ไม่มีภาพตัวอย่างของ{kind} โปรดดาวน์โหลดไปเปิด หรือขอเป็น PDF",
        "There are no preview pictures of {kind}. Download it to read it, or ask for a PDF.",
    ),
    # --- what a file is -------------------------------------------------------------------------
    "evidence.kind.pdf": ("เอกสาร PDF", "a PDF document"),
    "evidence.kind.png": ("รูปภาพ PNG", "a PNG picture"),
    "evidence.kind.jpeg": ("รูปภาพ JPEG", "a JPEG picture"),
    "evidence.kind.docx": ("เอกสาร Word", "a Word document"),
    "evidence.kind.xlsx": ("สมุดงาน Excel", "an Excel workbook"),
    "evidence.kind.pptx": ("งานนำเสนอ PowerPoint", "a PowerPoint presentation"),
    "evidence.kind.odt": ("เอกสาร OpenDocument", "an OpenDocument text"),
    "evidence.kind.ods": ("ตารางคำนวณ OpenDocument", "an OpenDocument spreadsheet"),
    "evidence.kind.odp": ("งานนำเสนอ OpenDocument", "an OpenDocument presentation"),
    "evidence.kind.doc": ("เอกสาร Word แบบเก่า (.doc)", "an old Word document (.doc)"),
    "evidence.kind.xls": ("สมุดงาน Excel แบบเก่า (.xls)", "an old Excel workbook (.xls)"),
    "evidence.kind.ppt": (
        "งานนำเสนอ PowerPoint แบบเก่า (.ppt)",
        "an old PowerPoint presentation (.ppt)",
    ),
    "evidence.kind.csv": ("ตาราง CSV", "a CSV table"),
    "evidence.kind.txt": ("ข้อความล้วน", "plain text"),
    "evidence.content.zip": ("ไฟล์บีบอัดหรือไฟล์ Office", "an archive or an Office file"),
    "evidence.content.ole": ("ไฟล์ Office แบบเก่า", "an old Office file"),
    "evidence.content.text": ("ข้อความล้วน", "plain text"),
    "evidence.content.utf16": ("ข้อความ UTF-16", "UTF-16 text"),
    "evidence.content.web_page": ("หน้าเว็บ (HTML, SVG หรือ XML)", "a web page (HTML, SVG or XML)"),
    "evidence.content.program": ("โปรแกรม", "a program"),
    "evidence.content.archive": ("ไฟล์บีบอัด", "an archive"),
    "evidence.content.picture": ("รูปภาพหรือวิดีโอชนิดอื่น", "a picture or film of another kind"),
    "evidence.content.rtf": ("เอกสาร RTF", "an RTF document"),
    "evidence.content.unknown": ("ข้อมูลที่ไม่รู้จัก", "of no kind that is known here"),
}
