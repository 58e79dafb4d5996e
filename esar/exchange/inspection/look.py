"""One look at a file that was sent as evidence: it is what its name says, or it is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from esar.exchange.inspection import content, images, office, old_office, pdf, text
from esar.exchange.inspection.kinds import ALL, BY_SUFFIX, Kind
from esar.exchange.inspection.names import suffix_of
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word

_CHECKS: dict[str, Callable[[IO[bytes], Kind], list[Problem]]] = {
    "pdf": pdf.problems,
    "png": images.problems,
    "jpeg": images.problems,
    "zip": office.problems,
    "ole": old_office.problems,
    "text": text.problems,
}
_NAMED_ALIKE = {"pdf", "png", "jpeg"}  # containers that hold one kind only


@dataclass(frozen=True)
class Found:
    """What a file is. `size` in bytes: what is to be kept of it, from its beginning.

    `attached` names what a PDF carries inside, which nobody here opens.
    """

    kind: Kind
    media_type: str
    size: int
    attached: tuple[str, ...] = ()


def look(file: IO[bytes], name: str, *, most_bytes: int) -> Found:
    """What the file is, once nothing is found against it.

    Units: `most_bytes` at most; a larger file is refused unread. The file is read into memory and
    left at its beginning.
    Errors: Refused with every problem, `evidence.*`; what can no longer be trusted is not looked
    into any further.
    """
    size = file.seek(0, os.SEEK_END)
    kind = BY_SUFFIX.get(suffix_of(name))
    if problems := [*_size_problems(size, most_bytes), *_name_problems(kind, name)]:
        raise Refused(problems)
    assert kind is not None
    file.seek(0)
    head = file.read(content.HEAD)
    problems = _content_problems(file, head, kind)
    if not problems:
        file.seek(0)
        problems = _CHECKS[kind.container](file, kind)
    if problems:
        raise Refused(problems)
    if kind.container in ("png", "jpeg"):
        size = images.end_of_picture(file, kind) or size
    attached = pdf.names_within(file) if kind.container == "pdf" else ()
    file.seek(0)
    return Found(kind, kind.media_type, size, attached)


def _size_problems(size: int, most_bytes: int) -> list[Problem]:
    if size == 0:
        return [Problem("evidence.empty")]
    if size > most_bytes:
        return [Problem("evidence.too_large", {"most": most_bytes // 1_000_000})]
    return []


def _name_problems(kind: Kind | None, name: str) -> list[Problem]:
    if kind is not None:
        return []
    suffixes = ", ".join(suffix for one in ALL for suffix in one.suffixes)
    if suffix := suffix_of(name):
        return [Problem("evidence.not_taken", {"suffix": suffix, "known": suffixes})]
    return [Problem("evidence.no_suffix", {"name": name, "known": suffixes})]


def _content_problems(file: IO[bytes], head: bytes, kind: Kind) -> list[Problem]:
    """The first bytes against the name."""
    container = content.container(head)
    if container == kind.container or (
        kind.container == "text" and container in ("unknown", "utf16")
    ):
        return []
    figures = {"suffix": kind.suffixes[0], "found": Word(f"evidence.content.{container}")}
    if container in _NAMED_ALIKE:
        return [
            Problem("evidence.misnamed", figures | {"found": Word(f"evidence.kind.{container}")})
        ]
    if container == "ole" and kind.container == "zip":
        file.seek(0)
        if old_office.is_locked(file.read()):
            return [Problem("evidence.password")]
    return [Problem("evidence.other_content", figures)]
