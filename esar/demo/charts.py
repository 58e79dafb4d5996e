"""A chart of each kind with each of its marks. All figures are invented; bodies are the registry's.

These are what `/components/` shows and what the reference pictures in the tests are of.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from esar.law.rules.text import Text
from esar.platform.charts.arrivals import Coming, arrivals
from esar.platform.charts.bars import bars
from esar.platform.charts.bullet import Bullet, bullet
from esar.platform.charts.course import course
from esar.platform.charts.dumbbell import Pair, dumbbells
from esar.platform.charts.figures import Figure, Item, Missing, look_of_rank, written
from esar.platform.charts.gantt import Span, gantt
from esar.platform.charts.heat import heat
from esar.platform.charts.projection import projection
from esar.platform.charts.provinces import Map, Province, State, province_map
from esar.platform.charts.ruler import Grade, ruler
from esar.platform.charts.spark import Spark, Year, spark
from esar.platform.charts.strip import strip
from esar.platform.charts.waterfall import waterfall

D = Decimal
GRADES = (
    Grade(Text("คุณภาพ", "Quality"), D(90), D(100), "rank-1", "★"),
    Grade(Text("มาตรฐาน ขั้นสูง", "High standard"), D(75), D("89.99"), "rank-2", "●"),
    Grade(Text("มาตรฐาน ขั้นต้น", "Basic standard"), D(60), D("74.99"), "rank-3", "◆"),
    Grade(Text("ต้องปรับปรุง", "To be improved"), D(0), D("59.99"), "rank-4", "▲"),
)
DUST = Text("ค่าเฉลี่ยรายปีของฝุ่น PM2.5", "Yearly mean of PM2.5")
WASTE = Text(
    "ร้อยละของขยะมูลฝอยชุมชนที่ได้รับการจัดการอย่างถูกต้องตามหลักวิชาการและมีการคัดแยกที่ต้นทาง",
    "Share of community waste that is managed properly and sorted where it comes from",
)
TRAVEL = Text("รายได้จากการท่องเที่ยว", "Income from tourism")
SAFE_FOOD = Text("มูลค่าสินค้าเกษตรปลอดภัย", "Value of safe farm produce")
DIGITAL = Text("การพัฒนาองค์การสู่ดิจิทัล", "Becoming a digital organisation")
PMQA = Text("PMQA 4.0", "PMQA 4.0")


@dataclass(frozen=True)
class Sample:
    """A chart with its title and how it is read."""

    id: str
    title: Text
    drawing: Any
    note: Any = ""


def charts(registry: Path) -> Sequence[Sample]:
    """Each in its frame, in the order of the page."""
    return [
        _bars(),
        _shares(),
        _strip(registry),
        _ruler(),
        _waterfall(),
        _dumbbells(),
        _heat(),
        _gantt(),
        _arrivals(),
        _projection(),
        _map(registry),
        _course(),
    ]


def _map(registry: Path) -> Sample:
    drawing = sample_map(registry)
    count = next(count for state, count in drawing.states if state.look == "rank-4")
    title = Text(f"{count} จังหวัดยังต้องปรับปรุง", f"{count} provinces are to be improved")
    return Sample("map", title, drawing)


def _bars() -> Sample:
    names = (
        (DUST, D("19"), "rank-1", "★"),
        (WASTE, D("7.25"), "rank-2", "●"),
        (TRAVEL, D("-3.5"), "rank-4", "▲"),
        (SAFE_FOOD, D(0), "brand", ""),
        (DIGITAL, Missing.NOT_REPORTED, "brand", ""),
        (PMQA, Missing.NOT_DUE, "brand", ""),
        (Text("วาระร่วม", "Joint agenda"), Missing.NOT_APPLICABLE, "brand", ""),
        (Text("ไม่มีค่าเดิม", "No figure before"), Missing.NONE, "brand", ""),
    )
    items = [Item(name, figure, look, glyph) for name, figure, look, glyph in names]
    title = Text("ฝุ่นลดลงมากที่สุด ส่วนท่องเที่ยวถดถอย", "Dust improved most; tourism went back")
    return Sample("bars", title, bars(items, has_axis=True, places=2))


def _shares() -> Sample:
    items = [
        Item(DUST, D("12.5"), full=D(20)),
        Item(WASTE, D(0), full=D(20)),
        Item(TRAVEL, D(10), full=D(10)),
        Item(DIGITAL, Missing.NOT_REPORTED, full=D(20)),
        Item(PMQA, Missing.NOT_DUE, full=D(10)),
    ]
    title = Text("ท่องเที่ยวได้คะแนนเต็ม", "Tourism has its full mark")
    return Sample("shares", title, bars(items, places=2))


def _strip(registry: Path) -> Sample:
    items = [
        Item(
            name, figure, look_of_rank(_rank(figure)) if isinstance(figure, Decimal) else "control"
        )
        for name, figure in _scores(registry)
    ]
    cuts = [(grade.least, grade.look, grade.glyph) for grade in GRADES]
    drawing = strip(
        items,
        low=D(20),
        high=D(100),
        cuts=[(max(least, D(20)), look, glyph) for least, look, glyph in cuts],
        marked=[items[2].label],
        places=2,
    )
    assert drawing.median is not None
    middle = written(drawing.median.value, 2)
    title = Text(
        f"ครึ่งหนึ่งของจังหวัดได้เกิน {middle} คะแนน",
        f"Half of the provinces have more than {middle} points",
    )
    note = Text(
        "จุดละหนึ่งจังหวัด เส้นประคือเกณฑ์ของแต่ละระดับ",
        "A dot for each province; the dashed lines are where grades begin",
    )
    return Sample("strip", title, drawing, note)


def _ruler() -> Sample:
    title = Text("อีก 1.43 คะแนนจะถึงระดับคุณภาพ", "1.43 points more would bring the grade “Quality”")
    return Sample("ruler", title, ruler(GRADES, D("88.57"), full=D(100), last=D("71.2"), places=2))


def _waterfall() -> Sample:
    losses = [
        Item(DUST, D("3.41")),
        Item(DIGITAL, D("3.37")),
        Item(SAFE_FOOD, D("3.06"), look="control"),
        Item(WASTE, D("0.85"), look="control"),
    ]
    drawing = waterfall(
        D(100),
        losses,
        D("88.57"),
        full_label=Text("คะแนนเต็ม", "Full mark"),
        end_label=Text("คะแนนรวม", "Total"),
        rest_label=Text("อื่น ๆ", "Others"),
        end_look="rank-2",
        cuts=[grade.least for grade in GRADES],
        places=2,
    )
    title = Text(
        "สามเรื่องแรกกินคะแนนไป 9.84 จาก 11.43", "The first three took 9.84 of the 11.43 points lost"
    )
    return Sample("waterfall", title, drawing)


def _dumbbells() -> Sample:
    pairs = [
        Pair(Text("ชุมพร", "Chumphon"), D("20.1"), D("18.74")),
        Pair(Text("พัทลุง", "Phatthalung"), D("16.7"), D("16.81")),
        Pair(Text("ศรีสะเกษ", "Si Sa Ket"), D("29.49"), D("29.49")),
        Pair(Text("สุราษฎร์ธานี", "Surat Thani"), D("30.5"), D("32.69")),
        Pair(Text("ระยอง", "Rayong"), D("30.8"), Missing.NOT_REPORTED),
        Pair(Text("พะเยา", "Phayao"), D("31"), Missing.NOT_DUE),
        Pair(Text("เลย", "Loei"), Missing.NONE, D("24.58")),
    ]
    title = Text(
        "2 จาก 4 จังหวัดลดฝุ่นได้ถึงค่าเป้าหมาย", "2 of 4 provinces brought dust down to the target"
    )
    note = Text("มคก./ลบ.ม. ไปทางขวาคือดีขึ้น", "µg/m³; to the right is better")
    return Sample("dumbbells", title, dumbbells(pairs, is_lower_better=True, places=2), note)


def _heat() -> Sample:
    steps = (
        Text("ยังไม่เริ่ม", "Not begun"),
        Text("กำลังจัดทำ", "Being written"),
        Text("รออนุมัติ", "Waits for approval"),
        Text("ส่งแล้ว", "Sent"),
        Text("ตรวจแล้ว", "Judged"),
    )
    table: list[tuple[Text, list[Figure]]] = [
        (Text("กระทรวงการคลัง", "Finance"), [D(3), D(1), D(0), D(5), D(1)]),
        (
            Text("กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม", "Natural Resources and Environment"),
            [D(0), D(2), D(4), D(4), D(1)],
        ),
        (Text("กระทรวงแรงงาน", "Labour"), [D(0), D(2), D(1), D(2), D(0)]),
        (
            Text("กระทรวงยุติธรรม", "Justice"),
            [D(1), D(6), D(1), Missing.NOT_REPORTED, Missing.NOT_DUE],
        ),
    ]
    rows = [(Item(name, Missing.NONE), [Item("", cell) for cell in cells]) for name, cells in table]
    title = Text("กระทรวงยุติธรรมค้างมากที่สุด", "Justice has most that is not sent")
    return Sample("heat", title, heat(Text("สังกัด", "Ministry"), steps, rows, by_row=True))


def _gantt() -> Sample:
    spans = [
        Span(Text("ตัวชี้วัด", "KPIs"), date(2023, 8, 1), date(2023, 10, 31), "control"),
        Span(Text("รายงานรอบ 6 เดือน", "6-month report"), date(2024, 4, 1), date(2024, 4, 30)),
        Span(Text("ประกาศผลกลาง", "Central data"), date(2024, 6, 14), date(2024, 6, 14)),
        Span(
            Text("ขอปรับเปลี่ยนตัวชี้วัดและค่าเป้าหมาย", "Changes of KPIs and targets"),
            date(2024, 4, 10),
            date(2024, 7, 31),
        ),
        Span(Text("รายงานรอบ 12 เดือน", "12-month report"), date(2024, 10, 1), date(2024, 10, 31)),
    ]
    drawing = gantt(spans, first=date(2023, 10, 1), last=date(2024, 9, 30), today=date(2024, 4, 17))
    title = Text(
        "ขณะนี้อยู่ในช่วงรายงานรอบ 6 เดือน เหลือ 13 วัน",
        "Now 6-month reports are written; 13 days are left",
    )
    return Sample("gantt", title, drawing)


def _arrivals() -> Sample:
    coming = Coming(
        Text("ปี 2567", "2567"), (-28, *[-24] * 4, *[-20] * 11, *[-17] * 9, *[-14] * 30, *[-13] * 25)
    )
    before = Coming(
        Text("ปี 2566", "2566"),
        (*[-29] * 2, *[-22] * 12, *[-15] * 42, *[-13] * 15, *[-7] * 60, *[-2] * 50, *[0] * 30, 3),
    )
    drawing = arrivals(coming, [before], due=date(2024, 4, 30), day=-13, all=230)
    title = Text(
        "เร็วกว่าปีก่อน 9 หน่วยงาน ณ วันเดียวกัน", "9 bodies more than a year before on the same day"
    )
    return Sample("arrivals", title, drawing)


def _projection() -> Sample:
    path = [(month, D(value)) for month, value in enumerate(("31", "38.5", "44", "47", "51"), 1)]
    drawing = projection(
        path, [D(70), D(75), D(80)], (D("66"), D("72.4"), D("79")), looked_at=2, places=2
    )
    title = Text(
        "คาดว่าสิ้นปีได้ 72.40 ต่ำกว่าค่าเป้าหมาย 75",
        "The year should end at 72.40, below the target of 75",
    )
    return Sample("projection", title, drawing)


def _course() -> Sample:
    """Less is better, one year is not known, and two targets lie near each other."""
    results = [(2564, D("26.4")), (2565, None), (2566, D("24.6"))]
    levels = (Text("ขั้นต้น", "Basic"), Text("มาตรฐาน", "Standard"), Text("ขั้นสูง", "High"))
    targets = list(zip(levels, (D(24), D("23.6"), D(20)), strict=True))
    title = Text(
        "ค่าเป้าหมายสูงสุด 20 ก้าวหน้ากว่าผลปี 2566 อยู่ 4.6",
        "The hardest target, 20, is 4.6 beyond the result of 2566",
    )
    return Sample("course", title, course(results, targets, year=2567, is_lower_better=True))


def bullets() -> Sequence[tuple[Text, Bullet]]:
    """Every way a result may stand to its targets: rows of a table."""
    return [
        (TRAVEL, _bullet(TRAVEL, ("3200", "3400", "3600"), D("3455.2"), D(3180))),
        (DUST, _bullet(DUST, ("26", "23", "20"), D("22.5"), D("24.6"), is_lower_better=True)),
        (WASTE, _bullet(WASTE, ("65", "70", "75"), D(90), D(40))),
        (SAFE_FOOD, _bullet(SAFE_FOOD, ("-2", "0", "2"), D(0), Missing.NONE)),
        (DIGITAL, _bullet(DIGITAL, ("60", "70", "80"), Missing.NOT_REPORTED, D(68))),
        (PMQA, _bullet(PMQA, ("70", "80", "90"), Missing.NOT_DUE, D(82))),
        (Text("ค่าเป้าหมายเดียว", "One target"), _bullet(PMQA, ("80",), D(64), Missing.NONE)),
    ]


def _bullet(
    label: Text, targets: Sequence[str], actual: Figure, last: Figure, **asks: Any
) -> Bullet:
    return bullet([D(target) for target in targets], actual, last=last, label=label, **asks)


def sparks() -> Sequence[tuple[Text, Spark]]:
    """Years that can be joined, that cannot, and that have no figure."""
    now, before = "2565", "2560"
    return [
        (TRAVEL, _spark([D("84.12"), D("86.41"), D("88.57")], [now] * 3)),
        (DUST, _spark([D(70), D(72), D(60), D(64)], [before, before, now, now])),
        (WASTE, _spark([D(70), Missing.NOT_REPORTED, D(80), D(75), Missing.NOT_DUE], [now] * 5)),
        (PMQA, _spark([D(92)], [now])),
    ]


def _spark(figures: Sequence[Figure], regimes: Sequence[str]) -> Spark:
    first = 2568 - len(figures)
    years = [
        Year(str(first + place), figure, regime)
        for place, (figure, regime) in enumerate(zip(figures, regimes, strict=True))
    ]
    return spark(years, low=D(50), high=D(100), look="rank-2", places=2)


def sample_map(registry: Path) -> Map:
    """Every province by its grade; Bangkok, which is not evaluated, and one not published."""
    states = [State(grade.look, grade.glyph, grade.label) for grade in GRADES]
    unpublished = State("not_due", "", Text("ยังไม่เผยแพร่", "Not published"))
    outside = State("none", "", Text("ไม่อยู่ในการประเมิน", "Not evaluated"))
    marks = []
    for code, name, figure in _provinces(registry):
        if code == "TH-10":
            marks.append(Province(code, name, outside))
        elif isinstance(figure, Decimal):
            state = states[_rank(figure) - 1]
            marks.append(Province(code, name, state, f"#{code}", figure))
        else:
            marks.append(Province(code, name, unpublished))
    return province_map(marks, [*states, unpublished, outside], registry)


def _rank(figure: Decimal) -> int:
    return next(rank for rank, grade in enumerate(GRADES, 1) if figure >= grade.least)


def _scores(registry: Path) -> list[tuple[str, Figure]]:
    return [(name, figure) for code, name, figure in _provinces(registry) if code != "TH-10"]


def _provinces(registry: Path) -> list[tuple[str, str, Figure]]:
    """Each with an invented score, the same at every call."""
    invented = random.Random(2567)
    with (registry / "provinces.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    scores: list[tuple[str, str, Figure]] = []
    for row in rows:
        figure = D(invented.triangular(24, 98, 86)).quantize(D("0.01"))
        is_out = row["iso_code"] == "TH-73"
        scores.append((row["iso_code"], row["name_th"], Missing.NOT_DUE if is_out else figure))
    return scores
