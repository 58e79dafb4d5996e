"""A waterfall: from the full mark down to the score, a step for each loss. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from esar.kernel.wording import Word
from esar.law.rules.numbers import EXACT, exact_sum
from esar.platform.charts.figures import FIGURE, ZERO, Item
from esar.platform.charts.scale import Scale, Tick, figures_in, scale_over, span
from esar.platform.charts.table import Table, name_cell


@dataclass(frozen=True)
class Step:
    """A row: `change` from what stood before to `left`; its bar and the edge that joins the next.

    `x`, `width`, `from_x` and `to_x` are per cent; `kind` is full, change or end.
    """

    item: Item
    kind: str
    change: Decimal
    left: Decimal
    x: Decimal
    width: Decimal
    from_x: Decimal
    to_x: Decimal
    mark: str = FIGURE


@dataclass(frozen=True)
class Waterfall:
    """The full mark, the losses as given, what else there is, the score: together they agree."""

    steps: tuple[Step, ...]
    ticks: tuple[Tick, ...]
    cuts: tuple[Tick, ...]
    begins_at: Decimal
    places: int | None
    template: ClassVar[str] = "charts/waterfall.html"

    @property
    def lost(self) -> Decimal:
        """All that stands between the full mark and the score."""
        return EXACT.subtract(self.steps[0].left, self.steps[-1].left)

    @property
    def largest(self) -> Step | None:
        """The step that takes most; None where nothing was lost."""
        changes = [step for step in self.steps if step.kind == "change"]
        return min(changes, key=lambda step: step.change, default=None)

    def table(self) -> Table:
        """Each step with its change and what is left."""
        rows = tuple(
            (
                name_cell(step.item.label, step.item.href),
                "" if step.kind != "change" else step.change,
                step.left,
            )
            for step in self.steps
        )
        head = ("chart.item", "chart.change", "chart.left")
        return Table(tuple(map(Word, head)), rows, self.places)


def waterfall(
    full: Decimal,
    losses: Sequence[Item],
    end: Decimal,
    *,
    full_label: Any,
    end_label: Any,
    rest_label: Any,
    end_look: str = "brand",
    cuts: Sequence[Decimal] = (),
    places: int | None = None,
) -> Waterfall:
    """`losses` have what was lost as their figure, above zero; a gain is below zero.

    What full mark and losses leave over against the score is a row of its own, `rest_label`: no sum
    is silently off. The axis begins at a round value below all, which the drawing says.
    """
    lost = exact_sum(figures_in([item.figure for item in losses]))
    rest = EXACT.subtract(EXACT.subtract(full, lost), end)
    items = [*losses, *([Item(rest_label, rest, look="quiet")] if rest else [])]
    levels = [full]
    for item in items:
        assert isinstance(item.figure, Decimal)
        levels.append(EXACT.subtract(levels[-1], item.figure))
    scale = _scale(levels, full)
    steps = [_whole(Item(full_label, full, look="quiet"), "full", scale)]
    steps += [
        _step(item, before, left, scale)
        for item, before, left in zip(items, levels, levels[1:], strict=False)
    ]
    steps.append(_whole(Item(end_label, end, look=end_look), "end", scale))
    inside = [cut for cut in cuts if scale.low < cut < scale.high]
    return Waterfall(tuple(steps), scale.ticks(), tuple(map(scale.tick, inside)), scale.low, places)


def _scale(levels: Sequence[Decimal], full: Decimal) -> Scale:
    """From a round value below the lowest, so that its bar is seen; not below zero without need."""
    room = EXACT.divide(EXACT.subtract(max(levels), min(levels)), Decimal(8)) or full / 8
    low = min(levels) - room
    if min(levels) >= 0 > low:
        low = Decimal(0)
    scale = scale_over([low, max(levels)], from_zero=False, most=7)
    return Scale(scale.low, max(levels))


def _whole(item: Item, kind: str, scale: Scale) -> Step:
    assert isinstance(item.figure, Decimal)
    edge = scale.at(item.figure)
    mark = FIGURE if item.figure else ZERO
    return Step(item, kind, item.figure, item.figure, Decimal(0), edge, edge, edge, mark)


def _step(item: Item, before: Decimal, left: Decimal, scale: Scale) -> Step:
    x, width = span(scale, before, left)
    change = EXACT.subtract(left, before)
    return Step(
        item,
        "change",
        change,
        left,
        x,
        width,
        scale.at(before),
        scale.at(left),
        FIGURE if change else ZERO,
    )
