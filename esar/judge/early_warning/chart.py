"""The path of a warned KPI as a picture: points and lines in the picture's own units.

Everything in it stands on the page in words and figures too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from esar.judge.early_warning.models import EarlyWarning
from esar.law.rules.numbers import trimmed

WIDTH, HEIGHT = 480, 300
LEFT, RIGHT, TOP, BOTTOM = 12, 380, 20, 264
MONTHS = 12
FITS = 8  # characters of a target that fit right of the lines
GAP = 19  # labels nearer than this would lie upon each other


@dataclass(frozen=True)
class Mark:
    """A text, or a dot, at a place."""

    x: float
    y: float
    text: str = ""
    line: float = 0  # where the thing that the text names lies, when it had to move aside
    strong: bool = False
    is_long: bool = False  # too long for the margin: it ends at `x` instead of beginning there


@dataclass(frozen=True)
class Chart:
    """What the template draws."""

    line: str
    dots: tuple[Mark, ...]
    targets: tuple[Mark, ...]
    fan: str
    low: Mark
    middle: Mark
    high: Mark
    months: tuple[Mark, ...]

    @property
    def tall(self) -> float:
        """How tall the range is; never so flat that it cannot be seen."""
        return max(self.low.y - self.high.y, 1.0)


def chart_of(warning: EarlyWarning) -> Chart:
    """The months that were known when it was warned of, the targets, and the projected range."""
    path = [(int(month), Decimal(value)) for month, value in warning.based_on.get("path", [])]
    targets = [Decimal(target) for target in warning.targets]
    ends = [warning.low, warning.projected, warning.high]
    values = [*(value for _, value in path), *targets, *ends]
    bottom, top = min(values), max(values)
    room = (top - bottom) / 10 or abs(top) / 10 or Decimal(1)
    bottom, top = bottom - room, top + room

    def y(value: Decimal) -> float:
        return round(BOTTOM - float((value - bottom) / (top - bottom)) * (BOTTOM - TOP), 1)

    dots = tuple(Mark(_x(month), y(value)) for month, value in path)
    start = dots[-1] if dots else Mark(_x(1), y(warning.projected))
    low, middle, high = (Mark(_x(MONTHS), y(value), _text(value)) for value in ends)
    fan = f"{start.x},{start.y} {high.x},{high.y} {low.x},{low.y}"
    line = " ".join(f"{one.x},{one.y}" for one in dots)
    return Chart(line, dots, _apart(targets, warning.level, y), fan, low, middle, high, _months())


def _apart(targets: list[Decimal], level: int, y: Callable[[Decimal], float]) -> tuple[Mark, ...]:
    """The targets' lines, their texts moved so that none lies upon another."""
    marks = sorted(
        (y(value), f"{trimmed(value):,f}", number == level)
        for number, value in enumerate(targets, start=1)
    )
    marks_apart, last = [], float(TOP - GAP)
    for line, text, strong in marks:
        last = max(line, last + GAP)
        is_long = len(text) > FITS
        x = WIDTH - 2 if is_long else RIGHT + 10
        marks_apart.append(Mark(x, last, text, line, strong, is_long))
    return tuple(marks_apart)


def _x(month: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * (month - 1) / (MONTHS - 1), 1)


def _months() -> tuple[Mark, ...]:
    return tuple(Mark(_x(month), BOTTOM + 22, str(month)) for month in (1, 4, 7, 10, 12))


def _text(value: Decimal) -> str:
    return f"{trimmed(round(value, 2)):,f}"
