"""What was used: entered by whom, held against the day, added up exactly."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from esar.kernel.problems import Refused
from esar.law.rules.kinds import OrderedTopics
from esar.law.rules.text import Text
from esar.platform.history.models import Event
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from esar.report.activity_plans.monthly.models import Usage
from esar.report.activity_plans.monthly.usage.actions import enter
from esar.report.activity_plans.monthly.usage.queries import books_of, reaches, saving
from tests.make import World, person

OCTOBER, NOVEMBER, DECEMBER = date(2017, 10, 1), date(2017, 11, 1), date(2017, 12, 1)
ON = date(2018, 1, 5)


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def office(world: World) -> Person:
    return person("energy", (Role.CENTRAL_OWNER, world.province))


def put(
    world: World,
    thing: str,
    by: Person,
    said: dict[date, tuple[str | None, str | None]],
    on: date = ON,
) -> int:
    months = {
        month: (used and Decimal(used), baseline and Decimal(baseline))
        for month, (used, baseline) in said.items()
    }
    at = datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC)
    return enter(world.province, 2561, thing, months, by=by, at=at, on=on)  # type: ignore[arg-type]


def paper_of(world: World) -> Any:
    return next(one for one in books_of(world.province, 2561) if one.thing == "paper")


@pytest.mark.django_db
def test_the_energy_office_enters_energy_and_the_province_paper_and_budget(
    world: World, office: Person
) -> None:
    assert put(world, "electricity", office, {OCTOBER: ("5000", None)}) == 1
    assert put(world, "budget", world.reporter, {OCTOBER: ("90", "100")}) == 1
    for thing, by in (("electricity", world.reporter), ("paper", office), ("fuel", world.owner)):
        with pytest.raises(Refused) as refused:
            put(world, thing, by, {OCTOBER: ("1", "1")})
        assert [one.code for one in refused.value.problems] == ["access.wrong_role"]


@pytest.mark.django_db
def test_energy_entered_on_the_2nd_is_in_time_and_on_the_3rd_late(
    world: World, office: Person
) -> None:
    put(world, "electricity", office, {OCTOBER: ("5000", None)}, on=date(2017, 11, 2))
    put(world, "fuel", office, {OCTOBER: ("70", None)}, on=date(2017, 11, 3))
    put(world, "electricity", office, {OCTOBER: ("5100", None)}, on=date(2017, 12, 9))
    assert [(one.thing, one.used, one.is_late) for one in Usage.objects.all()] == [
        ("electricity", 5100, False),
        ("fuel", 70, True),
    ]


@pytest.mark.django_db
def test_every_wrong_month_is_told_at_once_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(Refused) as refused:
        put(
            world,
            "paper",
            world.reporter,
            {
                OCTOBER: ("9", None),
                NOVEMBER: ("-1", "10"),
                date(2018, 2, 1): ("1", "1"),
                date(2018, 10, 1): ("1", "1"),
            },
        )
    assert [one.code for one in refused.value.problems] == [
        "usage.half",
        "usage.negative",
        "usage.not_begun",
        "usage.not_due",
        "usage.not_begun",
    ]
    assert not Usage.objects.exists()


@pytest.mark.django_db
def test_a_month_left_empty_is_not_zero(world: World) -> None:
    put(world, "paper", world.reporter, {OCTOBER: ("0", "10"), NOVEMBER: (None, None)})
    rows = paper_of(world).rows
    assert [rows[0].entry.used, rows[1].entry] == [0, None]
    assert [rows[1].is_missing(ON), rows[3].is_missing(ON)] == [True, False]


@pytest.mark.django_db
def test_the_saving_is_of_the_running_totals_not_an_average(world: World) -> None:
    put(world, "paper", world.reporter, {OCTOBER: ("50", "100"), NOVEMBER: ("1000", "1000")})
    book = paper_of(world)
    assert [row.saved for row in book.rows[:2]] == [Decimal("50.00"), Decimal("4.55")]
    assert (book.last.used, book.last.baseline, book.reaches) == (1050, 1100, False)


@pytest.mark.django_db
def test_ten_per_cent_exactly_is_enough(world: World) -> None:
    put(world, "paper", world.reporter, {OCTOBER: ("90", "100")})
    assert paper_of(world).reaches is True


@pytest.mark.django_db
def test_what_was_entered_before_stays_in_the_log(world: World) -> None:
    put(world, "paper", world.reporter, {OCTOBER: ("90", "100")})
    put(world, "paper", world.reporter, {OCTOBER: ("85", "100")})
    assert put(world, "paper", world.reporter, {OCTOBER: ("85", "100")}) == 0
    last = Event.objects.filter(verb="usage.entered").last()
    assert last is not None
    assert (last.before["used"], last.after["used"]) == ("90", "85")


@pytest.mark.django_db
def test_what_was_overwritten_later_says_so_on_the_page(world: World) -> None:
    clock.pretend(date(2018, 5, 2))
    put(world, "paper", world.reporter, {OCTOBER: ("90", "100"), NOVEMBER: ("80", "100")})
    put(world, "paper", world.reporter, {OCTOBER: ("85", "100")}, on=date(2018, 5, 2))
    entries = [one.entry for one in paper_of(world).rows[:2]]
    assert [one.changed_on for one in entries] == [date(2018, 5, 2), None]
    client = Client()
    client.force_login(world.analyst)
    page = client.get("/plan-usage/2561/TH-74/").content.decode()
    assert page.count("แก้ไขล่าสุด 2 พฤษภาคม 2561 โดย คุณreporter") == 1


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)), min_size=1, max_size=12))
def test_the_saving_is_exact_whatever_the_months(months: list[tuple[int, int]]) -> None:
    from fractions import Fraction

    baseline, used = sum(one for one, _ in months), sum(one for _, one in months)
    shown = saving(Decimal(used), Decimal(baseline))
    assert shown is not None
    exact = Fraction((baseline - used) * 100, baseline)
    assert abs(Fraction(shown) - exact) <= Fraction(1, 200)
    topic = OrderedTopics.Topic(
        "paper", Text("", ""), OCTOBER, OCTOBER, Text("", ""), True, Decimal(10)
    )
    assert reaches(Decimal(used), Decimal(baseline), topic) == (exact >= 10)


def test_nothing_entered_is_neither_saved_nor_short() -> None:
    assert (saving(None, None), saving(Decimal(5), Decimal(0))) == (None, None)
    assert reaches(None, None, None) is None


@pytest.mark.django_db
def test_the_page_and_the_form(world: World, office: Person) -> None:
    clock.pretend(ON)
    base = "/plan-usage/2561/TH-74/"
    client = Client()
    client.force_login(office)
    assert client.get(base).status_code == 200
    seen = {"seen": client.get(f"{base}electricity/").context["mark"]}
    typed = seen | {"used-2017-10": "๕,๐๐๐.๕", "used-2017-11": ""}
    assert client.post(f"{base}electricity/", typed).status_code == 302
    assert client.post(f"{base}electricity/", {"used-2017-10": "มาก"}).status_code == 422
    assert client.get(f"{base}paper/").status_code == 403
    assert [one.used for one in Usage.objects.all()] == [Decimal("5000.5")]
    line = "electricity,2017-10,5000.5,,2017-11-02,2018-01-05,5000.5,,"
    assert line in client.get("/plan-usage/2561/TH-74.csv").content.decode().splitlines()
    client.force_login(world.reporter_d)
    assert client.get(base).status_code == 404
    client.force_login(world.analyst)
    assert client.get("/plan-usage/2567/TH-74/").status_code == 404


@pytest.mark.django_db
def test_of_two_who_enter_one_month_the_second_is_shown_what_the_first_kept(world: World) -> None:
    clock.pretend(ON)
    path = "/plan-usage/2561/TH-74/paper/"
    client = Client()
    client.force_login(world.reporter)
    seen = {"seen": client.get(path).context["mark"]}
    october = {"used-2017-10": "70", "baseline-2017-10": "90"}
    assert client.post(path, seen | october).status_code == 302
    assert client.post(path, seen | october).status_code == 302  # the same again is no conflict
    second = client.post(path, seen | october | {"used-2017-10": "30"})

    assert (second.status_code, second.context["form"]["used-2017-10"].value()) == (409, "30")
    assert [entry.used for entry in second.context["theirs"]] == [70]
    without_mark = client.post(path, october | {"used-2017-10": "30"})
    assert without_mark.status_code == 422
    assert Usage.objects.get().used == 70
    compared = {"seen": second.context["mark"]}
    assert client.post(path, compared | october | {"used-2017-10": "30"}).status_code == 302
    assert Usage.objects.get().used == 30


@pytest.mark.django_db
def test_a_month_that_is_emptied_on_its_page_is_told_that_it_stays(world: World) -> None:
    clock.pretend(ON)
    put(world, "paper", world.reporter, {OCTOBER: ("70", "90")})
    path = "/plan-usage/2561/TH-74/paper/"
    client = Client()
    client.force_login(world.reporter)
    seen = client.get(path).context["mark"]
    answer = client.post(path, {"seen": seen, "used-2017-10": "", "baseline-2017-10": ""})

    sentence = "ตุลาคม 2560 กระดาษ (รีม): บันทึกไว้แล้ว 70 จึงลบไม่ได้ โปรดกรอกปริมาณที่ถูกต้อง"
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, [sentence])
    assert Usage.objects.get().used == 70


@pytest.mark.django_db
def test_the_page_asks_the_database_no_more_for_more_months(world: World) -> None:
    clock.pretend(ON)
    client = Client()
    client.force_login(world.analyst)
    client.get("/plan-usage/2561/TH-74/")
    counted = []
    for months in ({OCTOBER: ("9", "10")}, {NOVEMBER: ("9", "10"), DECEMBER: ("9", "10")}):
        put(world, "paper", world.reporter, months)
        with CaptureQueriesContext(connection) as queries:
            client.get("/plan-usage/2561/TH-74/")
        counted.append(len(queries))
    assert counted[0] == counted[1]
