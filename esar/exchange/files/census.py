"""How much an .xlsx holds, counted as a stream before a library builds all of it in memory.

A merged range of a whole sheet is one short element, yet a library makes every cell of it.
"""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from esar.exchange.files.findings import refused
from esar.kernel.problems import Place

MAX_CELLS = 500_000
MAX_ELEMENTS = 3_000_000
MAX_LOOKS = 5_000_000  # of a cell at a range of conditional formatting


class Census:
    """Counts elements and cells, merged ones too, and notes whether there are formulas."""

    def __init__(self) -> None:
        self.elements = 0
        self.cells = 0
        self.formulas = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.elements += 1
        if local == "c":
            self.cells += 1
        elif local == "f":
            self.formulas = True
        elif local == "mergeCell":
            self.cells += _area(attributes.get("ref", ""))
        if self.cells > MAX_CELLS or self.elements > MAX_ELEMENTS:
            raise OverflowError


def take(archive: zipfile.ZipFile, place: Place) -> Census:
    """Over all parts of an .xlsx. Errors: Refused when there are too many cells to be one."""
    counted = Census()
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels")):
            parser = expat.ParserCreate()
            parser.StartElementHandler = counted.start
            try:
                with archive.open(name) as stream:
                    parser.ParseFile(stream)
            except OverflowError:
                raise refused("file.too_many_cells", place, most=MAX_CELLS) from None
            except expat.ExpatError:
                raise refused("file.broken_workbook", place) from None
    return counted


def _area(reference: str) -> int:
    """How many cells a reference like B2:D9 covers; 0 when it is none."""
    corners = [_corner(corner) for corner in reference.replace("$", "").split(":")]
    if len(corners) != 2:
        return 0
    (first_column, first_row), (last_column, last_row) = corners
    return (abs(last_column - first_column) + 1) * (abs(last_row - first_row) + 1)


def _corner(corner: str) -> tuple[int, int]:
    letters = corner.rstrip("0123456789")
    column = 0
    for letter in letters.upper()[:4]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(corner[len(letters) :] or 0)
