"""A bullet: a result against its targets and last year's; right is always better. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from esar.kernel.wording import Language, Phrase, Word, say
from esar.law.rules.numbers import EXACT
from esar.platform.charts.figures import Figure, Missing, mark_of, shown
from esar.platform.charts.scale import Scale, Tick, figures_in
from esar.platform.charts.table import Table

ROOM = Decimal("1.15")  # what stands beyond the larger of one target and its result


@dataclass(frozen=True)
class Band:
    """The room between two targets, in per cent; the last is that of the best."""

    x: Decimal
    width: Decimal
    number: int


@dataclass(frozen=True)
class Bullet:
    """A result as a bar from the worse end to `width` per cent; targets as ticks on bands.

    `actual_beyond` and `last_beyond` say that a figure lies outside, and stands on that end.
    """

    label: Any
    actual: Figure
    last: Figure
    targets: tuple[Tick, ...]
    bands: tuple[Band, ...]
    mark: str
    is_lower_better: bool
    width: Decimal = Decimal(0)
    actual_beyond: str = ""
    last_x: Decimal | None = None
    last_beyond: str = ""
    reached: int = 0
    unit: str = ""
    places: int | None = None
    template: ClassVar[str] = "charts/bullet.html"

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The targets, from the first to the hardest."""
        return tuple(tick.value for tick in self.targets)

    def spoken(self, language: Language) -> str:
        """Result, targets, last year."""
        targets = " / ".join(shown(value, language, self.places) for value in self.values)
        parts = [("chart.says_actual", shown(self.actual, language, self.places))]
        parts += [("chart.says_targets", targets)] if targets else []
        if self.last is not Missing.NONE:
            parts.append(("chart.says_last", shown(self.last, language, self.places)))
        return ", ".join(say(code, {"value": value}, language) for code, value in parts)

    def table(self) -> Table:
        """The result, last year's, and each target."""
        rows = [(Word("chart.actual"), self.actual)]
        if self.last is not Missing.NONE:
            rows.append((Word("chart.last"), self.last))
        names: list[Any] = [Word("chart.target")]
        if len(self.targets) > 1:
            count = range(1, len(self.targets) + 1)
            names = [Phrase("chart.target_number", {"number": number}) for number in count]
        rows += zip(names, self.values, strict=False)
        return Table((Word("chart.item"), Word("chart.figure")), tuple(rows), self.places)


def bullet(
    targets: Sequence[Decimal],
    actual: Figure,
    *,
    last: Figure = Missing.NONE,
    is_lower_better: bool = False,
    label: Any = "",
    unit: str = "",
    places: int | None = None,
) -> Bullet:
    """Targets from the first to the hardest; less may be better, and still right is better.

    With two targets and more, the first stands at a quarter and the hardest at three quarters of
    the width, so that rows of different units stand under each other; figures beyond that stand on
    the end. With one or none the scale begins at zero.
    """
    scale = _scale(targets, figures_in([actual, last]), is_lower_better=is_lower_better)
    ticks = tuple(scale.tick(target) for target in targets)
    is_figure = isinstance(actual, Decimal)
    return Bullet(
        label,
        actual,
        last,
        ticks,
        _bands(ticks),
        mark_of(actual),
        is_lower_better,
        scale.at(actual) if isinstance(actual, Decimal) else Decimal(0),
        scale.beyond(actual) if isinstance(actual, Decimal) else "",
        scale.at(last) if isinstance(last, Decimal) else None,
        scale.beyond(last) if isinstance(last, Decimal) else "",
        sum(_reaches(actual, target, is_lower_better) for target in targets) if is_figure else 0,
        unit,
        places,
    )


def _reaches(actual: Figure, target: Decimal, is_lower_better: bool) -> bool:
    assert isinstance(actual, Decimal)
    return actual <= target if is_lower_better else actual >= target


def _scale(targets: Sequence[Decimal], figures: list[Decimal], *, is_lower_better: bool) -> Scale:
    ends = sorted((targets[0], targets[-1])) if targets else []
    if len(targets) > 1 and ends[0] < ends[1]:
        room = EXACT.divide(EXACT.subtract(ends[1], ends[0]), Decimal(2))
        low, high = EXACT.subtract(ends[0], room), EXACT.add(ends[1], room)
        return Scale(low, high, is_lower_better)
    values = [*targets, *figures]
    high = EXACT.multiply(max([Decimal(0), *values]), ROOM)
    low = EXACT.multiply(min([Decimal(0), *values]), ROOM)
    return Scale(low, high if high > low else low + 1, is_lower_better)


def _bands(ticks: Sequence[Tick]) -> tuple[Band, ...]:
    """The rooms before, between and behind the targets."""
    edges = [Decimal(0), *(tick.x for tick in ticks), Decimal(100)]
    return tuple(
        Band(edge, edges[number] - edge, number) for number, edge in enumerate(edges[:-1], start=1)
    )
