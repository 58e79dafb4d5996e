"""Workbooks are zip archives: what is inside is weighed before anything is parsed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.parsers import expat

from esar.exchange.files.findings import refused
from esar.kernel.problems import Place

MAX_UNPACKED = 100_000_000
MAX_RATIO = 100
SMALL = 2_000_000  # below this a high ratio harms nobody
MAX_PARTS = 5_000
_ENCRYPTED = 0x1
_CHUNK = 65_536
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


@contextmanager
def opened(data: bytes, suffix: str, place: Place) -> Iterator[zipfile.ZipFile]:
    """The archive, once its sizes, its kind and its XML are found harmless. Errors: Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive, place)
            _check_kind(archive, suffix, place)
            _check_declarations(archive, place)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise refused("file.broken_zip", place) from None


def _check_sizes(archive: zipfile.ZipFile, place: Place) -> None:
    """Sizes as the archive declares them; `zipfile` never reads more than was declared."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise refused("file.password", place)
    bomb = unpacked > SMALL and unpacked // packed > MAX_RATIO
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or bomb:
        figures = {"found": unpacked // 1_000_000, "most": MAX_UNPACKED // 1_000_000}
        raise refused("file.unpacks_too_large", place, **figures)


def _check_kind(archive: zipfile.ZipFile, suffix: str, place: Place) -> None:
    names = set(archive.namelist())
    if any(_is_macro(name) for name in names):
        raise refused("file.macros", place)
    kind = _kind(archive, names)
    if "xl/workbook.bin" in names:
        raise refused("file.binary_excel", place)
    if kind is None:
        raise refused("file.not_a_workbook", place)
    if kind != suffix:
        raise refused("file.other_format", place, suffix=suffix, found=kind)
    if kind == ".xlsx" and b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise refused("file.macros", place)
    if kind == ".ods" and b"encryption-data" in _read(archive, "META-INF/manifest.xml"):
        raise refused("file.password", place)


def _is_macro(name: str) -> bool:
    lowered = name.lower()
    return lowered.endswith("vbaproject.bin") or lowered.startswith(("basic/", "scripts/"))


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        return ".xlsx"
    if "content.xml" in names and _read(archive, "mimetype").strip() == _ODS:
        return ".ods"
    return None


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _check_declarations(archive: zipfile.ZipFile, place: Place) -> None:
    """No part may declare a document type: that is where entity bombs are built."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels", ".rdf", ".vml")):
            with archive.open(part) as stream:
                if declares_a_type(stream):
                    raise refused("file.entities", place)


def declares_a_type(stream: IO[bytes]) -> bool:
    """Whether XML begins with a document type. Reads up to the root element only."""
    met: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: met.append("type")
    parser.StartElementHandler = lambda *_: met.append("root")
    try:
        while not met and (chunk := stream.read(_CHUNK)):
            parser.Parse(chunk)
    except expat.ExpatError:
        return "type" in met
    return "type" in met[:1]
