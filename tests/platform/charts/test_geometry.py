"""From figures to places in a drawing: exactly, rounded once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from esar.platform.charts.arrivals import Coming, arrivals
from esar.platform.charts.bars import Bar, bars
from esar.platform.charts.bullet import Band, bullet
from esar.platform.charts.course import course
from esar.platform.charts.dumbbell import Pair, dumbbells
from esar.platform.charts.figures import Item, Missing, figure_of, mark_of, written
from esar.platform.charts.gantt import Span, gantt
from esar.platform.charts.heat import heat
from esar.platform.charts.projection import projection
from esar.platform.charts.ruler import Grade, ruler
from esar.platform.charts.scale import Scale, Tick, scale_over
from esar.platform.charts.spark import Year, spark
from esar.platform.charts.strip import median_of, strip
from esar.platform.charts.waterfall import waterfall

GRADES = [
    Grade("best", Decimal(90), Decimal(100), "rank-1", "★"),
    Grade("high", Decimal(75), Decimal("89.99"), "rank-2", "●"),
    Grade("basic", Decimal(60), Decimal("74.99"), "rank-3", "◆"),
    Grade("low", Decimal(0), Decimal("59.99"), "rank-4", "▲"),
]


# --- Scales --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "place"),
    [("0", "0.00"), ("50", "25.00"), ("200", "100.00"), ("0.01", "0.01"), ("66.66", "33.33")],
)
def test_a_value_stands_where_its_share_of_the_span_is(value: str, place: str) -> None:
    assert Scale(Decimal(0), Decimal(200)).at(Decimal(value)) == Decimal(place)


def test_a_third_is_rounded_once_and_half_up() -> None:
    assert Scale(Decimal(0), Decimal(3)).at(Decimal(1)) == Decimal("33.33")
    assert Scale(Decimal(0), Decimal(8000)).at(Decimal(1)) == Decimal("0.01")  # 0.0125
    assert Scale(Decimal(0), Decimal(2000)).at(Decimal("0.1")) == Decimal("0.01")  # 0.005, a tie


def test_a_flipped_scale_has_the_least_at_its_right_end() -> None:
    scale = Scale(Decimal(10), Decimal(30), is_flipped=True)

    assert [scale.at(Decimal(value)) for value in (10, 15, 30)] == [
        Decimal(100),
        Decimal(75),
        Decimal(0),
    ]


def test_what_lies_outside_stands_on_the_end_and_is_said_to_be_beyond_it() -> None:
    scale = Scale(Decimal(10), Decimal(20))

    assert [scale.at(Decimal(value)) for value in (9, 21)] == [Decimal(0), Decimal(100)]
    assert [scale.beyond(Decimal(value)) for value in (9, 10, 20, 21)] == ["left", "", "", "right"]
    flipped = Scale(Decimal(10), Decimal(20), is_flipped=True)
    assert [flipped.beyond(Decimal(value)) for value in (9, 21)] == ["right", "left"]


def test_a_scale_without_a_span_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a span"):
        Scale(Decimal(5), Decimal(5))


def test_ticks_are_round_values_with_their_text_inside() -> None:
    assert Scale(Decimal(0), Decimal(100)).ticks() == (
        Tick(Decimal(0), Decimal(0), "start"),
        Tick(Decimal(50), Decimal(50), "middle"),
        Tick(Decimal(100), Decimal(100), "end"),
    )
    assert [tick.value for tick in Scale(Decimal("0.12"), Decimal("0.31")).ticks()] == [
        Decimal("0.15"),
        Decimal("0.2"),
        Decimal("0.25"),
        Decimal("0.3"),
    ]


def test_a_scale_over_values_has_round_ends_and_begins_at_zero() -> None:
    assert scale_over([Decimal(3), Decimal(17)]) == Scale(Decimal(0), Decimal(20))
    assert scale_over([Decimal(-3), Decimal(17)]) == Scale(Decimal(-5), Decimal(20))
    assert scale_over([Decimal(81), Decimal(97)], from_zero=False) == Scale(
        Decimal(80), Decimal(100)
    )
    assert scale_over([]) == scale_over([Decimal(0)]) == Scale(Decimal(0), Decimal(1))


def test_a_scale_around_one_value_has_room_on_both_sides() -> None:
    scale = scale_over([Decimal(50)], from_zero=False)

    assert scale.low < 50 < scale.high


# --- Why there is no figure ----------------------------------------------------------------------


def test_zero_and_each_reason_for_no_figure_have_marks_of_their_own() -> None:
    figures = [Decimal(1), Decimal(0), *Missing]
    marks = [mark_of(figure) for figure in figures]

    assert marks == ["figure", "zero", "none", "not_reported", "not_due", "not_applicable"]


def test_a_status_that_is_no_reason_leaves_nothing() -> None:
    assert figure_of("0") == Decimal(0)
    assert figure_of(None, "not_due") is Missing.NOT_DUE
    assert figure_of(None, "reported") is Missing.NONE
    assert figure_of("") is Missing.NONE


def test_figures_have_separators_a_true_minus_and_their_own_decimals() -> None:
    assert written(Decimal("1234.500")) == "1,234.5"
    assert written(Decimal("-0.5"), 2) == "−0.50"
    assert written(Decimal("2.345"), 2) == "2.35"


# --- Bars ----------------------------------------------------------------------------------------


def test_bars_begin_at_zero_and_the_longest_reaches_the_end() -> None:
    items = [
        Item("a", Decimal(5)),
        Item("b", Decimal(20)),
        Item("c", Decimal(0)),
        Item("d", Missing.NOT_DUE),
    ]

    assert bars(items).bars == (
        Bar(items[0], "figure", Decimal(0), Decimal(25)),
        Bar(items[1], "figure", Decimal(0), Decimal(100)),
        Bar(items[2], "zero", Decimal(0), Decimal(0)),
        Bar(items[3], "not_due"),
    )


def test_bars_below_zero_go_the_other_way() -> None:
    drawing = bars([Item("a", Decimal(30)), Item("b", Decimal(-10))])

    assert drawing.zero == Decimal(25)
    assert [(bar.x, bar.width) for bar in drawing.bars] == [
        (Decimal(25), Decimal(75)),
        (Decimal(0), Decimal(25)),
    ]


def test_a_bar_with_a_full_mark_is_its_share_of_that() -> None:
    drawing = bars(
        [Item("a", Decimal(15), full=Decimal(20)), Item("b", Decimal(15), full=Decimal(60))]
    )

    assert [bar.width for bar in drawing.bars] == [Decimal(75), Decimal(25)]


def test_all_may_be_held_to_a_most_that_none_reaches() -> None:
    assert bars([Item("a", Decimal(15))], most=Decimal(60)).bars[0].width == Decimal(25)


def test_no_rows_are_a_chart_without_rows() -> None:
    assert bars([]).bars == ()
    assert bars([Item("a", Decimal(0)), Item("b", Decimal(0))]).bars[1].width == Decimal(0)


# --- Bullets -------------------------------------------------------------------------------------


def test_targets_of_a_bullet_stand_at_a_quarter_and_three_quarters() -> None:
    drawing = bullet([Decimal(60), Decimal(70), Decimal(80)], Decimal(75), last=Decimal(65))

    assert [tick.x for tick in drawing.targets] == [Decimal(25), Decimal(50), Decimal(75)]
    assert drawing.bands == (
        Band(Decimal(0), Decimal(25), 1),
        Band(Decimal(25), Decimal(25), 2),
        Band(Decimal(50), Decimal(25), 3),
        Band(Decimal(75), Decimal(25), 4),
    )
    assert (drawing.width, drawing.last_x, drawing.reached) == (
        Decimal("62.50"),
        Decimal("37.50"),
        2,
    )


def test_where_less_is_better_right_is_still_better() -> None:
    drawing = bullet(
        [Decimal(26), Decimal(23), Decimal(20)],
        Decimal("22.5"),
        last=Decimal(25),
        is_lower_better=True,
    )

    assert [tick.x for tick in drawing.targets] == [Decimal(25), Decimal(50), Decimal(75)]
    assert drawing.width == Decimal("54.17")
    assert drawing.last_x == Decimal("33.33")
    assert drawing.reached == 2


def test_results_beyond_the_bullet_stand_on_its_ends() -> None:
    drawing = bullet([Decimal(60), Decimal(70), Decimal(80)], Decimal(99), last=Decimal(1))

    assert (drawing.width, drawing.actual_beyond) == (Decimal(100), "right")
    assert (drawing.last_x, drawing.last_beyond) == (Decimal(0), "left")


@pytest.mark.parametrize("missing", list(Missing))
def test_a_bullet_without_a_result_has_its_targets_and_a_mark(missing: Missing) -> None:
    drawing = bullet([Decimal(60), Decimal(70), Decimal(80)], missing)

    assert (drawing.mark, drawing.width, drawing.reached) == (missing.value, Decimal(0), 0)
    assert [tick.x for tick in drawing.targets] == [Decimal(25), Decimal(50), Decimal(75)]


def test_one_target_is_held_against_zero() -> None:
    drawing = bullet([Decimal(80)], Decimal(40))

    assert [tick.x for tick in drawing.targets] == [Decimal("86.96")]  # of 92, which leaves room
    assert drawing.width == Decimal("43.48")


def test_a_bullet_may_have_no_target_and_no_result() -> None:
    drawing = bullet([], Missing.NONE)

    assert drawing.targets == ()
    assert drawing.bands == (Band(Decimal(0), Decimal(100), 1),)


def test_equal_targets_stand_at_one_place() -> None:
    drawing = bullet([Decimal(80), Decimal(80), Decimal(80)], Decimal(80))

    assert {tick.x for tick in drawing.targets} == {drawing.width}
    assert drawing.reached == 3


# --- Distribution --------------------------------------------------------------------------------


def test_dots_of_one_place_stand_on_each_other() -> None:
    items = [
        Item("a", Decimal(50)),
        Item("b", Decimal(50)),
        Item("c", Decimal(0)),
        Item("d", Missing.NOT_REPORTED),
    ]
    drawing = strip(items, low=Decimal(0), high=Decimal(100))

    assert [(dot.item.label, dot.x, dot.y) for dot in drawing.dots] == [
        ("c", 8, 56),
        ("a", 520, 56),
        ("b", 520, 40),
    ]
    assert [item.label for item in drawing.without] == ["d"]
    assert drawing.height == 64


def test_the_best_stands_inside_the_strip() -> None:
    drawing = strip([Item("a", Decimal(100))], low=Decimal(0), high=Decimal(100), marked=["a"])

    assert [(dot.x, dot.is_marked) for dot in drawing.dots] == [(1016, True)]
    assert drawing.width == 1024


def test_the_middle_of_figures() -> None:
    assert median_of([Decimal(1), Decimal(5), Decimal(7)]) == Decimal(5)
    assert median_of([Decimal(1), Decimal(5), Decimal(8), Decimal(9)]) == Decimal("6.5")
    assert strip([], low=Decimal(0), high=Decimal(1)).median is None


def test_a_glyph_stands_in_the_middle_of_its_grade() -> None:
    cuts = [(grade.least, grade.look, grade.glyph) for grade in GRADES]
    drawing = strip([], low=Decimal(0), high=Decimal(100), cuts=cuts)

    assert [(cut.glyph, cut.tick.x, cut.middle) for cut in drawing.cuts] == [
        ("▲", Decimal(0), Decimal(30)),
        ("◆", Decimal(60), Decimal("67.50")),
        ("●", Decimal(75), Decimal("82.50")),
        ("★", Decimal(90), Decimal(95)),
    ]


# --- Years ---------------------------------------------------------------------------------------


def test_years_stand_from_edge_to_edge_and_are_joined() -> None:
    years = [Year("2565", Decimal(50)), Year("2566", Decimal(75)), Year("2567", Decimal(100))]
    drawing = spark(years, low=Decimal(50), high=Decimal(100))

    assert [(point.x, point.y) for point in drawing.points] == [
        (Decimal(4), Decimal(22)),
        (Decimal(36), Decimal(13)),
        (Decimal(68), Decimal(4)),
    ]
    assert drawing.lines == ("4.0,22.0 36.0,13.0 68.0,4.0",)
    assert drawing.last is drawing.points[-1]


def test_nothing_joins_years_across_a_gap_or_another_regime() -> None:
    years = [
        Year("2561", Decimal(50), "a"),
        Year("2562", Decimal(60), "a"),
        Year("2563", Decimal(60), "b"),
        Year("2564", Missing.NOT_REPORTED, "b"),
        Year("2565", Decimal(70), "b"),
        Year("2566", Decimal(80), "b"),
        Year("2567", Missing.NOT_DUE, "b"),
    ]
    drawing = spark(years, low=Decimal(0), high=Decimal(100))

    assert [len(line.split()) for line in drawing.lines] == [2, 2]
    assert [point.mark for point in drawing.points][3] == "not_reported"
    assert drawing.last is not None
    assert drawing.last.year.label == "2566"


def test_one_year_stands_where_the_newest_belongs() -> None:
    drawing = spark([Year("2567", Decimal(80))])

    assert [point.x for point in drawing.points] == [Decimal(68)]
    assert drawing.lines == ()
    assert spark([]).last is None


# --- The ruler of grades -------------------------------------------------------------------------


def test_a_score_stands_in_its_grade_and_knows_how_far_the_next_is() -> None:
    drawing = ruler(GRADES, Decimal("88.57"), full=Decimal(100), last=Decimal(60))

    assert [(row.grade.label, row.x, row.width, row.is_here) for row in drawing.segments] == [
        ("low", Decimal(0), Decimal(60), False),
        ("basic", Decimal(60), Decimal(15), False),
        ("high", Decimal(75), Decimal(15), True),
        ("best", Decimal(90), Decimal(10), False),
    ]
    assert (drawing.x, drawing.last_x) == (Decimal("88.57"), Decimal(60))
    assert drawing.next is GRADES[0]
    assert drawing.short_of_next == Decimal("1.43")


def test_between_two_grades_as_printed_the_lower_one_holds() -> None:
    assert ruler(GRADES, Decimal("89.995"), full=Decimal(100)).here is GRADES[1]
    assert ruler(GRADES, Decimal(90), full=Decimal(100)).here is GRADES[0]
    assert ruler(GRADES, Decimal(90), full=Decimal(100)).next is None


def test_no_score_is_in_no_grade() -> None:
    drawing = ruler(GRADES, Missing.NOT_REPORTED, full=Decimal(100))

    assert (drawing.x, drawing.here, drawing.next, drawing.short_of_next) == (None,) * 4
    assert drawing.mark == "not_reported"


def test_a_score_of_zero_stands_in_the_lowest_grade() -> None:
    drawing = ruler(GRADES, Decimal(0), full=Decimal(100))

    assert (drawing.x, drawing.here) == (Decimal(0), GRADES[3])


# --- What was lost -------------------------------------------------------------------------------


def _waterfall(
    losses: list[Item], end: str, full: str = "100"
) -> list[tuple[str, Decimal, Decimal]]:
    drawing = waterfall(
        Decimal(full), losses, Decimal(end), full_label="full", end_label="end", rest_label="rest"
    )
    return [(step.item.label, step.change, step.left) for step in drawing.steps]


def test_losses_lead_from_the_full_mark_to_the_score() -> None:
    losses = [Item("a", Decimal(6)), Item("b", Decimal(4))]

    assert _waterfall(losses, "90") == [
        ("full", Decimal(100), Decimal(100)),
        ("a", Decimal(-6), Decimal(94)),
        ("b", Decimal(-4), Decimal(90)),
        ("end", Decimal(90), Decimal(90)),
    ]


def test_what_losses_do_not_explain_is_a_step_of_its_own() -> None:
    assert _waterfall([Item("a", Decimal(6))], "90.5")[2] == (
        "rest",
        Decimal("-3.5"),
        Decimal("90.5"),
    )
    assert _waterfall([Item("a", Decimal(6))], "95")[2] == ("rest", Decimal(1), Decimal(95))


def test_nothing_lost_is_two_whole_bars() -> None:
    assert [row[0] for row in _waterfall([], "100")] == ["full", "end"]
    assert [row[0] for row in _waterfall([Item("a", Decimal(100))], "0")] == ["full", "a", "end"]


def test_steps_of_a_waterfall_stand_on_a_scale_that_begins_below_the_score() -> None:
    drawing = waterfall(
        Decimal(100),
        [Item("a", Decimal(6)), Item("b", Decimal(4))],
        Decimal(90),
        full_label="full",
        end_label="end",
        rest_label="rest",
        cuts=[Decimal(60), Decimal(95)],
    )

    assert drawing.begins_at == Decimal(88)
    assert [(step.x, step.width) for step in drawing.steps] == [
        (Decimal(0), Decimal(100)),
        (Decimal(50), Decimal(50)),
        (Decimal("16.67"), Decimal("33.33")),
        (Decimal(0), Decimal("16.67")),
    ]
    assert [cut.value for cut in drawing.cuts] == [Decimal(95)]


# --- Target and actual ---------------------------------------------------------------------------


def test_a_dumbbell_joins_its_target_and_its_actual() -> None:
    pairs = [Pair("a", Decimal(80), Decimal(100)), Pair("b", Decimal(90), Decimal(85))]
    drawing = dumbbells(pairs)

    assert [
        (row.target_x, row.actual_x, row.x, row.width, row.is_reached) for row in drawing.rows
    ] == [
        (Decimal(0), Decimal(100), Decimal(0), Decimal(100), True),
        (Decimal(50), Decimal(25), Decimal(25), Decimal(25), False),
    ]
    assert drawing.reached == 1


def test_a_dumbbell_where_less_is_better_is_turned_round() -> None:
    drawing = dumbbells([Pair("a", Decimal(100), Decimal(80))], is_lower_better=True)

    assert [(row.target_x, row.actual_x, row.is_reached) for row in drawing.rows] == [
        (Decimal(0), Decimal(100), True)
    ]


def test_a_dumbbell_with_one_end_missing_says_nothing_of_reaching() -> None:
    pairs = [Pair("a", Decimal(80), Missing.NOT_DUE), Pair("b", Missing.NONE, Decimal(90))]
    drawing = dumbbells(pairs)

    assert [(row.mark, row.is_reached, row.width) for row in drawing.rows] == [
        ("not_due", None, Decimal(0)),
        ("figure", None, Decimal(0)),
    ]
    assert drawing.reached == 0


# --- The heat grid -------------------------------------------------------------------------------


def test_shades_are_quarters_of_the_largest_and_a_zero_has_none() -> None:
    cells = [Item("", Decimal(figure)) for figure in (0, 1, 24, 25, 50, 75, 100)]
    drawing = heat("", range(7), [(Item("a", Missing.NONE), [*cells])])

    assert [cell.shade for cell in drawing.rows[0].cells] == [0, 1, 1, 2, 3, 5, 5]
    assert drawing.rows[0].cells[0].mark == "zero"


def test_shades_may_be_of_the_sum_of_a_row() -> None:
    rows = [
        (Item("a", Missing.NONE), [Item("", Decimal(3)), Item("", Decimal(1))]),
        (Item("b", Missing.NONE), [Item("", Decimal(30)), Item("", Missing.NOT_DUE)]),
        (Item("c", Missing.NONE), [Item("", Decimal(0)), Item("", Decimal(0))]),
    ]
    drawing = heat("", ["x", "y"], rows, by_row=True)

    assert [[cell.shade for cell in row.cells] for row in drawing.rows] == [[5, 2], [5, 0], [0, 0]]


# --- Days ----------------------------------------------------------------------------------------


def test_a_span_begins_with_its_first_day_and_ends_with_its_last() -> None:
    first, last = date(2024, 1, 1), date(2024, 4, 9)  # 100 days
    spans = [
        Span("a", date(2024, 1, 11), date(2024, 1, 20)),
        Span("b", date(2024, 1, 1), date(2024, 1, 1)),
        Span("c", date(2023, 12, 1), date(2024, 1, 5)),
        Span("d", date(2025, 1, 1), date(2025, 2, 1)),
    ]
    drawing = gantt(spans, first=first, last=last, today=date(2024, 1, 15))

    assert [(lane.x, lane.width, lane.is_point) for lane in drawing.lanes] == [
        (Decimal(10), Decimal(10), False),
        (Decimal("0.50"), Decimal(0), True),
        (Decimal(0), Decimal(5), False),
        (Decimal(100), Decimal(0), False),
    ]
    assert [(lane.is_past, lane.is_now) for lane in drawing.lanes] == [
        (False, True),
        (True, False),
        (True, False),
        (False, False),
    ]
    assert drawing.today_x == Decimal("14.50")
    assert [(month.day, month.x) for month in drawing.months] == [
        (date(2024, 1, 1), Decimal(0)),
        (date(2024, 2, 1), Decimal(31)),
        (date(2024, 3, 1), Decimal(60)),
        (date(2024, 4, 1), Decimal(91)),
    ]


def test_a_day_outside_is_not_today_on_the_chart() -> None:
    drawing = gantt([], first=date(2024, 1, 1), last=date(2024, 1, 31), today=date(2024, 2, 1))

    assert drawing.today_x is None


def test_a_year_that_begins_in_a_month_marks_the_months_after_it() -> None:
    drawing = gantt([], first=date(2023, 12, 15), last=date(2024, 2, 1))

    assert [month.day for month in drawing.months] == [date(2024, 1, 1), date(2024, 2, 1)]


# --- Projections ---------------------------------------------------------------------------------


def test_months_and_range_stand_by_their_values() -> None:
    path = [(1, Decimal(0)), (12, Decimal(100))]
    drawing = projection(path, [Decimal(50)], (Decimal(20), Decimal(50), Decimal(80)), looked_at=1)

    assert [(dot.x, dot.y) for dot in drawing.dots] == [
        (Decimal(1), Decimal("208.3")),
        (Decimal(99), Decimal("31.7")),
    ]
    assert [(line.y, line.is_looked_at) for line in drawing.targets] == [(Decimal("120.0"), True)]
    assert drawing.fan == "99.00,31.7 99.00,67.0 99.00,173.0"


def test_texts_of_near_targets_move_apart_and_the_lines_stay() -> None:
    drawing = projection(
        [(1, Decimal(0))],
        [Decimal(50), Decimal(51), Decimal(52)],
        (Decimal(0), Decimal(50), Decimal(100)),
        looked_at=3,
    )
    heights = sorted(line.text_y for line in drawing.targets)

    assert [upper - lower for lower, upper in pairwise(heights)] == [19, 19]
    assert [line.value for line in drawing.targets] == [Decimal(50), Decimal(51), Decimal(52)]


def test_a_projection_may_know_no_month_and_be_flat() -> None:
    drawing = projection([], [Decimal(5)], (Decimal(5), Decimal(5), Decimal(5)), looked_at=1)

    assert drawing.line == ""
    assert drawing.start.x == Decimal("1.00")


# --- Arrivals ------------------------------------------------------------------------------------

DUE = date(2024, 4, 30)


def test_a_line_climbs_on_each_day_by_what_came_and_ends_today() -> None:
    drawing = arrivals(Coming("now", (-20, -10, -10)), due=DUE, day=-5, all=4)
    (climb,) = drawing.climbs

    # 150 px for four: 37.5 each; thirty days before the last one to it.
    assert climb.line == ("0,184 33.33,184 33.33,146.5 66.67,146.5 66.67,71.5 83.33,71.5")
    assert (climb.count, climb.x, climb.y) == (3, Decimal("83.33"), Decimal("71.5"))


def test_another_year_is_drawn_whole_and_counted_on_the_same_day() -> None:
    before = Coming("before", (-30, -5, 0, 2))
    drawing = arrivals(Coming("now", (-6, -4)), [before], due=DUE, day=-5, all=4)

    assert [climb.count for climb in drawing.climbs] == [1, 2]
    assert drawing.climbs[1].x == 100
    assert drawing.due_x == Decimal("93.75"), "30 of 32 days"


def test_what_came_after_the_day_is_not_known_and_the_table_says_nothing_of_it() -> None:
    before = Coming("before", (-9, 0))
    drawing = arrivals(Coming("now", (-9, -1)), [before], due=DUE, day=-5, all=4)

    assert drawing.table().rows == (
        (date(2024, 4, 21), Decimal(1), Decimal(1)),
        (date(2024, 4, 30), "", Decimal(2)),
    )


def test_a_line_of_a_year_that_is_over_ends_where_the_last_came() -> None:
    drawing = arrivals(Coming("now", (-1, 3)), due=DUE, day=200, all=2)

    assert (drawing.climbs[0].x, drawing.climbs[0].count) == (100, 2)


def test_nothing_that_came_is_a_line_on_the_ground() -> None:
    (climb,) = arrivals(Coming("now", ()), due=DUE, day=-15, all=0).climbs

    assert (climb.line, climb.count) == ("0,184 50.00,184", 0)


def test_counts_are_marked_apart_up_to_all() -> None:
    def marked(all: int) -> list[int]:
        return [level.count for level in arrivals(Coming("", ()), due=DUE, day=0, all=all).levels]

    assert [marked(230), marked(76), marked(1)] == [[0, 100, 230], [0, 20, 40, 60, 76], [0, 1]]


# --- Courses -------------------------------------------------------------------------------------


def test_a_course_has_earlier_years_and_then_the_targets_at_their_heights() -> None:
    drawing = course(
        [(2564, Decimal(50)), (2565, None), (2566, Decimal(70))],
        [("first", Decimal(75)), ("hardest", Decimal(100))],
        year=2567,
    )

    assert [(past.x, past.y) for past in drawing.past] == [
        (Decimal("8.00"), Decimal("137.8")),
        (Decimal("37.00"), Decimal("148.0")),
        (Decimal("66.00"), Decimal("97.2")),
    ]
    assert [(level.label, level.y) for level in drawing.levels] == [
        ("first", Decimal("87.0")),
        ("hardest", Decimal("36.2")),
    ]
    assert drawing.lines == []
    assert drawing.step == Decimal(30)


@pytest.mark.parametrize(
    ("newest", "hardest", "is_lower_better", "step"),
    [("70", "90", False, "20"), ("95", "90", False, "-5"), ("26", "20", True, "6")],
)
def test_the_step_of_a_course_is_towards_the_better(
    newest: str, hardest: str, is_lower_better: bool, step: str
) -> None:
    drawing = course(
        [(2566, Decimal(newest))],
        [("", Decimal(hardest))],
        year=2567,
        is_lower_better=is_lower_better,
    )

    assert drawing.step == Decimal(step)


def test_a_course_may_have_results_alone_or_targets_alone() -> None:
    results_alone = course([(2565, Decimal(0)), (2566, Decimal(0))], [], year=2567)
    targets_alone = course([(2566, None)], [("", Decimal(5))], year=2567)

    assert (results_alone.step, targets_alone.step) == (None, None)
    assert [len(drawing.lines) for drawing in (results_alone, targets_alone)] == [1, 0]
    assert targets_alone.spoken("en") == "2566 –, targets 5"


@pytest.mark.parametrize(("is_lower_better", "sign"), [(True, "≤ "), (False, "≥ "), (None, "")])
def test_a_course_whose_better_way_is_not_chosen_says_no_sign(
    is_lower_better: bool | None, sign: str
) -> None:
    drawing = course(
        [(2566, Decimal(1))], [("", Decimal(5))], year=2567, is_lower_better=is_lower_better
    )

    assert (drawing.sign, drawing.step is None) == (sign, is_lower_better is None)
