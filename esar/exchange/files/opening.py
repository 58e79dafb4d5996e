"""May this file be opened at all? What it is called, how large it is, and what it really is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from esar.exchange.files.findings import refused
from esar.kernel.problems import Place

MAX_BYTES = 20_000_000
SUFFIXES = (".xlsx", ".ods", ".csv", ".json")
_WITH_MACROS = (".xlsm", ".xltm", ".xlam")
_BINARY_EXCEL = ".xlsb"
_OLD_EXCEL = (".xls", ".xlt")
_ZIP = b"PK"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_THAI_IN_CP874 = range(0xA1, 0xFC)


def checked_bytes(path: Path, place: Place, suffixes: Sequence[str] = SUFFIXES) -> bytes:
    """The file's bytes, once its name, size and first bytes agree. Errors: Refused."""
    try:
        _check_name(path, place, suffixes)
        if path.stat().st_size > MAX_BYTES:
            raise refused("file.too_large", place, most=MAX_BYTES // 1_000_000)
        data = path.read_bytes()
    except OSError as error:
        raise refused("file.unreadable", place, why=error.strerror or "") from None
    if not data.strip():
        raise refused("file.empty", place)
    if path.suffix.lower() in (".xlsx", ".ods"):
        _check_workbook(data, place)
    elif is_workbook(data):
        raise refused("file.really_a_workbook", place, suffix=path.suffix)
    return data


def is_workbook(data: bytes) -> bool:
    """Whether this begins as a workbook does, whatever it is called."""
    return data.startswith((_ZIP, _OLE))


def _check_name(path: Path, place: Place, suffixes: Sequence[str]) -> None:
    suffix = path.suffix.lower()
    if path.is_dir():
        raise refused("file.is_folder", place)
    if not path.exists():
        raise refused("file.missing", place)
    if not path.is_file():
        raise refused("file.unreadable", place, why="")
    if suffix in _WITH_MACROS:
        raise refused("file.macros", place)
    if suffix == _BINARY_EXCEL:
        raise refused("file.binary_excel", place)
    if suffix in _OLD_EXCEL:
        raise refused("file.old_excel", place)
    if suffix not in suffixes:
        raise refused("file.unknown_suffix", place, suffix=suffix or "–", known=", ".join(suffixes))


def _check_workbook(data: bytes, place: Place) -> None:
    if data.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise refused("file.password" if encrypted else "file.old_excel", place)
    if data.lstrip()[:1] == b"<":
        raise refused("file.html", place)
    if not data.startswith(_ZIP):
        raise refused("file.not_a_workbook", place)


def decoded(data: bytes, place: Place) -> str:
    """UTF-8 text, with or without a byte order mark. Errors: Refused; nothing is guessed."""
    if data.startswith(_UTF16):
        raise refused("file.utf16", place)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        code = "file.tis620" if _looks_like_tis620(data) else "file.not_utf8"
        raise refused(code, place) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise refused("file.nul", Place(file=place.file, line=line))
    return text.lstrip("\ufeff")  # some programs put a second mark before the first


def _looks_like_tis620(data: bytes) -> bool:
    """Whether nearly every byte above ASCII is a Thai letter of TIS-620 (Windows-874)."""
    high = [byte for byte in data[:100_000] if byte > 0x7F]
    thai = sum(1 for byte in high if byte in _THAI_IN_CP874)
    return bool(high) and thai * 10 >= len(high) * 9
