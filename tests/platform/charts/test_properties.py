"""Whatever the figures are: nothing stands outside, the order is kept, sums agree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from esar.law.rules.numbers import EXACT, exact_sum
from esar.platform.charts.bars import bars
from esar.platform.charts.bullet import bullet
from esar.platform.charts.dumbbell import Pair, dumbbells
from esar.platform.charts.figures import Item, Missing
from esar.platform.charts.gantt import Span, gantt
from esar.platform.charts.heat import heat
from esar.platform.charts.projection import BOTTOM, TOP, projection
from esar.platform.charts.scale import Scale, scale_over
from esar.platform.charts.spark import EDGE, HEIGHT, WIDTH, Year, spark
from esar.platform.charts.strip import strip
from esar.platform.charts.waterfall import waterfall

FIGURES = st.decimals(-(10**9), 10**9, places=4)
POSITIVE = st.decimals(0, 10**6, places=4)
ANY = st.one_of(FIGURES, st.sampled_from(list(Missing)))
LISTS = st.lists(ANY, max_size=12)
DAYS = st.dates(date(2017, 1, 1), date(2030, 1, 1))


def is_inside(x: Decimal, width: Decimal = Decimal(0)) -> bool:
    return x >= 0 and width >= 0 and x + width <= 100


@given(low=FIGURES, high=FIGURES, first=FIGURES, second=FIGURES)
def test_a_scale_keeps_the_order_of_values_and_stays_inside(
    low: Decimal, high: Decimal, first: Decimal, second: Decimal
) -> None:
    if low >= high:
        return
    scale = Scale(low, high)
    first, second = sorted((first, second))

    assert is_inside(scale.at(first))
    assert scale.at(first) <= scale.at(second)
    assert Scale(low, high, is_flipped=True).at(first) >= Scale(low, high, is_flipped=True).at(
        second
    )


@given(values=st.lists(FIGURES, max_size=10), from_zero=st.booleans())
def test_a_scale_over_values_holds_them_all_between_few_round_ticks(
    values: list[Decimal], from_zero: bool
) -> None:
    scale = scale_over(values, from_zero=from_zero)

    assert all(not scale.beyond(value) for value in values)
    assert 1 <= len(scale.ticks()) <= 6
    assert all(is_inside(tick.x) for tick in scale.ticks())


@given(figures=LISTS, has_axis=st.booleans())
def test_bars_are_inside_and_as_long_as_their_figures_order_them(
    figures: list[Any], has_axis: bool
) -> None:
    drawing = bars(
        [Item(str(place), figure) for place, figure in enumerate(figures)], has_axis=has_axis
    )

    assert [bar.item.figure for bar in drawing.bars] == figures
    assert all(is_inside(bar.x, bar.width) for bar in drawing.bars)
    drawn = [bar for bar in drawing.bars if isinstance(bar.item.figure, Decimal)]
    ordered = sorted(drawn, key=lambda bar: bar.item.figure)  # type: ignore[arg-type,return-value]
    ends = [bar.x if bar.item.figure < 0 else bar.x + bar.width for bar in ordered]  # type: ignore[operator]
    assert ends == sorted(ends)


@given(
    targets=st.lists(FIGURES, max_size=4).map(sorted),
    actual=ANY,
    last=ANY,
    is_lower_better=st.booleans(),
)
def test_a_bullet_is_inside_and_its_bands_fill_it(
    targets: list[Decimal], actual: Any, last: Any, is_lower_better: bool
) -> None:
    if is_lower_better:
        targets = targets[::-1]
    drawing = bullet(targets, actual, last=last, is_lower_better=is_lower_better)

    assert is_inside(Decimal(0), drawing.width)
    assert exact_sum([band.width for band in drawing.bands]) == 100
    places = [tick.x for tick in drawing.targets]
    assert places == sorted(places)
    assert 0 <= drawing.reached <= len(targets)


@given(figures=LISTS)
def test_a_strip_has_a_dot_for_each_figure_and_none_upon_another(figures: list[Any]) -> None:
    items = [Item(str(place), figure) for place, figure in enumerate(figures)]
    drawing = strip(items, low=Decimal(-100), high=Decimal(100))

    assert len(drawing.dots) + len(drawing.without) == len(items)
    assert len({(dot.x, dot.y) for dot in drawing.dots}) == len(drawing.dots)
    for dot in drawing.dots:
        assert 0 < dot.x < drawing.width
        assert 0 < dot.y < drawing.height
    assert [dot.x for dot in drawing.dots] == sorted(dot.x for dot in drawing.dots)


@given(figures=st.lists(ANY, max_size=8))
def test_a_spark_is_inside_and_goes_from_left_to_right(figures: list[Any]) -> None:
    drawing = spark([Year(str(place), figure) for place, figure in enumerate(figures)])

    for point in drawing.points:
        assert EDGE <= point.x <= WIDTH - EDGE
        assert EDGE <= point.y <= HEIGHT - EDGE
    assert all(before.x < after.x for before, after in pairwise(drawing.points))


@given(losses=st.lists(POSITIVE, max_size=10), end=POSITIVE)
def test_a_waterfall_goes_from_the_full_mark_to_the_score_without_a_remainder(
    losses: list[Decimal], end: Decimal
) -> None:
    full = Decimal(100)
    items = [Item(str(place), loss) for place, loss in enumerate(losses)]
    drawing = waterfall(full, items, end, full_label="", end_label="", rest_label="rest")

    changes = [step.change for step in drawing.steps if step.kind == "change"]
    assert EXACT.add(full, exact_sum(changes)) == end
    assert all(is_inside(step.x, step.width) for step in drawing.steps)
    assert drawing.steps[-2].left == end
    for before, step in pairwise(drawing.steps):
        assert step.from_x == before.to_x or step.kind != "change"


@given(pairs=st.lists(st.tuples(ANY, ANY), max_size=10), is_lower_better=st.booleans())
def test_dumbbells_are_inside_and_reached_means_not_left_of_the_target(
    pairs: list[tuple[Any, Any]], is_lower_better: bool
) -> None:
    drawing = dumbbells(
        [Pair(str(place), *pair) for place, pair in enumerate(pairs)],
        is_lower_better=is_lower_better,
    )

    for row in drawing.rows:
        assert is_inside(row.x, row.width)
        if row.is_reached is not None:
            assert row.target_x is not None
            assert row.actual_x is not None
            assert row.actual_x >= row.target_x if row.is_reached else row.actual_x <= row.target_x


@given(rows=st.lists(LISTS, max_size=5), by_row=st.booleans())
def test_a_larger_cell_is_never_lighter(rows: list[list[Any]], by_row: bool) -> None:
    drawing = heat(
        "",
        [],
        [(Item("", Missing.NONE), [Item("", figure) for figure in row]) for row in rows],
        by_row=by_row,
    )

    groups = [row.cells for row in drawing.rows]
    if not by_row:
        groups = [tuple(cell for cells in groups for cell in cells)]
    for cells in groups:
        figures = [cell for cell in cells if isinstance(cell.figure, Decimal) and cell.figure > 0]
        shades = [cell.shade for cell in sorted(figures, key=lambda cell: cell.figure)]  # type: ignore[arg-type,return-value]
        assert shades == sorted(shades)


@given(days=st.lists(st.tuples(DAYS, DAYS), max_size=8), first=DAYS, last=DAYS, today=DAYS)
def test_lanes_are_inside_and_no_span_is_longer_than_one_that_holds_it(
    days: list[tuple[date, date]], first: date, last: date, today: date
) -> None:
    first, last = sorted((first, last))
    spans = [Span("", *sorted(pair)) for pair in days]
    drawing = gantt(spans, first=first, last=last, today=today)

    assert all(is_inside(lane.x, lane.width) for lane in drawing.lanes)
    assert all(is_inside(month.x) for month in drawing.months)
    assert drawing.today_x is None or is_inside(drawing.today_x)


@given(
    values=st.lists(FIGURES, max_size=12),
    targets=st.lists(FIGURES, min_size=1, max_size=3),
    ends=st.tuples(FIGURES, FIGURES, FIGURES).map(sorted),
)
def test_a_projection_is_inside_its_height(
    values: list[Decimal], targets: list[Decimal], ends: list[Decimal]
) -> None:
    drawing = projection(list(enumerate(values, 1)), targets, tuple(ends), looked_at=1)  # type: ignore[arg-type]

    for dot in (*drawing.dots, drawing.low, drawing.middle, drawing.high):
        assert is_inside(dot.x)
        assert TOP <= dot.y <= BOTTOM
    assert drawing.high.y <= drawing.middle.y <= drawing.low.y
