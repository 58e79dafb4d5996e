"""What is agreed binds those who saw it: an old page passes nothing on, and no text is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.agree.agreements.actions import save_action_plan, sign
from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.committees.models import AgendaItem
from esar.agree.kpi_definitions.queries import templates_of
from esar.agree.scorecards.actions import save_kpi
from esar.agree.scorecards.content import agreed, content
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard, Signature
from esar.agree.scorecards.states import SCORECARD_MOVES
from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.lifecycle.drafts import Conflict, mark_of
from esar.platform.ui import clock
from tests.agree.scorecards import make as agreements
from tests.agree.scorecards.make_kpi_templates import FEBRUARY as AUDITED
from tests.agree.scorecards.make_kpi_templates import fill, go, judge
from tests.make import (
    AT,
    FEBRUARY,
    ON,
    World,
    close,
    draft,
    fields,
    in_force,
    kpi,
    open_sitting,
    person,
    request_fields,
    submitted,
)

pytestmark = pytest.mark.django_db


def client_of(person: Any, day: date = ON) -> Client:
    clock.pretend(day)
    client = Client()
    client.force_login(person)
    return client


def move(card: Scorecard, name: str, by: Any, **how: Any) -> None:
    SCORECARD_LIFE.move(card, name, by=by, at=AT, on=ON, **how)


def retarget(card: Scorecard, by: Any, *targets: str) -> None:
    values = fields("1.1", weight=Decimal(20), targets=list(targets))
    save_kpi(card, values, by=by, at=AT, on=ON, kpi=kpi(card))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_an_approver_sends_no_targets_that_were_not_on_the_page(world: World) -> None:
    card = draft(world)
    move(card, "propose", world.reporter)
    path = f"/scorecards/{card.pk}/"
    client = client_of(world.approver)
    seen = client.get(path).context["seen"]
    move(card, "withdraw", world.reporter)
    retarget(card, world.reporter, "40", "45", "50")
    move(card, "propose", world.reporter)

    stale = client.post(f"{path}move/submit/", {"seen": seen})
    without = client.post(f"{path}move/submit/")
    card.refresh_from_db()
    assert (stale.status_code, without.status_code, card.state) == (422, 422, "proposed")
    assert "ส่วนที่เปลี่ยน: 1.1)" in stale.content.decode()

    fresh = client.get(path).context["seen"]
    assert client.post(f"{path}move/submit/", {"seen": fresh}).status_code == 302
    card.refresh_from_db()
    assert card.state == "opinion"


@pytest.mark.parametrize("name", [name for name, row in SCORECARD_MOVES.items() if row.bound])
def test_no_bound_move_of_a_scorecard_is_made_on_an_old_page(world: World, name: str) -> None:
    card, row = draft(world), SCORECARD_MOVES[name]
    state = row.sources[0]
    committee = {"opinion": "L1-P", "decide": "L2-P", "acknowledge": "SUB"}.get(state, "L2-P")
    by = {**world.by_role, "secretary": world.secretaries[committee]}[row.roles[0]]
    approved = "" if state in ("draft", "proposed", "opinion", "decide") else "x" * 64
    Scorecard.objects.filter(pk=card.pk).update(state=state, approved_sha256=approved)
    old_page = SCORECARD_LIFE.seen(card)
    Kpi.objects.filter(scorecard=card, number="1.2").update(targets=["1", "2", "3"])

    answers = []
    for seen in (old_page, ""):
        with pytest.raises(Refused) as refused:
            move(card, name, by, seen=seen, reason="x", resolution="x")
        problem = refused.value.problems[0]
        answers.append((problem.code, problem.figures["parts"]))
    assert answers == [("life.changed_since", ("1.2",)), ("life.not_seen", ())]


def test_an_old_page_of_a_request_passes_it_on_no_more(world: World) -> None:
    card = in_force(world)
    asked = changes.ask(card, kpi(card), request_fields(), by=world.reporter, at=AT, on=FEBRUARY)
    CHANGE_LIFE.move(asked, "propose", by=world.reporter, at=AT, on=FEBRUARY)
    path = f"/changes/{asked.pk}/"
    client = client_of(world.approver, FEBRUARY)
    seen = client.get(path).context["seen"]
    CHANGE_LIFE.move(asked, "send_back", by=world.approver, at=AT, on=FEBRUARY, reason="แก้")
    softer = request_fields(targets=["66", "68", "70"])
    changes.edit(asked, softer, by=world.reporter, at=AT, on=FEBRUARY)
    CHANGE_LIFE.move(asked, "propose", by=world.reporter, at=AT, on=FEBRUARY)

    stale = client.post(f"{path}move/submit/", {"seen": seen})
    without = client.post(f"{path}move/submit/")
    asked.refresh_from_db()
    assert (stale.status_code, without.status_code, asked.state) == (422, 422, "proposed")
    assert "ส่วนที่เปลี่ยน: ค่าใหม่" in stale.content.decode()

    fresh = client.get(path).context["seen"]
    assert client.post(f"{path}move/submit/", {"seen": fresh}).status_code == 302


def test_each_item_resolved_carries_what_the_page_of_the_sitting_showed(world: World) -> None:
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    item = AgendaItem.objects.get(sitting=sitting)
    path = f"/sittings/{sitting.pk}/"
    client = client_of(world.secretaries["L1-P"])
    (row,) = client.get(path).context["rows"]
    resolution = {"item": item.pk, "outcome": "opinion"}

    without = client.post(f"{path}resolve/", resolution)
    Kpi.objects.filter(scorecard=card, number="1.1").update(targets=["1", "2", "3"])
    stale = client.post(f"{path}resolve/", resolution | {f"seen-{item.pk}": row["seen"]})
    deferred = resolution | {"outcome": "deferred", "reason": "รอข้อมูล"}
    put_off = client.post(f"{path}resolve/", deferred)
    card.refresh_from_db()
    assert [without.status_code, stale.status_code, put_off.status_code] == [422, 422, 422]
    assert card.state == "opinion"

    Kpi.objects.filter(scorecard=card, number="1.1").update(targets=["80", "85", "90"])
    done = client.post(f"{path}resolve/", resolution | {f"seen-{item.pk}": row["seen"]})
    card.refresh_from_db()
    assert (done.status_code, card.state) == (302, "opinion")
    close(sitting, by=world.secretaries["L1-P"])
    card.refresh_from_db()
    assert card.state == "decide"


def test_templates_pass_with_the_verdicts_that_were_on_the_page(world: World) -> None:
    card = agreements.in_force(world)
    fill(world, card)
    go(card, "propose", world.reporter)
    go(card, "submit", world.approver)
    judge(world, card)
    path = f"/scorecards/{card.pk}/templates/"
    client = client_of(world.analyst, AUDITED)
    seen = client.get(path).context["seen"]
    first = str(Kpi.objects.filter(scorecard=card).order_by("number").first().number)
    judge(world, card, **{f"k{first.replace('.', '_')}": "ขาดวิธีจัดเก็บ"})
    judge(world, card)
    assert client.post(f"{path}move/pass/").status_code == 422
    judge(world, card, **{f"k{first.replace('.', '_')}": "ขาดวิธีจัดเก็บ"})

    stale = client.post(f"{path}move/return/", {"seen": seen})
    assert (stale.status_code, templates_of(card).state) == (422, "sent")
    fresh = client.get(path).context["seen"]
    assert client.post(f"{path}move/return/", {"seen": fresh}).status_code == 302
    assert templates_of(card).state == "returned"


def test_a_signature_is_recorded_on_the_page_that_showed_who_signs_next(world: World) -> None:
    card = agreements.to_sign(world)
    day = card.since.date()
    path = f"/scorecards/{card.pk}/signing/"
    client = client_of(world.analyst, day)
    form = client.get(path).context["form"]
    signature = {"name": "ผู้ว่าราชการจังหวัด", "signed_on": day.isoformat()}
    sign(card, name="คนแรก", signed_on=day, by=world.analyst, at=card.since, on=day)

    stale = client.post(path, signature | {"seen": form.initial["seen"]})
    without = client.post(path, signature)
    assert (stale.status_code, without.status_code) == (422, 422)
    assert "การลงนาม" in stale.content.decode()
    assert Signature.objects.filter(scorecard=card).count() == 1

    fresh = client.get(path).context["form"].initial["seen"]
    assert client.post(path, signature | {"seen": fresh}).status_code == 302
    assert Signature.objects.filter(scorecard=card).count() == 2


def test_the_same_kpi_again_is_saved_once(world: World) -> None:
    card = draft(world)
    values = fields("1.7", weight=Decimal(30))
    first = save_kpi(card, values, by=world.reporter, at=AT, on=ON)
    events = Event.objects.count()

    again = save_kpi(card, values, by=world.reporter, at=AT, on=ON)
    amended = save_kpi(
        card, values | {"seen": "of old"}, by=world.reporter, at=AT, on=ON, kpi=first
    )
    assert (again, amended, Event.objects.count()) == (first, first, events)
    with pytest.raises(Refused) as refused:
        save_kpi(card, values | {"unit": "คน"}, by=world.reporter, at=AT, on=ON)
    assert codes(refused) == ["kpi.number_taken"]


def test_two_texts_of_a_kpi_are_both_shown_and_the_second_is_saved_when_it_is_meant(
    world: World,
) -> None:
    card = draft(world)
    other = person("second", ("reporter", world.province))
    path = f"/scorecards/{card.pk}/kpis/1.1/"
    client = client_of(world.reporter)
    form = client.get(path).context["form"]
    typed = {name: value for name, value in form.initial.items() if isinstance(value, str)}
    typed |= {f"target_{place}": value for place, value in enumerate(("70", "75", "80"), start=1)}
    typed |= {"weight": "20", "definition": "นิยามของคนแรก"}
    retarget(card, other, "50", "55", "60")

    answer = client.post(path, typed)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "คุณsecond" in said
    assert all(text in said for text in ("50 / 55 / 60", "70 / 75 / 80", "นิยามของคนแรก"))
    assert kpi(card).targets == ["50", "55", "60"]

    shown = answer.context["form"]
    assert client.post(path, {**shown.data}).status_code == 302
    assert (kpi(card).targets, kpi(card).template.definition) == (
        ["70", "75", "80"],
        "นิยามของคนแรก",
    )


def test_a_page_without_a_mark_saves_no_kpi_over_another(world: World) -> None:
    card = draft(world)
    values = fields("1.1", weight=Decimal(20), unit="คน", seen="")
    with pytest.raises(Refused) as refused:
        save_kpi(card, values, by=world.reporter, at=AT, on=ON, kpi=kpi(card))
    assert codes(refused) == ["draft.no_mark"]


def test_the_same_request_again_is_there_already(world: World) -> None:
    card = in_force(world)
    how = {"by": world.reporter, "at": AT, "on": FEBRUARY}
    first = changes.ask(card, kpi(card), request_fields(), **how)
    again = changes.ask(card, kpi(card), request_fields(), **how)
    changes.edit(first, request_fields(seen="of old"), **how)

    assert (first, ChangeRequest.objects.count()) == (again, 1)
    with pytest.raises(Conflict) as conflict:
        changes.edit(first, request_fields(reason="ภัยแล้ง", seen="of old"), **how)
    assert codes(conflict) == ["change.changed_in_another_window"]
    assert conflict.value.kept["reason"] == "น้ำท่วมใหญ่"


def test_two_texts_of_an_action_plan_are_a_conflict_and_the_same_text_is_none(
    world: World,
) -> None:
    card = agreements.drafted(world, listed=True)
    plan = {"vision": "ก", "issues": "ข", "aims": "ค"}
    how = {"at": agreements.at(agreements.PROPOSED), "on": agreements.PROPOSED}
    before = mark_of(card.action_plan)
    save_action_plan(card, plan | {"seen": before}, by=world.reporter, **how)
    save_action_plan(card, plan | {"seen": before}, by=world.reporter, **how)

    other = plan | {"aims": "ง", "seen": before}
    with pytest.raises(Conflict) as conflict:
        save_action_plan(card, other, by=world.reporter, **how)
    assert codes(conflict) == ["action_plan.changed_in_another_window"]
    assert (conflict.value.kept, conflict.value.mark) == (plan, mark_of(plan))


def test_what_is_bound_reads_into_what_is_typed_and_back_without_a_change(world: World) -> None:
    card = draft(world)
    kpi = Kpi.objects.filter(scorecard=card).order_by("pk")[0]
    kpi.rounds = [{"round": "6m", "held_to": "round", "targets": ["1", "2"]}]
    kpi.save()
    type(kpi.template).objects.filter(pk=kpi.template_id).update(
        baseline=[{"year": 2566, "value": "70"}]
    )
    for plan in ({}, {"vision": "ก"}):
        card.action_plan = plan

        assert content(card) == agreed(card).to_json()
