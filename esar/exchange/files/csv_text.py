"""CSV text → a grid. The separator is the one with which a header can be found."""

from __future__ import annotations

import csv
import io

from esar.exchange.files.census import MAX_CELLS
from esar.exchange.files.columns import key_of
from esar.exchange.files.findings import refused
from esar.exchange.files.grid import Grid
from esar.exchange.files.values import blank
from esar.kernel.problems import Place

_SEPARATORS = (",", ";", "\t", "|")
_MAX_CELL = 100_000
_SNIFFED_LINES = 20


def read(text: str, place: Place) -> list[Grid]:
    """The one grid of a CSV file. Errors: Refused, with the line that cannot be read."""
    separator = max(_SEPARATORS, key=lambda one: _headers(text, one))
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    if max(text.count(separator), text.count("\n")) > MAX_CELLS:
        raise refused("file.too_many_cells", place, most=MAX_CELLS)
    rows: dict[int, dict[int, object]] = {}
    widths: dict[int, int] = {}
    try:
        for number, cells in enumerate(reader, start=1):
            filled = {at: cell for at, cell in enumerate(cells, start=1) if not blank(cell)}
            if filled:
                rows[number], widths[number] = dict(filled), len(cells)
    except csv.Error:
        at = Place(file=place.file, line=reader.line_num)
        raise refused("file.bad_csv", at) from None
    return [Grid("", rows, widths=widths)]


def _headers(text: str, separator: str) -> int:
    """How many column names a separator brings to light in one of the first lines."""
    lines = text[:_MAX_CELL].splitlines()[:_SNIFFED_LINES]
    return max(
        (
            sum(key_of(part.strip(' "')) is not None for part in line.split(separator))
            for line in lines
        ),
        default=0,
    )
