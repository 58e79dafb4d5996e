"""A workbook → a file: the same bytes for the same content, and all of it or nothing."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from esar.exchange.files.whole import written_whole

# No clock in a file: the day stands in its content, where it matters.
FIXED = datetime(2024, 1, 1, tzinfo=UTC)
_A4 = 9
_ZIP_TIME = (2024, 1, 1, 0, 0, 0)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write somebody's words as words: never a formula, whatever they begin with."""
    assert isinstance(cell, Cell), "nothing is merged in what we write"
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


def save(workbook: Workbook, path: Path) -> None:
    """Write the workbook to `path`. Errors: Refused when it cannot be written there."""
    workbook.properties.creator = "Open e-SAR"
    workbook.properties.created = workbook.properties.modified = FIXED
    for sheet in workbook.worksheets:
        _print_wide(sheet)
    packed = io.BytesIO()
    workbook.save(packed)
    with written_whole(path) as half:
        half.write_bytes(_without_clock(packed.getvalue()))


def _print_wide(sheet: Worksheet) -> None:
    """A4 landscape, every column on the page; frozen rows stand on every page again."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.freeze_panes:
        frozen = coordinate_to_tuple(str(sheet.freeze_panes))[0] - 1
        if frozen:
            sheet.print_title_rows = f"{frozen}:{frozen}"


def _without_clock(data: bytes) -> bytes:
    """The same archive with every time in it set to `FIXED`; openpyxl stamps the moment."""
    stamp = FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + stamp, content)
            part = zipfile.ZipInfo(name, _ZIP_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, content)
    return written.getvalue()
