"""Visits to assess and meetings to advise: one life, before and after there is a report."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.judge.assessments import visits
from esar.judge.assessments.life import FINDING_LIFE, VISIT_LIFE
from esar.judge.assessments.models import Assessment, Finding, Visit
from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.notices.models import Notice
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from tests.agree.scorecards.make_in_force import at_noon, scorecard_2554
from tests.judge.assessments.make import AT_MAY, assessment_of, declared
from tests.judge.assessments.make import MAY as MAY_2567
from tests.make import World
from tests.show.public.make import province

MAY, JUNE = date(2011, 5, 20), date(2011, 6, 15)
THERE = "สำนักงาน ก.พ.ร.\nกรมบัญชีกลาง (เจ้าภาพตัวชี้วัดที่ 3)"


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    clock.pretend(MAY)


def client(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def advice(world: World, body: Any = None, held_on: date = JUNE) -> Visit:
    return visits.plan(
        scorecard_2554(world, body),
        held_on=held_on,
        place="วีดิทัศน์",
        by=world.analyst,
        at=at_noon(MAY),
        on=MAY,
    )


def held(world: World) -> Visit:
    clock.pretend(JUNE)
    return VISIT_LIFE.move(
        advice(world), "done", by=world.analyst, at=at_noon(JUNE), on=JUNE, took_part=THERE
    ).thing


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_advice_is_given_before_there_is_an_assessment(world: World) -> None:
    visit = advice(world)

    assert (Assessment.objects.count(), visit.about, visit.state) == (0, "advice", "planned")
    notices = {(notice.person, notice.code) for notice in Notice.objects.all()}
    assert notices == {
        (world.reporter, "notice.advice_planned"),
        (world.approver, "notice.advice_planned"),
    }


def test_a_meeting_names_who_took_part(world: World) -> None:
    visit = advice(world)

    with pytest.raises(Refused) as refused:
        VISIT_LIFE.move(visit, "done", by=world.analyst, at=at_noon(JUNE), on=JUNE)

    assert codes(refused) == ["visit.nobody_took_part"]
    assert held_people(world, visit) == THERE


def held_people(world: World, visit: Visit) -> str:
    act = VISIT_LIFE.move(
        visit, "done", by=world.analyst, at=at_noon(JUNE), on=JUNE, took_part=f" {THERE} "
    )
    return act.thing.took_part


def test_advice_on_a_kpi_has_an_owner_and_a_day_and_is_answered(world: World) -> None:
    visit = held(world)
    finding = visits.add_finding(
        visit,
        number="3",
        text="เก็บข้อมูลให้ครบ",
        follow_up="ส่งข้อมูลรายเดือน",
        due=date(2011, 7, 16),
        owner="คลังจังหวัด",
        by=world.analyst,
        at=at_noon(JUNE),
        on=JUNE,
    )
    FINDING_LIFE.move(
        finding, "answer", by=world.reporter, at=at_noon(JUNE), on=JUNE, reason="ส่งแล้ว"
    )

    finding = Finding.objects.get()
    assert (finding.number, finding.owner, finding.due, finding.state, finding.answer) == (
        "3",
        "คลังจังหวัด",
        date(2011, 7, 16),
        "answered",
        "ส่งแล้ว",
    )
    verbs = Event.objects.filter(subject_kind="visit").order_by("number")
    assert [event.verb for event in verbs] == [
        "advice.planned",
        "advice.done",
        "advice.finding",
        "finding.answer",
    ]


@pytest.mark.parametrize("role", ["reporter", "approver", "auditor", "secretary"])
def test_only_opdc_plans_a_meeting_to_advise(world: World, role: str) -> None:
    with pytest.raises(Refused) as refused:
        visits.plan(
            scorecard_2554(world),
            held_on=JUNE,
            place="",
            by=world.by_role[role],
            at=at_noon(MAY),
            on=MAY,
        )

    assert codes(refused) == ["access.wrong_role"]


def test_a_meeting_is_not_planned_for_a_day_that_has_passed(world: World) -> None:
    with pytest.raises(Refused) as refused:
        advice(world, held_on=date(2011, 5, 19))

    assert codes(refused) == ["visit.day_has_passed"]


def test_no_meeting_nor_what_is_asked_after_it_is_more_than_a_year_after_the_fiscal_year(
    world: World,
) -> None:
    card, last, after = scorecard_2554(world), date(2012, 9, 30), date(2012, 10, 1)
    act: dict[str, Any] = {"by": world.analyst, "at": at_noon(MAY), "on": MAY}
    with pytest.raises(Refused) as refused:
        visits.plan(card, held_on=after, place="", **act)
    assert codes(refused) == ["calendar.too_late"]
    assert visits.plan(card, held_on=last, place="", **act).held_on == last
    visit = visits.plan(card, held_on=JUNE, place="", **act)
    act |= {"at": at_noon(JUNE), "on": JUNE}
    VISIT_LIFE.move(visit, "done", took_part=THERE, **act)
    advised: dict[str, Any] = {"number": "", "text": "ควรแก้", "follow_up": "แก้"}
    with pytest.raises(Refused) as refused:
        visits.add_finding(visit, due=after, **advised, **act)
    assert codes(refused) == ["calendar.too_late"]
    assert visits.add_finding(visit, due=last, **advised, **act).due == last


@pytest.mark.usefixtures("strict_templates")
def test_a_meeting_is_planned_held_and_followed_up_on_its_pages(world: World) -> None:
    card = scorecard_2554(world)
    opdc = client(world.analyst)
    empty = opdc.post("/visits/advice/?year=2554", {})
    page = opdc.get("/visits/advice/?year=2554").content.decode()
    planned = opdc.post(
        "/visits/advice/?year=2554",
        {"scorecard": card.pk, "held_on": "2011-06-15", "place": "วีดิทัศน์"},
    )
    visit = Visit.objects.get()
    path = f"/visits/{visit.pk}/"
    assert [empty.status_code, planned.status_code, planned["Location"]] == [422, 302, path]
    assert "Site Visit I" in page
    clock.pretend(JUNE)
    without_people = opdc.post(f"{path}move/done/", {"took_part": ""})
    written = opdc.post(f"{path}move/done/", {"took_part": THERE})
    added = opdc.post(
        f"{path}findings/",
        {
            "number": "3",
            "text": "เก็บข้อมูลให้ครบ",
            "owner": "คลังจังหวัด",
            "follow_up": "ส่งข้อมูล",
            "due": "2011-07-16",
        },
    )
    assert [without_people.status_code, written.status_code, added.status_code] == [422, 302, 302]
    page = client(world.reporter).get(path).content.decode()
    for words in ("กรมบัญชีกลาง", "คลังจังหวัด", "16 กรกฎาคม 2554", "ให้คำปรึกษาแนะนำ"):
        assert words in page, words
    assert "ให้คำปรึกษาแนะนำ" in client(world.reporter).get("/visits/?year=2554").content.decode()
    assert "เก็บข้อมูลให้ครบ" in client(world.reporter).get("/desk/").content.decode()


def test_a_body_sees_its_own_meetings_only(world: World) -> None:
    visit = advice(world)

    assert client(world.reporter).get(f"/visits/{visit.pk}/").status_code == 200
    assert client(world.reporter_d).get(f"/visits/{visit.pk}/").status_code == 404
    assert "ไม่" in client(world.reporter_d).get("/visits/?year=2554").content.decode()


def test_the_list_is_filtered_and_given_as_csv(world: World) -> None:
    held(world)
    opdc = client(world.analyst)

    def rows(query: str) -> list[list[str]]:
        text = opdc.get(f"/visits/visits.csv?{query}").content.decode()
        return [
            [row["year"], row["about"], row["code"], row["state"], row["findings"]]
            for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
        ]

    row = [["2554", "advice", "TH-74", "done", "0"]]
    assert rows("year=2554") == rows("about=advice&year=") == rows("state=done&year=2554") == row
    assert rows("year=2567") == rows("about=visit&year=") == rows("q=x&year=") == []


def test_the_list_asks_as_much_of_one_row_as_of_three(world: World) -> None:
    def queries() -> int:
        from django.db import connection

        with CaptureQueriesContext(connection) as captured:
            assert client(world.analyst).get("/visits/?year=2554").status_code == 200
        return len(captured)

    advice(world)
    first = queries()
    for code in ("TH-50", "TH-73"):
        advice(world, province(code))

    assert queries() == first


def answered(world: World) -> Finding:
    """A finding of an advice meeting that its body has answered."""
    visit = held(world)
    words = {"number": "", "text": "ไม่พบทะเบียน", "follow_up": "", "due": None}
    when = {"at": at_noon(JUNE), "on": JUNE}
    finding = visits.add_finding(visit, by=world.analyst, **words, **when)
    FINDING_LIFE.move(finding, "answer", by=world.reporter, reason="ส่งแล้ว", **when)
    finding.refresh_from_db()
    return finding


@pytest.mark.parametrize("name", ["close", "reopen"])
def test_nobody_ends_or_reopens_a_finding_whose_answer_they_did_not_see(
    world: World, name: str
) -> None:
    finding, browser = answered(world), client(world.analyst)
    path = f"/visits/{finding.visit_id}/"
    seen = browser.get(path).context["rows"][0]["seen"]
    Finding.objects.filter(pk=finding.pk).update(answer="ยังไม่มีทะเบียน")
    button = f"{path}findings/{finding.pk}/{name}/"
    answer = browser.post(button, {"text": "ขอสำเนา", "seen": seen})
    finding.refresh_from_db()
    assert (answer.status_code, finding.state) == (422, "answered")

    now = browser.get(path).context["rows"][0]["seen"]
    browser.post(button, {"text": "ขอสำเนา", "seen": now})
    finding.refresh_from_db()
    assert finding.state == {"close": "closed", "reopen": "open"}[name]


def test_an_empty_answer_is_asked_for_in_its_own_words(world: World) -> None:
    finding = answered(world)
    when = {"at": at_noon(JUNE), "on": JUNE}
    with pytest.raises(Refused) as refused:
        FINDING_LIFE.move(finding, "reopen", by=world.analyst, reason=" ", **when)
    assert [problem.code for problem in refused.value.problems] == ["visit.no_words"]


# --- Who goes along -------------------------------------------------------------------------------


def visited_with(world: World, *party: Person) -> Visit:
    return visits.plan(
        scorecard_2554(world),
        held_on=JUNE,
        place="ศาลากลาง",
        party=party,
        by=world.analyst,
        at=at_noon(MAY),
        on=MAY,
    )


def test_whoever_goes_along_is_told_and_named_in_the_history(world: World) -> None:
    visited_with(world, world.assessor)
    event = Event.objects.get(verb="advice.planned")
    assert event.after == {"day": "2011-06-15", "place": "ศาลากลาง", "party": [world.assessor.name]}
    assert Notice.objects.filter(person=world.assessor, code="notice.advice_planned").count() == 1


@pytest.mark.parametrize("role", ["reporter", "assessor"])
def test_nobody_goes_along_who_may_not_visit_the_body_themselves(world: World, role: str) -> None:
    companion = world.by_role[role]
    if role == "assessor":  # who lately had a role at the body
        appoint(
            companion,
            Role.REPORTER,
            by=None,
            at=at_noon(MAY),
            on=date(2011, 1, 4),
            body=world.province,
        )
    with pytest.raises(Refused) as refused:
        visited_with(world, companion)
    (problem,) = refused.value.problems
    assert (problem.code, problem.figures) == ("visit.may_not_go", {"names": (companion.name,)})
    assert Visit.objects.count() == 0


def test_an_assessor_with_a_declared_conflict_does_not_go_along(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor, conflict=True)
    with pytest.raises(Refused) as refused:
        visits.plan(
            assessment,
            held_on=date(2024, 5, 20),
            place="",
            party=(world.assessor,),
            by=world.analyst,
            at=AT_MAY,
            on=MAY_2567,
        )
    assert codes(refused) == ["visit.may_not_go"]


def test_the_page_offers_those_of_opdc_and_keeps_what_was_ticked(world: World) -> None:
    card, opdc = scorecard_2554(world), client(world.analyst)
    path = "/visits/advice/?year=2554"
    form = opdc.get(path).context["form"]
    assert list(form.fields["party"].queryset) == [world.assessor]

    typed = {"scorecard": card.pk, "held_on": "2011-06-15", "party": world.assessor.pk}
    refused = opdc.post(path, typed | {"held_on": "2011-05-01"}).context["form"]
    assert refused["party"].value() == [str(world.assessor.pk)]
    page = opdc.post(path, typed, follow=True).content.decode()
    assert world.assessor.name in page
