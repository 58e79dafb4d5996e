"""What is planned, in a draft, a version and a request alike: read once from its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from esar.kernel.content import Content


def first_of(month: str) -> date:
    """2018-01 → 1 January 2018."""
    return date(int(month[:4]), int(month[5:]), 1)


@dataclass(frozen=True)
class ActivityOutput(Content):
    """An output of an activity and the month ("2018-01") it is planned for."""

    month: str
    what: str

    @cached_property
    def planned(self) -> date:
        """The first day of its month."""
        return first_of(self.month)


@dataclass(frozen=True)
class PlannedActivity(Content):
    """An activity: the month it starts in, None while none is chosen, and what comes of it.

    Of a draft, any text may be empty still. `topic` is one that was ordered, or empty.
    """

    number: int
    name: str = ""
    type: str = ""
    topic: str = ""
    start: str | None = None
    outputs: tuple[ActivityOutput, ...] = ()
    office: str = ""


@dataclass(frozen=True)
class PlanContent(Content):
    """Every activity of a plan, by number."""

    activities: tuple[PlannedActivity, ...] = ()

    def by_number(self) -> dict[int, PlannedActivity]:
        return {activity.number: activity for activity in self.activities}

    def outputs(self) -> list[tuple[int, ActivityOutput]]:
        """(activity's number, output) of the whole plan."""
        return [(one.number, output) for one in self.activities for output in one.outputs]
