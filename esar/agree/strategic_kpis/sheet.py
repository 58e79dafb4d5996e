"""What a file of strategic KPIs looks like: a row for each."""

from __future__ import annotations

from esar.exchange.files.listing import Listing
from esar.law.rules.kinds import StrategicKpis

NEEDED = ("host", "name", "unit", "direction", "plan", "issue")


def years_of(law: StrategicKpis) -> range:
    """The years that a strategic KPI has a target for."""
    return range(law.first_year, law.last_year + 1)


def listing_of(law: StrategicKpis) -> Listing:
    """The table of a year's rules: with a target, and why there is none, for each of its years."""
    by_year = {
        key: label
        for year in years_of(law)
        for key, label in (
            (f"target_{year}", f"ค่าเป้าหมาย {year}"),
            (f"why_{year}", f"เหตุที่ไม่วัดในปี {year}"),
        )
    }
    return Listing(
        "ตัวชี้วัดเชิงยุทธศาสตร์",
        {
            "code": "รหัส",
            "host": "รหัสเจ้าภาพ",
            "name": "ชื่อตัวชี้วัด",
            "unit": "หน่วยวัด",
            "direction": "ทิศทาง",
            "plan": "แผนที่มา",
            "issue": "ประเด็น",
            "sub_issue": "ประเด็นย่อย",
            **by_year,
        },
        required=("code", "host", "name"),
        most=2000,
        no_header="strategic.no_header",
        too_many="strategic.too_many_rows",
    )
