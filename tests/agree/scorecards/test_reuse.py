"""Last year's KPIs are taken over by ticks, with old and new numbers, and nothing in silence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.platform.ui import clock
from tests.make import World, draft, fields

pytestmark = pytest.mark.django_db

NEXT_YEAR = date(2024, 11, 1)
AT_NEXT_YEAR = datetime(2024, 11, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return World()


def next_card(world: World) -> Scorecard:
    """The scorecard of 2568 of a body that had six KPIs in 2567; the third was cancelled."""
    before = draft(world)
    Kpi.objects.filter(scorecard=before, number="1.3").update(cancelled="ยกเลิก")
    clock.pretend(NEXT_YEAR)
    return open_scorecard(world.province, 2568, by=world.reporter, at=AT_NEXT_YEAR, on=NEXT_YEAR)


def browser(world: World) -> Client:
    client = Client()
    client.force_login(world.reporter)
    return client


def listed(page: Any) -> list[tuple[str, str, str, bool]]:
    return [
        (row.kpi.number, number, row.why_not.code if row.why_not else "", chosen)
        for row, chosen, number in page.context["rows"]
        if not row.kpi.template.indicator.is_of_the_rules
    ]


def own(card: Scorecard) -> list[tuple[str, str, list[str]]]:
    kpis = Kpi.objects.filter(scorecard=card).select_related("template__indicator")
    return [
        (kpi.number, kpi.template.name, kpi.targets)
        for kpi in kpis.order_by("number")
        if not kpi.template.indicator.is_of_the_rules
    ]


def test_the_page_lists_every_kpi_with_its_new_number_or_why_not(world: World) -> None:
    card = next_card(world)
    save_kpi(card, fields("1.1", name="ของใหม่"), by=world.reporter, at=AT_NEXT_YEAR, on=NEXT_YEAR)

    page = browser(world).get(f"/scorecards/{card.pk}/reuse/")

    assert listed(page) == [
        ("1.1", "1.2", "", True),
        ("1.2", "1.3", "", True),
        ("1.3", "1.3", "reuse.cancelled", False),
        ("1.4", "1.4", "", True),
        ("1.5", "1.5", "", True),
        ("1.6", "1.6", "", True),
    ]


def test_what_is_ticked_comes_over_with_targets_to_be_set(world: World) -> None:
    card = next_card(world)
    client, path = browser(world), f"/scorecards/{card.pk}/reuse/"
    rows = {row.kpi.number: row.kpi.pk for row, *_ in client.get(path).context["rows"]}

    answer = client.post(
        path,
        {
            "kpi": [rows["1.2"], rows["1.4"]],
            f"number-{rows['1.2']}": "๑.๑",
            f"number-{rows['1.4']}": "1.2",
        },
    )

    assert answer.status_code == 302
    assert own(card) == [("1.1", "ตัวชี้วัดที่ 1.2", []), ("1.2", "ตัวชี้วัดที่ 1.4", [])]


def test_everything_that_is_wrong_is_told_at_once_and_nothing_comes_over(world: World) -> None:
    card = next_card(world)
    client, path = browser(world), f"/scorecards/{card.pk}/reuse/"
    rows = {row.kpi.number: row.kpi.pk for row, *_ in client.get(path).context["rows"]}
    numbers = {"1.1": "1.1", "1.2": "1.1", "1.4": "หนึ่ง", "1.3": "1.9"}

    answer = client.post(
        path,
        {"kpi": [rows[number] for number in numbers]}
        | {f"number-{rows[old]}": new for old, new in numbers.items()},
    )

    assert answer.status_code == 422
    assert [problem.code for problem in answer.context["problems"]] == [
        "reuse.cancelled",
        "reuse.number_taken",
        "reuse.number_taken",
        "reuse.number_form",
    ]
    assert own(card) == []
    assert ("1.4", "หนึ่ง", "", True) in listed(answer)


def test_what_was_ticked_and_is_gone_is_told_and_nothing_comes_over(world: World) -> None:
    card = next_card(world)
    client, path = browser(world), f"/scorecards/{card.pk}/reuse/"
    rows = {row.kpi.number: row.kpi.pk for row, *_ in client.get(path).context["rows"]}
    Kpi.objects.filter(pk=rows["1.4"]).delete()
    ticked = {"kpi": [rows["1.2"], rows["1.4"]], f"number-{rows['1.2']}": "1.2"}
    answer = client.post(path, ticked)

    (problem,) = answer.context["problems"]
    assert (problem.code, problem.figures["count"]) == ("form.chosen_is_gone", 1)
    assert (answer.status_code, own(card)) == (422, [])


def test_nothing_ticked_is_told_and_so_is_a_year_without_kpis(world: World) -> None:
    card = next_card(world)
    answer = browser(world).post(f"/scorecards/{card.pk}/reuse/", {})
    assert [problem.code for problem in answer.context["problems"]] == ["reuse.nothing_chosen"]

    Kpi.objects.filter(scorecard__fiscal_year=2567).delete()
    page = browser(world).get(f"/scorecards/{card.pk}/reuse/").content.decode()
    assert "ไม่มีตัวชี้วัดของปี 2567 ให้นำมาใช้" in page
