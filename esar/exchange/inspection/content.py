"""What a file is by its first bytes, whatever it is called."""

from __future__ import annotations

import re

from esar.exchange.inspection.kinds import JPEG_MAGIC, OLE_MAGIC, PDF_MAGIC, PNG_MAGIC, ZIP_MAGIC

HEAD = 4096  # bytes that decide; browsers guess from the first 1,445
WHITESPACE = b"\0\t\n\f\r "
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (PNG_MAGIC, "png"),
    (JPEG_MAGIC, "jpeg"),
    (ZIP_MAGIC, "zip"),
    (OLE_MAGIC, "ole"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"PK", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"MSCF", "archive"),
    (b"GIF8", "picture"),
    (b"RIFF", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
)
_IN_WORDS = ((b"#!", "program"), (b"{\\rtf", "rtf"))
_MARKUP = re.compile(
    r"<(?:!doctype|\?xml|\?php|%|!--|html|head|body|script|svg|iframe|object|embed|table|div|img"
    r"|style|meta|link|form|title|math)[\s>/!%\-]",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"<(?:!doctype\s+html|html|script|svg|iframe|object|embed|\?php)[\s>/]|javascript:",
    re.IGNORECASE,
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def container(head: bytes) -> str:
    """The container's word, or what else it is: `web_page`, `program`, `utf16`, `unknown`, …

    Units: `head` are the first HEAD bytes. Nothing is trusted but the beginning itself.
    """
    if head.lstrip(WHITESPACE).startswith(PDF_MAGIC):
        return "pdf"
    binary = _CONTROL.search(head) is not None  # "BMA report" is text, and no BMP picture
    for beginning, word in _BEGINNINGS if binary else _IN_WORDS:
        if head.startswith(beginning):
            return word
    if head[4:8] == b"ftyp":
        return "picture"
    if begins_with_markup(head):
        return "web_page"
    if head.startswith(UTF16_MARKS):
        return "utf16"
    return "unknown" if binary else "text"


def begins_with_markup(head: bytes) -> bool:
    """Whether a browser could take it for a page, in any encoding that a browser would try."""
    return any(_MARKUP.match(text.lstrip("\ufeff\0\t\n\f\r ")) for text in _readings(head))


def holds_script(head: bytes) -> bool:
    """Whether a page or a script begins anywhere in `head`."""
    return any(_SCRIPT.search(text) for text in _readings(head))


def _readings(head: bytes) -> list[str]:
    """`head` as text in each encoding; UTF-7 hides `<` as `+ADw-`."""
    even = head[: len(head) // 2 * 2]
    readings = [head.decode("latin-1").removeprefix("\xef\xbb\xbf")]
    if b"\0" in head or head.startswith(UTF16_MARKS):
        readings += [even.decode(code, "replace") for code in ("utf-16-le", "utf-16-be")]
    if b"+A" in head:
        readings.append(head.decode("utf-7", "ignore"))
    return readings
