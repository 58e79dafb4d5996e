"""A ruler of grades: where a score stands, and how far it is to the next. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from esar.kernel.wording import Language, Word
from esar.law.rules.numbers import EXACT
from esar.platform.charts.figures import Figure, Missing, mark_of, shown
from esar.platform.charts.scale import Scale, Tick, span
from esar.platform.charts.table import Table


@dataclass(frozen=True)
class Grade:
    """A grade from its least to its most, both of them in it."""

    label: Any
    least: Decimal
    most: Decimal
    look: str
    glyph: str


@dataclass(frozen=True)
class Segment:
    """A grade on the ruler, up to where the next begins, in per cent."""

    grade: Grade
    x: Decimal
    width: Decimal
    middle: Decimal
    is_here: bool


@dataclass(frozen=True)
class Ruler:
    """The grades from the lowest to the best, and the score on them; `missing` where it has none.

    `last_x` is where last year's stands, under the same rules.
    """

    segments: tuple[Segment, ...]
    ticks: tuple[Tick, ...]
    value: Figure
    mark: str
    x: Decimal | None
    anchor: str
    last: Figure
    last_x: Decimal | None
    places: int | None
    template: ClassVar[str] = "charts/ruler.html"

    @property
    def here(self) -> Grade | None:
        """The grade that the score has."""
        return next((segment.grade for segment in self.segments if segment.is_here), None)

    @property
    def next(self) -> Grade | None:
        """The grade above that of the score; None at the best."""
        if not isinstance(self.value, Decimal):
            return None
        above = [row.grade for row in self.segments if row.grade.least > self.value]
        return above[0] if above else None

    @property
    def short_of_next(self) -> Decimal | None:
        """How many points the next grade is away."""
        if self.next is None or not isinstance(self.value, Decimal):
            return None
        return EXACT.subtract(self.next.least, self.value)

    def spoken(self, language: Language) -> str:
        """The score with its grade."""
        score = shown(self.value, language, self.places)
        return f"{score}: {shown(self.here.label, language)}" if self.here else score

    def table(self) -> Table:
        """Each grade with its bounds, and the score in the row of its grade."""
        rows: tuple[tuple[Any, ...], ...] = tuple(
            (
                row.grade.label,
                row.grade.least,
                row.grade.most,
                self.value if row.is_here else "",
            )
            for row in reversed(self.segments)
        )
        if isinstance(self.last, Decimal):
            rows += ((Word("chart.last"), "", "", self.last),)
        head = ("chart.grade", "chart.least", "chart.most", "chart.score")
        return Table(tuple(map(Word, head)), rows, self.places)


def ruler(
    grades: Sequence[Grade],
    value: Figure,
    *,
    full: Decimal,
    last: Figure = Missing.NONE,
    places: int | None = None,
) -> Ruler:
    """Grades in any order over 0 to `full`; a score stands in the best grade that it reaches."""
    ordered = sorted(grades, key=lambda grade: grade.least)
    scale = Scale(Decimal(0), full)
    ends = [*(grade.least for grade in ordered[1:]), full]
    reached = [grade for grade in ordered if isinstance(value, Decimal) and value >= grade.least]
    segments = tuple(
        _segment(grade, end, scale, is_here=bool(reached) and grade is reached[-1])
        for grade, end in zip(ordered, ends, strict=True)
    )
    x = scale.at(value) if isinstance(value, Decimal) else None
    return Ruler(
        segments,
        tuple(scale.tick(bound) for bound in (*(grade.least for grade in ordered), full)),
        value,
        mark_of(value),
        x,
        _anchor(x),
        last,
        scale.at(last) if isinstance(last, Decimal) else None,
        places,
    )


def _anchor(x: Decimal | None) -> str:
    """The text of the score grows away from the nearer end."""
    return "start" if x is not None and x < 50 else "end"


def _segment(grade: Grade, end: Decimal, scale: Scale, *, is_here: bool) -> Segment:
    x, width = span(scale, grade.least, end)
    return Segment(grade, x, width, x + width / 2, is_here)
