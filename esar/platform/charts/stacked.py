"""Stacked bars: what a whole is made of, a row for each whole, all on one scale. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from esar.kernel.wording import Language, Word
from esar.law.rules.numbers import exact_sum, round_half_up
from esar.platform.charts.figures import Item, shown
from esar.platform.charts.scale import Scale, figures_in
from esar.platform.charts.table import Table, name_cell

NARROW = Decimal(5)  # per cent of the width that a figure needs to stand in its part


@dataclass(frozen=True)
class Part:
    """A part of a row: from `x` on, `width` wide, both in per cent."""

    item: Item
    x: Decimal
    width: Decimal

    @property
    def middle(self) -> Decimal:
        return round_half_up(self.x + self.width / 2, 2)

    @property
    def has_room(self) -> bool:
        """Whether its figure stands in it."""
        return self.width >= NARROW


@dataclass(frozen=True)
class Stack:
    """A row: what it is of, and its parts that are more than nothing."""

    item: Item
    parts: tuple[Part, ...]

    def spoken(self, language: Language) -> str:
        """Each part with its figure."""
        return ", ".join(
            f"{shown(part.item.label, language)} {shown(part.item.figure, language)}"
            for part in self.parts
        )


@dataclass(frozen=True)
class Stacked:
    """Rows in the order they were given; `columns` are what the parts are called."""

    rows: tuple[Stack, ...]
    columns: tuple[Any, ...]
    figures: tuple[tuple[Item, ...], ...]
    places: int | None = None
    template: ClassVar[str] = "charts/stacked.html"

    def table(self) -> Table:
        """Each row with the figure of each of its parts."""
        rows = tuple(
            (name_cell(row.item.label, row.item.href), *(item.figure for item in items))
            for row, items in zip(self.rows, self.figures, strict=True)
        )
        return Table((Word("chart.item"), *self.columns), rows, self.places)


def stacked(columns: Sequence[Any], rows: Sequence[tuple[Item, Sequence[Item]]]) -> Stacked:
    """Parts of each row in the order of the columns; the longest row is the whole width."""
    wholes = [exact_sum(figures_in([item.figure for item in items])) for _, items in rows]
    scale = Scale(Decimal(0), max([*wholes, Decimal(1)]))
    return Stacked(
        tuple(Stack(item, _parts(items, scale)) for item, items in rows),
        tuple(columns),
        tuple(tuple(items) for _, items in rows),
    )


def _parts(items: Sequence[Item], scale: Scale) -> tuple[Part, ...]:
    parts, reached = [], Decimal(0)
    for item in items:
        if not isinstance(item.figure, Decimal) or not item.figure:
            continue
        x, reached = scale.at(reached), reached + item.figure
        parts.append(Part(item, x, scale.at(reached) - x))
    return tuple(parts)
