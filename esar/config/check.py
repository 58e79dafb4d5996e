"""`esar check`: all that is wrong with the settings, at once, before anything is started.

Exit codes: 0 in order, 2 something is to be mended. It reads the environment and writes nothing.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

import click

from esar.exchange.witnessing.keys import load_signing_key
from esar.exchange.witnessing.notes import read_key
from esar.exchange.witnessing.sending import read_addresses
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import problem_sentence, say
from esar.platform.ui.caller import read_proxies

TO_MEND = 2
LENGTH, LETTERS = 50, 10  # of a secret, as Django has it, and how many different ones
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
SAFE_MODES = SSL_MODES[3:]
NUMBERS = ("ESAR_MOST_MEGABYTES", "ESAR_DISK_RESERVE")
ELSEWHERE = {"ESAR_LANG", "ESAR_RULEBOOK"}  # of the command, not of the site
OTHERS = 0o007
Environment = Mapping[str, str]


@click.command("check")
def check() -> None:
    """ตรวจค่าตั้งทั้งหมดพร้อมกัน / look at all settings at once"""
    problems = list(problems_of(os.environ))
    for problem in problems:
        for language in ("th", "en"):
            click.echo(problem_sentence(problem, language))
    if problems:
        sys.exit(TO_MEND)
    for language in ("th", "en"):
        click.echo(say("settings.in_order", {}, language))


def problems_of(environment: Environment) -> Iterator[Problem]:
    """Everything that is wrong; what is not set has its default, which is asked as well."""
    is_demo = environment.get("ESAR_DEMO") == "1"
    yield from _misspelt(environment)
    if not is_demo:
        yield from _secret(environment.get("ESAR_SECRET", ""))
        yield from _in_earnest(environment)
    yield from _address(environment)
    yield from _refused_by(read_proxies, environment.get("ESAR_PROXIES", ""))
    yield from _database(environment.get("ESAR_DATABASE_URL", ""))
    yield from _mail(environment.get("ESAR_MAIL_URL", ""))
    yield from _files(environment.get("ESAR_FILES_URL", ""))
    yield from _scanner(environment.get("ESAR_CLAMD", ""))
    yield from _numbers(environment)
    yield from _keys(environment)
    yield from _folder(Path(environment.get("ESAR_VAR", _root() / "var")))


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


def _secret(secret: str) -> Iterator[Problem]:
    if not secret:
        yield Problem("settings.no_secret", {"length": LENGTH})
    elif len(secret) < LENGTH or len(set(secret)) < LETTERS:
        figures = {"length": len(secret), "least": LENGTH, "letters": LETTERS}
        yield Problem("settings.weak_secret", figures)


def _in_earnest(environment: Environment) -> Iterator[Problem]:
    if environment.get("ESAR_DEBUG") == "1":
        yield Problem("settings.debug")
    if not environment.get("ESAR_MAIL_URL"):
        yield Problem("settings.no_mail")
    address = environment.get("ESAR_ADDRESS", "http://127.0.0.1:8000")
    if not address.startswith("https://"):
        yield Problem("settings.plain_address", {"address": address})


def _address(environment: Environment) -> Iterator[Problem]:
    hosts = environment.get("ESAR_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
    address = environment.get("ESAR_ADDRESS", "http://127.0.0.1:8000")
    host = urlsplit(address).hostname or ""
    if not any(_serves(each, host) for each in hosts):
        yield Problem("settings.host_not_served", {"host": host or address})


def _serves(name: str, host: str) -> bool:
    """As Django has it: a name with a dot before it serves all below."""
    return name in ("*", host) or (name.startswith(".") and f".{host}".endswith(name))


def _split(name: str, url: str, schemes: tuple[str, ...]) -> SplitResult | Problem:
    """The parts of an address, or why it is none. What is said holds no password."""
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in schemes and (parts.port or True)
    except ValueError:
        is_one = False
    if is_one:
        return parts
    return Problem(
        "settings.no_url", {"name": name, "schemes": ", ".join(f"{s}://" for s in schemes)}
    )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database(url: str) -> Iterator[Problem]:
    if not url:
        return
    parts = _split("ESAR_DATABASE_URL", url, ("postgres", "postgresql"))
    if isinstance(parts, Problem):
        yield parts
        return
    query = {name: texts[0] for name, texts in parse_qs(parts.query).items()}
    mode = query.get("sslmode", "prefer")
    if mode not in SSL_MODES:
        yield Problem("settings.no_sslmode", {"mode": mode, "modes": ", ".join(SSL_MODES)})
    host = query.get("host") or parts.hostname or "/"
    if mode not in SAFE_MODES and not host.startswith("/") and not _is_here(host):
        yield Problem("settings.plain_database", {"host": host})


def _mail(url: str) -> Iterator[Problem]:
    if not url:
        return
    parts = _split("ESAR_MAIL_URL", url, ("smtp", "smtps", "smtp+starttls"))
    if isinstance(parts, Problem):
        yield parts
    elif parts.scheme == "smtp" and parts.password and not _is_here(parts.hostname or ""):
        yield Problem("settings.plain_mail", {"host": parts.hostname})


def _files(url: str) -> Iterator[Problem]:
    if not url:
        return
    parts = _split("ESAR_FILES_URL", url, ("s3", "s3s"))
    if isinstance(parts, Problem):
        yield parts
        return
    if parts.scheme == "s3" and not _is_here(parts.hostname or ""):
        yield Problem("settings.plain_files", {"host": parts.hostname})
    if find_spec("storages") is None or find_spec("boto3") is None:
        yield Problem("settings.no_s3")


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


def _keys(environment: Environment) -> Iterator[Problem]:
    if path := environment.get("ESAR_LOG_KEY"):
        yield from _refused_by(lambda text: load_signing_key(Path(text)), path)
    for key in environment.get("ESAR_LOG_PUBLIC_KEYS", "").split():
        yield from _refused_by(read_key, key)
    yield from _refused_by(read_addresses, environment.get("ESAR_WITNESSES", ""))


def _refused_by(read: object, text: str) -> Iterator[Problem]:
    """What a reader of a setting says against it."""
    try:
        read(text)  # type: ignore[operator]
    except Refused as refused:
        yield from refused.problems


def _folder(folder: Path) -> Iterator[Problem]:
    there = folder if folder.exists() else folder.parent
    if not os.access(there, os.W_OK | os.X_OK):
        yield Problem("settings.no_folder", {"path": str(folder)})
    elif folder.exists() and folder.stat().st_mode & OTHERS:
        yield Problem("settings.open_folder", {"path": str(folder)})
