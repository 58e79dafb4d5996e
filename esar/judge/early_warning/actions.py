"""Writes: KPIs that may miss their target are warned of. The life of a warning moves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from esar.judge.early_warning import permissions
from esar.judge.early_warning.life import WARNING_LIFE, cleaned, plan_of
from esar.judge.early_warning.looking import look_now
from esar.judge.early_warning.measuring import measure_if_new, rules_of
from esar.judge.early_warning.models import EarlyWarning, Look, Outlook
from esar.judge.early_warning.queries import looked_at, newest_look, standing
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.years import FiscalYear
from esar.platform.calendars.queries import entry
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_with
from esar.platform.ui import books

WINDOW = "early-warning"


@transaction.atomic
def warn(
    year: int,
    *,
    on: date,
    at: datetime,
    by: Person | None,
    expected: int | None = None,
    look: int | None = None,
) -> Look:
    """Warn of every KPI that the rules name and that has no open warning yet.

    `by` is an analyst, any day; none for the day's chores. `look` is the kept look that the
    analyst saw, which must be the newest; without it the year is looked at here and now, which
    is long work and not for a page. `expected` is how many the analyst was shown: when it is
    another number by now, nobody is warned. Errors: Refused.
    """
    if by is not None:
        require(permissions.may_warn(by, on))
    if books.book(year) is None:
        raise Refused([Problem("warning.no_rules", {"year": year})])
    if on not in FiscalYear(year):
        raise Refused([Problem("warning.year_is_not_on", {"year": year})])
    # who looks at the same moment waits here, and then finds these warnings made
    list(looked_at(year).select_for_update(of=("self",)))
    seen = look_now(year, on=on, at=at, by=by) if look is None else _kept(year, look)
    new = standing(seen).new
    if expected is not None and expected != len(new):
        figures: dict[str, object] = {"shown": expected, "now": len(new)}
        raise Refused([Problem("warning.changed_since", figures)])
    warnings = [_ask(row, on=on, at=at, by=by) for row in new]
    seen.warned += len(warnings)
    seen.save(update_fields=["warned"])
    _tell_bodies(warnings, year, on=on, at=at)
    after = {"looked_at": seen.looked_at, "unknown": seen.unknown, "warned": len(warnings)}
    record("warning.looked" if look is None else "warning.warned", seen, by=by, at=at, after=after)
    return seen


def _kept(year: int, look: int) -> Look:
    newest = newest_look(year)
    if newest is None or newest.pk != look:
        raise Refused([Problem("warning.another_look", {"year": year})])
    return newest


def warn_if_due(*, on: date, at: datetime) -> int:
    """For the day's chores: warn once in each year's window of the calendar. How many were warned.

    The window's first day as a rule; the next day the worker runs if it stood still that day.
    What projections are worth is measured again, afterwards, when there are new results.
    """
    warned = 0
    for year in books.years():
        if on not in FiscalYear(year):
            continue
        measure_if_new(rules_of(year), at=at, once_a_day=True)
        window = entry(year, WINDOW)
        if window is None or not window.is_open(on):
            continue
        first = window.first or on
        if not Look.objects.filter(fiscal_year=year, by=None, on__gte=first).exists():
            warned += warn(year, on=on, at=at, by=None).warned
    return warned


@transaction.atomic
def write_plan(
    warning: EarlyWarning,
    plan: Mapping[str, Any],
    *,
    seen: str | None,
    by: Person,
    at: datetime,
    on: date,
) -> bool:
    """Write a corrective plan. Whether anything was new.

    `seen` is the mark of the plan that the writer had. Errors: Refused; Conflict when someone else
    has written since: nothing is overwritten.
    """
    locked = WARNING_LIFE.locked(warning)
    require(WARNING_LIFE.may(by, locked, "plan", on))
    stored, texts = plan_of(locked), cleaned(plan)
    typed = texts | {"remedy_by": texts["remedy_by"].isoformat() if texts["remedy_by"] else None}
    savings = SavedByLog(WARNING_LIFE.events_of(locked, *WARNING_LIFE.written_by))
    marks: dict[str, Any] = {"seen": seen, "now": mark_of(stored)}
    if not is_new_text(stored, typed, **marks, by=by, saved=savings, kind="warning"):
        return False
    WARNING_LIFE.move(warning, "plan", by=by, at=at, on=on, plan=plan)
    return True


def _ask(row: Outlook, *, on: date, at: datetime, by: Person | None) -> EarlyWarning:
    card = row.scorecard
    assert row.miss is not None, "what the rules warn of was projected"
    due = min(on + timedelta(days=row.plan_days), FiscalYear(card.fiscal_year).last_day)
    warning = EarlyWarning.objects.create(
        scorecard=card,
        number=row.number,
        name=row.name,
        unit=row.unit,
        direction=row.direction,
        projected=row.projected,
        low=row.low,
        high=row.high,
        miss=row.miss,
        level=row.level,
        targets=row.targets,
        based_on=row.based_on,
        since=at,
        asked_on=on,
        plan_due=due,
    )
    after = {"number": warning.number} | {
        field: f"{getattr(warning, field):f}" for field in ("projected", "low", "high", "miss")
    }
    record("warning.asked", warning, by=by, at=at, body=card.body.code, after=after)
    return warning


def _tell_bodies(warnings: list[EarlyWarning], year: int, *, on: date, at: datetime) -> None:
    """One notice for each body, however many of its KPIs are warned of."""
    bodies: dict[int, Body] = {one.scorecard.body_id: one.scorecard.body for one in warnings}
    for pk, body in bodies.items():
        of_body = [one for one in warnings if one.scorecard.body_id == pk]
        tell(
            people_with(on, Role.REPORTER, Role.APPROVER, body=body),
            "notice.warned",
            path=reverse("early_warning:warning", args=[of_body[0].pk])
            if len(of_body) == 1
            else f"{reverse('early_warning:warnings')}?q={body.code}",
            key=f"warned:{of_body[0].pk}:{pk}",
            at=at,
            body=body.name_th,
            year=year,
            many=len(of_body),
            day=of_body[0].plan_due.isoformat(),
        )
