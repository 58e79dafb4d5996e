"""Line ends that git or an editor changed after a package was unpacked: told, and put right."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from esar.kernel.problems import Place, Problem

# File → its size in bytes and its hash, as the descriptor says them.
Declared = Mapping[str, tuple[int, str]]


def measure(data: bytes) -> tuple[int, str]:
    """What a descriptor says of a file with this content."""
    return len(data), f"sha256:{hashlib.sha256(data).hexdigest()}"


def as_published(
    files: Mapping[str, bytes], declared: Declared
) -> tuple[dict[str, bytes], list[Problem]]:
    """The files with the line ends that they were published with, and a problem for each that had
    others. A file that differs in anything else stays as it is.
    """
    published = {name: _as_declared(data, declared.get(name)) for name, data in files.items()}
    changed = [name for name, data in files.items() if data != published[name]]
    return published, [Problem("package.line_ends", {}, Place(file=name)) for name in changed]


def _as_declared(data: bytes, size_and_hash: tuple[int, str] | None) -> bytes:
    plain = data.replace(b"\r\n", b"\n")
    if size_and_hash is None:  # the descriptor does not say its own
        return plain
    forms = (data, plain, plain.replace(b"\n", b"\r\n"))
    return next((form for form in forms if measure(form) == size_and_hash), data)
