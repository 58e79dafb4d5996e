"""What a chart shows of one thing: a figure, or why there is none. Pure: knows no framework.

Zero is a figure and is drawn as one. What has no figure is drawn by why it has none, each in a mark
of its own: a dash alone, a hatch, a dashed outline, a line through.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from esar.kernel.wording import Language, Word, figure
from esar.law.rules.numbers import round_half_up, trimmed


class Missing(StrEnum):
    """Why there is no figure; its name is that of its mark."""

    NONE = "none"
    NOT_REPORTED = "not_reported"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"


WORDS_OF_MISSING = {
    Missing.NONE: "–",
    Missing.NOT_REPORTED: Word("status.not_reported"),
    Missing.NOT_DUE: Word("outcome.not_due"),
    Missing.NOT_APPLICABLE: Word("status.not_applicable"),
}
Figure = Decimal | Missing
FIGURE, ZERO = "figure", "zero"
WORST = 4


def mark_of(value: Figure) -> str:
    """How a figure is drawn: as a length, as the tick of a zero, or by why it is missing."""
    if isinstance(value, Missing):
        return value.value
    return FIGURE if value else ZERO


def figure_of(value: Decimal | int | str | None, missing: str = Missing.NONE) -> Figure:
    """A kept figure; without one, why there is none (a status of a score)."""
    if value is None or value == "":
        return Missing(missing) if missing in set(Missing) else Missing.NONE
    return Decimal(value)


def written(value: Decimal, places: int | None = None) -> str:
    """A figure as charts write it: separators, a true minus, `places` decimals or those it has."""
    short = trimmed(value) if places is None else round_half_up(value, places)
    return f"{short:,f}".replace("-", "−")


def shown(value: Any, language: Language, places: int | None = None) -> str:
    """A figure, why there is none, a day or words, as charts write them."""
    if isinstance(value, Missing):
        return figure(WORDS_OF_MISSING[value], language)
    if isinstance(value, Decimal):
        return written(value, places)
    return figure(value, language)


def look_of_rank(rank: int) -> str:
    """The colour of a grade, 1 being the best; there are four, and the last is of all below it."""
    return f"rank-{min(rank, WORST)}"


@dataclass(frozen=True)
class Item:
    """A row of a chart: what it is called, its figure, and where its name leads.

    `full` is the most that this row can be, where each has a full mark of its own; `look` names its
    colour, `glyph` the shape that says the same without colour.
    """

    label: Any
    figure: Figure
    look: str = "brand"
    glyph: str = ""
    href: str = ""
    full: Decimal | None = None
    note: Any = ""
