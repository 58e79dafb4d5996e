"""Circular letters: written, signed by another, sent, and received by each once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from esar.kernel.chain import digest
from esar.kernel.problems import Refused
from esar.platform.history.queries import timeline
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from esar.report.letters import actions, life, mailing
from esar.report.letters.forms import LetterForm
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.models import Enclosure, Letter, Recipient
from esar.report.letters.offices import Office, read
from esar.report.letters.queries import content, in_order, recipient_by_token, work_for
from esar.report.letters.receipts import actions as receipts
from esar.report.letters.states import LETTER_EDITS, LETTER_MOVES, LetterState
from esar.report.letters.templatetags.official import official
from tests.make import World, person
from tests.platform.mail.make import mail_goes_out
from tests.report.letters.make import (
    AT,
    ON,
    SAID,
    draft,
    link_of,
    one_of,
    sent,
    since_before,
    when,
)

SAMPLE = Path("samples/letter-recipients-skn.csv")


@pytest.fixture(autouse=True)
def _own_place(settings: Any, tmp_path: Path) -> None:
    """A store of this test's own, the day of the letter, and nobody who guessed before."""
    settings.VAR, settings.CLAMD = tmp_path, ""
    options = {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {
        "evidence": {"BACKEND": "esar.platform.evidence.storage.DiskStorage", "OPTIONS": options}
    }
    clock.pretend(ON)
    cache.clear()


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    """A world where everyone's role began before the letter."""
    made = World()
    since_before()
    return made


def client_of(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


def codes(raised: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in raised.value.problems]


# --- Writing and sending ------------------------------------------------------------------------


def test_words_are_kept_with_arabic_digits_and_shown_with_thai_ones(world: World) -> None:
    letter = Letter.objects.get(pk=draft(world).pk)

    assert letter.number == "สค 0017.2/ว 14080"
    assert official(letter.number) == "สค ๐๐๑๗.๒/ว ๑๔๐๘๐"
    assert official(ON) == "๑๑ ตุลาคม ๒๕๖๐"
    assert official("โทร. 0 3442 strategy1@skn.go.th") == "โทร. ๐ ๓๔๔๒ strategy1@skn.go.th"


def test_a_browser_is_told_where_words_end_that_its_dictionary_does_not_know() -> None:
    marks = {'<span class="whole">': "[", "</span>": "]", "<wbr>": "|"}
    said = official("ผลกระทบ ผู้อำนวยการกองติดตาม ส่วนราชการฯ นายก ฯ ระบบวีดิทัศน์ทางไกล ผลการ กก <b>")
    for markup, mark in marks.items():
        said = said.replace(markup, mark)

    assert said == (
        "ผล|กระทบ [ผู้อำนวยการ]|กองติดตาม ส่วน[ราชการฯ] นายก ฯ ระบบ[วีดิทัศน์]ทางไกล ผล|การ กก &lt;b&gt;"
    )


def test_a_letter_that_is_not_whole_is_refused_with_every_reason(world: World) -> None:
    letter = actions.write(world.province, {"subject": "เรื่อง"}, **when(world))
    with pytest.raises(Refused) as raised:
        LETTER_LIFE.move(letter, "propose", **when(world))

    assert codes(raised) == ["letter.not_said"] * 6 + ["letter.to_nobody"]


def test_nobody_sends_what_they_wrote_and_sending_freezes_it(world: World) -> None:
    letter = draft(world)
    LETTER_LIFE.move(letter, "propose", **when(world))
    both = person("both", (Role.REPORTER, world.province), (Role.APPROVER, world.province))
    since_before()
    LETTER_LIFE.move(letter, "withdraw", **when(world, both))
    actions.edit(letter, {"subject": "เรื่องใหม่"}, **when(world, both))
    LETTER_LIFE.move(letter, "propose", **when(world))
    with pytest.raises(Refused) as raised:
        LETTER_LIFE.move(letter, "send", **when(world, both))
    LETTER_LIFE.move(letter, "send", **when(world, world.approver))
    kept = Letter.objects.select_related("sender").get(pk=letter.pk)

    assert codes(raised) == ["access.own_work"]
    assert (kept.state, kept.sent_on, kept.sha256) == ("sent", ON, digest(content(kept)))
    for change in (
        lambda: actions.edit(kept, {"text": "อื่น"}, **when(world)),
        lambda: actions.address(kept, [], [Office("อื่น")], **when(world)),
        lambda: actions.remove_recipient(one_of(kept), **when(world)),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert codes(refused) == ["letter.wrong_state"]


def test_two_analysts_send_a_letter_of_opdc(world: World) -> None:
    letter = actions.write(None, SAID, **when(world, world.analyst))
    actions.address(letter, [world.province], [], **when(world, world.analyst))
    LETTER_LIFE.move(letter, "propose", **when(world, world.analyst))
    with pytest.raises(Refused) as raised:
        LETTER_LIFE.move(letter, "send", **when(world, world.analyst))
    second = person("analyst-2", (Role.ANALYST, None))
    since_before()
    LETTER_LIFE.move(letter, "send", **when(world, second))

    assert codes(raised) == ["access.own_work"]
    told = Notice.objects.filter(code="notice.letter_sent").values_list("person__email", flat=True)
    assert sorted(told) == ["approver@example.test", "reporter@example.test"]


def test_every_role_state_and_action_of_a_letter_is_as_the_table_says(world: World) -> None:
    letter = draft(world)
    for state in LetterState.values:
        kept = {"sent_on": ON, "sha256": "x" * 64, "number_year": 2017}
        frozen = kept if state in ("sent", "closed") else {}
        clear = {"sent_on": None, "sha256": "", "number_year": None}
        Letter.objects.filter(pk=letter.pk).update(state=state, **(clear | frozen))
        now = Letter.objects.get(pk=letter.pk)
        for role, one in world.by_role.items():
            for name, move in LETTER_MOVES.items():
                expected = state in move.sources and role in move.roles and role != "analyst"
                assert bool(LETTER_LIFE.may(one, now, name, ON)) == expected, (state, role)
            for name, edit in LETTER_EDITS.items():
                expected = state in edit.sources and role in edit.roles and role != "analyst"
                assert bool(LETTER_LIFE.may(one, now, name, ON)) == expected, (state, role, name)


def test_a_number_is_used_once_in_a_year_by_one_sender(world: World) -> None:
    sent(world)
    second = draft(world, "สำนักงานสถิติ")
    with pytest.raises(Refused) as raised:
        LETTER_LIFE.move(second, "propose", **when(world))

    assert codes(raised) == ["letter.number_taken"]


def test_the_database_refuses_a_number_that_the_check_let_through(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(world)
    second = draft(world)
    monkeypatch.setattr(life, "_has_same_number", lambda *_: False)
    LETTER_LIFE.move(second, "propose", **when(world))
    with pytest.raises(Refused) as raised:
        LETTER_LIFE.move(second, "send", **when(world, world.approver))

    second.refresh_from_db()
    assert (codes(raised), second.state) == (["letter.number_taken"], "proposed")


def test_a_number_is_free_for_another_sender_and_in_another_year(world: World) -> None:
    clock.pretend(date(2018, 1, 5))
    first = sent(world)
    second = draft(world, dated=date(2018, 1, 4))
    third = actions.write(None, SAID, **when(world, world.analyst))
    actions.address(third, [world.province], [], **when(world, world.analyst))
    later = {"at": AT, "on": date(2018, 1, 5)}
    LETTER_LIFE.move(second, "propose", by=world.reporter, **later)
    LETTER_LIFE.move(second, "send", by=world.approver, **later)
    LETTER_LIFE.move(third, "propose", by=world.analyst, **later)
    other = person("analyst-2", (Role.ANALYST, None))
    since_before()
    LETTER_LIFE.move(third, "send", by=other, **later)

    found = Letter.objects.order_by("pk").values_list("pk", "number_year")
    assert list(found) == [(first.pk, 2017), (second.pk, 2018), (third.pk, 2017)]


def test_a_letter_that_was_sent_is_not_saved_again(world: World) -> None:
    letter = Letter.objects.get(pk=sent(world).pk)
    letter.text = "อื่น"
    with pytest.raises(TypeError, match="never changed"):
        letter.save()


def test_a_letter_dated_tomorrow_is_not_sent_today(world: World) -> None:
    letter = draft(world, dated=date(2017, 10, 12))
    with pytest.raises(Refused) as raised:
        LETTER_LIFE.move(letter, "propose", **when(world))

    assert codes(raised) == ["letter.dated_later"]


def test_a_correction_is_a_new_letter_to_the_same_recipients(world: World) -> None:
    old = sent(world, "คลังจังหวัด", "ประมงจังหวัด")
    client = client_of(world.reporter)
    page = client.get(f"/letters/new/?corrects={old.pk}").content.decode()
    answer = client.post(
        f"/letters/new/?corrects={old.pk}",
        {"sender": "TH-74", "speed": "normal", "subject": "แก้ไข"},
    )
    new = Letter.objects.exclude(pk=old.pk).get()

    assert "หนังสือ ที่ สค 0017.2/ว 14080 ลงวันที่ 11 ตุลาคม 2560" in page
    assert (answer.status_code, new.corrects_id, new.state) == (302, old.pk, "draft")
    assert [str(one) for one in in_order(new)] == ["คลังจังหวัด", "ประมงจังหวัด"]


def test_a_subject_typed_on_two_lines_is_one(world: World) -> None:
    said = {"speed": "normal", "subject": "สรุปผล\r\nการประชุม ", "sender": "TH-74"}
    client_of(world.reporter).post("/letters/new/", said)

    assert Letter.objects.get().subject == "สรุปผล การประชุม"


# --- The list of offices ------------------------------------------------------------------------


def test_the_29_heads_of_samut_sakhon_are_read_from_the_sample() -> None:
    found = read(SAMPLE.read_text("utf-8-sig"), SAMPLE.name)

    assert len(found) == 29
    assert found[0] == Office("ผู้บังคับการตำรวจภูธรจังหวัดสมุทรสาคร")
    assert found[28] == Office("ผู้อำนวยการกลุ่มงานบริหารทรัพยากรบุคคล")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("คลังจังหวัด\nประมงจังหวัด\n", [Office("คลังจังหวัด"), Office("ประมงจังหวัด")]),
        ("๑. คลังจังหวัด\r\n๒.\tประมงจังหวัด", [Office("คลังจังหวัด"), Office("ประมงจังหวัด")]),
        ("คลังจังหวัด, a@b.go.th", [Office("คลังจังหวัด", "a@b.go.th")]),
        ("ลำดับ\tหัวหน้าส่วนราชการ\tผู้รับ\n๑.\tคลังจังหวัด\t", [Office("คลังจังหวัด")]),
        ('"คลังจังหวัด, ฝ่ายบัญชี"', [Office("คลังจังหวัด, ฝ่ายบัญชี")]),
    ],
)
def test_a_list_is_understood_however_it_is_pasted(text: str, expected: list[Office]) -> None:
    assert read(text) == expected


def test_an_office_that_is_listed_again_with_its_address_gets_it_and_another_is_refused(
    world: World,
) -> None:
    letter = draft(world)
    name, email = "สำนักงาน ก.พ.ร. ภาค ๑", "opdc1@example.test"
    actions.address(letter, [], [Office(name)], **when(world))
    many = actions.address(letter, [], [Office("สำนักงาน ก.พ.ร. ภาค 1", email)], **when(world))
    with pytest.raises(Refused) as raised:
        actions.address(letter, [], [Office(name, "x@example.test")], **when(world))

    recipients = Recipient.objects.filter(letter=letter, body=None)
    assert (many, list(recipients.values_list("name", "email"))) == (1, [(name, email)])
    assert [(problem.code, problem.figures["there"]) for problem in raised.value.problems] == [
        ("letter.office_other_email", email)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["letter.no_offices"]),
        ("ลำดับ,หัวหน้าส่วนราชการ\n", ["letter.no_offices"]),
        ("1,,\n", ["letter.office_no_name"]),
        ("คลัง,not@an@address\n,a@b.go.th", ["letter.office_email", "letter.office_no_name"]),
        ("คลัง\nประมง\nคลัง", ["letter.office_twice"]),
        ("ก" * 201, ["letter.office_too_long"]),
        ("คลัง\ue000จังหวัด", ["letter.office_control"]),
        ("คลังจังหวัด\nคลัง\u202eจังหวัด", ["letter.office_twice"]),
        ("คลัง,ประมง", ["letter.office_more"]),
        ("คลัง,a@b.go.th,c@d.go.th", ["letter.office_more"]),
        ('"คลัง', ["file.bad_csv"]),
        ("\n".join(f"สำนัก {n}" for n in range(1001)), ["letter.too_many_offices"]),
    ],
)
def test_a_hostile_list_is_refused_with_every_rows_reason(text: str, expected: list[str]) -> None:
    with pytest.raises(Refused) as raised:
        read(text)

    assert codes(raised) == expected


@given(st.text(max_size=400))
def test_any_text_is_a_list_of_different_clean_names_or_refused(text: str) -> None:
    try:
        found = read(text)
    except Refused:
        return
    names = [one.name for one in found]
    assert len(names) == len(set(names)) > 0
    assert all(name == name.strip() and name.isprintable() for name in names)


def test_a_csv_file_is_added_by_the_page_and_its_problems_name_their_rows(world: World) -> None:
    letter = actions.write(world.province, SAID, **when(world))
    client, path = client_of(world.reporter), f"/letters/{letter.pk}/recipients/"
    bad = SimpleUploadedFile("รายชื่อ.csv", "คลัง\nประมง,x@\n".encode())
    refused = client.post(path, {"file": bad})
    tis620 = client.post(path, {"file": SimpleUploadedFile("a.csv", "คลัง".encode("tis-620"))})
    good = SimpleUploadedFile("skn.csv", SAMPLE.read_bytes())
    added = client.post(path, {"file": good})

    assert (refused.status_code, tis620.status_code, added.status_code) == (422, 422, 302)
    assert "รายชื่อ.csv แถว 2" in refused.content.decode()
    assert Recipient.objects.filter(letter=letter).count() == 29
    client.post(path, {"text": "คลังจังหวัดสมุทรสาคร\nสำนักงานใหม่"})
    assert one_of(letter, 30).name == "สำนักงานใหม่"


def test_a_whole_group_of_bodies_is_added_at_once_and_nobody_writes_to_themselves(
    world: World,
) -> None:
    from tests.show.public.make import province

    other = province("TH-75", "กลาง")
    letter = actions.write(world.province, SAID, **when(world))
    client, path = client_of(world.reporter), f"/letters/{letter.pk}/recipients/add/"
    client.post(f"{path}?kind=province", {"all": "1"})
    client.post(path, {"body": [world.department.pk, world.province.pk, "x"]})

    assert [one.body for one in in_order(letter)] == [other, world.department]


# --- Receipts -----------------------------------------------------------------------------------


def test_a_body_receives_once_in_its_own_name(world: World) -> None:
    letter = sent(world)
    assert [one.asks for one in work_for(world.reporter_d, ON)] == ["page.letter_to_receive"]
    path = f"/letters/{letter.pk}/recipients/{one_of(letter).pk}/receive/"
    first = client_of(world.reporter_d).post(path)
    again = client_of(world.approver_d).post(path)
    stranger = client_of(world.reporter).post(path)
    got = one_of(letter)

    assert (first.status_code, again.status_code, stranger.status_code) == (302, 422, 404)
    assert (got.how, got.receiver, got.by) == ("system", "คุณreporter-d", world.reporter_d)
    assert (timeline(letter)[0].verb, timeline(letter)[0].body_code) == ("letter.received", "DIT")
    assert work_for(world.reporter_d, ON) == []


def test_of_two_receipts_at_once_one_is_kept(world: World) -> None:
    letter = sent(world, "คลังจังหวัด")
    seen_by_one, seen_by_other = one_of(letter), one_of(letter)
    receipts.receive_by_link(seen_by_one, "คนแรก", at=AT, on=ON)
    with pytest.raises(Refused) as raised:
        receipts.receive_by_link(seen_by_other, "คนที่สอง", at=AT, on=ON)

    assert codes(raised) == ["letter.received_already"]
    assert one_of(letter).receiver == "คนแรก"


def test_what_waits_stands_on_the_work_list(world: World) -> None:
    letter = draft(world)
    LETTER_LIFE.move(letter, "propose", **when(world))
    to_send = client_of(world.approver).get("/desk/").content.decode()
    LETTER_LIFE.move(letter, "send", **when(world, world.approver))
    to_receive = client_of(world.approver_d).get("/desk/").content.decode()
    done = client_of(world.approver).get("/desk/").content.decode()

    assert ("รอลงนามและส่ง" in to_send, "หนังสือเวียนรอรับ" in to_receive) == (True, True)
    assert f'href="/letters/{letter.pk}/"' not in done


def test_a_link_opens_its_own_letter_only_and_receives_it_once(world: World) -> None:
    letter = sent(world, "คลังจังหวัด", "ประมงจังหวัด")
    path = link_of(letter, world)
    token = path.split("/")[3]
    page = Client().get(path)
    said = page.content.decode()
    first = Client().post(path, {"receiver": "นางสาวกัญญา นักวิชาการ"})
    again = Client().post(path, {"receiver": "ผู้อื่น"})
    got = one_of(letter)

    assert (len(token) >= 43, token not in str(Recipient.objects.values())) == (True, True)
    assert ("คลังจังหวัด" in said, "ประมงจังหวัด" in said) == (True, False)
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert (first.status_code, again.status_code) == (302, 422)
    assert (got.how, got.receiver, got.by) == ("link", "นางสาวกัญญา นักวิชาการ", None)
    assert timeline(letter)[0].actor == "ระบบ"
    assert "นางสาวกัญญา" in Client().get(path).content.decode()


def test_a_new_link_ends_the_old_one_and_a_draft_has_none(world: World) -> None:
    letter = sent(world, "คลังจังหวัด")
    old, new = link_of(letter, world), link_of(letter, world)

    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    second = draft(world, "คลังจังหวัด", number="2")
    with pytest.raises(Refused) as raised:
        receipts.make_links(second, [one_of(second)], **when(world))
    assert codes(raised) == ["letter.wrong_state"]


def test_whoever_guesses_links_is_soon_told_to_wait(world: World) -> None:
    letter = sent(world, "คลังจังหวัด")
    mine = link_of(letter, world)
    guesses = [Client().get(f"/letters/receipt/{n}/").status_code for n in range(32)]

    assert (guesses[:30], guesses[31]) == ([404] * 30, 429)
    assert Client().get(mine).status_code == 200
    assert recipient_by_token("") is None


def test_a_closed_letter_can_be_read_but_not_received(world: World) -> None:
    letter = sent(world, "คลังจังหวัด")
    path = link_of(letter, world)
    LETTER_LIFE.move(letter, "close", **when(world), reason="ครบกำหนด")
    page, answer = Client().get(path), Client().post(path, {"receiver": "ใครสักคน"})

    assert (page.status_code, answer.status_code) == (200, 422)
    assert "ปิดเรื่องแล้ว" in page.content.decode()
    assert one_of(letter).how == ""


def test_a_receipt_on_paper_says_who_wrote_it_down_and_lies_after_the_sending(
    world: World,
) -> None:
    letter = sent(world, "คลังจังหวัด")
    path = f"/letters/{letter.pk}/recipients/{one_of(letter).pk}/paper/"
    client = client_of(world.reporter)
    early = client.post(path, {"receiver": "นายหนึ่ง", "day": "2017-10-10"})
    later = client.post(path, {"receiver": "นายหนึ่ง", "day": "2017-10-12"})
    done = client.post(path, {"receiver": "นายหนึ่ง", "day": "2017-10-11"})
    got = one_of(letter)

    assert (early.status_code, later.status_code, done.status_code) == (422, 422, 302)
    assert (got.how, got.receiver, got.by) == ("paper", "นายหนึ่ง", world.reporter)
    said = client.get(f"/letters/{letter.pk}/").content.decode()
    assert "บันทึกโดย คุณreporter" in said


def test_half_a_receipt_is_refused_by_the_database(world: World) -> None:
    got = one_of(sent(world))
    for half in ({"how": "system"}, {"receiver": "x"}, {"how": "paper", "receiver": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recipient.objects.filter(pk=got.pk).update(**half)


def test_those_who_have_not_are_reminded_once_a_day_and_not_on_the_day_it_was_sent(
    world: World,
) -> None:
    letter = sent(world)
    next_day, day_after = date(2017, 10, 12), date(2017, 10, 13)
    before = Notice.objects.count()
    with pytest.raises(Refused) as at_once:
        receipts.remind(letter, **when(world))
    many = receipts.remind(letter, **when(world) | {"on": next_day})
    with pytest.raises(Refused) as again:
        receipts.remind(letter, **when(world) | {"on": next_day})
    receipts.receive(one_of(letter), **when(world, world.reporter_d))
    with pytest.raises(Refused) as nobody:
        receipts.remind(letter, **when(world) | {"on": day_after})

    assert (many, Notice.objects.count() - before) == (1, 2)
    assert [codes(refused) for refused in (at_once, again, nobody)] == [
        ["letter.sent_today"],
        ["letter.reminded_today"],
        ["letter.nobody_waits"],
    ]


def test_a_reminder_pressed_twice_mails_an_office_one_new_link_and_the_button_is_gone(
    world: World,
) -> None:
    letter = actions.write(world.province, SAID, **when(world))
    actions.address(letter, [], [Office("คลังจังหวัด", "skn@example.test")], **when(world))
    LETTER_LIFE.move(letter, "propose", **when(world))
    LETTER_LIFE.move(letter, "send", **when(world, world.approver))
    mailing.mail_links.func(letter.pk)
    buttons = []
    for day in (ON, date(2017, 10, 12)):
        clock.pretend(day)
        client, page = client_of(world.reporter), f"/letters/{letter.pk}/"
        buttons.append(f'action="{page}remind/"' in client.get(page).content.decode())
        answers = [client.post(f"{page}remind/").status_code for _ in range(2)]
        mailing.mail_links.func(letter.pk)
        buttons.append(f'action="{page}remind/"' in client.get(page).content.decode())

    mail_goes_out()
    assert (buttons, answers) == ([False, False, True, False], [302, 422])
    assert [letter_sent.to for letter_sent in mail.outbox] == [["skn@example.test"]] * 2


def test_an_office_with_an_address_gets_its_link_by_mail_and_nothing_else_keeps_it(
    world: World,
) -> None:
    letter = actions.write(world.province, SAID, **when(world))
    offices = [Office("คลังจังหวัด", "skn@example.test"), Office("ประมงจังหวัด")]
    actions.address(letter, [], offices, **when(world))
    LETTER_LIFE.move(letter, "propose", **when(world))
    LETTER_LIFE.move(letter, "send", **when(world, world.approver))
    done = mailing.mail_links.func(letter.pk)
    again = mailing.mail_links.func(letter.pk)
    mail_goes_out()
    letter_sent = mail.outbox[0]
    path = re.search(r"/letters/receipt/[^\s]+", letter_sent.body)

    assert (done, again, letter_sent.to) == (1, 0, ["skn@example.test"])
    assert path is not None
    assert Client().get(path[0]).status_code == 200
    assert str(one_of(letter).mailed_at)[:4] != "None"


def test_links_are_shown_in_one_answer_to_the_sender_only(world: World) -> None:
    letter = sent(world, "คลังจังหวัด", "ประมงจังหวัด")
    answer = client_of(world.reporter).post(f"/letters/{letter.pk}/links/")
    found = re.findall(r"/letters/receipt/[\w-]{43}/", answer.content.decode())

    assert (len(found), answer.headers["Cache-Control"]) == (2, "private, no-store")
    assert client_of(world.auditor).post(f"/letters/{letter.pk}/links/").status_code == 404
    assert client_of(world.reporter_d).post(f"/letters/{letter.pk}/links/").status_code == 404


# --- Who sees what ------------------------------------------------------------------------------


def test_a_draft_is_its_bodys_and_a_sent_letter_also_its_recipients_and_opdcs(
    world: World,
) -> None:
    path = f"/letters/{draft(world).pk}/"
    people = {**world.by_role, "reporter-d": world.reporter_d}
    before = {name for name, one in people.items() if client_of(one).get(path).status_code == 200}
    sent_path = f"/letters/{sent(world, number='9').pk}/"
    after = {
        name for name, one in people.items() if client_of(one).get(sent_path).status_code == 200
    }

    assert before == {"reporter", "approver"}
    assert after == before | {"reporter-d", "analyst", "administrator", "assessor", "auditor"}


def test_a_recipient_sees_the_letter_and_not_who_else_got_it(world: World) -> None:
    from tests.show.public.make import province

    other = province("TH-75")
    letter = draft(world)
    actions.address(letter, [other], [], **when(world))
    LETTER_LIFE.move(letter, "propose", **when(world))
    LETTER_LIFE.move(letter, "send", **when(world, world.approver))
    client = client_of(world.reporter_d)
    said = client.get(f"/letters/{letter.pk}/").content.decode()
    printed = client.get(f"/letters/{letter.pk}/print/").content.decode()
    table = client.get("/letters/letters.csv").content.decode()

    assert (other.name_th in said, other.name_th in printed) == (False, False)
    assert client.get(f"/letters/{letter.pk}/receipts.csv").status_code == 404
    assert table.splitlines()[1].endswith("sent,,")


def test_a_demo_letter_says_so_on_every_page_of_it_and_on_paper(world: World) -> None:
    letter = sent(world, "คลังจังหวัด")
    client, path = client_of(world.reporter), f"/letters/{letter.pk}/"
    pages = ["/letters/", path, f"{path}print/", link_of(letter, world)]

    def says() -> list[bool]:
        return ["ข้อมูลสาธิต" in client.get(page).content.decode() for page in pages]

    before = says()
    Letter.objects.filter(pk=letter.pk).update(is_demo=True)

    assert (before, says()) == ([False] * 4, [True] * 4)


def test_an_enclosure_is_a_download_for_those_who_have_the_letter(world: World) -> None:
    letter = draft(world, "คลังจังหวัด")
    client = client_of(world.reporter)
    none = client.post(f"/letters/{letter.pk}/files/")
    fake = SimpleUploadedFile("a.pdf", b"not a pdf")
    refused = client.post(f"/letters/{letter.pk}/files/", {"file": fake})
    good = SimpleUploadedFile("สรุป.txt", "สรุปผลการประชุม".encode())
    client.post(f"/letters/{letter.pk}/files/", {"file": good})
    LETTER_LIFE.move(letter, "propose", **when(world))
    LETTER_LIFE.move(letter, "send", **when(world, world.approver))
    path = link_of(letter, world)
    one = Enclosure.objects.get(letter=letter)

    assert (none.status_code, refused.status_code) == (422, 422)
    for reader, address in (
        (Client(), f"{path}files/{one.pk}/"),
        (client, f"/letters/{letter.pk}/files/{one.pk}/"),
    ):
        given: Any = reader.get(address)
        assert given.headers["Content-Type"] == "application/octet-stream"
        assert given.getvalue().decode() == "สรุปผลการประชุม"
    other = client_of(world.reporter_d).get(f"/letters/{letter.pk}/files/{one.pk}/")
    assert other.status_code == 404
    assert client.post(f"/letters/{letter.pk}/files/{one.pk}/remove/").status_code == 422


def test_receipts_as_csv_tell_who_has_not_first(world: World) -> None:
    letter = sent(world, "=คลัง", "ประมงจังหวัด")
    receipts.receive_by_link(one_of(letter), "นายหนึ่ง", at=AT, on=ON)
    said = client_of(world.reporter).get(f"/letters/{letter.pk}/receipts.csv").content.decode()

    assert said.splitlines()[1:] == [
        "2,,ประมงจังหวัด,,,,,",
        "1,,'=คลัง,,2017-10-11,นายหนึ่ง,link,",
    ]


def test_pages_of_letters_cost_the_same_with_one_and_with_three(world: World) -> None:
    client = client_of(world.reporter)

    def costs(letter: Letter) -> list[int]:
        found = []
        for path in (
            "/letters/",
            f"/letters/{letter.pk}/",
            f"/letters/{letter.pk}/print/",
            f"/letters/{letter.pk}/receipts.csv",
            "/letters/letters.csv",
        ):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(path).status_code == 200
            found.append(len(seen))
        return found

    client.get("/letters/")
    one = costs(sent(world, "ก"))
    sent(world, "ก", "ข", number="2")
    three = costs(sent(world, "ก", "ข", "ค", number="3"))

    assert one == three


def test_the_desk_costs_the_same_with_one_letter_and_with_three(world: World) -> None:
    sent(world)
    with CaptureQueriesContext(connection) as one:
        assert len(work_for(world.reporter_d, ON)) == 1
    sent(world, number="2")
    sent(world, number="3")
    with CaptureQueriesContext(connection) as three:
        assert len(work_for(world.reporter_d, ON)) == 3

    assert (len(one), len(three)) == (3, 1)  # a person's roles are read once


def test_of_two_who_write_a_letter_the_slower_is_told_and_overwrites_nothing(world: World) -> None:
    letter = draft(world)
    before = actions.mark_of_letter(letter)
    actions.edit(letter, {"text": "ของคนแรก", "seen": before}, **when(world))
    with pytest.raises(Refused) as refused:
        actions.edit(letter, {"text": "ของคนหลัง", "seen": before}, **when(world))

    letter.refresh_from_db()
    assert (codes(refused), letter.text) == (["letter.changed_meanwhile"], "ของคนแรก")


def test_what_the_printed_letter_says_before_a_line_is_not_typed_into_it() -> None:
    """ที่ ที่ ๑/๒๕๖๗ was printed, and a number with it was another number than without."""
    typed = {
        "speed": "normal",
        "number": "ที่ นค ๐๐๑๗/ว ๑",
        "subject": "เรื่อง  ส่งรายงาน",
        "to": "เรียน ผู้ว่าราชการจังหวัด",
        "refers": "อ้างถึง หนังสือจังหวัด",
        "enclosed": "สิ่งที่ส่งมาด้วย แบบรายงาน",
    }
    form = LetterForm(typed)
    words = LetterForm(typed | {"subject": "เรื่องร้องเรียน", "to": "ที่ ก", "number": "ที่"})

    assert form.is_valid(), form.errors
    assert {name: form.cleaned_data[name] for name in list(typed)[1:]} == {
        "number": "นค ๐๐๑๗/ว ๑",
        "subject": "ส่งรายงาน",
        "to": "ผู้ว่าราชการจังหวัด",
        "refers": "หนังสือจังหวัด",
        "enclosed": "แบบรายงาน",
    }
    assert words.is_valid(), words.errors
    assert [words.cleaned_data[name] for name in ("subject", "to", "number")] == [
        "เรื่องร้องเรียน",
        "ที่ ก",
        "ที่",
    ]
