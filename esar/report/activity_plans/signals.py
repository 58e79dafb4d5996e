"""What others may want to know, or must say, as it happens, in the same transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import Signal

in_force = Signal()  # plan, version, at: sent in, or changed by a request
reported = Signal()  # plan: receivers answer a list of (activity's number, first day of a month)


def reported_of(plan: Any) -> set[tuple[int, date]]:
    """Outputs of a plan that a monthly report which was sent in says are done."""
    answers: list[tuple[Any, Any]] = reported.send(type(plan), plan=plan)
    outputs: set[tuple[int, date]] = set()
    for _, answer in answers:
        outputs.update(answer or ())
    return outputs
