"""Last year's KPIs are taken over by ticks, with old and new numbers, and nothing in silence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from esar.agree.indicators.actions import load_listed_indicators
from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.kernel.wording import Word
from esar.platform.ui import clock
from tests.make import AT, ON, World, draft, fields

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


# --- From the library ----------------------------------------------------------------------------


def library_page(world: World) -> tuple[Client, Scorecard, str]:
    """The library with ticks of a scorecard on which 1.1 to 1.6 stand already."""
    card = draft(world)
    load_listed_indicators(2567, at=AT)
    clock.pretend(ON)
    return browser(world), card, f"/scorecards/{card.pk}/library/"


def test_the_library_lists_what_each_says_and_why_one_cannot_be_taken(world: World) -> None:
    client, _, path = library_page(world)
    page = client.get(path)
    rows = {
        row.template.indicator.code: (row.why_not and row.why_not.figures["number"], row.says)
        for row, *_ in page.context["rows"]
    }

    assert rows["TH-74-001"][0] == "1.1"
    assert rows["OPDC-province-kpis-n2"] == (
        None,
        (Word("label.direction"), Word("label.data_source")),
    )
    assert (rows["OPDC-province-kpis-e2"], len(rows)) == ((None, ()), 18 + 6)


def test_what_is_ticked_in_the_library_comes_with_its_kind_and_the_next_numbers(
    world: World,
) -> None:
    client, card, path = library_page(world)
    texts = {
        row.template.indicator.code: row.template.pk for row, *_ in client.get(path).context["rows"]
    }
    dust, products = texts["OPDC-province-kpis-n2"], texts["OPDC-province-kpis-e2"]
    kinds = {f"kind-{dust}": "kind.area", f"kind-{products}": "kind.pain-point"}

    answer = client.post(path, {"kpi": [dust, products], **kinds})

    assert answer.status_code == 302
    taken = Kpi.objects.filter(scorecard=card, number__in=("1.7", "1.8")).order_by("number")
    assert [
        (kpi.template.indicator.listed_as, kpi.kind, kpi.template.owner, kpi.targets)
        for kpi in taken.select_related("template__indicator")
    ] == [
        ("province-kpis/n2", "kind.area", world.province.name_th, []),
        ("province-kpis/e2", "kind.pain-point", world.province.name_th, []),
    ]
    again = {
        row.template.indicator.code: row.why_not and row.why_not.figures["number"]
        for row, *_ in client.get(path).context["rows"]
    }
    assert (again["OPDC-province-kpis-n2"], again["OPDC-province-kpis-e2"]) == ("1.7", "1.8")


def test_all_that_stands_against_what_is_ticked_is_told_and_nothing_is_taken(world: World) -> None:
    client, card, path = library_page(world)
    texts = {
        row.template.indicator.code: row.template.pk for row, *_ in client.get(path).context["rows"]
    }
    here, kindless, sound = (
        texts[code] for code in ("TH-74-001", "OPDC-province-kpis-e2", "OPDC-province-kpis-n2")
    )
    kpis = Kpi.objects.filter(scorecard=card).count()
    sent = {"kpi": [here, kindless, sound], f"kind-{sound}": "kind.area"}

    answer = client.post(path, sent | {f"kind-{kindless}": "kind.of-another-year"})
    nothing = client.post(path, {})

    assert (answer.status_code, Kpi.objects.filter(scorecard=card).count()) == (422, kpis)
    assert {problem.code for problem in answer.context["problems"]} == {
        "kpi.already_here",
        "library.no_kind",
    }
    assert [problem.code for problem in nothing.context["problems"]] == ["reuse.nothing_chosen"]
    ticked = {row.template.pk: kind for row, chosen, kind in answer.context["rows"] if chosen}
    assert ticked[sound] == "kind.area"


def test_an_indicator_whose_method_the_year_has_not_says_so_and_is_not_taken(world: World) -> None:
    client, card, path = library_page(world)
    dust = IndicatorVersion.objects.get(indicator__code="OPDC-province-kpis-n2")
    IndicatorVersion.objects.filter(pk=dust.pk).update(method="given")
    kpis = Kpi.objects.filter(scorecard=card).count()

    answer = client.post(path, {"kpi": [dust.pk], f"kind-{dust.pk}": "kind.area"})

    assert [(one.code, one.figures["number"]) for one in answer.context["problems"]] == [
        ("reuse.other_rules", "OPDC-province-kpis-n2")
    ]
    assert Kpi.objects.filter(scorecard=card).count() == kpis
