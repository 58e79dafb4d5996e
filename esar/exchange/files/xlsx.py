"""An .xlsx workbook → grids. Values are those stored by the program that saved it."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections import defaultdict
from datetime import date, time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.fonts import Font
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook

from esar.exchange.files import census, colours, conditional, number_formats
from esar.exchange.files.findings import refused
from esar.exchange.files.grid import Grid, Merged, Unseen
from esar.exchange.files.values import Figure, Flaw
from esar.exchange.files.visibility import LEAST_HEIGHT, LEAST_WIDTH
from esar.kernel.problems import Place

_NO_TYPE = "n"
# Excel opens a font of any family, and several programs write 34 and the like.
vars(Font)["family"].max = 255


def read(data: bytes, archive: zipfile.ZipFile, place: Place) -> list[Grid]:
    """One grid per worksheet. Errors: Refused when it cannot be read as a workbook."""
    formulas = census.take(archive, place).formulas
    try:
        stored = _load(data, data_only=True)
        typed = _load(data, data_only=False) if formulas else None
        return [_grid(sheet, typed) for sheet in stored.worksheets]
    except OverflowError:
        raise refused("file.too_many_cells", place, most=census.MAX_CELLS) from None
    except Exception:  # openpyxl raises whatever a broken part makes it stumble on
        raise refused("file.broken_workbook", place) from None


def _load(data: bytes, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts it cannot keep; nothing is written back
        return load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)


def _grid(sheet: Any, typed: Workbook | None) -> Grid:
    formulas = _formulas(typed[sheet.title]) if typed is not None else {}
    widths = _widths(sheet)
    rows: dict[int, dict[int, object]] = defaultdict(dict)
    # `_cells` holds the cells of the file; the public iterators create those in between too.
    for at, cell in sorted(sheet._cells.items()):
        value = _value(cell, widths.get(at[1]))
        if value is None and at in formulas and cell.data_type == _NO_TYPE:
            value = Flaw("file.never_calculated", formulas[at])
        if value is not None:
            rows[at[0]][at[1]] = value
    merged = tuple(
        Merged(found.min_row, found.max_row, found.coord)
        for found in sorted(sheet.merged_cells.ranges, key=lambda one: (one.min_row, one.min_col))
    )
    unseen = Unseen(
        _hidden_rows(sheet),
        _hidden_columns(sheet),
        _unreadable(sheet),
        conditional.may_hide(sheet),
    )
    return Grid(sheet.title, dict(rows), merged, sheet.sheet_state != "visible", unseen=unseen)


def _columns(sheet: Any) -> list[tuple[range, Any]]:
    """What the file says of columns: an entry may be of several side by side."""
    return [
        (range(entry.min or at, (entry.max or entry.min or at) + 1), entry)
        for letters, entry in sheet.column_dimensions.items()
        for at in [column_index_from_string(letters)]
    ]


def _widths(sheet: Any) -> dict[int, float]:
    """The width of each column that was given one, in characters."""
    return {at: entry.width for span, entry in _columns(sheet) if entry.customWidth for at in span}


def _hidden_columns(sheet: Any) -> frozenset[int]:
    """Columns that are hidden or too narrow to be read, each by itself or as the sheet has them."""
    columns = _columns(sheet)
    hidden = {
        at
        for span, entry in columns
        if entry.hidden or (entry.customWidth and entry.width < LEAST_WIDTH)
        for at in span
    }
    width = sheet.sheet_format.defaultColWidth
    if width is not None and width < LEAST_WIDTH:
        own_width = {at for span, entry in columns if entry.customWidth for at in span}
        hidden |= {column for _, column in sheet._cells} - own_width
    return frozenset(hidden)


def _hidden_rows(sheet: Any) -> frozenset[int]:
    """Rows that are hidden, filtered out or too low to be read."""
    entries = sheet.row_dimensions
    hidden = {
        number
        for number, entry in entries.items()
        if entry.hidden or (entry.height is not None and entry.height < LEAST_HEIGHT)
    }
    if sheet.sheet_format.zeroHeight:
        rows = {row for row, _ in sheet._cells}
        hidden |= {row for row in rows if row not in entries or entries[row].height is None}
    return frozenset(hidden)


def _unreadable(sheet: Any) -> frozenset[tuple[int, int]]:
    """Cells written in the colour of their ground, or in letters too small to be read."""
    inside = [range_boundaries(table.ref) for table in sheet.tables.values()]
    verdicts: dict[tuple[int, int, str], bool] = {}  # by font, fill and colour: a sheet has few
    unreadable = set()
    for at, cell in sheet._cells.items():
        colour = _colour_of_format(cell)
        style = (cell._style.fontId, cell._style.fillId, colour)
        if style not in verdicts:
            verdicts[style] = _can_be_read(cell, colour)
        if not verdicts[style] and not any(_is_in(at, bounds) for bounds in inside):
            unreadable.add(at)
    return frozenset(unreadable)


def _is_in(at: tuple[int, int], bounds: Any) -> bool:
    """Whether a cell lies in a range: a table's style may give it another ground."""
    first_column, first_row, last_column, last_row = bounds
    return bool(first_row <= at[0] <= last_row and first_column <= at[1] <= last_column)


def _colour_of_format(cell: Any) -> str:
    """The colour that a number's own format writes it in, whatever the cell's writing has."""
    value = cell.value
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number_formats.colour_of(Figure.of(value), _format(cell)) if is_number else ""


def _can_be_read(cell: Any, colour_of_format: str) -> bool:
    font, fill = cell.font, cell.fill
    if font.sz is not None and font.sz < colours.LEAST_SIZE:
        return False
    writing = colours.of_cell(font.color, COLOR_INDEX) if font.color else colours.BLACK
    if colour_of_format:
        writing = colours.of_format(colour_of_format, COLOR_INDEX)
    ground: colours.Colour | None = colours.WHITE
    if fill.fill_type == "solid":
        ground = colours.of_cell(fill.fgColor, COLOR_INDEX)
    elif fill.fill_type is not None:
        return True
    return writing is None or ground is None or colours.can_be_read(writing, ground)


def _formulas(sheet: Any) -> dict[tuple[int, int], str]:
    """Address → formula. One whose result is empty text has a type, one never calculated none."""
    return {
        at: str(getattr(cell.value, "text", None) or cell.value)[:60]
        for at, cell in sheet._cells.items()
        if cell.data_type == "f"
    }


def _value(cell: Any, width: float | None) -> object:
    value = cell.value
    if cell.data_type == "e":
        return Flaw("file.formula_error", str(value))
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        fits = cell.alignment is not None and cell.alignment.shrink_to_fit
        return number_formats.as_shown(Figure.of(value), _format(cell), None if fits else width)
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, (time, timedelta)):  # a number all the same
        return Flaw("file.shown_as_day", Figure.of(to_excel(value)))  # type: ignore[no-untyped-call]
    return number_formats.text_as_shown(str(value), _format(cell))


def _format(cell: Any) -> str:
    """The cell's number format; those of Thai Excel have a number and no code."""
    built_in = number_formats.THAI_BUILT_IN.get(cell._style.numFmtId)
    return built_in or str(cell.number_format or "")


def _day(value: date) -> date | Flaw:
    """A day. The first weeks of 1900 are a small number in a cell of days: 60 is 29 February."""
    if (value.year, value.month) < (1900, 3):
        return Flaw("file.number_as_day", value.isoformat()[:10])
    return value
