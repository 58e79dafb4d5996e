"""A zip archive is weighed before anything in it is unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
from typing import IO

from esar.exchange.inspection.names import safe_name
from esar.kernel.problems import Problem

MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
SMALL = 2_000_000  # below this a high ratio harms nobody
MAX_PARTS = 5_000
_MAX_DIRECTORY = MAX_PARTS * 300  # bytes
_END = struct.Struct("<4s4H2LH")
_LOCATOR = 20  # bytes of the zip64 record that may stand before the end record
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BAD_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f\\]")


def end_problems(file: IO[bytes]) -> list[Problem]:
    """What the last bytes tell, before `zipfile` builds the whole directory in memory.

    Nothing may follow the end record, not even a comment: there a second file would begin.
    """
    size = file.seek(0, 2)
    tail = _LOCATOR + _END.size
    file.seek(max(size - tail, 0))
    last = file.read(tail)
    if len(last) < tail or not last.startswith(b"PK\x05\x06", _LOCATOR):
        file.seek(max(size - 66_000, 0))
        code = "evidence.joined" if b"PK\x05\x06" in file.read() else "evidence.damaged"
        return [Problem(code)]
    _, _, _, _, parts, directory, _, comment = _END.unpack(last[_LOCATOR:])
    if comment:
        return [Problem("evidence.joined")]
    zip64 = last.startswith(b"PK\x06\x07")
    return [_too_heavy()] if zip64 or parts > MAX_PARTS or directory > _MAX_DIRECTORY else []


def weight_problems(archive: zipfile.ZipFile) -> list[Problem]:
    """Sizes as the archive declares them, and names; `zipfile` never reads more than declared."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    reasons = []
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        reasons.append(Problem("evidence.password"))
    bomb = unpacked > SMALL and unpacked // packed > MAX_RATIO
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or bomb:
        reasons.append(_too_heavy())
    if any(part.compress_type not in _METHODS for part in parts):
        reasons.append(Problem("evidence.damaged"))
    if min((part.header_offset for part in parts), default=0) > 0:
        reasons.append(Problem("evidence.joined"))
    return reasons + _name_problems(parts)


def _too_heavy() -> Problem:
    return Problem("evidence.unpacks_too_large", {"most": MAX_UNPACKED // 1_000_000})


def _name_problems(parts: list[zipfile.ZipInfo]) -> list[Problem]:
    """Names that lead out of a folder, or that two readers would resolve to two parts."""
    names = [part.orig_filename for part in parts]
    for name in names:
        if _BAD_NAME.search(name):
            return [Problem("evidence.part_name", {"part": safe_name(name)})]
    if len({name.lower() for name in names}) < len(names):
        return [Problem("evidence.part_twice")]
    return []
