"""What a file of results from outside looks like: a row for each holder."""

from __future__ import annotations

from esar.exchange.files.listing import Listing

LISTING = Listing(
    "ผลนอกการประเมิน",
    {
        "code": "รหัสตัวชี้วัดย่อย",
        "name": "ชื่อตัวชี้วัดย่อย",
        "body": "รหัสหน่วยงาน",
        "body_name": "ชื่อหน่วยงาน",
        "target": "ค่าเป้าหมาย",
        "unit": "หน่วยวัด",
        "value": "ผลการดำเนินงาน",
        "remark": "ผลการประเมินของหน่วยงานหรือเหตุที่ไม่มีค่า",
    },
    required=("code", "body", "value"),
    most=5000,
    no_header="outside.no_header",
    too_many="outside.too_many_rows",
)
