"""Archives that are not what they seem, and .ods workbooks written by hand."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

from openpyxl.workbook import Workbook

from esar.exchange.files.saving import save
from tests.bad_input.broken_sheets import sheet_of
from tests.bad_input.good import HOME, KEYS, ROWS

ZIP_TIME = (2024, 1, 1, 0, 0, 0)


def packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            part = zipfile.ZipInfo(name, ZIP_TIME)
            part.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(part, content, compresslevel=9)
    return written.getvalue()


def parts_of(workbook: Workbook) -> dict[str, bytes]:
    path = HOME / "parts.xlsx"
    save(workbook, path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path.unlink()
    return parts


def write_archives() -> None:
    good = parts_of(sheet_of())
    whole = packed(good)
    sheet = "xl/worksheets/sheet1.xml"
    files = {
        "zip-bomb-200-mb.xlsx": packed(good | {sheet: b" " * 200_000_000}),
        "macros.xlsm": whole,
        "macros-inside.xlsx": packed(good | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"}),
        "truncated.xlsx": whole[: len(whole) // 2],
        "damaged-part.xlsx": whole[:200] + b"\0" * 40 + whole[240:],
        "no-workbook-inside.xlsx": packed({"readme.txt": b"hello"}),
        "really-a-document.xlsx": packed(
            {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
        ),
        "entity-bomb.xlsx": packed(good | {"xl/workbook.xml": ENTITIES + good["xl/workbook.xml"]}),
        "merged-whole-sheet.xlsx": packed(good | {sheet: _merge_everything(good[sheet])}),
        "broken-xml.xlsx": packed(good | {sheet: good[sheet][:-40]}),
    }
    _write(files)


def write_impostors() -> None:
    """Files whose name says another thing than their content."""
    whole = packed(parts_of(sheet_of()))
    _write(
        {
            "really-ods.xlsx": ods(ODS_ROWS),
            "really-xlsx.ods": whole,
            "really-xlsx.csv": whole,
            "encrypted.xlsx": OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 400,
            "really-old-excel.xlsx": OLE + "Workbook".encode("utf-16-le") + b"\0" * 400,
            "old-excel.xls": OLE + "Workbook".encode("utf-16-le") + b"\0" * 400,
            "really-html.xlsx": "<html><table><tr><td>ตัวชี้วัด</td></tr></table></html>".encode(),
            "really-text.xlsx": b"year,kind,body\r\n",
            "empty.xlsx": b"",
            "letter.docx": b"PK\x03\x04",
        }
    )


def _write(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (HOME / name).write_bytes(data)


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504
ENTITIES = (
    b'<!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def _merge_everything(sheet: bytes) -> bytes:
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return sheet.replace(b"</sheetData>", merge)


ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, (int, Decimal)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


ODS_ROWS = ["".join(_ods_cell(key) for key in KEYS)]


def ods(rows: list[str], extra: str = "", declaration: str = "", manifest: str = "") -> bytes:
    """A small .ods of the rows given; cells as XML."""
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + extra
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{declaration}<office:document-content {_SPACES}>'
        f'<office:body><office:spreadsheet><table:table table:name="ตัวชี้วัด">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest_part = f"<manifest>{manifest}</manifest>"
    return packed(
        {
            "mimetype": ODS_MIME.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest_part.encode(),
        }
    )


def ods_rows(changes: dict[tuple[int, str], str]) -> list[str]:
    """The good rows with some cells replaced by XML; data rows count from 2."""
    rows = list(ODS_ROWS)
    for number, fields in enumerate(ROWS, start=2):
        cells = [changes.get((number, key)) or _ods_cell(fields.get(key)) for key in KEYS]
        rows.append("".join(cells))
    return rows


_WORDS = _ods_cell("เก้าสิบแปด")
_ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
    'office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell>'
)
_BARE = '<table:table-cell table:formula="of:=98+0.94"/>'
_MERGED = (
    '<table:table-cell table:number-columns-spanned="2" office:value-type="string">'
    "<text:p>รวม</text:p></table:table-cell>"
)
_YES = '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
_ROW = '<table:table-row table:number-rows-repeated="1000000">'
_REPEATED = f"{_ROW}{_ods_cell(1) * 9}</table:table-row>"
_DECLARED = '<!DOCTYPE a [<!ENTITY b "c">]>'


def write_ods() -> None:
    files = {
        "text-in-number.ods": ods(ods_rows({(2, "actual"): _WORDS})),
        "formula-error.ods": ods(ods_rows({(2, "actual"): _ERROR})),
        "formula-never-calculated.ods": ods(ods_rows({(2, "actual"): _BARE})),
        "merged-cells.ods": ods(ods_rows({(3, "name"): _MERGED})),
        "boolean-in-number.ods": ods(ods_rows({(4, "score"): _YES})),
        "million-rows.ods": ods(ods_rows({}), extra=_REPEATED),
        "entities.ods": ods(ods_rows({}), declaration=_DECLARED),
        "password.ods": ods(ods_rows({}), manifest="<encryption-data/>"),
    }
    _write(files)
