"""A KPI as pictures: each body's target and what it came to, and where on the map."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from esar.kernel.wording import Word
from esar.platform.charts import provinces as maps
from esar.platform.charts.dumbbell import Dumbbells, Pair, dumbbells
from esar.platform.charts.figures import Figure, Item, Missing, figure_of, look_of_rank
from esar.platform.charts.strip import Strip, strip
from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.show.public.measures.queries import HUNDRED, Holder, Measure
from esar.show.public.standings.drawings import short_name

STATES = {
    "reached": maps.State("rank-1", "●", Word("agenda-map.reached")),
    "not_reached": maps.State("striped", "▲", Word("agenda-map.not_reached")),
    "no_report": maps.State("not_reported", "◌", Word("agenda-map.no_report")),
    "not_holder": maps.State("none", "", Word("public.not_holder")),
}


def result_of(holder: Holder) -> str:
    """The address of the KPI in its body's result."""
    result = holder.result
    args = [result.fiscal_year, result.round_id, holder.body.code]
    return f"{reverse('public:scorecard', args=args)}#kpi-{holder.fact.number}"


def dumbbells_of(measure: Measure, *, in_per_cent: bool) -> Dumbbells | None:
    """Each body's standard target and its result; in per cent of the target all targets are 100.

    None of points that are given.
    """
    if not measure.has_targets:
        return None
    pairs = [
        Pair(
            short_name(row.body),
            _target(row, in_per_cent),
            _actual(row, in_per_cent),
            result_of(row),
        )
        for row in measure.ordered
    ]
    is_flipped = measure.is_lower_better and not in_per_cent
    return dumbbells(pairs, is_lower_better=is_flipped, places=2)


def _target(row: Holder, in_per_cent: bool) -> Figure:
    if row.fact.standard is None:
        return Missing.NONE
    return HUNDRED if in_per_cent else row.fact.standard


def _actual(row: Holder, in_per_cent: bool) -> Figure:
    if isinstance(row.fact.actual, Missing):
        return row.fact.actual
    return figure_of(row.share) if in_per_cent else row.fact.actual


def points_of(measure: Measure, year: int) -> Strip | None:
    """A dot for the points of each body, where points are given; None of fewer than three."""
    items = [
        Item(
            short_name(row.body),
            figure_of(row.fact.points, row.fact.status),
            look_of_rank(2),
            href=result_of(row),
        )
        for row in measure.holders
    ]
    counted = [item for item in items if isinstance(item.figure, Decimal)]
    if measure.has_targets or len(counted) < 3:
        return None
    return strip(items, low=Decimal(0), high=books.scale(year), places=2)


def map_of(measure: Measure) -> maps.Map | None:
    """The provinces by whether they reached their target; None of departments, or of points."""
    if measure.kind != Body.Kind.PROVINCE or not measure.has_targets:
        return None
    holders = {row.body.code: row for row in measure.holders}
    provinces = [_province(code, holders.get(code)) for code in maps.places(settings.REGISTRY)]
    return maps.province_map(provinces, list(STATES.values()), settings.REGISTRY)


def _province(code: str, holder: Holder | None) -> maps.Province:
    if holder is None:
        return maps.Province(code, "", STATES["not_holder"])
    state = {True: "reached", False: "not_reached", None: "no_report"}[holder.fact.is_reached]
    note = holder.fact.actual if isinstance(holder.fact.actual, Decimal) else ""
    name = short_name(holder.body)
    return maps.Province(code, name, STATES[state], result_of(holder), note)
