"""The log is append-only, and whatever is done to it behind our back is found."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.kernel.chain import Head, verify
from esar.operations.verify_history import audit
from esar.platform.history import guards, queries
from esar.platform.history.actions import record, write_daily_head
from esar.platform.history.models import Checkpoint, Event, Stamp
from esar.platform.organisations.models import Person
from tests.make import AT, ON, World, draft, in_force
from tests.platform.history.make import chain_anew


@pytest.fixture
def log(world: World) -> list[dict[str, Any]]:
    in_force(world)
    return [dict(record) for record in queries.records()]


def codes(records: Any, heads: Any = ()) -> list[str]:
    return [problem.code for problem in verify(records, heads)]


def test_a_log_that_nobody_touched_is_whole(log: list[dict[str, Any]]) -> None:
    assert (len(log) > 30, codes(log, queries.heads())) == (True, [])


@pytest.mark.each_database
@pytest.mark.parametrize("field", ["at", "actor", "actor_id", "verb", "after", "reason", "origin"])
def test_an_edit_of_any_field_is_found(log: list[dict[str, Any]], field: str) -> None:
    log[10][field] = {"edited": True} if field == "after" else 7 if field == "actor_id" else "อื่น"

    assert codes(log) == ["audit.edited"]


def test_an_edit_with_its_own_hash_made_anew_breaks_the_next_link(
    log: list[dict[str, Any]],
) -> None:
    from esar.kernel.chain import event_hash

    log[10]["reason"] = "อื่น"
    log[10]["hash"] = event_hash(log[10]["previous"], log[10])

    assert codes(log) == ["audit.chain_broken"]


def test_a_deletion_in_the_middle_is_found(log: list[dict[str, Any]]) -> None:
    del log[10]

    assert codes(log) == ["audit.gap", "audit.chain_broken"]


def test_two_events_in_the_wrong_order_are_found(log: list[dict[str, Any]]) -> None:
    log[10], log[11] = log[11], log[10]

    assert "audit.gap" in codes(log)


def test_the_events_of_a_transaction_cost_three_statements(
    log: list[dict[str, Any]],  # noqa: ARG001 the chain has begun
    django_assert_num_queries: Any,
) -> None:
    someone = Person.objects.first()
    # A savepoint and its release; the head, the events, the head. PostgreSQL: deferred keys first.
    count = 5 + 2 * (connection.vendor == "postgresql")
    with django_assert_num_queries(count), transaction.atomic():
        record("test.event", someone, by=None, at=AT)
        record("test.event", someone, by=None, at=AT)


def test_a_cut_tail_is_found_by_the_head_that_was_kept(log: list[dict[str, Any]]) -> None:
    assert codes(log[:-3]) == []  # by itself a shorter log looks whole
    assert codes(log[:-3], [Head(len(log), str(log[-1]["hash"]))]) == ["audit.tail_cut"]


def test_a_log_written_anew_from_the_start_differs_from_the_head_that_was_kept(
    log: list[dict[str, Any]],
) -> None:
    assert codes(log, [Head(5, "f" * 64)]) == ["audit.head_differs"]


@pytest.mark.parametrize(
    ("minutes_back", "rows"),
    [((0, 5, 0), []), ((0, 6, 0), [12]), ((0, 6, 5.5), [12]), ((0, 0, 5), []), ((0, 4, 8), [13])],
)
def test_a_time_that_runs_back_more_than_five_minutes_is_told_once(
    log: list[dict[str, Any]], minutes_back: tuple[float, ...], rows: list[int]
) -> None:
    at = datetime(2026, 11, 30, 9, tzinfo=UTC)
    times = [at] * 10 + [at - timedelta(minutes=back) for back in minutes_back] + [at] * len(log)
    for event, written_at in zip(log, times, strict=False):
        event["written_at"] = written_at.isoformat()
    chain_anew(log)

    problems = [(problem.code, problem.place.row) for problem in verify(log)]

    assert problems == [("audit.time_ran_back", row) for row in rows]


def test_an_event_is_written_by_the_clock_whatever_day_is_played(world: World) -> None:
    before = datetime.now(UTC)
    record("role.given", world.reporter, by=world.analyst, at=AT)

    event = queries.timeline(world.reporter)[0]

    assert event.at.startswith("2023-")
    assert before <= datetime.fromisoformat(event.written_at or "") <= datetime.now(UTC)


ANEW = {
    "sqlite": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "postgresql": "TRUNCATE {table} CASCADE",
}
STATEMENTS = ("UPDATE {table} SET {key} = {key}", "DELETE FROM {table}", ANEW[connection.vendor])


@pytest.mark.each_database
@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("table", guards.KEYS)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_what_is_written_once(table: str, statement: str) -> None:
    """Events, checkpoints and stamps: to change them, to take them away, to put others there."""
    checkpoint = Checkpoint.objects.create(size=1, at=AT, note="x")
    Stamp.objects.create(checkpoint=checkpoint, at=AT, answer="x")
    connection.check_constraints()  # else PostgreSQL refuses for keys that it has yet to look at
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table, key=guards.KEYS[table]))


@pytest.mark.usefixtures("log")
def test_one_row_changed_by_sql_is_found_by_the_command() -> None:
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE history_event SET reason = 'ปลอม' WHERE number = 7")

    answer = CliRunner().invoke(audit, ["verify"])

    assert (answer.exit_code, "เนื้อหาเหตุการณ์ 7 ถูกแก้ไข" in answer.output) == (1, True)


def test_cutting_the_tail_by_sql_is_found_by_the_command(log: list[dict[str, Any]]) -> None:
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM history_event WHERE number > 10")

    answer = CliRunner().invoke(audit, ["verify"])

    assert answer.exit_code == 1
    assert f"เคยมีถึงเหตุการณ์ {len(log)} แต่เหลือถึง 10" in answer.output


def test_cutting_the_tail_and_the_head_is_found_by_the_days_head_and_one_written_down(
    log: list[dict[str, Any]],
) -> None:
    kept = write_daily_head(ON)
    assert kept is not None
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM history_event WHERE number > 10")
        cursor.execute("UPDATE history_head SET number = 10, hash = %s", [log[9]["hash"]])

    by_day = CliRunner().invoke(audit, ["verify"])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM history_dailyhead")
    alone = CliRunner().invoke(audit, ["verify"])
    by_paper = CliRunner().invoke(audit, ["verify", "--head", f"{kept.number}:{kept.hash}"])

    assert [one.exit_code for one in (by_day, alone, by_paper)] == [1, 0, 1]


def test_an_exported_copy_is_verified_without_the_server(
    log: list[dict[str, Any]], tmp_path: Path
) -> None:
    copy = tmp_path / "history.jsonl"
    assert CliRunner().invoke(audit, ["export", str(copy)]).exit_code == 0
    assert CliRunner().invoke(audit, ["verify", str(copy)]).exit_code == 0

    rows = [json.loads(line) for line in copy.read_text("utf-8").splitlines()]
    rows[3]["actor"] = "คนอื่น"
    copy.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    edited = CliRunner().invoke(audit, ["verify", str(copy)])
    copy.write_text("\n".join(map(json.dumps, [*rows[: len(log) - 4], rows[-1]])), "utf-8")
    cut = CliRunner().invoke(audit, ["verify", str(copy)])

    assert (edited.exit_code, "เหตุการณ์ 4" in edited.output) == (1, True)
    assert (cut.exit_code, "ท้ายประวัติถูกตัด" in cut.output) == (1, True)


@pytest.mark.parametrize("text", ["", "not json", "[1]", '{"number": 1}'])
def test_a_file_that_is_no_copy_is_a_sentence_and_exit_2(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(text.encode() or b"\xff\xfe")
    answer = CliRunner().invoke(audit, ["verify", str(path)])

    assert (answer.exit_code, "อ่าน" in answer.output) == (2, True)


def test_every_event_kind_of_the_code_has_words() -> None:
    import re

    from esar.kernel.wording import has_sentence

    found = set()
    for path in Path("esar").rglob("*.py"):
        if "messages" not in path.parts:
            text = path.read_text("utf-8")
            found |= set(re.findall(r'(?<!_)record\(\s*f?"([a-z_.{}]+)"', text))
            found |= set(re.findall(r'_recorded\(\s*"([a-z_.]+)"', text))
    plain = {verb for verb in found if "{" not in verb}

    assert len(plain) > 20
    assert {verb for verb in plain if not has_sentence(f"verb.{verb}")} == set()


def test_the_moves_of_every_life_have_words() -> None:
    from esar.agree.changes.states import CHANGE_MOVES
    from esar.agree.committees.states import SITTING_MOVES
    from esar.agree.scorecards.states import SCORECARD_MOVES
    from esar.kernel.wording import has_sentence

    for kind, moves in (
        ("scorecard", SCORECARD_MOVES),
        ("change", CHANGE_MOVES),
        ("sitting", SITTING_MOVES),
    ):
        for name in moves:
            assert has_sentence(f"verb.{kind}.{name}")
            assert has_sentence(f"action.{name}")


def test_the_log_tells_who_from_where_and_what_changed(world: World, client: Any) -> None:
    card = draft(world)
    client.force_login(world.reporter)
    seen = {"seen": SCORECARD_LIFE.seen(card)}
    client.post(f"/scorecards/{card.pk}/move/propose/", seen, REMOTE_ADDR="203.0.113.7")

    event = Event.objects.order_by("-number")[0]
    assert (event.actor, event.verb, event.origin, event.before, event.after["state"]) == (
        "คุณreporter",
        "scorecard.propose",
        "203.0.113.7",
        {"state": "draft"},
        "proposed",
    )


@pytest.mark.usefixtures("log")
def test_a_copy_that_cannot_be_written_is_a_sentence_and_exit_2(tmp_path: Path) -> None:
    answer = CliRunner().invoke(audit, ["export", str(tmp_path / "nowhere" / "x.jsonl")])

    assert (answer.exit_code, "ไม่มีโฟลเดอร์" in answer.output) == (2, True)


@pytest.mark.usefixtures("log")
def test_a_copy_is_written_over_nothing_unless_that_is_said(tmp_path: Path) -> None:
    there = tmp_path / "history.jsonl"
    there.write_text("mine")

    answer = CliRunner().invoke(audit, ["export", str(there)])
    assert (answer.exit_code, there.read_text("utf-8")) == (2, "mine")
    assert CliRunner().invoke(audit, ["export", str(there), "--force"]).exit_code == 0
    assert CliRunner().invoke(audit, ["verify", str(there)]).exit_code == 0
