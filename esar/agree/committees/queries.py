"""Reads of sittings and of what waits for a committee."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from esar.agree.changes.content import request_content
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.queries import change_route_of
from esar.agree.changes.states import ChangeState
from esar.agree.committees.models import (
    AgendaItem,
    AppointingOrder,
    Attendance,
    Paper,
    Sitting,
)
from esar.agree.committees.papers import PaperLife
from esar.agree.committees.states import SittingState
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import as_facts, content, kpis_of
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.queries import in_its_years, level_at, route_of
from esar.agree.scorecards.states import State
from esar.kernel import spelling
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import say
from esar.law.rules import kinds
from esar.law.rules.book import Rule
from esar.law.rules.numbers import EXACT
from esar.law.rules.years import buddhist_year
from esar.law.scoring.weights import effective_weights
from esar.platform.lifecycle.life import life_named
from esar.platform.organisations.interest import people_with_interest
from esar.platform.organisations.models import (
    Appointment,
    Body,
    Committee,
    Jurisdiction,
    Person,
    Role,
)
from esar.platform.organisations.queries import (
    committees_of,
    considers,
    members_on,
    sees_everything,
)
from esar.platform.ui import books

Tabled = Scorecard | ChangeRequest | Paper  # what may lie on a table
ITEM_RELATED = ("scorecard__body__parent", "change__scorecard__body__parent", "paper__committee")
NAMED_BY_ROLE = ("chair", "vice_chair")  # a committee has one of each
WAITING = (State.OPINION, State.DECIDE, State.ACKNOWLEDGE)
CHANGE_WAITING = (ChangeState.OPINION, ChangeState.DECIDE, ChangeState.ACKNOWLEDGE)


def visible_committees(person: Any, day: date) -> QuerySet[Committee]:
    """All for OPDC; else those a person sits on."""
    if sees_everything(person, day):
        return Committee.objects.all()
    return Committee.objects.filter(pk__in=committees_of(person, day, Role.SECRETARY, Role.MEMBER))


def orders_of(committee: Committee) -> QuerySet[AppointingOrder]:
    """The orders that appointed a committee, the newest first. One query."""
    return AppointingOrder.objects.filter(committee=committee).select_related("file")


def visible_sittings(person: Any, day: date) -> QuerySet[Sitting]:
    """Sittings of committees that a person sees, and those they are a guest of."""
    sittings = Sitting.objects.select_related("committee")
    if sees_everything(person, day):
        return sittings
    guest = Attendance.objects.filter(person=person, is_guest=True).values("sitting")
    return sittings.filter(Q(committee__in=visible_committees(person, day)) | Q(pk__in=guest))


def counted_sittings(person: Any, day: date) -> QuerySet[Sitting]:
    """Sittings that a person sees, with how many `items` each has before it. One query."""
    of_sitting = AgendaItem.objects.filter(sitting=OuterRef("pk")).order_by().values("sitting")
    items = Subquery(of_sitting.annotate(many=Count("pk")).values("many"))
    return visible_sittings(person, day).annotate(items=Coalesce(items, 0))


def agenda_of(sitting: Sitting) -> list[AgendaItem]:
    """The agenda in order. One query."""
    items = AgendaItem.objects.filter(sitting=sitting)
    return list(items.select_related(*ITEM_RELATED))


def attendance_of(sitting: Sitting) -> list[Attendance]:
    return list(Attendance.objects.filter(sitting=sitting))


def rule_of(sitting: Sitting) -> kinds.Committee | None:
    """The rulebook's entry for this committee in the sitting's year."""
    return rule_for(sitting.committee, sitting.fiscal_year)


def rule_for(committee: Committee, year: int, day: date | None = None) -> kinds.Committee | None:
    """The rulebook's entry for a committee in a fiscal year, on a day of it; else on its last."""
    rule = _law_for(committee, year, day)
    return rule.value if rule else None


def law_of(sitting: Sitting) -> Rule[kinds.Committee] | None:
    """The entry itself, with its clauses, that this sitting goes by."""
    return _law_for(sitting.committee, sitting.fiscal_year)


def _law_for(
    committee: Committee, year: int, day: date | None = None
) -> Rule[kinds.Committee] | None:
    book = books.book(year)
    if book is None:
        return None
    last = book.year.last_day
    binding = book.on(last if day is None else min(max(day, book.year.first_day), last))
    return binding.get(committee.rule_id, kinds.Committee)


def number_year(committee: Committee, year: int, held_on: date) -> int:
    """The Buddhist year that the number of a sitting counts in, by the rulebook of that day."""
    rule = rule_for(committee, year, held_on)
    by_calendar = rule is not None and rule.numbered_by == "calendar_year"
    return buddhist_year(held_on) if by_calendar else year


@dataclass(frozen=True)
class Seat:
    """A seat of the rulebook's composition, and who holds it."""

    rule: kinds.Committee.Seat
    holders: tuple[Appointment, ...] = ()

    @property
    def is_full(self) -> bool:
        return len(self.holders) >= (self.rule.most or 1)


@dataclass(frozen=True)
class Composition:
    """The seats of a committee by the rulebook, against who is appointed to it.

    `unplaced` sit on it, but their appointment names no seat of the rulebook: each of them is
    counted as holding one of the empty seats, whose is not known.
    """

    seats: tuple[Seat, ...]
    unplaced: tuple[Appointment, ...]

    @property
    def vacancies(self) -> int:
        """How many seats nobody can be holding; a seat "of at most three" is held by one."""
        return max(0, self._empty - len({member.person_id for member in self.unplaced}))

    @property
    def is_by_count(self) -> bool:
        """Whether no seat is vacant only as there are members enough whose seat is not named."""
        return self._empty > 0 and not self.vacancies

    @property
    def _empty(self) -> int:
        return sum(not seat.holders for seat in self.seats)


def composition_of(committee: Committee, year: int, day: date) -> Composition:
    """Who holds which seat on a day, by the rulebook of a fiscal year. One query."""
    rule = rule_for(committee, year)
    seats = [Seat(seat) for seat in rule.seats] if rule else []
    unplaced = []
    for member in members_on(committee, day):
        place = _place_of(member, seats)
        if place is None:
            unplaced.append(member)
        else:
            seats[place] = Seat(seats[place].rule, (*seats[place].holders, member))
    return Composition(tuple(seats), tuple(unplaced))


def _place_of(member: Appointment, seats: list[Seat]) -> int | None:
    """Which of the seats an appointment names: by whose it is, or as chair or vice-chair."""
    seat_name, places = spelling.key(member.seat), []
    for place, seat in enumerate(seats):
        names = [seat.rule.who.th, seat.rule.who.en]
        if seat.rule.role in NAMED_BY_ROLE:
            names += [say(f"value.{seat.rule.role}", {}, language) for language in ("th", "en")]
        if seat_name in map(spelling.key, names) and (seat.rule.most is None or not seat.is_full):
            places.append(place)
    empty = [place for place in places if not seats[place].holders]
    return next(iter(empty or places), None)


def bodies_of(item: AgendaItem) -> Collection[Body]:
    """The bodies that an item is about. No query; one for a paper."""
    subject = thing_of(item)
    if isinstance(subject, Paper):
        return paper_life(subject).decided_about(subject)
    return (subject.body if isinstance(subject, Scorecard) else subject.scorecard.body,)


def paper_life(paper: Paper) -> PaperLife:
    """The life that says what a paper is about."""
    life = life_named(paper.life)
    assert isinstance(life, PaperLife), "only such a life makes papers"
    return life


@dataclass(frozen=True)
class Recusal:
    """The members who do not sit on something, and who is there and needed without them."""

    members: tuple[Person, ...]
    present: int
    needed: int

    @property
    def ids(self) -> set[int]:
        return {person.pk for person in self.members}

    @property
    def names(self) -> list[str]:
        return [person.name for person in self.members]


def recusal_from(sitting: Sitting, bodies: Collection[Body], day: date) -> Recusal:
    """Who leaves while bodies are considered: all with an interest in one of them. Six queries."""
    ids = {pk for people in people_with_interest(bodies, day).values() for pk in people}
    return _recusal(sitting, ids, day)


def leaving_for(
    sitting: Sitting, bodies: Iterable[Body], day: date
) -> list[tuple[Body, list[Person]]]:
    """The bodies for which some members leave, each with who does. Three queries."""
    of_body = {body.pk: body for body in bodies}
    interested = people_with_interest(of_body.values(), day)
    seats = {seat.person_id: seat.person for seat in members_on(sitting.committee, day)}
    rows = [
        (body, [seats[person] for person in sorted(interested[pk] & set(seats))])
        for pk, body in of_body.items()
    ]
    return [(body, people) for body, people in rows if people]


def _recusal(sitting: Sitting, ids: set[int], day: date) -> Recusal:
    seats = members_on(sitting.committee, day).filter(person__in=ids)
    members = {seat.person_id: seat.person for seat in seats}
    return Recusal(
        tuple(members[pk] for pk in sorted(members)),
        present_members(sitting, day, members),
        quorum_needed(sitting, day, members),
    )


def recusals(sitting: Sitting, items: Iterable[AgendaItem], today: date) -> dict[int, Recusal]:
    """Agenda item id → who does not sit on it, where there is anybody.

    As it was on the day of its resolution, or is today. Three queries for each such day, and four
    for each item that somebody does not sit on.
    """
    by_day: dict[date, list[AgendaItem]] = {}
    for item in items:
        day = timezone.localdate(item.resolved_at) if item.resolved_at else today
        by_day.setdefault(day, []).append(item)
    recusals = {}
    for day, of_day in by_day.items():
        bodies = {item.pk: bodies_of(item) for item in of_day}
        every = {body.pk: body for its in bodies.values() for body in its}
        interested = people_with_interest(every.values(), day)
        seats = {seat.person_id for seat in members_on(sitting.committee, day)}
        for item in of_day:
            people = {pk for body in bodies[item.pk] for pk in interested[body.pk]}
            if ids := people & seats:
                recusals[item.pk] = _recusal(sitting, ids, day)
    return recusals


def day_of(sitting: Sitting, today: date) -> date:
    """The day whose members count: today, or that on which it was closed or cancelled."""
    is_over = sitting.state in (SittingState.CLOSED, SittingState.CANCELLED)
    return timezone.localdate(sitting.since) if is_over else today


def quorum_needed(sitting: Sitting, day: date, recused: Collection[int] = ()) -> int:
    """How many members must be there: more than the rulebook’s share, and never one alone.

    The recused are no members while the item is considered that they have an interest in.
    """
    seats = members_on(sitting.committee, day).exclude(person__in=recused)
    return max(_more_than(seats.values("person").distinct().count(), _share(sitting, "quorum")), 2)


def votes_needed(sitting: Sitting, present: int) -> int:
    return _more_than(present, _share(sitting, "majority"))


def _share(sitting: Sitting, name: str) -> Decimal:
    """A share of the members by the rulebook. Errors: Refused where its year does not say."""
    share: Decimal | None = getattr(rule_of(sitting), name, None)
    if share is None:
        raise Refused([no_rule(sitting.committee, sitting.fiscal_year)])
    return share


def no_rule(committee: Committee, year: int) -> Problem:
    """That the rules of a year know no such committee, so that nothing says when it may decide."""
    return Problem("sitting.no_rule", {"committee": committee.name_th, "year": year})


def _more_than(whole: int, share: Decimal) -> int:
    return int(EXACT.multiply(Decimal(whole), share)) + 1


def present_members(sitting: Sitting, day: date, recused: Collection[int] = ()) -> int:
    """Those marked as there who are members on that day, and the invited who sit as members."""
    seated = members_on(sitting.committee, day).exclude(person__in=recused).values("person")
    there = Attendance.objects.filter(sitting=sitting, is_guest=False, person__in=seated)
    return there.values("person").distinct().count() + len(invited_members(sitting))


def invited_members(sitting: Sitting) -> list[Attendance]:
    """Those invited who came, where the rulebook makes them members for this sitting."""
    rule = rule_of(sitting)
    if rule is None or rule.invited_sit_as != "members":
        return []
    return list(Attendance.objects.filter(sitting=sitting, is_guest=True, came=True))


def weights_of(
    scorecard: Scorecard, changes: Iterable[ChangeRequest] = ()
) -> dict[str, tuple[str, Decimal]]:
    """Number → name and weight of every KPI that is weighed, once these changes are in force.

    Errors: Refused where one of the changes rests on a weight that another of them moves.
    """
    kpis = {row.number: row for row in kpis_of(scorecard)}
    for change in changes:
        kpi = kpis[change.number]
        if change.cancels:
            kpi.cancelled = str(change.pk)
            continue
        new = change.new or {}
        moved = new.get("moved")
        if moved is None:
            continue
        partner = kpis[moved["number"]]
        if partner.cancelled or partner.weight != Decimal(moved["old"]):
            raise Refused([Problem("change.kpi_moved_on", {"kpi": moved["number"]})])
        kpi.weight, partner.weight = Decimal(new["weight"]), Decimal(moved["new"])
    weights = effective_weights(as_facts(scorecard, list(kpis.values())), rules_of(scorecard)[1])
    return {
        number: (row.template.name, weights[number][0] or Decimal(0))
        for number, row in kpis.items()
        if number in weights and not row.cancelled
    }


def thing_of(item: AgendaItem) -> Tabled:
    subject = item.scorecard or item.change or item.paper
    assert subject is not None  # the database refuses an item without one
    return subject


def content_of(thing: Tabled) -> dict[str, Any]:
    """What a resolution on this thing binds: what the committee has before it."""
    if isinstance(thing, Paper):
        return dict(paper_life(thing).content(thing))
    return content(thing) if isinstance(thing, Scorecard) else request_content(thing)


def hash_of(thing: Tabled) -> str:
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
    tabled = AgendaItem.objects.filter(carried_out_at=None, scorecard__isnull=False).values(
        "scorecard"
    )
    cards = cards.exclude(pk__in=tabled).order_by("body__name_key")
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
    tabled = AgendaItem.objects.filter(carried_out_at=None, change__isnull=False).values("change")
    requests = requests.exclude(pk__in=tabled).order_by("since")
    return [one for one in requests if level_of(one) == committee.level]


def is_before(committee: Committee, thing: Tabled) -> bool:
    """Whether it is a committee's turn on a thing. At most two queries."""
    if isinstance(thing, Paper):
        return thing.committee_id == committee.pk
    card = thing if isinstance(thing, Scorecard) else thing.scorecard
    is_theirs = considers(committee, card.body_id, card.fiscal_year)
    return level_of(thing) == committee.level and is_theirs


def outcomes_for(thing: Tabled) -> tuple[str, ...]:
    """What may come of a thing where it now is."""
    if isinstance(thing, Paper):
        outcomes = paper_life(thing).outcomes(thing)
        return (*outcomes, "deferred") if outcomes else ()
    no = "return" if isinstance(thing, Scorecard) else "reject"
    by_state = {
        "opinion": ("opinion", no),
        "decide": ("approve", no),
        "acknowledge": ("acknowledge",),
    }
    if thing.state not in by_state:
        return ()
    more = ("return",) if isinstance(thing, Scorecard) and thing.state == "acknowledge" else ()
    return (*by_state[thing.state], *more, "deferred")
