"""The table that says what a chart shows: every chart has one, of the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere."""

    label: Any
    href: str


@dataclass(frozen=True)
class Table:
    """Heads are words or codes of words; a row begins with what it is about, then its cells.

    A cell is a figure, why there is none, a day, a link or words.
    """

    head: tuple[Any, ...]
    rows: tuple[tuple[Any, ...], ...]
    places: int | None = None


def name_cell(label: Any, href: str) -> Any:
    """What a row is about, leading where its name in the chart leads."""
    return Link(label, href) if href else label
