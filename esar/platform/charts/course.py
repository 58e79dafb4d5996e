"""A course: what earlier years came to, and the targets of this year. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar

from esar.kernel.wording import Language, Word, say
from esar.law.rules.numbers import EXACT, round_half_up, round_ratio
from esar.platform.charts.figures import Missing, shown
from esar.platform.charts.scale import Scale, moved_apart
from esar.platform.charts.table import Table

HEIGHT, TOP, BOTTOM = 184, 26, 148  # pixels; a figure stands above its dot, years below the ground
FIRST, LAST, THIS_YEAR = Decimal(8), Decimal(66), Decimal(92)  # per cent of the width
GAP = 19  # texts nearer than this would lie upon each other


@dataclass(frozen=True)
class Past:
    """What a year came to, if it is known: across in per cent, down in pixels."""

    year: int
    value: Decimal | None
    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Level:
    """A target of this year: its height, and where its text stands, which may have moved aside."""

    label: Any
    value: Decimal
    y: Decimal
    text_y: Decimal


@dataclass(frozen=True)
class Course:
    """Earlier years from left to right, then the levels of the year that is agreed on.

    `is_lower_better` is None where nobody has chosen which way is better.
    """

    past: tuple[Past, ...]
    levels: tuple[Level, ...]
    year: int
    is_lower_better: bool | None
    places: int | None = None
    height: int = HEIGHT
    ground: int = BOTTOM
    year_x: Decimal = THIS_YEAR
    template: ClassVar[str] = "charts/course.html"

    @property
    def known(self) -> list[Past]:
        """The years whose result is known."""
        return [past for past in self.past if past.value is not None]

    @property
    def lines(self) -> list[tuple[Past, Past]]:
        """Years after each other that are both known."""
        return [
            (before, after)
            for before, after in pairwise(self.past)
            if before.value is not None and after.value is not None
        ]

    @property
    def hardest(self) -> Level | None:
        """The last of the levels."""
        return self.levels[-1] if self.levels else None

    @property
    def newest(self) -> Past | None:
        """The last year that is known."""
        return self.known[-1] if self.known else None

    @property
    def sign(self) -> str:
        """How a result must stand to a level to reach it."""
        return {True: "≤ ", False: "≥ ", None: ""}[self.is_lower_better]

    @property
    def step(self) -> Decimal | None:
        """From the newest result to the hardest level; less than nothing where it is behind it."""
        newest = self.newest.value if self.newest else None
        if self.hardest is None or newest is None or self.is_lower_better is None:
            return None
        way = EXACT.subtract(self.hardest.value, newest)
        return -way if self.is_lower_better else way

    def spoken(self, language: Language) -> str:
        """Each year with its result, then the targets."""
        years = [f"{past.year} {shown(_figure(past), language, self.places)}" for past in self.past]
        targets = " / ".join(shown(level.value, language, self.places) for level in self.levels)
        says = [say("chart.says_targets", {"value": targets}, language)] if targets else []
        return ", ".join([*years, *says])

    def table(self) -> Table:
        """Each earlier year, then each target."""
        rows = [(str(past.year), _figure(past)) for past in self.past]
        targets = [(level.label or Word("chart.target"), level.value) for level in self.levels]
        head = (Word("chart.item"), Word("chart.figure"))
        return Table(head, (*rows, *targets), self.places)


def course(
    results: Sequence[tuple[int, Decimal | None]],
    targets: Sequence[tuple[Any, Decimal]],
    *,
    year: int,
    is_lower_better: bool | None = False,
    places: int | None = None,
) -> Course:
    """`results` by year, the oldest first; `targets` of `year` with what each level is called.

    Errors: ValueError where there is no figure at all.
    """
    figures = [value for _, value in results if value is not None]
    scale = _scale([*figures, *(target for _, target in targets)])
    steps = max(len(results) - 1, 1)
    past = tuple(
        Past(
            one,
            value,
            FIRST + round_ratio((LAST - FIRST) * place, Decimal(steps), 2),
            _y(value, scale),
        )
        for place, (one, value) in enumerate(results)
    )
    heights = [_y(target, scale) for _, target in targets]
    levels = tuple(
        Level(label, target, y, text_y)
        for (label, target), y, text_y in zip(
            targets, heights, moved_apart(heights, GAP), strict=True
        )
    )
    return Course(past, levels, year, is_lower_better, places)


def _figure(past: Past) -> Decimal | Missing:
    return Missing.NONE if past.value is None else past.value


def _scale(values: Sequence[Decimal]) -> Scale:
    low, high = min(values), max(values)
    room = EXACT.divide(EXACT.subtract(high, low), Decimal(10))
    room = room or EXACT.divide(abs(high), Decimal(10)) or Decimal(1)
    return Scale(low - room, high + room)


def _y(value: Decimal | None, scale: Scale) -> Decimal:
    share = scale.at(value) if value is not None else Decimal(0)
    return round_half_up(BOTTOM - share * (BOTTOM - TOP) / 100, 1)
