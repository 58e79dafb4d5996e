"""Writes: warn of KPIs that may miss their target, and move a warning along. One function moves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from esar.judge.early_warning import permissions
from esar.judge.early_warning.looking import look_now
from esar.judge.early_warning.measuring import measure_if_new, rules_of
from esar.judge.early_warning.models import EarlyWarning, Look, Outlook
from esar.judge.early_warning.queries import looked_at, newest_look, standing
from esar.judge.early_warning.states import WARNING_MOVES, WarningState
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word
from esar.law.rules.years import FiscalYear
from esar.platform.calendars.queries import entry
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import people_with
from esar.platform.ui import books

WINDOW = "early-warning"
PLAN = ("cause", "remedy", "remedy_owner", "remedy_by")


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


@transaction.atomic
def move(
    warning: EarlyWarning,
    name: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str = "",
    plan: dict[str, Any] | None = None,
) -> None:
    """Make one move of WARNING_MOVES: permission, checks, state, history and notices, or nothing.

    `plan` (the fields of PLAN) goes with the move "plan" alone; a `reason` with those
    that need one, and is the closing note of those that end it. Errors: Refused. Of two at once,
    one wins.
    """
    locked = (
        EarlyWarning.objects.select_for_update(of=("self",))
        .select_related("scorecard__body")
        .get(pk=warning.pk)
    )
    require(permissions.may_move(by, locked, name, on))
    table = WARNING_MOVES[name]
    if table.needs_reason and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    changed: dict[str, Any] = {"state": table.target, "since": at}
    if name == "plan":
        changed |= _checked_plan(locked, plan or {}, on)
    if table.target in (WarningState.DONE, WarningState.WITHDRAWN):
        changed["note"] = reason.strip()
    old = locked.state
    if not EarlyWarning.objects.filter(pk=locked.pk, state=old).update(**changed):
        raise Refused([Problem("warning.already_moved")])
    before = {"state": old} | {field: _text(getattr(locked, field)) for field in _told(changed)}
    after = {"state": table.target} | {field: _text(changed[field]) for field in _told(changed)}
    record(
        f"warning.{name}",
        locked,
        by=by,
        at=at,
        body=locked.scorecard.body.code,
        before=before,
        after=after,
        reason=reason.strip(),
    )
    for field, value in changed.items():
        setattr(warning, field, value)
    _tell_next(locked, name, by=by, at=at, on=on, reason=reason)


def _told(changed: dict[str, Any]) -> list[str]:
    return [field for field in PLAN if field in changed]


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _checked_plan(warning: EarlyWarning, plan: dict[str, Any], on: date) -> dict[str, Any]:
    """The plan's fields, all filled; it must end within the year that it is to save."""
    fields: dict[str, Any] = {field: plan.get(field) or "" for field in PLAN}
    fields |= {field: fields[field].strip() for field in ("cause", "remedy", "remedy_owner")}
    problems = [
        Problem("warning.plan_incomplete", {"field": Word(f"label.{field}")})
        for field in PLAN
        if not fields[field]
    ]
    last = FiscalYear(warning.scorecard.fiscal_year).last_day
    if fields["remedy_by"] and not on <= fields["remedy_by"] <= last:
        figures: dict[str, object] = {"first": on, "last": last}
        problems.append(Problem("warning.plan_day", figures))
    if problems:
        raise Refused(problems)
    return fields


def _tell_next(
    warning: EarlyWarning, name: str, *, by: Person, at: datetime, on: date, reason: str
) -> None:
    """Tell those whose turn it is, or the body what was decided of its plan."""
    body = warning.scorecard.body
    if name == "plan":
        people = people_with(on, Role.APPROVER, body=body)
    elif name == "send_plan":
        people = people_with(on, Role.ANALYST)
    else:
        people = people_with(on, Role.REPORTER, Role.APPROVER, body=body)
    tell(
        people.exclude(pk=by.pk),
        f"notice.warning_{name}",
        path=reverse("early_warning:warning", args=[warning.pk]),
        key=f"warning:{warning.pk}:{name}:{at.isoformat()}",
        at=at,
        body=body.name_th,
        kpi=warning.number,
        reason=reason,
    )
