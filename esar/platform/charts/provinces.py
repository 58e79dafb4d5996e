"""The 77 provinces as a map, and as tiles of one size for a narrow page.

The shapes are those of @svg-maps/thailand 2.0.0 (CC BY 4.0), thinned by `tools/province_shapes.py`;
where each tile stands follows from their middles (`tools/province_tiles.py`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from esar.kernel.wording import Language, Word
from esar.platform.charts.figures import shown
from esar.platform.charts.table import Table, name_cell

WIDTH, HEIGHT = 560, 1025  # of the map, in the units of its shapes
TILE = 50  # a tile with its gap, in the units of the drawing of tiles
COLUMNS, ROWS = 10, 17
ROOM_FOR_GLYPH = 420  # square units; a province with less is told by its colour and its name


@dataclass(frozen=True)
class Place:
    """A province as it is drawn: its outline, its middle and size, its tile and its letters."""

    code: str
    path: str
    x: int
    y: int
    area: int
    column: int
    row: int
    letters: str


@lru_cache(1)
def places(registry: Path) -> Mapping[str, Place]:
    """ISO code → the province's place; 77 of them."""
    shapes = _rows(registry / "province_shapes.csv")
    tiles = _rows(registry / "province_tiles.csv")
    names = _rows(registry / "provinces.csv")
    return {
        code: Place(
            code,
            shapes[code]["path"],
            x=int(row["x"]),
            y=int(row["y"]),
            area=int(row["area"]),
            column=int(row["column"]),
            row=int(row["row"]),
            letters=names[code]["abbr_th"],
        )
        for code, row in tiles.items()
    }


def _rows(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        return {row["iso_code"]: row for row in csv.DictReader(lines)}


@dataclass(frozen=True)
class State:
    """What a province may be: how it looks, its glyph, and its name."""

    look: str
    glyph: str
    label: Any


@dataclass(frozen=True)
class Province:
    """What a province is on a map; `note` is what stands behind its state in words."""

    code: str
    name: str
    state: State
    href: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Area:
    """A province with its place; in the map its middle, in the tiles its upper left corner."""

    province: Province
    place: Place

    def spoken(self, language: Language) -> str:
        """Its name, its state, and what stands behind it."""
        state, note = (
            shown(self.province.state.label, language),
            shown(self.province.note, language),
        )
        return f"{self.province.name}: {state} {note}".strip()

    @property
    def has_glyph(self) -> bool:
        """Whether its glyph fits on the map."""
        return bool(self.province.state.glyph) and self.place.area >= ROOM_FOR_GLYPH

    @property
    def tile_x(self) -> int:
        return self.place.column * TILE

    @property
    def tile_y(self) -> int:
        return self.place.row * TILE


@dataclass(frozen=True)
class Map:
    """Every province in one of a few states, as a map and as tiles; the states with their counts.

    Keys come to the provinces from north to south, as they are read on the map.
    """

    areas: tuple[Area, ...]
    states: tuple[tuple[State, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    tiles_width: int = COLUMNS * TILE
    tiles_height: int = ROWS * TILE
    template: ClassVar[str] = "charts/map.html"

    def table(self) -> Table:
        """Each province with its state, those of a state together."""
        order = [state for state, _ in self.states]
        areas = sorted(self.areas, key=lambda area: order.index(area.province.state))
        rows = tuple(
            (
                name_cell(area.province.name, area.province.href),
                area.province.state.label,
                area.province.note,
            )
            for area in areas
        )
        head = ("chart.province", "chart.state", "chart.figure")
        return Table(tuple(map(Word, head)), rows)


def province_map(provinces: Sequence[Province], states: Sequence[State], registry: Path) -> Map:
    """A map of the provinces given; `states` in the order of the legend.

    Errors: KeyError for a code that is no province; ValueError for a state that is not listed.
    """
    of_code = places(registry)
    areas = [Area(province, of_code[province.code]) for province in provinces]
    strays = {area.province.state for area in areas} - set(states)
    if strays:
        raise ValueError(f"states without a legend: {strays}")
    counts = tuple((state, sum(area.province.state == state for area in areas)) for state in states)
    areas.sort(key=lambda area: (area.place.row, area.place.column))
    return Map(tuple(areas), counts)
