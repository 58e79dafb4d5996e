"""What a sitting tells of itself. A receiver of `closing` gives the problems that keep it open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.dispatch import Signal

from esar.kernel.problems import Problem

closing = Signal()


def problems_of_closing(sitting: Any) -> Iterator[Problem]:
    """Why a sitting may not close yet, by all who have something to say of it."""
    for _receiver, problems in closing.send(type(sitting), sitting=sitting):
        yield from problems  # type: ignore[misc]
