"""What a careful adversary tried, and must not get."""

from __future__ import annotations

import base64
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.committees import actions as sittings
from esar.agree.committees import resolutions
from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import AgendaItem
from esar.kernel.problems import Refused
from esar.platform.organisations import actions
from esar.platform.organisations.models import Appointment, Delegation, Person, Role
from esar.platform.organisations.queries import held
from esar.platform.role_offers import actions as role_offers
from esar.platform.ui import clock
from tests.make import (
    AT,
    FEBRUARY,
    ON,
    World,
    close,
    draft,
    in_force,
    kpi,
    open_sitting,
    person,
    request_fields,
    submitted,
    told,
)
from tests.platform.role_offers.make import delegate


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def as_(one: Any) -> Client:
    client = Client()
    client.force_login(one)
    return client


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


KPI = {
    "number": "1.1",
    "component": "performance",
    "kind": "kind.area",
    "name": "รายได้",
    "method": "ladder",
    "direction": "higher",
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weight", "0"),
        ("weight", "-5"),
        ("weight", "200"),
        ("weight", "1e3"),
        ("weight", "1234567"),
        ("weight", "NaN"),
        ("target_1", "1234567890123456"),
        ("target_1", "1e400"),
        ("number", "1/7"),
        ("number", "1.²"),
        ("number", "new"),
        ("number", ".."),
        ("name", "\x00"),
    ],
)
def test_odd_values_are_refused_and_no_page_breaks(world: World, field: str, value: str) -> None:
    card = draft(world)
    client = as_(world.reporter)
    path = f"/scorecards/{card.pk}/kpis/1.1/"
    seen = {"seen": client.get(path).context["form"].initial["seen"]}
    answer = client.post(path, KPI | seen | {field: value})

    assert answer.status_code == 422
    assert client.get(f"/scorecards/{card.pk}/").status_code == 200


def test_an_achieved_result_too_large_to_keep_is_refused(world: World) -> None:
    card = in_force(world)
    client = as_(world.reporter)
    data = {
        "ground": "disaster",
        "reason": "x",
        "evidence": "y",
        "achieved": "1234567890123456",
        "target_1": "1",
        "target_2": "2",
        "target_3": "3",
    }
    answer = client.post(f"/scorecards/{card.pk}/kpis/1.1/change/", data)

    assert (answer.status_code, ChangeRequest.objects.count()) == (422, 0)
    assert client.get("/changes/").status_code == 200


def test_an_address_with_a_nul_is_a_bad_request_and_no_error_of_ours(world: World) -> None:
    assert as_(world.analyst).get("/indicators/%00/").status_code == 400


def test_odd_numbers_and_ways_back_are_no_errors(world: World) -> None:
    client = as_(world.reporter)
    assert client.post("/notices/read/", {"notice": "9" * 5000}).status_code == 302
    for back in ("abc", "rules", "language", "//evil.example", "https://evil.example/"):
        assert client.get("/language/en/", {"next": back})["Location"] == "/"


def test_the_same_indicator_twice_and_a_kpi_that_is_gone_are_told(world: World) -> None:
    card = draft(world)
    template = kpi(card).template
    client = as_(world.reporter)
    twice = client.post(
        f"/scorecards/{card.pk}/kpis/new/?from={template.pk}", KPI | {"number": "1.9"}
    )
    assert (twice.status_code, "อยู่ในแบบประเมินแล้ว" in twice.content.decode()) == (422, True)

    from esar.agree.scorecards.actions import remove_kpi

    gone = kpi(card)
    remove_kpi(card, gone, by=world.reporter, at=AT, on=ON)
    with pytest.raises(Refused) as refused:
        remove_kpi(card, gone, by=world.reporter, at=AT, on=ON)
    assert codes(refused) == ["kpi.gone"]


def test_a_secretary_does_not_end_members_and_never_sits_alone(world: World) -> None:
    member = Appointment.objects.get(person=world.members["L2-P"][0])
    secretary = world.secretaries["L2-P"]
    with pytest.raises(Refused) as refused:
        actions.end_role(member, by=secretary, at=AT, on=ON, reason="x")
    assert codes(refused) == ["people.only_administrator"]

    Appointment.objects.filter(role=Role.MEMBER).update(last_day=ON - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        open_sitting_of_one(world)
    assert codes(refused) == ["sitting.no_quorum"]


def open_sitting_of_one(world: World) -> None:
    secretary = world.secretaries["L2-P"]
    sitting = sittings.call(
        world.level2, year=2567, held_at=AT, place="x", by=secretary, at=AT, on=ON
    )
    sittings.mark_attendance(sitting, [secretary], by=secretary, at=AT, on=ON)
    SITTING_LIFE.move(sitting, "open", by=secretary, at=AT, on=ON, reason="ว่าง")


def test_who_is_no_member_any_more_does_not_count_as_there(world: World) -> None:
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    for gone in world.members["L1-P"]:
        Appointment.objects.filter(person=gone).update(last_day=ON - timedelta(days=1))
    for number in range(2):
        person(f"new{number}", (Role.MEMBER, world.level1))
    item = AgendaItem.objects.get(sitting=sitting)
    with pytest.raises(Refused) as refused:
        resolutions.resolve(item, "opinion", by=world.secretaries["L1-P"], at=AT, on=ON)
    assert codes(refused) == ["sitting.no_quorum"]


def offer(person: Person, *, by: Person) -> None:
    words = {"email": person.email, "name": person.name, "role": Role.ANALYST}
    role_offers.invite(**words, by=by, at=AT, on=ON)


def test_a_stand_in_makes_nothing_that_outlasts_the_delegation(world: World) -> None:
    role = Appointment.objects.get(person=world.administrator)
    deputy = person("deputy")
    delegate(
        role, deputy, by=world.administrator, at=AT, on=ON, first_day=ON, last_day=ON, reason="ลา"
    )
    for target in (deputy, world.assessor):
        with pytest.raises(Refused) as refused:
            offer(target, by=deputy)
        assert "people.may_not_appoint" in codes(refused)
    with pytest.raises(Refused) as refused:
        actions.close_person(world.administrator, by=deputy, at=AT, on=ON, reason="x")
    assert codes(refused) == ["people.only_administrator"]
    with pytest.raises(Refused) as refused:
        offer(world.administrator, by=world.administrator)
    assert codes(refused) == ["people.not_to_yourself"]

    delegation = Delegation.objects.get()
    actions.end_delegation(delegation, by=world.administrator, at=AT, on=ON)
    assert held(Person.objects.get(pk=deputy.pk), ON) == ()


def test_who_sent_it_in_does_not_decide_it_nor_put_it_off(world: World) -> None:
    actions.appoint(world.approver, Role.SECRETARY, by=None, at=AT, on=ON, committee=world.level1)
    world.approver.__dict__.pop("_held", None)
    card = submitted(world)
    sitting = open_sitting(world, world.level1, card)
    item = AgendaItem.objects.get(sitting=sitting)
    for outcome in ("opinion", "return", "deferred"):
        with pytest.raises(Refused) as refused:
            resolutions.resolve(item, outcome, by=world.approver, at=AT, on=ON, reason="x")
        assert codes(refused) == ["access.own_work"]


def test_taking_one_item_off_renumbers_no_other(world: World) -> None:
    first, second = submitted(world), submitted(world, world.department)
    from esar.platform.organisations.models import Jurisdiction

    Jurisdiction.objects.create(committee=world.level1, body=world.department)
    Jurisdiction.objects.filter(committee=world.level1d).delete()
    sitting = open_sitting(world, world.level1, first, second)
    one, two = AgendaItem.objects.filter(sitting=sitting).order_by("place")
    secretary = world.secretaries["L1-P"]
    sittings.take_off_agenda(one, by=secretary, at=AT, on=ON)
    two.refresh_from_db()
    again = sittings.put_on_agenda(sitting, first, by=secretary, at=AT, on=ON)

    assert (two.place, again.place) == (2, 3)


def test_an_invitation_tells_nothing_of_the_password(world: World) -> None:
    token = actions.invitation_token(world.reporter)
    payload = token.split(":")[0]
    plain = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))

    assert world.reporter.password.encode() not in plain
    assert b"md5$" not in plain


def test_demo_people_do_nothing_outside_a_demo(world: World, settings: Any) -> None:
    Person.objects.filter(pk=world.administrator.pk).update(is_demo=True)
    client = as_(world.administrator)
    assert client.get("/people/invite/").status_code == 200
    settings.DEMO = False
    login = {"login": world.administrator.email, "password": "a-long-passphrase-1"}
    visitor = Client()

    assert visitor.post("/account/login/", login).status_code == 200
    assert client.get("/people/invite/").status_code == 302
    assert held(Person.objects.get(pk=world.administrator.pk), ON) == ()


def test_a_cancellation_decided_after_another_shows_the_weights_of_now(world: World) -> None:
    card = in_force(world)
    asked = []
    for number in ("1.5", "1.6"):
        fields = request_fields(cancels=True)
        one = changes.ask(card, kpi(card, number), fields, by=world.reporter, at=AT, on=FEBRUARY)
        CHANGE_LIFE.move(one, "propose", by=world.reporter, at=AT, on=FEBRUARY)
        CHANGE_LIFE.move(one, "submit", by=world.approver, at=AT, on=FEBRUARY)
        asked.append(one)
    sitting = open_sitting(world, world.level2, asked[0], on=FEBRUARY)
    secretary = world.secretaries["L2-P"]
    (item,) = AgendaItem.objects.filter(sitting=sitting)
    resolutions.resolve(item, "approve", by=secretary, at=AT, on=FEBRUARY)
    close(sitting, by=secretary, on=FEBRUARY)
    asked[0].refresh_from_db()
    told(world, asked[0])
    later = open_sitting(world, world.level2, asked[1], on=FEBRUARY)
    again = AgendaItem.objects.get(sitting=later)
    weights = {row["number"]: row["new"] for row in again.content["effect"]["weights"]}
    assert "1.5" not in weights
    assert sum(map(Decimal, weights.values())) == 100

    resolutions.resolve(again, "approve", by=secretary, at=AT, on=FEBRUARY)
    close(later, by=secretary, on=FEBRUARY)
    asked[1].refresh_from_db()
    assert (asked[1].state, asked[1].effect) == ("tell", again.content["effect"])


def test_a_committee_does_not_see_the_indicators_of_a_draft(world: World) -> None:
    in_force(world)
    from esar.agree.scorecards.actions import open_scorecard, save_kpi
    from tests.make import fields

    new = open_scorecard(world.province, 2568, by=world.reporter, at=AT, on=ON)
    made = save_kpi(
        new, fields("1.1", name="ความลับของร่าง", weight=Decimal(10)), by=world.reporter, at=AT, on=ON
    )
    path = f"/indicators/{made.template.indicator.code}/"

    assert as_(world.reporter).get(path).status_code == 200
    assert as_(world.members["L2-P"][0]).get(path).status_code == 404
    assert as_(world.members["L2-P"][0]).get("/indicators/TH-74-001/").status_code == 200


def test_a_body_without_committees_is_told_before_it_sets_out(world: World) -> None:
    from esar.platform.organisations.models import Jurisdiction

    card = draft(world)
    Jurisdiction.objects.filter(committee=world.level2).delete()
    from esar.agree.scorecards.life import SCORECARD_LIFE

    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)
    assert codes(refused) == ["scorecard.no_committee"]


def test_a_changed_password_stands_in_the_log(world: World) -> None:
    from esar.platform.history.models import Event

    data = {
        "oldpassword": "a-long-passphrase-1",
        "password1": "อีกรหัสที่ยาวพอ",
        "password2": "อีกรหัสที่ยาวพอ",
    }
    as_(world.reporter).post("/account/password/change/", data)

    assert Event.objects.filter(verb="person.password", actor_id=world.reporter.pk).count() == 1


def test_a_role_given_twice_is_refused_by_the_database_too(world: World) -> None:
    one = Appointment.objects.get(person=world.reporter)
    with pytest.raises(DatabaseError), transaction.atomic():
        Appointment.objects.create(person=one.person, role=one.role, body=one.body, first_day=ON)


def test_interiors_minister_is_told_of_a_province_and_sees_it(world: World) -> None:
    from esar.platform.notices.models import Notice
    from tests.show.public.make import ministry

    office = person("interior", (Role.MINISTERS_OFFICE, ministry("MOI")))
    card = in_force(world)

    assert Notice.objects.filter(person=office, code="notice.in_force").count() == 1
    assert as_(office).get(f"/scorecards/{card.pk}/").status_code == 200
    assert as_(world.ministers_office).get(f"/scorecards/{card.pk}/").status_code == 404


def test_the_second_editor_of_a_request_is_told(world: World) -> None:
    card = in_force(world)
    asked = changes.ask(card, kpi(card), request_fields(), by=world.reporter, at=AT, on=FEBRUARY)
    path = f"/changes/{asked.pk}/edit/"
    clients = [as_(world.reporter), as_(world.reporter)]
    before = [client.get(path).context["form"].initial["seen"] for client in clients]
    data = {
        "ground": "disaster",
        "achieved": "0",
        "evidence": "y",
        "target_1": "1",
        "target_2": "2",
        "target_3": "3",
    }
    first = clients[0].post(path, data | {"reason": "หนึ่ง", "seen": before[0]})
    second = clients[1].post(path, data | {"reason": "สอง", "seen": before[1]})

    asked.refresh_from_db()
    assert (first.status_code, second.status_code, asked.reason) == (302, 422, "หนึ่ง")
