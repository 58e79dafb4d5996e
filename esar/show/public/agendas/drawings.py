"""An agenda as pictures: its year by quarters, its chain by national targets, who takes part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from esar.kernel.wording import Phrase, Word
from esar.law.rules.numbers import EXACT, round_ratio
from esar.law.rules.years import FiscalYear
from esar.platform.charts.bars import Bars, bars
from esar.platform.charts.figures import Item, Missing
from esar.platform.charts.heat import Heat, heat
from esar.show.public.agendas.queries import AgendaView, Gauge


@dataclass(frozen=True)
class Quarters:
    """A main indicator over the quarters of the year, counted up, each of its target."""

    gauge: Gauge
    target: Decimal
    drawing: Bars

    @property
    def newest(self) -> Decimal:
        value: Decimal = self.gauge.values[-1].value
        return value

    @property
    def share(self) -> Decimal:
        """What the newest value is of the target, in per cent."""
        return round_ratio(EXACT.multiply(self.newest, Decimal(100)), self.target, 2)

    @property
    def short(self) -> Decimal:
        """What is left to the target; below zero where it was passed."""
        return EXACT.subtract(self.target, self.newest)


def quarters_of(gauge: Gauge, year: int, day: date) -> Quarters | None:
    """None without a target or a value: there is nothing to draw."""
    if gauge.target is None or not gauge.values:
        return None
    items = [
        Item(
            Phrase("agenda.quarter", {"quarter": quarter}),
            row.value if row else _why_none(year, quarter, day),
            full=gauge.target,
        )
        for quarter, row in enumerate(gauge.quarters, start=1)
    ]
    return Quarters(gauge, gauge.target, bars(items))


def _why_none(year: int, quarter: int, day: date) -> Missing:
    is_over = FiscalYear(year).quarter_end(quarter) < day
    return Missing.NOT_REPORTED if is_over else Missing.NOT_DUE


def chain_of(view: AgendaView, year: int) -> Heat:
    """How many sub-indicators serve each national target at each stage, leading to them."""
    stages = view.rule.value.stages
    counts = Counter((sub.national_target, sub.stage) for sub in view.subs)
    rows = []
    for target in view.rule.value.national_targets:
        cells = [
            Item(
                stage.label,
                Decimal(counts[target.id, stage.id]),
                href=_subs(view, year, target=target.id, stage=stage.id)
                if counts[target.id, stage.id]
                else "",
            )
            for stage in stages
        ]
        rows.append((Item(target.label, Missing.NONE), cells))
    return heat(Word("label.national_target"), [stage.label for stage in stages], rows)


def _subs(view: AgendaView, year: int, **asks: str) -> str:
    """The list of those that are in force."""
    query = {"year": year, "agenda": view.key, "standing": "in_force", **asks}
    return f"{reverse('public:sub-indicators')}?{urlencode(query)}"


def bodies_of(view: AgendaView) -> Bars:
    """The classes of bodies that take part, each with how many."""
    return bars(
        [Item(Word(f"value.{column}"), Decimal(count)) for column, count in view.counts if count]
    )
