"""A package that somebody sent → the bytes of its files, once it is found harmless."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import NoReturn

from esar.exchange.packaging.descriptor import DATAPACKAGE
from esar.kernel.problems import Place, Problem, Refused

MAX_BYTES = 100_000_000
MAX_UNPACKED = 400_000_000
MAX_RATIO = 200
SMALL = 2_000_000  # below this a high ratio harms nobody
MAX_FILES = 20_000
MAX_TOPS = 3  # folders of people around a package's own files
_NAME = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*/){0,6}[A-Za-z0-9][A-Za-z0-9._-]*")
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
            parts = _own_parts(archive.infolist())
            _check(parts, place)
            return _without_top({part.filename: archive.read(part) for part in parts})
    except _BROKEN:
        _refuse("package.broken", place)


def unpacked(folder: Path, place: Place) -> dict[str, bytes]:
    """Every file of a package that was unpacked into a folder, by name. Errors: Refused."""
    files: dict[str, bytes] = {}
    size = 0
    try:
        top = _top_of(folder)
        for path in sorted(top.rglob("*")) if top else ():
            name = path.relative_to(top or folder).as_posix()
            if not path.is_file() or path.is_symlink() or _is_of_a_computer(name):
                continue
            size += path.stat().st_size
            if size > MAX_UNPACKED or len(files) >= MAX_FILES:
                figures = {"found": size // 1_000_000, "most": MAX_UNPACKED // 1_000_000}
                _refuse("package.unpacks_too_large", place, files=len(files), **figures)
            if not _NAME.fullmatch(name):
                _refuse("package.bad_name", place, name=_shown(name))
            files[name] = path.read_bytes()
    except (OSError, ValueError):
        _refuse("package.unreadable", place)
    if not files:
        _refuse("package.not_a_package", place, name=DATAPACKAGE)
    return files


def _top_of(folder: Path) -> Path | None:
    """The folder where the package's files begin: this one, or the only one in it that has any."""
    for depth in range(MAX_TOPS + 1):
        tops = [path.parent for path in folder.glob("*/" * depth + DATAPACKAGE)]
        if tops:
            return tops[0] if len(tops) == 1 else None
    return None


def _own_parts(parts: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The package's files: without what a computer adds when it packs, with plain slashes."""
    for part in parts:
        part.filename = part.filename.replace("\\", "/")
    return [
        part
        for part in parts
        if not part.filename.endswith("/") and not _is_of_a_computer(part.filename)
    ]


def _is_of_a_computer(name: str) -> bool:
    """Whether a computer keeps this beside people's files: of a Mac, of Windows."""
    *folders, last = name.split("/")
    is_unseen = any(part.startswith(".") and part.strip(".") for part in (*folders, last))
    return (
        is_unseen or "__MACOSX" in folders or last.lower() in ("thumbs.db", "desktop.ini", "icon\r")
    )


def _without_top(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a package that lies in a folder of its own, or two, as if it did not."""
    for _ in range(MAX_TOPS):
        tops = {name.partition("/")[0] for name in files}
        if DATAPACKAGE in files or len(tops) != 1 or tops & set(files):
            break
        files = {name.partition("/")[2]: content for name, content in files.items()}
    return files


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
