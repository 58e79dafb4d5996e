"""The steps of a computation, and what is wrong or unusual about a scorecard."""

SENTENCES: dict[str, tuple[str, str]] = {
    # --- steps: each says one move of the computation ------------------------------------------
    "step.not_reported": (
        "ไม่รายงานผล จึงได้ {output} คะแนน (ไม่ใช่ผลเป็นศูนย์)",
        "Not reported, so {output} points (this is not a result of zero).",
    ),
    "step.rounded": (
        "ปัดครึ่งขึ้นครั้งเดียวเป็นทศนิยม {places} ตำแหน่ง: {value} เป็น {output}",
        "Rounded once, half up, to {places} decimals: {value} becomes {output}.",
    ),
    "step.given": (
        "คะแนนที่ประเมินให้ ไม่ได้คำนวณจากค่าเป้าหมาย: {output}",
        "Points given, not computed from targets: {output}.",
    ),
    "step.below_first": (
        "ผล {said} ยังไม่ถึง{level} ({target}) จึงได้ {output} คะแนน",
        "The result {said} does not reach the {level} ({target}): {output} points.",
    ),
    "step.reached_last": (
        "ผล {said} ถึงหรือดีกว่า{level} ({target}) จึงได้ {output} คะแนน",
        "The result {said} reaches or passes the {level} ({target}): {output} points.",
    ),
    "step.reached_level": (
        "ผล {said} เท่ากับ{level} ({target}) จึงได้ {output} คะแนน",
        "The result {said} equals the {level} ({target}): {output} points.",
    ),
    "step.between": (
        "ผล {said} อยู่ระหว่าง{low_level} ({low}) กับ{high_level} ({high}) เทียบบัญญัติไตรยางศ์ได้ {output}",
        "The result {said} lies between the {low_level} ({low}) and the {high_level} "
        "({high}); in proportion it earns {output}.",
    ),
    "step.milestones": (
        "ขั้นตอนที่ทำแล้ว: {done}; ครบต่อเนื่องถึงขั้นที่ {level} จาก {steps} จึงได้ {output} คะแนน",
        "Steps done: {done}; complete without a gap up to step {level} of {steps}: {output} points.",
    ),
    "step.item": (
        "รายการ {item} (น้ำหนัก {weight}) ได้ {output} คะแนน",
        "Item {item} (weight {weight}) earns {output} points.",
    ),
    "step.item_missing": (
        "รายการ {item} ไม่รายงานผล จึงใช้คะแนนของผลที่ไม่รายงาน",
        "Item {item} was not reported and takes the points of a missing result.",
    ),
    "step.items_average": (
        "เฉลี่ยถ่วงน้ำหนักทุกรายการได้ {output}",
        "The weighted average of the items is {output}.",
    ),
    "step.share_of_plan": (
        "ผลผลิตที่ทำได้ตามแผน {achieved} จากที่วางแผนไว้ {planned} คิดเป็นร้อยละ {output}",
        "{achieved} of {planned} planned outputs were achieved: {output} per cent.",
    ),
    "step.passed": (
        "ร้อยละ {output} ไม่น้อยกว่าเกณฑ์ร้อยละ {mark}: ผ่าน",
        "{output} per cent is at least the pass mark of {mark} per cent: passed.",
    ),
    "step.not_passed": (
        "ร้อยละ {output} น้อยกว่าเกณฑ์ร้อยละ {mark}: ไม่ผ่าน",
        "{output} per cent is below the pass mark of {mark} per cent: not passed.",
    ),
    "step.weighted": (
        "ถ่วงน้ำหนัก {weight}: ได้ {output}",
        "Weighted by {weight}: {output}.",
    ),
    "step.redistributed": (
        "ได้รับน้ำหนัก {share} จากตัวชี้วัด {giver} ที่ไม่นำมาประเมิน ({decision}): "
        "น้ำหนักเดิม {before} เป็น {output}",
        "Takes {share} of the weight of KPI {giver}, which is not applicable ({decision}): "
        "{before} becomes {output}.",
    ),
    "step.not_applicable": (
        "ไม่นำมาประเมินตามมติที่บันทึกไว้: {decision} น้ำหนักกระจายไปตัวชี้วัดอื่นตามสัดส่วน",
        "Not applicable by recorded decision: {decision}. Its weight goes to the other KPIs in "
        "proportion.",
    ),
    "step.not_due": (
        "ยังไม่ถึงกำหนดประเมินใน{round}",
        "Not due in the {round}.",
    ),
    "step.total": (
        "ผลรวมคะแนนถ่วงน้ำหนักของทุกตัวชี้วัด: {output}",
        "The sum of all weighted points: {output}.",
    ),
    "step.total_indicator": (
        "ใช้ผลของตัวชี้วัด {indicator}: {output}",
        "The result of indicator {indicator} stands for the scorecard: {output}.",
    ),
    "step.late": (
        "ครบกำหนด {due} ส่งจริง {received} ช้า {days} วันทำการ ({dates}) หักวันละ {rate} "
        "รวม {deduction} เหลือ {output}",
        "Due {due}, received {received}: {days} working days late ({dates}) at {rate} a day, "
        "{deduction} taken off, {output} left.",
    ),
    "step.on_time": (
        "ครบกำหนด {due} ส่งจริง {received} ไม่มีวันทำการที่ช้า จึงไม่หักคะแนน: {output}",
        "Due {due}, received {received}: no working day late, nothing taken off: {output}.",
    ),
    "weekday.0": ("จันทร์", "Monday"),
    "weekday.1": ("อังคาร", "Tuesday"),
    "weekday.2": ("พุธ", "Wednesday"),
    "weekday.3": ("พฤหัสบดี", "Thursday"),
    "weekday.4": ("ศุกร์", "Friday"),
    "weekday.5": ("เสาร์", "Saturday"),
    "weekday.6": ("อาทิตย์", "Sunday"),
    "page.late_account": ("การหักคะแนนรายงานล่าช้า", "Deduction for lateness"),
    "page.late_due": ("กำหนดส่ง {given}", "Due {given}"),
    "page.late_extended": (
        "ขยายเวลาให้หน่วยงานนี้แล้ว ตามที่บันทึกไว้ในปฏิทิน",
        "extended for this body, as the calendar records",
    ),
    "page.late_due_holiday": ("ตรงกับวันหยุด {holiday}", "a holiday: {holiday}"),
    "page.late_due_weekend": ("ตรงกับวันหยุดประจำสัปดาห์", "at a weekend"),
    "page.late_stands": ("กำหนดส่งที่ตรงวันหยุดคงเดิม", "a due day on a holiday stands"),
    "page.late_moves": (
        "กำหนดส่งที่ตรงวันหยุดเลื่อนเป็นวันทำการถัดไป",
        "a due day on a holiday moves to the next working day",
    ),
    "page.late_moved_to": ("จึงเลื่อนเป็น {due}", "so it moves to {due}"),
    "page.late_not_the_rule": (
        "ไม่ใช่ค่าที่ใช้ในหลักเกณฑ์ปีนี้ แสดงไว้เปรียบเทียบ",
        "Not what this year's rules say; shown to compare.",
    ),
    "page.late_the_rule": ("เป็นค่าที่ใช้ในหลักเกณฑ์ปีนี้", "This is what this year's rules say."),
    "page.late_received": (
        "ส่งจริง {received} ช้า {days} วันทำการ หัก {deduction} คะแนน",
        "Received {received}: {days} working days late, {deduction} points taken off",
    ),
    "page.late_which_days": ("นับวันใดบ้าง", "Which days count"),
    "page.late_would": (
        "หากส่งวันนี้ ({received}) จะช้า {days} วันทำการ หัก {deduction} คะแนน",
        "Sent in today ({received}) it is {days} working days late: {deduction} points are "
        "taken off",
    ),
    "page.late_would_not": (
        "หากส่งวันนี้ ({received}) ยังไม่มีวันทำการที่ช้า จึงไม่หักคะแนน",
        "Sent in today ({received}) no working day is late: nothing is taken off",
    ),
    "page.late_on_time": ("ส่งจริง {received} ทันกำหนด", "Received {received}, on time"),
    "page.late_day": ("วันที่", "Day"),
    "page.late_weekday": ("วัน", "Weekday"),
    "page.late_what": ("วันทำการหรือวันหยุด", "Working day or holiday"),
    "page.late_counts": ("นับ", "Counts"),
    "page.late_so_far": ("หักสะสม", "Taken off so far"),
    "page.late_more_days": ("และอีก {count} วัน", "and {count} more days"),
    "page.late_before": ("คะแนนรวมก่อนหัก", "Total before"),
    "page.late_after": ("คะแนนรวมหลังหัก", "Total after"),
    "late.working": ("วันทำการ", "working day"),
    "late.weekend": ("วันหยุดประจำสัปดาห์", "weekend"),
    "late.due": ("วันครบกำหนด", "due day"),
    "late.moved_due": ("วันครบกำหนดที่เลื่อนมา", "due day as moved"),
    "late.counted": ("นับเป็นวันที่ช้า", "counts as late"),
    "late.not_counted": ("ไม่นับ", "does not count"),
    "page.late_calculator": (
        "คำนวณการหักคะแนนรายงานล่าช้า ปีงบประมาณ พ.ศ. {year}",
        "Work out the deduction for a late report, fiscal year {year}",
    ),
    "page.late_calculator_help": (
        "เลือกรอบ วันที่ส่ง และจังหวัด แล้วดูว่าวันใดนับเป็นวันที่ช้า ทั้งสองแบบของการเลื่อนกำหนดส่งที่ตรงวันหยุด",
        "Choose a round, the day received and a province, and see which days count as late, whether "
        "a due day on a holiday stands or moves.",
    ),
    "page.late_preset": (
        "ตัวอย่างที่แสดงไว้ก่อนคือรายงานที่ส่งสองวันหลังกำหนดส่ง",
        "What is shown first is a report that came two days after the due day.",
    ),
    "late.too_far": (
        "วันที่ส่งช้ากว่ากำหนดเกินหนึ่งปี โปรดตรวจสอบปี ค.ศ.",
        "The day is more than a year after the due day. Check the year.",
    ),
    "page.work_out": ("คำนวณ", "Work it out"),
    "label.late_received": ("วันที่ส่งรายงาน", "Day received"),
    "label.late_round": ("รอบ", "Round"),
    "label.late_province": ("จังหวัด", "Province"),
    "choice.no_province": ("ไม่ระบุ (วันหยุดทั้งประเทศ)", "None (holidays of the whole country)"),
    "step.grade": (
        "คะแนนรวม {total} จัดเป็น: {grade}",
        "A total of {total} is graded {grade}.",
    ),
    "step.not_graded": (
        "{round}ไม่จัดระดับผลการประเมิน",
        "The {round} is not graded.",
    ),
    # --- what is wrong with a scorecard ---------------------------------------------------------
    "score.unknown_body_kind": (
        "ปีงบประมาณ {year} ไม่มีเกณฑ์สำหรับประเภทหน่วยงาน “{kind}” โปรดใช้: {known}",
        "Fiscal year {year} has no rules for bodies of kind “{kind}”. Use one of: {known}.",
    ),
    "score.unknown_round": (
        "ปีงบประมาณ {year} ไม่มีรอบ “{round}” โปรดใช้: {known}",
        "Fiscal year {year} has no round “{round}”. Use one of: {known}.",
    ),
    "score.no_kpis": (
        "“{body}” ไม่มีตัวชี้วัดเลย โปรดใส่อย่างน้อยหนึ่งตัว",
        "“{body}” has no KPIs. Enter at least one.",
    ),
    "score.kpi_twice": (
        "ตัวชี้วัด {kpi} ซ้ำในแบบประเมินเดียวกัน โปรดเปลี่ยนรหัสหรือลบแถวที่ซ้ำ",
        "KPI {kpi} stands twice in the same scorecard. Change its number or delete one row.",
    ),
    "score.no_weight": (
        "ตัวชี้วัด {kpi} ไม่มีน้ำหนัก โปรดใส่น้ำหนักเป็นร้อยละ",
        "KPI {kpi} has no weight. Enter its weight in per cent.",
    ),
    "score.weight_out_of_range": (
        "น้ำหนักของ {kpi} คือ {weight} ต้องมากกว่า 0 และไม่เกิน 100",
        "The weight of {kpi} is {weight}; it must be above 0 and at most 100.",
    ),
    "score.cannot_be_left_out": (
        "ตัวชี้วัด {kpi} ระบุว่าไม่นำมาประเมิน แต่หลักเกณฑ์ปีนี้ไม่มีการกระจายน้ำหนัก",
        "KPI {kpi} is marked not applicable, but this year's rules have no way to move its weight.",
    ),
    "score.no_heir": (
        "ตัวชี้วัด {kpi} ไม่นำมาประเมิน แต่ไม่เหลือตัวชี้วัดอื่นรับน้ำหนัก",
        "KPI {kpi} is not applicable, but no other KPI is left to carry its weight.",
    ),
    "score.no_component": (
        "ตัวชี้วัด {kpi} ไม่ระบุองค์ประกอบ โปรดใช้: {known}",
        "KPI {kpi} names no component. Use one of: {known}.",
    ),
    "score.unknown_component": (
        "ตัวชี้วัด {kpi} อยู่ในองค์ประกอบ “{component}” ซึ่งปีนี้ไม่มี โปรดใช้: {known}",
        "KPI {kpi} is in component “{component}”, which this year does not have. "
        "Use one of: {known}.",
    ),
    "score.component_not_evaluated": (
        "ตัวชี้วัด {kpi} อยู่ใน{component} ซึ่งไม่ประเมินสำหรับหน่วยงานประเภทนี้ โปรดตัดออก",
        "KPI {kpi} is in {component}, which is not evaluated for this class of body. Remove it.",
    ),
    "score.number_of_targets": (
        "ตัวชี้วัด {kpi} มีค่าเป้าหมาย {found} ระดับ ปีนี้ต้องมี {needed} ระดับ",
        "KPI {kpi} has {found} targets; this year needs {needed}.",
    ),
    "score.targets_do_not_rise": (
        "ตัวชี้วัด {kpi} ยิ่งมากยิ่งดี ค่าเป้าหมายต้องเพิ่มขึ้นทุกระดับ แต่ได้ {targets}",
        "KPI {kpi}: higher is better, so each target must be above the one before; found {targets}.",
    ),
    "score.targets_do_not_fall": (
        "ตัวชี้วัด {kpi} ยิ่งน้อยยิ่งดี ค่าเป้าหมายต้องลดลงทุกระดับ แต่ได้ {targets}",
        "KPI {kpi}: lower is better, so each target must be below the one before; found {targets}.",
    ),
    "score.no_items": (
        "ตัวชี้วัด {kpi} เป็นค่าเฉลี่ยถ่วงน้ำหนัก แต่ไม่มีรายการย่อย",
        "KPI {kpi} is a weighted average but has no items.",
    ),
    "score.no_such_step": (
        "ตัวชี้วัด {kpi} มีขั้นตอน {wrong} ซึ่งไม่มี ขั้นตอนคือ 1 ถึง {last}",
        "KPI {kpi} lists step {wrong}; the steps are 1 to {last}.",
    ),
    "score.score_out_of_range": (
        "ตัวชี้วัด {kpi} มีคะแนน {score} ต้องอยู่ระหว่าง {least} ถึง {most}",
        "KPI {kpi} has {score} points; they must lie between {least} and {most}.",
    ),
    "score.nothing_planned": (
        "ตัวชี้วัด {kpi} ไม่มีผลผลิตตามแผน ({planned}) โปรดใส่จำนวนอย่างน้อย 1",
        "KPI {kpi} has no planned outputs ({planned}). Enter at least 1.",
    ),
    "score.more_than_planned": (
        "ตัวชี้วัด {kpi} มีผลผลิตตามแผน {planned} แต่รายงานว่าทำได้ {achieved} "
        "จำนวนที่ทำได้ต้องอยู่ระหว่าง 0 ถึงจำนวนตามแผน",
        "KPI {kpi} has {planned} planned outputs but {achieved} achieved; the latter must lie "
        "between 0 and the plan.",
    ),
    "score.no_such_method": (
        "ตัวชี้วัด {kpi} ใช้วิธีให้คะแนน “{method}” ซึ่งปีงบประมาณ {year} ไม่มี",
        "KPI {kpi} is scored by “{method}”, which fiscal year {year} does not have.",
    ),
    "score.component_weights": (
        "น้ำหนักตัวชี้วัดใน{label} ({component}) รวมได้ {found} ต้องเท่ากับ {expected} พอดี",
        "The KPI weights in {label} ({component}) add up to {found}; they must be exactly "
        "{expected}.",
    ),
    "score.weights_sum": (
        "น้ำหนักทุกตัวชี้วัดรวมได้ {found} ต้องเท่ากับ {expected} พอดี",
        "All KPI weights add up to {found}; they must be exactly {expected}.",
    ),
    "score.indicator_missing": (
        "ปีงบประมาณ {year} ใช้ผลของตัวชี้วัด {indicator} แต่ไม่พบในข้อมูล",
        "Fiscal year {year} takes the result of indicator {indicator}, which is not in the data.",
    ),
    # --- unusual, not wrong ---------------------------------------------------------------------
    "score.kpi_count": (
        "{component} มีตัวชี้วัด {found} ตัว จำนวนที่แนะนำคือ {least}–{most} ตัว",
        "{component} has {found} KPIs; {least} to {most} are recommended.",
    ),
    "score.assumed_component_weights": (
        "น้ำหนักใน{label} ({component}) รวมได้ {found} ต่างจาก {expected} ซึ่งเป็นข้อสันนิษฐาน จึงเพียงแจ้งเตือน",
        "The weights in {label} ({component}) add up to {found}, not {expected}; that figure is "
        "an assumption, so this is a warning only.",
    ),
}
