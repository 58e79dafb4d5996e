"""Whatever is wrong with a form is told in one answer, each beside its field."""

from __future__ import annotations

from typing import Any

import pytest

from esar.agree.scorecards.models import Offer
from esar.kernel.wording import say
from tests.agree.make_forms import browser, typed
from tests.make import FEBRUARY, World, draft, in_force, kpi, open_sitting, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return World()


def fields_in_error(answer: Any) -> set[str]:
    return {name for name, errors in answer.context["form"].errors.items() if errors}


def test_a_kpi_with_five_mistakes_of_different_kinds_is_told_all_five(world: World) -> None:
    card = draft(world)
    path = f"/scorecards/{card.pk}/kpis/1.1/"
    client = browser(world.reporter)
    mistakes = {
        "number": "1.2",  # another KPI's
        "weight": "100.5",
        "target_1": "4,0",
        "held_6m": "round",  # without targets of the round
        "baseline_2564": "x",
        "direction": "",
    }

    answer = client.post(path, typed(client.get(path), **mistakes))

    assert answer.status_code == 422
    assert fields_in_error(answer) == set(mistakes)
    form = answer.context["form"]
    assert form.errors["number"] == [say("kpi.number_taken", {"number": "1.2"}, "th")]
    assert form["target_1"].value() == "4,0"


def test_a_target_left_out_is_told_beside_it_and_beside_another_mistake(world: World) -> None:
    card = draft(world)
    path = f"/scorecards/{card.pk}/kpis/1.1/"
    client = browser(world.reporter)
    mistakes = {"number": "1.2", "name": "", "target_2": ""}

    answer = client.post(path, typed(client.get(path), **mistakes))

    assert fields_in_error(answer) == set(mistakes)


def test_the_checks_beside_a_refused_kpi_are_of_what_was_typed(world: World) -> None:
    card = draft(world)
    path = f"/scorecards/{card.pk}/kpis/1.1/"
    client = browser(world.reporter)
    falling = {"name": "", "target_1": "90", "target_2": "85", "target_3": "80"}

    answer = client.post(path, typed(client.get(path), **falling))

    codes = {problem.code for problem in answer.context["problems"]}
    assert "score.targets_do_not_rise" in codes


def test_a_bound_scorecard_is_told_beside_a_wrong_figure_and_stands_in_the_history(
    world: World,
) -> None:
    from esar.platform.history.queries import timeline

    card = in_force(world)
    path = f"/scorecards/{card.pk}/kpis/1.1/"
    answer = browser(world.reporter).post(path, {"number": "1.1", "weight": "สิบ"})

    form = answer.context["form"]
    assert "ผูกพันกับมติคณะกรรมการแล้ว" in form.non_field_errors()[0]
    assert "weight" in form.errors
    assert timeline(card)[0].verb == "refused"


def test_a_kpi_that_saves_itself_is_told_everything_too(world: World) -> None:
    card = draft(world)
    path = f"/scorecards/{card.pk}/kpis/1.1/"
    client = browser(world.reporter)
    data = typed(client.get(path), weight="0", target_1="x", baseline_2564="y")

    answer = client.post(path, data, headers={"X-Autosave": "1"})

    assert len(answer.json()["problems"]) == 3


def test_a_change_with_mistakes_of_different_kinds_is_told_all(world: World) -> None:
    card = in_force(world)
    path = f"/scorecards/{card.pk}/kpis/1.1/change/"
    client = browser(world.reporter, FEBRUARY)
    mistakes = {"ground": "", "achieved": "", "target_1": "4,0", "reason": ""}
    page = client.get(path)

    answer = client.post(path, typed(page, **{**mistakes, "evidence": "หนังสือ"}))

    assert answer.status_code == 422
    assert fields_in_error(answer) == set(mistakes)


def test_a_change_is_told_of_a_reached_target_beside_what_is_missing(world: World) -> None:
    card = in_force(world)
    path = f"/scorecards/{card.pk}/kpis/1.1/change/"
    client = browser(world.reporter, FEBRUARY)
    reached = {"achieved": "78", "target_1": "70", "target_2": "75", "target_3": "80"}

    answer = client.post(path, typed(client.get(path), **reached, reason="", evidence=""))

    assert fields_in_error(answer) >= {"ground", "reason", "evidence", "target_1"}


def test_a_counter_offer_is_told_a_wrong_target_and_a_missing_reason_together(
    world: World,
) -> None:
    card = submitted(world)
    open_sitting(world, world.level1, card)
    path = f"/scorecards/{card.pk}/kpis/1.1/offer/"
    client = browser(world.secretaries["L1-P"])
    falling = {"weight": "20", "target_1": "90", "target_2": "85", "target_3": "80", "why": ""}

    answer = client.post(path, falling)

    assert answer.status_code == 422
    assert fields_in_error(answer) == {"target_1", "why"}
    assert not Offer.objects.filter(scorecard=card, side=Offer.Side.COMMITTEE).exists()
    assert kpi(card).targets == ["80", "85", "90"]


def test_a_resolution_without_items_and_with_half_of_the_votes_is_told_both(world: World) -> None:
    sitting = open_sitting(world, world.level1, submitted(world))
    client = browser(world.secretaries["L1-P"])
    half = {"outcome": "opinion", "votes_for": "3", "votes_against": "", "reason": "ก" * 2001}

    answer = client.post(f"/sittings/{sitting.pk}/resolve/", half)

    assert answer.context["sentences"] == [
        say("sitting.nothing_chosen", {}, "th"),
        say("sitting.votes_incomplete", {}, "th"),
        say("form.too_long", {"most": 2000}, "th"),
    ]
