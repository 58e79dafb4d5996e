"""What others may want to know as it happens, in the same transaction, and what they are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.dispatch import Signal

from esar.agree.indexes.models import HostChange, InternationalIndex
from esar.kernel.problems import Problem
from esar.platform.organisations.models import Body

host_changed = Signal()  # change, at, on: the host of an index cancelled or changed it
taking_back = Signal()  # change: a receiver gives why it is more than offered by now
taken_back = Signal()  # change, at, on: it was recorded by mistake
holders_asked = Signal()  # index, person, day: a receiver gives the KPIs that name it


@dataclass(frozen=True)
class HoldingKpi:
    """A KPI in force that an index serves; `asks` is where its reporter asks for a change."""

    body: Body
    year: int
    number: str
    name: str
    path: str
    asks: str = ""


def holders_of(index: InternationalIndex, person: Any, day: date) -> list[HoldingKpi]:
    """The KPIs in force that name an index, of those that a person may see."""
    answers = holders_asked.send(InternationalIndex, index=index, person=person, day=day)
    return [holder for _receiver, holders in answers for holder in holders]  # type: ignore[misc, union-attr]


def tell_of(change: HostChange, **moment: Any) -> None:
    """Tell others what a host did. `moment`: at, on."""
    host_changed.send(HostChange, change=change, **moment)


def problems_of_taking_back(change: HostChange) -> list[Problem]:
    """Why what a host did cannot be taken back any more, by all who rest on it."""
    answers = taking_back.send(HostChange, change=change)
    return [problem for _receiver, problems in answers for problem in problems]  # type: ignore[misc, union-attr]


def tell_that_taken_back(change: HostChange, **moment: Any) -> None:
    """Tell others that it is not so. `moment`: at, on."""
    taken_back.send(HostChange, change=change, **moment)
