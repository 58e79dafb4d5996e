"""Office and OpenDocument files: a document with pictures and links, and nothing that acts.

Accepted: hyperlinks, links to other workbooks (Excel asks before it follows them), templates on a
disk of the author, and workbooks inside the document that draw its charts. Refused: macros, what
is fetched from elsewhere on opening, embedded objects, further archives, document types in XML.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from esar.exchange.inspection import links, zips
from esar.exchange.inspection.content import UTF16_MARKS
from esar.exchange.inspection.kinds import ALL, BY_SUFFIX, OLE_MAGIC, ZIP_MAGIC, Kind
from esar.exchange.inspection.names import safe_name, suffix_of
from esar.exchange.inspection.xml_parts import attributes, declares_a_type
from esar.kernel.problems import Problem
from esar.kernel.wording import Word

_TYPES = "[Content_Types].xml"
_MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet", "activex", "dialogsheet")
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("basic/", "scripts/")
_COMMANDS = (b"DDEAUTO", b"<ddeLink", b"vnd.sun.star.script:")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    OSError,
)


def problems(file: IO[bytes], kind: Kind, *, inner: bool = False) -> list[Problem]:
    """Every reason to refuse this file; a bomb is not unpacked to look for more.

    `inner`: the file stands inside another, so it may hold no third one.
    """
    if reasons := zips.end_problems(file):
        return reasons
    try:
        with zipfile.ZipFile(file) as archive:
            if reasons := zips.weight_problems(archive):
                return reasons
            return [*_kind_problems(archive, kind), *_part_problems(archive, inner)]
    except _BROKEN:
        return [Problem("evidence.damaged")]


def _kind_problems(archive: zipfile.ZipFile, kind: Kind) -> Iterator[Problem]:
    declared = _declared(archive)
    kinds = [one for one in ALL if one.container == "zip" and one.inside in declared]
    lowered = [name.lower() for name in archive.namelist()]
    macros = any(word in one for one in declared for word in _MACRO_TYPES)
    if macros or any(
        name.endswith(_MACRO_PARTS) or name.startswith(_MACRO_FOLDERS) for name in lowered
    ):
        yield Problem("evidence.macros")
    elif len(kinds) > 1:
        yield Problem("evidence.joined")
    elif not kinds:
        figures = {"suffix": kind.suffixes[0], "found": Word("evidence.content.archive")}
        yield Problem("evidence.other_content", figures)
    elif kinds[0] != kind:
        yield Problem("evidence.misnamed", {"suffix": kind.suffixes[0], "found": kinds[0].name})


def _declared(archive: zipfile.ZipFile) -> set[str]:
    """The content types of all parts and the OpenDocument type, in lower case."""
    declared = set()
    names = archive.namelist()
    if _TYPES in names:
        parts = attributes(archive.read(_TYPES))
        declared = {one["ContentType"].lower() for _, one in parts if "ContentType" in one}
    if "mimetype" in names:
        declared.add(archive.read("mimetype").decode("latin-1").strip().lower())
    return declared


def _part_problems(archive: zipfile.ZipFile, inner: bool) -> list[Problem]:
    """Unpacks each part once, whole, so that its checksum is proved as well."""
    by_code: dict[str, Problem] = {}
    for part in archive.infolist():
        data = archive.read(part)
        for problem in _of_part(part.filename, data, inner):
            by_code.setdefault(problem.code, problem)  # one sentence for a thousand equal parts
    return list(by_code.values())


def _of_part(name: str, data: bytes, inner: bool) -> Iterator[Problem]:
    part = {"part": safe_name(name)}
    if data.startswith(OLE_MAGIC) or (data.startswith(b"MZ") and b"PE\0\0" in data[:4096]):
        yield Problem("evidence.embedded_object", part)
    elif data.startswith(ZIP_MAGIC):
        yield from _of_inner_file(name, data, inner)
    elif _is_xml(data):
        if declares_a_type(io.BytesIO(data)):
            yield Problem("evidence.document_type", part)
        else:
            yield from _of_xml(name, data)


def _of_inner_file(name: str, data: bytes, inner: bool) -> Iterator[Problem]:
    """Charts keep their figures in a workbook of their own; that one is looked at the same way."""
    kind = BY_SUFFIX.get(suffix_of(name))
    if inner or kind is None or kind.container != "zip" or "/embeddings/" not in name.lower():
        yield Problem("evidence.archive_inside", {"part": safe_name(name)})
    else:
        yield from problems(io.BytesIO(data), kind, inner=True)


def _is_xml(data: bytes) -> bool:
    begin = data[:200].lstrip(b"\xef\xbb\xbf\0\t\r\n ")
    return begin.startswith((b"<", *UTF16_MARKS))


def _of_xml(name: str, data: bytes) -> Iterator[Problem]:
    if any(command in data for command in _COMMANDS):
        yield Problem("evidence.macros")
    if name.lower().endswith(".rels"):
        remote = links.remote_relationships(attributes(data))
    elif name in ("content.xml", "styles.xml", "meta.xml") or name.endswith("/content.xml"):
        remote = links.remote_references(attributes(data))
    else:
        return
    for target in remote:
        yield Problem("evidence.fetches", {"target": target})
