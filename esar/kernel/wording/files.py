"""What is wrong with a file that somebody sent, and what to do about it."""

SENTENCES: dict[str, tuple[str, str]] = {
    # --- the file as a whole --------------------------------------------------------------------
    "file.missing": (
        "ไม่พบไฟล์ โปรดตรวจชื่อและโฟลเดอร์",
        "There is no such file. Check its name and folder.",
    ),
    "file.is_folder": ("นี่คือโฟลเดอร์ โปรดระบุไฟล์", "This is a folder. Name a file."),
    "file.unreadable": (
        "เปิดไฟล์ไม่ได้ {why} โปรดตรวจสิทธิ์การอ่าน และปิดไฟล์ในโปรแกรมอื่น",
        "The file cannot be opened {why}. Check that you may read it and that no program holds it.",
    ),
    "file.unknown_suffix": (
        "ไม่รู้จักไฟล์ชนิด “{suffix}” โปรดใช้: {known}",
        "Files of kind “{suffix}” are not read. Use one of: {known}.",
    ),
    "file.empty": ("ไฟล์ว่าง โปรดส่งไฟล์ที่มีข้อมูล", "The file is empty. Send one with data."),
    "file.too_large": (
        "ไฟล์ใหญ่กว่า {most} ล้านไบต์ โปรดลบรูปภาพและแผ่นงานที่ไม่ใช้ หรือแบ่งเป็นหลายไฟล์",
        "The file is larger than {most} million bytes. Remove pictures and unused sheets, or split it.",
    ),
    "file.old_excel": (
        "เป็นไฟล์ Excel แบบเก่า (.xls) โปรดบันทึกใหม่เป็น .xlsx",
        "This is an old Excel file (.xls). Save it again as .xlsx.",
    ),
    "file.macros": (
        "ไฟล์มีแมโคร ซึ่งระบบไม่รับ โปรดบันทึกใหม่แบบไม่มีแมโครเป็น .xlsx",
        "The file holds macros, which are not accepted. Save it without macros as .xlsx.",
    ),
    "file.password": (
        "ไฟล์มีรหัสผ่าน โปรดบันทึกใหม่โดยไม่ใส่รหัสผ่าน",
        "The file is protected by a password. Save it again without one.",
    ),
    "file.html": (
        "ไฟล์นี้เป็นหน้าเว็บ (HTML) ที่ตั้งชื่อเป็นสมุดงาน โปรดเปิดแล้วบันทึกเป็น .xlsx",
        "This is a web page (HTML) named as a workbook. Open it and save it as .xlsx.",
    ),
    "file.not_a_workbook": (
        "เนื้อในไม่ใช่สมุดงาน .xlsx หรือ .ods โปรดบันทึกใหม่จาก Excel หรือ LibreOffice Calc",
        "What is inside is no .xlsx or .ods workbook. Save it again from Excel or LibreOffice Calc.",
    ),
    "file.other_format": (
        "ชื่อไฟล์ลงท้าย {suffix} แต่เนื้อในเป็น {found} โปรดเปลี่ยนชื่อให้ตรง",
        "The name ends in {suffix} but the file is {found}. Rename it.",
    ),
    "file.really_a_workbook": (
        "ชื่อไฟล์ลงท้าย {suffix} แต่เนื้อในเป็นสมุดงาน โปรดเปลี่ยนชื่อเป็น .xlsx หรือ .ods",
        "The name ends in {suffix} but the file is a workbook. Rename it to .xlsx or .ods.",
    ),
    "file.broken_zip": (
        "ไฟล์เสียหายหรือไม่ครบ โปรดส่งใหม่ หรือเปิดแล้วบันทึกใหม่",
        "The file is damaged or incomplete. Send it again, or open it and save it again.",
    ),
    "file.broken_workbook": (
        "อ่านสมุดงานไม่ได้ โปรดเปิดใน Excel หรือ LibreOffice แล้วบันทึกใหม่",
        "The workbook cannot be read. Open it in Excel or LibreOffice and save it again.",
    ),
    "file.unpacks_too_large": (
        "ไฟล์บีบอัดนี้คลายแล้วใหญ่ {found} ล้านไบต์ ผิดปกติสำหรับแบบประเมิน (สูงสุด {most}) "
        "โปรดคัดลอกเฉพาะตารางไปยังสมุดงานใหม่",
        "Unpacked, this file is {found} million bytes, which is not usual for a scorecard (at most "
        "{most}). Copy only the table into a new workbook.",
    ),
    "file.too_many_cells": (
        "สมุดงานมีเซลล์มากกว่า {most} เซลล์ โปรดลบแผ่นงาน แถว และรูปแบบที่ไม่ใช้",
        "The workbook has more than {most} cells. Delete sheets, rows and formats not in use.",
    ),
    "file.entities": (
        "XML ในไฟล์มีการประกาศชนิดเอกสาร (DOCTYPE) ซึ่งไม่ปลอดภัย โปรดบันทึกใหม่จาก Excel หรือ LibreOffice",
        "The XML inside declares a document type, which is not safe. Save it again from Excel or "
        "LibreOffice.",
    ),
    "file.more_problems": (
        "พบปัญหาถึง {most} ข้อแล้ว จึงหยุดตรวจ โปรดแก้ข้อข้างต้นแล้วส่งใหม่",
        "{most} problems were found, so the check stopped. Mend those above and send it again.",
    ),
    # --- text files -----------------------------------------------------------------------------
    "file.tis620": (
        "ไฟล์ดูเหมือนเข้ารหัสแบบ TIS-620 (Windows-874) โปรดบันทึกใหม่เป็น “CSV UTF-8”",
        "The file looks like TIS-620 (Windows-874). Save it again as “CSV UTF-8”.",
    ),
    "file.utf16": (
        "ไฟล์เข้ารหัสแบบ UTF-16 (“Unicode Text”) โปรดบันทึกใหม่เป็น UTF-8",
        "The file is UTF-16 (“Unicode Text”). Save it again as UTF-8.",
    ),
    "file.not_utf8": (
        "ไฟล์ไม่ใช่ UTF-8 โปรดบันทึกใหม่เป็น UTF-8",
        "The file is not UTF-8. Save it again as UTF-8.",
    ),
    "file.nul": (
        "ไฟล์มีอักขระว่าง (NUL) แสดงว่าเสียหายหรือไม่ใช่ข้อความ โปรดส่งออกใหม่",
        "The file holds NUL characters: it is damaged or no text. Export it again.",
    ),
    "file.bad_csv": (
        'อ่านเป็น CSV ไม่ได้ตั้งแต่บรรทัดนี้ โปรดตรวจเครื่องหมายคำพูด (") ว่าเปิดปิดครบคู่',
        'This cannot be read as CSV from here on. Check that every quote (") is closed.',
    ),
    "file.not_json": (
        "อ่านเป็น JSON ไม่ได้ที่อักขระที่ {column} โปรดตรวจจุลภาค วงเล็บ และเครื่องหมายคำพูด",
        "This is not valid JSON at character {column}. Check commas, brackets and quotes.",
    ),
    "file.too_many_values": (
        "JSON มีมากกว่า {most} ค่า โปรดแบ่งเป็นหลายไฟล์",
        "The JSON holds more than {most} values. Split it.",
    ),
    "file.nested_too_deep": (
        "JSON ซ้อนลึกเกินกว่าจะเป็นแบบประเมิน โปรดตรวจโปรแกรมที่สร้างไฟล์",
        "The JSON is nested too deep to be a scorecard. Check the program that wrote it.",
    ),
    "file.not_finite": (
        "{value} ไม่ใช่ตัวเลขที่ใช้ได้ หากยังไม่รายงานผลให้ใช้ null",
        "{value} is no figure that can stand here. Use null for not reported.",
    ),
    "file.duplicate_key": (
        "คีย์ “{value}” อยู่สองครั้งในวัตถุเดียวกัน โปรดลบหนึ่งแห่ง",
        "The key “{value}” stands twice in the same object. Delete one.",
    ),
    "file.unknown_key": (
        "ไม่รู้จักคีย์ “{key}” คีย์ที่ใช้ได้: {known}",
        "The key “{key}” is unknown. Known here: {known}.",
    ),
    "file.not_an_object": ("ต้องเป็นวัตถุ JSON {{…}}", "This must be a JSON object {{…}}."),
    "file.not_a_list": ("ต้องเป็นรายการ JSON […]", "This must be a JSON list […]."),
    "file.no_scorecards": (
        "ไม่มีแบบประเมินในไฟล์ โปรดใส่อย่างน้อยหนึ่งแบบ",
        "There is no scorecard in the file. Enter at least one.",
    ),
    # --- the table ------------------------------------------------------------------------------
    "file.nothing_in_it": (
        "สมุดงานไม่มีข้อมูลเลย โปรดกรอกแบบฟอร์มที่สร้างด้วย esar template",
        "There is nothing in the workbook. Fill the form that `esar template` writes.",
    ),
    "file.no_header": (
        "ไม่พบแถวหัวตารางใน 20 แถวแรก หัวที่ต้องมี: {known} โปรดใช้แบบฟอร์มจาก esar template",
        "No header was found in the first 20 rows. Needed: {known}. Use the form that "
        "`esar template` writes.",
    ),
    "file.several_tables": (
        "มีตารางตัวชี้วัดในหลายแผ่นงาน ({sheets}) โปรดตั้งชื่อแผ่นงานที่ใช้ว่า “{name}”",
        "Several sheets hold a table of KPIs ({sheets}). Name the one to read “{name}”.",
    ),
    "file.hidden_sheet": (
        "แผ่นงานตัวชี้วัดถูกซ่อน โปรดเลิกซ่อนเพื่อให้เห็นสิ่งที่ส่ง",
        "The sheet with the KPIs is hidden. Unhide it, so that what is sent can be seen.",
    ),
    "file.unknown_header": (
        "ไม่รู้จักหัวคอลัมน์ “{header}” โปรดลบหรือใช้: {known}",
        "The column “{header}” is unknown. Delete it or use one of: {known}.",
    ),
    "file.duplicate_header": (
        "หัวคอลัมน์ “{key}” อยู่สองครั้ง โปรดลบหนึ่งคอลัมน์",
        "The column “{key}” stands twice. Delete one.",
    ),
    "file.missing_header": ("ขาดคอลัมน์ “{key}” โปรดเพิ่ม", "The column “{key}” is missing. Add it."),
    "file.no_rows": (
        "ใต้หัวตารางไม่มีแถวข้อมูล โปรดกรอกตัวชี้วัด",
        "There are no rows below the header. Enter the KPIs.",
    ),
    "file.merged": (
        "มีเซลล์ที่ผสานกันในตาราง จึงไม่รู้ว่าค่าเป็นของแถวใด โปรดยกเลิกการผสานเซลล์",
        "Cells are merged within the table, so nobody can tell which row a value belongs to. "
        "Unmerge them.",
    ),
    "file.row_too_long": (
        "มีค่า “{value}” เลยคอลัมน์สุดท้ายของหัวตาราง โปรดลบหรือใส่หัวคอลัมน์",
        "“{value}” stands beyond the last column of the header. Delete it or name the column.",
    ),
    "file.row_wider": (
        'แถวนี้มี {found} ช่อง แต่หัวตารางมี {expected} ช่อง โปรดใส่เครื่องหมายคำพูด (") ครอบข้อความที่มีตัวคั่น',
        'This row has {found} cells but the header {expected}. Put quotes (") around text that '
        "holds the separator.",
    ),
    "file.no_header_above": (
        "ค่า “{value}” อยู่ในคอลัมน์ที่ไม่มีหัว โปรดลบหรือใส่หัวคอลัมน์",
        "“{value}” stands in a column without a header. Delete it or name the column.",
    ),
    "file.two_values": (
        "“{value}” ขัดกับ “{known}” ในแถว {row} แบบประเมินหนึ่งมีได้ค่าเดียว โปรดแก้ให้ตรงกัน",
        "“{value}” contradicts “{known}” in row {row}. A scorecard has only one; make them agree.",
    ),
    "file.formula_error": (
        "สูตรในเซลล์ให้ค่าผิดพลาด {value} โปรดแก้สูตรหรือใส่ตัวเลข",
        "The formula in the cell gives the error {value}. Mend it or enter the figure.",
    ),
    "file.never_calculated": (
        "สูตร {value} ยังไม่มีค่าที่คำนวณไว้ โปรดเปิดและบันทึกใน Excel หรือ LibreOffice แล้วส่งใหม่",
        "The formula {value} has no stored value. Open and save the file in Excel or LibreOffice, "
        "then send it again.",
    ),
    "file.no_such_parent": (
        "แถวนี้เป็นรายการของตัวชี้วัด “{parent}” ซึ่งไม่มีในแบบประเมินเดียวกัน โปรดแก้รหัส",
        "This row is an item of KPI “{parent}”, which is not in the same scorecard. Correct the number.",
    ),
    "file.not_of_an_item": (
        "แถวนี้เป็นรายการของตัวชี้วัด {parent} จึงไม่มีช่อง {key} โปรดเว้นว่าง",
        "This row is an item of KPI {parent} and has no {key}. Leave it empty.",
    ),
    # --- a field --------------------------------------------------------------------------------
    "file.no_value": ("ขาดค่าของ “{key}” โปรดกรอก", "“{key}” has no value. Enter one."),
    "file.two_forms": (
        "ตัวชี้วัดนี้มีผลมากกว่าหนึ่งแบบ ({forms}) โปรดเหลือแบบเดียว",
        "This KPI has more than one form of result ({forms}). Keep one.",
    ),
    "file.item_twice": (
        "รายการ “{item}” ซ้ำในตัวชี้วัดเดียวกัน โปรดเปลี่ยนรหัสหรือลบ",
        "Item “{item}” stands twice in the same KPI. Change its number or delete it.",
    ),
    "file.gap_in_targets": (
        "ค่าเป้าหมายระดับนี้ว่างทั้งที่ระดับสูงกว่ามีค่า โปรดกรอกให้ครบ",
        "This target is empty although a higher one is filled. Enter it.",
    ),
    "file.word_for_nothing": (
        "“{value}” ไม่ใช่ตัวเลข หากยังไม่รายงานผล โปรดเว้นช่องว่างไว้",
        "“{value}” is no figure. Leave the field empty for not reported.",
    ),
    "file.scientific": (
        "“{value}” เป็นเลขยกกำลัง โปรดเขียนตัวเลขเต็ม เช่น 1000",
        "“{value}” is written with an exponent. Write the figure out, like 1000.",
    ),
    "file.two_points": (
        "“{value}” มีจุดทศนิยมมากกว่าหนึ่งจุด โปรดแก้",
        "“{value}” has more than one decimal point. Correct it.",
    ),
    "file.bad_thousands": (
        "“{value}” ใส่จุลภาคไม่ตรงหลักพัน โปรดเขียน เช่น 1,150.40 หรือ 1150.40 (ทศนิยมใช้จุด)",
        "“{value}” has a comma where no thousands begin. Write 1,150.40 or 1150.40 (decimals take "
        "a full stop).",
    ),
    "file.too_many_digits": (
        "“{value}” มีเลขนัยสำคัญหรือทศนิยมเกิน 15 หลัก โปรดลดหลักหรือเปลี่ยนหน่วย",
        "“{value}” has more than 15 significant digits or decimals. Shorten it or change the unit.",
    ),
    "file.not_a_number": (
        "“{value}” ไม่ใช่ตัวเลข โปรดใส่ตัวเลข หรือเว้นว่างหากยังไม่รายงานผล",
        "“{value}” is not a number. Enter a figure, or leave it empty for not reported.",
    ),
    "file.not_whole": (
        "“{value}” ไม่ใช่จำนวนเต็ม โปรดแก้",
        "“{value}” is not a whole number. Correct it.",
    ),
    "file.boolean_as_number": (
        "เป็นค่าจริง/เท็จ โปรดใส่ตัวเลข",
        "This is true or false. Enter a figure.",
    ),
    "file.date_as_number": (
        "ช่องนี้เป็นวันที่ {value} แต่ต้องเป็นตัวเลข โปรดเปลี่ยนรูปแบบเซลล์เป็นตัวเลขแล้วพิมพ์ใหม่",
        "The cell holds the day {value} where a figure is needed. Format it as a number and type it again.",
    ),
    "file.date_as_text": (
        "โปรแกรมตารางเปลี่ยนค่าเป็นวันที่ {value} โปรดเปลี่ยนรูปแบบเซลล์เป็นข้อความแล้วพิมพ์ใหม่",
        "The spreadsheet turned this into the day {value}. Format the cell as text and type it again.",
    ),
    "file.not_text": ("{value} ไม่ใช่ข้อความ โปรดใส่ข้อความ", "{value} is not text. Enter text."),
    "file.too_long": (
        "ข้อความยาว {found} อักขระ ยาวได้ไม่เกิน {most} โปรดย่อ",
        "The text has {found} characters; at most {most} are kept. Shorten it.",
    ),
    "file.control_character": (
        "ข้อความมีอักขระควบคุมที่มองไม่เห็น โปรดพิมพ์ใหม่",
        "The text holds invisible control characters. Type it again.",
    ),
    "file.not_true_or_false": (
        "“{value}” ใช้ไม่ได้ โปรดใช้ true, false หรือ null (ไม่รายงาน)",
        "“{value}” cannot stand here. Use true, false, or null for not reported.",
    ),
    "file.gregorian_year": (
        "{value} เป็นปี ค.ศ. ปีงบประมาณใช้ พ.ศ. หมายถึง {hint} ใช่หรือไม่",
        "{value} is a Gregorian year; fiscal years are Buddhist. Did you mean {hint}?",
    ),
    "file.not_a_year": (
        "{value} ไม่ใช่ปีงบประมาณ โปรดใช้ พ.ศ. เช่น 2567",
        "{value} is no fiscal year. Use the Buddhist era, like 2567.",
    ),
    "file.not_a_day": (
        "“{value}” ไม่ใช่วันที่แบบ ปปปป-ดด-วว (ค.ศ.) เช่น 2024-10-31",
        "“{value}” is not a day written YYYY-MM-DD, like 2024-10-31.",
    ),
    "file.not_a_month": (
        "“{value}” ไม่ใช่เดือนแบบ ปปปป-ดด (ค.ศ.) เช่น 2018-01",
        "“{value}” is not a month written YYYY-MM, like 2018-01.",
    ),
    "file.no_such_day": (
        "ไม่มี “{value}” ในปฏิทิน โปรดตรวจวันและเดือน",
        "There is no “{value}” in the calendar. Check the day and the month.",
    ),
    "file.buddhist_date": (
        "“{value}” เป็นปี พ.ศ. วันที่ต้องเป็น ค.ศ. หมายถึง {hint} ใช่หรือไม่",
        "“{value}” is of the Buddhist era; dates are Gregorian here. Did you mean {hint}?",
    ),
    "file.not_a_direction": (
        "“{value}” ใช้ไม่ได้ โปรดใช้ higher (ยิ่งมากยิ่งดี) หรือ lower (ยิ่งน้อยยิ่งดี)",
        "“{value}” cannot stand here. Use higher or lower.",
    ),
    "file.rulebook_changed": (
        "หลักเกณฑ์ปีงบประมาณ {year} เปลี่ยนไปหลังจากคิดคะแนน โปรดคิดคะแนนใหม่แล้วจึงเขียนไฟล์",
        "The rulebook of fiscal year {year} changed after the scores were computed. Score again, "
        "then write the file.",
    ),
}
