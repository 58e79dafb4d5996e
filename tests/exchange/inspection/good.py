"""Good files of every kind, each as small as it can be, and the pieces to build others from."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from openpyxl.workbook import Workbook
from PIL import Image

CONTENT_TYPES = "[Content_Types].xml"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}
_WORDS = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
_STREAMS = {"doc": "WordDocument", "xls": "Workbook", "ppt": "PowerPoint Document"}


def packed(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return written.getvalue()


def office_parts(code: str = "docx", **more: bytes) -> dict[str, bytes]:
    """The parts of a small Office file; `more` by name with `__` for `/`."""
    main, word = _MAIN[code]
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{main}" ContentType="{_OFFICE}{word}"/></Types>'
    )
    parts = {
        CONTENT_TYPES: types.encode(),
        "_rels/.rels": relationships(("officeDocument", main, "")),
        main: "<?xml version='1.0' encoding='UTF-8'?><document>ผลการดำเนินงาน</document>".encode(),
    }
    return parts | {name.replace("__", "/"): data for name, data in more.items()}


def relationships(*entries: tuple[str, str, str]) -> bytes:
    """A `.rels` part of (type, target, mode)."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for number, (kind, target, mode) in enumerate(entries)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'.encode()


def office(code: str = "docx", parts: dict[str, bytes] | None = None) -> bytes:
    return packed(office_parts(code) | (parts or {}))


def with_links(*entries: tuple[str, str, str]) -> bytes:
    return office(parts={"word/_rels/document.xml.rels": relationships(*entries)})


def open_document(code: str = "odt", content: bytes = b"<office/>") -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{_WORDS[code]}"
    return packed(
        {
            "mimetype": media_type.encode(),
            "content.xml": content,
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )


def old_office(code: str = "doc", *names: str) -> bytes:
    """A header, a sector of text and a directory that names the main stream and `names`."""
    entries = b"".join(entry(name) for name in ("Root Entry", _STREAMS[code], *names))
    header = bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0")
    return header + "ผลงาน".encode("cp874").ljust(512, b"\0") + entries.ljust(1024, b"\0")


def entry(name: str) -> bytes:
    spelled = name.encode("utf-16-le") + b"\0\0"
    return spelled.ljust(64, b"\0") + len(spelled).to_bytes(2, "little") + bytes(62)


def pdf(
    catalog: bytes = b"", *objects: bytes, pages: int = 1, begin: bytes = b"%PDF-1.7\n"
) -> bytes:
    """A PDF with empty pages; `catalog` goes into its catalog, `objects` are numbered after it."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        *[page] * pages,
        *objects,
    ]
    data, places = begin, []
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, rows)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return data + table + trailer % (len(bodies) + 1, len(data))


def object_stream(inside: bytes, words: bytes = b"/Filter/FlateDecode") -> bytes:
    """An object that holds others, deflated."""
    body = zlib.compress(b"9 0 " + inside)
    head = b"<</Type/ObjStm/N 1/First 4%s/Length %d>>" % (words, len(body))
    return head + b"stream\n" + body + b"\nendstream"


def picture(code: str, size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, code, **options)
    return written.getvalue()


def workbook() -> bytes:
    book, written = Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(["ตัวชี้วัด", 98.94])
    book.save(written)
    return written.getvalue()


CSV = "ตัวชี้วัด,ผล\r\nร้อยละความสำเร็จ,98.94\r\n"
_FIRST_JPEG = picture("jpeg")
# (name, maker): the kind is the one its name says.
GOOD: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("รายงาน.pdf", pdf),
    ("opens-on-a-page.pdf", lambda: pdf(b"/OpenAction[3 0 R /Fit]")),
    ("packed-objects.pdf", lambda: pdf(b"", object_stream(b"<</Type/Outlines/First 1 0 R>>"))),
    ("words-about-scripts.pdf", lambda: pdf(b"/Title(JavaScript and Launch, explained)")),
    ("ตราสัญลักษณ์.PNG", lambda: picture("png")),
    ("photo.jpg", lambda: picture("jpeg")),
    ("photo-progressive.jpeg", lambda: picture("jpeg", progressive=True)),
    ("photo-with-preview.jpg", lambda: _FIRST_JPEG + picture("jpeg", (8, 8))),
    ("letter.docx", office),
    (
        "with-links.docx",
        lambda: with_links(
            ("hyperlink", "https://www.opdc.go.th/?a=1&amp;b=2", "External"),
            ("hyperlink", "mailto:a@example.go.th", "External"),
            ("attachedTemplate", "file:///C:\\Users\\a\\Templates\\%E0%B8%81.dotx", "External"),
            ("image", "media/image1.png", ""),
        ),
    ),
    ("with-chart.docx", lambda: office(parts={"word/embeddings/Sheet1.xlsx": workbook()})),
    ("budget.xlsx", workbook),
    (
        "linked-books.xlsx",
        lambda: office(
            "xlsx",
            {
                "xl/externalLinks/_rels/1.xml.rels": relationships(
                    ("externalLinkPath", "file:///\\\\server\\share\\งบ.xlsx", "External")
                )
            },
        ),
    ),
    ("slides.pptx", lambda: office("pptx")),
    (
        "text.odt",
        lambda: open_document(content=b"<d xmlns:xlink='x'><a xlink:href='https://a.th'/></d>"),
    ),
    ("table.ods", lambda: open_document("ods")),
    ("slides.odp", lambda: open_document("odp")),
    ("old.doc", lambda: old_office("doc")),
    ("old.xls", lambda: old_office("xls")),
    (
        "older.xls",
        lambda: old_office("xls", "Book").replace(
            "Workbook".encode("utf-16-le"), "Wxrkbook".encode("utf-16-le")
        ),
    ),
    ("with-theme.xls", lambda: old_office("xls") + packed({"theme.xml": b"<a/>"}) + bytes(300)),
    ("old.ppt", lambda: old_office("ppt")),
    ("utf8.csv", lambda: CSV.encode("utf-8-sig")),
    ("tis620.csv", lambda: CSV.encode("cp874")),
    ("bma.txt", lambda: b"BMA report: 5 < 6, and <b>bold</b> is no script\n"),
)
