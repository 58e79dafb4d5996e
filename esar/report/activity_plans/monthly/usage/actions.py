"""Writes of what was used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word
from esar.law.rules.numbers import trimmed
from esar.law.rules.refusals import refusal
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import is_new_text, mark_of
from esar.platform.organisations.models import Body, Person
from esar.report.activity_plans.checks import month_words
from esar.report.activity_plans.monthly.deadlines.queries import DUTY_OF, ENERGY, due_day, duty
from esar.report.activity_plans.monthly.models import Usage
from esar.report.activity_plans.monthly.permissions import may_enter
from esar.report.activity_plans.monthly.usage.queries import usage_of

Said = Mapping[date, tuple[Decimal | None, Decimal | None]]  # month → (used, baseline)


@transaction.atomic
def enter(
    body: Body,
    year: int,
    thing: str,
    typed: Said,
    *,
    seen: str | None = None,
    by: Person,
    at: datetime,
    on: date,
) -> int:
    """Keep what was used; a month left empty stays as it is. How many months changed.

    `typed` is month → (used, baseline), in the thing's unit; `seen` the mark of the months that the
    writer had before them. Errors: Refused, with every month that is not over, not due, negative,
    has only one of the two, or was emptied on its page; Conflict when another has saved since.
    """
    require(may_enter(by, body, thing, on))
    Body.objects.select_for_update().get(pk=body.pk)  # of two at once, one after the other
    by_month = {one.month: one for one in usage_of(body, year).filter(thing=thing)}
    then = {month: (one.used, one.baseline) for month, one in by_month.items()}
    emptied = [month for month, both in typed.items() if month in then and both == (None, None)]
    typed = {month: both for month, both in typed.items() if both != (None, None)}
    is_as_it_was = not emptied or seen is None
    marks: dict[str, Any] = {"seen": seen, "now": mark_of_months(by_month.values())}
    if is_as_it_was and not is_new_text(
        then, then | typed, **marks, by=by, kind="usage", thing=Word(f"thing.{thing}")
    ):
        return 0
    problems = [] if is_as_it_was else [_emptied(by_month[month]) for month in emptied]
    problems += [
        problem
        for month, both in typed.items()
        for problem in _wrong(body, year, thing, month, both, on)
    ]
    if problems:
        raise Refused(problems)
    changed = 0
    for month, (used, baseline) in typed.items():
        assert used is not None, "checked above"
        entry = by_month.get(month)
        if entry is None or (entry.used, entry.baseline) != (used, baseline):
            _keep(body, year, thing, month, used, baseline, entry, by=by, at=at)
            changed += 1
    return changed


def mark_of_months(months: Iterable[Usage]) -> str:
    """The mark of a thing's months, as their writer has them before them."""
    return mark_of({f"{one.month:%Y-%m}": _words(one) for one in months})


def _emptied(entry: Usage) -> Problem:
    """A month that was entered is put right, not taken out: it counts against its due day."""
    figures = {"month": month_words(entry.month), "used": trimmed(entry.used)}
    return Problem("usage.emptied", figures | {"thing": Word(f"thing.{entry.thing}")})


def _wrong(
    body: Body, year: int, thing: str, month: date, both: tuple[Any, Any], on: date
) -> list[Problem]:
    name, (used, baseline) = DUTY_OF[Usage.Thing(thing)], both
    figures: dict[str, object] = {"month": month_words(month), "thing": Word(f"thing.{thing}")}
    problems = []
    if due_day(year, body.kind, name, month) is None:
        problems.append(Problem("usage.not_due", figures))
    if month > on:
        rule = duty(year, body.kind, name, month)
        problems.append(refusal("usage.not_begun", rule, figures))
    if used is None or (baseline is None and name != ENERGY):
        problems.append(Problem("usage.half", figures))
    if any(value is not None and value < 0 for value in both):
        problems.append(Problem("usage.negative", figures))
    return problems


def _keep(
    body: Body,
    year: int,
    thing: str,
    month: date,
    used: Decimal,
    baseline: Decimal | None,
    usage: Usage | None,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Write one month; the first entry of it is what counts against the due day."""
    before = None if usage is None else _words(usage)
    if usage is None:
        due = due_day(year, body.kind, DUTY_OF[Usage.Thing(thing)], month)
        received = timezone.localdate(at)
        usage = Usage(
            body=body, fiscal_year=year, thing=thing, month=month, received_on=received, due_on=due
        )
    usage.used, usage.baseline, usage.by, usage.at = used, baseline, by, at
    usage.save()
    record("usage.entered", usage, by=by, at=at, body=body.code, before=before, after=_words(usage))


def _words(usage: Usage) -> dict[str, Any]:
    baseline = None if usage.baseline is None else f"{trimmed(usage.baseline):f}"
    used = f"{trimmed(usage.used):f}"
    return {
        "thing": usage.thing,
        "month": f"{usage.month:%Y-%m}",
        "used": used,
        "baseline": baseline,
    }
