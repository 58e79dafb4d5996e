"""`esar checkpoint`: the history is signed with a key outside the database, and witnesses sign it.

Exit codes: 0 signed by all, 1 a witness did not sign, 2 it could not be signed.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from esar.exchange.witnessing.keys import load_signing_key, write_signing_key
from esar.exchange.witnessing.notes import LOG, new_key
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import both, problem_sentence
from esar.operations.verify_history import _open_database

NOT_BY_ALL, REFUSED = 1, 2
DAY, AGAIN = timedelta(hours=24), timedelta(hours=1)
NOT_CONTINUED = (
    "checkpoint.forked",
    "checkpoint.rolled_back",
    "checkpoint.log_is_shorter",
    "checkpoint.log_is_another",
)


@click.command("checkpoint")
@click.option(
    "--new-key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=both("cli.help.make_a_key_of_the_log"),
)
@click.option("--origin", metavar="NAME", default="", help=both("cli.help.name_of_the_log"))
@click.option("--show-key", is_flag=True, help=both("cli.help.public_key_of_the_log"))
def checkpoint(*, new_key: Path | None, origin: str, show_key: bool) -> None:
    """ลงนามประวัติ และขอลายมือชื่อพยาน / sign the history, and have witnesses sign it"""
    try:
        if new_key is not None:
            _make_key(new_key, origin)
        elif show_key:
            click.echo(_public_key())
        else:
            _sign()
    except Refused as refused:
        _echo(refused.problems)
        sys.exit(REFUSED)


def _make_key(path: Path, origin: str) -> None:
    host = urlsplit(os.environ.get("ESAR_ADDRESS", "http://127.0.0.1:8000")).netloc
    key = new_key(origin or f"{host}/log", LOG)
    write_signing_key(path, key)
    click.echo(str(key.public))


def _public_key() -> str:
    path = os.environ.get("ESAR_LOG_KEY")
    if not path:
        raise Refused([Problem("checkpoint.no_key")])
    return str(load_signing_key(Path(path)).public)


def _sign() -> None:
    _open_database()
    from django.utils import timezone

    from esar.platform.history.checkpoints.actions import sign_log

    signed_log = sign_log(at=timezone.now())
    click.echo(str(signed_log.note), nl=False)
    _echo(signed_log.problems)
    if signed_log.problems:
        sys.exit(NOT_BY_ALL)


def _echo(problems: Iterable[Problem]) -> None:
    for problem in problems:
        for language in ("th", "en"):
            click.echo(problem_sentence(problem, language), err=True)


def sign_if_due(*, at: datetime) -> bool:
    """For the worker: sign once a day, after every release, and again while a witness is away.

    Whether it was signed. What is wrong is written to the log of the program; that the history
    does not go on unbroken is told to every administrator too.
    """
    from esar.platform.history.checkpoints import queries
    from esar.platform.history.checkpoints.actions import sign_log

    if not (queries.is_signed() and _is_due(at)):
        return False
    problems: Iterable[Problem]
    try:
        problems, is_done = sign_log(at=at).problems, True
    except Refused as refused:
        problems, is_done = refused.problems, False
    for problem in problems:
        logging.getLogger(__name__).error(problem_sentence(problem, "en"))
        if problem.code in NOT_CONTINUED:
            _alarm(at)
    return is_done


def _is_due(at: datetime) -> bool:
    from esar.platform.history.checkpoints import queries
    from esar.platform.history.models import Event

    newest = queries.newest()
    if newest is None:
        return Event.objects.exists()
    if at - newest.at >= DAY:
        return True
    if Event.objects.filter(number__gt=newest.size, verb="result.release").exists():
        return True
    return at - newest.at >= AGAIN and _is_incomplete(newest)


def _is_incomplete(newest: Any) -> bool:
    """Whether a witness has not signed the newest checkpoint, or the authority not stamped it."""
    from esar.platform.history.checkpoints import queries
    from esar.platform.history.models import Stamp

    try:
        authority = queries.stamp_authority()
        if authority is not None and not Stamp.objects.filter(checkpoint=newest).exists():
            return True
        seen = [queries.seen_by(witness.key) for witness in queries.witnesses()]
    except Refused:
        return False
    return any(newest_seen is None or newest_seen[0] < newest.size for newest_seen in seen)


def _alarm(at: datetime) -> None:
    """Once a day to each administrator."""
    from django.urls import reverse

    from esar.platform.notices.actions import tell
    from esar.platform.organisations.models import Role
    from esar.platform.organisations.queries import people_with
    from esar.platform.ui import clock

    tell(
        people_with(clock.today(), Role.ADMINISTRATOR),
        "notice.log_not_continued",
        path=reverse("public:log"),
        key=f"log-not-continued:{at.date()}",
        at=clock.now(),
    )
