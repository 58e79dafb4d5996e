"""Hostile files, built in code: a name, what to build, and every reason to refuse it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.exchange.inspection.good import (
    CONTENT_TYPES,
    CSV,
    object_stream,
    office,
    office_parts,
    old_office,
    open_document,
    packed,
    pdf,
    picture,
    with_links,
    workbook,
)

PAGE = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b"MZ\x90\0" + bytes(60) + b"PE\0\0" + bytes(400)
ARCHIVE = packed({"Evil.class": b"\xca\xfe\xba\xbe" + bytes(40)})
LAUGHS = (
    b"<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><document>&b;</document>"
)
TWO_GIGABYTES = 2 << 30
_SCRIPT_ACTION = b"<</S/JavaScript/JS(app.alert(1))>>"


@dataclass(frozen=True)
class Hostile:
    """`why`: the codes expected. `size` in bytes: a longer file is sparse after its data."""

    name: str
    data: bytes | Callable[[], bytes]
    why: frozenset[str]
    size: int = 0

    def written(self, folder: Path) -> Path:
        path = folder / "sent"
        path.write_bytes(self.data() if callable(self.data) else self.data)
        if self.size:
            with path.open("r+b") as file:
                file.truncate(self.size)
        return path


def hostile(name: str, data: bytes | Callable[[], bytes], *why: str, size: int = 0) -> Hostile:
    return Hostile(name, data, frozenset(f"evidence.{code}" for code in why), size)


def _png_of(width: int, height: int) -> bytes:
    """A few kilobytes that unpack to width × height pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * 1000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def _zip_ending_like_a_pdf() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("run.js", "alert(1)")
        archive.comment = b"\n%%EOF\n"
    return pdf() + written.getvalue()


def _locked() -> bytes:
    """A zip whose parts say that they are encrypted."""
    data = bytearray(office())
    for magic, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            data[at + flag] |= 1
            at = data.find(magic, at + 1)
    return bytes(data)


def _with_nul_in_a_name() -> bytes:
    return office(parts={"word/a.xml~.exe": b"x"}).replace(b"a.xml~.exe", b"a.xml\0.exe")


def _twice() -> bytes:
    return office(parts={"word/documenT.xml": b"<other/>"})


def _macro_type() -> bytes:
    types = office_parts()[CONTENT_TYPES]
    old = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main"
    return office(
        parts={
            CONTENT_TYPES: types.replace(old, b"vnd.ms-word.document.macroEnabled.main"),
            "word/vbaProject.bin": b"\xcc\x61macro",
        }
    )


def _slides_with_macros() -> bytes:
    atom = b"\x1f\0\xff\x03\x14\0\0\0\x02\0\0\x04\x0c\0\0\0\x07\0\0\0\x01\0\0\0\x02\0\0\0"
    return old_office("ppt") + atom.ljust(512, b"\0")


NAMES: tuple[tuple[str, str], ...] = (
    ("../../etc/passwd", "passwd"),
    ("C:\\Windows\\System32\\รายงาน.pdf", "รายงาน.pdf"),
    ("C:รายงาน.pdf", "รายงาน.pdf"),
    ("a.pdf\x00.exe", "a.pdf.exe"),
    ("a.pdf:hidden.exe", "a.pdf_hidden.exe"),
    ("report\u202efdp.exe", "reportfdp.exe"),
    ("\u2066รายงาน\u2069\u200b.pdf", "รายงาน.pdf"),
    ("CON.pdf", "_CON.pdf"),
    ("com1.tar.pdf", "_com1.tar.pdf"),
    ("nul", "_nul"),
    (".htaccess", "htaccess"),
    ("...", "file"),
    ("..", "file"),
    ("", "file"),
    ("a/", "file"),
    ("report.pdf. . ", "report.pdf"),
    ("two\r\nlines.pdf", "two lines.pdf"),
    ('a<b>"c"|d?.pdf', "a_b__c__d_.pdf"),
    ("a" * 400 + ".pdf", "a" * 146 + ".pdf"),
    ("ที่" * 100 + ".pdf", "ที่" * 27 + ".pdf"),
    ("ก" * 85, "ก" * 85),  # 255 bytes
    ("ก" * 90, "ก" * 85),
    ("รายงาน" * 20 + ".docx", ("รายงาน" * 20)[:83] + ".docx"),
    ("é" * 140 + ".pdf", "é" * 125 + ".pdf"),
    ("cafe\u0301.pdf", "café.pdf"),
    ("ก" * 82 + "น้ำ.pdf", "ก" * 82 + ".pdf"),  # a letter goes with its tone
    ("ก" * 82 + "เมือง.pdf", "ก" * 82 + ".pdf"),  # no vowel stays without its consonant
    ("ก" * 81 + "ที่ดิน.pdf", "ก" * 81 + ".pdf"),
    ("e" * 145 + "e\u0323\u0302.pdf", "e" * 145 + "ệ.pdf"),
    ("😀" * 70 + ".jpg", "😀" * 62 + ".jpg"),
    ("รายงานผล รอบ 12 เดือน (ฉบับแก้ไข).pdf", "รายงานผล รอบ 12 เดือน (ฉบับแก้ไข).pdf"),
)

WHOLE = (
    hostile("empty.pdf", b"", "empty"),
    hostile("huge.pdf", pdf(), "too_large", size=TWO_GIGABYTES),
    hostile("huge.exe", PROGRAM, "too_large", "not_taken", size=TWO_GIGABYTES),
    hostile("page.html", PAGE, "not_taken"),
    hostile("drawing.svg", SVG, "not_taken"),
    hostile("no-extension", pdf(), "no_suffix"),
    hostile(".pdf", pdf(), "no_suffix"),
    hostile("a.pdf\x00.exe", pdf(), "not_taken"),
    hostile("report\u202efdp.exe", pdf(), "not_taken"),
    hostile("letter.docm", office(), "not_taken"),
    hostile("html.pdf", PAGE, "other_content"),
    hostile("utf16-html.pdf", PAGE.decode().encode("utf-16"), "other_content"),
    hostile("svg.png", SVG, "other_content"),
    hostile("program.xlsx", PROGRAM, "other_content"),
    hostile("program.docx", b"\x7fELF" + bytes(200), "other_content"),
    hostile("script.txt", b"#!/bin/sh\nrm -rf /\n", "other_content"),
    hostile("animation.png", b"GIF89a\x01\0\x01\0\0\0\0;", "other_content"),
    hostile("picture.png", picture("jpeg"), "misnamed"),
    hostile("workbook.docx", workbook(), "misnamed"),
    hostile("archive.docx", ARCHIVE, "other_content"),
    hostile("letter.pdf", office(), "other_content"),
    hostile("locked.docx", old_office("doc", "EncryptedPackage"), "password"),
)
PDFS = (
    hostile("page-before.pdf", PAGE + pdf(), "other_content"),
    hostile("words-before.pdf", b"hello " + pdf(), "other_content"),
    hostile("page-within.pdf", pdf(begin=b"%PDF-1.7\n%" + PAGE + b"\n"), "joined"),
    hostile("page-behind.pdf", pdf() + PAGE, "joined"),
    hostile("zip-behind.pdf", pdf() + ARCHIVE, "joined"),
    hostile("zip-behind-with-an-end.pdf", _zip_ending_like_a_pdf(), "joined"),
    hostile("script.pdf", pdf(b"/OpenAction 4 0 R", _SCRIPT_ACTION), "pdf_script"),
    hostile("script-spelled-oddly.pdf", pdf(b"", b"<</S/J#61va#53cript/JS(x)>>"), "pdf_script"),
    hostile("script-packed.pdf", pdf(b"", object_stream(_SCRIPT_ACTION)), "pdf_script"),
    hostile(
        "script-packed-twice.pdf",
        pdf(
            b"",
            object_stream(_SCRIPT_ACTION, b"/Filter[/ASCIIHexDecode/FlateDecode]").replace(
                b"stream\nx", b"stream\n78"
            ),
        ),
        "pdf_hidden",
    ),
    hostile(
        "script-predicted.pdf",
        pdf(b"", object_stream(b"0", b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>")),
        "pdf_hidden",
    ),
    hostile("program.pdf", pdf(b"", b"<</S/Launch/F(cmd.exe)>>"), "pdf_program"),
    hostile("attachment.pdf", pdf(b"/Names<</EmbeddedFiles 4 0 R>>"), "pdf_attachment"),
    hostile("form.pdf", pdf(b"/AcroForm<</XFA 4 0 R>>"), "pdf_form"),
    hostile("locked.pdf", pdf(b"/Encrypt 4 0 R"), "password"),
    hostile(
        "three-reasons.pdf",
        pdf(b"/XFA 4 0 R", _SCRIPT_ACTION) + PAGE,
        "pdf_form",
        "pdf_script",
        "joined",
    ),
    hostile("cut-short.pdf", pdf()[:100], "damaged"),
)
PICTURES = (
    hostile("gifar.png", picture("png") + ARCHIVE, "joined"),
    hostile("gifar.jpg", picture("jpeg") + ARCHIVE, "joined"),
    hostile("page-behind.png", picture("png") + PAGE, "joined"),
    hostile("page-behind.jpg", picture("jpeg") + b"\0\0" + PAGE, "joined"),
    hostile("rar-within.jpg", picture("jpeg", comment=b"Rar!\x1a\x07\0"), "joined"),
    hostile("bomb.png", lambda: _png_of(30_000, 30_000), "picture_too_large"),
    hostile(
        "bomb-and-page.png", lambda: _png_of(30_000, 30_000) + PAGE, "picture_too_large", "joined"
    ),
    hostile("cut-short.png", picture("png")[:-20], "damaged"),
    hostile("cut-short.jpg", picture("jpeg")[:-20], "damaged"),
    hostile("wrong-checksum.png", picture("png").replace(b"IDAT", b"IDAU"), "damaged"),
)
OFFICE = (
    hostile(
        "bomb.docx", lambda: office(parts={"word/big.xml": bytes(150_000_000)}), "unpacks_too_large"
    ),
    hostile(
        "many-parts.docx",
        lambda: office(parts={f"word/{n}.xml": b"" for n in range(6000)}),
        "unpacks_too_large",
    ),
    hostile("nested.docx", office(parts={"word/media/more.zip": ARCHIVE}), "archive_inside"),
    hostile(
        "nested-as-embedding.docx",
        office(parts={"word/embeddings/more.zip": ARCHIVE}),
        "archive_inside",
    ),
    hostile(
        "nested-twice.docx",
        office(
            parts={"word/embeddings/a.xlsx": office("xlsx", {"xl/embeddings/b.docx": office()})}
        ),
        "archive_inside",
    ),
    hostile(
        "macros-within-chart.docx",
        office(parts={"word/embeddings/a.xlsx": office("xlsx", {"xl/vbaProject.bin": b"x"})}),
        "macros",
    ),
    hostile("traversal.docx", office(parts={"../../etc/passwd": b"x"}), "part_name"),
    hostile("absolute.docx", office(parts={"/etc/passwd": b"x"}), "part_name"),
    hostile("drive.docx", office(parts={"C:/evil.exe": b"x"}), "part_name"),
    hostile("backslash.docx", office(parts={"word\\..\\evil.exe": b"x"}), "part_name"),
    hostile("nul-in-part.docx", _with_nul_in_a_name(), "part_name"),
    hostile("part-twice.docx", _twice(), "part_twice"),
    hostile("docm-renamed.docx", _macro_type(), "macros"),
    hostile("macros.xlsx", office("xlsx", {"xl/vbaProject.bin": b"x"}), "macros"),
    hostile("commands.docx", office(parts={"word/f.xml": b"<t>DDEAUTO cmd</t>"}), "macros"),
    hostile("macros.odt", open_document(content=b"<a href='vnd.sun.star.script:a'/>"), "macros"),
    hostile("entities.docx", office(parts={"word/document.xml": LAUGHS}), "document_type"),
    hostile(
        "entities-utf16.docx",
        office(parts={"word/x.bin": LAUGHS.decode().encode("utf-16")}),
        "document_type",
    ),
    hostile("entities-in-links.docx", office(parts={"word/_rels/a.rels": LAUGHS}), "document_type"),
    hostile(
        "remote-template.docx",
        with_links(("attachedTemplate", "https://evil.example/a.dotm", "External")),
        "fetches",
    ),
    hostile(
        "template-on-a-share.docx",
        with_links(("attachedTemplate", "file:////evil.example/a.dotm", "External")),
        "fetches",
    ),
    hostile(
        "remote-picture.docx",
        with_links(("image", "\\\\evil.example\\a.png", "External")),
        "fetches",
    ),
    hostile(
        "linked-object.docx", with_links(("oleObject", "file:///C:/a.xls", "External")), "fetches"
    ),
    hostile("odd-link.docx", with_links(("hyperlink", "ms-msdt:/id x", "External")), "fetches"),
    hostile(
        "remote-picture.odt",
        open_document(
            content=(
                b"<d xmlns:xlink='x' xmlns:draw='y'><draw:image xlink:href='http://a.th/a.png'/></d>"
            )
        ),
        "fetches",
    ),
    hostile(
        "object.docx",
        office(parts={"word/embeddings/oleObject1.bin": old_office()}),
        "embedded_object",
    ),
    hostile(
        "program-within.docx", office(parts={"word/media/image1.png": PROGRAM}), "embedded_object"
    ),
    hostile("zip-before.docx", ARCHIVE + office(), "joined"),
    hostile("page-behind.docx", office() + PAGE, "joined"),
    hostile(
        "two-kinds.docx",
        packed(office_parts() | {"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "joined",
    ),
    hostile("locked-parts.docx", _locked(), "password"),
    hostile("cut-short.docx", office()[:-60], "damaged"),
    hostile(
        "wrong-checksum.docx",
        packed(office_parts(), method=zipfile.ZIP_STORED).replace(b"<document>", b"<dxcument>"),
        "damaged",
    ),
    hostile(
        "three-reasons.docx",
        office(parts={"word/vbaProject.bin": old_office(), "word/a.zip": ARCHIVE}),
        "macros",
        "embedded_object",
        "archive_inside",
    ),
)
OLD_OFFICE = (
    hostile("macros.doc", old_office("doc", "Macros", "VBA", "_VBA_PROJECT"), "macros"),
    hostile("macros.xls", old_office("xls", "_VBA_PROJECT_CUR"), "macros"),
    hostile("macros.ppt", _slides_with_macros(), "macros"),
    hostile(
        "macro-sheet.xls",
        old_office("xls") + (b"\x85\0\x0e\0\x40\x10\0\0\0\x01\x06\0Macro1").ljust(512, b"\0"),
        "macros",
    ),
    hostile(
        "locked.xls",
        old_office("xls")
        + (b"\x09\x08\x10\0\0\x06\x05\0" + bytes(12) + b"\x2f\0\x36\0").ljust(512, b"\0"),
        "password",
    ),
    hostile(
        "locked.doc",
        old_office() + (b"\xec\xa5\xc1\0" + bytes(6) + b"\xf0\x13").ljust(512, b"\0"),
        "password",
    ),
    hostile("package.doc", old_office("doc", "\x01Ole10Native"), "embedded_object"),
    hostile("equation.doc", old_office("doc", "Equation Native"), "embedded_object"),
    hostile("zip-behind.doc", old_office() + ARCHIVE, "joined"),
    hostile("workbook.doc", old_office("xls"), "misnamed"),
    hostile("nothing-known.doc", old_office().replace(b"W\0o\0r\0d\0", b"X\0x\0x\0x\0"), "damaged"),
)
TEXTS = (
    hostile("script.txt", b"Dear colleague <script>alert(1)</script>", "text_with_script"),
    hostile("page.csv", PAGE, "other_content"),
    hostile("page-after-spaces.csv", b"\xef\xbb\xbf \r\n\t" + PAGE, "other_content"),
    hostile("svg.txt", SVG, "other_content"),
    hostile("xml.txt", b"<?xml version='1.0'?><a/>", "other_content"),
    hostile("utf7.txt", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "other_content"),
    hostile("utf16-page.txt", PAGE.decode().encode("utf-16"), "other_content"),
    hostile("utf16-page-no-mark.csv", PAGE.decode().encode("utf-16-le"), "other_content"),
    hostile("utf16.csv", CSV.encode("utf-16"), "utf16"),
    hostile("nul.csv", CSV.replace(",", "\0").encode(), "not_text"),
    hostile("escape.txt", b"hello \x1b[2J", "not_text"),
    hostile("other-letters.txt", b"\xff\xdb\xdc\xfc", "not_text"),
    hostile("pdf-within.txt", b"hello\n" + pdf(), "joined"),
)
FILES = (*WHOLE, *PDFS, *PICTURES, *OFFICE, *OLD_OFFICE, *TEXTS)
