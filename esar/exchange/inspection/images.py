"""A picture may hold one picture, of a size that can be opened, and nothing that acts after it."""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import dataclass
from typing import IO

from PIL import Image

from esar.exchange.inspection.content import holds_script
from esar.exchange.inspection.joined import holds_archive
from esar.exchange.inspection.kinds import OLE_MAGIC, PNG_MAGIC, Kind
from esar.kernel.problems import Problem

MAX_PIXELS = 210_000_000  # what the cameras of phones write; drawn small, for the preview only
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
_MAX_CHUNKS = 100_000  # a picture of a gigabyte has fewer
_DOCUMENTS = (b"%PDF-", b"MZ", b"\x7fELF", b"PK", OLE_MAGIC)  # files of their own
_PADDING = b"\0\t\n\r "
_SCAN_ENDS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_ALONE = {0x01, *range(0xD0, 0xD9)}  # JPEG markers without a length
_SIZES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG frames, which tell height and width
_END_OF_IMAGE, _START_OF_SCAN = 0xD9, 0xDA


@dataclass(frozen=True)
class Extent:
    """Width and height in pixels, and the offset of the first byte after the picture."""

    width: int
    height: int
    end: int


def problems(file: IO[bytes], kind: Kind) -> list[Problem]:
    """Every reason to refuse this picture. Its pixels are not decoded here."""
    data = file.read()
    extent = png_extent(data) if kind.code == "png" else jpeg_extent(data)
    if extent is None:
        return [Problem("evidence.damaged")]
    reasons = []
    rest = data[extent.end :].strip(_PADDING)
    if holds_archive(data) or holds_script(rest) or rest.startswith(_DOCUMENTS):
        reasons.append(Problem("evidence.joined"))
    if extent.width * extent.height > MAX_PIXELS:
        reasons.append(_too_many_pixels(extent))
    elif not reasons and not _verified(data, kind):
        reasons.append(Problem("evidence.damaged"))
    return reasons


def end_of_picture(file: IO[bytes], kind: Kind) -> int | None:
    """Where a sound picture ends, if more than padding follows: a phone's own notes, a film.

    What follows is cut off, since no picture needs it.
    """
    file.seek(0)
    data = file.read()
    extent = png_extent(data) if kind.code == "png" else jpeg_extent(data)
    return extent.end if extent and data[extent.end :].strip(_PADDING) else None


def _too_many_pixels(extent: Extent) -> Problem:
    millions = extent.width * extent.height // 1_000_000
    most = MAX_PIXELS // 1_000_000
    return Problem("evidence.picture_too_large", {"found": millions, "most": most})


def _verified(data: bytes, kind: Kind) -> bool:
    try:
        with Image.open(io.BytesIO(data), formats=[kind.code.upper()]) as image:
            image.verify()
    except (OSError, SyntaxError, ValueError, struct.error, zlib.error, EOFError):
        return False
    return True


def png_extent(data: bytes) -> Extent | None:
    """Walks from chunk to chunk up to IEND. None: cut short or no PNG."""
    if data[:8] != PNG_MAGIC or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    width, height = struct.unpack_from(">II", data, 16)
    at = len(PNG_MAGIC)
    for _ in range(_MAX_CHUNKS):
        if at + 12 > len(data):
            break
        (length,) = struct.unpack_from(">I", data, at)
        name, at = data[at + 4 : at + 8], at + 12 + length
        if name == b"IEND":
            return Extent(width, height, at) if width and height and at <= len(data) else None
    return None


def jpeg_extent(data: bytes) -> Extent | None:
    """Walks from marker to marker to the end of the last picture. None: cut short or no JPEG.

    Phones put further JPEGs behind the first (a preview, brightness for bright screens); they are
    walked too, and the largest counts.
    """
    extent = _one_jpeg(data, 0)
    end = extent.end if extent else len(data)
    while extent and data.startswith(b"\xff\xd8\xff", end):
        following = _one_jpeg(data, end)
        if following is None:
            break
        extent = max(extent, following, key=lambda one: one.width * one.height)
        end = following.end + _padding_at(data, following.end)
    return Extent(extent.width, extent.height, end) if extent else None


def _padding_at(data: bytes, at: int) -> int:
    ahead = data[at : at + 65_536]
    return len(ahead) - len(ahead.lstrip(b"\0"))


def _one_jpeg(data: bytes, at: int) -> Extent | None:
    if data[at : at + 2] != b"\xff\xd8":
        return None
    at, width, height = at + 2, 0, 0
    while at + 2 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == _END_OF_IMAGE:
            return Extent(width, height, at + 2) if width and height else None
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _SIZES and at + 9 <= len(data):
            height, width = struct.unpack_from(">HH", data, at + 5)
        at = _after_segment(data, at, marker)
    return None


def _after_segment(data: bytes, at: int, marker: int) -> int:
    """The offset of the next marker; a scan's own bytes run up to it. The end: there is none."""
    if at + 4 > len(data):
        return len(data)
    after = at + 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    if marker != _START_OF_SCAN:
        return after
    ends = _SCAN_ENDS.search(data, after)
    return ends.start() if ends else len(data)
