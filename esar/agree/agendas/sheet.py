"""What a file of sub-indicators looks like: a row for each holder, or one where there is none."""

from __future__ import annotations

from esar.exchange.files.listing import Listing

TARGETS = ("target_1", "target_2", "target_3")
# Of the sub-indicator: on its first row; a later one repeats them or leaves them out.
OWN = ("agenda", "national_target", "stage", "name", "unit", "direction", "target", "adds")
NEEDED = OWN[:6]
LISTING = Listing(
    "ตัวชี้วัดย่อย",
    {
        "code": "รหัสตัวชี้วัดย่อย",
        "agenda": "ประเด็น",
        "national_target": "เป้าหมายระดับชาติ",
        "stage": "ขั้นของห่วงโซ่คุณค่า",
        "name": "ชื่อตัวชี้วัดย่อย",
        "unit": "หน่วยวัด",
        "direction": "ทิศทาง",
        "target": "ค่าเป้าหมายรวม",
        "adds": "รวมจากผู้รับ",
        "body": "รหัสหน่วยงาน",
        "body_name": "ชื่อหน่วยงาน",
        "target_1": "ค่าเป้าหมายระดับ 1",
        "target_2": "ค่าเป้าหมายระดับ 2",
        "target_3": "ค่าเป้าหมายระดับ 3",
    },
    required=("code", "agenda", "name", "body"),
    most=5000,
    no_header="agenda.no_header",
    too_many="agenda.too_many_rows",
)
