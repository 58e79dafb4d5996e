"""Nobody decides about a body at which they have, or lately had, a role: in every life at once.

A move that is new is barred like all others, or this module must say why it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esar.agree.agendas.models import AdditionBody
from esar.agree.agreements.permissions import may_record_signature
from esar.agree.committees import resolutions
from esar.agree.committees.models import AgendaItem, Paper
from esar.agree.committees.queries import bodies_of, quorum_needed, recusal_from
from esar.agree.scorecards.models import Scorecard
from esar.agree.strategic_kpis.models import StrategicKpi
from esar.judge.assessments.permissions import may_visit
from esar.judge.results.models import Result
from esar.kernel.access import ALLOWED, Verdict
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_words
from esar.platform.calendars.permissions import may_extend
from esar.platform.history.models import Event
from esar.platform.lifecycle.life import Life, every_life
from esar.platform.lifecycle.moves import AT_THE_BODY
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.interest import months_after, without_interest
from esar.platform.organisations.models import (
    OF_A_BODY,
    OF_A_COMMITTEE,
    Appointment,
    Body,
    Committee,
    Delegation,
    Person,
    Role,
)
from esar.platform.organisations.queries import holds
from esar.platform.ui import clock
from tests.judge.results.make import RELEASED_ON, assessed
from tests.make import AT, ON, SINCE, World, in_force, open_sitting, person, submitted

pytestmark = pytest.mark.django_db

MONTH_AGO = ON - timedelta(days=30)
DECIDING = tuple(role for role in Role.values if role not in AT_THE_BODY)

# Moves by others than the body's own people that nobody is barred from, each with why.
DECIDE_NOTHING = {
    ("addition", "begin"): "writes down what the Cabinet resolved, for another to enact",
    ("addition", "drop"): "sets such a draft aside",
    ("assessment", "declare"): "says something of oneself",
    ("delivery", "discard"): "sets the owner's own file aside",
    ("strategic", "begin"): "writes a draft that two committees see",
    ("strategic", "edit"): "writes a draft that two committees see",
    ("strategic", "submit"): "puts a draft before a committee",
    ("strategic", "tell"): "passes on what a committee approved",
}
# Lives of what decides about no body, each with why.
OF_NO_BODY = {
    "correction": "it is about a person's own data",
    "dual": "it is about an administrator's account",
    "role_offer": "it gives or lends a role, and decides nothing",
    "letter": "a body's letters are its own people's, OPDC's are of no body",
    "sitting": "the bodies on its table are asked about one by one",
}


def place_of(role: str, world: World) -> dict[str, Any]:
    """Where a role is held that decides about the province, away from the province."""
    if role in OF_A_BODY:
        return {"body": world.department}
    return {"committee": world.level2} if role in OF_A_COMMITTEE else {}


def with_a_stake(person: Person, body: Body, last: date | None = None) -> Person:
    """The person, who is or was the body's approver."""
    role = appoint(person, Role.APPROVER, by=None, at=AT, on=SINCE, body=body)
    Appointment.objects.filter(pk=role.pk).update(last_day=last)
    return Person.objects.get(pk=person.pk)


def lent(role: Appointment, taker: Person, last: date = ON) -> Person:
    """The person, who stands in for the holder of a role."""
    days = {"first_day": ON - timedelta(days=60), "last_day": last}
    Delegation.objects.create(appointment=role, taker=taker, reason="ลา", **days)
    return Person.objects.get(pk=taker.pk)


def cast(role: str, world: World) -> dict[str, Person]:
    """What somebody with the role has to do with the province → that person."""
    people = {}
    for stake in STAKES:
        someone = person(f"{role}-{stake}")
        where = place_of(role, world)
        if stake.startswith("lender"):
            lender = person(f"{role}-{stake}-lender")
            own = appoint(lender, role, by=None, at=AT, on=SINCE, **where)
            with_a_stake(lender, world.province, LAST_DAYS[stake.removeprefix("lender-")])
            people[stake] = lent(own, someone)
            continue
        appoint(someone, role, by=None, at=AT, on=SINCE, **where)
        if stake.startswith("stand-in"):
            approvers = Appointment.objects.get(person=world.approver)
            people[stake] = lent(approvers, someone, LAST_DAYS[stake] or ON)
        elif stake == "none":
            people[stake] = with_a_stake(someone, world.department)
        else:
            people[stake] = with_a_stake(someone, world.province, LAST_DAYS[stake])
    return people


LAST_DAYS = {
    "now": None,
    "recent": MONTH_AGO,
    "past": ON.replace(year=ON.year - 1) - timedelta(days=1),
    "stand-in": None,
    "stand-in-recent": MONTH_AGO,
}
STAKES = {
    "none": "",  # at another body
    "now": "interest.has_role",
    "recent": "interest.had_role",
    "past": "",
    "stand-in": "interest.has_role",
    "stand-in-recent": "interest.had_role",
    "lender-now": "interest.lender_has_role",
    "lender-recent": "interest.lender_had_role",
    "lender-past": "",
}


def about(life: Life[Any], state: str, body: Body) -> Any:
    """A thing of a life in a state, that is about a body; not saved."""
    thing = life.model(pk=10**6, state=state)
    if life.name == "delivery":
        thing.rows = [{"body": body.pk}]
        return thing
    if life.name == "addition":
        thing._prefetched_objects_cache = {"bodies": [AdditionBody(body=body)]}
        return thing
    if isinstance(thing, Paper):
        return paper_about(life, body)
    owner, (*way, last) = thing, life.body_at.split(".")
    for name in way:
        part = owner._meta.get_field(name).related_model(pk=10**6)
        setattr(owner, name, part)
        owner = part
    setattr(owner, last, body)
    return thing


def paper_about(life: Life[Any], body: Body) -> Paper:
    """A paper on a strategic KPI of the body."""
    paper = Paper.objects.create(
        life=life.name, committee=Committee.objects.all()[0], fiscal_year=2567, since=AT
    )
    fields = {"code": f"SK-{paper.pk}", "fiscal_year": 2567, "since": AT, "direction": "higher"}
    StrategicKpi.objects.create(host=body, plan="sdg", **fields).papers.add(paper)
    return paper


def answers() -> Iterator[tuple[Life[Any], str, str]]:
    """(life, move, role) of all that others than the body's own people may do to its things."""
    for life in every_life().values():
        if life.name in OF_NO_BODY:
            continue
        for name, move in (life.moves | life.edits).items():
            if move.sources:
                yield from ((life, name, role) for role in move.roles if role not in AT_THE_BODY)


def test_nobody_with_an_interest_in_a_body_decides_about_it_in_any_life(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {role: cast(role, world) for role in DECIDING}
    wrong, barred = [], set()
    for life, name, role in answers():
        monkeypatch.setattr(type(life), "has_role", lambda _, who, one, *__: holds(who, ON, one))
        monkeypatch.setattr(type(life), "bars", lambda *_: ALLOWED)
        monkeypatch.setattr(type(life), "is_own_work", lambda *_: False)
        move = (life.moves | life.edits)[name]
        thing = about(life, move.sources[0], world.province)
        codes = {stake: why(life.may(who, thing, name, ON)) for stake, who in people[role].items()}
        if codes == STAKES:
            barred.add((life.name, name))
        elif (life.name, name) not in DECIDE_NOTHING or set(codes.values()) != {""}:
            wrong.append((life.name, name, role, codes))

    assert wrong == []
    assert barred.isdisjoint(DECIDE_NOTHING)
    assert {"assessment", "appeal", "result", "visit", "scorecard"} <= {life for life, _ in barred}


def test_what_is_said_to_decide_nothing_is_there() -> None:
    moves = {(life.name, name) for life, name, _ in answers()}

    assert set(DECIDE_NOTHING) <= moves
    assert set(every_life()) >= set(OF_NO_BODY)


def why(verdict: Verdict) -> str:
    return verdict.problem.code if verdict.problem else ""


# --- Permissions that are no moves ---------------------------------------------------------------

# Who asks about the body's interest itself, tried below.
ASK = {"may_visit", "may_record_signature", "may_extend"}
BY_THE_BODY = "the body's own people ask for something of theirs"
NO_BODY = "it is about no body"
READS = "it decides nothing: who may read"
ASKED_LATER = "each thing is asked about when it is decided"
# Every other permission, with why it need not ask.
NEED_NOT_ASK = {
    "may_appoint": NO_BODY,
    "may_ask_change": BY_THE_BODY,
    "may_begin": BY_THE_BODY,
    "may_call": NO_BODY,
    "may_record_order": NO_BODY,
    "may_close": NO_BODY,
    "may_delegate": NO_BODY,
    "may_draft": "committees decide what becomes of it",
    "may_declare": "says something of oneself",
    "may_deliver": "a file is checked; to publish it is a move",
    "may_edit": BY_THE_BODY,
    "may_end": NO_BODY,
    "may_end_delegation": NO_BODY,
    "may_lay_down": NO_BODY,
    "may_load": "each row is asked of its own scorecard, by may_edit",
    "may_enter": BY_THE_BODY,
    "may_fetch_pack": READS,
    "may_invite_someone": NO_BODY,
    "may_keep": "a list of the nation, of all bodies at once",
    "may_keep_indexes": "a register of the nation, of all bodies at once",
    "may_keep_list": NO_BODY,
    "may_keep_people": NO_BODY,
    "may_keep_registry": "it records who holds office, and decides nothing",
    "may_name_kpi": BY_THE_BODY,
    "may_object": BY_THE_BODY,
    "may_open": BY_THE_BODY,
    "may_plan": ASKED_LATER,
    "may_read_summary": READS,
    "may_receive": BY_THE_BODY,
    "may_record_step": "a step of all results of a round at once",
    "may_release": ASKED_LATER,
    "may_see_linkage": READS,
    "may_see_results": READS,
    "may_see_templates": READS,
    "may_see_unreleased": READS,
    "may_send_result": "it passes on what another's evaluation found, and decides nothing",
    "may_warn": "the rules name whom to warn, of all bodies at once",
    "may_write": BY_THE_BODY,
    "may_withdraw_invitation": NO_BODY,
}


def permission_modules() -> Iterator[ModuleType]:
    for path in sorted(Path("esar").rglob("permissions.py")):
        yield import_module(".".join(path.with_suffix("").parts))


def test_every_permission_asks_about_an_interest_or_says_why_it_need_not() -> None:
    permissions = {
        name
        for module in permission_modules()
        for name, function in getmembers(module, isfunction)
        if name.startswith("may_") and function.__module__ == module.__name__
    }

    assert permissions == ASK | set(NEED_NOT_ASK)


def test_permissions_that_are_no_moves_are_barred_alike(world: World) -> None:
    card = in_force(world)
    Scorecard.objects.filter(pk=card.pk).update(state="sign")
    card = Scorecard.objects.select_related("body__parent").get(pk=card.pk)
    analysts, administrators = cast(Role.ANALYST, world), cast(Role.ADMINISTRATOR, world)
    # Who is the body's approver now records its signature as that.
    signs = {stake: "" if stake in ("now", "stand-in") else STAKES[stake] for stake in STAKES}

    assert {s: why(may_visit(who, card, ON)) for s, who in analysts.items()} == STAKES
    assert {s: why(may_record_signature(who, card, ON)) for s, who in analysts.items()} == signs
    assert {
        s: why(may_extend(who, ON, world.province)) for s, who in administrators.items()
    } == STAKES
    assert {why(may_extend(who, ON)) for who in administrators.values()} == {""}


# --- What it says --------------------------------------------------------------------------------


def sentence(who: Person, body: Body, language: str) -> str:
    problem = without_interest(who, (body,), ON, Role.ASSESSOR).problem
    assert problem is not None
    return problem_words(problem, language)


def test_the_refusal_names_the_role_the_body_until_when_and_what_it_rests_on(
    world: World,
) -> None:
    former = with_a_stake(world.assessor, world.province, date(2023, 3, 31))
    assumed = (
        "assumed: No source says how long a former role at a body keeps a person from deciding "
        "about it; 12 months are used, the fiscal year whose results that person had a part in."
    )

    assert sentence(former, world.province, "en").startswith(
        f"You had the role Approver (head) at {world.province.name_en} until 31 March 2023, so you "
        f"may not decide about {world.province.name_en} before the end of 31 March 2024. "
        "Someone without an interest must."
    )
    assert assumed in sentence(former, world.province, "en")
    assert sentence(former, world.province, "th").startswith(
        f"ท่านมีหน้าที่ ผู้อนุมัติ (หัวหน้าหน่วยงาน) ที่ {world.province.name_th} ถึงวันที่ 31 มีนาคม 2566"
    )


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2024, 3, 31), "interest.had_role"), (date(2024, 4, 1), "")],
)
def test_a_former_role_counts_to_the_end_of_its_last_month(
    world: World, day: date, code: str
) -> None:
    former = with_a_stake(world.assessor, world.province, date(2023, 3, 31))

    assert why(without_interest(former, (world.province,), day, Role.ASSESSOR)) == code


def test_months_end_with_the_month_where_it_has_no_such_day() -> None:
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)


def test_who_has_the_role_of_their_own_too_is_not_barred_by_a_lender(world: World) -> None:
    lender = with_a_stake(world.assessor, world.province)
    role = Appointment.objects.get(person=lender, role=Role.ASSESSOR)
    taker = lent(role, person("taker", (Role.ASSESSOR, None)))

    assert why(without_interest(taker, (world.province,), ON, Role.ASSESSOR)) == ""


# --- Committees and panels -----------------------------------------------------------------------


def test_a_member_with_an_interest_is_counted_neither_for_the_quorum_nor_for_the_vote(
    world: World,
) -> None:
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    item = AgendaItem.objects.get(sitting=sitting)
    secretary = world.secretaries["L1-P"]
    recusal = recusal_from(sitting, bodies_of(item), ON)
    assert (quorum_needed(sitting, ON), recusal.members) == (2, ())
    for member in world.members["L1-P"]:
        with_a_stake(member, world.province)

    with pytest.raises(Refused) as refused:
        resolutions.resolve(item, "opinion", by=secretary, at=AT, on=ON)
    assert [(one.code, one.figures["present"]) for one in refused.value.problems] == [
        ("sitting.no_quorum", 1)
    ]


def test_the_page_of_a_sitting_says_who_leaves_and_who_is_there_without_them(
    world: World,
) -> None:
    clock.pretend(ON)
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    item = AgendaItem.objects.get(sitting=sitting)
    leaves, stays = world.members["L1-P"]
    with_a_stake(leaves, world.province)

    for who, leave in ((world.secretaries["L1-P"], False), (leaves, True), (stays, False)):
        page = reverse("committees:agenda-item", args=[sitting.pk, item.pk])
        for address in (f"/sittings/{sitting.pk}/", page):
            [row] = rows_of(who, address)
            recusal = row["recusal"]
            assert (list(recusal.members), row["you_leave"]) == ([leaves], leave)
            assert (recusal.present, recusal.needed) == (2, 2)


def test_a_secretary_with_an_interest_records_no_resolution_on_the_body(world: World) -> None:
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    item = AgendaItem.objects.get(sitting=sitting)
    secretary = with_a_stake(world.secretaries["L1-P"], world.province)

    for outcome in ("opinion", "return", "deferred"):
        with pytest.raises(Refused) as refused:
            resolutions.resolve(item, outcome, by=secretary, at=AT, on=ON, reason="เหตุ")
        assert [one.code for one in refused.value.problems] == ["interest.has_role"]


def rows_of(who: Person, address: str) -> list[dict[str, Any]]:
    """The items that a page of a sitting shows somebody."""
    client = Client()
    client.force_login(Person.objects.get(pk=who.pk))
    context = client.get(address).context
    rows: list[dict[str, Any]] = context["rows"] if "rows" in context else [context["row"]]
    return rows


def test_who_left_is_told_by_the_history_and_as_it_was_on_that_day(world: World) -> None:
    clock.pretend(ON)
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    item = AgendaItem.objects.get(sitting=sitting)
    secretary, (leaves, _) = world.secretaries["L1-P"], world.members["L1-P"]
    assert rows_of(secretary, f"/sittings/{sitting.pk}/")[0]["recusal"] is None
    with_a_stake(leaves, world.province)
    resolutions.resolve(item, "opinion", by=secretary, at=AT, on=ON)

    event = Event.objects.filter(verb="sitting.resolved").get()
    assert event.after["recused"] == [leaves.name]
    years_later = ON.replace(year=ON.year + 3)
    Appointment.objects.filter(person=leaves, body=world.province).update(last_day=ON)
    clock.pretend(years_later)
    [row] = rows_of(secretary, f"/sittings/{sitting.pk}/")
    assert row["recusal"].members == (leaves,)


# --- What the pages offer ------------------------------------------------------------------------


def test_lists_offer_no_row_of_a_body_of_ones_interest(world: World) -> None:
    clock.pretend(RELEASED_ON)
    result = Result.objects.get(assessment=assessed(world))
    offered = {}
    for stake in ("none", "now"):
        who = cast_one(world, stake)
        client = Client()
        client.force_login(who)
        to_release = client.get(reverse("results:to-release")).context
        assessments = client.get(reverse("assessments:assessments")).context
        offered[stake] = [
            [line.may_tick for line in to_release["list"].lines],
            [pk for pk, _ in to_release["list"].tokens()],
            [line.may_tick for line in assessments["list"].lines],
        ]

    assert offered == {
        "none": [[True], [result.pk], [True]],
        "now": [[False], [], [False]],
    }


def cast_one(world: World, stake: str) -> Person:
    """Somebody who judges and releases, with a role at this body or another."""
    roles = ((Role.ANALYST, None), (Role.ASSESSOR, None))
    body = world.province if stake == "now" else world.department
    return with_a_stake(person(f"both-{stake}", *roles), body)
