"""What others may want to know, or must say, as it happens, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.dispatch import Signal

in_force = Signal()  # plan, version, at: sent in, or changed by a request
reported = Signal()  # plan: receivers answer a list of (activity's number, first day of a month)

# plans, moments: receivers answer, for each moment, {plan: {(activity, month): last of the round}}
struck = Signal()

Places = dict[tuple[int, date], date]  # (activity's number, month) → until when it is struck out


def struck_of(plans: Iterable[int], moments: Sequence[date | None]) -> list[dict[int, Places]]:
    """Outputs that a released result did not find, though a monthly report says they came.

    For each of the moments: as the results had it that were released by the end of that day in
    Bangkok; None is now.

    Of each, the last day of the round that was judged: what is said of a later month counts anew.
    """
    answers: list[tuple[Any, Any]] = struck.send(None, plans=list(plans), moments=moments)
    by_moment: list[dict[int, Places]] = [{} for _ in moments]
    for _, answer in answers:
        for by_plan, of_moment in zip(by_moment, answer or (), strict=False):
            for plan, places in of_moment.items():
                by_plan.setdefault(plan, {}).update(places)
    return by_moment


def reported_of(plan: Any) -> set[tuple[int, date]]:
    """Outputs of a plan that a monthly report which was sent in says are done."""
    answers: list[tuple[Any, Any]] = reported.send(type(plan), plan=plan)
    outputs: set[tuple[int, date]] = set()
    for _, answer in answers:
        outputs.update(answer or ())
    return outputs
