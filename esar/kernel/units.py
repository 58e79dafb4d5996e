"""Which units are percentages, and between what a share of a whole lies: data in `units.csv`.

Pure: knows no framework. The first mark is how the law itself writes it.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

from esar.kernel.spelling import key


@cache
def _marks() -> dict[str, tuple[Decimal, Decimal]]:
    """Mark → the least and the most of a share in that unit."""
    with Path(__file__).with_name("units.csv").open(encoding="utf-8", newline="") as file:
        return {
            key(row["mark"]): (Decimal(row["least"]), Decimal(row["most"]))
            for row in csv.DictReader(file)
        }


@cache
def marks() -> tuple[str, ...]:
    """How people write that a unit is a percentage; first as the law writes it."""
    return tuple(_marks())


def per_cent() -> str:
    """The unit of a percentage as the law writes it."""
    return marks()[0]


@cache
def bounds_of(unit: str) -> tuple[Decimal, Decimal] | None:
    """The least and the most of a share in a unit; None where it is no percentage.

    The mark may stand anywhere in the unit: people write what it is of beside it.
    """
    written = key(unit)
    return next((bounds for mark, bounds in _marks().items() if mark in written), None)


def is_percentage(unit: str) -> bool:
    return bounds_of(unit) is not None
