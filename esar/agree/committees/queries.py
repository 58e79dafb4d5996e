"""Reads of sittings and of what waits for a committee."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from esar.agree.changes.content import request_content
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.queries import change_route_of
from esar.agree.changes.states import ChangeState
from esar.agree.committees.models import AgendaItem, Attendance, Sitting
from esar.agree.scorecards.content import content
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.queries import in_its_years, level_at, route_of
from esar.agree.scorecards.states import State
from esar.kernel.chain import digest
from esar.law.rules import kinds
from esar.law.rules.numbers import EXACT
from esar.platform.organisations.models import Committee, Jurisdiction, Role
from esar.platform.organisations.queries import committees_of, members_on, sees_everything
from esar.platform.ui import books

WAITING = (State.OPINION, State.DECIDE, State.ACKNOWLEDGE)
CHANGE_WAITING = (ChangeState.OPINION, ChangeState.DECIDE, ChangeState.ACKNOWLEDGE)


def visible_committees(person: Any, day: date) -> QuerySet[Committee]:
    """All for OPDC; else those a person sits on."""
    if sees_everything(person, day):
        return Committee.objects.all()
    return Committee.objects.filter(pk__in=committees_of(person, day, Role.SECRETARY, Role.MEMBER))


def visible_sittings(person: Any, day: date) -> QuerySet[Sitting]:
    """Sittings of committees that a person sees, and those they are a guest of."""
    sittings = Sitting.objects.select_related("committee")
    if sees_everything(person, day):
        return sittings
    guest = Attendance.objects.filter(person=person, is_guest=True).values("sitting")
    return sittings.filter(Q(committee__in=visible_committees(person, day)) | Q(pk__in=guest))


def sitting_list(person: Any, day: date, *, state: str = "") -> QuerySet[Sitting]:
    """Sittings, newest first, with `items`. One query."""
    sittings = visible_sittings(person, day)
    if state:
        sittings = sittings.filter(state=state)
    counted = (
        AgendaItem.objects.filter(sitting=OuterRef("pk"))
        .order_by()
        .values("sitting")
        .annotate(many=Count("pk"))
        .values("many")
    )
    return sittings.annotate(items=Subquery(counted)).order_by("-held_at", "-pk")


def agenda_of(sitting: Sitting) -> list[AgendaItem]:
    """The agenda in order. One query."""
    items = AgendaItem.objects.filter(sitting=sitting)
    return list(items.select_related("scorecard__body__parent", "change__scorecard__body__parent"))


def attendance_of(sitting: Sitting) -> list[Attendance]:
    return list(Attendance.objects.filter(sitting=sitting))


def rule_of(sitting: Sitting) -> kinds.Committee | None:
    """The rulebook's entry for this committee in the sitting's year."""
    book = books.book(sitting.fiscal_year)
    rule = (
        book.on(book.year.last_day).get(sitting.committee.rule_id, kinds.Committee)
        if book
        else None
    )
    return rule.value if rule else None


def quorum_needed(sitting: Sitting, day: date) -> int:
    """How many members must be there: more than the rulebook’s share, and never one alone."""
    seated = members_on(sitting.committee, day).values("person").distinct().count()
    return max(_more_than(seated, _share(sitting, "quorum")), 2)


def votes_needed(sitting: Sitting, present: int) -> int:
    return _more_than(present, _share(sitting, "majority"))


def _share(sitting: Sitting, name: str) -> Decimal:
    rule = rule_of(sitting)
    return getattr(rule, name, None) or Decimal("0.5")


def _more_than(whole: int, share: Decimal) -> int:
    return int(EXACT.multiply(Decimal(whole), share)) + 1


def present_members(sitting: Sitting, day: date) -> int:
    """Those marked as there who are members on that day."""
    seated = members_on(sitting.committee, day).values("person")
    there = Attendance.objects.filter(sitting=sitting, is_guest=False, person__in=seated)
    return there.values("person").distinct().count()


def thing_of(item: AgendaItem) -> Scorecard | ChangeRequest:
    subject = item.scorecard or item.change
    assert subject is not None  # the database refuses an item without one
    return subject


def content_of(thing: Scorecard | ChangeRequest) -> dict[str, Any]:
    """What a resolution on this thing binds: what the committee has before it."""
    return content(thing) if isinstance(thing, Scorecard) else request_content(thing)


def hash_of(thing: Scorecard | ChangeRequest) -> str:
    """The hash of what a resolution on this thing binds."""
    return digest(content_of(thing))


def level_of(thing: Scorecard | ChangeRequest) -> int | None:
    """The level of the committee whose turn it is."""
    route = route_of(thing) if isinstance(thing, Scorecard) else change_route_of(thing)
    return level_at(route, thing.state) if route else None


def waiting_scorecards(committee: Committee, year: int | None = None) -> list[Scorecard]:
    """Scorecards whose turn it is at this committee and that are on no table yet. Two queries."""
    cards = Scorecard.objects.filter(in_its_years(committee, ""), state__in=WAITING)
    cards = cards.select_related("body__parent")
    if year:
        cards = cards.filter(fiscal_year=year)
    if committee.level:
        bodies = Jurisdiction.objects.filter(committee=committee).values("body")
        cards = cards.filter(body__in=bodies)
    tabled = AgendaItem.objects.filter(outcome="", scorecard__isnull=False).values("scorecard")
    cards = cards.exclude(pk__in=tabled).order_by("body__name_th")
    return [one for one in cards if level_of(one) == committee.level]


def waiting_changes(committee: Committee, year: int | None = None) -> list[ChangeRequest]:
    """Change requests whose turn it is at this committee and that are on no table yet."""
    requests = ChangeRequest.objects.filter(
        in_its_years(committee, "scorecard__"), state__in=CHANGE_WAITING
    )
    requests = requests.select_related("scorecard__body__parent")
    if year:
        requests = requests.filter(scorecard__fiscal_year=year)
    if committee.level:
        bodies = Jurisdiction.objects.filter(committee=committee).values("body")
        requests = requests.filter(scorecard__body__in=bodies)
    tabled = AgendaItem.objects.filter(outcome="", change__isnull=False).values("change")
    requests = requests.exclude(pk__in=tabled).order_by("since")
    return [one for one in requests if level_of(one) == committee.level]


def outcomes_for(thing: Scorecard | ChangeRequest) -> tuple[str, ...]:
    """What may come of a thing where it now is."""
    no = "return" if isinstance(thing, Scorecard) else "reject"
    outcomes = {
        "opinion": ("opinion", no),
        "decide": ("approve", no),
        "acknowledge": ("acknowledge",),
    }
    if thing.state not in outcomes:
        return ()
    more = ("return",) if isinstance(thing, Scorecard) and thing.state == "acknowledge" else ()
    return (*outcomes[thing.state], *more, "deferred")
