"""What a sitting tells of itself, for what is decided in it and is no item of its agenda.

A receiver of `closing` gives the problems that keep it open; one of `beside_agenda` what it
resolved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.dispatch import Signal

from esar.kernel.problems import Problem

closing = Signal()
beside_agenda = Signal()


@dataclass(frozen=True)
class Beside:
    """A resolution on what is no item of the agenda: on which things, and how the sitting voted.

    `things` are (address, name) of each, and `recused` the names of who left.
    """

    things: Sequence[tuple[str, str]]
    outcome: str
    reason: str
    voted: Any
    recused: Sequence[str]


def problems_of_closing(sitting: Any) -> Iterator[Problem]:
    """Why a sitting may not close yet, by all who have something to say of it."""
    for _receiver, problems in closing.send(type(sitting), sitting=sitting):
        yield from problems  # type: ignore[misc]


def resolved_beside(sitting: Any) -> list[Beside]:
    """What a sitting resolved beside its agenda, by all who have something to show."""
    rows: list[Beside] = []
    for _receiver, answer in beside_agenda.send(type(sitting), sitting=sitting):
        rows += answer  # type: ignore[arg-type]
    return rows
