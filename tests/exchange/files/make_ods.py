"""The small sound workbook as LibreOffice writes it, with pieces of its XML changed by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.exchange.files.make import HEADINGS, ROWS

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("number", "datastyle"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def number(value: object, words: str, *, style: str = "", kind: str = "float") -> str:
    """A cell with a number, and the text that it shows."""
    look = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell{look} office:value-type="{kind}" office:value="{value}">'
        f"<text:p>{words}</text:p></table:table-cell>"
    )


def conditional_format(ranges: str, rules: str) -> str:
    """What LibreOffice writes at a sheet's end of formats with a condition."""
    return (
        "<calcext:conditional-formats><calcext:conditional-format "
        f'calcext:target-range-address="{ranges}">{rules}</calcext:conditional-format>'
        "</calcext:conditional-formats>"
    )


def _cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int):
        return number(value, str(value))
    return (
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    )


def ods(
    folder: Path,
    cells: Mapping[tuple[int, str], str] | None = None,
    *,
    styles: str = "",
    groups: tuple[str, str] = ("", ""),
    table: str = "",
    conditions: str = "",
) -> Path:
    """The workbook of `make.workbook`. `cells` by row and heading, as XML; `groups` stand around
    the rows under the heading, `table` are attributes of the sheet, `conditions` stand at its end.
    """
    rows = [
        "".join(
            (cells or {}).get((number_of_row, heading), _cell(value))
            for heading, value in zip(HEADINGS, row, strict=True)
        )
        for number_of_row, row in enumerate((HEADINGS, *ROWS), start=1)
    ]
    first, *rest = (f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="ตัวชี้วัด"{table}>{first}{groups[0]}'
        f"{''.join(rest)}{groups[1]}{conditions}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    path = folder / "sent.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path
