"""What is wrong with a rulebook. One code, one sentence in each language."""

SENTENCES: dict[str, tuple[str, str]] = {
    "rules.no_such_year": (
        "ไม่มีหลักเกณฑ์ของปีงบประมาณ {year} ปีที่มี: {known}",
        "There is no rulebook for fiscal year {year}. There is one for: {known}.",
    ),
    "rules.no_sources": (
        "ไม่มีไฟล์ sources.yaml ซึ่งระบุเอกสารต้นทาง โปรดเพิ่ม",
        "The file sources.yaml, which lists the source documents, is missing. Add it.",
    ),
    "rules.file_too_large": (
        "ไฟล์ใหญ่กว่า {limit} ไบต์ โปรดแบ่งเป็นหลายไฟล์",
        "The file is larger than {limit} bytes. Split it.",
    ),
    "rules.not_utf8": (
        "ไฟล์ไม่ใช่ UTF-8 (อาจเป็น TIS-620) โปรดบันทึกใหม่เป็น UTF-8",
        "The file is not UTF-8 (perhaps TIS-620). Save it again as UTF-8.",
    ),
    "rules.alias": (
        "ไม่ใช้ alias (*) ของ YAML โปรดเขียนค่าซ้ำตรง ๆ",
        "YAML aliases (*) are not used here. Write the value out.",
    ),
    "rules.not_yaml": (
        "อ่านเป็น YAML ไม่ได้ โปรดตรวจการเยื้อง เครื่องหมาย : และเครื่องหมายคำพูด",
        "This is not valid YAML. Check the indentation, the colons and the quotes.",
    ),
    "rules.empty_file": ("ไฟล์ว่าง โปรดใส่ข้อมูลหรือลบไฟล์", "The file is empty. Fill it or delete it."),
    "rules.duplicate_key": (
        "คีย์ “{key}” ซ้ำกับบรรทัด {first_line} โปรดลบหนึ่งแห่ง",
        "The key “{key}” stands already on line {first_line}. Delete one.",
    ),
    "rules.entry_twice": (
        "รายการ “{entry}” ซ้ำกับ {file} บรรทัด {first_line} โปรดรวมเป็นรายการเดียว",
        "The entry “{entry}” stands already in {file}, line {first_line}. Make them one.",
    ),
    "rules.unknown_key": (
        "ไม่รู้จักคีย์ “{key}” คีย์ที่ใช้ได้: {known}",
        "The key “{key}” is unknown. Known here: {known}.",
    ),
    "rules.missing_key": ("ขาดคีย์ “{key}” โปรดเพิ่ม", "The key “{key}” is missing. Add it."),
    "rules.no_value": ("ไม่มีค่า โปรดใส่", "There is no value. Enter one."),
    "rules.no_values": (
        "ไม่มีค่าใดใน values โปรดใส่วันแรกที่มีผลกับค่า",
        "There is nothing under `values`. Enter the first binding day and its value.",
    ),
    "rules.not_a_list": ("ต้องเป็นรายการ (ขึ้นต้นด้วย -)", "This must be a list (items begin with -)."),
    "rules.not_a_mapping": ("ต้องเป็นคู่ คีย์: ค่า", "This must be pairs of key: value."),
    "rules.not_a_choice": (
        "“{value}” ใช้ไม่ได้ ค่าที่ใช้ได้: {known}",
        "“{value}” cannot stand here. Allowed: {known}.",
    ),
    "rules.not_a_whole_number": (
        "“{value}” ไม่ใช่จำนวนเต็ม",
        "“{value}” is not a whole number.",
    ),
    "rules.not_true_or_false": (
        "“{value}” ใช้ไม่ได้ โปรดใช้ true หรือ false (ไม่ใช่ yes/no)",
        "“{value}” cannot stand here. Write true or false (not yes or no).",
    ),
    "rules.not_a_decimal": (
        "“{value}” ไม่ใช่ตัวเลขทศนิยม โปรดใช้เลขอารบิก ไม่มีจุลภาค ไม่เกิน 15 หลัก",
        "“{value}” is not a plain decimal. Use Arabic digits, no commas, at most 15 digits.",
    ),
    "rules.not_a_date": (
        "“{value}” ไม่ใช่วันที่แบบ ปปปป-ดด-วว (ค.ศ.)",
        "“{value}” is not a day written YYYY-MM-DD.",
    ),
    "rules.no_such_day": ("ไม่มีวันที่ {value} ในปฏิทิน", "There is no day {value} in the calendar."),
    "rules.buddhist_date": (
        "“{value}” เป็นปี พ.ศ. ช่องวันที่ต้องเป็น ค.ศ. หมายถึง {hint} ใช่หรือไม่",
        "“{value}” is a Buddhist-era year; days are Gregorian here. Did you mean {hint}?",
    ),
    "rules.no_citation": (
        "ค่านี้ไม่มีที่มา โปรดเพิ่ม cite หรือ assumption พร้อมเหตุผล",
        "This value has no citation. Add `cite`, or `assumption` with a reason.",
    ),
    "rules.unknown_source": (
        "ไม่มีเอกสาร “{source}” ใน sources.yaml",
        "There is no source “{source}” in sources.yaml.",
    ),
    "rules.assumption_of_nothing": (
        "assumption กล่าวถึง “{field}” ซึ่งรายการนี้ไม่มี",
        "The assumption is about “{field}”, which this entry does not have.",
    ),
    "rules.no_total": (
        "ปีงบประมาณ {year} ไม่มีรายการชนิด total จึงคิดคะแนนหน่วยงานใดไม่ได้",
        "Fiscal year {year} has no entry of kind total, so nobody could be scored.",
    ),
    "rules.kind_missing": (
        "รายการ {entry}: ไม่มีรายการชนิด {kind} สำหรับ {bodies}",
        "Entry {entry}: there is no entry of kind {kind} for {bodies}.",
    ),
    "rules.rounding_missing": (
        "รายการ {entry}: ไม่มีหลักการปัดเศษของ {figure}",
        "Entry {entry}: there is no rounding rule for {figure}.",
    ),
    "rules.second_of_a_kind": (
        "รายการ {entry}: มี {kind} สำหรับ {bodies} มากกว่าหนึ่งรายการในวันเดียวกัน",
        "Entry {entry}: there is a second {kind} for {bodies} on the same day.",
    ),
    "rules.weights_sum": (
        "รายการ {entry}: น้ำหนักของ {parts} รวมได้ {found} ต้องเท่ากับ {expected} พอดี",
        "Entry {entry}: the weights of {parts} add up to {found}; they must be exactly {expected}.",
    ),
    "rules.grades_gap": (
        "รายการ {entry}: ช่วง “{band}” สิ้นสุดที่ {most} ควรเป็น {expected} "
        "(ทศนิยม {places} ตำแหน่ง) จึงจะไม่มีช่องว่างหรือซ้อนกัน",
        "Entry {entry}: band “{band}” ends at {most}; it should end at {expected} ({places} "
        "decimals), so that there is no gap and no overlap.",
    ),
    "rules.grades_floor": (
        "รายการ {entry}: ช่วงล่างสุดต้องเริ่มที่ 0",
        "Entry {entry}: the lowest band must begin at 0.",
    ),
    "rules.due_on_holiday_differs": (
        "รายการ {entry}: due_on_holiday เป็น “{says}” แต่ของรายการ {other} เป็น “{other_says}” "
        "สองรายการต้องตรงกัน เพราะวันครบกำหนดส่งกับวันที่เริ่มนับการหักคะแนนเป็นวันเดียวกัน",
        "Entry {entry}: due_on_holiday is “{says}”, but entry {other} has “{other_says}”. They must "
        "agree: the day a report is due is the day from which its deduction counts.",
    ),
    "rules.same_id_twice": ("รายการ {entry}: รหัสซ้ำ", "Entry {entry}: an id stands twice."),
    "rules.points_do_not_rise": (
        "รายการ {entry}: คะแนนต้องเพิ่มขึ้นทุกระดับและไม่ต่ำกว่า below",
        "Entry {entry}: the points must rise from level to level and not lie under `below`.",
    ),
    "rules.levels_do_not_match": (
        "รายการ {entry}: จำนวน levels ต้องเท่ากับจำนวน points",
        "Entry {entry}: there must be as many levels as points.",
    ),
    "rules.round_outside_year": (
        "รายการ {entry}: รอบ {first} ถึง {last} อยู่นอกปีงบประมาณ ({year_first} ถึง {year_last})",
        "Entry {entry}: the round {first} to {last} lies outside the fiscal year "
        "({year_first} to {year_last}).",
    ),
    "rules.days_run_back": (
        "รายการ {entry}: วันแรก {first} อยู่หลังวันสุดท้าย {last}",
        "Entry {entry}: the first day {first} is after the last day {last}.",
    ),
    "rules.name_leads_nowhere": (
        "รายการ {entry}: กล่าวถึง “{name}” ซึ่งไม่ใช่รายการชนิด {kind} ที่มีผลในวันเดียวกัน",
        "Entry {entry}: it names “{name}”, which is not an entry of kind {kind} in force that day.",
    ),
}
