"""What a file of an owner of central data looks like: a row for each body.

Whether the rows are right is asked by `checks`.
"""

from __future__ import annotations

from esar.exchange.files.listing import SUFFIXES, Line, Listing, Reading

__all__ = ["COLUMNS", "SHEET", "SUFFIXES", "Line", "Reading", "read"]

SHEET = "ข้อมูลกลาง"
# Key → the Thai heading. The words before "(key)" may say anything.
COLUMNS = {
    "code": "รหัสหน่วยงาน",
    "name": "ชื่อหน่วยงาน",
    "value": "ค่า",
    "no_data": "เหตุที่ไม่มีข้อมูล",
}
LISTING = Listing(
    SHEET,
    COLUMNS,
    required=("code", "value"),
    most=2000,  # more than all bodies there are, by far
    no_header="central.no_header",
    too_many="central.too_many_rows",
    also={"ชื่อ": "name", "รหัส": "code", "เหตุที่ไม่มี": "no_data"},
)
read = LISTING.read
