"""What a round holds a KPI to is negotiated and changed as its targets are: shown, and bound."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.agree.changes import actions as changes
from esar.agree.changes.content import changed_values
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.scorecards.content import agreed, binding
from esar.agree.scorecards.models import Offer, Scorecard
from esar.agree.scorecards.round_targets import bases_of
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from tests.agree.changes.make import codes, moment
from tests.make import (
    FEBRUARY,
    ON,
    World,
    in_force,
    kpi,
    open_sitting,
    request_fields,
    resolved,
    submitted,
)

pytestmark = pytest.mark.django_db

OF_THE_ROUND = [{"round": "6m", "held_to": "round", "targets": ["66", "70", "74"]}]
AS_AGREED = ["80", "85", "90"]
RIGHT = {  # as it is typed
    "ground": "disaster",
    "reason": "น้ำท่วม",
    "evidence": "ประกาศ 1",
    "achieved": "65",
    "held_6m": "round",
    "round_6m_1": "66",
    "round_6m_2": "70",
    "round_6m_3": "74",
}


def asking(**changed: Any) -> dict[str, Any]:
    return request_fields(targets=AS_AGREED, rounds=OF_THE_ROUND, **changed)


def ask(world: World, card: Scorecard, **changed: Any) -> Any:
    when = {"at": moment(FEBRUARY), "on": FEBRUARY}
    return changes.ask(card, kpi(card), asking(**changed), by=world.reporter, **when)


def browser(who: Person, on: Any) -> Client:
    clock.pretend(on)
    client = Client()
    client.force_login(who)
    return client


def test_a_change_of_a_rounds_targets_alone_is_decided_bound_and_in_force(world: World) -> None:
    card = in_force(world)
    change = ask(world, card)
    assert changed_values(change.old, change.new) == [("rounds", [], OF_THE_ROUND)]

    for name, by in (("propose", world.reporter), ("submit", world.approver)):
        CHANGE_LIFE.move(change, name, by=by, at=moment(FEBRUARY), on=FEBRUARY)
    resolved(world, world.level2, change, "approve", on=FEBRUARY)
    if change.state == "tell":
        told = {"day": FEBRUARY, "letter": "นร 1/1"}
        secretary = world.secretaries["L2-P"]
        CHANGE_LIFE.move(change, "tell", by=secretary, at=moment(FEBRUARY), on=FEBRUARY, **told)
    card.refresh_from_db()
    now = agreed(card)

    assert (kpi(card).rounds, kpi(card).targets) == (OF_THE_ROUND, AS_AGREED)
    assert (card.version, binding(card)) == (2, "kept")
    half, whole = (bases_of(now, card.body.kind, round_id)["1.1"] for round_id in ("6m", "12m"))
    assert (half.held_to, half.targets) == ("round", ("66", "70", "74"))
    assert (whole.held_to, whole.targets) == ("year", ("80", "85", "90"))


def test_a_rounds_new_target_may_not_be_reached_already_nor_fall(world: World) -> None:
    card = in_force(world)
    falling = [{"round": "6m", "held_to": "round", "targets": ["74", "70", "66"]}]
    when = {"by": world.reporter, "at": moment(FEBRUARY), "on": FEBRUARY}

    assert codes(changes.ask, card, kpi(card), asking(achieved=Decimal(66)), **when) == [
        "change.target_is_achieved"
    ]
    assert codes(changes.ask, card, kpi(card), asking() | {"rounds": falling}, **when) == [
        "kpi.round_targets_do_not_rise"
    ]


def test_the_form_of_a_change_takes_a_rounds_targets_and_the_page_shows_old_and_new(
    world: World,
) -> None:
    card = in_force(world)
    client = browser(world.reporter, FEBRUARY)
    path = f"/scorecards/{card.pk}/kpis/1.1/change/"
    form = client.get(path).context["form"]
    values = {name: str(form[name].value() or "") for name in form.fields if name != "cancels"}

    answer = client.post(path, values | RIGHT, follow=True)
    change = answer.context["change"]
    shown = " ".join(answer.content.decode().split())

    assert change.new["rounds"] == OF_THE_ROUND
    assert "66 / 70 / 74" in shown
    again = client.get(f"/changes/{change.pk}/edit/").context["form"]
    assert [again[f"round_6m_{level}"].value() for level in (1, 2, 3)] == ["66", "70", "74"]
    assert again["held_6m"].value() == "round"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"round_6m_1": "74", "round_6m_2": "70", "round_6m_3": "66"}, "round_6m_1"),
        ({"achieved": "66"}, "round_6m_1"),
        ({"round_6m_3": ""}, "held_6m"),
    ],
)
def test_what_is_wrong_with_a_rounds_targets_stands_beside_that_rounds_fields(
    world: World, typed: dict[str, str], field: str
) -> None:
    card = in_force(world)
    client = browser(world.reporter, FEBRUARY)
    path = f"/scorecards/{card.pk}/kpis/1.1/change/"
    form = client.get(path).context["form"]
    values = {name: str(form[name].value() or "") for name in form.fields if name != "cancels"}

    answer = client.post(path, values | RIGHT | typed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_the_effect_of_a_rounds_targets_is_told_for_that_round(world: World) -> None:
    """82 of the year's 80, 85, 90 is 50 + 25 × 2 ÷ 5 = 60, at the year's end and, as long as the
    round is held to the year, in the round; below the round's own 83 it would be 0 there."""
    card = in_force(world)
    own = [{"round": "6m", "held_to": "round", "targets": ["83", "86", "90"]}]
    fields = request_fields(targets=AS_AGREED, rounds=own, achieved=Decimal(82))
    when = {"at": moment(FEBRUARY), "on": FEBRUARY}

    change = changes.ask(card, kpi(card), fields, by=world.reporter, **when)

    effect = change.effect
    assert [effect["points"][side]["points"] for side in ("old", "new")] == ["60.0000"] * 2
    (row,) = effect["rounds"]
    assert (row["round"], row["old"]["points"], row["new"]["points"]) == ("6m", "60.0000", "0.0000")
    page = browser(world.reporter, FEBRUARY).get(f"/changes/{change.pk}/").content.decode()
    assert "รอบ 6 เดือน · คะแนนเมื่อผลเท่ากับ 82" in " ".join(page.split())


def test_a_change_of_the_years_targets_alone_tells_nothing_of_a_round(world: World) -> None:
    card = in_force(world)
    fields = request_fields(achieved=Decimal(70), targets=["78", "85", "90"])
    when = {"at": moment(FEBRUARY), "on": FEBRUARY}
    change = changes.ask(card, kpi(card), fields, by=world.reporter, **when)
    assert set(change.effect) == {"achieved", "points"}


def test_a_counter_offer_of_a_rounds_targets_stands_in_the_ledger(world: World) -> None:
    card = submitted(world)
    open_sitting(world, world.level1, card)
    client = browser(world.secretaries["L1-P"], ON)
    path = f"/scorecards/{card.pk}/kpis/1.1/offer/"
    typed = {
        "weight": "20",
        "target_1": "80",
        "target_2": "85",
        "target_3": "90",
        "held_6m": "round",
        "round_6m_1": "66",
        "round_6m_2": "70",
        "round_6m_3": "74",
        "why": "ครึ่งปีต้องมีเป้าหมายของตน",
    }

    answer = client.post(path, typed, follow=True)
    offer = Offer.objects.get(scorecard=card, side=Offer.Side.COMMITTEE)

    assert answer.status_code == 200
    assert (offer.targets, offer.rounds) == (AS_AGREED, OF_THE_ROUND)
    assert "66 / 70 / 74" in " ".join(answer.content.decode().split())
