"""OPDC is told of a change within February or July (minutes 5/2566, 3.2); one may ask before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.reminders import remind_to_tell, to_be_told
from esar.agree.committees import resolutions
from esar.agree.committees.models import AgendaItem
from esar.agree.scorecards.models import ScorecardVersion
from esar.platform.calendars.actions import extend
from esar.platform.history.models import Event
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Committee
from esar.show.worklist.queries import work_for
from tests.agree.changes.make import approved, asked, codes, moment
from tests.make import (
    AT,
    FEBRUARY,
    World,
    close,
    in_force,
    kpi,
    open_sitting,
    request_fields,
    resolved,
    told,
)

pytestmark = pytest.mark.django_db
JANUARY, MARCH_4 = date(2024, 1, 15), date(2024, 3, 4)


def tell(world: World, change: ChangeRequest, day: date, on: date, by: Any = None) -> Any:
    secretary = by or world.secretaries["L2-P"]
    return lambda: CHANGE_LIFE.move(
        change, "tell", by=secretary, at=moment(on), on=on, day=day, letter="มท 0810/123"
    )


def test_a_change_may_be_asked_for_and_decided_before_february(world: World) -> None:
    card = in_force(world)
    change = approved(world, card, on=JANUARY)

    assert (change.state, change.window) == ("tell", "changes.window.6m")
    assert change.decided_on == JANUARY


def test_a_change_is_decided_on_the_day_of_the_sitting_and_not_of_its_minutes(
    world: World,
) -> None:
    card, last = in_force(world), date(2024, 2, 29)
    change = asked(world, card, on=last)
    for name, by in (("propose", world.reporter), ("submit", world.approver)):
        CHANGE_LIFE.move(change, name, by=by, at=moment(last), on=last)
    sitting = open_sitting(world, world.level2, change, on=last)
    secretary = world.secretaries["L2-P"]
    item = AgendaItem.objects.get(sitting=sitting)
    resolutions.resolve(item, "approve", by=secretary, at=moment(last), on=last)
    close(sitting, by=secretary, on=MARCH_4)
    change.refresh_from_db()
    assert change.decided_on == last

    # OPDC was told on the day of the sitting; it records the letter that it received in time.
    tell(world, change, last, MARCH_4, by=world.analyst)()

    change.refresh_from_db()
    assert (change.state, change.told_on) == ("acknowledge", last)


def test_between_the_windows_one_asks_for_july_and_after_july_no_more(world: World) -> None:
    card = in_force(world)
    change = asked(world, card, on=MARCH_4)
    assert change.window == "changes.window.12m"
    CHANGE_LIFE.move(change, "withdraw", by=world.reporter, at=moment(MARCH_4), on=MARCH_4)

    assert asked(world, card, on=date(2024, 7, 31)).window == "changes.window.12m"
    after = date(2024, 8, 1)
    fields = request_fields()
    assert codes(
        changes.ask, card, kpi(card, "1.2"), fields, by=world.reporter, at=moment(after), on=after
    ) == ["change.too_late_to_tell"]


def test_an_approved_change_is_in_force_once_opdc_is_told(world: World) -> None:
    card = in_force(world)
    change = approved(world, card)
    assert (change.state, kpi(card).targets) == ("tell", ["80", "85", "90"])

    told(world, change, on=date(2024, 2, 29), letter="มท 0810/77")

    change.refresh_from_db()
    version = ScorecardVersion.objects.get(scorecard=card, number=2)
    assert (change.state, kpi(card).targets) == ("acknowledge", ["70", "75", "80"])
    assert version.resolution == change.resolution == "คณะ L2-P ครั้งที่ 1/2567 วาระที่ 1"
    assert (change.told_on, change.told_letter) == (date(2024, 2, 29), "มท 0810/77")
    assert change.told_by == world.secretaries["L2-P"]
    event = Event.objects.get(verb="change.tell")
    assert (event.after["told_on"], event.after["letter"]) == ("2024-02-29", "มท 0810/77")


@pytest.mark.parametrize(
    ("decided", "day", "on", "expected"),
    [
        (FEBRUARY, MARCH_4, MARCH_4, ["change.told_outside_windows"]),
        (JANUARY, date(2024, 1, 20), date(2024, 1, 20), ["change.told_outside_windows"]),
        (FEBRUARY, date(2024, 2, 29), date(2024, 2, 28), ["change.told_in_the_future"]),
        (FEBRUARY, date(2024, 2, 5), date(2024, 2, 28), ["change.told_before_decided"]),
        (FEBRUARY, date(2024, 2, 28), MARCH_4, ["change.recorded_too_late"]),
    ],
)
def test_a_notice_outside_its_window_is_refused(
    world: World, decided: date, day: date, on: date, expected: list[str]
) -> None:
    card = in_force(world)
    change = approved(world, card, on=decided)

    assert codes(tell(world, change, day, on)) == expected
    change.refresh_from_db()
    assert (change.state, kpi(card).targets) == ("tell", ["80", "85", "90"])


def test_a_notice_names_its_letter_and_its_day(world: World) -> None:
    change = approved(world, in_force(world))
    by = world.secretaries["L2-P"]
    assert codes(
        CHANGE_LIFE.move, change, "tell", by=by, at=AT, on=FEBRUARY, day=None, letter=""
    ) == ["change.no_letter", "change.no_day"]


def test_opdc_records_in_march_a_letter_that_it_received_in_february(world: World) -> None:
    change = approved(world, in_force(world))
    tell(world, change, date(2024, 2, 28), MARCH_4, by=world.analyst)()
    assert (change.state, change.told_by) == ("acknowledge", world.analyst)


def test_a_recorded_extension_lets_a_body_be_told_of_later(world: World) -> None:
    card = in_force(world)
    change = approved(world, card)
    extend(
        2567,
        "changes.window.6m",
        last_day=date(2024, 3, 8),
        reason="น้ำท่วม",
        body=world.province,
        by=world.administrator,
        at=AT,
        on=MARCH_4,
    )
    tell(world, change, MARCH_4, MARCH_4)()
    assert change.state == "acknowledge"


def test_what_was_not_told_in_february_waits_for_july(world: World) -> None:
    change = approved(world, in_force(world))
    july = date(2024, 7, 1)
    tell(world, change, july, july)()
    assert (change.state, change.window) == ("acknowledge", "changes.window.12m")


def test_the_body_opdc_and_nobody_else_but_the_secretary_tells(world: World) -> None:
    change = approved(world, in_force(world))
    may = {
        role: bool(CHANGE_LIFE.may(person, change, "tell", FEBRUARY))
        for role, person in world.by_role.items()
    }
    assert [role for role in may if may[role]] == ["secretary", "analyst"]


def test_from_the_25th_the_secretary_is_warned_every_day_until_it_is_done(world: World) -> None:
    card = in_force(world)
    change = approved(world, card)
    undecided = changes.ask(
        card, kpi(card, "1.2"), request_fields(), by=world.reporter, at=AT, on=FEBRUARY
    )
    CHANGE_LIFE.move(undecided, "propose", by=world.reporter, at=AT, on=FEBRUARY)
    CHANGE_LIFE.move(undecided, "submit", by=world.approver, at=AT, on=FEBRUARY)
    Notice.objects.all().delete()

    days = [date(2024, 2, 24), date(2024, 2, 25), date(2024, 2, 29), date(2024, 3, 1)]
    assert [remind_to_tell(on=day, at=moment(day)) for day in days] == [0, 2, 2, 0]
    notices = Notice.objects.filter(code="notice.change_to_tell")
    assert {notice.person for notice in notices} == {world.secretaries["L2-P"]}
    assert notices[0].figures == {"day": "2024-02-29", "to_tell": 1, "undecided": 1}
    told(world, change)
    assert remind_to_tell(on=date(2024, 2, 26), at=AT) == 1


def test_the_desk_of_the_secretary_holds_what_is_to_be_told(world: World) -> None:
    change = approved(world, in_force(world))
    secretary, path = world.secretaries["L2-P"], f"/changes/{change.pk}/"
    work = [line for line in work_for(secretary, FEBRUARY, 2567) if line.path == path]
    assert [(line.due, line.asks) for line in work] == [(date(2024, 2, 29), "change-state.tell")]
    others = Committee.objects.exclude(pk=world.level2.pk)
    assert to_be_told(others, FEBRUARY) == []


def test_the_effect_stays_what_was_decided_on(world: World) -> None:
    card = in_force(world)
    change = approved(world, card)
    decided_on = change.effect
    assert decided_on["points"]["old"]["points"] == "0.0000"
    told(world, change)

    resolved(world, world.sub, change, "acknowledge", on=date(2024, 3, 20))

    assert (change.state, change.effect) == ("done", decided_on)


def test_the_page_takes_the_notice_and_keeps_what_was_typed_when_it_is_refused(
    world: World, settings: Any
) -> None:
    from django.test import Client

    change = approved(world, in_force(world))
    client = Client()
    client.force_login(world.secretaries["L2-P"])
    page = f"/changes/{change.pk}/"
    settings.DEMO_DAY = None
    seen = client.get(page).context["seen"]
    data = {"seen": seen, "told_on": "2024-02-28", "told_letter": "มท 0810/9"}
    answer = client.post(f"{page}move/tell/", data)
    assert answer.status_code == 422
    assert "มท 0810/9" in answer.content.decode()
