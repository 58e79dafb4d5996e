"""A KPI is written in four steps: parts of one form, each saved alone, with what it lacks."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import kpi_content, kpis_of
from esar.agree.scorecards.kpi_steps import Step, WeightRoom, step_of, weight_room
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.kernel.wording import say
from esar.platform.ui import clock
from tests.agree.make_forms import browser
from tests.agree.scorecards import make
from tests.make import AT, ON, World, draft, fields, kpi

NEXT_YEAR = date(2024, 11, 1)
ALL_YEARS = (2554, 2561, 2567, 2568)


def page_of(card: Scorecard, step: Step, number: str = "1.1") -> str:
    name = "edit" if step is Step.WHAT else step
    return reverse(f"scorecards:kpi-{name}", args=[card.pk, number])


def names_in(html: str) -> set[str]:
    """The fields that a page sends."""
    form = html[html.index('id="kpi-form"') : html.rindex("</form>")]
    return set(re.findall(r' name="([^"]+)"', form)) - {"csrfmiddlewaretoken"}


def sent_by(page: Any, step: Step, **typed: str) -> dict[str, str]:
    """What the page of a step sends as it stands, with what was typed over it."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields if step_of(name) is step}
    kept = {name: str(value) for name, value in values.items() if value not in (None, "")}
    return {"seen": form.initial.get("seen", "")} | kept | typed


def card_of(world: World, year: int) -> tuple[Client, Scorecard]:
    """A scorecard of a year with a KPI 1.1, or of 2561 a KPI 2.1, and its writer."""
    if year == 2554:
        card = make.drafted(world)
        return browser(world.reporter, make.PROPOSED), card
    if year == 2567:
        return browser(world.reporter), draft(world)
    day = NEXT_YEAR if year == 2568 else date(2017, 11, 1)
    at = datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)
    clock.pretend(day)
    card = open_scorecard(world.province, year, by=world.reporter, at=at, on=day)
    home = {2568: {"component": "performance"}, 2561: {"component": "agenda"}}[year]
    asked = {"kind": "kind.area", **home}
    if year == 2561:
        asked |= {"kind": "kind.orders", "method": "given", "targets": ["10"], "weight": None}
    save_kpi(card, fields("1.1", **asked), by=world.reporter, at=at, on=day)
    return browser(world.reporter, day), card


@pytest.mark.parametrize("year", ALL_YEARS)
def test_each_field_of_a_year_stands_in_one_step_and_none_is_lost(world: World, year: int) -> None:
    client, card = card_of(world, year)
    pages = {step: client.get(page_of(card, step)) for step in Step}
    sent = [name for page in pages.values() for name in names_in(page.content.decode())]
    asked = set(pages[Step.WHAT].context["form"].fields)

    assert sorted(sent) == sorted([*(asked - {"seen"}), *["seen"] * len(Step)])


def test_a_step_that_is_saved_leaves_the_others_as_they_are(world: World) -> None:
    card = draft(world)
    client, path = browser(world.reporter), page_of(card, Step.TARGETS)
    before = kpi_content(kpi(card))
    typed = sent_by(client.get(path), Step.TARGETS, target_3="92", weight="19")

    answer = client.post(path, typed)

    after = kpi_content(kpi(card))
    assert {name: after[name] for name in after if after[name] != before[name]} == {
        "targets": ["80", "85", "92"],
        "weight": "19",
    }
    assert answer["Location"].endswith(page_of(card, Step.LINKS))


def test_the_last_step_leads_to_the_scorecard(world: World) -> None:
    card = draft(world)
    client, path = browser(world.reporter), page_of(card, Step.LINKS)

    answer = client.post(path, sent_by(client.get(path), Step.LINKS, sdg="8.9"))

    assert answer["Location"].endswith(reverse("scorecards:scorecard-work", args=[card.pk]))
    assert kpi(card).template.sdg == "8.9"


def test_a_page_of_a_step_without_its_mark_saves_nothing(world: World) -> None:
    card = draft(world)
    client, path = browser(world.reporter), page_of(card, Step.TARGETS)

    answer = client.post(path, {"target_3": "92"})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [say("draft.no_mark", {}, "th")]


def new_kpi(client: Client, card: Scorecard, **typed: str) -> Any:
    path = reverse("scorecards:kpi-new", args=[card.pk])
    what = {"name": "ของใหม่", "component": "performance", "kind": "kind.pain-point"}
    return client.post(path, sent_by(client.get(path), Step.WHAT, **(what | typed)))


def looks_of(page: Any) -> dict[str, str]:
    return {standing["step"]: standing["look"] for standing in page.context["steps"]}


def test_a_new_kpi_is_saved_by_its_first_step_and_says_what_each_step_lacks(world: World) -> None:
    card = draft(world)
    client = browser(world.reporter)
    answer = new_kpi(client, card)
    page = client.get(answer["Location"])
    missing = {
        standing["step"]: [gap.field for gap in standing["missing"]]
        for standing in page.context["steps"]
    }

    assert answer["Location"].endswith(page_of(card, Step.MEASURE, "1.7"))
    assert missing == {
        "what": ["definition"],
        "measure": ["unit", "formula", "data_source", "collection", "direction"],
        "targets": ["weight", "target_1"],
        "links": ["answer_problem", "answer_with"],
    }
    assert kpi(card, "1.7").template.direction == ""
    assert kpi(card, "1.7").template.owner == world.province.name_th


def test_each_step_says_whether_it_is_complete(world: World) -> None:
    card = draft(world)
    client = browser(world.reporter)
    Kpi.objects.filter(scorecard=card, number="1.1").update(targets=[])
    page = client.get(page_of(card, Step.WHAT))

    assert looks_of(page) == {
        "what": "done",
        "measure": "done",
        "targets": "missing",
        "links": "done",
    }
    assert looks_of(client.get(reverse("scorecards:kpi-new", args=[card.pk]))) == dict.fromkeys(
        Step, "to-come"
    )


def test_links_that_nothing_asks_for_are_as_needed(world: World) -> None:
    client, card = card_of(world, 2554)

    assert looks_of(client.get(page_of(card, Step.WHAT)))["links"] == "optional"


def test_a_direction_is_asked_for_by_its_own_step_and_none_is_chosen_before(world: World) -> None:
    card = draft(world)
    client = browser(world.reporter)
    new_kpi(client, card)
    path = page_of(card, Step.MEASURE, "1.7")
    page = client.get(path)

    answer = client.post(path, sent_by(page, Step.MEASURE, unit="ราย"))

    assert page.content.decode().count('name="direction"') == 2
    assert not re.search(r'name="direction"[^>]*checked', page.content.decode())
    assert (answer.status_code, dict(answer.context["form"].errors)) == (
        422,
        {"direction": [say("kpi.no_direction", {}, "th")]},
    )


def test_what_is_wrong_in_another_step_is_told_with_the_way_to_it(world: World) -> None:
    card = draft(world)
    client, path = browser(world.reporter), page_of(card, Step.MEASURE)
    typed = sent_by(client.get(path), Step.MEASURE, method="milestones", direction="higher")

    html = client.post(path, typed).content.decode()

    assert f'href="{page_of(card, Step.TARGETS)}#id_target_1"' in html


def test_beside_a_field_of_the_step_itself_the_way_is_on_the_page(world: World) -> None:
    card = draft(world)
    client, path = browser(world.reporter), page_of(card, Step.TARGETS)

    html = client.post(path, sent_by(client.get(path), Step.TARGETS, target_1="x")).content.decode()

    assert 'href="#id_target_1"' in html


def test_what_is_typed_is_drawn_and_weighed_before_it_is_saved(world: World) -> None:
    card = draft(world)
    client = browser(world.reporter)
    page = client.get(page_of(card, Step.TARGETS))
    typed = sent_by(page, Step.TARGETS, baseline_2566="70", target_3="95", weight="25")
    check = f"{reverse('scorecards:kpi-check', args=[card.pk, '1.1'])}?step=targets"

    html = " ".join(client.post(check, typed).content.decode().split())

    places = re.findall(r'data-part="([^"]+)"', html)
    assert places == ["kpi-steps", "kpi-course", "kpi-weight"]
    assert "ค่าเป้าหมายสูงสุด 95 ก้าวหน้ากว่าผลปี 2566 อยู่ 25" in html
    assert "น้ำหนักเกิน 5 จาก 70" in html
    assert kpi(card).targets == ["80", "85", "90"]


@pytest.mark.parametrize(
    ("weight", "room"),
    [
        ("20", WeightRoom(Decimal(70), Decimal(50), Decimal(20))),
        (None, WeightRoom(Decimal(70), Decimal(50), Decimal(0))),
    ],
)
def test_the_room_for_a_weight_is_that_of_its_component(
    world: World, weight: str | None, room: WeightRoom
) -> None:
    card = draft(world)
    kpis = kpis_of(card)
    own = next(one for one in kpis if one.number == "1.1")
    own.weight = None if weight is None else Decimal(weight)

    found = weight_room(kpis, own, rules_of(card)[1])

    assert found == room
    assert (found.left, found.over) == (Decimal(20) - room.own, Decimal(0))


def test_where_only_the_sum_binds_the_room_is_that_of_the_scorecard(world: World) -> None:
    _, card = card_of(world, 2554)
    kpis = kpis_of(card)
    own = next(one for one in kpis if one.number == "1.1")
    others = sum(one.weight for one in kpis if one is not own and one.weight is not None)

    assert weight_room(kpis, own, rules_of(card)[1]) == WeightRoom(
        Decimal(100), Decimal(others), Decimal(50)
    )


def test_a_year_that_weighs_nothing_has_no_room(world: World) -> None:
    _, card = card_of(world, 2561)
    kpis = kpis_of(card)

    assert weight_room(kpis, kpis[0], rules_of(card)[1]) is None


def test_an_unfinished_kpi_is_never_said_to_be_complete(world: World) -> None:
    card = draft(world)
    client = browser(world.reporter)
    complete, ready = "ตัวชี้วัดนี้มีข้อมูลครบตามหลักเกณฑ์", "พร้อมเสนอ"
    whole = client.get(page_of(card, Step.WHAT)).content.decode()
    empty = client.get(reverse("scorecards:kpi-new", args=[card.pk])).content.decode()
    new_kpi(client, card)
    begun = client.get(page_of(card, Step.LINKS, "1.7")).content.decode()

    assert [(complete in page, ready in page) for page in (whole, empty, begun)] == [
        (True, True),
        (False, False),
        (False, False),
    ]


def test_a_conflict_within_a_step_overwrites_nothing(world: World) -> None:
    card = draft(world)
    client, path = browser(world.reporter), page_of(card, Step.TARGETS)
    typed = sent_by(client.get(path), Step.TARGETS, weight="19")
    save_kpi(
        card,
        fields("1.1", weight=Decimal(20), scope="ของอีกคน"),
        kpi=kpi(card),
        by=world.reporter,
        at=AT,
        on=ON,
    )

    late = client.post(path, typed, headers={"X-Autosave": "1"})

    assert late.status_code == 409
    assert (kpi(card).template.scope, kpi(card).weight) == ("ของอีกคน", Decimal(20))
