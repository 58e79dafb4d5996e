"""What others may want to know, or must say, as it happens, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.dispatch import Signal

in_force = Signal()  # plan, version, at: sent in, or changed by a request
reported = Signal()  # plan: receivers answer a list of (activity's number, first day of a month)

struck = Signal()  # plans, by: receivers answer {plan: {(activity, month): last of the round}}

Places = dict[tuple[int, date], date]  # (activity's number, month) → until when it is struck out


def struck_of(plans: Iterable[int], *, by: date | None = None) -> dict[int, Places]:
    """Outputs that a released result did not find, though a monthly report says they came.

    `by`: as the results had it that were released by the end of that day in Bangkok.

    Of each, the last day of the round that was judged: what is said of a later month counts anew.
    """
    answers: list[tuple[Any, Any]] = struck.send(None, plans=list(plans), by=by)
    by_plan: dict[int, Places] = {}
    for _, answer in answers:
        for plan, places in (answer or {}).items():
            by_plan.setdefault(plan, {}).update(places)
    return by_plan


def reported_of(plan: Any) -> set[tuple[int, date]]:
    """Outputs of a plan that a monthly report which was sent in says are done."""
    answers: list[tuple[Any, Any]] = reported.send(type(plan), plan=plan)
    outputs: set[tuple[int, date]] = set()
    for _, answer in answers:
        outputs.update(answer or ())
    return outputs
