"""Fiscal year 2554: changes of a KPI, its weight and its criteria, until 31 March."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.agree.changes import actions as changes
from esar.agree.changes.content import changed_values, fields_of, grounds
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import binding, kpis_of
from esar.agree.scorecards.models import Scorecard, ScorecardVersion
from esar.kernel.problems import Refused
from esar.platform.ui import clock
from esar.platform.ui.clock import today
from tests.agree.scorecards import make
from tests.agree.scorecards.make_changes import asked
from tests.agree.scorecards.make_kpi_templates import FILLED
from tests.make import World, kpi, resolved

pytestmark = pytest.mark.django_db

MARCH = date(2011, 3, 10)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def ask(world: World, card: Scorecard, number: str, on: date = MARCH, **changed: Any) -> Any:
    return changes.ask(
        card, kpi(card, number), asked(**changed), by=world.reporter, at=make.at(on), on=on
    )


def decided(world: World, card: Scorecard, change: ChangeRequest) -> None:
    for name, by in (("propose", world.reporter), ("submit", world.approver)):
        CHANGE_LIFE.move(change, name, by=by, at=make.at(MARCH), on=MARCH)
    resolved(world, world.negotiation, change, "approve", on=MARCH, year=2554)
    card.refresh_from_db()


def weights(card: Scorecard) -> dict[str, Decimal | None]:
    return {one.number: one.weight for one in kpis_of(card)}


def test_what_may_change_is_the_rulebooks_to_say(world: World) -> None:
    from tests import make as year_2567

    card = make.in_force(world)
    assert fields_of(rules_of(card)[1]) == (
        "name",
        "definition",
        "formula",
        "weight",
        "targets",
    )
    other = year_2567.draft(world)
    assert fields_of(rules_of(other)[1]) == (
        "definition",
        "formula",
        "scope",
        "conditions",
        "data_source",
        "collection",
        "targets",
        "evidence_plan",
    )
    assert list(grounds(rules_of(card)[1])) == ["external", "budget"]


def test_a_weight_moves_to_another_kpi_and_the_sum_stays(world: World) -> None:
    card = make.in_force(world)
    change = ask(world, card, "1.1", weight=Decimal(45), other="3.1", achieved=Decimal(70))
    assert change.new["moved"] == {"number": "3.1", "old": "10", "new": "15"}
    assert [(row["number"], row["old"], row["new"]) for row in change.effect["weights"]] == [
        ("1.1", "50", "45"),
        ("3.1", "10", "15"),
    ]
    points = change.effect["points"]
    assert Decimal(points["old"]["points"]) == Decimal(points["new"]["points"]) == Decimal(3)
    assert Decimal(points["old"]["weighted"]) == Decimal("1.5")
    assert Decimal(points["new"]["weighted"]) == Decimal("1.35")

    decided(world, card, change)

    assert (change.state, card.version, binding(card)) == ("done", 2, "kept")
    assert weights(card) == {
        "1.1": Decimal(45),
        "2.1": Decimal(20),
        "3.1": Decimal(15),
        "4.1": Decimal(20),
    }


@pytest.mark.parametrize(
    ("weight", "other", "code"),
    [
        ("45", "", "change.no_other"),
        ("45", "1.1", "change.no_other"),
        ("45", "9.9", "change.no_other"),
        ("60", "3.1", "change.other_has_too_little"),
    ],
)
def test_a_weight_needs_another_kpi_that_can_carry_it(
    world: World, weight: str, other: str, code: str
) -> None:
    card = make.in_force(world)
    with pytest.raises(Refused) as refused:
        ask(world, card, "1.1", weight=Decimal(weight), other=other)
    assert codes(refused) == [code]


def test_the_kpi_itself_and_its_criteria_change_in_the_next_version(world: World) -> None:
    card = make.in_force(world)
    new = ["50", "55", "60", "65", "70"]
    change = ask(world, card, "1.1", name="ตัวชี้วัดใหม่หลังอุทกภัย", targets=new)
    assert changed_values(change.old, change.new) == [
        ("targets", change.old["targets"], new),
        ("name", change.old["name"], "ตัวชี้วัดใหม่หลังอุทกภัย"),
    ]
    before = kpi(card).template
    decided(world, card, change)

    after = kpi(card)
    assert (after.template.name, after.targets) == ("ตัวชี้วัดใหม่หลังอุทกภัย", new)
    before.refresh_from_db()
    assert before.name != after.template.name
    first, second = ScorecardVersion.objects.filter(scorecard=card).order_by("number")
    assert first.content["kpis"][0]["name"] == before.name
    assert second.content["kpis"][0]["name"] == after.template.name


def test_a_request_that_changes_nothing_or_has_no_ground_is_refused(world: World) -> None:
    card = make.in_force(world)
    with pytest.raises(Refused) as refused:
        ask(world, card, "1.1", ground="disaster", weight=Decimal(50), other="2.1")
    assert codes(refused) == ["change.no_ground", "change.nothing_new"]


def test_when_the_other_kpi_has_changed_meanwhile_it_is_asked_anew(world: World) -> None:
    card = make.in_force(world)
    late = ask(world, card, "1.1", weight=Decimal(45), other="3.1")
    decided(world, card, ask(world, card, "2.1", weight=Decimal(15), other="3.1"))
    for name, by in (("propose", world.reporter), ("submit", world.approver)):
        CHANGE_LIFE.move(late, name, by=by, at=make.at(MARCH), on=MARCH)
    with pytest.raises(Refused) as refused:
        resolved(world, world.negotiation, late, "approve", on=MARCH, year=2554)
    assert codes(refused) == ["change.kpi_moved_on"]
    assert weights(card)["1.1"] == Decimal(50)


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        (datetime(2011, 3, 31, 16, 59, 59, tzinfo=UTC), 302),
        (datetime(2011, 3, 31, 17, 0, 0, tzinfo=UTC), 422),
    ],
)
def test_the_last_day_is_31_march_to_its_end_in_bangkok(
    world: World, moment: datetime, answer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = make.in_force(world)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert today() == (date(2011, 3, 31) if answer == 302 else date(2011, 4, 1))
    client = Client()
    client.force_login(world.reporter)
    typed = {
        "ground": "budget",
        "reason": "ไม่ได้รับงบ",
        "evidence": "หนังสือ 1",
        "achieved_why": "ยังไม่มีผล",
        "weight": "45",
        "other": "3.1",
        "name": kpi(card).template.name,
    }
    got = client.post(f"/scorecards/{card.pk}/kpis/1.1/change/", typed)
    assert (got.status_code, ChangeRequest.objects.count()) == (answer, 1 if answer == 302 else 0)
    if answer == 302:
        page = client.get(got["Location"]).content.decode()
        assert "น้ำหนัก (ร้อยละ)" in page
        assert client.get(f"{got['Location']}edit/").status_code == 200


def test_an_approved_change_is_not_undone_by_templates_filled_in_before_it(world: World) -> None:
    from esar.agree.kpi_definitions.actions import save_sheet
    from esar.agree.kpi_definitions.models import KpiTemplates
    from esar.platform.history.models import Event

    card = make.in_force(world)
    old = FILLED | {"definition": "นิยามเดิม", "formula": "ก"}
    save_sheet(card, kpi(card, "1.1"), old, by=world.reporter, at=make.at(MARCH), on=MARCH)
    decided(world, card, ask(world, card, "1.1", definition="นิยามที่เห็นชอบ"))

    held = KpiTemplates.objects.get(scorecard=card).content["1.1"]
    assert "definition" not in held
    assert held["formula"] == "ก"
    told = Event.objects.get(verb="kpi_templates.overtaken")
    assert told.before == {"number": "1.1", "definition": "นิยามเดิม"}
