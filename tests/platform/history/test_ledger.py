"""What a transaction wrote is bound when it ends: all of it, nothing that was rolled back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import pre_migrate

from esar.platform.history import queries
from esar.platform.history.actions import record
from esar.platform.history.ledger import ROWS_OF_AN_EVENT, WRITTEN
from esar.platform.history.models import Event
from esar.platform.history.queries import rows_out_of_order
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Body, Person
from tests.make import World
from tests.operations.make import bind_world, execute

pytestmark = pytest.mark.each_database
AT = datetime(2024, 4, 20, 3, 0, tzinfo=UTC)
PEOPLE = "organisations_person"


@pytest.fixture
def someone(world: World) -> Person:
    """A person of a world whose rows are all bound."""
    bind_world()
    return world.reporter


def told() -> list[tuple[str, dict[str, list[str]]]]:
    """The verb and the rows of each event since everything was bound."""
    events = Event.objects.exclude(after__has_key="columns").order_by("number")
    first = Event.objects.filter(after__has_key="columns").order_by("number").last()
    assert first is not None
    return [
        (event.verb, {table: list(keys) for table, keys in (event.rows or {}).items()})
        for event in events
        if event.number > first.number
    ]


def rename(person: Person, text: str) -> None:
    Person.objects.filter(pk=person.pk).update(name=text)


def refuse_after_writing(person: Person) -> None:
    """An act that is rolled back."""

    def act() -> None:
        with transaction.atomic():
            rename(person, "ก")
            record("test.dropped", person, by=None, at=AT)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        act()


def test_rows_stand_in_the_last_event_of_their_transaction(someone: Person) -> None:
    with transaction.atomic():
        record("test.first", someone, by=None, at=AT)
        rename(someone, "ก")
        record("test.second", someone, by=None, at=AT)

    assert told() == [("test.first", {}), ("test.second", {PEOPLE: [str(someone.pk)]})]
    assert list(rows_out_of_order()) == []


def test_rows_of_which_nothing_is_told_have_an_event_of_their_own(someone: Person) -> None:
    with transaction.atomic():
        rename(someone, "ก")

    assert told() == [(WRITTEN, {PEOPLE: [str(someone.pk)]})]


@pytest.mark.usefixtures("someone")
def test_a_row_that_is_deleted_is_told_as_no_more() -> None:
    with transaction.atomic():
        body = Body.objects.create(code="X-1", kind="other", name_th="ก", name_en="A", source="t")
    key = str(body.pk)
    with transaction.atomic():
        body.delete()

    last = Event.objects.order_by("number").last()
    assert last is not None
    assert last.rows == {"organisations_body": {key: None}}
    assert list(rows_out_of_order()) == []


def test_what_a_savepoint_rolled_back_is_not_told(someone: Person) -> None:
    with transaction.atomic():
        record("test.kept", someone, by=None, at=AT)
        refuse_after_writing(someone)

    assert told() == [("test.kept", {})]


def test_what_was_rolled_back_whole_is_not_told(someone: Person) -> None:
    refuse_after_writing(someone)
    with transaction.atomic():
        record("test.next", someone, by=None, at=AT)

    assert told() == [("test.next", {})]


def test_who_reads_the_history_reads_what_the_transaction_has_told(someone: Person) -> None:
    with transaction.atomic():
        record("test.told", someone, by=None, at=AT)
        seen = Event.objects.filter(verb="test.told").count()
        rename(someone, "ก")

    assert seen == 1
    assert told() == [("test.told", {}), (WRITTEN, {PEOPLE: [str(someone.pk)]})]


def test_a_column_that_is_free_is_not_told(someone: Person) -> None:
    with transaction.atomic():
        Person.objects.filter(pk=someone.pk).update(last_login=AT)

    assert told() == []
    assert list(rows_out_of_order()) == []


def test_of_rows_that_were_there_already_none_is_told(someone: Person) -> None:
    notice = {"person": someone, "code": "c", "figures": {}, "path": "/", "at": AT}
    for keys in (("a", "b"), ("b", "c")):
        with transaction.atomic():
            rows = [Notice(key=key, **notice) for key in keys]
            Notice.objects.bulk_create(rows, ignore_conflicts=True)
    saved: dict[str, str] = {key: str(pk) for key, pk in Notice.objects.values_list("key", "pk")}

    assert told() == [
        (WRITTEN, {"notices_notice": [saved["a"], saved["b"]]}),
        (WRITTEN, {"notices_notice": [saved["c"]]}),
    ]


def test_many_rows_are_told_in_portions(someone: Person) -> None:
    notice = {"person": someone, "code": "c", "figures": {}, "path": "/", "at": AT}
    with transaction.atomic():
        rows = [Notice(key=str(place), **notice) for place in range(ROWS_OF_AN_EVENT + 1)]
        Notice.objects.bulk_create(rows)
        record("test.told", someone, by=None, at=AT)

    portions: list[Any] = [(verb, len(rows["notices_notice"])) for verb, rows in told()]
    assert portions == [("test.told", ROWS_OF_AN_EVENT), (WRITTEN, 1)]
    assert list(rows_out_of_order()) == []


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_written_outside_any_transaction_is_bound_with_its_own() -> None:
    body = Body.objects.create(code="X-1", kind="other", name_th="ก", name_en="A", source="t")
    Body.objects.filter(pk=body.pk).update(name_th="ข")
    record("test.told", body, by=None, at=AT)

    rows = [event.rows for event in Event.objects.filter(rows__has_key="organisations_body")]
    assert len(rows) == 2
    assert [list(of["organisations_body"]) for of in rows] == [[str(body.pk)]] * 2
    assert Event.objects.filter(verb="test.told", rows__isnull=True).count() == 1
    assert list(rows_out_of_order()) == []


def test_what_people_write_while_the_doctor_looks_is_no_finding(
    someone: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = queries.row_digests
    people = iter(["ก", "ข"])  # the second while what differed is looked at again

    def while_people_work(model: Any, *args: Any) -> Any:
        if model is Person and (name := next(people, None)):
            with transaction.atomic():
                rename(someone, name)
        return look(model, *args)

    monkeypatch.setattr(queries, "row_digests", while_people_work)
    assert list(rows_out_of_order()) == []

    execute("UPDATE organisations_person SET name = 'ค' WHERE id = %s", someone.pk)
    monkeypatch.setattr(queries, "row_digests", look)
    assert list(rows_out_of_order()) == [("changed", PEOPLE, str(someone.pk))]


@pytest.mark.usefixtures("someone")
def test_a_table_that_no_migration_has_made_yet_is_not_asked(
    django_assert_num_queries: Any,
) -> None:
    bound = queries.bound_rows()
    of_people = {PEOPLE: bound.columns[PEOPLE]}
    bound.columns = of_people

    with django_assert_num_queries(1):
        assert list(bound.differing()) == []


def test_what_a_migration_writes_is_bound_and_what_was_out_of_order_before_it_is_not(
    someone: Person, world: World
) -> None:
    tampered = "UPDATE organisations_person SET name = 'ค' WHERE id = %s"
    execute(tampered, someone.pk)

    def migration(**_signal: Any) -> None:
        execute(tampered, world.approver.pk)

    pre_migrate.connect(migration, sender=apps.get_app_config("operations"))
    try:
        call_command("migrate", verbosity=0)
    finally:
        pre_migrate.disconnect(migration, sender=apps.get_app_config("operations"))

    assert list(rows_out_of_order()) == [("changed", PEOPLE, str(someone.pk))]
