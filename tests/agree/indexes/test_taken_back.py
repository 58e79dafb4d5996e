"""What was recorded of a host by mistake is taken back by who recorded it, while it is offered."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.indexes.actions import record_host_change, take_back_host_change
from esar.agree.indexes.models import HostChange
from esar.agree.indexes.queries import offered_indexes
from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Role
from tests.agree.indexes.make import HOST_CHANGE, holder, host_did, listed, moment
from tests.agree.make_forms import browser
from tests.make import FEBRUARY, World, person, request_fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
WHY = "บันทึกผิดดัชนี"


def refused(change: HostChange, by: Any, reason: str = WHY) -> list[str]:
    with pytest.raises(Refused) as refusal:
        take_back_host_change(change, reason, **moment(by))
    return [problem.code for problem in refusal.value.problems]


def test_it_is_as_if_it_had_not_been_but_for_the_history(world: World) -> None:
    holder(world)
    change = host_did(world, listed(world), what="cancelled")
    assert offered_indexes() == {}

    take_back_host_change(change, WHY, **moment(world.analyst))

    assert (HostChange.objects.count(), list(offered_indexes())) == (0, ["WCR"])
    before, after = Event.objects.filter(verb__in=("index.host_changed", "index.taken_back"))
    assert (after.before, after.reason, after.actor_id) == (before.after, WHY, world.analyst.pk)
    notice = Notice.objects.get(code="notice.index_taken_back")
    assert (notice.person, notice.path) == (world.reporter_d, "/indexes/WCR/")


def test_only_who_recorded_it_takes_it_back_and_says_why(world: World) -> None:
    change = host_did(world, listed(world))
    colleague = person("analyst-2", (Role.ANALYST, None))

    assert refused(change, world.administrator) == ["access.wrong_role"]
    assert refused(change, colleague) == ["index.recorded_by_another"]
    assert refused(change, world.analyst, " ") == ["form.no_reason"]
    assert HostChange.objects.get() == change


def test_of_two_that_one_recorded_at_once_each_has_its_own_recorder(world: World) -> None:
    index = listed(world)
    colleague = person("analyst-2", (Role.ANALYST, None))
    own = host_did(world, index)
    said = HOST_CHANGE | {"details": "ปรับน้ำหนักมิติ"}
    theirs = record_host_change(index, said, **moment(colleague))

    assert refused(theirs, world.analyst) == ["index.recorded_by_another"]
    take_back_host_change(own, WHY, **moment(world.analyst))
    assert HostChange.objects.get() == theirs


def test_once_a_body_asks_for_a_change_by_it_it_stays_until_that_is_withdrawn(
    world: World,
) -> None:
    held = holder(world)
    change = host_did(world, listed(world))
    asked = changes.ask(
        held.scorecard, held, request_fields(ground="international"), **moment(world.reporter_d)
    )
    assert refused(change, world.analyst) == ["index.change_is_asked_for"]

    CHANGE_LIFE.move(asked, "withdraw", **moment(world.reporter_d))
    take_back_host_change(change, WHY, **moment(world.analyst))
    assert HostChange.objects.count() == 0
    assert refused(change, world.analyst) == ["index.taken_back_already"]


def test_its_page_has_the_button_for_who_recorded_it(world: World) -> None:
    change = host_did(world, listed(world))
    address = f"/indexes/WCR/host-change/{change.pk}/take-back/"
    colleague = person("analyst-2", (Role.ANALYST, None))
    shows = {
        who: address in browser(who, FEBRUARY).get("/indexes/WCR/").content.decode()
        for who in (world.analyst, colleague, world.reporter)
    }
    assert shows == {world.analyst: True, colleague: False, world.reporter: False}

    assert browser(world.analyst, FEBRUARY).post(address, {"reason": ""}).status_code == 422
    assert browser(world.analyst, FEBRUARY).post(address, {"reason": WHY}).status_code == 302
    assert HostChange.objects.count() == 0


def test_the_page_asks_as_much_of_two_changes_as_of_one(
    world: World, django_assert_num_queries: Any
) -> None:
    index = listed(world)
    host_did(world, index)
    reader = browser(world.analyst, FEBRUARY)
    reader.get("/indexes/WCR/")
    with CaptureQueriesContext(connection) as of_one:
        reader.get("/indexes/WCR/")
    record_host_change(index, HOST_CHANGE | {"details": "ปรับน้ำหนักมิติ"}, **moment(world.analyst))

    with django_assert_num_queries(len(of_one)):
        reader.get("/indexes/WCR/")
