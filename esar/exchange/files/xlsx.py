"""An .xlsx workbook → grids. Values are those stored by the program that saved it."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections import defaultdict
from datetime import date
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from esar.exchange.files import census
from esar.exchange.files.findings import refused
from esar.exchange.files.grid import Grid, Merged
from esar.exchange.files.values import Figure, Flaw
from esar.kernel.problems import Place

_NO_TYPE = "n"


def read(data: bytes, archive: zipfile.ZipFile, place: Place) -> list[Grid]:
    """One grid per worksheet. Errors: Refused when it cannot be read as a workbook."""
    formulas = census.take(archive, place).formulas
    try:
        stored = _load(data, data_only=True)
        typed = _load(data, data_only=False) if formulas else None
        return [_grid(sheet, typed) for sheet in stored.worksheets]
    except Exception:  # openpyxl raises whatever a broken part makes it stumble on
        raise refused("file.broken_workbook", place) from None


def _load(data: bytes, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts it cannot keep; nothing is written back
        return load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)


def _grid(sheet: Any, typed: Workbook | None) -> Grid:
    formulas = _formulas(typed[sheet.title]) if typed is not None else {}
    rows: dict[int, dict[int, object]] = defaultdict(dict)
    # `_cells` holds the cells of the file; the public iterators create those in between too.
    for at, cell in sorted(sheet._cells.items()):
        value = _value(cell)
        if value is None and at in formulas and cell.data_type == _NO_TYPE:
            value = Flaw("file.never_calculated", formulas[at])
        if value is not None:
            rows[at[0]][at[1]] = value
    merged = tuple(
        Merged(found.min_row, found.max_row, found.coord)
        for found in sorted(sheet.merged_cells.ranges, key=lambda one: (one.min_row, one.min_col))
    )
    return Grid(sheet.title, dict(rows), merged, sheet.sheet_state != "visible")


def _formulas(sheet: Any) -> dict[tuple[int, int], str]:
    """Address → formula. One whose result is empty text has a type, one never calculated none."""
    return {
        at: str(getattr(cell.value, "text", None) or cell.value)[:60]
        for at, cell in sheet._cells.items()
        if cell.data_type == "f"
    }


def _value(cell: Any) -> object:
    value = cell.value
    if cell.data_type == "e":
        return Flaw("file.formula_error", str(value))
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return _figure(value, cell.number_format or "")
    if isinstance(value, (str, date)):
        return value
    return str(value)


def _figure(value: float | int, number_format: str) -> Figure:
    """A number as it is shown: in a cell of per cent format 0.35 reads "35%"."""
    figure = Figure.of(value)
    return figure.as_per_cent() if "%" in number_format.split(";")[0] else figure
