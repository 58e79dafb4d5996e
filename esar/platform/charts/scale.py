"""From values to places in a drawing. Pure: exact values in, places rounded once out.

The one space of charts that grow with the page: across, 0 to 100 per cent of the width, two
decimals; down, pixels. Letters in it are as large on a phone as on a desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from esar.law.rules.numbers import EXACT, round_ratio, trimmed

WIDTH = Decimal(100)
PLACES = 2  # of a per cent: 0.01 % of 1,200 px is an eighth of a pixel
STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Tick:
    """A value that is marked on an axis: its place in per cent, and how its text is anchored."""

    x: Decimal
    value: Decimal
    anchor: str = "middle"


@dataclass(frozen=True)
class Scale:
    """Values on a width: `low` at its left end, `high` at its right; flipped, the other way round.

    A value beyond an end stands on that end: nothing is drawn outside the drawing.
    Errors: ValueError where the ends are no span.
    """

    low: Decimal
    high: Decimal
    is_flipped: bool = False

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ValueError(f"a scale needs a span: {self.low} to {self.high}")

    def at(self, value: Decimal) -> Decimal:
        """The place of a value, in per cent of the width."""
        inside = min(max(value, self.low), self.high)
        begin, end = (self.high, inside) if self.is_flipped else (inside, self.low)
        way, span = EXACT.subtract(begin, end), EXACT.subtract(self.high, self.low)
        return round_ratio(EXACT.multiply(way, WIDTH), span, PLACES)

    def beyond(self, value: Decimal) -> str:
        """On which side of the drawing a value lies: "left", "right", or nowhere outside."""
        if self.low <= value <= self.high:
            return ""
        return "right" if (value > self.high) is not self.is_flipped else "left"

    def tick(self, value: Decimal) -> Tick:
        """A mark at a value, its text inside the drawing."""
        x = self.at(value)
        anchor = "start" if x < 4 else "end" if x > 96 else "middle"
        return Tick(x, value, anchor)

    def ticks(self, most: int = 5) -> tuple[Tick, ...]:
        """Round values over the span, at most so many, from left to right."""
        step = round_step(EXACT.subtract(self.high, self.low), most - 1)
        value = _multiple(self.low, step, above=True)
        marks = []
        while value <= self.high:
            marks.append(self.tick(trimmed(value)))
            value = EXACT.add(value, step)
        return tuple(sorted(marks, key=lambda mark: mark.x))


def round_step(span: Decimal, most: int) -> Decimal:
    """The smallest of 1, 2 and 5 times a power of ten that goes into a span at most so often."""
    size = Decimal(1).scaleb((span / most).adjusted())
    step = next(step for step in STEPS if EXACT.multiply(step * size, Decimal(most)) >= span)
    return step * size


def scale_over(
    values: Iterable[Decimal],
    *,
    from_zero: bool = True,
    is_flipped: bool = False,
    most: int = 4,
) -> Scale:
    """A scale with round ends over all values; of none, or of nothing but zeros, from 0 to 1."""
    all_values = [*values, *([Decimal(0)] if from_zero else [])]
    low, high = min(all_values, default=Decimal(0)), max(all_values, default=Decimal(1))
    if low == high:
        low, high = (low, low + 1) if from_zero else _around(low)
    step = round_step(EXACT.subtract(high, low), most)
    return Scale(_multiple(low, step), _multiple(high, step, above=True), is_flipped)


def _around(value: Decimal) -> tuple[Decimal, Decimal]:
    room = abs(value) / 10 or Decimal(1)
    return value - room, value + room


def _multiple(value: Decimal, step: Decimal, *, above: bool = False) -> Decimal:
    """The nearest multiple of a step that is not above a value; with `above`, not below it."""
    times, rest = EXACT.divmod(value, step)  # cut towards zero
    if rest and (rest > 0) is above:
        times += 1 if above else -1
    return EXACT.multiply(times, step)


def span(scale: Scale, begin: Decimal, end: Decimal) -> tuple[Decimal, Decimal]:
    """Where what reaches from one value to another begins, and how wide it is, in per cent."""
    left, right = sorted((scale.at(begin), scale.at(end)))
    return left, right - left


def moved_apart(heights: Sequence[Decimal], gap: int) -> list[Decimal]:
    """Where texts at these heights stand, in px: moved down so that none lies upon another."""
    moved = list(heights)
    last: Decimal | None = None
    for place in sorted(range(len(heights)), key=lambda place: heights[place]):
        last = moved[place] = heights[place] if last is None else max(heights[place], last + gap)
    return moved


def figures_in(values: Sequence[object]) -> list[Decimal]:
    """Those that are figures."""
    return [value for value in values if isinstance(value, Decimal)]
