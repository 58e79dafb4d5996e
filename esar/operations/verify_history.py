"""`esar audit`: verify the history in the database or in an exported copy, and export it.

Exit codes: 0 whole, 1 the history is broken, 2 it could not be read.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import click

from esar.exchange.cli.output import not_written_over
from esar.exchange.files.whole import written_whole
from esar.exchange.witnessing.checkpoints import Checkpoint, difference, read_checkpoint
from esar.exchange.witnessing.keys import text_of_key
from esar.exchange.witnessing.merkle import Tree
from esar.exchange.witnessing.notes import read_key
from esar.exchange.witnessing.proofs import checked
from esar.kernel.chain import FIELDS, Head, Record, verify
from esar.kernel.problems import Refused
from esar.kernel.wording import both, problem_sentence, say

BROKEN, UNREADABLE = 1, 2


@click.group()
def audit() -> None:
    """ตรวจและส่งออกประวัติ / verify and export the history"""


def _say(code: str, **figures: Any) -> None:
    for language in ("th", "en"):
        click.echo(say(code, figures, language))


def _fail(code: str, **figures: Any) -> NoReturn:
    for language in ("th", "en"):
        click.echo(say(code, figures, language), err=True)
    sys.exit(UNREADABLE)


@audit.command("verify")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="NUMBER:HASH",
    help=both("cli.help.a_head_that_was_written"),
)
@click.option(
    "--checkpoint",
    "published",
    type=click.Path(path_type=Path),
    help=both("cli.help.a_checkpoint_that_was_published"),
)
@click.option("--key", metavar="KEY", default="", help=both("cli.help.public_key_or_its_file"))
def verify_command(
    file: Path | None, heads: tuple[str, ...], published: Path | None, key: str
) -> None:
    """ตรวจว่าไม่มีเหตุการณ์ใดถูกแก้ ลบ สลับ หรือตัดท้าย / find any edit, deletion, reordering or cut tail"""
    noted = [_head(text) for text in heads]
    checkpoint = _published(published, key) if published or key else None
    if file is None:
        records, stored = _database()
    else:
        records, stored = _file(file)
    count, last, log = 0, "", Tree()

    def counted() -> Iterator[Record]:
        nonlocal count, last
        for record in records:
            count, last = count + 1, str(record["hash"])
            if checkpoint:
                log.append(last.encode())
            yield record

    problems = list(verify(counted(), [*stored, *noted]))
    if checkpoint and (problem := difference(checkpoint, log)):
        problems.append(problem)
    for problem in problems:
        for language in ("th", "en"):
            click.echo(problem_sentence(problem, language))
    if problems:
        sys.exit(BROKEN)
    _say("audit.whole", count=count, head=f"{count}:{last}")
    if checkpoint:
        _say("audit.as_published", size=checkpoint.size, origin=checkpoint.origin)


def _published(path: Path | None, key: str) -> Checkpoint:
    """A checkpoint that was published before, by the key of its log."""
    if path is None or not key:
        _fail("audit.checkpoint_needs_key")
    try:
        trusted = read_key(text_of_key(key))
        return read_checkpoint(path.read_text("utf-8"), [trusted])
    except (OSError, ValueError):
        _fail("audit.not_a_file", file=str(path))
    except Refused as refused:
        _fail(refused.problems[0].code, **refused.problems[0].figures)


def _head(text: str) -> Head:
    number, _, digest = text.partition(":")
    if not number.isdigit() or len(digest) != 64:
        _fail("audit.not_a_head", head=text)
    return Head(int(number), digest)


def _open_database() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esar.config.settings")
    django.setup()


def lacks_migrations() -> bool:
    """Whether the database is none of this release: nobody has migrated it yet."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False


def fail_unread(error: Exception) -> NoReturn:
    """Say why the database cannot be read, and end."""
    if lacks_migrations():
        _fail("audit.not_migrated")
    _fail("audit.no_database", why=str(error))


def _database() -> tuple[Iterable[Record], list[Head]]:
    _open_database()
    from django.db import DatabaseError

    from esar.platform.history import queries

    try:
        heads = queries.heads()  # first: what is written meanwhile only lengthens the chain
        return list(queries.records()), heads
    except DatabaseError as error:
        fail_unread(error)


def _file(path: Path) -> tuple[Iterable[Record], list[Head]]:
    """An exported copy: one JSON object a line, the heads last."""
    records, heads = [], []
    try:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if "head" in row:
                heads.append(Head(row["head"]["number"], row["head"]["hash"]))
            else:
                records.append(row)
        assert all({*FIELDS, "hash", "previous"} <= set(row) for row in records)
    except (OSError, ValueError, KeyError, TypeError, AssertionError):
        _fail("audit.not_a_file", file=str(path))
    return records, heads


@audit.command("proof")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", metavar="KEY", required=True, help=both("cli.help.public_key_or_its_file"))
def proof_command(file: Path, key: str) -> None:
    """ตรวจหลักฐานจากหน้า /log/ ว่าเหตุการณ์อยู่ในประวัติ / check a proof of /log/ that events are in the history"""
    try:
        trusted = read_key(text_of_key(key))
        checkpoint, count = checked(json.loads(file.read_text("utf-8")), [trusted])
    except (OSError, ValueError):
        _fail("proof.not_a_proof")
    except Refused as refused:
        for problem in refused.problems:
            for language in ("th", "en"):
                click.echo(problem_sentence(problem, language), err=True)
        sys.exit(BROKEN)
    _say("proof.proven", count=count, size=checkpoint.size, origin=checkpoint.origin)


@audit.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help=both("cli.help.overwrite"))
def export_command(file: Path, force: bool) -> None:
    """เขียนประวัติทั้งหมดเป็น JSON บรรทัดละเหตุการณ์ / write the whole history, one JSON event a line"""
    records, heads = _database()
    count = 0
    try:
        not_written_over(file, force)
        with written_whole(file) as half, half.open("w", encoding="utf-8") as out:
            for record in records:
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
                count += 1
            for head in heads:
                row = {"head": {"number": head.number, "hash": head.hash}}
                out.write(json.dumps(row) + "\n")
    except Refused as refused:
        _fail(refused.problems[0].code, **refused.problems[0].figures)
    _say("audit.written", count=count, file=str(file))


@audit.command("head")
def head_command() -> None:
    """เก็บรหัสยืนยันประจำวันและพิมพ์ออกมาให้จดไว้ที่อื่น / keep the day's head, and print it to be kept elsewhere"""
    _open_database()
    from django.utils import timezone

    from esar.platform.history.actions import write_daily_head

    head = write_daily_head(timezone.localdate())
    if head is not None:
        click.echo(f"{head.number}:{head.hash}")
