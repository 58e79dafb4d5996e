"""Projections and their skill, in Thai and English."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "forecast.no_target": (
        "ตัวชี้วัดนี้ไม่มีค่าเป้าหมายที่จะเทียบ จึงไม่คาดการณ์",
        "This KPI has no target to hold a projection against, so there is none.",
    ),
    "forecast.nothing_known": (
        "ไม่มีผลปีก่อนและยังไม่มีผลรายเดือนของปีนี้ จึงไม่คาดการณ์",
        "No past year and no month of this year is known, so there is no projection.",
    ),
    "forecast.skill": (
        "ทดสอบย้อนหลังปี {first}–{last} คาดการณ์เมื่อเดือนมิถุนายน: {cases} กรณี ไม่ถึงค่าเป้าหมายขั้นต้นจริง {missed} กรณี",
        "Backtest of {first}–{last}, projected in June: {cases} cases, of which {missed} missed their basic target.",
    ),
    "forecast.inside": (
        "ผลจริงอยู่ในช่วงคาดการณ์ร้อยละ {inside} (ช่วงนี้ตั้งใจให้ครอบคลุมร้อยละ 80)",
        "{inside}% ended within the projected range (it is meant to hold 80%).",
    ),
    "forecast.how_to_read": (
        "จับได้ = ของที่พลาดเป้าจริง เตือนไว้กี่ส่วน; เตือนเกิน = ของที่ถึงเป้า แต่เตือนกี่ส่วน; Brier ยิ่งใกล้ 0 ยิ่งดี (ทายครึ่งต่อครึ่งได้ 0.25)",
        "Hit rate: of those that missed, the share warned. False alarms: of those that reached it, the share warned. Brier: nearer 0 is better (saying “half” gives 0.25).",
    ),
    "forecast.is_demo": (
        "ข้อมูลสมมติ (เลขตั้งต้น {seed}) แสดงว่าวิธีนี้ใช้ได้กับข้อมูลลักษณะนี้ ไม่ได้รับรองผลกับข้อมูลจริง",
        "Invented years (seed {seed}): they show that the method works on paths of this make, not how it does on real ones.",
    ),
    "forecast.rule.ours": ("คาดการณ์ของระบบ", "Our projection"),
    "forecast.rule.last_year": ("เหมือนปีก่อน", "Same as last year"),
    "forecast.rule.in_proportion": ("เทียบสัดส่วนเดือนที่ผ่านมา", "Months so far, in proportion"),
    "forecast.rule.base_rate": ("สัดส่วนที่เคยพลาด", "Past share of misses"),
    "forecast.column.rule": ("วิธี", "Rule"),
    "forecast.column.warned": ("เตือน", "Warned"),
    "forecast.column.hit_rate": ("จับได้ %", "Hit rate %"),
    "forecast.column.hit_range": ("ช่วงเชื่อมั่น 95%", "95% range"),
    "forecast.column.false_alarm_rate": ("เตือนเกิน %", "False alarms %"),
    "forecast.column.precision": ("เตือนถูก %", "Precision %"),
    "forecast.column.balanced": ("ถูกต้องสมดุล %", "Balanced accuracy %"),
    "forecast.column.brier": ("Brier", "Brier"),
}
