"""The page of one result: its drawing, where it goes on to, and what of it is folded away."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.platform.charts.figures import Missing
from esar.platform.ui import clock
from esar.report.reports import writing
from esar.report.reports.content import sheet_of
from esar.report.reports.drawing import bullet_of
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Claim, Report
from tests.make import World
from tests.report.reports.make import APRIL, AT_APRIL, report_of, said, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return World()


def browser(world: World) -> Client:
    clock.pretend(APRIL)
    client = Client()
    client.force_login(world.reporter)
    return client


def drawn(report: Report, number: str = "1.1") -> Any:
    return bullet_of(next(line for line in sheet_of(report).lines if line.number == number))


def test_a_result_is_drawn_on_the_targets_of_its_round(world: World) -> None:
    report = report_of(world)
    silent = drawn(report)
    writing.save_claim(
        report, "1.1", said("86"), revision=0, by=world.reporter, at=AT_APRIL, on=APRIL
    )
    told = drawn(report)

    assert (silent.actual, silent.values) == (Missing.NOT_REPORTED, told.values)
    assert (told.actual, told.values) == (Decimal(86), (Decimal(80), Decimal(85), Decimal(90)))
    assert (told.reached, told.is_lower_better) == (2, False)


def test_what_has_no_targets_is_not_drawn(world: World) -> None:
    report = report_of(world)

    assert [drawn(report, number) for number in ("2.1", "2.2")] == [None, None]


def test_saving_by_itself_brings_the_drawing_of_what_was_typed(world: World) -> None:
    report = report_of(world)
    answer = browser(world).post(
        f"/reports/{report.pk}/kpis/1.1/",
        {"revision": "0", "status": "not_reported", "actual": "86", "did": "ทำแล้ว"},
        HTTP_X_AUTOSAVE="1",
    )

    assert answer.json()["html"].count('class="chart-bullet"') == 1
    assert Claim.objects.get(report=report).status == "reported"


@pytest.mark.parametrize(
    ("onward", "address"),
    [
        ("1.2", "kpis/1.2/"),
        ("report", ""),
        ("", "kpis/1.1/"),
        ("9.9", "kpis/1.1/"),
        ("1.2/../../2", "kpis/1.1/"),
    ],
)
def test_one_button_saves_and_goes_on_and_only_to_a_kpi_of_the_report(
    world: World, onward: str, address: str
) -> None:
    report = report_of(world)
    answer = browser(world).post(
        f"/reports/{report.pk}/kpis/1.1/",
        {"revision": "0", "status": "not_reported", "actual": "86", "then": onward},
    )

    assert (answer.status_code, answer["Location"]) == (302, f"/reports/{report.pk}/{address}")
    assert Claim.objects.get(report=report).actual == Decimal(86)


@pytest.mark.parametrize(
    ("claim", "opens"),
    [
        (said("86"), False),
        (said(None, status="not_reported"), False),
        (said(None, status="no_data", why="รอผลสำรวจ"), True),
    ],
)
def test_what_is_no_figure_is_folded_away_until_it_is_said(
    world: World, claim: dict[str, Any], opens: bool
) -> None:
    report = report_of(world)
    writing.save_claim(report, "1.1", claim, revision=0, by=world.reporter, at=AT_APRIL, on=APRIL)
    page = browser(world).get(f"/reports/{report.pk}/kpis/1.1/")

    assert page.context["form"].opens_other is opens


def test_who_writes_goes_from_one_of_their_kpis_to_the_next_and_who_reads_through_all(
    world: World,
) -> None:
    report = sent(world)
    reader = browser(world).get(f"/reports/{report.pk}/kpis/1.6/").context
    REPORT_LIFE.move(report, "return", by=world.assessor, reason="แก้ไข", at=AT_APRIL, on=APRIL)
    writer = browser(world).get(f"/reports/{report.pk}/kpis/1.6/").context

    assert (writer["before"], writer["after"], writer["places"]) == ("1.5", None, 6)
    assert (reader["before"], reader["after"], reader["places"]) == ("1.5", "2.1", 8)
