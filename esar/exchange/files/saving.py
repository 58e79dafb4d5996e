"""A workbook → a file: the same bytes for the same content, and all of it or nothing."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from esar.exchange.files.whole import written_whole
from esar.law.rules.numbers import trimmed

# No clock in a file: the day stands in its content, where it matters.
FIXED = datetime(2024, 1, 1, tzinfo=UTC)
_A4 = 9
_ZIP_TIME = (2024, 1, 1, 0, 0, 0)
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


# What a formula comes to: sheet → address → a figure or words.
Outcome = Decimal | str
Outcomes = Mapping[str, Mapping[str, Outcome]]
_FORMULA = re.compile(
    rb'(?P<cell><c r="(?P<address>[A-Z]+[0-9]+)"[^>]*)(?P<formula>><f>[^<]*</f>)<v ?(/>|></v>)</c>'
)


def holdable(text: str) -> str:
    """The text, marked where it has a sign that no workbook can hold."""
    return _NO_XML.sub("\ufffd", ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write somebody's words as words: never a formula, whatever they begin with."""
    assert isinstance(cell, Cell), "nothing is merged in what we write"
    cell.value = holdable(text)
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


def save(workbook: Workbook, path: Path, outcomes: Outcomes | None = None) -> None:
    """Write the workbook to `path`, each formula with its outcome where there is one.

    A spreadsheet calculates anew when it opens the file; programs that only read it, and the
    previews of a phone, show what stands beside the formula.
    Errors: Refused when it cannot be written there.
    """
    workbook.properties.creator = "Open e-SAR"
    workbook.properties.created = workbook.properties.modified = FIXED
    for sheet in workbook.worksheets:
        _print_wide(sheet)
    packed = io.BytesIO()
    workbook.save(packed)
    with written_whole(path) as half:
        half.write_bytes(_finished(packed.getvalue(), _by_part(workbook, outcomes or {})))


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


def _by_part(workbook: Workbook, outcomes: Outcomes) -> dict[str, Mapping[str, Outcome]]:
    """The outcomes by the part of the archive that their sheet is written to."""
    return {
        f"xl/worksheets/sheet{number}.xml": outcomes[sheet.title]
        for number, sheet in enumerate(workbook.worksheets, start=1)
        if sheet.title in outcomes
    }


def _finished(data: bytes, outcomes: Mapping[str, Mapping[str, Outcome]]) -> bytes:
    """The same archive with outcomes beside the formulas, which openpyxl writes without, and every
    time in it set to `FIXED`; openpyxl stamps the moment.
    """
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
            if name in outcomes:
                content = _with_outcomes(content, outcomes[name])
            part = zipfile.ZipInfo(name, _ZIP_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, content)
    return written.getvalue()


def _with_outcomes(sheet: bytes, outcomes: Mapping[str, Outcome]) -> bytes:
    def with_outcome(match: re.Match[bytes]) -> bytes:
        outcome = outcomes.get(match["address"].decode())
        if outcome is None:
            return match[0]
        kind = ' t="str"' if isinstance(outcome, str) else ""
        text = escape(outcome) if isinstance(outcome, str) else f"{trimmed(outcome):f}"
        return b"".join(
            (match["cell"], kind.encode(), match["formula"], f"<v>{text}</v></c>".encode())
        )

    return _FORMULA.sub(with_outcome, sheet)
