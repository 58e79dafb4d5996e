"""The nation's page of a round: each figure leads to a list of the same number."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.scorecards.models import Scorecard
from esar.judge.early_warning.models import Look, Outlook
from esar.judge.results.models import Result
from esar.law.rules.reading import read_rulebook
from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from esar.report.reports.models import Report
from esar.report.reports.writing import save_claim
from esar.show.nation.arrivals import RoundOfYear, pace
from esar.show.nation.registry import AsOf
from esar.show.nation.under_way import round_under_way, under_way
from tests.make import AT, ON, World, in_force
from tests.report.reports.make import said
from tests.show.public.make import department, province, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
BOOK = read_rulebook(Path("rulebook"), 2567)
DUE = date(2024, 4, 30)
PAGE = "/nation/2567/"


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def is_at(state: str, card: Scorecard, **changed: Any) -> Report:
    """The report on six months, put where it is to be."""
    reports = Report.objects.filter(scorecard=card, round_id="6m")
    reports.update(state=state, **changed)
    return reports.get()


@pytest.fixture
def nation(world: World) -> World:
    """A department that has sent late, and a province that writes."""
    is_at("submitted", in_force(world, world.department), sent=1, received_on=date(2024, 5, 2))
    report = is_at("draft", in_force(world))
    save_claim(report, "1.1", said(), revision=0, by=world.reporter, at=AT, on=ON)
    clock.pretend(date(2024, 5, 3))
    return world


def steps_on(day: date) -> dict[str, tuple[str, str]]:
    return {row.body.code: (row.step, row.time) for row in under_way(AsOf(BOOK, day), "6m")}


def test_each_body_is_at_one_step_and_in_time_late_or_neither(nation: World) -> None:
    bare = department("BARE")
    found = steps_on(date(2024, 5, 3))

    assert found[nation.department.code] == ("submitted", "sent_late")
    assert found[nation.province.code] == ("draft", "late")
    assert found[bare.code] == ("no_kpis", "late")
    assert steps_on(DUE)[nation.province.code] == ("draft", ""), "the last day is in time"


def test_an_agreed_card_without_a_report_has_not_begun_and_a_result_is_assessed(
    world: World,
) -> None:
    in_force(world)
    judged = department("DONE")
    Result.objects.filter(pk=result(judged).pk).update(round_id="6m")

    found = steps_on(date(2024, 4, 1))

    assert found[world.province.code] == ("not_begun", "")
    assert found[judged.code][0] == "judged"


def test_the_round_shown_is_the_next_that_is_due_else_the_last() -> None:
    assert [round_under_way(2567, day) for day in (DUE, date(2024, 5, 1), date(2026, 1, 1))] == [
        "6m",
        "12m",
        "12m",
    ]


def test_every_figure_leads_to_a_list_of_the_same_number(nation: World) -> None:
    client = client_of(nation.analyst)
    html = client.get(PAGE + "?round=6m").content.decode()
    figures = re.findall(
        r'<a[^>]*href="(/nation/2567/6m/bodies/\?[^"]+)"[^>]*>(.*?)</a>', html, re.S
    )
    cells = [
        (unescape(address), int(text.strip()))
        for address, text in figures
        if text.strip().isdigit()
    ]
    cards = re.findall(
        r'<a class="figure-card" href="([^"]+)">.*?figure-value[^>]*>(\d+)', html, re.S
    )
    counted = [(unescape(address), int(number)) for address, number in cells + cards]

    assert len(counted) == 6
    for bar in client.get(PAGE + "?round=6m").context["funnel"].bars:
        counted.append((bar.item.href, int(bar.item.figure)))
    for address, number in counted:
        assert len(list(client.get(address).context["list"].matching())) == number, address


def test_bodies_cost_no_queries(nation: World) -> None:
    client = client_of(nation.analyst)
    client.get(PAGE)
    costs = []
    for number in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(PAGE)
            client.get("/nation/2567/6m/bodies/")
        costs.append(len(asked))
        for place in range(3):
            department(f"D{number}{place}")

    assert costs[0] == costs[1]


@pytest.mark.parametrize("address", [PAGE, "/nation/2567/6m/bodies/"])
def test_opdc_alone_reads_it(world: World, address: str) -> None:
    opens = {
        role: client_of(person).get(address).status_code for role, person in world.by_role.items()
    }
    opdc = {Role.ANALYST, Role.ADMINISTRATOR, Role.ASSESSOR, Role.AUDITOR}

    assert {role for role, status in opens.items() if status == 200} == opdc
    assert set(opens.values()) == {200, 404}
    assert Client().get(address).status_code == 302


def test_a_round_or_a_year_that_is_none_is_not_found(world: World) -> None:
    client = client_of(world.analyst)

    assert client.get("/nation/2567/9m/bodies/").status_code == 404
    assert client.get("/nation/2599/").status_code == 404


def test_what_came_by_a_day_leads_to_a_list_of_the_same_number(nation: World) -> None:
    client = client_of(nation.analyst)
    (climb,) = client.get(PAGE + "?round=6m").context["pace"].drawing.climbs
    day_before = climb.coming.href.replace("2024-05-03", "2024-05-01")

    assert climb.count == 1
    assert [
        len(list(client.get(page).context["list"].matching()))
        for page in (climb.coming.href, day_before)
    ] == [1, 0], "it came on the second of May"


def test_a_report_that_was_taken_back_has_not_come(nation: World) -> None:
    Report.objects.filter(state="submitted").update(state="draft")
    client = client_of(nation.analyst)

    assert client.get(PAGE + "?round=6m").context["pace"] is None
    assert len(client.get("/nation/2567/6m/bodies/?by=2024-05-03").context["list"].matching()) == 0


def test_a_day_that_is_none_asks_for_all(nation: World) -> None:
    client = client_of(nation.analyst)
    counts = [
        len(list(client.get(f"/nation/2567/6m/bodies/?by={text}").context["list"].matching()))
        for text in ("", "yesterday", "2024-05-01")
    ]

    assert counts == [2, 2, 0]


def test_the_year_before_is_held_against_it_on_a_day_as_far_from_its_end() -> None:
    this = round_of(2567, date(2024, 4, 30), [date(2024, 4, 20), date(2024, 4, 22)])
    last = round_of(2566, date(2023, 4, 28), [date(2023, 4, 18), date(2023, 4, 27)])

    told = pace(this, last, date(2024, 4, 22))

    assert told is not None
    assert (told.sent, told.ahead) == (2, 1)
    assert told.drawing.climbs[1].coming.href.endswith("/nation/2566/6m/bodies/?by=2023-04-20")


def test_a_year_in_which_nothing_came_is_no_comparison() -> None:
    this = round_of(2567, date(2024, 4, 30), [date(2024, 4, 20)])
    told = [pace(this, other, date(2024, 4, 22)) for other in (round_of(2566, DUE, []), None)]

    assert [told and (told.sent, told.ahead) for told in told] == [(1, None), (1, None)]


def test_of_a_round_in_which_nothing_came_nothing_is_drawn() -> None:
    this = round_of(2567, date(2024, 4, 30), [date(2024, 4, 20)])

    assert pace(this, None, date(2024, 4, 19)) is None


def round_of(year: int, due: date, days: list[date]) -> RoundOfYear:
    rows: Any = [SimpleNamespace(is_sent=True, received_on=day) for day in days]
    return RoundOfYear(year, "6m", due, rows)


def test_a_kpi_at_risk_leads_to_a_list_of_as_many_bodies(world: World) -> None:
    card = in_force(world)
    look = Look.objects.create(
        fiscal_year=2567, on=ON, at=AT, since=AT, looked_at=3, unknown=1, warned=2
    )
    known = {"projected": 1, "low": 1, "high": 1, "miss": 1}
    for number, name, more in (
        ("1.1", "ขยะ", {"warns": True, **known}),
        ("1.2", "ขยะ", known),
        ("1.3", "ขยะ", {"reason": "outlook.none"}),
        ("1.4", "ฝุ่น & ควัน", {"warns": True, **known}),
    ):
        Outlook.objects.create(
            look=look,
            scorecard=card,
            number=number,
            name=name,
            targets=["2"],
            level=1,
            plan_days=1,
            **more,
        )
    client = client_of(world.analyst)

    risks = client.get(PAGE).context["risks"]

    assert [(kpi.name, kpi.warned, kpi.projected) for kpi in risks.kpis] == [
        ("ขยะ", 1, 2),
        ("ฝุ่น & ควัน", 1, 1),
    ]
    for bar in risks.drawing.bars:
        assert len(list(client.get(bar.item.href).context["list"].matching())) == bar.item.figure
    assert client_of(world.auditor).get(PAGE).context["risks"] is None, "who may not open the list"


def test_a_year_whose_result_came_from_a_file_owes_no_earlier_round() -> None:
    body = province("TH-81")
    result(body, "84")
    as_of = AsOf(BOOK, date(2024, 11, 20))
    of_body = {
        round_id: next(row for row in under_way(as_of, round_id) if row.body == body)
        for round_id in ("6m", "12m")
    }

    assert {round_id: (row.step, row.sent) for round_id, row in of_body.items()} == {
        "6m": ("judged", "yes"),
        "12m": ("judged", "yes"),
    }
