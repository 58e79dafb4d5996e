"""Central data: an owner delivers, bodies object, the owner decides; all of it or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from esar.kernel.problems import Refused
from esar.law.rules.kinds import CentralData
from esar.law.rules.owners import rule_for
from esar.platform.history.ledger import WRITTEN
from esar.platform.history.models import Event
from esar.platform.history.queries import timeline
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.ui import books, clock
from esar.report.central_data import permissions
from esar.report.central_data.actions import check_file
from esar.report.central_data.data_sets.queries import data_set, data_sets
from esar.report.central_data.life import DELIVERY_LIFE, OBJECTION_LIFE
from esar.report.central_data.models import CentralValue, Delivery, Objection
from esar.report.central_data.objections.actions import object_to
from esar.report.central_data.queries import (
    bodies_expected,
    not_delivered,
    objections_to_decide,
    open_objections,
    values_for,
)
from esar.report.central_data.states import (
    DELIVERY_MOVES,
    OBJECTION_MOVES,
    DeliveryState,
    ObjectionState,
)
from esar.report.central_data.template import workbook_of
from tests.make import World, person
from tests.report.central_data.make import (
    AT,
    HEAD,
    ON,
    ROUND,
    RULE,
    YEAR,
    decide,
    discard,
    objected,
    publish,
    published,
    sent,
    value_of,
    withdraw,
)
from tests.show.public.make import department, province

LAST = date(2024, 11, 5)  # 15 days later


@pytest.fixture
def owner(world: World) -> Person:  # noqa: ARG001 bodies must be there
    """Someone who gives central data for OPDC, as the rulebook has it."""
    return person("opdc-owner", (Role.CENTRAL_OWNER, department("OPDC", "สำนักงาน ก.พ.ร. ทดสอบ")))


def codes(raised: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in raised.value.problems]


def found_in(delivery: Delivery) -> list[tuple[int | None, str]]:
    return [(one["row"], one["code"]) for one in delivery.problems]


# --- The rulebook's sets ------------------------------------------------------------------------


def test_a_set_is_a_rule_in_each_round_that_scores_its_component() -> None:
    assert [(one.rule_id, one.round_id, one.owner) for one in data_sets(YEAR)] == [
        ("central-data.digital", "12m", "OPDC"),
        ("central-data.pmqa", "12m", "OPDC"),
    ]
    assert data_set(YEAR, "6m", RULE) is None
    assert data_sets(2561) == data_sets(1999) == []


def test_the_rule_of_a_kpi_is_found_by_its_component() -> None:
    book = books.book(YEAR)
    assert book is not None
    rules = book.on(book.year.last_day, "province")
    found = [rule_for(rules, one, "", "12m") for one in ("digital", "pmqa", "performance")]

    assert [rule.id if rule else None for rule in found] == [
        "central-data.digital",
        "central-data.pmqa",
        None,
    ]


@pytest.mark.parametrize(
    ("listed", "listed_as", "covered"),
    [
        ("e3", "province-kpis/e3", True),
        ("province-kpis/e3", "province-kpis/e3", True),
        ("e3", "province-kpis/e33", False),
        ("other/e3", "province-kpis/e3", False),
        ("e3", "", False),
    ],
)
def test_the_rule_of_a_listed_kpi_is_found_by_its_place_in_the_list(
    listed: str, listed_as: str, covered: bool
) -> None:
    from dataclasses import replace

    book = books.book(YEAR)
    assert book is not None
    rules = book.on(book.year.last_day)
    rule = rules.need(RULE, CentralData)
    value = replace(rule.value, component=None, listed=(listed,))
    changed = replace(rule, version=replace(rule.version, value=value))
    rules = replace(rules, by_id={RULE: changed})

    assert (rule_for(rules, "performance", listed_as, "12m") is not None) == covered


# --- A file is checked --------------------------------------------------------------------------


def test_a_good_file_is_kept_and_nothing_counts_yet(owner: Person) -> None:
    delivery = sent(owner)

    assert (delivery.state, delivery.number, delivery.problems) == ("checking", 1, [])
    assert [row["value"] for row in delivery.rows] == ["80", "0", None]
    assert CentralValue.objects.count() == Notice.objects.count() == 0
    assert timeline(delivery)[0].verb == "central.checked"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("NOWHERE,,80,", "central.unknown_body"),
        (",,80,", "central.no_code"),
        ("DIT,,สูง,", "file.not_a_number"),
        ("DIT,,100.01,", "central.off_scale"),
        ("DIT,,-0.01,", "central.off_scale"),
        ("DIT,,,", "central.no_value_no_reason"),
        ("DIT,,80,ไม่ได้ประเมิน", "central.value_and_reason"),
        ("DIT,,-,", "file.word_for_nothing"),
        ("DIT,จังหวัดอื่น,80,", "central.name_differs"),
        ("DIT,,80.12345,", "form.too_many_decimals"),
        ("DIT,,1e2,", "file.scientific"),
        ("MOC,,80,", "central.unknown_body"),
    ],
)
def test_a_row_says_what_is_wrong_with_it(owner: Person, row: str, code: str) -> None:
    delivery = sent(owner, f"TH-74,,80,\nOPDC,,80,\n{row}\n")

    assert (4, code) in found_in(delivery)
    assert [number for number, _ in found_in(delivery) if number not in (4, None)] == []


@pytest.mark.parametrize(
    ("typed", "value"), [("๘๐.๕", "80.5"), ("0", "0"), ("-0", "0"), ("100.0000", "100")]
)
def test_a_figure_is_read_as_people_write_it(owner: Person, typed: str, value: str) -> None:
    assert sent(owner, f"DIT,,{typed},\n").rows[0]["value"] == value


def test_of_a_body_that_stands_twice_neither_row_is_sound(owner: Person) -> None:
    delivery = sent(owner, "TH-74,,80,\nDIT,,70,\nth-74,,90,\nOPDC,,1,\n")
    values = publish(delivery, True, by=owner, at=AT, on=ON)

    assert found_in(delivery) == [(2, "central.twice"), (4, "central.twice")]
    assert sorted(one.body.code for one in values) == ["DIT", "OPDC"]


def test_bodies_without_a_row_are_named(owner: Person) -> None:
    delivery = sent(owner, "TH-74,,80,\n")

    assert delivery.problems == [
        {
            "row": None,
            "code": "central.missing",
            "figures": {"count": 2, "bodies": delivery.problems[0]["figures"]["bodies"]},
        }
    ]
    assert sorted(delivery.problems[0]["figures"]["bodies"]) == ["DIT", "OPDC"]


@pytest.mark.parametrize("before", ["", "จ.", "จ. ", "จว.", "จังหวัด "])
@pytest.mark.parametrize("office", ["สำนักงาน  ก.พ.ร. ทดสอบ", "สนง. ก.พ.ร.ทดสอบ"])
def test_a_name_may_be_thai_english_or_as_people_shorten_it(
    world: World, owner: Person, before: str, office: str
) -> None:
    name = before + world.province.name_th.removeprefix("จังหวัด")
    rows = f"TH-74,{name},80,\nDIT,department dit,70,\nOPDC,{office},1,\n"

    assert sent(owner, rows).problems == []


def test_a_new_file_takes_the_place_of_one_that_waits(owner: Person) -> None:
    first, second = sent(owner), sent(owner)
    first.refresh_from_db()

    assert (first.state, second.state, second.number) == ("discarded", "checking", 2)
    with pytest.raises(Refused) as raised:
        publish(first, False, by=owner, at=AT, on=ON)
    assert codes(raised) == ["central.wrong_state"]


def test_the_form_for_the_owner_comes_back_whole(owner: Person) -> None:
    one = data_set(YEAR, ROUND, RULE)
    assert one is not None
    book = load_workbook(io.BytesIO(workbook_of(one, bodies_expected(one).order_by("code"))))
    sheet = book["ข้อมูลกลาง"]
    filled = {"DIT": 70.5, "OPDC": 0, "TH-74": 100}
    for row in range(2, 5):
        sheet.cell(row, 3).value = filled[sheet.cell(row, 1).value]
    out = io.BytesIO()
    book.save(out)
    file = ContentFile(out.getvalue(), name="form.xlsx")
    delivery = check_file(file, YEAR, ROUND, RULE, by=owner, at=AT, on=ON)

    assert delivery.problems == []
    assert {row["code"]: row["value"] for row in delivery.rows} == {
        "DIT": "70.5",
        "OPDC": "0",
        "TH-74": "100",
    }


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"PK\x03\x04 broken", "file.broken_zip"),
        ("a.csv", b"", "file.empty"),
        ("a.json", b"{}", "file.unknown_suffix"),
        ("a.xlsm", b"x", "file.macros"),
        ("a.csv", b"hello", "central.no_header"),
        ("a", b"x", "file.unknown_suffix"),
        ("a.csv", (HEAD + "\n").encode(), "file.no_rows"),
        ("a.csv", "รหัสหน่วยงาน,ค่า,สี\nDIT,1,\n".encode(), "file.unknown_header"),
        ("a.csv", "รหัสหน่วยงาน,ค่า,ค่า\nDIT,1,2\n".encode(), "file.duplicate_header"),
        ("a.csv", (HEAD + "DIT,,1,,,,9\n").encode(), "file.row_wider"),
        ("a.csv", (HEAD + "DIT,,1,\n" * 2001).encode(), "central.too_many_rows"),
        ("a.csv", HEAD.encode("cp874"), "file.tis620"),
    ],
)
def test_a_file_without_a_table_is_refused_and_leaves_nothing(
    owner: Person, name: str, data: bytes, code: str
) -> None:
    events = Event.objects.count()
    with pytest.raises(Refused) as raised:
        check_file(ContentFile(data, name=name), YEAR, ROUND, RULE, by=owner, at=AT, on=ON)

    assert codes(raised) == [code]
    assert (Delivery.objects.count(), Event.objects.count()) == (0, events)


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a"])
def test_an_unknown_kind_of_file_is_told_which_kinds_are_read_here(
    owner: Person, name: str
) -> None:
    file = ContentFile(b"DIT,1", name=name)
    with pytest.raises(Refused) as raised:
        check_file(file, YEAR, ROUND, RULE, by=owner, at=AT, on=ON)

    assert [problem.figures["known"] for problem in raised.value.problems] == [".xlsx, .ods, .csv"]


# --- Publishing ---------------------------------------------------------------------------------


def test_publishing_writes_every_value_and_zero_is_not_no_data_is_not_missing(
    world: World, owner: Person
) -> None:
    other = province("TH-10")
    published(owner)

    assert value_of(world.province).value == Decimal("80")
    assert (value_of(world.department).value, value_of(world.department).no_data) == (0, "")
    nothing = value_of(Body.objects.get(code="OPDC"))
    assert (nothing.value, nothing.no_data) == (None, "อยู่ระหว่างประเมิน")
    assert values_for(other, YEAR, ROUND) == {}
    told = Notice.objects.filter(code="notice.central_published")
    assert {one.person for one in told} == {
        world.reporter,
        world.approver,
        world.reporter_d,
        world.approver_d,
    }
    assert told[0].figures["day"] == LAST.isoformat()


def test_a_file_with_problems_is_published_only_when_that_is_chosen(owner: Person) -> None:
    delivery = sent(owner, "TH-74,,80,\nDIT,,มาก,\nOPDC,,1,\n")
    with pytest.raises(Refused) as raised:
        publish(delivery, False, by=owner, at=AT, on=ON)
    assert codes(raised) == ["central.has_problems"]
    assert CentralValue.objects.count() == 0

    publish(delivery, True, by=owner, at=AT, on=ON)
    delivery.refresh_from_db()

    assert sorted(CentralValue.objects.values_list("body__code", flat=True)) == ["OPDC", "TH-74"]
    assert (delivery.state, delivery.partial) == ("published", True)


def test_a_file_without_a_sound_row_is_never_published(owner: Person) -> None:
    delivery = sent(owner, "DIT,,มาก,\n")
    with pytest.raises(Refused) as raised:
        publish(delivery, True, by=owner, at=AT, on=ON)

    assert codes(raised) == ["central.nothing_sound"]


def test_only_what_is_new_or_changed_gets_a_number_and_a_notice(
    world: World, owner: Person
) -> None:
    published(owner)
    Notice.objects.all().delete()
    later = published(owner, "TH-74,,81,\nDIT,,0,\nOPDC,,,อยู่ระหว่างประเมิน\n")

    assert [(one.body.code, one.number) for one in later] == [("TH-74", 2)]
    assert {one.person for one in Notice.objects.all()} == {world.reporter, world.approver}
    assert value_of(world.department).number == 1


def test_a_value_is_never_edited_nor_deleted(world: World, owner: Person) -> None:
    published(owner)
    one = value_of(world.province)
    one.value = Decimal(99)
    for attempt in (
        one.save,
        one.delete,
        CentralValue.objects.all().delete,
        lambda: CentralValue.objects.update(value=1),
    ):
        with pytest.raises(TypeError):
            attempt()

    assert value_of(world.province).value == Decimal(80)


@pytest.mark.each_database
@pytest.mark.parametrize(
    "fields", [{"value": 1, "no_data": "x"}, {"value": None, "no_data": ""}, {"number": 0}]
)
def test_the_database_refuses_impossible_values(
    world: World, owner: Person, fields: dict[str, Any]
) -> None:
    published(owner)
    old = value_of(world.province)
    whole = {
        "body": old.body,
        "fiscal_year": YEAR,
        "round_id": ROUND,
        "rule_id": RULE,
        "number": 2,
        "value": 1,
        "no_data": "",
        "delivery": old.delivery,
        "by": owner,
        "at": AT,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        CentralValue.objects.create(**(whole | fields))


def test_a_discarded_file_never_counts(owner: Person) -> None:
    delivery = sent(owner)
    discard(delivery, by=owner, at=AT, on=ON)
    with pytest.raises(Refused):
        publish(delivery, False, by=owner, at=AT, on=ON)

    assert (delivery.state, CentralValue.objects.count()) == ("discarded", 0)


CELL = st.one_of(
    st.sampled_from(["TH-74", "DIT", "OPDC", "80", "0", "", "-", "ไม่มี", "=1+1", "1e9", "\t", "๕"]),
    st.text(max_size=8),
)
CALM = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@CALM
@given(
    rows=st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=6),
    head=st.booleans(),
    partial=st.booleans(),
)
def test_a_bad_table_never_leaves_anything_half_written(
    owner: Person, rows: list[list[str]], head: bool, partial: bool
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    data = ((HEAD if head else "") + out.getvalue()).encode("utf-8", "surrogatepass")
    point = transaction.savepoint()
    before = Event.objects.count()
    try:
        file = ContentFile(data, name="x.csv")
        delivery = check_file(file, YEAR, ROUND, RULE, by=owner, at=AT, on=ON)
    except Refused:
        assert (Delivery.objects.count(), Event.objects.count()) == (0, before)
    else:
        try:
            values = publish(delivery, partial, by=owner, at=AT, on=ON)
        except Refused:
            delivery.refresh_from_db()
            assert (delivery.state, CentralValue.objects.count()) == ("checking", 0)
            assert Event.objects.count() == before + 1
        else:
            faulty = {one["row"] for one in delivery.problems}
            sound = [row for row in delivery.rows if row["row"] not in faulty]
            assert len(values) == CentralValue.objects.count() == len(sound)
            assert partial or not delivery.problems
            assert Event.objects.count() == before + 2 + len(values)
    transaction.savepoint_rollback(point)


# --- Objections ---------------------------------------------------------------------------------


def test_an_objection_is_told_to_the_owner_and_upheld_makes_the_next_value(
    world: World, owner: Person
) -> None:
    published(owner)
    one = objected(world)
    assert list(objections_to_decide(owner, ON)) == list(open_objections(YEAR, ROUND)) == [one]
    assert Notice.objects.get(person=owner).code == "notice.central_objection"
    made = decide(one, True, "ตรวจแล้ว", value=Decimal("90"), by=owner, at=AT, on=ON)

    assert made == value_of(world.province)
    assert made is not None
    assert (made.number, made.value, made.objection, made.delivery) == (2, 90, one, None)
    assert (one.state, open_objections(YEAR, ROUND).count()) == ("upheld", 0)
    event = timeline(one)[0]
    assert (event.verb, event.before, event.after) == (
        "central.upheld",
        {"state": "open", "value": "80"},
        {"state": "upheld", "value": "90"},
    )
    told = Notice.objects.filter(code="notice.central_upheld")
    assert {notice.person for notice in told} == {world.reporter, world.approver}


def test_a_rejected_objection_leaves_the_value_and_cannot_be_made_again(
    world: World, owner: Person
) -> None:
    published(owner)
    one = objected(world)
    assert decide(one, False, "ตรงกับผลสำรวจ", by=owner, at=AT, on=ON) is None

    assert (one.state, value_of(world.province).number) == ("rejected", 1)
    with pytest.raises(Refused) as raised:
        objected(world, "อีกครั้ง")
    there = [(problem.code, problem.there) for problem in raised.value.problems]
    assert there == [("central.objected_already", f"/central/objections/{one.pk}/")]


def test_a_withdrawn_objection_may_be_made_again(world: World, owner: Person) -> None:
    published(owner)
    one = objected(world)
    withdraw(one, by=world.approver, at=AT, on=ON)

    assert (one.state, objected(world, "อีกครั้ง").state) == ("withdrawn", "open")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "central.no_value_no_reason"),
        ({"value": Decimal(101)}, "central.off_scale"),
        ({"value": Decimal(80)}, "central.nothing_new"),
        ({"value": Decimal(90), "no_data": "x"}, "central.value_and_reason"),
        ({"value": Decimal("1.23456")}, "form.too_many_decimals"),
    ],
)
def test_an_upheld_objection_needs_a_value_that_can_stand(
    world: World, owner: Person, values: dict[str, Any], code: str
) -> None:
    published(owner)
    one = objected(world)
    with pytest.raises(Refused) as raised:
        decide(one, True, "ตรวจแล้ว", by=owner, at=AT, on=ON, **values)
    one.refresh_from_db()

    assert (codes(raised), one.state) == ([code], "open")


def test_a_decision_needs_an_answer(world: World, owner: Person) -> None:
    published(owner)
    with pytest.raises(Refused) as raised:
        decide(objected(world), False, "  ", by=owner, at=AT, on=ON)

    assert codes(raised) == ["central.no_answer"]


def test_a_value_that_was_replaced_is_objected_to_no_more(world: World, owner: Person) -> None:
    published(owner)
    old = value_of(world.province)
    published(owner, "TH-74,,81,\n")
    with pytest.raises(Refused) as raised:
        object_to(old, "ผิด", by=world.reporter, at=AT, on=ON)

    assert codes(raised) == ["central.superseded"]


def bangkok(day: date, hour: int, minute: int, second: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC) - timedelta(
        hours=7
    )


@pytest.mark.parametrize(
    ("moment", "status"),
    [(bangkok(LAST, 23, 59, 59), 302), (bangkok(LAST + timedelta(days=1), 0, 0, 0), 422)],
)
def test_the_last_day_counts_to_its_last_second_in_bangkok(
    world: World, owner: Person, monkeypatch: pytest.MonkeyPatch, moment: datetime, status: int
) -> None:
    published(owner)
    monkeypatch.setattr(clock, "now", lambda: moment)
    client = signed_in(world.reporter)
    path = f"/central/values/{value_of(world.province).pk}/object/"
    answer = client.post(path, {"text": "ควรเป็น 90"})

    assert answer.status_code == status
    assert Objection.objects.count() == (1 if status == 302 else 0)
    assert status == 302 or "ควรเป็น 90" in answer.content.decode()  # what was typed is kept


def test_the_days_are_counted_from_the_day_in_bangkok(world: World, owner: Person) -> None:
    late = bangkok(ON, 23, 59, 59)  # 16.59 of the same day in UTC
    publish(sent(owner), False, by=owner, at=late, on=ON)
    one = value_of(world.province)

    assert permissions.may_object(world.reporter, one, LAST)
    assert not permissions.may_object(world.reporter, one, LAST + timedelta(days=1))


# --- Who may what -------------------------------------------------------------------------------


def everyone(world: World, owner: Person) -> dict[str, Person]:
    return world.by_role | {"opdc_owner": owner, "reporter_d": world.reporter_d}


def test_every_role_state_and_move_of_a_delivery_is_as_the_table_says(
    world: World, owner: Person
) -> None:
    delivery = sent(owner)
    for state in DeliveryState.values:
        delivery.state = state
        for role, one in everyone(world, owner).items():
            for name, move in DELIVERY_MOVES.items():
                expected = state in move.sources and role == "opdc_owner"
                verdict = DELIVERY_LIFE.may(one, delivery, name, ON)
                assert bool(verdict) == expected, (state, role, name)


def test_every_role_state_and_move_of_an_objection_is_as_the_table_says(
    world: World, owner: Person
) -> None:
    published(owner)
    objection = objected(world)
    for state in ObjectionState.values:
        objection.state = state
        for role, one in everyone(world, owner).items():
            for name, move in OBJECTION_MOVES.items():
                right = {"reporter", "approver"} if name == "withdraw" else {"opdc_owner"}
                expected = state in move.sources and role in right
                verdict = OBJECTION_LIFE.may(one, objection, name, ON)
                assert bool(verdict) == expected, (state, role, name)


def test_nobody_decides_on_their_own_objection(world: World, owner: Person) -> None:
    from esar.platform.organisations.actions import appoint

    appoint(
        world.reporter,
        Role.CENTRAL_OWNER,
        by=None,
        at=AT,
        on=ON,
        body=Body.objects.get(code="OPDC"),
    )
    published(owner)
    one = objected(world)
    both = Person.objects.get(pk=world.reporter.pk)
    with pytest.raises(Refused) as raised:
        decide(one, False, "ไม่", by=both, at=AT, on=ON)

    assert codes(raised) == ["access.own_work"]


@pytest.mark.parametrize(
    "role", ["reporter", "analyst", "administrator", "central_owner", "nobody"]
)
def test_no_one_but_the_owner_delivers(world: World, owner: Person, role: str) -> None:
    who = world.by_role[role]
    for action in (
        lambda: sent(who),
        lambda: publish(sent(owner), False, by=who, at=AT, on=ON),
        lambda: discard(Delivery.objects.get(state="checking"), by=who, at=AT, on=ON),
    ):
        with pytest.raises(Refused) as raised:
            action()
        assert codes(raised) == ["access.wrong_role"]


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def october(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


OPDC = {"analyst", "administrator", "assessor", "auditor"}
OWNER = {"opdc_owner"}
AT_PROVINCE = {"reporter", "approver"}
LANGUAGES = ("th", "en")
LISTS = OPDC | OWNER | AT_PROVINCE | {"central_owner", "reporter_d"}


@pytest.mark.usefixtures("october", "strict_templates")
def test_each_address_opens_for_each_role_it_is_for_and_for_no_other(
    world: World, owner: Person
) -> None:
    """Roles and addresses have the languages by turns; each address opens in both."""
    delivery = sent(owner, "TH-74,,80,\nDIT,,มาก,\nOPDC,,,ไม่มี\n")
    publish(delivery, True, by=owner, at=AT, on=ON)
    value, objection = value_of(world.province), objected(world)
    sets = f"/central/sets/{YEAR}/{ROUND}/{RULE}/"
    seen = {
        "/central/": LISTS,
        "/central/?q=zzz&sort=-value&year=2567": LISTS,
        "/central/values.csv": LISTS,
        "/central/objections/": LISTS,
        f"/central/values/{value.pk}/": OPDC | OWNER | AT_PROVINCE,
        f"/central/objections/{objection.pk}/": OPDC | OWNER | AT_PROVINCE,
        "/central/sets/": OPDC | OWNER | {"central_owner"},
        "/central/sets/?year=2561": OPDC | OWNER | {"central_owner"},
        sets: OPDC | OWNER,
        f"{sets}?sort=-value&holds=missing": OPDC | OWNER,
        f"{sets}template/": OPDC | OWNER,
        f"{sets}upload/": OWNER,
        f"/central/deliveries/{delivery.pk}/": OPDC | OWNER,
        f"/central/deliveries/{delivery.pk}/?only=problems&q=DIT": OPDC | OWNER,
        f"/central/values/{value.pk}/object/": AT_PROVINCE,
    }
    found: dict[str, set[str]] = {path: set() for path in seen}
    opened = set()
    for role, who in everyone(world, owner).items():
        client = signed_in(who)
        for path in seen:
            language = LANGUAGES[len(found[path]) % 2]
            client.cookies["language"] = language
            status = client.get(path).status_code
            assert status in (200, 404), (role, path, status)
            if status == 200:
                found[path].add(role)
                opened.add((path, language))

    assert found == seen
    client = signed_in(owner)
    for path, language in set(product(seen, LANGUAGES)) - opened:
        client.cookies["language"] = language
        assert client.get(path).status_code == 200, path


@pytest.mark.usefixtures("october")
def test_posts_of_those_without_the_right_change_nothing(world: World, owner: Person) -> None:
    published(owner)
    objection, delivery = objected(world), sent(owner)
    told = Event.objects.exclude(verb=WRITTEN)  # who signs in writes a session
    events = told.count()
    value = value_of(world.province)
    right = {
        "publish": OWNER,
        "discard": OWNER,
        "decide": OWNER,
        "withdraw": AT_PROVINCE,
        "object": AT_PROVINCE,
    }
    paths = {
        "publish": f"/central/deliveries/{delivery.pk}/publish/",
        "discard": f"/central/deliveries/{delivery.pk}/discard/",
        "decide": f"/central/objections/{objection.pk}/decide/",
        "withdraw": f"/central/objections/{objection.pk}/withdraw/",
        "object": f"/central/values/{value.pk}/object/",
    }
    data = {"outcome": "reject", "answer": "x", "text": "x", "partial": "yes"}
    for role, who in everyone(world, owner).items():
        for name, path in paths.items():
            if role not in right[name]:
                status = signed_in(who).post(path, data).status_code
                assert status in (403, 404), (role, name, status)

    assert told.count() == events


# --- Pages --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("october", "strict_templates")
def test_from_the_file_to_the_decision_by_the_pages_alone(world: World, owner: Person) -> None:
    client, body = signed_in(owner), signed_in(world.reporter)
    sets = f"/central/sets/{YEAR}/{ROUND}/{RULE}/"
    file = ContentFile((HEAD + "TH-74,,80,\nDIT,,มาก,\nOPDC,,1,\n").encode(), name="a.csv")
    answer = client.post(f"{sets}upload/", {"file": file}, follow=True)
    delivery = Delivery.objects.get()
    assert "“มาก” ไม่ใช่ตัวเลข" in answer.content.decode()
    path = f"/central/deliveries/{delivery.pk}/publish/"
    assert client.post(path).status_code == 422
    seen = {"seen": client.get(f"/central/deliveries/{delivery.pk}/").context["seen"]}
    assert client.post(path, {"partial": "yes"}).status_code == 422
    assert client.post(path, {"partial": "yes"} | seen).status_code == 302
    one = value_of(world.province)
    assert "ทักท้วง" in body.get("/central/").content.decode()
    assert body.post(f"/central/values/{one.pk}/object/", {"text": "ควรเป็น 90"}).status_code == 302
    objection = Objection.objects.get()
    decide_ = f"/central/objections/{objection.pk}/decide/"
    seen = {"seen": client.get(f"/central/objections/{objection.pk}/").context["seen"]}
    off_scale = {"outcome": "uphold", "value": "๑๐๑", "answer": "ตรวจแล้ว"} | seen
    refused = client.post(decide_, off_scale)
    assert refused.status_code == 422
    assert "ไม่อยู่ระหว่าง 0 ถึง 100" in refused.content.decode()
    assert "ตรวจแล้ว" in refused.content.decode()
    done = client.post(decide_, off_scale | {"value": "๙๐"})

    assert done.status_code == 302
    assert value_of(world.province).value == Decimal(90)
    for who in (client, body):
        assert "ตรวจแล้ว" in who.get(f"/central/objections/{objection.pk}/").content.decode()
    again = sent(owner, "TH-74,,80,\n")
    said = client.get(f"/central/deliveries/{again.pk}/").content.decode()
    assert "1 แถวจะแทนค่าที่แก้ตามคำทักท้วง (TH-74)" in said


@pytest.mark.usefixtures("october")
def test_a_file_that_cannot_be_read_comes_back_with_its_reason(owner: Person) -> None:
    path = f"/central/sets/{YEAR}/{ROUND}/{RULE}/upload/"
    client = signed_in(owner)
    file = ContentFile(b"hello", name="a.csv")

    assert client.post(path).status_code == 422
    answer = client.post(path, {"file": file})
    assert (answer.status_code, "ไม่พบหัวตาราง" in answer.content.decode()) == (422, True)
    assert client.get(path.replace(RULE, "central-data.none")).status_code == 404


@pytest.mark.usefixtures("october")
def test_the_list_as_a_file_has_only_what_one_may_see_and_no_formula(
    world: World, owner: Person
) -> None:
    published(owner, "TH-74,,,=1+1\nDIT,,0.50,\nOPDC,,1,\n")
    lists = {}
    for name, who in (("body", world.reporter), ("all", world.auditor)):
        text = signed_in(who).get("/central/values.csv").content.decode("utf-8-sig")
        lists[name] = [
            (row["code"], row["value"], row["no_data"]) for row in csv.DictReader(io.StringIO(text))
        ]

    assert lists["body"] == [("TH-74", "", "'=1+1")]
    assert sorted(lists["all"]) == [("DIT", "0.5", ""), ("OPDC", "1", ""), ("TH-74", "", "'=1+1")]


def test_a_body_is_shown_what_was_not_delivered_of_rounds_that_are_over(
    world: World, owner: Person
) -> None:
    def waiting(day: date) -> list[str]:
        who = Person.objects.get(pk=world.reporter.pk)
        return [one.rule_id for one, _ in not_delivered(who, day, [2567])]

    assert waiting(date(2024, 9, 30)) == []
    assert waiting(date(2024, 10, 1)) == [RULE, "central-data.pmqa"]
    published(owner, "TH-74,,0,\nDIT,,,ไม่มีระบบ\n")
    assert waiting(ON) == ["central-data.pmqa"]


def cost(who: Person, path: str) -> int:
    client = signed_in(who)
    assert client.get(path).status_code == 200  # what is kept in memory is read
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


@pytest.mark.usefixtures("october")
def test_lists_cost_the_same_with_one_row_and_with_three(world: World, owner: Person) -> None:
    published(owner, "TH-74,,80,\n")
    objected(world)
    lists = [
        "/central/",
        "/central/objections/",
        "/central/sets/",
        "/central/values.csv",
        f"/central/sets/{YEAR}/{ROUND}/{RULE}/",
    ]
    who = [world.auditor, owner]
    before = [cost(one, path) for one in who for path in lists]
    before.append(cost(world.reporter, "/central/"))
    published(owner, "DIT,,70,\nOPDC,,60,\n")
    for one in (world.reporter_d, world.approver_d):
        if one == world.reporter_d:
            object_to(value_of(world.department), "ผิด", by=one, at=AT, on=ON)
    published(owner, "TH-74,,1,\nDIT,,2,\n", rule="central-data.pmqa")

    after = [cost(one, path) for one in who for path in lists]
    assert [*after, cost(world.reporter, "/central/")] == before


@pytest.mark.usefixtures("october")
def test_a_preview_of_many_rows_has_pages_and_the_wrong_ones_first(
    world: World, owner: Person
) -> None:
    rows = "".join(f"TH-X{n},,80,\n" for n in range(60))
    delivery = sent(owner, "TH-74,,80,\nDIT,,70,\n" + rows)
    client = signed_in(world.analyst)
    first = client.get(f"/central/deliveries/{delivery.pk}/")
    last = client.get(f"/central/deliveries/{delivery.pk}/?page=2")

    assert (len(first.context["rows"]), len(last.context["rows"])) == (50, 12)
    assert [row["code"] for row in last.context["rows"]][-2:] == ["TH-74", "DIT"]


def test_publishing_to_many_costs_the_same_number_of_queries(owner: Person) -> None:
    def queries(rows: str) -> int:
        delivery = sent(owner, rows)
        with CaptureQueriesContext(connection) as asked:
            publish(delivery, True, by=fresh(owner), at=AT, on=ON)
        return len(asked)

    first = queries("TH-74,,80,\n")
    assert queries("TH-74,,81,\nDIT,,70,\nOPDC,,60,\n") == first


# --- Two at once --------------------------------------------------------------------------------


def fresh(one: Person) -> Person:
    return Person.objects.get(pk=one.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_decide_or_object_at_once_one_wins(transactional_db: None) -> None:  # noqa: ARG001
    from tests.at_once import at_once

    world = World()
    owner = person("opdc-owner", (Role.CENTRAL_OWNER, department("OPDC", "สำนักงาน ก.พ.ร. ทดสอบ")))
    delivery = sent(owner)

    def publishing() -> None:
        publish(Delivery.objects.get(pk=delivery.pk), False, by=fresh(owner), at=AT, on=ON)

    def objecting() -> None:
        object_to(value_of(world.province), "ผิด", by=fresh(world.reporter), at=AT, on=ON)

    def deciding(uphold: bool) -> Callable[[], None]:
        one = Objection.objects.get()
        return lambda: decide(
            Objection.objects.get(pk=one.pk),
            uphold,
            "ตรวจแล้ว",
            by=fresh(owner),
            at=AT,
            on=ON,
            value=Decimal(90) if uphold else None,
        )  # type: ignore[func-returns-value]

    assert at_once(*[publishing] * 3) == ["central.wrong_state"] * 2 + ["done"]
    assert CentralValue.objects.count() == 3
    assert at_once(*[objecting] * 3) == ["central.objected_already"] * 2 + ["done"]
    ways = [deciding(True), deciding(False), deciding(True)]
    assert at_once(*ways) == ["central.objection_closed"] * 2 + ["done"]
    assert value_of(world.province).number == (
        2 if Objection.objects.get().state == "upheld" else 1
    )
