"""One KPI after the other: marks of what was looked at, and one declaration for a whole year."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.judge.appeals.queries import barred_from
from esar.judge.assessments import actions
from esar.judge.assessments.levels import layers_of
from esar.judge.assessments.life import ASSESSMENT_LIFE, checks_of
from esar.judge.assessments.models import Assessment, DeclaredConflict, KpiCheck, YearDeclaration
from esar.judge.assessments.permissions import may_visit
from esar.judge.results.actions import release
from esar.judge.results.models import Result
from esar.kernel.access import Verdict
from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.ui import clock
from esar.report.reports import writing
from esar.report.reports.life import REPORT_LIFE
from tests.judge.assessments.make import (
    AT_MAY,
    MAY,
    assessment_of,
    declared,
    judged,
    offices,
    passed_to,
)
from tests.make import World, person
from tests.report.reports.make import DECLARED, codes, said

LATER = AT_MAY + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    clock.pretend(MAY)


def client_of(user: Person) -> Client:
    client = Client()
    client.force_login(user)
    return client


def why_not(verdict: Verdict) -> str:
    return verdict.problem.code if verdict.problem else ""


def checked(assessment: Assessment, *numbers: str, by: Person) -> None:
    for number in numbers:
        actions.check(assessment, number, by=by, at=AT_MAY, on=MAY)


def marks(assessment: Assessment) -> dict[str, list[str]]:
    """Level → the KPIs that it has looked at, as they are now."""
    fresh = Assessment.objects.get(pk=assessment.pk)
    checks = checks_of(fresh, layers_of(fresh))
    return {level: sorted(numbers) for level, numbers in checks.items()}


def declared_for_year(by: Person, *bodies: Body, detail: str = "") -> YearDeclaration:
    return actions.declare_for_year(2567, bodies, detail, by=by, at=AT_MAY, on=MAY)


# --- What was looked at --------------------------------------------------------------------------


def test_a_mark_says_who_looked_at_a_kpi_and_when_and_the_history_has_it(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    checked(assessment, "1.1", by=world.assessor)
    mark = KpiCheck.objects.get()
    event = Event.objects.get(verb="assessment.checked")

    assert (mark.level, mark.number, mark.by, mark.at) == (
        "preliminary",
        "1.1",
        world.assessor,
        AT_MAY,
    )
    assert event.after == {"number": "1.1", "level": "preliminary"}
    assert marks(assessment) == {"preliminary": ["1.1"]}


def test_a_mark_that_is_taken_back_is_gone_and_the_history_has_both(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    checked(assessment, "1.1", by=world.assessor)
    actions.uncheck(assessment, "1.1", by=world.assessor, at=LATER, on=MAY)
    verbs = Event.objects.filter(verb__endswith="checked").order_by("number")

    assert marks(assessment) == {}
    assert [event.verb for event in verbs] == ["assessment.checked", "assessment.unchecked"]


def test_whoever_judges_a_kpi_has_looked_at_it(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    judged(assessment, "1.2", "84", world.assessor)
    assert marks(assessment) == {"preliminary": ["1.2"]}


def test_a_mark_falls_away_when_the_level_below_judges_otherwise(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "minister", assessors)
    declared(assessment, assessors["minister"])
    checked(assessment, "1.1", "1.2", by=assessors["minister"])
    ASSESSMENT_LIFE.move(
        assessment, "hand_back", by=assessors["minister"], at=AT_MAY, on=MAY, reason="ทบทวน"
    )
    judged(assessment, "1.1", "84", world.assessor)

    assert marks(assessment) == {"preliminary": ["1.1"], "minister": ["1.2"]}


def test_a_mark_falls_away_when_the_body_sends_something_else(world: World) -> None:
    """Also where only its words or its files are others, and the figure is the same."""
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    checked(assessment, "1.1", "1.2", "1.3", by=world.assessor)
    ASSESSMENT_LIFE.move(
        assessment, "return", by=world.assessor, at=AT_MAY, on=MAY, reason="ขาดหลักฐาน"
    )
    report = assessment.report
    report.refresh_from_db()
    act: Any = {"by": world.reporter, "at": AT_MAY, "on": MAY}
    writing.save_claim(report, "1.1", said("87"), revision=1, **act)
    writing.save_claim(report, "1.2", said("86", did="ทำเพิ่ม"), revision=1, **act)
    REPORT_LIFE.move(report, "propose", **act)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=AT_MAY, on=MAY, **DECLARED)

    assert marks(assessment) == {"preliminary": ["1.3"]}


def test_a_mark_is_of_what_its_page_showed(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    client, path = client_of(world.assessor), f"/assessments/{assessment.pk}/kpis/1.1/"
    seen = client.get(path).context["seen"]
    judged(assessment, "1.1", "84", world.assessor)
    KpiCheck.objects.all().delete()

    stale = client.post(f"{path}agree/", {"seen": seen})
    without = client.post(f"{path}agree/")
    assert (stale.status_code, without.status_code, marks(assessment)) == (422, 422, {})
    fresh = client.post(f"{path}agree/", {"seen": client.get(path).context["seen"]})
    assert (fresh.status_code, marks(assessment)) == (302, {"preliminary": ["1.1"]})


def test_nobody_marks_what_is_not_theirs_to_judge(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    refusals = {}
    for name, actor in (
        ("undeclared", world.assessor),
        ("minister", assessors["minister"]),
        ("body", world.approver),
        ("analyst", world.analyst),
    ):
        with pytest.raises(Refused) as refused:
            checked(assessment, "1.1", by=actor)
        refusals[name] = codes(refused)
    declared(assessment, world.assessor)
    with pytest.raises(Refused) as unknown:
        checked(assessment, "9.9", by=world.assessor)

    assert refusals == {
        "undeclared": {"assessment.not_declared"},
        "minister": {"access.wrong_role"},
        "body": {"access.wrong_role"},
        "analyst": {"access.wrong_role"},
    }
    assert codes(unknown) == {"assessment.no_such_kpi"}


def test_agreeing_goes_on_to_the_next_kpi_and_from_the_last_to_the_whole(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    client, page = client_of(world.assessor), f"/assessments/{assessment.pk}/"
    checked(assessment, "1.3", by=world.assessor)
    path, walked = f"{page}kpis/1.2/", []
    while "kpis" in path:
        seen = client.get(path).context["seen"]
        path = client.post(f"{path}agree/", {"seen": seen})["Location"]
        walked.append(path.removeprefix(page))

    due = len(marks(assessment)["preliminary"])
    assert walked == ["kpis/1.4/", "kpis/1.5/", "kpis/1.6/", "kpis/1.1/", ""]
    whole = client.get(page)
    assert (whole.context["checked"], whole.context["due"], whole.context["left"]) == (due, due, [])


def test_every_link_and_button_of_judging_leads_somewhere(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "minister", assessors)
    declared(assessment, assessors["minister"])
    dead = []
    for reader in (
        world.assessor,
        assessors["minister"],
        world.analyst,
        world.auditor,
        world.administrator,
    ):
        client = client_of(reader)
        for page in ("", "kpis/1.1/"):
            html = client.get(f"/assessments/{assessment.pk}/{page}").content.decode()
            links = set(re.findall(r'href="(/[^"#]*)"', html.split("<main", 1)[1]))
            dead += [
                (reader.name, link)
                for link in links
                if client.get(link).status_code not in (200, 302)
            ]
    assert dead == []


def test_a_kpi_is_shown_with_a_constant_number_of_queries(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "minister", assessors)
    declared(assessment, assessors["minister"])
    client, path = client_of(assessors["minister"]), f"/assessments/{assessment.pk}/kpis/1.1/"
    client.get(path)
    counts = []
    for numbers in ((), ("1.1", "1.2", "1.3")):
        checked(assessment, *numbers, by=assessors["minister"])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- One declaration for a year ------------------------------------------------------------------


def test_who_declared_for_the_year_judges_every_body_but_those_named(world: World) -> None:
    assessment = assessment_of(world)
    colleague = person("colleague", (Role.ASSESSOR, None))
    declared_for_year(world.assessor)
    declared_for_year(colleague, assessment.report.scorecard.body, detail="ญาติเป็นผู้บริหาร")

    assert why_not(ASSESSMENT_LIFE.may(world.assessor, assessment, "judge", MAY)) == ""
    assert (
        why_not(ASSESSMENT_LIFE.may(colleague, assessment, "judge", MAY)) == "assessment.conflict"
    )
    assert why_not(may_visit(colleague, assessment, MAY)) == "assessment.conflict"


def test_a_declaration_is_of_its_own_year_alone(world: World) -> None:
    assessment = assessment_of(world)
    actions.declare_for_year(2566, [], "", by=world.assessor, at=AT_MAY, on=MAY)
    verdict = ASSESSMENT_LIFE.may(world.assessor, assessment, "judge", MAY)
    assert why_not(verdict) == "assessment.not_declared"


@pytest.mark.parametrize("first", ["year", "body"])
def test_a_conflict_stands_whatever_is_declared_after_it_in_the_other_way(
    world: World, first: str
) -> None:
    assessment = assessment_of(world)
    if first == "year":
        declared_for_year(world.assessor, assessment.report.scorecard.body, detail="เคยทำงาน")
        declared_for_year(world.assessor)
    else:
        declared(assessment, world.assessor, conflict=True)
        declared_for_year(world.assessor)
    verdict = ASSESSMENT_LIFE.may(world.assessor, assessment, "judge", MAY)
    assert why_not(verdict) == "assessment.conflict"


def test_a_conflict_that_comes_up_later_is_declared_for_its_body_alone(world: World) -> None:
    assessment = assessment_of(world)
    declared_for_year(world.assessor)
    declared(assessment, world.assessor, conflict=True)
    verdict = ASSESSMENT_LIFE.may(world.assessor, assessment, "judge", MAY)
    assert why_not(verdict) == "assessment.conflict"


def test_who_named_a_body_for_the_year_sits_on_no_appeal_of_it(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    colleague = person("colleague", (Role.ASSESSOR, None))
    declared_for_year(colleague, assessment.report.scorecard.body, detail="ญาติ")
    passed_to(assessment, "done", assessors)
    release(Result.objects.all(), by=world.analyst, at=AT_MAY, on=MAY)
    appeal: Any = type("Appeal", (), {"result": Result.objects.get(), "pk": 0})()

    assert barred_from(appeal, MAY)[colleague.pk] == "appeal.bar_conflict"


@pytest.mark.parametrize(
    ("names", "detail", "code"),
    [(True, " ", "assessment.conflict_untold"), (False, "ญาติ", "assessment.conflict_nowhere")],
)
def test_a_conflict_has_a_body_and_an_account(
    world: World, names: bool, detail: str, code: str
) -> None:
    bodies = [world.province] if names else []
    with pytest.raises(Refused) as refused:
        declared_for_year(world.assessor, *bodies, detail=detail)
    assert codes(refused) == {code}
    assert not YearDeclaration.objects.exists()


def test_only_who_judges_at_all_declares(world: World) -> None:
    for actor in (world.analyst, world.reporter, world.auditor):
        with pytest.raises(Refused) as refused:
            declared_for_year(actor)
        assert codes(refused) == {"access.wrong_role"}


def test_a_declaration_by_its_page_leads_back_to_the_assessment(world: World) -> None:
    assessment = assessment_of(world)
    client = client_of(world.assessor)
    path = f"/assessments/declaration/?year=2567&back={assessment.pk}"
    page = client.get(path)
    answer = client.post(
        f"/2567/assessments/declaration/?back={assessment.pk}",
        {"conflicts": f"{world.department.code}, TH-74", "detail": "เป็นรองผู้ว่าฯ"},
    )
    conflicts = DeclaredConflict.objects.values_list("body__code", "detail")

    assert page.status_code == 200
    assert answer["Location"] == f"/assessments/{assessment.pk}/"
    assert list(conflicts) == [(world.department.code, "เป็นรองผู้ว่าฯ"), ("TH-74", "เป็นรองผู้ว่าฯ")]
    notices = Notice.objects.filter(person=world.analyst, code="notice.conflict_of_year")
    assert notices.count() == 1
    again = client.get("/2567/assessments/declaration/").content.decode()
    assert again.count("เป็นรองผู้ว่าฯ") == 2
