"""People: invited, given roles, standing in for one another, closed; and what they are told."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.kernel.problems import Refused
from esar.platform.calendars.actions import extend, remind
from esar.platform.calendars.queries import entries, entry
from esar.platform.notices.actions import send_mail
from esar.platform.notices.models import Notice
from esar.platform.organisations import actions
from esar.platform.organisations.models import Appointment, OfficeHolder, Person, Role
from esar.platform.organisations.queries import held, holds, roles_of
from esar.platform.ui import clock
from tests.make import AT, ON, World, draft, person
from tests.platform.mail.make import mail_goes_out
from tests.platform.role_offers.make import delegate
from tests.show.public.make import province


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


@pytest.fixture(autouse=True)
def _october(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


def test_an_invitation_by_mail_sets_the_first_password_once(world: World) -> None:
    client = Client()
    client.force_login(world.approver)
    answer = client.post(
        "/people/invite/",
        {"email": "new@example.test", "name": "คนใหม่", "role": "reporter", "body": "TH-74"},
    )
    assert (answer.status_code, mail_goes_out()) == (302, 1)
    path = re.search(r"http://127.0.0.1:8000(/invitation/\S+/)", mail.outbox[0].body)
    assert path is not None

    visitor = Client()
    assert visitor.get(path[1]).status_code == 200
    weak = visitor.post(path[1], {"password": "123", "password_again": "123"})
    good = {"password": "ยาวพอและจำได้ง่าย", "password_again": "ยาวพอและจำได้ง่าย"}
    assert (weak.status_code, visitor.post(path[1], good).status_code) == (422, 302)
    again = visitor.get(path[1])

    assert (again.status_code, "ใช้แล้วหรือหมดอายุ" in again.content.decode()) == (403, True)
    login = {"login": "new@example.test", "password": "ยาวพอและจำได้ง่าย"}
    assert visitor.post("/account/login/", login)["Location"] == "/desk/"
    assert roles_of(Person.objects.get(email="new@example.test"), ON) == {"reporter"}


@pytest.mark.parametrize(
    ("who", "role", "place"),
    [
        ("approver", "approver", "province"),
        ("approver", "reporter", "department"),
        ("secretary", "member", "level1"),
        ("reporter", "reporter", "province"),
        ("analyst", "analyst", None),
        ("auditor", "auditor", None),
    ],
)
def test_a_role_that_is_not_ones_to_give_is_refused(
    world: World, who: str, role: str, place: str | None
) -> None:
    there = getattr(world, place) if place else None
    body = there if place in ("province", "department") else None
    committee = there if place == "level1" else None
    with pytest.raises(Refused) as refused:
        actions.invite(
            email="x@example.test",
            name="x",
            role=role,
            by=world.by_role[who],
            at=AT,
            on=ON,
            body=body,
            committee=committee,
        )
    assert codes(refused) == ["people.may_not_appoint"]
    assert not Person.objects.filter(email="x@example.test").exists()


def test_a_role_in_the_wrong_place_is_refused_by_the_database_with_a_sentence(
    world: World,
) -> None:
    with pytest.raises(Refused) as refused:
        actions.appoint(world.assessor, Role.REPORTER, by=None, at=AT, on=ON)
    assert codes(refused) == ["people.role_needs_place"]


def test_a_role_counts_from_its_first_day_to_the_end_of_its_last(world: World) -> None:
    one = Appointment.objects.get(person=world.reporter)
    Appointment.objects.filter(pk=one.pk).update(
        first_day=date(2023, 10, 1), last_day=date(2023, 10, 10)
    )
    days = (date(2023, 9, 30), date(2023, 10, 1), date(2023, 10, 10), date(2023, 10, 11))

    assert [holds(world.reporter, day, "reporter") for day in days] == [False, True, True, False]


def test_who_stands_in_may_act_for_the_period_and_the_log_names_them(world: World) -> None:
    role = Appointment.objects.get(person=world.approver)
    deputy = person("deputy")
    delegate(
        role, deputy, by=world.approver, at=AT, on=ON, first_day=ON, last_day=ON, reason="ไปราชการ"
    )
    card = draft(world)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)
    tomorrow = ON + timedelta(days=1)
    with pytest.raises(Refused):
        SCORECARD_LIFE.move(card, "submit", by=deputy, at=AT, on=tomorrow)
    SCORECARD_LIFE.move(card, "submit", by=deputy, at=AT, on=ON)

    assert card.state == "opinion"
    assert [(one.role, one.for_person) for one in held(deputy, ON)] == [("approver", "คุณapprover")]


def test_who_wrote_it_may_not_approve_it_as_a_stand_in_either(world: World) -> None:
    role = Appointment.objects.get(person=world.approver)
    delegate(
        role,
        world.reporter,
        by=world.approver,
        at=AT,
        on=ON,
        first_day=ON,
        last_day=ON,
        reason="ลา",
    )
    card = draft(world)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "submit", by=world.reporter, at=AT, on=ON)
    assert codes(refused) == ["access.own_work"]


def test_what_its_writer_may_not_approve_no_stand_in_approves_for_them(world: World) -> None:
    """By a role of one's own one may: then nobody acts for the writer."""
    deputy, role = person("deputy"), Appointment.objects.get(person=world.approver)
    actions.appoint(world.approver, Role.REPORTER, by=None, at=AT, on=ON, body=world.province)
    writer = Person.objects.get(pk=world.approver.pk)
    days = {"first_day": ON, "last_day": ON, "reason": "ลา"}
    delegate(role, deputy, by=writer, at=AT, on=ON, **days)
    card = draft(world)
    SCORECARD_LIFE.move(card, "propose", by=writer, at=AT, on=ON)
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "submit", by=deputy, at=AT, on=ON)
    assert codes(refused) == ["access.lender_kept_out"]
    assert SCORECARD_LIFE.possible_moves(deputy, card, ON) == []

    actions.appoint(deputy, Role.APPROVER, by=None, at=AT, on=ON, body=world.province)
    SCORECARD_LIFE.move(card, "submit", by=Person.objects.get(pk=deputy.pk), at=AT, on=ON)
    assert card.state == "opinion"


def test_people_are_closed_and_never_deleted(world: World) -> None:
    with pytest.raises(TypeError, match="never deleted"):
        world.reporter.delete()
    actions.close_person(world.reporter, by=world.administrator, at=AT, on=ON, reason="เกษียณ")

    closed = Person.objects.get(pk=world.reporter.pk)
    assert (closed.is_active, closed.closed_on, roles_of(closed, ON)) == (False, ON, set())
    with pytest.raises(Refused):
        actions.close_person(world.administrator, by=world.administrator, at=AT, on=ON, reason="x")


def test_a_closed_person_has_no_role_that_began_today_nor_one_that_is_lent_to_them(
    world: World,
) -> None:
    """Neither ends with the closing: a role has at least its first day, and the other is lent."""
    deputy = person("deputy")
    actions.appoint(deputy, Role.REPORTER, by=None, at=AT, on=ON, body=world.province)
    role = Appointment.objects.get(person=world.approver)
    delegate(
        role, deputy, by=world.approver, at=AT, on=ON, first_day=ON, last_day=ON, reason="ไปราชการ"
    )
    before = Person.objects.get(pk=deputy.pk)
    assert roles_of(before, ON) == {"reporter", "approver"}
    actions.close_person(deputy, by=world.administrator, at=AT, on=ON, reason="ย้าย")

    assert roles_of(Person.objects.get(pk=deputy.pk), ON) == set()


def test_the_holder_before_ends_the_day_before(world: World) -> None:
    for name, day in (("ก", date(2020, 10, 1)), ("ข", date(2023, 10, 1))):
        actions.record_office_holder(
            world.province,
            name=name,
            post="ผู้ว่าราชการจังหวัด",
            first_day=day,
            by=world.administrator,
            at=AT,
            on=ON,
        )
    found = OfficeHolder.objects.filter(body=world.province).order_by("first_day")
    assert [(one.name, one.last_day) for one in found] == [
        ("ก", date(2023, 9, 30)),
        ("ข", None),
    ]


def test_those_whose_turn_it_is_are_told_once_and_mailed_as_they_chose(world: World) -> None:
    Person.objects.filter(pk=world.approver.pk).update(mail="digest")
    card = draft(world)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)

    notice = Notice.objects.get(person=world.approver)
    assert (notice.code, notice.path) == ("notice.your_turn", f"/scorecards/{card.pk}/")
    assert [send_mail.call("at_once"), send_mail.call("digest"), send_mail.call("digest")] == [
        0,
        1,
        0,
    ]
    assert mail_goes_out() == 1
    assert mail.outbox[0].to == ["approver@example.test"]
    assert "เลือกวิธีรับอีเมล" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2023, 10, 9), True),
        (date(2023, 10, 16), True),
        (date(2023, 10, 23), True),
        (date(2023, 10, 29), True),
        (date(2023, 10, 28), False),
        (date(2023, 10, 30), False),
    ],
)
def test_reminders_come_21_14_7_and_1_days_before_and_once(
    world: World, day: date, told: bool
) -> None:
    at = datetime.combine(day, datetime.min.time(), tzinfo=AT.tzinfo)
    for _ in range(2):
        remind(2567, on=day, at=at)

    assert Notice.objects.filter(person=world.reporter).count() == int(told)


def reminded(person: Person) -> list[str]:
    found = Notice.objects.filter(person=person, code="notice.reminder").order_by("pk")
    return [one.figures["day"] for one in found]


def remind_on(year: int, day: date) -> None:
    remind(year, on=day, at=datetime.combine(day, datetime.min.time(), tzinfo=AT.tzinfo))


def test_before_an_amendment_the_old_day_is_reminded_of_and_after_it_the_new(world: World) -> None:
    remind_on(2561, date(2017, 9, 8))
    assert reminded(world.reporter) == ["2017-09-15"]
    remind_on(2561, date(2017, 11, 8))
    assert reminded(world.reporter) == ["2017-09-15", "2017-11-15"]


def test_only_bodies_that_a_day_is_for_are_reminded_of_it(world: World) -> None:
    remind_on(2561, date(2017, 11, 8))

    assert (reminded(world.reporter), reminded(world.reporter_d)) == (["2017-11-15"], [])


@pytest.mark.parametrize("last", [date(2011, 11, 2), date(2011, 11, 9)])
def test_a_body_with_a_day_of_its_own_is_reminded_of_its_own(world: World, last: date) -> None:
    other = person("other", (Role.REPORTER, province("TH-70")))
    extend(
        2554,
        "round.12m",
        last_day=last,
        reason="มหาอุทกภัย",
        body=world.province,
        by=world.administrator,
        at=AT,
        on=date(2011, 10, 3),
    )
    for left in (7, 1):
        remind_on(2554, date(2011, 10, 31) - timedelta(days=left))
        if left == 7:
            assert reminded(other) == ["2011-10-31"]
        remind_on(2554, last - timedelta(days=left))

    assert reminded(other).count("2011-10-31") == 2
    assert reminded(world.reporter) == [last.isoformat()] * 2


def test_the_last_day_counts_to_its_end_in_bangkok_and_an_extension_moves_it(world: World) -> None:
    window = entry(2567, "changes.window.6m", world.province)
    assert window is not None
    assert [window.is_open(date(2024, 2, day)) for day in (1, 29)] == [True, True]
    assert [window.is_open(date(2024, month, day)) for month, day in ((1, 31), (3, 1))] == [
        False,
        False,
    ]
    extend(
        2567,
        "changes.window.6m",
        last_day=date(2024, 3, 8),
        reason="อุทกภัย",
        body=world.province,
        by=world.administrator,
        at=AT,
        on=ON,
    )
    for body, open_ in ((world.province, True), (world.department, False)):
        found = entry(2567, "changes.window.6m", body)
        assert found is not None
        assert found.is_open(date(2024, 3, 8)) == open_
    with pytest.raises(Refused) as refused:
        extend(2567, "nothing", last_day=ON, reason="", by=world.administrator, at=AT, on=ON)
    assert codes(refused) == ["calendar.no_such_entry"]
    assert len(entries(2567)) > 5


@pytest.mark.parametrize("hour", [(16, 59), (17, 0)])
def test_a_day_ends_at_midnight_in_bangkok(monkeypatch: pytest.MonkeyPatch, hour: Any) -> None:
    """16:59:59 UTC is still the day in Bangkok; 17:00:00 is the next."""
    clock.pretend(None)
    moment = datetime(2024, 2, 29, *hour, tzinfo=AT.tzinfo)
    monkeypatch.setattr("esar.platform.ui.clock.timezone.now", lambda: moment)
    assert clock.today() == (date(2024, 2, 29) if hour == (16, 59) else date(2024, 3, 1))


LIBRARY_PAGES = [
    "/account/login/",
    "/account/logout/",
    "/account/password/change/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/2fa/",
    "/account/sessions/",
]


@pytest.mark.parametrize("path", LIBRARY_PAGES)
def test_the_pages_of_the_sign_in_library_open_in_our_frame(world: World, path: str) -> None:
    client = Client()
    if path not in ("/account/login/", "/account/password/reset/", "/account/password/reset/done/"):
        client.force_login(world.reporter)
    answer = client.get(path)

    assert answer.status_code == 200
    assert 'class="site-head"' in answer.content.decode()


def test_a_second_step_is_set_up_and_then_asked_for(world: World) -> None:
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    client, password = Client(), "a-long-passphrase-1"
    login = {"login": world.analyst.email, "password": password}
    assert client.post("/account/login/", login)["Location"] == "/desk/"
    again = "/account/reauthenticate/?next=/account/2fa/totp/activate/"
    assert client.post(again, {"password": password})["Location"] == "/account/2fa/totp/activate/"
    page = client.get("/account/2fa/totp/activate/")
    assert page.status_code == 200, page.headers
    secret = page.context["form"].secret
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    done = client.post("/account/2fa/totp/activate/", {"code": code})
    assert done.status_code == 302, done.content.decode()
    assert client.get("/account/2fa/recovery-codes/").status_code == 200

    other = Client()
    asked = other.post("/account/login/", login)
    assert asked["Location"].startswith("/account/2fa/authenticate/")
    assert other.get("/account/2fa/authenticate/").status_code == 200
    assert other.get("/desk/").status_code == 302
    wrong = other.post("/account/2fa/authenticate/", {"code": "000000"})
    assert (wrong.status_code, "_auth_user_id" in other.session) == (200, False)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("สั้น", "สั้นกว่า 12"),
        ("123456789012345", "ตัวเลขล้วน"),
        ("reporter@example", "คล้ายชื่อ"),
        ("password1234567", ""),
    ],
)
def test_a_weak_password_is_refused_in_thai(world: World, password: str, said: str) -> None:
    client = Client()
    client.force_login(world.reporter)
    data = {"oldpassword": "a-long-passphrase-1", "password1": password, "password2": password}
    answer = client.post("/account/password/change/", data)

    assert answer.status_code == (200 if said else 302)
    assert said in answer.content.decode()


@pytest.mark.django_db
def test_no_one_signs_up_by_themselves(client: Client) -> None:
    data = {
        "email": "x@example.test",
        "password1": "a-long-passphrase-1",
        "password2": "a-long-passphrase-1",
    }
    client.post("/account/signup/", data)
    assert not Person.objects.filter(email="x@example.test").exists()


@pytest.mark.django_db
def test_demo_accounts_are_offered_only_in_demo_mode(client: Client, settings: Any) -> None:
    assert "บัญชีสาธิต" in client.get("/account/login/").content.decode()
    settings.DEMO = False
    assert "บัญชีสาธิต" not in client.get("/account/login/").content.decode()
    with pytest.raises(RuntimeError):
        clock.pretend(ON)


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_is_due_and_does_a_days_chores_once(world: World) -> None:
    from django.core.management import call_command

    from esar.operations.jobs import by_the_day
    from esar.platform.history.models import DailyHead

    Person.objects.filter(pk=world.reporter.pk).update(mail="digest")
    Person.objects.filter(pk=world.approver.pk).update(mail="at_once")
    card = draft(world)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)
    clock.pretend(date(2023, 10, 9))  # 21 days before 30 October
    call_command("worker", once=True)

    assert sorted(one.to[0] for one in mail.outbox) == [
        "approver@example.test",
        "reporter@example.test",
    ]
    assert by_the_day(on=date(2023, 10, 9), at=AT) is False
    assert DailyHead.objects.count() == 1


def test_a_reporter_who_has_not_begun_is_told_where_to(world: World) -> None:
    client = Client()
    client.force_login(world.reporter)
    before = client.get("/desk/").context["pile"].lines
    draft(world)
    after = client.get("/desk/").context["pile"].lines

    asks = [(line.work.asks, line.work.path) for line in before]
    assert asks == [("page.to_begin", "/2567/scorecards/")]
    assert [line.work.asks for line in after] == ["scorecard-state.draft"]


def test_a_person_sees_their_own_roles_on_their_account(world: World, client: Client) -> None:
    client.force_login(world.reporter)
    page = client.get("/account/").content.decode()

    assert world.province.name_th in page
    assert "ยังไม่มีหน้าที่" not in page
