"""People with roles from a list: looked at row by row, then taken in whole; answered or not."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.organisations.actions import invitation_token, person_invited
from esar.platform.organisations.models import Appointment, Person
from esar.platform.organisations.queries import person_states
from esar.platform.role_offers.actions import send_again, withdraw_invitation
from esar.platform.role_offers.lists.actions import preview, take_in, token_of
from esar.platform.role_offers.lists.rows import PersonRow
from esar.platform.role_offers.lists.sheet import text_of_file
from esar.platform.role_offers.lists.staffing import posts
from esar.platform.role_offers.models import RoleOffer
from esar.platform.ui import clock
from tests.make import AT, ON, World
from tests.platform.mail.make import mail_goes_out
from tests.show.public.make import province

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"at": AT, "on": ON}
LIST = """ชื่อ\tอีเมล\tบทบาท\tหน่วยงาน
นางใหม่ หนึ่ง\tnew1@example.test\tผู้รายงาน\tTH-74
นายใหม่ สอง\tNEW2@example.test\treporter, approver\tกรมการค้าภายใน
"""


@pytest.fixture(autouse=True)
def _october(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


def codes(rows: list[PersonRow]) -> dict[int, list[str]]:
    return {row.row: [problem.code for problem in row.problems] for row in rows if row.problems}


def taken_in(world: World, text: str) -> list[str]:
    """What comes of each row of a list that is looked at and then confirmed."""
    rows = preview(text, by=world.administrator, on=ON)
    done = take_in(text, seen=token_of(rows), by=world.administrator, **WHEN)
    return [row.kind for row in done]


def roles(email: str) -> set[tuple[str, str]]:
    appointments = Appointment.objects.filter(person__email=email, last_day=None)
    return set(appointments.values_list("role", "body__code"))


def problems_of(act: Any, *args: Any, **words: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **words)
    return [problem.code for problem in refused.value.problems]


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Appointment, RoleOffer, Event))


# --- What a list says ----------------------------------------------------------------------------


def test_people_are_invited_with_all_their_roles_by_one_mail_each(world: World) -> None:
    assert taken_in(world, LIST) == ["new", "new"]
    assert mail_goes_out() == 2

    assert sorted(to for message in mail.outbox for to in message.to) == [
        "new1@example.test",
        "new2@example.test",
    ]
    assert roles("new1@example.test") == {("reporter", "TH-74")}
    assert roles("new2@example.test") == {("reporter", "DIT"), ("approver", "DIT")}
    assert RoleOffer.objects.count() == 0


def test_the_same_list_again_changes_nothing(world: World) -> None:
    taken_in(world, LIST)
    before = written()

    assert taken_in(world, LIST) == ["same", "same"]
    assert written() == before
    assert mail_goes_out() == 2  # those of the first time


def test_whoever_has_an_account_is_offered_the_role_once(world: World) -> None:
    text = f"{world.reporter.name},{world.reporter.email},approver,TH-74\n"

    assert taken_in(world, text) == ["changed"]
    assert taken_in(world, text) == ["same"]  # it waits for an answer
    assert [offer.role for offer in RoleOffer.objects.all()] == ["approver"]
    assert roles(world.reporter.email) == {("reporter", "TH-74")}


def test_a_preview_writes_nothing(world: World) -> None:
    before = written()
    preview(LIST, by=world.administrator, on=ON)
    assert written() == before


@pytest.mark.parametrize("typed", ["สมุทรสาคร", "จังหวัดสมุทรสาคร", "จ.สมุทรสาคร", "th-74", "สมุทรสา"])
def test_a_body_is_found_by_code_by_name_and_by_part_of_a_name(world: World, typed: str) -> None:
    body = world.province
    type(body).objects.filter(pk=body.pk).update(name_th="จังหวัดสมุทรสาคร")
    rows = preview(f"นาย ก\tk@example.test\treporter\t{typed}", by=world.administrator, on=ON)

    assert [(row.place, row.problems) for row in rows] == [(body, [])]


def test_a_name_of_several_bodies_names_them(world: World) -> None:
    for number, name in ((75, "จังหวัดสมุทรสงคราม"), (11, "จังหวัดสมุทรปราการ")):
        body = province(f"TH-{number}")
        type(body).objects.filter(pk=body.pk).update(name_th=name)
    rows = preview("นาย ก\tk@example.test\treporter\tสมุทร", by=world.administrator, on=ON)

    assert codes(rows) == {1: ["people-list.several_places"]}
    assert str(rows[0].problems[0].figures["names"]).count("TH-") >= 2


def test_everything_wrong_is_told_at_once_and_nothing_is_written(world: World) -> None:
    Person.objects.filter(pk=world.owner.pk).update(is_active=False, closed_on=ON)
    text = "\n".join(
        [
            "name,email,role,body,seat",
            "นาย ก,ไม่ใช่อีเมล,reporter,TH-74,",
            ",b@example.test,reporter,TH-74,",
            "นาย ค,c@example.test,จอมยุทธ,TH-74,",
            "นาย ง,d@example.test,administrator,,",
            "นาย จ,e@example.test,reporter,NOWHERE-1,",
            "นาย ฉ,f@example.test,reporter,,",
            "นาย ช,g@example.test,analyst,TH-74,",
            'นาย ซ,h@example.test,"reporter,member",TH-74,',
            "นาย ฌ,i@example.test,reporter,TH-74,",
            "นาย ญ,i@example.test,reporter,TH-74,",
            f"คนอื่น,{world.reporter.email},approver,TH-74,",
            f"{world.owner.name},{world.owner.email},reporter,TH-74,",
            f"{world.administrator.name},{world.administrator.email},analyst,,",
        ]
    )
    before = written()
    rows = preview(text, by=world.administrator, on=ON)

    assert codes(rows) == {
        2: ["people-list.bad_email"],
        3: ["people-list.no_name"],
        4: ["people-list.unknown_role"],
        5: ["people-list.administrator"],
        6: ["people.unknown_place"],
        7: ["people.role_needs_place"],
        8: ["people-list.no_place_needed"],
        9: ["people-list.places_differ"],
        10: ["people-list.twice", "people-list.two_names"],
        11: ["people-list.twice", "people-list.two_names"],
        12: ["people-list.name_differs"],
        13: ["people.is_closed"],
        14: ["people.not_to_yourself"],
    }
    take = {"seen": token_of(rows), "by": world.administrator, **WHEN}
    assert len(problems_of(take_in, text, **take)) == 15
    assert written() == before


def test_what_changed_since_the_preview_is_not_taken_in(world: World) -> None:
    seen = token_of(preview(LIST, by=world.administrator, on=ON))
    Person.objects.create_user("new1@example.test", "นางใหม่ หนึ่ง", "a-long-passphrase-1")
    before = written()

    refused = problems_of(take_in, LIST, seen=seen, by=world.administrator, **WHEN)
    assert refused == ["people-list.changed_meanwhile"]
    assert problems_of(take_in, LIST, seen="", by=world.administrator, **WHEN) == refused
    assert written() == before


def test_only_an_administrator_of_their_own_role_takes_a_list_in(world: World) -> None:
    for role, person in world.by_role.items():
        if role != "administrator":
            assert problems_of(preview, LIST, by=person, on=ON) == ["people.only_administrator"]


@pytest.mark.parametrize("text", ["", " \n\t\n", "ชื่อ,โทรศัพท์\nก,1"])
def test_what_is_no_list_is_refused(world: World, text: str) -> None:
    assert problems_of(preview, text, by=world.administrator, on=ON) in (
        ["people-list.none"],
        ["people-list.no_header"],
    )


@pytest.mark.parametrize("many", [1, 30])
def test_a_preview_costs_the_same_however_long(
    world: World, many: int, django_assert_num_queries: Any
) -> None:
    lines = [f"นาย ก{n},n{n}@example.test,reporter,TH-74" for n in range(many)]
    with django_assert_num_queries(7):
        preview("\n".join(lines), by=Person.objects.get(pk=world.administrator.pk), on=ON)


def test_a_workbook_says_the_same_as_what_is_pasted_and_keeps_its_row_numbers(
    world: World,
) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["รายชื่อ"])
    sheet.append(["ชื่อ", "อีเมล", "บทบาท", "หน่วยงาน"])
    sheet.append([])
    sheet.append(["นางใหม่ หนึ่ง", "new1@example.test", "ผู้รายงาน", "TH-74"])
    sheet.append([])
    sheet.append(["นายใหม่ สอง", "bad", "reporter", "DIT"])
    out = BytesIO()
    book.save(out)
    rows = preview(text_of_file(out.getvalue(), "a.xlsx"), by=world.administrator, on=ON)

    assert [(row.row, row.name) for row in rows] == [(4, "นางใหม่ หนึ่ง"), (6, "นายใหม่ สอง")]
    assert codes(rows) == {6: ["people-list.bad_email"]}


# --- Answered or not -----------------------------------------------------------------------------


def invited(world: World, email: str = "new1@example.test") -> Person:
    taken_in(world, LIST)
    return Person.objects.get(email=email)


def test_a_withdrawn_invitation_gives_nothing_and_can_be_made_anew(world: World) -> None:
    person = invited(world)
    old_link = invitation_token(person)
    withdraw_invitation(person, by=world.administrator, reason="ผิดคน", **WHEN)

    assert problems_of(person_invited, old_link) == ["people.bad_invitation"]
    assert roles(person.email) == set()
    assert taken_in(world, LIST) == ["new", "same"]
    assert roles(person.email) == {("reporter", "TH-74")}
    fresh = Person.objects.get(pk=person.pk)
    assert person_invited(invitation_token(fresh)) == fresh
    assert problems_of(person_invited, old_link) == ["people.bad_invitation"]


def test_what_was_answered_is_neither_withdrawn_nor_sent_again(world: World) -> None:
    person = invited(world)
    person.set_password("a-long-passphrase-1")
    person.save()
    administrator = world.administrator

    for refused in (
        problems_of(withdraw_invitation, person, by=administrator, reason="ก", **WHEN),
        problems_of(send_again, [person], by=administrator, **WHEN),
    ):
        assert refused == ["people.no_open_invitation"]


def test_only_an_administrator_withdraws_and_sends_again(world: World) -> None:
    person = invited(world)
    for role, somebody in world.by_role.items():
        if role == "administrator":
            continue
        refused = problems_of(withdraw_invitation, person, by=somebody, reason="ก", **WHEN)
        assert refused == ["people.only_administrator"]
        assert problems_of(send_again, [person], by=somebody, **WHEN) == refused


def test_a_withdrawal_says_why(world: World) -> None:
    person = invited(world)
    refused = problems_of(withdraw_invitation, person, by=world.administrator, reason=" ", **WHEN)
    assert refused == ["form.no_reason"]


def test_to_all_nobody_is_written_to_twice_in_a_day(world: World) -> None:
    invited(world)
    mail_goes_out()
    everybody = list(Person.objects.filter(email__startswith="new"))
    later = AT + timedelta(days=2)
    day = {"by": world.administrator, "on": ON + timedelta(days=2), "within": timedelta(days=1)}

    assert send_again(everybody, by=world.administrator, within=timedelta(days=1), **WHEN) == 0
    assert send_again(everybody, at=later, **day) == 2
    assert send_again(everybody, at=later, **day) == 0


# --- The pages -----------------------------------------------------------------------------------


@pytest.fixture
def client(world: World) -> Client:
    signed_in = Client()
    signed_in.force_login(world.administrator)
    return signed_in


def test_the_page_shows_every_row_before_anything_is_written(client: Client) -> None:
    path = reverse("role_offers:people-list")
    before = written()[:3]
    shown = client.post(path, {"rows": LIST})
    assert (shown.status_code, written()[:3]) == (200, before)
    assert "นางใหม่ หนึ่ง" in shown.content.decode()
    seen = shown.context["seen"]
    done = client.post(path, {"rows": LIST, "confirmed": "1", "seen": seen})
    assert (done.status_code, Person.objects.filter(email="new2@example.test").count()) == (302, 1)


def test_the_page_takes_a_file_and_then_what_it_showed_of_it(client: Client) -> None:
    path = reverse("role_offers:people-list")
    file = SimpleUploadedFile(
        "people.csv",
        LIST.replace("\t", ",").replace("reporter, approver", '"reporter, approver"').encode(),
    )
    shown = client.post(path, {"file": file})
    assert shown.status_code == 200
    rows = shown.context["form"]["rows"].value()
    done = client.post(path, {"rows": rows, "confirmed": "1", "seen": shown.context["seen"]})

    assert done.status_code == 302
    assert roles("new2@example.test") == {("reporter", "DIT"), ("approver", "DIT")}


def test_a_row_with_a_problem_is_a_422_and_cannot_be_confirmed(client: Client) -> None:
    path, wrong = reverse("role_offers:people-list"), LIST.replace("TH-74", "TH-99")
    shown = client.post(path, {"rows": wrong})
    assert shown.status_code == 422
    assert "new1@example.test" in shown.content.decode()
    assert 'name="confirmed"' not in shown.content.decode()
    pressed = client.post(path, {"rows": wrong, "confirmed": "1", "seen": ""})
    assert (pressed.status_code, Person.objects.filter(email="new1@example.test").count()) == (
        422,
        0,
    )


def test_invitations_are_sent_again_to_all_from_a_page_that_names_them(
    world: World, client: Client
) -> None:
    invited(world)
    clock.pretend(ON + timedelta(days=2))
    path = reverse("role_offers:send-again")
    page = client.get(path)
    assert [person.email for person in page.context["people"]] == [
        "new1@example.test",
        "new2@example.test",
    ]
    assert client.post(path).status_code == 302
    assert Event.objects.filter(verb="person.invited_again").count() == 2


def test_an_invitation_is_sent_again_or_withdrawn_on_the_persons_page(
    world: World, client: Client
) -> None:
    person = invited(world)
    page = client.get(reverse("organisations:person", args=[person.pk])).content.decode()
    again, withdraw = (
        reverse(f"role_offers:{name}", args=[person.pk])
        for name in ("send-again-to", "invitation-withdraw")
    )
    assert [path in page for path in (again, withdraw)] == [True, True]
    assert client.post(again).status_code == 302
    assert client.post(withdraw, {"reason": "ผิดคน"}).status_code == 302
    assert roles(person.email) == set()


@pytest.mark.parametrize("name", ["people-list", "send-again", "by-body"])
def test_others_find_no_such_page(world: World, name: str) -> None:
    for role, person in world.by_role.items():
        visitor = Client()
        visitor.force_login(person)
        is_let_in = role in (
            "administrator",
            *(("auditor", "analyst") if name == "by-body" else ()),
        )
        answer = visitor.get(reverse(f"role_offers:{name}"))
        assert (role, answer.status_code) == (role, 200 if is_let_in else 404)


# --- Who is there --------------------------------------------------------------------------------


def test_a_post_is_filled_or_waits_or_has_nobody(world: World) -> None:
    province("TH-75")
    invited(world)
    taken_in(world, "นาย ก,k@example.test,approver,TH-75")
    states = {(post.body.code, post.role): post.state for post in posts(2567, ON)}

    assert states == {
        ("DIT", "reporter"): "active",
        ("DIT", "approver"): "active",
        ("TH-74", "reporter"): "active",
        ("TH-74", "approver"): "active",
        ("TH-75", "reporter"): "none",
        ("TH-75", "approver"): "invited",
    }


def test_a_post_waits_for_whoever_was_offered_the_role(world: World) -> None:
    province("TH-75")
    taken_in(world, f"{world.reporter.name},{world.reporter.email},reporter,TH-75")
    asked = {post.names for post in posts(2567, ON) if post.state == "invited"}
    assert asked == {world.reporter.name}


@pytest.mark.parametrize("more", [1, 20])
def test_posts_cost_three_queries_however_many_bodies(
    more: int, django_assert_num_queries: Any
) -> None:
    for number in range(more):
        province(f"TH-{10 + number}")
    with django_assert_num_queries(3):
        posts(2567, ON)


def test_everybody_is_in_one_state(world: World) -> None:
    invited(world)
    person = Person.objects.get(email="new2@example.test")
    withdraw_invitation(person, by=world.administrator, reason="ผิดคน", **WHEN)
    Person.objects.filter(pk=world.owner.pk).update(is_active=False, closed_on=ON)
    nobody = world.by_role["nobody"]
    people = {
        state: set(Person.objects.filter(condition))
        for state, condition in person_states(ON).items()
    }

    assert [person.email for person in people["invited"]] == ["new1@example.test"]
    assert people["no_role"] == {person, nobody}
    assert people["closed"] == {world.owner}
    assert sum(map(len, people.values())) == Person.objects.count()
