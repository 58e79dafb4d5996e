"""Strategic KPIs are items of a sitting: votes, interest, and correction until it closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from esar.agree.committees import resolutions as agenda
from esar.agree.committees.actions import mark_attendance
from esar.agree.committees.models import AgendaItem, Sitting
from esar.agree.committees.queries import agenda_of, paper_life
from esar.agree.strategic_kpis import resolutions
from esar.agree.strategic_kpis.models import CascadeDecision, StrategicKpi
from esar.agree.strategic_kpis.queries import waiting_for
from esar.agree.strategic_kpis.resolutions import CascadeText
from esar.kernel.problems import Problem, Refused
from esar.platform.history.models import Event
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.ui import clock
from tests.agree.strategic_kpis.make import submitted, told
from tests.judge.assessments.make import tokens_on
from tests.make import AT, ON, World, close, open_sitting

pytestmark = pytest.mark.django_db
NOT_MEASURED = CascadeText(reason="not-measurable", note="ยังไม่มีข้อมูลปีฐาน")
OTHER = CascadeText(reason="other")


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


def put(world: World, sitting: Sitting, *things: StrategicKpi) -> AgendaItem:
    by = world.secretaries[sitting.committee.code]
    return resolutions.put_before(sitting, things, by=by, at=AT, on=ON)


def resolve(
    world: World, sitting: Sitting, *things: StrategicKpi, outcome: str = "opinion", **more: Any
) -> AgendaItem:
    """An item of the things, as resolved."""
    item, by = put(world, sitting, *things), world.secretaries[sitting.committee.code]
    agenda.resolve(item, outcome, by=by, at=AT, on=ON, **more)
    return item


def browser(person: Person) -> Client:
    clock.pretend(ON)
    client = Client()
    client.force_login(person)
    return client


def voted(sitting: Sitting) -> list[tuple[Any, ...]]:
    """Each item of a sitting: its title, what was resolved, by which votes of how many."""
    return [
        (
            item.place,
            item.paper and paper_life(item.paper).title(item.paper),
            item.outcome,
            (item.votes_for, item.votes_against, item.abstained),
            (item.present, item.needed),
        )
        for item in agenda_of(sitting)
    ]


def recused(sitting: Sitting) -> list[list[str]]:
    """Who left, of each resolution in its order."""
    events = Event.objects.filter(verb="sitting.resolved", subject_id=str(sitting.pk))
    return [(event.after or {}).get("recused", []) for event in events.order_by("number")]


def test_a_list_is_resolved_in_one_vote_and_whoever_has_an_interest_in_a_host_is_not_in_it(
    world: World,
) -> None:
    things = [submitted(world), submitted(world, code="SK-MOC-02")]
    sitting = open_sitting(world, world.level1d)
    leaves = with_a_stake(world.members["L1-D"][0], "MOC")

    resolve(world, sitting, *things, votes=(2, 0))

    title = "SK-MOC-01 … SK-MOC-02 (2)"
    assert voted(sitting) == [(1, title, "opinion", (2, 0, 0), (2, 2))]
    assert recused(sitting) == [[leaves.name]]
    assert set(StrategicKpi.objects.values_list("state", flat=True)) == {"opinion"}
    close(sitting, by=world.secretaries["L1-D"])
    assert set(StrategicKpi.objects.values_list("state", flat=True)) == {"decide"}


def test_below_the_quorum_without_those_who_left_nothing_is_resolved(world: World) -> None:
    thing = submitted(world)
    sitting = open_sitting(world, world.level1d)
    for member in world.members["L1-D"]:
        with_a_stake(member, "MOC")

    item, by = put(world, sitting, thing), world.secretaries["L1-D"]
    (problem,) = problems_of(lambda: agenda.resolve(item, "opinion", by=by, at=AT, on=ON))

    assert (problem.code, problem.figures["present"], problem.figures["needed"]) == (
        "sitting.no_quorum",
        1,
        2,
    )
    assert [row[2] for row in voted(sitting)] == [""]


def test_a_host_of_ones_own_makes_a_member_leave_for_the_whole_list(world: World) -> None:
    things = [submitted(world), submitted(world, code="SK-X-01", host=world.department)]
    sitting = open_sitting(world, world.level1d)
    leaves = with_a_stake(world.members["L1-D"][0], world.department.code)

    resolve(world, sitting, things[0], outcome="return", reason="หน่วยวัดไม่ชัด")
    resolve(world, sitting, things[1])

    assert voted(sitting) == [
        (1, "SK-MOC-01", "return", (None, None, None), (3, 2)),
        (2, "SK-X-01", "opinion", (None, None, None), (2, 2)),
    ]
    assert recused(sitting) == [[], [leaves.name]]


def test_votes_are_no_more_than_who_is_there_and_may_vote_and_the_majority_is_for_it(
    world: World,
) -> None:
    thing, waits = submitted(world), told(world, code="SK-MOC-02")
    sitting = open_sitting(world, world.level1d)
    decides = open_sitting(world, world.level2d)
    with_a_stake(world.members["L1-D"][0], "MOC")
    with_a_stake(world.members["L2-MOC"][0], "MOC")
    by: dict[str, Any] = {"by": world.secretaries["L2-MOC"], "at": AT, "on": ON}

    item, of_level1 = put(world, sitting, thing), by | {"by": world.secretaries["L1-D"]}
    for votes, code in (((2, 1), "sitting.too_many_votes"), ((1, 1), "sitting.no_majority")):
        assert codes(
            lambda votes=votes: agenda.resolve(item, "opinion", votes=votes, **of_level1)
        ) == [code]
        assert codes(
            lambda votes=votes: resolutions.decide(decides, waits, NOT_MEASURED, votes=votes, **by)
        ) == [code]
    assert ([row[2] for row in voted(sitting)], voted(decides)) == ([""], [])


def test_of_a_list_all_lies_before_it_or_nothing(world: World) -> None:
    things = [submitted(world), told(world, code="SK-MOC-02")]
    sitting = open_sitting(world, world.level1d)

    assert codes(lambda: put(world, sitting, *things)) == ["strategic.not_before_it"]
    put(world, sitting, things[0])
    assert codes(lambda: put(world, sitting, things[0])) == ["strategic.not_before_it"]
    assert len(voted(sitting)) == 1


def test_a_committee_decides_on_a_cascade_without_whoever_has_an_interest_in_the_host(
    world: World,
) -> None:
    thing = told(world)
    sitting = open_sitting(world, world.level2d)
    first, second = world.members["L2-MOC"]
    with_a_stake(first, "MOC")
    by: dict[str, Any] = {"by": world.secretaries["L2-MOC"], "at": AT, "on": ON}

    resolutions.decide(sitting, thing, NOT_MEASURED, votes=(2, 0), **by)

    assert voted(sitting) == [(1, "SK-MOC-01", "not_cascaded", (2, 0, 0), (2, 2))]
    assert recused(sitting) == [[first.name]]
    with_a_stake(second, "MOC")
    again = {"correction": "ลงผิด", **by}
    assert codes(lambda: resolutions.decide(sitting, thing, OTHER, **again)) == [
        "sitting.no_quorum"
    ]


def test_after_a_resolution_the_quorum_stays(world: World) -> None:
    thing = submitted(world)
    sitting = open_sitting(world, world.level1d)
    resolve(world, sitting, thing)
    secretary = world.secretaries["L1-D"]

    assert codes(lambda: mark_attendance(sitting, [secretary], by=secretary, at=AT, on=ON)) == [
        "sitting.quorum_resolved"
    ]


def test_what_was_resolved_is_corrected_with_a_reason_until_the_sitting_closes(
    world: World,
) -> None:
    thing, sitting = told(world), open_sitting(world, world.level2d)
    by: dict[str, Any] = {"by": world.secretaries["L2-MOC"], "at": AT, "on": ON}
    resolutions.decide(sitting, thing, NOT_MEASURED, **by)

    assert codes(lambda: resolutions.decide(sitting, thing, OTHER, **by)) == [
        "sitting.item_resolved"
    ]
    resolutions.decide(sitting, thing, OTHER, correction="ลงผิด", **by)

    assert CascadeDecision.objects.count() == 0
    assert [row[2] for row in voted(sitting)] == ["not_cascaded"]
    (corrected,) = Event.objects.filter(verb="sitting.corrected")
    assert corrected.reason == "ลงผิด"
    close(sitting, by=by["by"])
    assert list(CascadeDecision.objects.values_list("reason", flat=True)) == ["other"]
    assert codes(lambda: resolutions.decide(sitting, thing, NOT_MEASURED, **by)) == [
        "sitting.wrong_state"
    ]


def test_one_sitting_at_a_time_has_it_before_it(world: World) -> None:
    thing = told(world)
    first, second = (open_sitting(world, world.level2d) for _ in range(2))
    by: dict[str, Any] = {"by": world.secretaries["L2-MOC"], "at": AT, "on": ON}
    resolutions.decide(first, thing, NOT_MEASURED, **by)

    assert codes(lambda: resolutions.decide(second, thing, OTHER, **by)) == [
        "sitting.already_tabled"
    ]


def test_what_is_put_off_waits_again_once_the_sitting_is_closed(world: World) -> None:
    thing, sitting = submitted(world), open_sitting(world, world.level1d)
    resolve(world, sitting, thing, outcome="deferred", reason="รอข้อมูล")
    assert list(waiting_for(world.level1d, 2567)) == []

    close(sitting, by=world.secretaries["L1-D"])

    assert list(waiting_for(world.level1d, 2567)) == [thing]


def test_a_target_out_of_bounds_is_among_the_findings_of_its_item(world: World) -> None:
    targets = [{"year": year, "target": "150", "why": ""} for year in range(2566, 2571)]
    thing = submitted(world, unit="ร้อยละ", targets=targets)
    item = put(world, open_sitting(world, world.level1d), thing)
    assert item.paper is not None

    findings = list(paper_life(item.paper).findings(item.paper))

    assert {finding.code for finding in findings} == {"finding.beyond_bounds"}


@pytest.mark.usefixtures("strict_templates")
def test_the_pages_take_the_votes_and_the_page_of_the_sitting_shows_them(world: World) -> None:
    thing = submitted(world)
    sitting = open_sitting(world, world.level1d)
    leaves = with_a_stake(world.members["L1-D"][0], "MOC")
    secretary, page = browser(world.secretaries["L1-D"]), f"/strategic/sittings/{sitting.pk}/"
    assert secretary.get(page).context["leaving"] == [(thing.host, [leaves])]
    secretary.post(f"{page}agenda/", {"strategic": thing.pk} | tokens_on(secretary, page))
    meeting = f"/sittings/{sitting.pk}/"
    (row,) = secretary.get(meeting).context["rows"]
    resolution = {"item": row["item"].pk, "outcome": "opinion"} | tokens_on(secretary, meeting)

    for votes in ({"votes_for": "2"}, {"votes_for": "2", "votes_against": "two"}):
        answer = secretary.post(f"{meeting}resolve/", resolution | votes)
        assert answer.status_code == 422
        assert "โปรดกรอกจำนวนเสียงทั้งสองช่อง" in answer.content.decode()
    secretary.post(f"{meeting}resolve/", resolution | {"votes_for": "2", "votes_against": "0"})

    shown = secretary.get(meeting)
    (row,) = shown.context["rows"]
    assert (row["item"].outcome, row["recusal"].members) == ("opinion", (leaves,))
    text = " ".join(shown.content.decode().split())
    assert f'href="/strategic/{thing.pk}/">SK-MOC-01 มูลค่าการค้าชายแดน</a>' in text
    assert "เห็นชอบ 2 ไม่เห็นชอบ 0 งดออกเสียง 0" in text
    assert secretary.get(f"{meeting}agenda/{row['item'].pk}/").status_code == 200


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

    assert [row[3] for row in voted(sitting)] == [(2, 0, 0)]
    again = secretary.get(page)
    assert again.context["form"].initial["reason"] == "not-measurable"
    typed = {"reason": "other", "seen": again.context["seen"]}
    assert secretary.post(page, typed).status_code == 422
    assert secretary.post(page, typed | {"correction": "ลงผิด"}).status_code == 302
    assert secretary.get(f"/sittings/{sitting.pk}/").status_code == 200
