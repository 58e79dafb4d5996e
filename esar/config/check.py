"""`esar check`: all that is wrong with the settings, at once, before anything is started.

Exit codes: 0 in order, 2 something is to be mended. It reads the environment and writes nothing.
What cannot be read at all keeps every process from starting, by the same sentences (settings.py).
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

import click

from esar.exchange.witnessing.keys import load_signing_key
from esar.exchange.witnessing.notes import read_key
from esar.exchange.witnessing.sending import read_addresses
from esar.exchange.witnessing.stamps import read_authority
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import problem_sentence, say
from esar.platform.ui.caller import read_proxies

CANNOT_START, TO_MEND = 1, 2
LENGTH, LETTERS = 50, 10  # of a secret, as Django has it, and how many different ones
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
SAFE_MODES = SSL_MODES[3:]
NUMBERS = ("ESAR_MOST_MEGABYTES", "ESAR_DISK_RESERVE")
KEEP_DAYS = {"security": 365, "sessions": 0, "tasks": 30, "notices": 730}
ADDRESS, HOSTS = "http://127.0.0.1:8000", "127.0.0.1,localhost,[::1]"  # where none are set
SCHEMES = {
    "ESAR_ADDRESS": ("http", "https"),
    "ESAR_DATABASE_URL": ("postgres", "postgresql"),
    "ESAR_MAIL_URL": ("smtp", "smtps", "smtp+starttls"),
    "ESAR_FILES_URL": ("s3", "s3s"),
}
ELSEWHERE = {"ESAR_COMMIT", "ESAR_LANG", "ESAR_RULEBOOK"}  # read past settings.py
OTHERS = 0o007
Environment = Mapping[str, str]


@click.command("check")
def check() -> None:
    """ตรวจค่าตั้งทั้งหมดพร้อมกัน / look at all settings at once"""
    if _tell(problems_of(os.environ), err=False):
        sys.exit(TO_MEND)
    for language in ("th", "en"):
        click.echo(say("settings.in_order", {}, language))


def refuse_unreadable(environment: Environment) -> None:
    """Errors: SystemExit where a setting cannot be read, after all of them were told."""
    if _tell(unreadable(environment), err=True):
        sys.exit(CANNOT_START)


def _tell(problems: Iterable[Problem], *, err: bool) -> bool:
    """Say each problem in both languages. Whether there are any."""
    sentences = [
        problem_sentence(problem, language) for problem in problems for language in ("th", "en")
    ]
    for sentence in sentences:
        click.echo(sentence, err=err)
    return bool(sentences)


def problems_of(environment: Environment) -> Iterator[Problem]:
    """Everything that is wrong; what is not set has its default, which is asked as well."""
    yield from _misspelt(environment)
    yield from unreadable(environment)
    yield from unsafe(environment)


def unreadable(environment: Environment) -> Iterator[Problem]:
    """What nothing can start with."""
    if environment.get("ESAR_DEMO") != "1" and not environment.get("ESAR_SECRET"):
        yield Problem("settings.no_secret", {"length": LENGTH})
    for name in SCHEMES:
        if isinstance(problem := _parts(name, environment), Problem):
            yield problem
    if environment.get("ESAR_FILES_URL") and not (find_spec("storages") and find_spec("boto3")):
        yield Problem("settings.no_s3")
    mode = _database_query(environment).get("sslmode", SSL_MODES[0])
    if mode not in SSL_MODES:
        yield Problem("settings.no_sslmode", {"mode": mode, "modes": ", ".join(SSL_MODES)})
    yield from _refused_by(read_proxies, environment.get("ESAR_PROXIES", ""))
    yield from _refused_by(read_keep_days, environment.get("ESAR_KEEP_DAYS", ""))
    yield from _scanner(environment.get("ESAR_CLAMD", ""))
    yield from _numbers(environment)
    yield from _keys(environment)
    folder = Path(environment.get("ESAR_VAR", _root() / "var"))
    if not _is_writable(folder):
        yield Problem("settings.no_folder", {"path": str(folder)})


def unsafe(environment: Environment) -> Iterator[Problem]:
    """What can be read, and is not to be."""
    if environment.get("ESAR_DEMO") != "1":
        yield from _weak_secret(environment.get("ESAR_SECRET", ""))
        yield from _in_earnest(environment)
    yield from _host(environment)
    yield from _plain_lines(environment)
    folder = Path(environment.get("ESAR_VAR", _root() / "var"))
    if folder.is_dir() and folder.stat().st_mode & OTHERS:
        yield Problem("settings.open_folder", {"path": str(folder)})


def _root() -> Path:
    return Path(__file__).resolve().parents[2]


def names() -> set[str]:
    """The settings that there are, as the first words of settings.py tell them."""
    source = Path(__file__).with_name("settings.py").read_text("utf-8")
    words = ast.get_docstring(ast.parse(source)) or ""
    return set(re.findall(r"^(ESAR_[A-Z_]+) ", words, re.MULTILINE)) | ELSEWHERE


def _misspelt(environment: Environment) -> Iterator[Problem]:
    for name in sorted(set(environment) - names()):
        if name.startswith("ESAR_"):
            yield Problem("settings.unknown", {"name": name})


def _weak_secret(secret: str) -> Iterator[Problem]:
    if secret and (len(secret) < LENGTH or len(set(secret)) < LETTERS):
        figures = {"length": len(secret), "least": LENGTH, "letters": LETTERS}
        yield Problem("settings.weak_secret", figures)


def _in_earnest(environment: Environment) -> Iterator[Problem]:
    if environment.get("ESAR_DEBUG") == "1":
        yield Problem("settings.debug")
    if not environment.get("ESAR_MAIL_URL"):
        yield Problem("settings.no_mail")
    address = _line("ESAR_ADDRESS", environment, ADDRESS)
    if address and address.scheme != "https":
        yield Problem("settings.plain_address", {"address": address.geturl()})


def _host(environment: Environment) -> Iterator[Problem]:
    address = _line("ESAR_ADDRESS", environment, ADDRESS)
    hosts = environment.get("ESAR_HOSTS", HOSTS).split(",")
    if address:
        host = address.hostname or ""
        if not any(_serves(each, host) for each in hosts):
            yield Problem("settings.host_not_served", {"host": host or address.geturl()})


def _serves(name: str, host: str) -> bool:
    """As Django has it: a name with a dot before it serves all below."""
    return name in ("*", host) or (name.startswith(".") and f".{host}".endswith(name))


def _parts(name: str, environment: Environment, default: str = "") -> SplitResult | Problem | None:
    """The parts of the address that a setting is; None where it is not set, or why it is none.

    What is said holds no password.
    """
    schemes, url = SCHEMES[name], environment.get(name) or default
    if not url:
        return None
    try:
        parts = urlsplit(url)
        readable = parts.scheme in schemes and parts.port != 0  # reading it raises where it is none
    except ValueError:
        readable = False
    if readable:
        return parts
    figures = {"name": name, "schemes": ", ".join(f"{scheme}://" for scheme in schemes)}
    return Problem("settings.no_url", figures)


def _line(name: str, environment: Environment, default: str = "") -> SplitResult | None:
    """The same where it can be read; what cannot is told of by itself."""
    parts = _parts(name, environment, default)
    return parts if isinstance(parts, SplitResult) else None


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database_query(environment: Environment) -> dict[str, str]:
    parts = _line("ESAR_DATABASE_URL", environment)
    return {name: texts[0] for name, texts in parse_qs(parts.query).items()} if parts else {}


def _plain_lines(environment: Environment) -> Iterator[Problem]:
    """Lines to the database, the mail server and the store on which a password can be read."""
    if database := _line("ESAR_DATABASE_URL", environment):
        query = _database_query(environment)
        host = query.get("host") or database.hostname or "/"
        is_safe = query.get("sslmode") in SAFE_MODES
        if not is_safe and not host.startswith("/") and not _is_here(host):
            yield Problem("settings.plain_database", {"host": host})
    mail = _line("ESAR_MAIL_URL", environment)
    if mail and mail.scheme == "smtp" and mail.password and not _is_here(mail.hostname or ""):
        yield Problem("settings.plain_mail", {"host": mail.hostname})
    files = _line("ESAR_FILES_URL", environment)
    if files and files.scheme == "s3" and not _is_here(files.hostname or ""):
        yield Problem("settings.plain_files", {"host": files.hostname})


def _scanner(address: str) -> Iterator[Problem]:
    path = address.removeprefix("unix:")
    host, _, port = address.removeprefix("tcp:").rpartition(":")
    if address and not path.startswith("/") and not (host and port.isdecimal()):
        yield Problem("settings.no_scanner", {"address": address[:120]})


def _numbers(environment: Environment) -> Iterator[Problem]:
    for name in NUMBERS:
        text = environment.get(name, "1")
        if not (text.isascii() and text.isdecimal()):
            yield Problem("settings.no_number", {"name": name, "text": text[:120]})


def read_keep_days(pairs: str) -> dict[str, int]:
    """Days that each kind is kept for: the defaults, and what the operator says instead.

    Errors: Refused for a kind that there is none of, or what is no number of days.
    """
    days, problems = dict(KEEP_DAYS), []
    for pair in filter(None, (pair.strip() for pair in pairs.split(","))):
        kind, _, number = pair.partition("=")
        if kind in days and number.isascii() and number.isdecimal():
            days[kind] = int(number)
        else:
            figures = {"pair": pair[:120], "kinds": ", ".join(days)}
            problems.append(Problem("settings.no_keep_days", figures))
    if problems:
        raise Refused(problems)
    return days


def _keys(environment: Environment) -> Iterator[Problem]:
    if path := environment.get("ESAR_LOG_KEY"):
        yield from _refused_by(lambda text: load_signing_key(Path(text)), path)
    for key in environment.get("ESAR_LOG_PUBLIC_KEYS", "").split():
        yield from _refused_by(read_key, key)
    yield from _refused_by(read_addresses, environment.get("ESAR_WITNESSES", ""))
    if authority := environment.get("ESAR_TIMESTAMPS"):
        roots = Path(environment.get("ESAR_TIMESTAMP_ROOTS", ""))
        yield from _refused_by(lambda text: read_authority(text, roots), authority)


def _refused_by(read: Callable[[str], object], text: str) -> Iterator[Problem]:
    """What a reader of a setting says against it."""
    try:
        read(text)
    except Refused as refused:
        yield from refused.problems


def _is_writable(folder: Path) -> bool:
    """Whether it may be written in; or, where it is not there, the first above it that is."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)
