"""A good scorecard in each form, for the makers of broken ones to break."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent / "workbooks"
KEYS = (
    "year",
    "kind",
    "body",
    "code",
    "round",
    "received",
    "id",
    "name",
    "component",
    "weight",
    "unit",
    "direction",
    "target_1",
    "target_2",
    "target_3",
    "actual",
    "score",
    "item_of",
    "note",
)
ROWS: list[dict[str, Any]] = [
    {
        "year": 2567,
        "kind": "department",
        "body": "กรมการค้าภายใน",
        "code": "DIT",
        "round": "12m",
        "id": "1",
        "name": "ตัวชี้วัดที่ 1",
        "component": "performance",
        "weight": 35,
        "unit": "ร้อยละ",
        "direction": "higher",
        "target_1": Decimal("98.72"),
        "target_2": Decimal("98.84"),
        "target_3": Decimal("98.90"),
        "actual": Decimal("98.94"),
    },
    {
        "id": "2",
        "name": "ตัวชี้วัดที่ 2",
        "component": "performance",
        "weight": 35,
        "unit": "ล้านบาท",
        "direction": "higher",
        "target_1": Decimal("1150.40"),
        "target_2": Decimal("1202.17"),
        "target_3": Decimal("1256.27"),
        "actual": Decimal("1259.86"),
    },
    {"id": "2.1", "name": "ดิจิทัล", "component": "digital", "weight": 20, "score": Decimal("99.70")},
    {"id": "2.2", "name": "PMQA 4.0", "component": "pmqa", "weight": 10, "score": 100},
]
CARD: dict[str, Any] = {
    "year": 2567,
    "kind": "department",
    "body": "กรมการค้าภายใน",
    "round": "12m",
    "kpis": [
        {
            "id": "1",
            "component": "performance",
            "weight": "70",
            "targets": ["80", "90", "95"],
            "actual": "92",
        },
        {"id": "2.1", "component": "digital", "weight": "20", "score": "99.70"},
        {"id": "2.2", "component": "pmqa", "weight": "10", "score": "100"},
    ],
}
