"""The kinds of file that are taken as evidence. What is not listed here is refused.

Left out on purpose: web pages, SVG and XML (they run scripts in a browser), archives and programs,
Office files with macros, and GIF, WebP or HEIC pictures (a phone or a scanner gives PNG, JPEG or
PDF as well; each further decoder is one more door).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Container = Literal["pdf", "png", "jpeg", "zip", "ole", "text"]
PDF_MAGIC = b"%PDF-"
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
JPEG_MAGIC = b"\xff\xd8\xff"
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    `magic` are its first bytes (none for text). `inside` tells apart what looks alike outside: the
    content type of an Office file's main part, the `mimetype` of an OpenDocument file, or the main
    stream of an old Office file.
    """

    code: str
    media_type: str
    suffixes: tuple[str, ...]
    container: Container
    magic: bytes = b""
    inside: str = ""

    @property
    def name(self) -> str:
        """The code of its Thai and English name in `esar.kernel.wording`."""
        return f"evidence.kind.{self.code}"


def _office(code: str, family: str, main: str) -> Kind:
    base = f"application/vnd.openxmlformats-officedocument.{family}ml.{main}"
    return Kind(code, base, (f".{code}",), "zip", ZIP_MAGIC, f"{base}.main+xml")


def _open_document(code: str, word: str) -> Kind:
    media_type = f"application/vnd.oasis.opendocument.{word}"
    return Kind(code, media_type, (f".{code}",), "zip", ZIP_MAGIC, media_type)


def _old_office(code: str, word: str, stream: str) -> Kind:
    return Kind(code, f"application/{word}", (f".{code}",), "ole", OLE_MAGIC, stream)


ALL: tuple[Kind, ...] = (
    Kind("pdf", "application/pdf", (".pdf",), "pdf", PDF_MAGIC),
    Kind("png", "image/png", (".png",), "png", PNG_MAGIC),
    Kind("jpeg", "image/jpeg", (".jpg", ".jpeg"), "jpeg", JPEG_MAGIC),
    _office("docx", "wordprocessing", "document"),
    _office("xlsx", "spreadsheet", "sheet"),
    _office("pptx", "presentation", "presentation"),
    _open_document("odt", "text"),
    _open_document("ods", "spreadsheet"),
    _open_document("odp", "presentation"),
    _old_office("doc", "msword", "WordDocument"),
    _old_office("xls", "vnd.ms-excel", "Workbook"),
    _old_office("ppt", "vnd.ms-powerpoint", "PowerPoint Document"),
    Kind("csv", "text/csv", (".csv",), "text"),
    Kind("txt", "text/plain", (".txt",), "text"),
)
KINDS = {kind.code: kind for kind in ALL}
BY_SUFFIX = {suffix: kind for kind in ALL for suffix in kind.suffixes}
