"""The administrator records that an entry of the calendar ends on another day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from esar.kernel.problems import Refused
from esar.platform.calendars.actions import extend
from esar.platform.calendars.permissions import may_extend
from esar.platform.calendars.queries import entry
from esar.platform.ui import clock
from tests.make import AT, ON, World

pytestmark = pytest.mark.django_db
ENTRY, LATER = "report-due.12m", date(2024, 12, 31)


def test_only_the_administrator_extends(world: World) -> None:
    extending = {who for who, person in world.by_role.items() if may_extend(person, ON)}
    assert extending == {"administrator"}


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


def test_no_day_is_moved_to_where_no_report_of_the_year_is_received(world: World) -> None:
    last = date(2025, 9, 30)  # a year after the fiscal year
    with pytest.raises(Refused) as refusal:
        extend(
            2567,
            ENTRY,
            last_day=last + timedelta(days=1),
            reason="ก",
            by=world.administrator,
            at=AT,
            on=ON,
        )

    assert [problem.code for problem in refusal.value.problems] == ["calendar.too_late"]
    extend(2567, ENTRY, last_day=last, reason="ก", by=world.administrator, at=AT, on=ON)
    bound = entry(2567, ENTRY, world.province)
    assert bound is not None
    assert bound.last == last


@pytest.mark.parametrize("form", ["the administrator's", "a body's"])
def test_a_form_names_the_entries_in_the_readers_language(world: World, form: str) -> None:
    bound = entry(2567, ENTRY, world.province)
    assert bound is not None
    clock.pretend(ON)
    client = Client()
    of_a_body = form == "a body's"
    client.force_login(world.reporter if of_a_body else world.administrator)
    address = (
        reverse("extensions:extension-new", args=["TH-74", 2567])
        if of_a_body
        else reverse("calendars:calendar-extend", args=[2567])
    )
    thai = client.get(address).content.decode()
    client.cookies["language"] = "en"
    english = client.get(address).content.decode()

    assert [text in thai for text in (bound.label.th, bound.label.en)] == [True, False]
    assert [text in english for text in (bound.label.th, bound.label.en)] == [False, True]
