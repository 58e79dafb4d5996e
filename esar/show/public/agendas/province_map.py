"""The provinces of an agenda on a map, each with what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from esar.agree.agendas.models import Holder
from esar.agree.agendas.queries import LEVELS, STANDARD
from esar.agree.scorecards.models import Kpi
from esar.judge.results.queries import newest_kpis
from esar.kernel.wording import Word
from esar.platform.charts import provinces as charts
from esar.platform.organisations.models import Body

STATES = ("reached", "not_reached", "no_report", "not_holder")
MARKS = {"reached": "●", "not_reached": "▲", "no_report": "◌", "not_holder": "–"}
LOOKS = {
    "reached": "rank-1",
    "not_reached": "striped",
    "no_report": "not_reported",
    "not_holder": "none",
}


@dataclass(frozen=True)
class Part:
    """What a province holds of the agenda, and what it came to in its newest published result."""

    holder: Holder
    target: Decimal | None = None
    actual: Decimal | None = None
    is_reached: bool | None = None


@dataclass(frozen=True)
class Province:
    """A province on the map: its parts, and the one state that they come to."""

    code: str
    body: Body | None
    parts: Sequence[Part] = ()

    @property
    def state(self) -> str:
        """Not reached where any part is not; else without a report where any has none."""
        verdicts = {part.is_reached for part in self.parts}
        if not verdicts:
            return "not_holder"
        if False in verdicts:
            return "not_reached"
        return "no_report" if None in verdicts else "reached"

    @property
    def mark(self) -> str:
        return MARKS[self.state]


@dataclass(frozen=True)
class ProvinceMap:
    """Every province, those that hold nothing too."""

    provinces: Sequence[Province]

    @cached_property
    def holding(self) -> list[Province]:
        """Those that hold something, by region and name."""
        rows = [province for province in self.provinces if province.parts]
        return sorted(rows, key=lambda row: (row.body.region_th, row.body.name_key))  # type: ignore[union-attr]

    def counts(self) -> list[tuple[str, str, int]]:
        """Each state with its mark and how many provinces are in it."""
        states = [province.state for province in self.provinces]
        return [(state, MARKS[state], states.count(state)) for state in STATES]

    def drawing(self) -> charts.Map:
        """The map, in the reader's language; a province that holds something leads to its page."""
        states = {name: _state(name) for name in STATES}
        rows = [_drawn(province, states[province.state]) for province in self.provinces]
        return charts.province_map(rows, list(states.values()), settings.REGISTRY)

    @property
    def reached(self) -> int:
        return sum(province.state == "reached" for province in self.provinces)

    @property
    def without_report(self) -> int:
        return sum(province.state == "no_report" for province in self.provinces)


def province_map(year: int, holders: Sequence[Holder]) -> ProvinceMap | None:
    """The map of an agenda's holders; None where no province is among them. Three queries."""
    holders_of: dict[str, list[Holder]] = {}
    for holder in holders:
        if holder.body.kind == Body.Kind.PROVINCE:
            holders_of.setdefault(holder.body.code, []).append(holder)
    if not holders_of:
        return None
    in_provinces = [holder for rows in holders_of.values() for holder in rows]
    parts = {part.holder.pk: part for part in _parts(year, in_provinces)}
    bodies = {body.code: body for body in Body.objects.filter(kind=Body.Kind.PROVINCE)}
    return ProvinceMap(
        [
            Province(
                code, bodies.get(code), [parts[holder.pk] for holder in holders_of.get(code, ())]
            )
            for code in charts.places(settings.REGISTRY)
        ]
    )


def _state(name: str) -> charts.State:
    glyph = "" if name == "not_holder" else MARKS[name]
    return charts.State(LOOKS[name], glyph, Word(f"agenda-map.{name}"))


def _drawn(province: Province, state: charts.State) -> charts.Province:
    body = province.body
    name = "" if body is None else body.name_en if get_language() == "en" else body.name_th
    leads = body is not None and bool(province.parts)
    href = reverse("public:agency", args=[province.code]) if leads else ""
    return charts.Province(province.code, name, state, href)


def _parts(year: int, holders: Sequence[Holder]) -> list[Part]:
    """What each came to by its KPI in the newest released result of its body. Two queries."""
    kpis = Kpi.objects.filter(
        scorecard__fiscal_year=year,
        template__indicator__in=[row.indicator_id for row in holders if row.indicator_id],
    )
    numbers = dict(kpis.values_list("template__indicator", "number"))
    results = newest_kpis(year, {holder.body_id for holder in holders})
    return [
        _part(
            holder,
            results.get(holder.body_id, {}).get(numbers.get(holder.indicator_id or 0, ""), {}),
        )
        for holder in holders
    ]


def _part(holder: Holder, kpi: Mapping[str, Any]) -> Part:
    """A figure against the standard of three targets; what else a KPI may be shows no verdict."""
    result = kpi.get("result", {})
    targets, actual = result.get("targets", ()), result.get("actual")
    if actual is None or len(targets) != LEVELS:
        return Part(holder)
    value, target = Decimal(actual), Decimal(targets[STANDARD])
    is_lower = result["direction"] == "lower"
    return Part(holder, target, value, value <= target if is_lower else value >= target)
