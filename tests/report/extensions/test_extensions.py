"""A body asks for a later day: written, sent, and granted or refused with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from esar.kernel.problems import Refused
from esar.platform.calendars.actions import extend
from esar.platform.calendars.queries import entry
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from esar.report.extensions import actions
from esar.report.extensions.life import EXTENSION_LIFE
from esar.report.extensions.models import ExtensionRequest
from tests.make import AT, ON, World, press

pytestmark = pytest.mark.django_db
ENTRY, LATER = "report-due.12m", date(2024, 12, 31)


def asked(world: World, last_day: date = LATER) -> ExtensionRequest:
    fields = {"entry": ENTRY, "last_day": last_day, "reason": "น้ำท่วม"}
    return actions.ask(world.province, 2567, fields, by=world.reporter, at=AT, on=ON)


def move(request: ExtensionRequest, name: str, by: Person, reason: str = "") -> None:
    EXTENSION_LIFE.move(request, name, by=by, at=AT, on=ON, reason=reason)


def refused(request: ExtensionRequest, name: str, by: Person, reason: str = "") -> list[str]:
    with pytest.raises(Refused) as refusal:
        move(request, name, by, reason)
    return [problem.code for problem in refusal.value.problems]


def browser(person: Person) -> Client:
    clock.pretend(ON)
    client = Client()
    client.force_login(person)
    return client


def test_a_granted_request_is_a_later_day_of_the_calendar(world: World) -> None:
    request = asked(world)
    move(request, "send", world.approver)
    move(request, "grant", world.administrator)

    bound = entry(2567, ENTRY, world.province)
    assert (request.state, bound and bound.last) == ("granted", LATER)
    codes = Notice.objects.order_by("pk").values_list("person", "code")
    assert codes[0] == (world.administrator.pk, "notice.extension_send")
    assert {code for _, code in codes} == {"notice.extension_send", "notice.extension_grant"}
    verbs = EXTENSION_LIFE.events_of(request, "extension.").order_by("number")
    assert [event.verb for event in verbs] == [
        "extension.asked",
        "extension.send",
        "extension.grant",
    ]


def test_it_is_refused_with_a_reason_by_nobody_who_wrote_or_sent_it(world: World) -> None:
    request = asked(world)
    assert refused(request, "send", world.reporter) == ["access.wrong_role"]
    move(request, "send", world.approver)
    assert refused(request, "grant", world.approver) == ["access.wrong_role"]
    assert refused(request, "refuse", world.administrator) == ["form.no_reason"]
    move(request, "refuse", world.administrator, "ยังมีเวลา")

    assert request.state == "refused"
    assert refused(request, "grant", world.administrator) == ["extension.wrong_state"]


def test_a_day_that_is_not_later_is_not_asked_for(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        asked(world, date(2023, 10, 1))

    assert [problem.code for problem in refusal.value.problems] == ["extension.not_later"]
    assert not ExtensionRequest.objects.exists()


def test_a_day_that_came_to_be_no_later_is_not_sent(world: World) -> None:
    request = asked(world)
    extend(2567, ENTRY, last_day=LATER, reason="น้ำท่วม", by=world.administrator, at=AT, on=ON)

    assert refused(request, "send", world.approver) == ["extension.not_later"]


def test_no_day_is_moved_before_the_laws_own(world: World) -> None:
    early = date(2024, 10, 30)  # the law's own is the 31st
    with pytest.raises(Refused) as refusal:
        extend(2567, ENTRY, last_day=early, reason="ก", by=world.administrator, at=AT, on=ON)

    assert [problem.code for problem in refusal.value.problems] == ["calendar.before_the_law"]
    extend(2567, ENTRY, last_day=LATER, reason="ก", by=world.administrator, at=AT, on=ON)
    law = date(2024, 10, 31)  # an extension that was a mistake is taken back
    extend(2567, ENTRY, last_day=law, reason="ข", by=world.administrator, at=AT, on=ON)
    bound = entry(2567, ENTRY, world.province)
    assert bound is not None
    assert bound.last == law


def test_the_year_is_that_of_the_page_whatever_is_chosen_meanwhile(world: World) -> None:
    reporter = browser(world.reporter)
    page = reporter.get(reverse("extensions:extension-ask", args=["TH-74"]))
    shown = page.context["form"]["year"].value()
    reporter.cookies["year"] = "2568"
    fields = {"entry": ENTRY, "last_day": LATER.isoformat(), "reason": "น้ำท่วม", "year": shown}
    reporter.post(reverse("extensions:extension-ask", args=["TH-74"]), fields)

    assert (shown, ExtensionRequest.objects.get().fiscal_year) == (2567, 2567)


def test_it_goes_from_its_reporter_to_the_decision_by_the_pages_alone(world: World) -> None:
    reporter = browser(world.reporter)
    fields = {"entry": ENTRY, "last_day": LATER.isoformat(), "reason": "น้ำท่วม"}
    assert (
        reporter.post(reverse("extensions:extension-ask", args=["TH-74"]), fields).status_code
        == 302
    )
    page = reverse("extensions:extension", args=[ExtensionRequest.objects.get().pk])
    assert browser(world.approver).post(f"{page}move/send/").status_code == 422
    assert press(browser(world.approver), page, "send").status_code == 302
    assert press(browser(world.administrator), page, "grant").status_code == 302

    assert ExtensionRequest.objects.get().state == "granted"
    assert browser(world.auditor).get(reverse("extensions:extensions")).status_code == 200
    assert browser(world.reporter_d).get(page).status_code == 404


def test_an_entry_that_the_calendar_does_not_have_is_refused(world: World) -> None:
    fields = {"entry": "report-due.13m", "last_day": LATER, "reason": "น้ำท่วม"}
    with pytest.raises(Refused) as refusal:
        actions.ask(world.province, 2567, fields, by=world.reporter, at=AT, on=ON)

    assert [problem.code for problem in refusal.value.problems] == ["calendar.no_such_entry"]
    assert ExtensionRequest.objects.count() == 0


def test_the_form_names_the_entries_in_the_readers_language(world: World) -> None:
    label = entry(2567, ENTRY, world.province)
    assert label is not None
    reporter = browser(world.reporter)
    address = reverse("extensions:extension-ask", args=["TH-74"])
    thai = reporter.get(address).content.decode()
    reporter.cookies["language"] = "en"
    english = reporter.get(address).content.decode()

    assert [text in thai for text in (label.label.th, label.label.en)] == [True, False]
    assert [text in english for text in (label.label.th, label.label.en)] == [False, True]
