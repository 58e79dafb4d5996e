"""Dumbbells: for each, its target and what it came to, joined. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from esar.kernel.wording import Language, Word, say
from esar.platform.charts.figures import Figure, mark_of, shown
from esar.platform.charts.scale import Scale, Tick, figures_in, scale_over, span
from esar.platform.charts.table import Table, name_cell


@dataclass(frozen=True)
class Pair:
    """What is asked of one, and what it came to; `note` says the state in words."""

    label: Any
    target: Figure
    actual: Figure
    href: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Dumbbell:
    """A row: a ring at the target, a dot at the actual, a line between; places in per cent.

    `is_reached` is None where one of them is missing; `mark` says how the actual is drawn.
    """

    pair: Pair
    mark: str
    is_reached: bool | None
    target_x: Decimal | None
    actual_x: Decimal | None
    x: Decimal = Decimal(0)
    width: Decimal = Decimal(0)
    places: int | None = None

    def spoken(self, language: Language) -> str:
        """Its target and what it came to."""
        parts = (("chart.says_target", self.pair.target), ("chart.says_actual", self.pair.actual))
        return ", ".join(
            say(code, {"value": shown(value, language, self.places)}, language)
            for code, value in parts
        )


@dataclass(frozen=True)
class Dumbbells:
    """Rows in the order they were given, all on one scale; right is better."""

    rows: tuple[Dumbbell, ...]
    ticks: tuple[Tick, ...]
    is_lower_better: bool
    places: int | None
    template: ClassVar[str] = "charts/dumbbell.html"

    @property
    def reached(self) -> int:
        """How many came to their target."""
        return sum(row.is_reached is True for row in self.rows)

    def table(self) -> Table:
        """Target and actual of each."""
        rows = tuple(
            (name_cell(row.pair.label, row.pair.href), row.pair.target, row.pair.actual)
            for row in self.rows
        )
        head = ("chart.item", "chart.target", "chart.actual")
        return Table(tuple(map(Word, head)), rows, self.places)


def dumbbells(
    pairs: Sequence[Pair], *, is_lower_better: bool = False, places: int | None = None
) -> Dumbbells:
    """A row for each; the scale has round ends around all that is known."""
    figures = figures_in([figure for pair in pairs for figure in (pair.target, pair.actual)])
    scale = scale_over(figures, from_zero=False, is_flipped=is_lower_better)
    rows = tuple(_row(pair, scale, is_lower_better, places) for pair in pairs)
    return Dumbbells(rows, scale.ticks(), is_lower_better, places)


def _row(pair: Pair, scale: Scale, is_lower_better: bool, places: int | None) -> Dumbbell:
    target, actual = pair.target, pair.actual
    target_x = scale.at(target) if isinstance(target, Decimal) else None
    actual_x = scale.at(actual) if isinstance(actual, Decimal) else None
    if not isinstance(target, Decimal) or not isinstance(actual, Decimal):
        return Dumbbell(pair, mark_of(actual), None, target_x, actual_x, places=places)
    is_reached = actual <= target if is_lower_better else actual >= target
    x, width = span(scale, target, actual)
    return Dumbbell(pair, mark_of(actual), is_reached, target_x, actual_x, x, width, places)
