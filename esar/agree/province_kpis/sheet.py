"""What a file of provinces' choices looks like: a row for each KPI that a province chooses."""

from __future__ import annotations

from esar.exchange.files.listing import Listing

TARGETS = ("target_1", "target_2", "target_3")
LISTING = Listing(
    "ตัวชี้วัดจังหวัด",
    {
        "body": "รหัสจังหวัด",
        "body_name": "ชื่อจังหวัด",
        "item": "รหัสตามรายการ",
        "name": "ชื่อตัวชี้วัด",
        "weight": "น้ำหนัก",
        "target_1": "ค่าเป้าหมายระดับ 1",
        "target_2": "ค่าเป้าหมายระดับ 2",
        "target_3": "ค่าเป้าหมายระดับ 3",
        "unit": "หน่วยวัด",
        "direction": "ทิศทาง",
        "state": "สถานะ",
    },
    required=("body", "item", "weight", *TARGETS),
    most=5000,
    no_header="province-kpi.no_header",
    too_many="province-kpi.too_many_rows",
)
