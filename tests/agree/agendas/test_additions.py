"""The Cabinet adds a Joint KPI in mid-year; nothing else does."""

from __future__ import annotations

from datetime import date

import pytest

from esar.agree.agendas.life import ADDITION_LIFE
from esar.agree.agendas.models import MandatedAddition
from esar.agree.agendas.queries import holders_on
from esar.kernel.problems import Refused
from esar.platform.organisations.models import Person
from tests.agree.agendas.make import AT_JULY, DUST, HEAD, JULY, YEAR, addition, holders, load
from tests.make import World

pytestmark = pytest.mark.django_db


def move(thing: MandatedAddition, name: str, by: Person, reason: str = "") -> None:
    ADDITION_LIFE.move(thing, name, by=by, at=AT_JULY, on=JULY, reason=reason)


def refused(thing: MandatedAddition, name: str, by: Person) -> list[str]:
    with pytest.raises(Refused) as refusal:
        move(thing, name, by)
    return [problem.code for problem in refusal.value.problems]


@pytest.fixture
def loaded(world: World) -> World:
    load(world, HEAD + DUST)
    return world


def test_who_a_resolution_names_holds_the_sub_indicator_from_its_day(loaded: World) -> None:
    written = addition(loaded.analyst, (loaded.department, "now"))
    assert refused(written, "enact", loaded.analyst) == ["access.own_work"]

    move(written, "enact", loaded.administrator)

    assert holders("5-01") == [("DIT", []), ("TH-74", ["26", "24", "22"])]
    days = (date(2024, 6, 24), date(2024, 6, 25))
    assert [holders_on(YEAR, day).count() for day in days] == [1, 2]


def test_who_is_to_be_measured_later_holds_nothing_yet(loaded: World) -> None:
    written = addition(loaded.analyst, (loaded.department, "no_station"))

    assert refused(written, "enact", loaded.administrator) == ["addition.no_body"]
    assert holders("5-01") == [("TH-74", ["26", "24", "22"])]


def test_who_holds_it_already_is_not_added(loaded: World) -> None:
    written = addition(loaded.analyst, (loaded.province, "now"))

    assert refused(written, "enact", loaded.administrator) == ["addition.holds_already"]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2024, 10, 1), "addition.day_outside"),
        (date(2023, 9, 30), "addition.day_outside"),
        (date(2023, 11, 8), "addition.not_in_mid_year"),
    ],
)
def test_a_resolution_lies_in_the_year_and_after_the_approval(
    loaded: World, day: date, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        addition(loaded.analyst, (loaded.department, "now"), resolved_on=day)

    assert [problem.code for problem in refusal.value.problems] == [code]


def test_a_draft_is_dropped_with_a_reason(loaded: World) -> None:
    written = addition(loaded.analyst, (loaded.department, "now"))
    assert refused(written, "drop", loaded.analyst) == ["form.no_reason"]

    move(written, "drop", loaded.analyst, "ซ้ำ")

    written.refresh_from_db()
    assert written.state == "dropped"
    assert refused(written, "enact", loaded.administrator) == ["addition.wrong_state"]


def test_nobody_but_opdc_writes_or_enacts_one(loaded: World) -> None:
    with pytest.raises(Refused):
        addition(loaded.reporter, (loaded.department, "now"))
    written = addition(loaded.analyst, (loaded.department, "now"))
    assert refused(written, "enact", loaded.approver) == ["access.wrong_role"]
