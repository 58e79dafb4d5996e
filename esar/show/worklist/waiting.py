"""How much waits for a person behind each entry of the rail, in the year worked in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Value

from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.states import ChangeState
from esar.agree.committees.models import Sitting
from esar.agree.committees.states import SittingState
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.states import State
from esar.judge.assessments.queries import at_desk_of
from esar.judge.assessments.states import Stage
from esar.judge.results.queries import waiting as to_release
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_of, committees_of, holds
from esar.platform.ui import books
from esar.report.reports.models import Report
from esar.report.reports.states import ReportState


def waiting_counts(person: Any, day: date, year: int) -> dict[str, int]:
    """The name of an address → how many things of a year wait there; none where nothing does.

    One query, and one more for a minister's office.
    """
    waiting = _waiting(person, day, year)
    if not waiting:
        return {}
    addresses = [address for address, _rows in waiting]
    counts: dict[str, int] = {}
    first, *further = (
        rows.order_by().values_list(Value(place, IntegerField()), Count("pk"))
        for place, (_address, rows) in enumerate(waiting)
    )
    for place, count in first.union(*further, all=True) if further else first:
        if count:
            counts[addresses[place]] = counts.get(addresses[place], 0) + count
    return counts


def _waiting(person: Any, day: date, year: int) -> list[tuple[str, QuerySet[Any]]]:
    """(address, rows) of what waits for a person by the roles of today."""
    waiting: list[tuple[str, QuerySet[Any]]] = []
    reports, approves = bodies_of(person, day, Role.REPORTER), bodies_of(person, day, Role.APPROVER)
    if reports or approves:
        waiting += _at_bodies(reports, approves, day, year)
    if sits := committees_of(person, day, Role.SECRETARY, Role.MEMBER):
        to_hold = (SittingState.PLANNED, SittingState.OPEN)
        sittings = Sitting.objects.filter(fiscal_year=year, committee__in=sits, state__in=to_hold)
        waiting.append(("committees:sittings", sittings))
    if holds(person, day, Role.ASSESSOR, Role.MINISTERS_OFFICE):
        stages = (Stage.PRELIMINARY, Stage.MINISTER, Stage.PRIME_MINISTER)
        waiting += [
            (
                "assessments:assessments",
                at_desk_of(person, day, stage).filter(report__scorecard__fiscal_year=year),
            )
            for stage in stages
        ]
    if holds(person, day, Role.ANALYST):
        waiting.append(("results:to-release", to_release()))
    return waiting


def _at_bodies(
    reports: set[int], approves: set[int], day: date, year: int
) -> list[tuple[str, QuerySet[Any]]]:
    """Drafts for who reports for a body, proposals for who approves for it."""
    card = {"scorecard__fiscal_year": year}

    def mine(path: str, draft: str, proposed: str) -> Q:
        return Q(**{f"{path}__in": reports}, state=draft) | Q(
            **{f"{path}__in": approves}, state=proposed
        )

    cards = Scorecard.objects.filter(mine("body", State.DRAFT, State.PROPOSED), fiscal_year=year)
    claims = Report.objects.filter(
        mine("scorecard__body", ReportState.DRAFT, ReportState.PROPOSED),
        round_id__in=books.begun_rounds(year, day),
        **card,
    )
    changes = ChangeRequest.objects.filter(
        mine("scorecard__body", ChangeState.DRAFT, ChangeState.PROPOSED), **card
    )
    return [
        ("scorecards:scorecards", cards),
        ("reports:reports", claims),
        ("changes:changes", changes),
    ]
