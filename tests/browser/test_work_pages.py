"""The pages of those who work here, wide and narrow, light and dark: axe, and nothing too wide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect

from esar.agree.changes import actions as changes
from esar.agree.scorecards.actions import counter
from esar.judge.assessments import visits
from esar.judge.assessments.life import VISIT_LIFE
from esar.judge.results.actions import release
from esar.judge.results.models import Result
from esar.platform.history.models import CheckUp
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from esar.report.activity_plans import actions as plan_actions
from esar.report.reports.models import Report
from tests.agree.scorecards.make_in_force import DECEMBER, at_noon, computed_2554, report_2554
from tests.browser.axe_and_width import problems_of
from tests.browser.windows import WIDTHS, open_page
from tests.judge.results.make import RELEASED_AT, RELEASED_ON, assessed, released
from tests.judge.results.make_route import presented
from tests.make import (
    AT,
    FEBRUARY,
    ON,
    World,
    draft,
    in_force,
    kpi,
    open_sitting,
    request_fields,
    submitted,
)
from tests.report.activity_plans import make as plans_make
from tests.show.public.make import province

FLOOD_WEEK = date(2011, 11, 2)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages(world: World) -> list[tuple[Person, str]]:
    """(who, path) of every kind of page there is behind the door."""
    card, other = in_force(world), submitted(world, world.department)
    counter(
        other,
        kpi(other),
        weight=None,
        targets=["82", "88", "95"],
        why="ต่ำกว่าแนวโน้มสามปี",
        by=world.secretaries["L1-D"],
        at=AT,
        on=ON,
    )
    wanted = request_fields()
    asked = changes.ask(card, kpi(card), wanted, by=world.reporter, at=AT, on=FEBRUARY)
    sitting = open_sitting(world, world.level1d, other)
    world.province = province("TH-75")
    from esar.platform.organisations.actions import appoint

    appoint(world.reporter, "reporter", by=None, at=AT, on=ON, body=world.province)
    world.reporter = Person.objects.get(pk=world.reporter.pk)
    new = draft(world)
    reporter, analyst, secretary = world.reporter, world.analyst, world.secretaries["L1-D"]
    wrong = {"th": "แถวของตาราง results_result เลขที่ 1 ถูกแก้โดยไม่ผ่านประวัติ", "en": "Row 1 was changed"}
    CheckUp.objects.create(at=AT, count=0, sentences=[])
    CheckUp.objects.create(at=AT, count=1, sentences=[wrong])
    return [
        (reporter, "/desk/"),
        (reporter, "/scorecards/"),
        (reporter, f"/scorecards/{card.pk}/"),
        (reporter, f"/scorecards/{new.pk}/"),
        (reporter, f"/scorecards/{new.pk}/kpis/new/"),
        (reporter, f"/scorecards/{new.pk}/library/"),
        (reporter, f"/scorecards/{new.pk}/reuse/"),
        (reporter, f"/scorecards/{card.pk}/kpis/1.2/change/"),
        (reporter, f"/changes/{asked.pk}/"),
        (reporter, f"/scorecards/{card.pk}/versions/1/"),
        (reporter, "/notices/"),
        (reporter, "/account/"),
        (reporter, "/account/sessions/"),
        (reporter, "/account/2fa/"),
        (reporter, "/account/password/change/"),
        (reporter, "/search/?q=ตัวชี้วัด"),
        (secretary, f"/sittings/{sitting.pk}/"),
        (secretary, "/committees/L1-D/"),
        (secretary, f"/scorecards/{other.pk}/"),
        (secretary, f"/scorecards/{other.pk}/kpis/1.2/offer/"),
        (analyst, "/scorecards/"),
        (analyst, "/changes/"),
        (analyst, "/people/"),
        (analyst, "/indicators/"),
        (analyst, "/indicators/TH-74-001/"),
        (analyst, "/sittings/"),
        (analyst, f"/people/{reporter.pk}/"),
        (world.administrator, "/check-ups/"),
        (world.administrator, "/dual-acts/"),
        (reporter, "/account/correction/"),
        (reporter, "/corrections/"),
        (world.administrator, "/role-offers/"),
        (world.administrator, "/security/"),
        (world.administrator, "/account/security/"),
        (world.administrator, f"/people/{reporter.pk}/dual-act/"),
        (world.administrator, "/people/invite/"),
        (world.administrator, "/calendar/2567/extend/"),
        (world.administrator, "/calendar/2567/"),
        (world.administrator, "/agencies/TH-74/office/"),
        (analyst, "/agencies/TH-74/2567/agreement/"),
    ]


def pages_of_a_round(world: World) -> list[tuple[Person, str]]:
    """(who, path) of every kind of page of a round: reports, assessments, results, appeals."""
    one = assessed(world)
    result = Result.objects.get(assessment=one)
    in_force(world, world.department)
    other = Report.objects.get(scorecard__body=world.department, round_id="6m")
    visit = visits.plan(
        one,
        held_on=RELEASED_ON,
        place="ศาลากลาง",
        by=world.assessor,
        at=RELEASED_AT,
        on=RELEASED_ON,
    )
    report, analyst, assessor = one.report_id, world.analyst, world.assessor
    return [
        (world.reporter, "/desk/"),
        (world.reporter, "/reports/"),
        (world.reporter, f"/reports/{report}/"),
        (world.reporter, f"/reports/{report}/receipt/"),
        (world.reporter, f"/reports/{report}/card/"),
        (world.reporter, f"/reports/{report}/versions/1/"),
        (world.reporter_d, f"/reports/{other.pk}/"),
        (world.reporter_d, f"/reports/{other.pk}/kpis/1.1/"),
        (world.reporter_d, f"/reports/{other.pk}/kpis/2.1/"),
        (world.reporter, f"/visits/{visit.pk}/"),
        (assessor, f"/visits/{visit.pk}/"),
        (assessor, "/assessments/"),
        (assessor, f"/assessments/{one.pk}/"),
        (assessor, "/assessments/sampling/2567/6m/"),
        (analyst, "/release/"),
        (analyst, "/linkage/2567/1/"),
        (analyst, "/warnings/"),
        (analyst, "/warnings/status/"),
        (world.reporter, "/central/"),
        (analyst, "/appeals/"),
        (analyst, f"/reports/?q={result.body.code}"),
    ]


def pages_after_release(world: World) -> list[tuple[Person, str]]:
    """(who, path) of what is public, and of an appeal against it."""
    result = released(world)
    base = f"/results/2567/6m/{result.body.code}/"
    return [
        (world.reporter, f"/appeals/new/{result.pk}/"),
        (world.reporter, "/appeals/"),
        *(
            (world.reporter, path)
            for path in (
                base,
                f"{base}explanation/",
                f"{base}compare/",
                "/results/2567/6m/",
                "/results/2567/6m/overview/",
                "/results/2567/data/",
            )
        ),
    ]


def pages_of_plans(world: World) -> list[tuple[Person, str]]:
    """(who, path) of a plan of activities, from its list to a request to change it."""
    clock.pretend(plans_make.NEW_RULES)
    plan = plans_make.sent_in(world, on=date(2017, 10, 1))
    day, by = date(2018, 4, 10), world.reporter
    asked = plan_actions.ask_change(plan, by=by, at=plans_make.moment(day), on=day)
    faulty = plans_make.legal_execution(a3={"name": ""}, a9={"outputs": []})
    plan_actions.save_change(
        asked, faulty, "ปรับ", revision=0, by=by, at=plans_make.moment(day), on=day
    )
    clock.pretend(day)
    base = f"/plans/{plan.pk}/"
    return [
        (by, "/plans/"),
        (by, base),
        (by, f"{base}amendment/"),
        (by, f"{base}print/"),
        (by, f"{base}versions/1/"),
        (by, f"/plan-changes/{asked.pk}/"),
        (by, f"/plan-changes/{asked.pk}/edit/"),
    ]


def pages_of_2554(world: World) -> list[tuple[Person, str]]:
    """(who, path) of a year with cards, lateness, meetings to advise and a summary."""
    late = computed_2554(world, FLOOD_WEEK)
    presented(world, 2554, day=DECEMBER)
    release(Result.objects.all(), by=world.analyst, at=at_noon(DECEMBER), on=DECEMBER)
    computed_2554(world, date(2011, 10, 28), "95", province("TH-50"))
    assert late.assessment is not None
    report, nine = late.assessment.report, report_2554(world, "9m")
    visit = visits.plan(
        report.scorecard,
        held_on=DECEMBER,
        place="วีดิทัศน์",
        by=world.analyst,
        at=at_noon(DECEMBER),
        on=DECEMBER,
    )
    VISIT_LIFE.move(
        visit,
        "done",
        by=world.analyst,
        at=at_noon(DECEMBER),
        on=DECEMBER,
        took_part="สำนักงาน ก.พ.ร.\nกรมบัญชีกลาง (เจ้าภาพตัวชี้วัดที่ 3)",
    )
    visits.add_finding(
        visit,
        number="3",
        text="เก็บข้อมูลให้ครบทุกไตรมาส",
        follow_up="ส่งข้อมูลรายเดือน",
        owner="คลังจังหวัด",
        due=date(2012, 1, 31),
        by=world.analyst,
        at=at_noon(DECEMBER),
        on=DECEMBER,
    )
    base = f"/results/2554/12m/{late.body.code}/"
    return [
        (world.reporter, "/rules/2554/late/"),
        (world.reporter, f"/reports/{report.pk}/"),
        (world.reporter, f"/reports/{report.pk}/card/"),
        (world.reporter, f"/reports/{nine.pk}/kpis/1/"),
        (world.reporter, f"/reports/{nine.pk}/card/"),
        (world.reporter, "/calendar/2554/"),
        (world.assessor, f"/assessments/{late.assessment_id}/"),
        (world.analyst, "/visits/?year=2554"),
        (world.analyst, "/visits/advice/?year=2554"),
        (world.analyst, f"/visits/{visit.pk}/"),
        (world.reporter, f"/visits/{visit.pk}/"),
        (world.reporter, f"{base}explanation/"),
        (world.reporter, "/results/2554/12m/summary/"),
        (world.analyst, "/results/2554/12m/summary/"),
        (world.analyst, "/release/"),
        (world.analyst, "/release/route/2554/12m/"),
    ]


@pytest.mark.parametrize(
    "listed", [pages, pages_of_a_round, pages_after_release, pages_of_plans, pages_of_2554]
)
def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(
    live_server: Any,
    browser: Browser,
    settings: Any,
    tmp_path: Any,
    listed: Callable[[World], list[tuple[Person, str]]],
) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY if listed is pages else RELEASED_ON)
    problems = []
    for page in open_page(browser, WIDTHS["phone"]):
        for who, path in listed(World()):
            client = Client()
            client.force_login(who)
            session = client.cookies["sessionid"].value
            page.context.add_cookies(
                [{"name": "sessionid", "value": session, "url": live_server.url}]
            )
            answer = page.goto(live_server.url + path)
            assert answer is not None
            assert answer.status == 200, path
            problems += problems_of(page)
    assert problems == []


def test_a_person_signs_in_through_the_page(
    live_server: Any, browser: Browser, world: World
) -> None:
    for page in open_page(browser, WIDTHS["phone"]):
        page.goto(f"{live_server.url}/desk/")
        page.get_by_label("อีเมล", exact=True).fill(world.reporter.email)
        page.get_by_label("รหัสผ่าน", exact=True).fill("a-long-passphrase-1")
        page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).first.click()
        expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
