"""What scoring must be told: one body's scorecard with its results, as frozen facts.

`None` as a result always means "not reported", which is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from esar.kernel.problems import Place, Problem

Direction = Literal["higher", "lower"]
HeldTo = Literal["year", "round", "none"]


@dataclass(frozen=True)
class Measured:
    """A result in the KPI's own unit against targets, from the lowest level to the highest."""

    direction: Direction
    targets: tuple[Decimal, ...]
    actual: Decimal | None


@dataclass(frozen=True)
class StepsDone:
    """Milestones: the numbers of the steps that are done, counted from 1."""

    done: frozenset[int] | None


@dataclass(frozen=True)
class Item:
    """One item of a weighted average; `weight` in any unit, shares are formed from the sum.

    `unit` is that of its targets; empty where it has the unit of its KPI.
    """

    id: str
    weight: Decimal
    result: Measured
    label: str = ""
    unit: str = ""

    @property
    def title(self) -> str:
        """Its number and its name, as steps and files call it."""
        return f"{self.id} {self.label}".strip()


@dataclass(frozen=True)
class Items:
    """A KPI that is the weighted average of its items."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Outputs:
    """How many outputs were planned, and how many came as planned."""

    planned: int
    achieved: int | None


@dataclass(frozen=True)
class PlannedOutput:
    """An output planned for a month (its first day); `done` is None until it is reported."""

    month: date
    done: bool | None


@dataclass(frozen=True)
class Activity:
    """One activity of a plan: its type, the month it starts, the months of its outputs."""

    id: str
    label: str
    type: str | None
    start: date | None
    outputs: tuple[PlannedOutput, ...]


@dataclass(frozen=True)
class Plan:
    """A year's plan of activities; a round counts the outputs planned within its days."""

    activities: tuple[Activity, ...]

    def outputs_between(self, first: date, last: date) -> Outputs:
        """Planned and achieved outputs of the months that begin within the days given."""
        due = [
            output
            for activity in self.activities
            for output in activity.outputs
            if first <= output.month <= last
        ]
        reported = [output for output in due if output.done is not None]
        achieved = sum(1 for output in reported if output.done)
        return Outputs(len(due), achieved if reported or not due else None)


@dataclass(frozen=True)
class Given:
    """Points computed by another owner."""

    score: Decimal | None


Result = Measured | StepsDone | Items | Outputs | Plan | Given


@dataclass(frozen=True)
class Kpi:
    """One KPI with its weight (per cent of the whole scorecard) and its result.

    `not_applicable` holds the recorded decision that takes the KPI out of the scorecard; it is
    never inferred from a missing result. `held_to` says whose targets its result has: the year's,
    this round's own, or none, where it is agreed that the round does not measure it.
    """

    id: str
    component: str | None
    weight: Decimal | None
    result: Result
    label: str = ""
    unit: str = ""
    not_applicable: str = ""
    held_to: HeldTo = "year"
    kind: str = ""  # a rulebook's kpi_kind; empty where it was not told
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True)
class Scorecard:
    """One body's KPIs in one round of one fiscal year.

    `received` is the day its report was received, where the rules deduct for lateness, and `due`
    the day by which a recorded extension let this body send it;
    `province` (ISO 3166-2) decides which holidays were holidays there; `code` is the body's code
    in the registry; `note` travels along ("demo data"). `notes` are what its reader noticed.
    """

    year: int
    body_kind: str
    body: str
    round: str
    kpis: tuple[Kpi, ...]
    received: date | None = None
    province: str | None = None
    code: str = ""
    note: str = ""
    due: date | None = None
    place: Place = field(default=Place(), compare=False)
    notes: tuple[Problem, ...] = field(default=(), compare=False)
