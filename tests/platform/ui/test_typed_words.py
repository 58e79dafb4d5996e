"""What a person typed stands on every page that says it was not taken, to be copied."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.platform.history.models import Event
from esar.platform.organisations.forms import EndForm
from esar.platform.organisations.models import Appointment
from esar.platform.ui import clock
from tests.make import AT, FEBRUARY, ON, World, draft, open_sitting, submitted

# Searches, the sign-in, a KPI's number: nothing that one pastes from a document.
SEARCHES = {
    "_find.html",
    "beside.html",
    "filter_bar.html",
    "recipients.html",
    "delivery.html",
    "login.html",
    "search.html",
    "reuse.html",
}
REASON = "โปรดแก้คำนิยาม และแนบหนังสือ"
HERE = {"HTTP_REFERER": "http://testserver/reports/1/kpis/1.1/"}


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def typed(page: Any) -> list[tuple[str, str]]:
    """(label, words) of what the page gives back."""
    pairs = re.findall(
        r'<label for="typed-\d+">(.*?)</label>\s*<textarea[^>]*>\n(.*?)</textarea>',
        page.content.decode(),
        re.DOTALL,
    )
    return [(unescape(label), unescape(words)) for label, words in pairs]


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_refused_move_gives_back_its_reason(world: World) -> None:
    card = submitted(world)
    answer = client_of(world.approver).post(
        f"/scorecards/{card.pk}/move/send_back/", {"seen": "x", "reason": REASON}
    )

    assert (answer.status_code, typed(answer)) == (422, [("เหตุผล", REASON)])


@pytest.mark.usefixtures("world")
def test_figures_days_and_words_are_given_back_and_no_codes() -> None:
    sent = {"entry": "report.12m", "last_day": "2024-05-01", "reason": REASON, "item": "8"}
    answer = Client().post("/calendar/2567/extend/", sent | {"value-2023-10": "1,234"}, **HERE)

    assert typed(answer) == [
        ("วันสิ้นสุด", "2024-05-01"),
        ("เหตุผล", REASON),
        ("ข้อความที่พิมพ์ 2023-10", "1,234"),
    ]


@pytest.mark.usefixtures("world")
def test_who_is_signed_out_while_writing_gets_the_words_back_and_the_way_to_the_page() -> None:
    sent = {"csrfmiddlewaretoken": "t" * 64, "revision": "3", "did": REASON, "actual": "82.5"}
    answer = Client().post("/reports/1/kpis/1.1/months/", sent, **HERE)

    assert (answer.status_code, typed(answer)) == (
        401,
        [("การดำเนินงานที่ผ่านมา", REASON), ("ผลการดำเนินงาน", "82.5")],
    )
    way = 'href="/account/login/?next=/reports/1/kpis/1.1/"'
    assert way in answer.content.decode()


@pytest.mark.usefixtures("world")
def test_who_typed_nothing_is_asked_to_sign_in_and_comes_back_to_a_page() -> None:
    answer = Client().post("/reports/1/move/propose/", {"seen": "0f0f;a=b"}, **HERE)

    assert answer["Location"] == "/account/login/?next=/reports/1/kpis/1.1/"


@pytest.mark.usefixtures("world")
def test_a_page_that_saves_by_itself_is_sent_to_the_sign_in_as_before() -> None:
    answer = Client().post("/reports/1/kpis/1.1/", {"did": REASON}, HTTP_X_AUTOSAVE="1", **HERE)

    assert answer["Location"] == "/account/login/?next=/reports/1/kpis/1.1/"


def test_an_expired_page_gives_back_what_was_typed_on_it(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.reporter)
    answer = client.post("/scorecards/1/kpis/1.1/", {"name": REASON}, **HERE)

    assert (answer.status_code, typed(answer)) == (403, [("ข้อความที่พิมพ์", REASON)])


def test_another_sites_words_are_not_shown_as_ours(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.reporter)
    answer = client.post(
        "/scorecards/1/kpis/1.1/", {"name": REASON}, HTTP_REFERER="https://evil.example/"
    )

    assert (answer.status_code, typed(answer)) == (403, [])


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("/account/login/", {"login": "a@b.go.th", "password": "รหัส ที่ยาวมาก"}),
        (
            "/account/password/change/",
            {"oldpassword": "รหัส ที่ยาวมาก", "password1": "รหัส ใหม่", "password2": "รหัส ใหม่"},
        ),
    ],
)
def test_a_password_is_never_given_back(page: str, sent: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(page, sent, HTTP_REFERER=f"http://testserver{page}")

    assert (answer.status_code, typed(answer)) == (403, [])


LONG = "ก" * 2001


def test_a_reason_that_is_too_long_is_told_and_given_back_not_cut(world: World) -> None:
    card = draft_proposed(world)
    client = client_of(world.approver)
    answer = client.post(f"/scorecards/{card.pk}/move/send_back/", {"reason": LONG})

    assert (answer.status_code, typed(answer)) == (422, [("เหตุผล", LONG)])
    assert "ข้อความยาวเกิน 2000 ตัวอักษร" in answer.content.decode()
    card.refresh_from_db()
    assert card.state == "proposed"


def test_a_reason_of_signs_without_width_is_none(world: World) -> None:
    card = draft_proposed(world)
    client = client_of(world.approver)
    answer = client.post(f"/scorecards/{card.pk}/move/send_back/", {"reason": "\u200b\u2060"})

    card.refresh_from_db()
    assert (answer.status_code, card.state) == (422, "proposed")


def test_a_reason_is_kept_in_the_normal_form_of_text(world: World) -> None:
    card = draft_proposed(world)
    client_of(world.approver).post(
        f"/scorecards/{card.pk}/move/send_back/", {"reason": "น\u0e4d\u0e32\u200bส่ง\r\nใหม่"}
    )

    event = Event.objects.get(verb="scorecard.send_back")
    assert event.reason == "นำส่ง\nใหม่"


def test_a_role_does_not_end_with_a_reason_that_is_too_long_and_the_page_says_so(
    world: World,
) -> None:
    role = Appointment.objects.get(person=world.reporter)
    answer = client_of(world.administrator).post(
        f"/people/{world.reporter.pk}/roles/{role.pk}/end/", {"reason": LONG}
    )

    assert typed(answer) == [("เหตุผล", LONG)]
    assert "ข้อความยาวเกิน 500 ตัวอักษร" in answer.content.decode()


def test_no_field_cuts_what_is_pasted() -> None:
    """A browser cuts a paste at maxlength without a word; the server says what is too long."""
    templates = [path for path in Path("esar").rglob("*.html") if "maxlength" in path.read_text()]
    assert {path.name for path in templates} - SEARCHES == set()
    assert "maxlength" not in str(EndForm()["reason"])


def draft_proposed(world: World) -> Any:
    card = draft(world)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)
    card.refresh_from_db()
    return card


def test_a_figure_that_is_too_long_is_given_back_too(world: World) -> None:
    long = "9" * 20
    answer = client_of(world.approver).post(
        f"/scorecards/{submitted(world).pk}/move/send_back/", {"seen": "x", "votes_for": long}
    )
    assert [words for _, words in typed(answer)] == [long]


def test_who_lost_their_role_while_writing_gets_the_words_back(world: World) -> None:
    sitting = open_sitting(world, world.level1, submitted(world))
    secretary = world.secretaries["L1-P"]
    client, path = client_of(secretary), f"/sittings/{sitting.pk}/"
    Appointment.objects.filter(person=secretary).update(last_day=ON)
    minutes = {"minutes": REASON, "seen": "x"}
    answer = client.post(f"{path}move/close/", minutes, HTTP_REFERER=f"http://testserver{path}")
    elsewhere = client.post("/nowhere/", minutes, HTTP_REFERER="https://evil.example/")

    assert (answer.status_code, typed(answer)) == (404, [("รายงานการประชุม", REASON)])
    assert (elsewhere.status_code, typed(elsewhere)) == (404, [])


def test_what_was_typed_outlives_an_error_of_ours(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError

    path = f"/scorecards/{submitted(world).pk}/move/send_back/"
    monkeypatch.setattr(SCORECARD_LIFE, "move", broken)
    client = client_of(world.approver)
    client.raise_request_exception = False
    answer = client.post(path, {"reason": REASON}, **HERE)

    assert (answer.status_code, typed(answer)) == (500, [("เหตุผล", REASON)])


def test_a_small_latin_word_is_given_back_where_a_form_takes_words_and_a_choice_is_not(
    world: World,
) -> None:
    posted = {"unit": "km", "number": "1.10", "direction": "higher", "state": "draft"}
    answer = client_of(world.approver).post(
        f"/scorecards/{submitted(world).pk}/move/send_back/", {"seen": "x", **posted}
    )
    assert [words for _, words in typed(answer)] == ["km", "1.10"]
