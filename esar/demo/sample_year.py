"""A made-up national year, for showing and measuring. Every scorecard says that it is demo data.

`python -m esar.demo.sample_year FILE` writes it. The bodies are those of the registry; the
KPIs' names are of the kinds that the year has, and every figure comes from a seeded generator.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

REGISTRY = Path(__file__).parents[2] / "data" / "registry"
YEAR = 2567
NOTE = "ข้อมูลสาธิต สร้างโดยโปรแกรม ไม่ใช่ผลการประเมินจริง / Demo data, generated, not a real result"
PERFORMANCE = 70

Json = dict[str, Any]

# Indicator names as the Cabinet summary of 6 February 2024 lists them for provinces, with a unit,
# a typical size and the direction that is better.
_PROVINCE_KPIS = (
    ("รายได้จากการท่องเที่ยว", "ล้านบาท", "5400", "higher"),
    ("รายได้จากการจำหน่ายผลิตภัณฑ์ชุมชน", "ล้านบาท", "1250", "higher"),
    ("อัตราการขยายตัวของมูลค่าสินค้าเกษตรปลอดภัย", "ร้อยละ", "4.2", "higher"),
    ("ร้อยละของหมู่บ้าน/ชุมชนที่ไม่พบปัญหายาเสพติด", "ร้อยละ", "78", "higher"),
    ("อัตราคดีอาชญากรรมต่อประชากรแสนคน", "คดี", "64", "lower"),
    ("ร้อยละของเด็กปฐมวัยมีพัฒนาการสมวัย", "ร้อยละ", "84", "higher"),
    ("ค่าเฉลี่ยรายปีของฝุ่นละออง PM2.5", "มคก./ลบ.ม.", "24", "lower"),
    ("ร้อยละของขยะมูลฝอยชุมชนที่ได้รับการจัดการอย่างถูกต้อง", "ร้อยละ", "81", "higher"),
)
_DEPARTMENT_KPIS = (
    ("ร้อยละความสำเร็จตามเป้าหมายแผนแม่บทที่รับผิดชอบ (Agenda)", "ร้อยละ", "86", "higher"),
    ("ผลการดำเนินงานตามภารกิจพื้นฐาน", "ร้อยละ", "91", "higher"),
    ("ตัวชี้วัดขับเคลื่อนการบูรณาการร่วมกัน (Joint KPI)", "ร้อยละ", "37", "higher"),
    ("ระยะเวลาเฉลี่ยในการให้บริการ", "วันทำการ", "12", "lower"),
    ("จำนวนผู้ได้รับบริการ", "พันราย", "460", "higher"),
)


def national_year() -> list[Json]:
    """154 departments and 76 provinces in the JSON form of `esar score`; always the same."""
    random = Random(YEAR)
    return [_scorecard(body, random) for body in _bodies()]


def _bodies() -> Iterator[tuple[str, str, str]]:
    with (REGISTRY / "agencies.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "department":
                yield "department", row["code"], row["name_th"]
    with (REGISTRY / "provinces.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["evaluated"] == "yes":
                yield "province", row["iso_code"], f"จังหวัด{row['name_th']}"


def _scorecard(body: tuple[str, str, str], random: Random) -> Json:
    kind, code, name = body
    pool = _PROVINCE_KPIS if kind == "province" else _DEPARTMENT_KPIS
    count = random.randint(5, 7) if kind == "province" else random.randint(3, 5)
    ability = random.choice((55, 70, 80, 88, 92, 95, 98))
    weights = shares(PERFORMANCE, count, random)
    kpis = [
        _measured(f"1.{number}", template, weight, ability, random)
        for number, (template, weight) in enumerate(
            zip(random.sample(pool, count), weights, strict=True), start=1
        )
    ]
    kpis.append(_given("2.1", "digital", "การพัฒนาองค์การสู่ดิจิทัล", 20, ability, random))
    kpis.append(_given("2.2", "pmqa", "การเป็นระบบราชการ 4.0 (PMQA 4.0)", 10, ability, random))
    return {
        "year": YEAR,
        "kind": kind,
        "code": code,
        "body": name,
        "round": "12m",
        "note": NOTE,
        "kpis": kpis,
    }


def shares(whole: int, count: int, random: Random) -> list[int]:
    """`whole` in `count` weights that are multiples of 5 where they can be."""
    base = [whole // count // 5 * 5 or 5] * count
    for _ in range((whole - sum(base)) // 5):
        base[random.randrange(count)] += 5
    base[0] += whole - sum(base)
    return base


def _measured(
    name: str, template: tuple[str, str, str, str], weight: int, ability: int, random: Random
) -> Json:
    label, unit, size, direction = template
    middle = Decimal(size) * random.randint(70, 130) / 100
    step = middle * random.randint(2, 6) / 100
    sign = 1 if direction == "higher" else -1
    targets = [middle - sign * step, middle, middle + sign * step]
    reach = Decimal(random.randint(-150, 150) + (ability - 75) * 6) / 100
    actual = middle + sign * step * reach
    ceiling = Decimal("99.90") if unit == "ร้อยละ" else None
    if ceiling is not None and targets[-1] > ceiling:
        shift = targets[-1] - ceiling
        targets, actual = [target - shift for target in targets], actual - shift
    actual = max(Decimal(0), actual if ceiling is None else min(actual, Decimal(100)))
    reported = random.random() > 0.015
    return {
        "id": name,
        "name": label,
        "component": "performance",
        "weight": str(weight),
        "unit": unit,
        "direction": direction,
        "targets": [_two(target) for target in targets],
        "actual": _two(actual) if reported else None,
    }


def _given(
    name: str, component: str, label: str, weight: int, ability: int, random: Random
) -> Json:
    score = min(Decimal(100), Decimal(ability) + Decimal(random.randint(-1200, 600)) / 100)
    return {
        "id": name,
        "name": label,
        "component": component,
        "weight": str(weight),
        "score": _two(score),
    }


def _two(value: Decimal) -> str:
    return f"{value:.2f}"


def write(path: Path) -> None:
    """One scorecard a line, so that a change shows as the line it changes."""
    rows = [json.dumps(card, ensure_ascii=False) for card in national_year()]
    path.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
