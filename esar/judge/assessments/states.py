"""The life of an assessment, of a visit and of a finding, each as one table.

The middle states are the levels of the rulebook's `assessment` entry, in its order.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Stage(models.TextChoices):
    """At whose desk an assessment is."""

    PRELIMINARY = "preliminary"
    MINISTER = "minister"
    PRIME_MINISTER = "prime_minister"
    RETURNED = "returned"  # the report is with the body again
    DONE = "done"


class VisitState(models.TextChoices):
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class FindingState(models.TextChoices):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


NEXT, FORMER = "next", "former"  # along the rulebook's levels; after the last one it is done


@dataclass(frozen=True)
class AssessmentMove:
    """From one of `sources` to `target`, by the office whose desk it is at."""

    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False
    by_the_system: bool = False


ASSESSMENT_MOVES: dict[str, AssessmentMove] = {
    "pass_on": AssessmentMove((Stage.PRELIMINARY, Stage.MINISTER, Stage.PRIME_MINISTER), NEXT),
    "hand_back": AssessmentMove((Stage.MINISTER, Stage.PRIME_MINISTER), FORMER, needs_reason=True),
    "return": AssessmentMove((Stage.PRELIMINARY,), Stage.RETURNED, needs_reason=True),
    "resubmit": AssessmentMove((Stage.RETURNED,), Stage.PRELIMINARY, by_the_system=True),
}

VISIT_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "done": ((VisitState.PLANNED,), VisitState.DONE),
    "cancel": ((VisitState.PLANNED,), VisitState.CANCELLED),
}

FINDING_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "answer": ((FindingState.OPEN,), FindingState.ANSWERED),
    "reopen": ((FindingState.ANSWERED,), FindingState.OPEN),
    "close": ((FindingState.OPEN, FindingState.ANSWERED), FindingState.CLOSED),
}
