"""Where each province stands as a tile: data/registry/province_tiles.csv, from the shapes.

    python -m tools.province_tiles

Each province has the tile that brings all of them together as near to where they lie as tiles of
one size allow (the least sum of squared distances, by scipy). Beside it: the middle of its largest
part on the map, and how large that is in square units.
"""

from __future__ import annotations

import csv

from esar.platform.charts.provinces import COLUMNS, HEIGHT, ROWS, WIDTH
from tools.province_shapes import REGISTRY, Point, rings

CENTRE = (215.0, 450.0)  # around Bangkok provinces are small: the map is drawn out there
DRAWN_OUT, REACH = 1.0, 95.0


def middle_of(path: str) -> tuple[float, float, float]:
    """The middle of the largest part of a shape, and its area."""
    largest = (0.0, 0.0, 0.0)
    for ring in rings(path):
        area, x, y = _moments(ring)
        if area > largest[2]:
            largest = (x, y, area)
    return largest


def _moments(ring: list[Point]) -> tuple[float, float, float]:
    doubled = x_sum = y_sum = 0.0
    for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x * next_y - next_x * y
        doubled += cross
        x_sum += (x + next_x) * cross
        y_sum += (y + next_y) * cross
    if not doubled:
        return 0.0, 0.0, 0.0
    return abs(doubled) / 2, x_sum / (3 * doubled), y_sum / (3 * doubled)


def spread(x: float, y: float) -> Point:
    """A place, further from where the provinces are small the nearer it is to there."""
    from math import exp

    east, south = x - CENTRE[0], y - CENTRE[1]
    distance = (east**2 + south**2) ** 0.5
    push = 1 + DRAWN_OUT * exp(-distance / REACH)
    return CENTRE[0] + east * push, CENTRE[1] + south * push


def tiles_of(middles: dict[str, tuple[float, float, float]]) -> dict[str, tuple[int, int]]:
    """ISO code → column and row."""
    from scipy.optimize import linear_sum_assignment

    cells = [(column, row) for row in range(ROWS) for column in range(COLUMNS)]
    wide, high = WIDTH / COLUMNS, HEIGHT / ROWS
    cost = []
    for x, y, _ in middles.values():
        east, south = spread(x, y)
        cost.append(
            [
                (east / wide - column - 0.5) ** 2 + (south / high - row - 0.5) ** 2
                for column, row in cells
            ]
        )
    _, chosen = linear_sum_assignment(cost)
    return {code: cells[cell] for code, cell in zip(middles, chosen, strict=True)}


def main() -> None:
    with (REGISTRY / "province_shapes.csv").open(encoding="utf-8") as file:
        middles = {row["iso_code"]: middle_of(row["path"]) for row in csv.DictReader(file)}
    tiles = tiles_of(middles)
    with (REGISTRY / "province_tiles.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["iso_code", "column", "row", "x", "y", "area"])
        for code, (x, y, area) in middles.items():
            rows.writerow([code, *tiles[code], round(x), round(y), round(area)])


if __name__ == "__main__":
    main()
