"""A PDF may hold pages, and nothing that acts: no script, no program. What is attached is named.

Laws want some papers as they are: a tax invoice with its XML attached (PDF/A-3), a letter that
opens without a password and forbids changes. They are kept so; we never open what is attached.

Names are read as bytes, never by a parser: a parser that understood the file could be misled by
it. Object streams are unpacked, because names hide in them; what cannot be unpacked is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO

from esar.exchange.inspection.content import WHITESPACE, holds_script
from esar.exchange.inspection.joined import holds_archive
from esar.exchange.inspection.kinds import PDF_MAGIC, Kind
from esar.exchange.inspection.names import safe_name, suffix_of
from esar.exchange.inspection.preview import unlocked
from esar.kernel.problems import Problem

MAX_UNPACKED = 500_000_000  # bytes in all object streams of one file
MAX_STREAMS = 200_000
_FIRST_KILOBYTE = 1024
_CHUNK = 65_536
_OVERLAP = 64  # the longest name, every letter escaped
_END = b"%%EOF"
# What each name stands for. /JS needs no entry: a script acts by /S /JavaScript only.
_ACTIVE = {
    "JavaScript": "evidence.pdf_script",
    "Launch": "evidence.pdf_program",
    "EmbeddedFile": "evidence.pdf_attachment",
    "EmbeddedFiles": "evidence.pdf_attachment",
    "FileAttachment": "evidence.pdf_attachment",
    "GoToE": "evidence.pdf_program",
    "RichMedia": "evidence.pdf_form",
    "Rendition": "evidence.pdf_form",
    "XFA": "evidence.pdf_form",
    "SubmitForm": "evidence.pdf_form",
    "ImportData": "evidence.pdf_form",
    "Encrypt": "evidence.password",
}


def _named(*names: str) -> re.Pattern[bytes]:
    """These names, each letter plain or escaped (`/J#61vaScript`), up to the name's end."""
    spelled = "|".join(
        "".join(f"(?:{letter}|(?i:#{ord(letter):02x}))" for letter in name) for name in names
    )
    return re.compile(rf"/({spelled})(?=[\0\s/<>\[\]()%{{}}]|$)".encode())


_ACTING = _named(*_ACTIVE)
_EMBEDDED = _named("EF")
_ATTACHED = _named("EmbeddedFile")
_LONGEST_HEAD = 1000  # bytes from that name to the beginning of its stream
_FILE_NAME = re.compile(rb"/U?F[\0\s]*(\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f\s]+>)", re.DOTALL)
_BACKSLASHED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_BACKSLASHES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_PAPERS = frozenset(
    (
        *(".xml", ".csv", ".txt", ".json", ".pdf", ".png", ".jpg", ".jpeg", ".p7s", ".p7b"),
        *(".xlsx", ".ods", ".docx", ".odt", ".pptx", ".odp"),
    )
)
_OBJECT_STREAM = _named("ObjStm")
_PREDICTOR = _named("Predictor")
_STREAM = re.compile(rb"(?<!end)stream[ \t]*\r?\n?")
_ESCAPE = re.compile(rb"#([0-9a-fA-F]{2})")
_OBJECTS = re.compile(rb"[\0\t\n\f\r ]*(?:[0-9%]|$)")  # how the inside of an object stream begins


def problems(file: IO[bytes], _kind: Kind) -> list[Problem]:
    """Every reason to refuse this PDF. Reads all of it into memory."""
    data = file.read()
    codes = {*_joined_codes(data), *_acting_codes(data)}
    if "evidence.password" in codes and (plain := unlocked(data)) is not None:
        data = plain
        codes = {*_joined_codes(data), *_acting_codes(data)}
    if "evidence.pdf_attachment" in codes and _are_papers(attachments(data)):
        codes.discard("evidence.pdf_attachment")
    return [Problem(code) for code in sorted(codes)]


def names_within(file: IO[bytes]) -> tuple[str, ...]:
    """What is attached to a PDF that was found sound, by name, each once."""
    file.seek(0)
    data = file.read()
    if _named("Encrypt").search(data):
        data = unlocked(data) or data
    return attachments(data)


def attachments(data: bytes) -> tuple[str, ...]:
    """The names of attached files, wherever a dictionary with an embedded file gives them."""
    names: dict[str, None] = {}
    for piece in _legible(data):
        if _EMBEDDED.search(piece):
            for match in _FILE_NAME.finditer(piece):
                names[safe_name(_words(match[1]))] = None
    return tuple(names)


def _are_papers(names: Sequence[str]) -> bool:
    """Whether everything attached is of a kind that holds words or figures, and has a name."""
    return bool(names) and all(suffix_of(name) in _PAPERS for name in names)


def _legible(data: bytes) -> Iterator[bytes]:
    yield data
    view = memoryview(data)
    for stream in islice(_STREAM.finditer(data), MAX_STREAMS):
        yield from _objects_at(view, stream.end())


def _words(written: bytes) -> str:
    """A string of a PDF, in brackets or in hexadecimal."""
    if written.startswith(b"<"):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", written).decode()
        plain = bytes.fromhex(digits + "0" * (len(digits) % 2))
    else:
        plain = _BACKSLASHED.sub(_unescaped, written[1:-1])
    if plain.startswith((b"\xfe\xff", b"\xff\xfe")):
        return plain.decode("utf-16", "replace")
    return plain.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _unescaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    return bytes([int(sign, 8) & 0xFF]) if sign.isdigit() else _BACKSLASHES.get(sign, sign)


def _joined_codes(data: bytes) -> Iterator[str]:
    """It begins with its header and ends with its end mark, and is nothing else besides."""
    end = data.rfind(_END)
    if end < 0:
        yield "evidence.damaged"
    elif data[end + len(_END) :].strip(WHITESPACE) or holds_archive(_without_attached(data)):
        yield "evidence.joined"
    if not data.lstrip(WHITESPACE).startswith(PDF_MAGIC) or holds_script(data[:_FIRST_KILOBYTE]):
        yield "evidence.joined"


def _without_attached(data: bytes) -> bytes:
    """The file without the contents that are declared as attached: a workbook is a zip itself."""
    pieces, at = [], 0
    for match in _ATTACHED.finditer(data):
        stream = _STREAM.search(data, match.end(), match.end() + _LONGEST_HEAD)
        end = data.find(b"endstream", stream.end()) if stream else -1
        is_of_it = stream and data.find(b"endobj", match.end(), stream.start()) < 0
        if stream and is_of_it and at <= stream.end() <= end:
            pieces.append(data[at : stream.end()])
            at = end
    return b"".join((*pieces, data[at:]))


def _acting_codes(data: bytes) -> Iterator[str]:
    """What stands in the open, and in whatever unpacks to objects. Each byte is read once."""
    yield from _codes_in(data)
    view, left, begin = memoryview(data), MAX_UNPACKED, 0
    for number, stream in enumerate(_STREAM.finditer(data)):
        legible = False
        for piece in _objects_at(view, stream.end()):
            yield from _codes_in(piece)
            legible, left = True, left - len(piece)
            if left < 0:
                break
        if left < 0 or number > MAX_STREAMS or _is_hidden(data, begin, stream.start(), legible):
            yield "evidence.pdf_hidden"
            return
        begin = stream.end()


def _codes_in(data: bytes) -> Iterator[str]:
    for match in _ACTING.finditer(data):
        yield _ACTIVE[_plain(match[1])]


def _plain(name: bytes) -> str:
    return _ESCAPE.sub(lambda escape: bytes.fromhex(escape[1].decode()), name).decode()


def _is_hidden(data: bytes, begin: int, end: int, legible: bool) -> bool:
    """Whether the dictionary within is of an object stream in another packing than the usual."""
    if not _OBJECT_STREAM.search(data, begin, end):
        return False
    return not legible or _PREDICTOR.search(data, begin, end) is not None


def _objects_at(view: memoryview, at: int) -> Iterator[bytes]:
    """The pieces of what looks like objects, each after the end of the one before."""
    before = b""
    for piece in _unpacked(view, at):
        if not before and not _OBJECTS.match(piece):
            return
        yield before[-_OVERLAP:] + piece
        before = piece


def _unpacked(view: memoryview, at: int) -> Iterator[bytes]:
    """The deflated bytes from `at`, in pieces; ends quietly where they are not deflated."""
    engine, size = zlib.decompressobj(), 512
    try:
        while at < len(view) and not engine.eof:
            packed, at, size = bytes(view[at : at + size]), at + size, _CHUNK
            while packed and not engine.eof:
                if piece := engine.decompress(packed, 16 * _CHUNK):
                    yield piece
                packed = engine.unconsumed_tail
    except zlib.error:
        return
