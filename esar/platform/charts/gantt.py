"""A Gantt: what lasts from which day to which, under a line of months. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from esar.kernel.wording import Word
from esar.platform.charts.scale import Scale
from esar.platform.charts.table import Table, name_cell

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """What lasts from its first day to its last, both of them in it; one day is a point."""

    label: Any
    first: date
    last: date
    look: str = "brand"
    href: str = ""


@dataclass(frozen=True)
class Lane:
    """A span as a bar, or as a point at the middle of its one day; places in per cent."""

    span: Span
    x: Decimal
    width: Decimal
    is_point: bool
    is_past: bool
    is_now: bool


@dataclass(frozen=True)
class Month:
    """The first day of a month on the line, its place, and how its name is anchored."""

    day: date
    x: Decimal


@dataclass(frozen=True)
class Gantt:
    """Lanes in the order they were given, from the first day to the last; `today_x` where it is."""

    lanes: tuple[Lane, ...]
    months: tuple[Month, ...]
    today: date | None
    today_x: Decimal | None
    template: ClassVar[str] = "charts/gantt.html"

    def table(self) -> Table:
        """First and last day of each."""
        rows = tuple(
            (name_cell(lane.span.label, lane.span.href), lane.span.first, lane.span.last)
            for lane in self.lanes
        )
        head = ("chart.item", "chart.first_day", "chart.last_day")
        return Table(tuple(map(Word, head)), rows)


def gantt(
    spans: Sequence[Span],
    *,
    first: date,
    last: date,
    today: date | None = None,
) -> Gantt:
    """Spans between two days; what lies outside is cut at the edge, what is wholly outside stays
    in the table and is drawn as nothing.

    Errors: ValueError where `last` is before `first`.
    """
    scale = Scale(Decimal(first.toordinal()), Decimal(last.toordinal() + 1))
    lanes = tuple(_lane(span, scale, today) for span in spans)
    is_inside = today is not None and first <= today <= last
    today_x = _middle(scale, today) if today is not None and is_inside else None
    return Gantt(lanes, _months(first, last, scale), today, today_x)


def _lane(span: Span, scale: Scale, today: date | None) -> Lane:
    begin, end = _at(scale, span.first), _at(scale, span.last + DAY)
    is_past = today is not None and span.last < today
    is_now = today is not None and span.first <= today <= span.last
    is_point = span.first == span.last and begin < end
    x = _middle(scale, span.first) if is_point else begin
    return Lane(span, x, Decimal(0) if is_point else end - begin, is_point, is_past, is_now)


def _at(scale: Scale, day: date) -> Decimal:
    return scale.at(Decimal(day.toordinal()))


def _middle(scale: Scale, day: date) -> Decimal:
    return scale.at(Decimal(day.toordinal()) + Decimal("0.5"))


def _months(first: date, last: date, scale: Scale) -> tuple[Month, ...]:
    """The first day of each month that begins between the two."""
    months, day = [], first if first.day == 1 else _next_month(first)
    while day <= last:
        months.append(Month(day, _at(scale, day)))
        day = _next_month(day)
    return tuple(months)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1)
