"""Bodies that have open work and nobody for it any more: on desks, and told at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.urls import reverse

from esar.agree.changes.models import ChangeRequest
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.models import Scorecard
from esar.judge.appeals.models import Appeal
from esar.judge.early_warning.models import EarlyWarning
from esar.judge.early_warning.states import WarningState
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Appointment, Body, Role
from esar.platform.organisations.queries import bodies_left, bodies_of, holds, people_with
from esar.platform.ui import clock
from esar.platform.ui.templatetags.words import name_of
from esar.report.extensions.models import ExtensionRequest
from esar.report.letters.models import Letter
from esar.report.reports.models import Report
from esar.report.reports.queries import due_days, rounds_of
from esar.report.reports.states import ReportState
from esar.show.worklist.kpi_templates import templates_waiting
from esar.show.worklist.plans import plans_waiting
from esar.show.worklist.work import Work

APPOINTS = (Role.ANALYST, Role.ADMINISTRATOR)
# Whose work it is: what is written waits for reporters, what is proposed for approvers.
REPORT_WAITS = {Role.REPORTER: ReportState.DRAFT, Role.APPROVER: ReportState.PROPOSED}
Waits = Mapping[Role, Collection[str]]
_DRAFTS: Waits = {Role.REPORTER: ("draft",), Role.APPROVER: ("proposed",)}
_UNSENT: Waits = {Role.REPORTER: ("draft",), Role.APPROVER: ("draft",)}  # one writes, one sends
_PLANS: Waits = {
    Role.REPORTER: (WarningState.ASKED, WarningState.RETURNED),
    Role.APPROVER: (WarningState.PLANNED,),
}
# What else a body's people write and send: the model, the way to its body, in which states.
WITHOUT_DAY: tuple[tuple[type[Model], str, Waits], ...] = (
    (Scorecard, "body", _DRAFTS),
    (ChangeRequest, "scorecard__body", _DRAFTS),
    (Letter, "sender", _DRAFTS),
    (ExtensionRequest, "body", _UNSENT),
    (Appeal, "result__body", _UNSENT),
    (EarlyWarning, "scorecard__body", _PLANS),
)


@dataclass
class OpenWork:
    """What waits at a body for a role: how many things, and the first day that is due."""

    count: int = 0
    due: date | None = None

    def add(self, due: date | None) -> None:
        self.count += 1
        self.due = min((day for day in (self.due, due) if day), default=None)


def work_without_people(person: Any, day: date) -> list[Work]:
    """A line for each body and role that someone has left with work, for those who appoint.

    The body's own approver sees it, its reporter where the approver is missing, and at OPDC
    analysts and administrators. A constant number of queries.
    """
    everywhere = holds(person, day, *APPOINTS)
    own = bodies_of(person, day, Role.REPORTER, Role.APPROVER)
    if not everywhere and not own:
        return []
    invites = holds(person, day, Role.ADMINISTRATOR, Role.APPROVER)
    path = reverse("role_offers:invite" if invites else "organisations:people")
    work = []
    for role in (Role.REPORTER, Role.APPROVER):
        left = bodies_left(role, day)
        if not everywhere:
            left = left.filter(pk__in=own)
        bodies = {body.pk: body for body in left}
        waiting = open_work(bodies.values(), role, day) if bodies else {}
        work += [
            Work(
                name_of(bodies[pk]),
                path,
                f"page.nobody_{role.value}",
                things.due,
            )
            for pk, things in waiting.items()
        ]
    return work


def open_work(bodies: Iterable[Body], role: Role, day: date) -> dict[int, OpenWork]:
    """Body id → what waits there for the role. A constant number of queries."""
    by_body: dict[int, OpenWork] = {}
    bodies = list(bodies)
    ids = {body.pk for body in bodies}
    writes, approves = (ids if role == each else set() for each in (Role.REPORTER, Role.APPROVER))
    lines = [
        *plans_waiting(writes, approves, day),
        *templates_waiting(writes, approves, day),
    ]
    with_day = [(body_id, line.due) for body_id, line in lines]
    for body_id, due in (*_reports(bodies, role, day), *with_day, *_without_day(ids, role)):
        by_body.setdefault(body_id, OpenWork()).add(due)
    return by_body


def _reports(bodies: Iterable[Body], role: Role, day: date) -> Iterable[tuple[int, date | None]]:
    reports = Report.objects.filter(scorecard__body__in=bodies, state=REPORT_WAITS[role])
    waiting = [
        report
        for report in reports.select_related("scorecard__body")
        if rounds_of(rules_of(report.scorecard)[1])[report.round_id].value.first <= day
    ]
    due = due_days(waiting)
    return [(report.scorecard.body_id, due[report.pk]) for report in waiting]


def _without_day(bodies: Collection[int], role: Role) -> Iterator[tuple[int, None]]:
    """What waits and is due on no day of its own, by its body; a query for each kind of thing."""
    for model, body, states in WITHOUT_DAY:
        waiting = model._default_manager.filter(
            **{f"{body}__in": bodies, "state__in": states[role]}
        )
        yield from ((pk, None) for pk in waiting.order_by().values_list(body, flat=True))


def tell_of_open_work(
    appointment: Appointment, last: date, at: datetime, **_signal: object
) -> None:
    """Tell those who appoint when the last of a body's people leaves work behind."""
    body, role = appointment.body, Role(appointment.role)
    if body is None or role not in REPORT_WAITS:
        return
    today, after = clock.today(), last + timedelta(days=1)
    if people_with(after, role, body=body).exists():
        return
    waiting = open_work([body], role, today).get(body.pk)
    if waiting is None:
        return
    people = {
        *people_with(today, *APPOINTS),
        *people_with(today, Role.APPROVER, Role.REPORTER, body=body),
    } - {appointment.person}
    tell(
        sorted(people, key=lambda person: person.pk),
        f"notice.nobody_{role.value}",
        path=reverse("organisations:people"),
        key=f"nobody-{appointment.pk}-{last.isoformat()}",
        at=at,
        body=body.name_th,
        day=last.isoformat(),
        count=waiting.count,
    )
