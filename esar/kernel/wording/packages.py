"""Open data packages and their replay, in Thai and English."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # --- the package as a whole -----------------------------------------------------------------
    "package.no_such_file": (
        "ไม่พบไฟล์ชุดข้อมูล โปรดตรวจชื่อและโฟลเดอร์",
        "There is no such package. Check its name and folder.",
    ),
    "package.unreadable": (
        "เปิดไฟล์ชุดข้อมูลไม่ได้ โปรดตรวจสิทธิ์การอ่าน",
        "The package cannot be opened. Check that you may read it.",
    ),
    "package.too_large": (
        "ไฟล์ใหญ่กว่า {most} ล้านไบต์ จึงไม่ใช่ชุดข้อมูลของระบบนี้",
        "The file is larger than {most} million bytes, so it is no package of this system.",
    ),
    "package.broken": (
        "ไฟล์เสียหายหรือไม่ใช่ไฟล์ zip โปรดดาวน์โหลดใหม่",
        "The file is damaged or no zip. Download it again.",
    ),
    "package.unpacks_too_large": (
        "ไฟล์คลายแล้วมี {files} ไฟล์ รวม {found} ล้านไบต์ ผิดปกติสำหรับชุดข้อมูล (สูงสุด {most}) จึงไม่เปิด",
        "Unpacked, this is {files} files of {found} million bytes, which is not usual for a package "
        "(at most {most}). It was not opened.",
    ),
    "package.encrypted": (
        "{name} ในไฟล์ zip เข้ารหัสหรือบีบอัดด้วยวิธีที่ไม่รับ โปรดใช้ไฟล์ที่เผยแพร่",
        "{name} in the zip is encrypted or packed in a way that is not read. Use the published file.",
    ),
    "package.bad_name": (
        "ชื่อ {name} ในไฟล์ zip ชี้ออกนอกชุดข้อมูลหรือใช้อักขระที่ไม่รับ จึงไม่เปิด",
        "The name {name} in the zip leads outside the package or uses characters not accepted. "
        "It was not opened.",
    ),
    "package.name_twice": (
        "มี {name} สองครั้งในไฟล์ zip จึงไม่รู้ว่าควรอ่านไฟล์ใด",
        "{name} stands twice in the zip, so nobody can tell which one to read.",
    ),
    "package.not_a_package": (
        "ไม่มี {name} จึงไม่ใช่ชุดข้อมูลของระบบนี้",
        "There is no {name} in it, so this is no package of this system.",
    ),
    "package.not_a_register": (
        "อ่านรายการผลที่เผยแพร่ไม่ได้ จึงคำนวณซ้ำไม่ได้",
        "The list of released results cannot be read, so nothing can be recomputed.",
    ),
    "package.not_a_descriptor": (
        "อ่านรายการไฟล์พร้อม SHA-256 ไม่ได้ จึงไม่รู้ว่าชุดข้อมูลควรมีอะไร",
        "The list of files with their SHA-256 cannot be read, so nobody can tell what belongs here.",
    ),
    # --- what differs ---------------------------------------------------------------------------
    "package.other_sha256": (
        "SHA-256 ของชุดข้อมูลคือ {found} แต่ที่ประกาศไว้คือ {published} จึงไม่ใช่ไฟล์ที่เผยแพร่",
        "The SHA-256 of the package is {found}, the published one is {published}: this is not the "
        "file that was published.",
    ),
    "package.other_hash": (
        "ขนาดหรือ SHA-256 ของไฟล์ไม่ตรงกับที่ datapackage.json ระบุ ไฟล์ใดไฟล์หนึ่งถูกแก้หลังเผยแพร่",
        "Its size or SHA-256 is not what datapackage.json says: one of the two was changed later.",
    ),
    "package.missing_file": ("ขาดไฟล์นี้", "This file is missing."),
    "package.unexpected_file": (
        "ไฟล์นี้ไม่ได้มาจากผลที่เผยแพร่ใด ๆ ในชุดข้อมูล",
        "This file belongs to no released result of the package.",
    ),
    "package.value_differs": (
        "พบ {found} แต่คำนวณซ้ำได้ {computed}",
        "Found {found}; recomputed, it is {computed}.",
    ),
    "package.row_missing": ("ขาดแถวของ {key}", "The row of {key} is missing."),
    "package.row_unexpected": (
        "แถวของ {key} ซ้ำหรือไม่ได้มาจากการคำนวณซ้ำ",
        "The row of {key} stands twice, or nothing recomputed gives it.",
    ),
    "package.header_differs": (
        "หัวตารางต้องเป็น: {expected}",
        "The header must be: {expected}.",
    ),
    "package.bytes_differ": (
        "ค่าเหมือนกันแต่ตัวไฟล์ต่างจากที่เขียนซ้ำ (ช่องว่าง ลำดับ หรือการเว้นบรรทัด)",
        "The values agree, but the file is not written as when it is written anew (spaces, order "
        "or line ends).",
    ),
    "package.more_differences": (
        "ต่างกันมากกว่า {most} แห่งในไฟล์นี้ จึงไม่แสดงที่เหลือ",
        "More than {most} places differ in this file; the rest is not shown.",
    ),
    "package.not_csv": ("อ่านเป็น CSV แบบ UTF-8 ไม่ได้", "This cannot be read as CSV in UTF-8."),
    "package.not_json": ("อ่านเป็น JSON แบบ UTF-8 ไม่ได้", "This cannot be read as JSON in UTF-8."),
    "package.other_rulebook": (
        "SHA-256 ของหลักเกณฑ์คือ {found} แต่คะแนนที่เผยแพร่คิดจาก {stated}",
        "The SHA-256 of the rules is {found}; the released scores were computed under {stated}.",
    ),
    "package.not_rules": (
        "อ่านหลักเกณฑ์ในชุดข้อมูลไม่ได้ จึงคำนวณซ้ำไม่ได้",
        "The rules in the package cannot be read, so nothing can be recomputed.",
    ),
    "package.final_differs": (
        "คะแนนสุดท้าย {final} ไม่เท่ากับคะแนนรวมที่คำนวณ {total}",
        "The final total {final} is not the computed total {total}.",
    ),
    "package.not_one_scorecard": (
        "ต้องมีแบบประเมินหนึ่งฉบับ แต่พบ {found}",
        "There must be one scorecard here; there are {found}.",
    ),
    "package.not_computable": (
        "คิดคะแนนไม่ได้ภายใต้หลักเกณฑ์ในชุดข้อมูลนี้ หลักเกณฑ์อาจถูกแก้",
        "This cannot be scored under the rules in the package. They may have been changed.",
    ),
    # --- what cannot be packed ------------------------------------------------------------------
    "package.no_results": (
        "ปีงบประมาณ {year} ยังไม่มีผลที่เผยแพร่ จึงยังไม่มีชุดข้อมูล",
        "Fiscal year {year} has no released results yet, so there is no package.",
    ),
    "package.other_year": (
        "ผลของ {body} เป็นของปีงบประมาณ {found} ไม่ใช่ {year} โปรดแยกชุดข้อมูล",
        "The result of {body} is of fiscal year {found}, not {year}. Pack each year by itself.",
    ),
    "package.bad_code": (
        "“{code}” ของ {body} ใช้เป็นชื่อไฟล์ไม่ได้ รหัสใช้ได้เฉพาะ A–Z a–z 0–9 . _ -",
        "“{code}” of {body} cannot name a file. A code holds only A–Z a–z 0–9 . _ -.",
    ),
    "package.result_twice": (
        "มีผลของ {body} รอบ {round} สองผล โปรดส่งเฉพาะผลล่าสุด",
        "There are two results of {body} for round {round}. Give only the latest.",
    ),
    "package.body_differs": (
        "ชื่อ ประเภท หรือต้นสังกัดของ {body} ไม่ตรงกันในผลต่าง ๆ",
        "The name, kind or parent of {body} is not the same in all results.",
    ),
    "package.not_as_released": (
        "คะแนนที่คำนวณซ้ำ ({computed}) หรือที่มาไม่ตรงกับผลที่เผยแพร่ ({total}) จึงไม่เขียนชุดข้อมูล",
        "The recomputed score ({computed}) or its steps are not the released ones ({total}); no "
        "package was written.",
    ),
    "package.not_a_total": (
        "“{value}” ไม่ใช่คะแนน ({stage})",
        "“{value}” is no total ({stage}).",
    ),
    "package.too_many_targets": (
        "ตัวชี้วัด {kpi} มีค่าเป้าหมาย {found} ระดับ ตารางรับได้ {most}",
        "KPI {kpi} has {found} targets; the table has room for {most}.",
    ),
    # --- what the command says ------------------------------------------------------------------
    "package.sha256": ("SHA-256 ของชุดข้อมูล: {sha256}", "SHA-256 of the package: {sha256}"),
    "package.as_published": (
        "ตรงกับค่าที่ประกาศไว้",
        "It is the published one.",
    ),
    "package.compare_it": (
        "โปรดเทียบค่านี้กับที่ผู้เผยแพร่ประกาศ (--sha256) เพราะจากภายในไฟล์อย่างเดียวรู้ไม่ได้ว่าทั้งชุดถูกแก้หรือไม่",
        "Compare it with the one its publisher announced (--sha256): from inside alone nobody can "
        "tell whether all of it was changed alike.",
    ),
    "package.identical": (
        "ปีงบประมาณ {year}: คำนวณซ้ำ {recomputed} ผลจาก {results} ผล เหมือนกันทุกไบต์",
        "Fiscal year {year}: {recomputed} of {results} results recomputed, identical to the byte.",
    ),
    "package.differs": (
        "ปีงบประมาณ {year}: คำนวณซ้ำ {recomputed} ผลจาก {results} ผล พบความแตกต่าง {count} แห่ง",
        "Fiscal year {year}: {recomputed} of {results} results recomputed, {count} differences.",
    ),
    "package.other_program": (
        "ชุดข้อมูลคำนวณด้วย {there} แต่โปรแกรมนี้คือ {here} คำอธิบายที่ต่างกันแต่คะแนนเท่ากันอาจมาจากรุ่นที่ต่างกัน "
        "โปรดคำนวณซ้ำด้วยรุ่นเดียวกัน",
        "The package was computed with {there}; this is {here}. Steps in other words with the same "
        "points may come from the version: replay it with the same one.",
    ),
    "package.same_rules": (
        "หลักเกณฑ์ในชุดข้อมูลตรงกับหลักเกณฑ์ปี {year} ของโปรแกรมนี้",
        "The rules in the package are those of {year} in this copy of the program.",
    ),
    "package.other_rules": (
        "หลักเกณฑ์ในชุดข้อมูลไม่ตรงกับหลักเกณฑ์ปี {year} ของโปรแกรมนี้ (ชุดข้อมูล {found} โปรแกรม {here})",
        "The rules in the package are not those of {year} in this copy of the program (package "
        "{found}, program {here}).",
    ),
}
