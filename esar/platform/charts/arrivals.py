"""How much had come by which day, against another time and the last day. Pure geometry.

Days are counted from the last day, which is 0: what is held against another year is as far from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from esar.kernel.wording import Language, Word
from esar.law.rules.numbers import round_ratio
from esar.platform.charts.figures import shown
from esar.platform.charts.scale import Scale, Tick, round_step
from esar.platform.charts.table import Table

HEIGHT, TOP, BOTTOM = 220, 34, 184  # px; the last day is named above, days below the ground
LEAD = 30  # days before the last one that are always drawn


@dataclass(frozen=True)
class Coming:
    """What came on which days, in days from the last day; where the list of it is."""

    label: Any
    days: tuple[int, ...]
    href: str = ""

    def by(self, day: int) -> int:
        """How much had come by the end of a day."""
        return sum(came <= day for came in self.days)


@dataclass(frozen=True)
class Climb:
    """A line that climbs a step for each day on which something came; `line` are its points.

    `count` is what had come by the day of the drawing, wherever the line itself ends.
    """

    coming: Coming
    count: int
    line: str
    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Level:
    """A count that is marked across."""

    count: int
    y: Decimal


@dataclass(frozen=True)
class Arrivals:
    """The first line is the one that is told of, up to `day`; others stand behind it, whole."""

    climbs: tuple[Climb, ...]
    levels: tuple[Level, ...]
    days: tuple[tuple[date, Tick], ...]
    due: date
    due_x: Decimal
    day: int
    height: int = HEIGHT
    top: int = TOP
    ground: int = BOTTOM
    template: ClassVar[str] = "charts/arrivals.html"

    def spoken(self, language: Language) -> str:
        """What had come by the day, of each line."""
        return "; ".join(
            f"{shown(climb.coming.label, language)} {climb.count}" for climb in self.climbs
        )

    def table(self) -> Table:
        """A row for each day on which something came, as a day before or after the last one."""
        days = sorted({day for climb in self.climbs for day in climb.coming.days})
        rows = tuple(
            (self.due + timedelta(days=day), *(self._by(climb, day) for climb in self.climbs))
            for day in days
        )
        return Table((Word("chart.by_day"), *(climb.coming.label for climb in self.climbs)), rows)

    def _by(self, climb: Climb, day: int) -> Decimal | str:
        """How much had come; of the line that is told of nothing is known after the day."""
        is_ahead = climb is self.climbs[0] and day > self.day
        return "" if is_ahead else Decimal(climb.coming.by(day))


def arrivals(
    coming: Coming, before: Sequence[Coming] = (), *, due: date, day: int, all: int
) -> Arrivals:
    """From a month before the last day, or from the first that came, to it, or to the last.

    `day` is how far from the last day one is, before it below zero. `all` is how many are to come:
    the top of the drawing, unless more came.
    """
    coming = replace(coming, days=tuple(came for came in coming.days if came <= day))
    every_day = [came for line in (coming, *before) for came in line.days]
    first, last = min([-LEAD, *every_day]), max([0, *every_day])
    across = Scale(Decimal(first), Decimal(last))
    most = max([all, 1, *(len(line.days) for line in (coming, *before))])
    climbs = [_climb(coming, across, min(max(day, first), last), most, day)]
    climbs += [_climb(line, across, last, most, day) for line in before]
    far = [last] if last * 5 > last - first else []  # else its name would lie on the last day's
    days = ((due + timedelta(days=mark), _named(across, mark)) for mark in (first, 0, *far))
    due_x = across.at(Decimal(0))
    return Arrivals(tuple(climbs), _levels(most), tuple(days), due, due_x, day)


def _named(across: Scale, day: int) -> Tick:
    """Where a day's name stands; a whole date is wide, and stays inside."""
    x = across.at(Decimal(day))
    return Tick(x, Decimal(day), "start" if x < 25 else "end" if x > 75 else "middle")


def _climb(coming: Coming, across: Scale, end: int, most: int, day: int) -> Climb:
    """From nothing at the left edge, up on each day, level to where it ends."""
    points, y, count = [f"0,{BOTTOM}"], Decimal(BOTTOM), 0
    for came, more in sorted(Counter(coming.days).items()):
        x = across.at(Decimal(came))
        points.append(f"{x},{y}")
        count += more
        y = _y(count, most)
        points.append(f"{x},{y}")
    x = across.at(Decimal(end))
    return Climb(coming, coming.by(day), " ".join([*points, f"{x},{y}"]), x, y)


def _levels(most: int) -> tuple[Level, ...]:
    """Round counts, and all of them; none that is written over another."""
    step = max(1, int(round_step(Decimal(most), 4)))
    counts = [*range(0, most - step // 2, step), most]
    return tuple(Level(count, _y(count, most)) for count in counts)


def _y(count: int, most: int) -> Decimal:
    return BOTTOM - round_ratio(Decimal(count * (BOTTOM - TOP)), Decimal(most), 1)
