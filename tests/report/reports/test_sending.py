"""Before a report is sent: every answer once more, what is missing, and a declaration."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.agree.scorecards.models import ScorecardVersion
from esar.judge.assessments.models import Assessment
from esar.kernel.chain import digest
from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from esar.report.reports import writing
from esar.report.reports.content import content, sheet_of
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Report, ReportVersion
from tests.make import World
from tests.report.reports.make import (
    APRIL,
    AT_APRIL,
    DECLARED,
    codes,
    filled,
    report_of,
    said,
    sent,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return World()


def browser(who: Person) -> Client:
    clock.pretend(APRIL)
    client = Client()
    client.force_login(who)
    return client


def proposed(world: World) -> Report:
    report = filled(world)  # each KPI says 86, with words and without a file
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    return report


def gaps(page: Any) -> dict[str, list[str]]:
    return {code: [line.number for line in lines] for code, lines in page.context["gaps"]}


def test_the_page_before_sending_tells_what_is_missing(world: World) -> None:
    report = report_of(world)
    act = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
    writing.save_claim(report, "1.1", said("86"), revision=0, **act)
    writing.save_claim(report, "1.2", said("0", did=""), revision=0, **act)
    page = browser(world.reporter).get(f"/reports/{report.pk}/check/propose/")

    assert page.status_code == 200
    assert gaps(page) == {
        "page.gap_silent": ["1.3", "1.4", "1.5", "1.6"],
        "page.gap_evidence": ["1.1", "1.2"],
        "page.gap_words": ["1.2"],
    }


def test_a_report_is_not_sent_without_a_declaration_and_a_word_on_what_is_missing(
    world: World,
) -> None:
    report = proposed(world)
    client, path = browser(world.approver), f"/reports/{report.pk}/"
    seen = {"seen": client.get(f"{path}check/submit/").context["seen"]}

    bare = client.post(f"{path}move/submit/", seen)
    half = client.post(f"{path}move/submit/", seen | {"declared": "1"})
    report.refresh_from_db()

    assert (bare.status_code, half.status_code, report.state) == (422, 422, "proposed")
    assert [problem.code for problem in bare.context["problems"]] == [
        "report.gaps_not_acknowledged",
        "report.not_declared",
    ]
    assert [problem.code for problem in half.context["problems"]] == [
        "report.gaps_not_acknowledged"
    ]


def test_what_was_declared_is_in_the_history_and_the_receipt_tells_what_comes_next(
    world: World,
) -> None:
    report = proposed(world)
    client, path = browser(world.approver), f"/reports/{report.pk}/"
    check = client.get(f"{path}check/submit/")
    declaration = (
        f"ข้าพเจ้า {world.approver.name} ผู้อนุมัติของ{world.province.name_th} "
        "ได้ตรวจคำตอบในหน้านี้แล้ว และรับรองว่าถูกต้องตามจริง"
    )
    assert declaration in check.content.decode()

    answer = client.post(
        f"{path}move/submit/",
        {"seen": check.context["seen"], "declared": "1", "acknowledged": "1"},
        follow=True,
    )

    event = Event.objects.get(verb="report.declared")
    assert event.actor_id == world.approver.pk
    assert event.after == {
        "declaration": declaration,
        "seen": check.context["seen"].partition(";")[0],
        "page.gap_evidence": ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"],
    }
    receipt = " ".join(answer.content.decode().split())
    assert "เลขรับ 2567/TH-74/1 ของรอบ 6 เดือน" in receipt
    assert "นับว่าได้รับเมื่อ 20 เมษายน 2567" in receipt
    assert "ผู้ประเมินพิจารณารายงาน หากต้องแก้ไขจะส่งคืนพร้อมเหตุผล" in receipt


def test_the_report_says_of_each_kpi_what_is_missing_and_how_many_are_complete(
    world: World,
) -> None:
    report = report_of(world)
    act = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
    writing.save_claim(report, "1.1", said("86"), revision=0, **act)
    writing.save_claim(report, "1.2", said("0", did=""), revision=0, **act)
    no_data = said(None, status="no_data", why="รอผลสำรวจ", did="")
    writing.save_claim(report, "1.3", no_data, revision=0, **act)
    page = browser(world.reporter).get(f"/reports/{report.pk}/").context

    silent = {number: ["page.gap_silent"] for number in ("1.4", "1.5", "1.6")}
    assert page["missing"] == silent | {
        "1.1": ["page.gap_evidence"],
        "1.2": ["page.gap_evidence", "page.gap_words"],
    }
    assert (page["missing_count"], page["first_missing"]) == (6, "1.1")
    assert (page["complete"], len(page["sheet"].due)) == (1, 6)


def test_a_report_that_was_sent_has_a_receipt_with_the_next_report_and_its_due_day(
    world: World,
) -> None:
    report = sent(world)
    page = browser(world.approver).get(f"/reports/{report.pk}/receipt/")

    text = " ".join(page.content.decode().split())
    assert "จากนั้นส่งรายงานรอบ 12 เดือนภายใน 31 ตุลาคม 2567" in text
    assert "มีเพียงผู้ประเมินที่ส่งคืนให้แก้ไขได้" in text
    year = Report.objects.get(round_id="12m")
    unsent = browser(world.approver).get(f"/reports/{year.pk}/receipt/")
    assert (unsent.status_code, unsent["Location"]) == (302, f"/reports/{year.pk}/")
    assert browser(world.reporter_d).get(f"/reports/{report.pk}/receipt/").status_code == 404


def test_who_may_not_send_gets_no_page_to_check(world: World) -> None:
    report = proposed(world)

    answer = browser(world.reporter).get(f"/reports/{report.pk}/check/submit/")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/reports/{report.pk}/")
    unseen = browser(world.reporter_d).get(f"/reports/{report.pk}/check/submit/")
    assert unseen.status_code == 404


def test_the_act_itself_is_refused_without_the_declaration(world: World) -> None:
    report = proposed(world)
    approver = {"by": world.approver, "at": AT_APRIL, "on": APRIL}

    with pytest.raises(Refused) as bare:
        REPORT_LIFE.move(report, "submit", **approver)
    with pytest.raises(Refused) as half:
        REPORT_LIFE.move(report, "submit", **approver, declared=True)
    report.refresh_from_db()

    assert codes(bare) == {"report.gaps_not_acknowledged", "report.not_declared"}
    assert codes(half) == {"report.gaps_not_acknowledged"}
    assert (report.state, Event.objects.filter(verb="report.declared").count()) == ("proposed", 0)


@pytest.mark.parametrize("name", ["propose", "submit"])
def test_the_token_of_the_report_is_none_of_the_page_to_check_its_answers(
    world: World, name: str
) -> None:
    """Who never opened that page has not seen what is missing: a move posted past it is refused."""
    report = filled(world) if name == "propose" else proposed(world)
    client = browser(world.reporter if name == "propose" else world.approver)
    path, told = f"/reports/{report.pk}/", {"declared": "1", "acknowledged": "1"}
    of_the_report = client.get(path).context["seen"]
    of_the_check = client.get(f"{path}check/{name}/").context["seen"]
    before = report.state

    past = client.post(f"{path}move/{name}/", {"seen": of_the_report} | told)
    report.refresh_from_db()
    state_after_past = report.state
    through = client.post(f"{path}move/{name}/", {"seen": of_the_check} | told)

    assert (past.status_code, state_after_past) == (422, before)
    assert "หน้าตรวจคำตอบ" in past.content.decode()
    assert through.status_code == 302


def _with_months(world: World) -> Report:
    """The 6-month report with 86 of October, sent in; then its year's report says otherwise."""
    report = report_of(world)
    october = date(2023, 10, 1)
    by_at_on: dict[str, Any] = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
    writing.save_months(report, "1.1", {october: {"value": Decimal(86)}}, **by_at_on)
    REPORT_LIFE.move(report, "propose", **by_at_on)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=AT_APRIL, on=APRIL, **DECLARED)
    year = Report.objects.select_related("scorecard__body").get(round_id="12m")
    writing.save_months(year, "1.1", {october: {"value": Decimal(10)}}, **by_at_on)
    return Report.objects.get(pk=report.pk)


def test_what_was_sent_in_stays_as_it_was_whatever_months_say_later(world: World) -> None:
    report = _with_months(world)
    sheet = sheet_of(report)
    version = ReportVersion.objects.get(report=report)
    assert content(sheet) == version.content
    assert [month.value for month in sheet.lines[0].months] == [Decimal(86)]


def test_a_report_that_was_returned_says_what_its_months_say_now(world: World) -> None:
    report = _with_months(world)
    at_on: dict[str, Any] = {"at": AT_APRIL, "on": APRIL}
    REPORT_LIFE.move(report, "return", by=world.assessor, reason="แก้ไข", **at_on)
    assert sheet_of(report).lines[0].outcome.actual == Decimal(10)
    Assessment.objects.filter(report=report).update(state="returned")  # which returns it, really
    REPORT_LIFE.move(report, "propose", by=world.reporter, **at_on)
    REPORT_LIFE.move(report, "submit", by=world.approver, **at_on, **DECLARED)
    newest = ReportVersion.objects.filter(report=report).latest("number")
    assert [one["value"] for one in newest.content["claims"][0]["months"]] == ["10"]


def test_what_was_sent_in_is_held_to_the_targets_of_then(world: World) -> None:
    report = sent(world)
    former = ScorecardVersion.objects.get(scorecard=report.scorecard)
    later = deepcopy(former.content)
    later["kpis"][0]["targets"] = ["90", "95", "99"]
    columns = ("scorecard", "rulebook_sha256", "resolution", "in_force_from", "public_from")
    ScorecardVersion.objects.create(
        number=2,
        content=later,
        sha256=digest(later),
        **{name: getattr(former, name) for name in columns},
    )
    assert sheet_of(report).lines[0].targets == tuple(former.content["kpis"][0]["targets"])


def test_a_sending_shows_what_its_total_is_out_of(world: World) -> None:
    report = _with_months(world)
    client = Client()
    client.force_login(world.reporter)
    html = client.get(f"/reports/{report.pk}/versions/1/").content.decode()

    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert re.findall(r"คะแนนประเมินตนเอง [0-9.]+ จาก [0-9.]+", words) == [
        "คะแนนประเมินตนเอง 16.00 จาก 70"
    ]


def test_the_first_saving_of_a_session_does_not_pass_for_the_last(world: World) -> None:
    report = report_of(world)
    for revision, actual in enumerate(("1", "10")):
        writing.save_claim(
            report, "1.1", said(actual), revision=revision, by=world.reporter, at=AT_APRIL, on=APRIL
        )
    client = Client()
    client.force_login(world.reporter)
    html = client.get(f"/reports/{report.pk}/").content.decode()

    sentence = "บรรทัดนี้คือการบันทึกครั้งแรกของช่วงการเขียนหนึ่ง"
    assert (html.count("บันทึกผลตัวชี้วัด"), html.count(sentence)) == (1, 1)
