"""`esar witness`: a program of its own that signs the checkpoints of logs that go on unbroken.

It needs no database and no settings, only a folder, and belongs on a machine of somebody else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from esar.exchange.witnessing.keys import write_signing_key
from esar.exchange.witnessing.notes import LOG, WITNESS, new_key, read_key
from esar.exchange.witnessing.witness import Witness
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import both, problem_sentence, say

REFUSED = 2


def _telling(command: Callable[..., None]) -> Callable[..., None]:
    """Adds --folder, and turns Refused into sentences and exit code 2."""

    @click.option(
        "--folder",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="ESAR_WITNESS",
        default="witness",
        show_default=True,
        help=both("cli.help.folder_of_the_witness"),
    )
    @wraps(command)
    def run(*arguments: Any, folder: Path, **options: Any) -> None:
        try:
            command(Witness(folder), *arguments, **options)
        except Refused as refused:
            for problem in refused.problems:
                for language in ("th", "en"):
                    click.echo(problem_sentence(problem, language), err=True)
            raise SystemExit(REFUSED) from None

    return run


def _say(code: str, **figures: object) -> None:
    for language in ("th", "en"):
        click.echo(say(code, figures, language))


@click.group()
def witness() -> None:
    """พยานภายนอกของประวัติ / Witness that logs go on unbroken"""


@witness.command("begin")
@click.argument("name")
@_telling
def begin_command(witness: Witness, name: str) -> None:
    """สร้างโฟลเดอร์และกุญแจของพยาน / Make the witness's folder and key"""
    key = new_key(name, WITNESS)
    try:
        witness.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        figures = {"path": witness.key_file, "why": error.strerror or str(error)}
        raise Refused([Problem("key.cannot_write", figures)]) from None
    write_signing_key(witness.key_file, key)
    click.echo(str(key.public))


@witness.command("add")
@click.argument("origin")
@click.argument("key")
@_telling
def add_command(witness: Witness, origin: str, key: str) -> None:
    """รู้จักประวัติหนึ่งด้วยกุญแจสาธารณะ / Know a log by its public key"""
    public = read_key(key)
    if public.kind != LOG:
        raise Refused([Problem("key.not_of_a_log", {"name": public.name})])
    witness.key()  # whoever has no folder yet learns it here
    witness.add(origin, public)
    _say("witness.added", origin=origin, key=str(public))


@witness.command("show")
@_telling
def show_command(witness: Witness) -> None:
    """กุญแจสาธารณะ และสิ่งที่เห็นล่าสุดของแต่ละประวัติ / Its public key, and what it saw last"""
    click.echo(str(witness.key().public))
    for seen in witness.all_seen():
        click.echo("")
        click.echo(str(seen.key))
        click.echo(seen.note or f"{seen.origin}\n0", nl=not seen.note)


@witness.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8790, show_default=True)
@_telling
def serve_command(witness: Witness, host: str, port: int) -> None:
    """รับจุดยืนยันประวัติทางเครือข่าย / Answer logs on the network"""
    from esar.exchange.witnessing.serving import server

    try:
        answering = server(witness, host, port)
    except OSError as error:
        figures = {"address": f"{host}:{port}", "why": error.strerror or str(error)}
        raise Refused([Problem("witness.no_address", figures)]) from None
    _say("witness.serves", address=f"http://{host}:{answering.server_port}")
    try:
        answering.serve_forever()
    except KeyboardInterrupt:
        answering.server_close()
