"""The quarterly summary: exceptions first, as of a day, and no slower for more provinces."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.platform.calendars.actions import extend
from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly.summary.queries import summary_of
from tests.make import World, person
from tests.report.activity_plans.make import moment
from tests.report.activity_plans.monthly.make import plan_in_force, report
from tests.show.public.make import province

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER, DECEMBER = date(2017, 10, 1), date(2017, 11, 1), date(2017, 12, 1)
CLOSED = date(2018, 1, 8)  # the day after the first quarter's last report was due


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(CLOSED)


def quarter(on: date = CLOSED) -> Any:
    found = summary_of(2561, 1, on=on)
    assert found is not None
    return found


def standing(on: date = CLOSED) -> str:
    return next(one.standing for one in quarter(on).provinces if one.body.code == "TH-74")


def in_time(world: World, plan: Plan, done: bool | None = True) -> None:
    report(world, plan, OCTOBER, (1, "2018-01", None))
    report(world, plan, NOVEMBER, (1, "2018-01", None))
    report(world, plan, DECEMBER, (2, "2017-12", done))


def test_a_province_without_a_plan_in_force(world: World) -> None:
    Plan.objects.create(body=world.province, fiscal_year=2561, since="2017-10-01T00:00Z")
    assert standing() == "no_plan"


@pytest.mark.usefixtures("world")
def test_until_the_plan_is_due_a_province_without_one_is_not_due() -> None:
    """It was due on 15 September, since the amendment of 9 October on 15 November."""
    days = (date(2017, 9, 15), date(2017, 9, 16), date(2017, 10, 9), date(2017, 11, 15))
    assert [standing(day) for day in days] == ["not_due", "no_plan", "not_due", "not_due"]
    assert standing(date(2017, 11, 16)) == "no_plan"


def test_a_plan_whose_day_was_extended_is_not_due_until_then(world: World) -> None:
    day = date(2018, 1, 31)
    extend(
        2561,
        "4.2.plan-due",
        last_day=day,
        reason="น้ำท่วม",
        by=world.administrator,
        at=moment(CLOSED),
        on=CLOSED,
        body=world.province,
    )
    assert standing() == "not_due"


def test_a_plan_without_a_report(world: World) -> None:
    plan_in_force(world)
    assert (standing(), quarter().whole.unreported) == ("no_report", 1)


def test_on_track(world: World) -> None:
    in_time(world, plan_in_force(world))
    assert (standing(), quarter().whole.done) == ("on_track", 1)


def test_behind_when_an_output_did_not_come_or_nobody_said_so(world: World) -> None:
    in_time(world, plan_in_force(world), done=False)
    found = quarter()
    assert (standing(), found.whole.undone, found.whole.unreported) == ("behind", 1, 0)


def test_late_when_a_month_was_late_or_is_missing(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, OCTOBER, (1, "2018-01", None), sent_on=date(2017, 11, 8))
    report(world, plan, DECEMBER, (2, "2017-12", True))
    row = quarter().provinces[0]
    assert [state for _, state in row.months] == ["late", "missing", "sent"]
    assert row.standing == "late"


def test_what_is_sent_in_after_the_quarters_day_does_not_change_it(world: World) -> None:
    plan = plan_in_force(world)
    report(world, plan, OCTOBER, (1, "2018-01", None))
    report(world, plan, NOVEMBER, (1, "2018-01", None))
    report(world, plan, DECEMBER, (2, "2017-12", True), sent_on=date(2018, 1, 20))
    found = quarter(date(2018, 3, 1))
    assert (found.as_of, found.is_final) == (date(2018, 1, 7), True)
    assert (found.provinces[0].standing, found.whole.unreported) == ("late", 1)


def test_before_the_day_nothing_is_due(world: World) -> None:
    plan_in_force(world)
    found = quarter(date(2017, 11, 1))
    assert (standing(date(2017, 11, 1)), found.whole.not_due, found.share) == ("not_due", 1, None)


def test_a_month_is_missing_from_the_day_after_it_was_due(world: World) -> None:
    plan_in_force(world)
    for day, state in ((date(2017, 11, 7), "not_due"), (date(2017, 11, 8), "missing")):
        assert quarter(day).provinces[0].months[0] == (OCTOBER, state)


@pytest.mark.usefixtures("world")
def test_a_quarter_says_so_far_until_its_round_is_over() -> None:
    days = ((1, CLOSED), (1, date(2018, 9, 1)), (2, date(2018, 4, 7)), (2, date(2018, 4, 8)))
    found = [summary_of(2561, number, on=day) for number, day in days]
    assert [one and one.is_so_far for one in found] == [True, True, True, False]


def test_totals_are_of_all_whatever_is_searched(world: World) -> None:
    in_time(world, plan_in_force(world))
    plan_in_force(world, body=province("TH-10"))
    client = Client()
    client.force_login(world.analyst)

    def listed(query: str) -> list[str]:
        page = client.get(f"/plan-summary/2561/1/?{query}")
        assert (page.context["summary"].whole.planned, len(quarter().provinces)) == (2, 2)
        return [line.row.body.code for line in page.context["list"].lines]

    assert [one.standing for one in quarter().provinces] == ["no_report", "on_track"]
    assert listed("") == ["TH-10", "TH-74"]
    assert listed("q=TH-10") == ["TH-10"]
    assert listed("standing=on_track") == ["TH-74"]
    whole = client.get("/plan-summary/2561/1/").content.decode()
    assert whole.count("ไม่รายงาน</th>") == 3  # the tables of the whole country
    rows = client.get("/plan-summary/2561/1.csv?standing=on_track").content.decode().splitlines()
    assert rows == [
        "\ufeffcode,province,standing,2017-10,2017-11,2017-12,planned,done,undone,unreported,not_due,struck_since",
        f"TH-74,{world.province.name_th},on_track,sent,sent,sent,1,1,0,0,0,0",
    ]


def test_totals_by_type_and_month_add_up(world: World) -> None:
    in_time(world, plan_in_force(world))
    found = quarter()
    types = {name: (tally.activities, tally.planned) for name, tally in found.by_type.items()}
    assert types == {"1": (6, 1), "2": (0, 0), "3": (0, 0), "4": (4, 0), "5": (2, 0)}
    assert [tally.planned for tally in found.by_month.values()] == [0, 0, 1]


def pages(client: Client) -> list[int]:
    base = "/plan-summary/2561/1"
    return [client.get(f"{base}{end}").status_code for end in ("/", "/document/", ".csv")]


def test_it_is_for_opdc_and_the_prime_ministers_office(world: World) -> None:
    client = Client()
    for who, answer in (
        (world.analyst, 200),
        (world.auditor, 200),
        (world.ministers_office, 403),
        (world.reporter, 404),
    ):
        client.force_login(who)
        codes = set(pages(client))
        assert codes == {answer} or (answer == 404 and codes <= {403, 404}), who
    client.force_login(world.analyst)
    for path in ("/plan-summary/2561/5/", "/plan-summary/2561/0/", "/plan-summary/2567/1/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2017, 10, 1), 1), (date(2018, 3, 31), 2), (date(2018, 4, 1), 3), (date(2020, 1, 1), 4)],
)
def test_the_menu_leads_to_the_quarter_one_is_in(world: World, day: date, quarter: int) -> None:
    clock.pretend(day)
    client = Client()
    client.force_login(world.analyst)
    assert client.get("/plan-summary/")["Location"] == f"/plan-summary/2561/{quarter}/"


def test_the_document_has_thai_digits_and_names_its_clause(world: World) -> None:
    in_time(world, plan_in_force(world))
    client = Client()
    client.force_login(world.analyst)
    text = client.get("/plan-summary/2561/1/document/").content.decode()
    assert "ทุก ๓ เดือน" in text
    assert "กราบเรียน รองนายกรัฐมนตรี (นายวิษณุ เครืองาม)" in text
    assert "ปีงบประมาณ พ.ศ. ๒๕๖๑" in text
    assert "ขั้นตอนในการดำเนินงาน" in text
    assert 'href="/static/' in text  # what stands in a tag is left as it is


def test_a_document_of_demo_plans_says_so_once(world: World) -> None:
    in_time(world, plan_in_force(world))
    in_time_at(world, "TH-10")
    client = Client()
    client.force_login(world.analyst)

    def said() -> int:
        return client.get("/plan-summary/2561/1/document/").content.decode().count("ข้อมูลสาธิต")

    before = said()
    Plan.objects.update(is_demo=True)

    assert (before, said()) == (0, 1)


def test_more_provinces_ask_the_database_no_more(world: World) -> None:
    in_time(world, plan_in_force(world))
    client = Client()
    client.force_login(world.analyst)
    client.get("/plan-summary/2561/1/")
    counted = []
    for codes in ((), ("TH-10", "TH-11")):
        for code in codes:
            in_time_at(world, code)
        with CaptureQueriesContext(connection) as queries:
            client.get("/plan-summary/2561/1/")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def in_time_at(world: World, code: str) -> None:
    """Another province with the same people, plan and reports."""
    body = province(code)
    other = World.__new__(World)
    other.reporter = person(f"reporter-{code}", (Role.REPORTER, body))
    other.approver = person(f"approver-{code}", (Role.APPROVER, body))
    in_time(other, plan_in_force(world, body=body))
