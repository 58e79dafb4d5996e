"""A package that somebody sent → the bytes of its files, once it is found harmless."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import NoReturn

from esar.kernel.problems import Place, Problem, Refused

MAX_BYTES = 100_000_000
MAX_UNPACKED = 400_000_000
MAX_RATIO = 200
SMALL = 2_000_000  # below this a high ratio harms nobody
MAX_FILES = 20_000
_NAME = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*/){0,3}[A-Za-z0-9][A-Za-z0-9._-]*")
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
    RuntimeError,
    OverflowError,
)


def package_bytes(path: Path) -> bytes:
    """The package's own bytes. Errors: Refused when it is no file, or too large to be one."""
    place = Place(file=path.name or str(path))
    try:
        if not path.is_file():
            _refuse("package.no_such_file", place)
        if path.stat().st_size > MAX_BYTES:
            _refuse("package.too_large", place, most=MAX_BYTES // 1_000_000)
        return path.read_bytes()
    except (OSError, ValueError):
        _refuse("package.unreadable", place)


def opened(data: bytes, place: Place) -> dict[str, bytes]:
    """Every file of the zip by name. Nothing is written to disk. Errors: Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive.infolist(), place)
            return {part.filename: archive.read(part) for part in archive.infolist()}
    except _BROKEN:
        _refuse("package.broken", place)


def _check(parts: list[zipfile.ZipInfo], place: Place) -> None:
    """Names and sizes as the archive declares them; `zipfile` reads no more than was declared."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    bomb = unpacked > SMALL and unpacked // packed > MAX_RATIO
    if len(parts) > MAX_FILES or unpacked > MAX_UNPACKED or bomb:
        figures = {"found": unpacked // 1_000_000, "most": MAX_UNPACKED // 1_000_000}
        _refuse("package.unpacks_too_large", place, files=len(parts), **figures)
    seen = set()
    for part in parts:
        if part.flag_bits & _ENCRYPTED or part.compress_type not in _METHODS:
            _refuse("package.encrypted", place, name=_shown(part.filename))
        if not _NAME.fullmatch(part.filename):
            _refuse("package.bad_name", place, name=_shown(part.filename))
        if part.filename in seen:
            _refuse("package.name_twice", place, name=_shown(part.filename))
        seen.add(part.filename)


def _shown(name: str) -> str:
    """A name in quotes, in ASCII: it may hold anything, even the code of a sentence."""
    return f"“{ascii(name)[1:-1][:80]}”"


def _refuse(code: str, place: Place, **figures: object) -> NoReturn:
    raise Refused([Problem(code, figures, place)]) from None
