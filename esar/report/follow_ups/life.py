"""The life of what a lead tells: sent by its approver, answered by the first level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from esar.agree.agendas.queries import key_of
from esar.kernel.problems import Problem
from esar.platform.lifecycle.life import Act, Life
from esar.platform.organisations.models import Committee, Person, Role
from esar.platform.organisations.queries import committees_of, people_with
from esar.report.follow_ups.models import FollowUp
from esar.report.follow_ups.queries import led_by, quarter_end
from esar.report.follow_ups.states import FOLLOW_UP_EDITS, FOLLOW_UP_MOVES, FollowUpState

WORKING_GROUP = "committee.level1.departments"


def working_group() -> QuerySet[Committee]:
    """The first level's working group on departments, which advises the leads."""
    return Committee.objects.filter(rule_id=WORKING_GROUP)


def is_adviser(person: Any, day: date, *roles: str) -> bool:
    """Whether a person has one of the roles in the working group. One query or none."""
    seats = committees_of(person, day, *roles)
    return bool(seats) and working_group().filter(pk__in=seats).exists()


class FollowUpLife(Life[FollowUp]):
    """Written by the lead's reporter, sent by its approver, advised by the working group."""

    name, model, page = "follow_up", FollowUp, "follow_ups:follow-up"
    moves, edits, year_at = FOLLOW_UP_MOVES, FOLLOW_UP_EDITS, "fiscal_year"
    related = ("body",)
    written_by = ("follow_up.written", "follow_up.changed")
    sent_by = ("follow_up.send",)

    def visible(self, person: Any, day: date) -> QuerySet[Any]:
        """As of every life; the working group sees what was sent. Two queries."""
        if is_adviser(person, day, Role.SECRETARY, Role.MEMBER):
            sent = (FollowUpState.SENT, FollowUpState.ADVISED)
            return FollowUp.objects.select_related("body").filter(state__in=sent)
        return super().visible(person, day)

    def has_role(self, person: Any, role: str, thing: FollowUp, day: date) -> bool:
        if role == Role.SECRETARY:
            return is_adviser(person, day, role)
        return super().has_role(person, role, thing, day)

    def people_told(self, act: Act[FollowUp]) -> Iterable[Person]:
        if act.name == "send":
            for committee in working_group():
                yield from people_with(act.on, Role.SECRETARY, committee=committee)
        else:
            yield from super().people_told(act)

    def content(self, thing: FollowUp) -> Mapping[str, Any]:
        return {
            "agenda": thing.agenda,
            "quarter": thing.quarter,
            "stages": thing.stages,
            "obstacle": thing.obstacle,
            "proposal": thing.proposal,
        }

    def changes(self, act: Act[FollowUp]) -> Mapping[str, Any]:
        return {"advice": act.reason} if act.name == "advise" else {}

    def check(self, act: Act[FollowUp]) -> Iterator[Problem]:
        row = act.thing
        if act.name not in ("begin", "send"):
            return
        if row.agenda not in [key_of(rule) for rule in led_by(row.body, row.fiscal_year)]:
            yield Problem("follow_up.no_lead", {"body": row.body})
        if act.on <= (end := quarter_end(row.fiscal_year, row.quarter)):
            yield Problem("follow_up.quarter_goes_on", {"quarter": row.quarter, "day": end})
        if act.name == "begin":
            same = FollowUp.objects.filter(
                body=row.body,
                fiscal_year=row.fiscal_year,
                agenda=row.agenda,
                quarter=row.quarter,
            )
            if same.exclude(state=FollowUpState.DROPPED).exists():
                yield Problem("follow_up.there_already", {"quarter": row.quarter})


FOLLOW_UP_LIFE = FollowUpLife()
