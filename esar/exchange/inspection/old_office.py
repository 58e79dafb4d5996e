"""Office files of before 2007 (OLE compound files): no macros, no files packed inside.

The directory is found by the names of its entries, which are UTF-16, stand at multiples of 128
bytes and tell their own length.
"""

from __future__ import annotations

import re
from typing import IO

from esar.exchange.inspection.joined import ends_as_archive
from esar.exchange.inspection.kinds import ALL, Kind
from esar.kernel.problems import Problem

_ENTRY = 128
_NAME = 64
_MACROS = {"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros", "PROJECTwm"}
_OBJECTS = {"\x01Ole10Native", "\x01Ole10ItemName", "Equation Native", "Package"}
_LOCKED = {"EncryptedPackage", "EncryptedSummary"}
_MAIN = {"Book": "Workbook"}  # Excel 5 and 95
# PowerPoint keeps macros inside its own stream; this record says that there are some.
_SLIDE_MACROS = re.compile(rb"\xff\x03\x14\0\0\0\x02\0\0\x04\x0c\0\0\0.{4}\x01\0\0\0", re.DOTALL)
# Excel's record of a sheet: length, place, shown or hidden, of kind 1 (Excel 4 macros), its name.
_MACRO_SHEET = re.compile(rb"\x85\0(..).{4}[\0-\x02]\x01(.)(.)", re.DOTALL)
# A locked workbook says so right after it begins; a locked Word file in the odd byte 11.
_LOCKED_BOOK = re.compile(rb"\x09\x08\x10\0\0\x06\x05\0.{12}(?:\x86\0\0\0)?\x2f\0", re.DOTALL)
_WORD_BEGINS = re.compile(rb"\xec\xa5[\xc0-\xc3]\0.{7}(.)", re.DOTALL)
_SECTOR = 512


def problems(file: IO[bytes], kind: Kind) -> list[Problem]:
    """Every reason to refuse this file. Reads all of it into memory."""
    data = file.read()
    names = entries(data)
    reasons = []
    if names & _LOCKED or _is_locked_inside(data):
        reasons.append(Problem("evidence.password"))
    elif kind.inside not in names:
        reasons.append(_other(names, kind))
    if names & _MACROS or _SLIDE_MACROS.search(data) or _has_macro_sheet(data):
        reasons.append(Problem("evidence.macros"))
    if names & _OBJECTS:
        reasons.append(Problem("evidence.embedded_object", {"part": kind.suffixes[0]}))
    elif ends_as_archive(data):
        reasons.append(Problem("evidence.joined"))
    return reasons


def is_locked(data: bytes) -> bool:
    """Whether this is what Office writes around a document with a password."""
    return bool(entries(data) & _LOCKED)


def _is_locked_inside(data: bytes) -> bool:
    return _LOCKED_BOOK.search(data) is not None or any(
        begin.start() % _SECTOR == 0 and begin[1][0] & 1 for begin in _WORD_BEGINS.finditer(data)
    )


def _has_macro_sheet(data: bytes) -> bool:
    """A record counts when its length fits its name: one or two bytes a letter, or Excel 95."""
    for record in _MACRO_SHEET.finditer(data):
        length, letters = int.from_bytes(record[1], "little"), record[2][0]
        if length == 7 + letters or length == 8 + letters * (1 + (record[3][0] & 1)):
            return True
    return False


def _other(names: set[str], kind: Kind) -> Problem:
    for true_kind in ALL:
        if true_kind.container == "ole" and true_kind.inside in names:
            return Problem(
                "evidence.misnamed", {"suffix": kind.suffixes[0], "found": true_kind.name}
            )
    return Problem("evidence.damaged")


def entries(data: bytes) -> set[str]:
    """The names in the directory that matter here."""
    names = {kind.inside for kind in ALL if kind.container == "ole"}
    names |= _MACROS | _OBJECTS | _LOCKED | set(_MAIN)
    return {_MAIN.get(name, name) for name in names if _is_entry(data, name)}


def _is_entry(data: bytes, name: str) -> bool:
    spelled = name.encode("utf-16-le") + b"\0\0"
    at = data.find(spelled)
    while at >= 0:
        length = int.from_bytes(data[at + _NAME : at + _NAME + 2], "little")
        if at % _ENTRY == 0 and length == len(spelled):
            return True
        at = data.find(spelled, at + 1)
    return False
