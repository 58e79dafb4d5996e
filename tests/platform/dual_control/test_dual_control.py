"""What two administrators do: a lost second step, the account or role of one of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from esar.kernel.problems import Refused
from esar.platform.dual_control.life import DUAL_LIFE
from esar.platform.dual_control.models import DualAct
from esar.platform.history.queries import timeline
from esar.platform.notices.actions import send_mail
from esar.platform.notices.models import Notice
from esar.platform.organisations.actions import close_person, end_role
from esar.platform.organisations.models import Appointment, Person, Role
from esar.platform.organisations.queries import administrators_on, held
from esar.platform.ui import clock
from tests.at_once import at_once
from tests.make import AT, ON, World, person, press
from tests.platform.mail.make import mail_goes_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


def administrators(world: World, count: int = 2) -> list[Person]:
    """That many: the world's and others."""
    more = [person(f"deputy{n}", (Role.ADMINISTRATOR, None)) for n in range(count - 1)]
    return [world.administrator, *more]


def with_app(owner: Person) -> Person:
    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    codes = Authenticator.Type.RECOVERY_CODES
    Authenticator.objects.create(user=owner, type=codes, data={"seed": "x"})
    return owner


def asked(about: Person, kind: str, by: Person, last_day: date | None = None) -> DualAct:
    act = DualAct(person=about, kind=kind, reason="แจ้งว่าหาย", last_day=last_day)
    return DUAL_LIFE.move(act, "begin", by=fresh(by), at=AT, on=ON).thing


def fresh(someone: Person) -> Person:
    """As a request reads them."""
    return Person.objects.get(pk=someone.pk)


def approve(act: DualAct, by: Person) -> None:
    DUAL_LIFE.move(act, "approve", by=fresh(by), at=AT, on=ON)


def codes_of(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


# A lost second step


def test_two_administrators_take_a_lost_second_step_away(world: World) -> None:
    first, second = administrators(world)
    with_app(world.analyst)
    act = asked(world.analyst, "second_step", first)
    assert Authenticator.objects.count() == 2
    approve(act, second)

    assert (act.state, Authenticator.objects.count()) == ("done", 0)
    event = timeline(world.analyst)[0]
    assert (event.verb, event.actor_id) == ("person.second_step_reset", second.pk)
    assert (event.before, event.reason) == ({"steps": ["recovery_codes", "totp"]}, "แจ้งว่าหาย")


def test_one_alone_cannot(world: World) -> None:
    first, _ = administrators(world)
    act = asked(with_app(world.analyst), "second_step", first)
    with pytest.raises(Refused) as refusal:
        approve(act, first)

    assert codes_of(refusal) == ["access.own_work"]
    assert Authenticator.objects.count() == 2


def test_who_lost_it_is_told_by_mail_whatever_they_chose(world: World) -> None:
    first, second = administrators(world)
    Person.objects.update(mail="none")
    act = asked(with_app(world.analyst), "second_step", first)
    Notice.objects.filter(person=world.analyst).update(read_at=AT)  # by whoever sits there
    send_mail.func("at_once")
    mail_goes_out()
    assert [letter.to for letter in mail.outbox] == [[world.analyst.email]]
    assert "ขอล้างการยืนยันขั้นที่สองของท่าน" in mail.outbox[0].body
    approve(act, second)
    send_mail.func("at_once")
    mail_goes_out()

    assert [letter.to for letter in mail.outbox] == [[world.analyst.email]] * 2
    told = Notice.objects.filter(person=world.analyst).order_by("pk")
    assert list(told.values_list("code", flat=True)) == [
        "notice.security_second_step_begin",
        "notice.security_second_step_approve",
    ]


def test_the_other_administrators_are_told(world: World) -> None:
    first, second = administrators(world)
    asked(with_app(world.analyst), "second_step", first)

    told = Notice.objects.filter(code="notice.dual_begin")
    assert list(told.values_list("person", flat=True)) == [second.pk]


def test_who_lost_it_may_stop_it_before_the_second_approves(world: World) -> None:
    first, second = administrators(world)
    act = asked(with_app(world.reporter), "second_step", first)
    client = Client()
    client.force_login(world.reporter)
    answer = press(client, f"/dual-acts/{act.pk}/", "withdraw", reason="ไม่ได้หาย")
    assert answer.status_code == 302
    with pytest.raises(Refused):
        approve(act, second)

    assert Authenticator.objects.count() == 2


def test_who_asked_may_withdraw_and_somebody_else_may_not_see_it(world: World) -> None:
    first, _ = administrators(world)
    act = asked(with_app(world.reporter), "second_step", first)
    client = Client()
    client.force_login(world.approver)
    assert client.get(f"/dual-acts/{act.pk}/").status_code == 404
    DUAL_LIFE.move(act, "withdraw", by=first, at=AT, on=ON, reason="พบแล้ว")

    assert act.state == "withdrawn"


def test_sessions_that_the_second_step_opened_end_with_it(world: World) -> None:
    first, second = administrators(world)
    with_app(world.reporter)
    client = Client()
    client.force_login(world.reporter)
    assert client.get("/desk/").status_code == 200
    assert UserSession.objects.filter(user=world.reporter).count() == 1
    approve(asked(world.reporter, "second_step", first), second)

    assert client.get("/desk/").status_code == 302


def test_what_is_not_there_is_not_taken_away(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        asked(world.reporter, "second_step", world.administrator)

    assert codes_of(refusal) == ["dual.no_second_step"]


@pytest.mark.parametrize("new", ["first", "second"])
def test_whoever_has_just_become_one_is_no_second_administrator(world: World, new: str) -> None:
    """Else one alone would make a second account of their own, and agree with themselves."""
    first, second = administrators(world)
    whom = first if new == "first" else second
    Appointment.objects.filter(person=whom).update(first_day=ON - timedelta(days=6))
    act = asked(with_app(world.analyst), "second_step", first)
    with pytest.raises(Refused) as refusal:
        approve(act, second)
    assert codes_of(refusal) == ["dual.too_new"]
    DUAL_LIFE.move(act, "approve", by=fresh(second), at=AT, on=ON + timedelta(days=1))

    assert act.state == "done"


# Accounts and roles of administrators


def test_an_administrator_closes_no_other_alone(world: World) -> None:
    first, second = administrators(world)
    with pytest.raises(Refused) as refusal:
        close_person(second, by=first, at=AT, on=ON, reason="x")
    assert codes_of(refusal) == ["people.needs_two_administrators"]
    role = Appointment.objects.get(person=second)
    with pytest.raises(Refused) as refusal:
        end_role(role, by=first, at=AT, on=ON, reason="x")

    assert codes_of(refusal) == ["people.needs_two_administrators"]


def test_also_not_one_whose_role_begins_later(world: World) -> None:
    first, second = administrators(world)
    Appointment.objects.filter(person=second).update(first_day=ON + timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        close_person(second, by=first, at=AT, on=ON, reason="x")

    assert codes_of(refusal) == ["people.needs_two_administrators"]


@pytest.mark.parametrize("kind", ["close", "end_role"])
def test_two_others_do_it_together(world: World, kind: str) -> None:
    first, second, third = administrators(world, 3)
    approve(asked(third, kind, first), second)

    assert held(fresh(third), ON) == ()
    assert fresh(third).is_active is (kind == "end_role")


def test_nobody_approves_what_is_done_to_themselves(world: World) -> None:
    first, second = administrators(world)
    act = asked(second, "close", first)
    with pytest.raises(Refused) as refusal:
        approve(act, second)

    assert codes_of(refusal) == ["dual.not_about_yourself"]


def test_one_may_ask_to_lay_down_the_role_oneself(world: World) -> None:
    first, second = administrators(world)
    approve(asked(first, "end_role", first), second)

    assert [one.person for one in administrators_on(ON)] == [second]


def test_the_last_one_stays(world: World) -> None:
    first, second = administrators(world)
    Appointment.objects.filter(person=second).update(last_day=ON)
    act = asked(first, "end_role", first, last_day=ON + timedelta(days=9))
    with pytest.raises(Refused) as refusal:
        approve(act, second)

    assert codes_of(refusal) == ["dual.nobody_would_be_left"]


def test_who_is_no_administrator_needs_no_two(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        asked(world.analyst, "close", world.administrator)

    assert codes_of(refusal) == ["dual.not_an_administrator"]


def test_who_asked_must_still_be_one(world: World) -> None:
    first, second, third = administrators(world, 3)
    act = asked(third, "close", first)
    Person.objects.filter(pk=first.pk).update(is_active=False)
    with pytest.raises(Refused) as refusal:
        approve(act, second)

    assert codes_of(refusal) == ["dual.no_longer_two"]


def test_an_administrator_by_delegation_asks_for_nothing(world: World) -> None:
    from esar.platform.organisations.models import Delegation

    lent = Appointment.objects.get(person=world.administrator)
    days = {"first_day": ON, "last_day": ON}
    Delegation.objects.create(appointment=lent, taker=world.approver, reason="ลา", **days)
    with pytest.raises(Refused) as refusal:
        asked(with_app(world.analyst), "second_step", world.approver)

    assert codes_of(refusal) == ["access.wrong_role"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.each_database
def test_two_who_close_each_other_at_once_do_not_both(world: World) -> None:
    first, second, third = administrators(world, 3)
    acts = {second: asked(first, "close", third), first: asked(second, "close", third)}

    first, second = fresh(first), fresh(second)
    assert held(first, ON)  # their pages were read before either was closed
    assert held(second, ON)
    answers = at_once(
        *(
            lambda by=by: DUAL_LIFE.move(acts[by], "approve", by=by, at=AT, on=ON)
            for by in (first, second)
        )
    )

    assert answers == ["done", "dual.no_longer_two"]
    assert administrators_on(ON).count() == 2


# Its pages


def test_it_is_asked_for_and_approved_by_their_pages(world: World) -> None:
    first, second = administrators(world)
    with_app(world.analyst)
    asker, approver = Client(), Client()
    asker.force_login(first)
    approver.force_login(second)
    page = asker.get(f"/people/{world.analyst.pk}/")
    assert f'href="/people/{world.analyst.pk}/dual-act/"' in page.content.decode()
    fields = {"kind": "second_step", "reason": "โทรศัพท์หาย"}
    answer = asker.post(f"/people/{world.analyst.pk}/dual-act/", fields)
    act = DualAct.objects.get()
    assert answer["Location"] == f"/dual-acts/{act.pk}/"
    assert b"dual-acts" in approver.get("/dual-acts/").content
    assert press(approver, f"/dual-acts/{act.pk}/", "approve").status_code == 302

    assert Authenticator.objects.count() == 0


def test_what_is_refused_is_a_sentence_beside_the_form(world: World) -> None:
    client = Client()
    client.force_login(world.administrator)
    fields = {"kind": "second_step", "reason": "x"}
    answer = client.post(f"/people/{world.analyst.pk}/dual-act/", fields)

    assert (answer.status_code, DualAct.objects.count()) == (422, 0)
    assert "ไม่มีการยืนยันขั้นที่สองให้ล้าง" in answer.content.decode()


def test_without_two_administrators_whoever_has_the_machine_does_it(world: World) -> None:
    with_app(world.administrator)
    call_command("forget_second_step", world.administrator.email)
    assert Authenticator.objects.count() == 0
    assert timeline(world.administrator)[0].verb == "person.second_step_reset"

    with pytest.raises(CommandError):
        call_command("forget_second_step", world.administrator.email)
