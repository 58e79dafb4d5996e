"""Each chart on a page: its title, its table of the same figures, its name to a reader."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from esar.demo.charts import Sample, bullets, charts, sample_map, sparks
from esar.kernel.wording import Word
from esar.platform.charts.bars import bars
from esar.platform.charts.bullet import bullet
from esar.platform.charts.figures import Item, Missing
from esar.platform.charts.provinces import Province, State, places, province_map
from esar.platform.charts.spark import Year, spark
from esar.platform.charts.table import Link
from esar.platform.charts.templatetags.charts import cell, signed

pytestmark = pytest.mark.usefixtures("strict_templates")
SAMPLES = charts(settings.REGISTRY)
DRAWINGS = [
    *((sample.id, sample.drawing) for sample in SAMPLES),
    *((f"bullet-{place}", row) for place, (_, row) in enumerate(bullets())),
    *((f"spark-{place}", row) for place, (_, row) in enumerate(sparks())),
]


def drawn(template: str, **values: Any) -> str:
    html = Template("{% load charts %}" + template).render(Context(values))
    return re.sub(r">\s+<", "><", " ".join(html.split()))


def framed(sample: Sample) -> str:
    return drawn(
        '{% chart drawing id source="S" day=day %}What it shows{% endchart %}',
        drawing=sample.drawing,
        id=sample.id,
        day=date(2024, 4, 17),
    )


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_a_chart_has_its_title_its_source_and_its_day(sample: Sample) -> None:
    html = framed(sample)

    assert html.count(f'aria-labelledby="{sample.id}-title"') >= 1
    assert f'<h2 class="chart-title" id="{sample.id}-title">What it shows</h2>' in html
    assert "ที่มา: S · ข้อมูล ณ 17 เมษายน 2567" in words_of(html)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_a_chart_has_a_table_of_the_same_figures(sample: Sample) -> None:
    html, table = framed(sample), sample.drawing.table()
    twins = re.findall(r"<tbody>(.*?)</tbody>", html)

    assert len(twins) == 1
    rows = [
        tuple(words_of(text) for text in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row))
        for row in re.findall(r"<tr>(.*?)</tr>", twins[0])
    ]
    assert rows == [
        tuple(
            cell(value.label if isinstance(value, Link) else value, table.places) for value in row
        )
        for row in table.rows
    ]


@pytest.mark.parametrize(("name", "drawing"), DRAWINGS, ids=[name for name, _ in DRAWINGS])
def test_the_table_says_every_figure_that_is_drawn(name: str, drawing: Any) -> None:
    """What a drawing holds as a figure of something, its table has as a cell."""
    told = {value for row in drawing.table().rows for value in row if isinstance(value, Decimal)}

    assert figures_of(drawing) - told == set(), name


def figures_of(drawing: Any) -> set[Decimal]:
    """The figures of the things that a drawing shows, whatever kind it is."""
    things: list[Any] = []
    for rows in ("bars", "dots", "steps"):
        things += [row.item.figure for row in getattr(drawing, rows, ()) if hasattr(row, "item")]
    things += [dot.value for dot in getattr(drawing, "dots", ()) if hasattr(dot, "value")]
    things += [tick.value for tick in getattr(drawing, "targets", ())]
    things += [point.year.figure for point in getattr(drawing, "points", ())]
    things += [area.province.note for area in getattr(drawing, "areas", ())]
    for name in ("actual", "last", "value"):
        things.append(getattr(drawing, name, None))
    for row in getattr(drawing, "rows", ()):
        if hasattr(row, "pair"):
            things += [row.pair.target, row.pair.actual]
        if hasattr(row, "cells"):
            things += [cell.figure for cell in row.cells]
    losses = {step.item.figure for step in getattr(drawing, "steps", ()) if step.kind == "change"}
    figures = {thing for thing in things if isinstance(thing, Decimal)}
    return (figures - losses) | {-loss for loss in losses}


def test_every_sample_names_a_language_whole() -> None:
    for sample in SAMPLES:
        assert sample.title.th
        assert sample.title.en


def test_what_charts_share_comes_once_for_a_page() -> None:
    two = (
        '{% chart drawing "a" %}A{% endchart %}{% drawing drawing %}'
        "{% include inner with drawing=drawing only %}"
    )
    inner = Template('{% load charts %}{% chart drawing "b" %}B{% endchart %}')
    html = drawn(two, drawing=bars([Item("x", Decimal(1))]), inner=inner)

    assert html.count('<pattern id="chart-hatch"') == 1


def test_a_page_whose_own_table_says_the_same_has_no_other() -> None:
    html = drawn(
        '{% chart drawing "a" beside="b" file="/x.csv" %}A{% endchart %}',
        drawing=bars([Item("x", Decimal(1))]),
    )

    assert "<table" not in html
    assert '<a class="no-print" href="#b">ดูเป็นตาราง</a>' in html
    assert '<a class="no-print" href="/x.csv">CSV</a>' in html


def test_four_reasons_are_four_marks_and_words() -> None:
    figures = [
        Decimal(0),
        Missing.NOT_REPORTED,
        Missing.NOT_DUE,
        Missing.NOT_APPLICABLE,
        Missing.NONE,
    ]
    html = drawn("{% drawing drawing %}", drawing=bars([Item("x", figure) for figure in figures]))
    lanes = re.findall(r"<svg class=\"chart-lane\".*?</svg>", html)

    marks = [re.findall(r'class="(chart-[a-z_]+)"', lane)[1:] for lane in lanes]
    assert marks == [
        ["chart-zero"],
        ["chart-not_reported"],
        ["chart-not_due"],
        ["chart-not_applicable"],
        [],
    ]
    told = re.findall(r'<span class="chart-figure[^>]*>\s*(.*?)\s*</span>', html)
    assert told == ["0", "ไม่รายงานผล", "ยังไม่ถึงกำหนด", "ไม่นำมาประเมิน", "–"]


def test_a_bullet_is_named_by_all_that_it_shows() -> None:
    drawing = bullet([Decimal(60), Decimal(70), Decimal(80)], Decimal(1234), last=Decimal("65.5"))
    names = re.findall(r'aria-label="(.*?)"', drawn('{% drawing d "1.1" %}', d=drawing))

    assert [name.strip() for name in names] == ["1.1: ผล 1,234, ค่าเป้าหมาย 60 / 70 / 80, ปีก่อน 65.5"]


def test_a_spark_is_named_by_its_years() -> None:
    years = [Year("2566", Decimal("84.1")), Year("2567", Missing.NOT_DUE)]
    drawing = spark(years, low=Decimal(0), high=Decimal(100))

    assert 'aria-label="2566 84.1, 2567 ยังไม่ถึงกำหนด"' in drawn("{% drawing d %}", d=drawing)


def test_a_bullet_is_drawn_in_the_language_of_each_reader() -> None:
    drawing = bullet([Decimal(80)], Missing.NOT_REPORTED)
    names = []
    for language in ("th", "en", "th"):
        with override(language):
            names += re.findall(r'aria-label="(.*?)"', drawn("{% drawing d %}", d=drawing))

    assert names[0] == names[2] == "ผล ไม่รายงานผล, ค่าเป้าหมาย 80"
    assert names[1].startswith("result ")


def test_what_people_typed_is_text_in_a_chart() -> None:
    html = framed(Sample("a", "", bars([Item("<b>x</b>", Decimal(1))])))  # type: ignore[arg-type]

    assert html.count("&lt;b&gt;x&lt;/b&gt;") == 2
    assert "<b>" not in html


def test_places_are_written_with_a_point_in_every_language() -> None:
    drawing = bars(
        [
            Item("x", Decimal("12.5"), full=Decimal(20)),
            Item("y", Decimal("1000"), full=Decimal(2000)),
        ]
    )
    for language in ("th", "en"):
        with override(language):
            html = drawn("{% drawing d %}", d=drawing)
        assert 'width="62.50%"' in html
        assert 'width="50.00%"' in html


def test_a_change_has_its_sign() -> None:
    assert [signed(Decimal(value)) for value in ("1.5", "-1.5", "0")] == ["+1.5", "−1.5", "0"]


# --- The map -------------------------------------------------------------------------------------


def test_every_province_has_a_tile_of_its_own() -> None:
    tiles = [(place.column, place.row) for place in places(settings.REGISTRY).values()]

    assert len(tiles) == len(set(tiles)) == 77


def test_every_province_of_the_registry_has_its_shape() -> None:
    with (settings.REGISTRY / "provinces.csv").open(encoding="utf-8") as file:
        codes = {row["iso_code"] for row in csv.DictReader(file)}

    assert places(settings.REGISTRY).keys() == codes


def test_tiles_keep_who_lies_north_and_west() -> None:
    """Of provinces that lie clearly apart on the map, few stand the other way round as tiles."""
    rows = list(places(settings.REGISTRY).values())
    pairs = [(a, b) for a in rows for b in rows if a.y + 60 < b.y]
    turned = [(a, b) for a, b in pairs if a.row > b.row]

    assert len(turned) * 100 <= len(pairs)


def test_a_map_has_every_province_and_counts_its_states() -> None:
    drawing = sample_map(settings.REGISTRY)

    assert len(drawing.areas) == 77
    assert sum(count for _, count in drawing.states) == 77
    order = [(area.place.row, area.place.column) for area in drawing.areas]
    assert order == sorted(order)


def test_a_province_is_a_link_with_its_name_and_its_state() -> None:
    good, gone = State("rank-1", "★", "reached"), State("none", "", "none")
    provinces = [
        Province("TH-50", "เชียงใหม่", good, "/th-50/", "95"),
        Province("TH-83", "ภูเก็ต", good, "", "96"),
        Province("TH-10", "กรุงเทพมหานคร", gone),
    ]
    drawing = province_map(provinces, [good, gone], settings.REGISTRY)
    html = drawn('{% chart d "m" %}M{% endchart %}', d=drawing)

    assert html.count('<a href="/th-50/">') == 2 + 1  # map, tiles, table
    assert html.count("<title>เชียงใหม่: reached 95</title>") == 2
    assert html.count('<g tabindex="0" role="img" aria-label="ภูเก็ต: reached 96">') == 2
    assert drawing.table().rows == (
        (Link("เชียงใหม่", "/th-50/"), "reached", "95"),
        ("ภูเก็ต", "reached", "96"),
        ("กรุงเทพมหานคร", "none", ""),
    )
    assert drawing.table().head == tuple(
        map(Word, ("chart.province", "chart.state", "chart.figure"))
    )


def test_a_state_without_a_legend_is_refused() -> None:
    stray = Province("TH-50", "x", State("rank-1", "", "a"))

    with pytest.raises(ValueError, match="without a legend"):
        province_map([stray], [State("rank-2", "", "b")], settings.REGISTRY)


# --- The page that shows them all ----------------------------------------------------------------


@pytest.mark.django_db
def test_a_demo_shows_every_chart_and_no_other_site_does(settings: Any) -> None:
    settings.DEMO = True
    page = Client().get("/components/")

    assert page.status_code == 200
    assert page.content.decode().count('<figure class="chart"') == len(SAMPLES)
    for part in ("stepper", "tasks", "filters", "sticky-bar", "field-error", "upload", "empty"):
        assert f'class="{part}' in page.content.decode(), part
    settings.DEMO = False
    assert Client().get("/components/").status_code == 404
