"""A body asks for a later day: written, sent, and granted or refused with a reason."""

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
from esar.report.extensions.life import EXTENSION_LIFE
from esar.report.extensions.models import ExtensionRequest
from tests.make import AT, ON, World, press

pytestmark = pytest.mark.django_db
ENTRY, LATER = "report-due.12m", date(2024, 12, 31)


def move(request: ExtensionRequest, name: str, by: Person, reason: str = "") -> ExtensionRequest:
    EXTENSION_LIFE.move(request, name, by=by, at=AT, on=ON, reason=reason)
    return request


def begun(world: World, last_day: date = LATER, rule_id: str = ENTRY) -> ExtensionRequest:
    request = ExtensionRequest(body=world.province, fiscal_year=2567, reason="น้ำท่วม")
    request.last_day, request.rule_id = last_day, rule_id
    return move(request, "begin", world.reporter)


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
    request = move(begun(world), "send", world.approver)
    move(request, "grant", world.administrator)

    bound = entry(2567, ENTRY, world.province)
    assert (request.state, bound and bound.last) == ("granted", LATER)
    assert set(Notice.objects.values_list("person", "code")) == {
        (world.administrator.pk, "notice.extension_send"),
        (world.reporter.pk, "notice.extension_grant"),
        (world.approver.pk, "notice.extension_grant"),
    }
    events = EXTENSION_LIFE.events_of(request, "extension.").order_by("number")
    assert [(event.verb, event.after["state"]) for event in events] == [
        ("extension.asked", "draft"),
        ("extension.send", "sent"),
        ("extension.grant", "granted"),
    ]


def test_it_is_refused_with_a_reason_by_nobody_who_wrote_or_sent_it(world: World) -> None:
    request = begun(world)
    assert refused(request, "send", world.reporter) == ["access.wrong_role"]
    move(request, "send", world.approver)
    assert refused(request, "grant", world.approver) == ["access.wrong_role"]
    assert refused(request, "refuse", world.administrator) == ["form.no_reason"]
    move(request, "refuse", world.administrator, "ยังมีเวลา")

    assert request.state == "refused"
    assert refused(request, "grant", world.administrator) == ["extension.wrong_state"]


@pytest.mark.parametrize(
    ("last_day", "rule_id", "code"),
    [
        (date(2024, 10, 31), ENTRY, "extension.not_later"),
        (LATER, "report-due.13m", "calendar.no_such_entry"),
        (date(2025, 10, 1), ENTRY, "calendar.too_late"),
        (date(2042, 12, 31), ENTRY, "calendar.too_late"),
    ],
)
def test_what_helps_no_one_is_not_begun(
    world: World, last_day: date, rule_id: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        begun(world, last_day, rule_id)

    assert [problem.code for problem in refusal.value.problems] == [code]
    assert not ExtensionRequest.objects.exists()


def test_a_day_that_came_to_be_no_later_is_not_sent_but_can_be_refused(world: World) -> None:
    request, sent = begun(world), begun(world, date(2024, 12, 30))
    move(sent, "send", world.approver)
    extend(2567, ENTRY, last_day=LATER, reason="น้ำท่วม", by=world.administrator, at=AT, on=ON)

    assert refused(request, "send", world.approver) == ["extension.not_later"]
    assert move(sent, "refuse", world.administrator, "ขยายแล้ว").state == "refused"


def test_it_goes_from_its_reporter_to_the_decision_by_the_pages_alone(world: World) -> None:
    address = reverse("extensions:extension-new", args=["TH-74", 2567])
    reporter = browser(world.reporter)
    reporter.cookies["year"] = "2568"  # another window's; the page's address has its own
    fields = {"entry": ENTRY, "last_day": LATER.isoformat(), "reason": "น้ำท่วม"}
    page = reporter.post(address, fields).headers["Location"]
    assert browser(world.approver).post(f"{page}move/send/").status_code == 422
    assert press(browser(world.approver), page, "send").status_code == 302
    assert press(browser(world.administrator), page, "grant").status_code == 302

    assert ExtensionRequest.objects.filter(state="granted", fiscal_year=2567).count() == 1
    assert browser(world.auditor).get(reverse("extensions:extensions")).status_code == 200
    assert browser(world.reporter_d).get(page).status_code == 404
