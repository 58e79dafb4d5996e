"""A sitting votes on strategic KPIs, and whoever has an interest in a host leaves meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from esar.agree.committees.actions import mark_attendance
from esar.agree.committees.models import Sitting
from esar.agree.strategic_kpis import resolutions
from esar.agree.strategic_kpis.models import CascadeDecision, StrategicKpi, StrategicResolution
from esar.agree.strategic_kpis.resolutions import CascadeText
from esar.kernel.problems import Problem, Refused
from esar.platform.history.models import Event
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.ui import clock
from tests.agree.strategic_kpis.make import decide, submitted, told
from tests.judge.assessments.make import tokens_on
from tests.make import AT, ON, World, open_sitting

pytestmark = pytest.mark.django_db
NOT_MEASURED = CascadeText(reason="not-measurable", note="ยังไม่มีข้อมูลปีฐาน")


def problems_of(act: Callable[[], Any]) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        act()
    return list(refusal.value.problems)


def codes(act: Callable[[], Any]) -> list[str]:
    return [problem.code for problem in problems_of(act)]


def with_a_stake(person: Person, host: str) -> Person:
    """The person, who has a role at the host too."""
    body = Body.objects.get(code=host)
    appoint(person, Role.APPROVER, by=None, at=AT, on=ON, body=body)
    return Person.objects.get(pk=person.pk)


def resolve(
    world: World, sitting: Sitting, *things: StrategicKpi, outcome: str = "opinion", **more: Any
) -> None:
    by = world.secretaries[sitting.committee.code]
    resolutions.resolve(sitting, things, outcome, by=by, at=AT, on=ON, **more)


def browser(person: Person) -> Client:
    clock.pretend(ON)
    client = Client()
    client.force_login(person)
    return client


def voted(**fields: Any) -> list[tuple[Any, ...]]:
    rows = StrategicResolution.objects.filter(**fields)
    return [
        (
            row.number,
            row.strategic.code,
            row.outcome,
            (row.votes_for, row.votes_against, row.abstained),
            (row.present, row.needed),
            row.recused,
        )
        for row in rows.select_related("strategic")
    ]


def test_a_list_is_resolved_in_one_vote_and_whoever_has_an_interest_in_a_host_is_not_in_it(
    world: World,
) -> None:
    things = [submitted(world), submitted(world, code="SK-MOC-02")]
    sitting = open_sitting(world, world.level1d)
    leaves = with_a_stake(world.members["L1-D"][0], "MOC")

    resolve(world, sitting, *things, votes=(2, 0))

    assert voted(sitting=sitting) == [
        (1, code, "opinion", (2, 0, 0), (2, 2), [leaves.name])
        for code in ("SK-MOC-01", "SK-MOC-02")
    ]
    (event,) = Event.objects.filter(verb="sitting.resolved")
    assert event.after == {
        "strategic": ["SK-MOC-01", "SK-MOC-02"],
        "outcome": "opinion",
        "votes": [2, 0],
        "present": 2,
        "needed": 2,
        "recused": [leaves.name],
    }
    for event in Event.objects.filter(verb="strategic.opinion"):
        assert (event.after["votes"], event.after["recused"]) == ([2, 0], [leaves.name])


def test_below_the_quorum_without_those_who_left_nothing_is_resolved(world: World) -> None:
    thing = submitted(world)
    sitting = open_sitting(world, world.level1d)
    for member in world.members["L1-D"]:
        with_a_stake(member, "MOC")

    (problem,) = problems_of(lambda: resolve(world, sitting, thing))

    assert (problem.code, problem.figures["present"], problem.figures["needed"]) == (
        "sitting.no_quorum",
        1,
        2,
    )
    thing.refresh_from_db()
    assert (thing.state, voted()) == ("opinion", [])


def test_a_host_of_ones_own_makes_a_member_leave_for_the_whole_list(world: World) -> None:
    things = [submitted(world), submitted(world, code="SK-X-01", host=world.department)]
    sitting = open_sitting(world, world.level1d)
    leaves = with_a_stake(world.members["L1-D"][0], world.department.code)

    resolve(world, sitting, things[0], outcome="return", reason="หน่วยวัดไม่ชัด")
    resolve(world, sitting, things[1])

    assert voted() == [
        (1, "SK-MOC-01", "return", (None, None, None), (3, 2), []),
        (2, "SK-X-01", "opinion", (None, None, None), (2, 2), [leaves.name]),
    ]


def test_votes_are_no_more_than_who_is_there_and_may_vote_and_the_majority_is_for_it(
    world: World,
) -> None:
    thing, waits = submitted(world), told(world, code="SK-MOC-02")
    sitting = open_sitting(world, world.level1d)
    decides = open_sitting(world, world.level2d)
    with_a_stake(world.members["L1-D"][0], "MOC")
    with_a_stake(world.members["L2-MOC"][0], "MOC")
    by: dict[str, Any] = {"by": world.secretaries["L2-MOC"], "at": AT, "on": ON}

    for votes, code in (((2, 1), "sitting.too_many_votes"), ((1, 1), "sitting.no_majority")):
        assert codes(lambda votes=votes: resolve(world, sitting, thing, votes=votes)) == [code]
        assert codes(
            lambda votes=votes: resolutions.decide(decides, waits, NOT_MEASURED, votes=votes, **by)
        ) == [code]
    assert voted(sitting__in=(sitting, decides)) == []
    assert CascadeDecision.objects.count() == 0


def test_of_a_list_all_is_resolved_or_nothing(world: World) -> None:
    things = [submitted(world), told(world, code="SK-MOC-02")]
    sitting = open_sitting(world, world.level1d)

    assert codes(lambda: resolve(world, sitting, *things, votes=(3, 1))) == [
        "sitting.too_many_votes",
        "strategic.not_before_it",
    ]
    things[0].refresh_from_db()
    assert (things[0].state, voted(sitting=sitting)) == ("opinion", [])


def test_a_committee_decides_on_a_cascade_without_whoever_has_an_interest_in_the_host(
    world: World,
) -> None:
    thing = told(world)
    sitting = open_sitting(world, world.level2d)
    first, second = world.members["L2-MOC"]
    with_a_stake(first, "MOC")
    by: dict[str, Any] = {"by": world.secretaries["L2-MOC"], "at": AT, "on": ON}

    resolutions.decide(sitting, thing, NOT_MEASURED, votes=(2, 0), **by)

    assert voted(sitting=sitting) == [
        (1, "SK-MOC-01", "not_cascaded", (2, 0, 0), (2, 2), [first.name])
    ]
    (event,) = Event.objects.filter(verb="strategic.not_cascaded")
    assert (event.after["votes"], event.after["present"]) == ([2, 0], 2)
    with_a_stake(second, "MOC")
    assert codes(lambda: decide(world, thing, NOT_MEASURED, sitting=sitting)) == [
        "sitting.no_quorum"
    ]
    assert CascadeDecision.objects.count() == 1


def test_after_a_resolution_the_quorum_stays(world: World) -> None:
    thing = submitted(world)
    sitting = open_sitting(world, world.level1d)
    resolve(world, sitting, thing)
    secretary = world.secretaries["L1-D"]

    assert codes(lambda: mark_attendance(sitting, [secretary], by=secretary, at=AT, on=ON)) == [
        "sitting.quorum_resolved"
    ]


def test_a_later_decision_of_the_sitting_is_a_vote_of_its_own(world: World) -> None:
    thing = told(world)

    sitting = decide(world, thing, NOT_MEASURED)
    decide(world, thing, CascadeText(reason="other"), sitting=sitting)

    assert [(row[0], row[2]) for row in voted(sitting=sitting)] == [
        (1, "not_cascaded"),
        (2, "not_cascaded"),
    ]


@pytest.mark.usefixtures("strict_templates")
def test_the_pages_take_the_votes_and_the_page_of_the_sitting_shows_them(world: World) -> None:
    thing = submitted(world)
    sitting = open_sitting(world, world.level1d)
    leaves = with_a_stake(world.members["L1-D"][0], "MOC")
    secretary, page = browser(world.secretaries["L1-D"]), f"/strategic/sittings/{sitting.pk}/"
    assert secretary.get(page).context["leaving"] == [(thing.host, [leaves])]
    resolution = {"strategic": thing.pk} | tokens_on(secretary, page)

    for votes in ({"votes_for": "2"}, {"votes_for": "2", "votes_against": "two"}):
        answer = secretary.post(f"{page}resolve/opinion/", resolution | votes)
        assert answer.status_code == 422
        assert "โปรดกรอกจำนวนเสียงทั้งสองช่อง" in answer.content.decode()
    secretary.post(f"{page}resolve/opinion/", resolution | {"votes_for": "2", "votes_against": "0"})

    shown = secretary.get(f"/sittings/{sitting.pk}/")
    (row,) = shown.context["beside"]
    assert row.things == [(f"/strategic/{thing.pk}/", "SK-MOC-01 มูลค่าการค้าชายแดน")]
    assert (row.outcome, row.voted.votes_for, row.recused) == ("opinion", 2, [leaves.name])
    assert "เห็นชอบ 2 ไม่เห็นชอบ 0 งดออกเสียง 0" in " ".join(shown.content.decode().split())


@pytest.mark.usefixtures("strict_templates")
def test_the_page_of_a_decision_takes_the_votes_and_says_who_leaves(world: World) -> None:
    thing = told(world)
    sitting = open_sitting(world, world.level2d)
    leaves = with_a_stake(world.members["L2-MOC"][0], "MOC")
    secretary = browser(world.secretaries["L2-MOC"])
    page = f"/strategic/sittings/{sitting.pk}/{thing.pk}/"
    context = secretary.get(page).context
    assert context["recusal"].members == (leaves,)
    typed = {"reason": "not-measurable", "seen": context["seen"]}

    assert secretary.post(page, typed | {"votes_for": "2"}).status_code == 422
    answer = secretary.post(page, typed | {"votes_for": "3", "votes_against": "0"})
    assert answer.status_code == 422
    assert secretary.post(page, typed | {"votes_for": "2", "votes_against": "0"}).status_code == 302

    assert [row[3] for row in voted(sitting=sitting)] == [(2, 0, 0)]
