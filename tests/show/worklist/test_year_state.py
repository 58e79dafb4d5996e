"""What a year is busy with, day by day, and what waits behind the entries of the rail."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.judge.results.models import Result
from esar.law.rules.text import worded
from esar.platform.calendars.actions import extend
from esar.platform.organisations.queries import roles_of
from esar.platform.ui import books, clock
from esar.platform.ui.year_address import without_year
from esar.show.worklist.waiting import waiting_counts
from esar.show.worklist.year_state import year_state
from tests.judge.results.make import released
from tests.make import AT, FEBRUARY, World, draft, open_sitting, submitted
from tests.report.reports.make import APRIL, report_of, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("year", "day", "thai", "english"),
    [
        (2567, (2023, 9, 30), "ยังไม่เริ่มปีงบประมาณ", "The year has not begun"),
        (2567, (2023, 10, 1), "กำลังจัดทำตัวชี้วัด", "KPIs are being agreed"),
        (2567, (2023, 10, 30), "กำลังจัดทำตัวชี้วัด", "KPIs are being agreed"),
        (2567, (2023, 10, 31), "กำลังดำเนินงานรอบ 6 เดือน", "Under way: 6-month round"),
        (2567, (2024, 2, 29), "ช่วงปรับเปลี่ยนตัวชี้วัด รอบ 6 เดือน", None),
        (2567, (2024, 3, 31), "กำลังดำเนินงานรอบ 6 เดือน", "Under way: 6-month round"),
        (2567, (2024, 4, 1), "กำลังรายงานรอบ 6 เดือน", "Reporting: 6-month round"),
        (2567, (2024, 4, 30), "กำลังรายงานรอบ 6 เดือน", "Reporting: 6-month round"),
        (2567, (2024, 5, 1), "กำลังดำเนินงานรอบ 12 เดือน", None),
        (2567, (2024, 10, 31), "กำลังรายงานรอบ 12 เดือน", None),
        (2567, (2024, 11, 1), "พ้นกำหนดรายงานแล้ว อยู่ระหว่างประเมินผล", None),
        (2554, (2011, 7, 16), "กำลังรายงานรอบ 9 เดือน", None),
    ],
)
def test_the_state_of_a_year_follows_its_calendar(
    year: int, day: tuple[int, int, int], thai: str, english: str | None
) -> None:
    state = year_state(year, date(*day))

    assert state is not None
    assert state.th == thai
    assert english in (None, state.en)


def test_a_year_without_rules_has_no_state() -> None:
    assert year_state(2400, FEBRUARY) is None


def test_an_extension_for_all_keeps_the_reporting_open(world: World) -> None:
    last_day = date(2024, 5, 15)
    extend(
        2567,
        "report-due.6m",
        last_day=last_day,
        reason="น้ำท่วม",
        by=world.administrator,
        at=AT,
        on=FEBRUARY,
    )

    assert [year_state(2567, day) for day in (last_day, date(2024, 5, 16))] == [
        worded("year-state.reporting", round=books.round_label(2567, "6m")),
        worded("year-state.under_way", round=books.round_label(2567, "12m")),
    ]


def test_a_year_whose_last_round_is_released_has_its_results_published(world: World) -> None:
    result = released(world)
    after = date(2024, 11, 1)
    assert year_state(2567, after) == worded("year-state.judging")

    Result.objects.filter(pk=result.pk).update(round_id="12m")
    assert year_state(2567, after) == worded("year-state.published")


def test_what_waits_at_a_body_is_counted_for_whoever_is_to_do_it(world: World) -> None:
    card = draft(world)
    assert waiting_counts(world.reporter, FEBRUARY, 2567) == {"scorecards:scorecards": 1}
    assert waiting_counts(world.approver, FEBRUARY, 2567) == {}
    assert waiting_counts(world.reporter, FEBRUARY, 2568) == {}

    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=FEBRUARY)
    assert waiting_counts(world.reporter, FEBRUARY, 2567) == {}
    assert waiting_counts(world.approver, FEBRUARY, 2567) == {"scorecards:scorecards": 1}


def test_a_report_waits_from_the_first_day_of_its_round(world: World) -> None:
    report_of(world)
    before = date(2023, 9, 30)

    assert waiting_counts(world.reporter, before, 2567) == {}
    assert waiting_counts(world.reporter, APRIL, 2567) == {"reports:reports": 2}


def test_a_sitting_waits_for_its_committee_until_it_is_closed(world: World) -> None:
    sitting = open_sitting(world, world.level1, submitted(world))
    secretary, member = world.secretaries["L1-P"], world.members["L1-P"][0]
    assert waiting_counts(secretary, FEBRUARY, 2567) == {"committees:sittings": 1}
    assert waiting_counts(member, FEBRUARY, 2567) == {"committees:sittings": 1}
    assert waiting_counts(world.secretaries["L2-P"], FEBRUARY, 2567) == {}
    assert sitting.fiscal_year == 2567


def test_a_report_that_was_sent_waits_for_the_assessor(world: World) -> None:
    sent(world)

    assert waiting_counts(world.assessor, APRIL, 2567) == {"assessments:assessments": 1}


def test_what_waits_costs_one_query(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    draft(world)
    for who in (world.reporter, world.secretaries["L1-P"], world.analyst):
        roles_of(who, FEBRUARY)
        with django_assert_num_queries(1):
            waiting_counts(who, FEBRUARY, 2567)


def test_the_count_on_the_rail_follows_the_history_at_once(world: World, settings: Any) -> None:
    settings.CACHES = settings.CACHES | {"frame": settings.CACHES["default"]}
    clock.pretend(FEBRUARY)
    client = Client()
    client.force_login(world.reporter)

    def counts() -> dict[str, int]:
        rail = client.get("/rules/2567/late/").context["menu"].rail
        return {without_year(link.href): link.count for link in rail if link.count}

    assert counts() == {}
    draft(world)
    assert counts() == {"/scorecards/": 1}
