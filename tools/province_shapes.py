"""Thin the borders of @svg-maps/thailand for a small map: data/registry/province_shapes.csv.

    npm pack @svg-maps/thailand@2.0.0 && tar xzf svg-maps-thailand-2.0.0.tgz
    python -m tools.province_shapes package/thailand.svg

The shapes are CC BY 4.0 (Victor Cazanave, Tae Noppakun Wongsrinoppakun); what was changed: points
nearer than a unit to the line without them are left out, the rest stand on whole units.
"""

from __future__ import annotations

import csv
import re
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

REGISTRY = Path("data/registry")
TOLERANCE = 1.3  # of a map of 560 by 1025 units
SMALLEST = 6.0  # square units of an island that is left out, where its province has a larger part
# Names that the package spells in another way than ISO 3166-2.
SPELT = {"bangkok": "krungthepmahanakhon", "phangnga": "phangnga"}
LAKE = "lksg"
Point = tuple[float, float]


def rings(path: str) -> list[list[Point]]:
    """The closed lines of a path of m, l, h, v and z, absolute or relative."""
    lines: list[list[Point]] = []
    command, starts, x, y = "m", False, 0.0, 0.0
    tokens = re.findall(r"[a-zA-Z]|-?[0-9.]+(?:e-?[0-9]+)?", path)
    place = 0
    while place < len(tokens):
        if tokens[place].isalpha():
            command = tokens[place]
            place += 1
            if command in "zZ":
                x, y = lines[-1][0]
                continue
            starts = command in "mM"
        if command in "hHvV":
            step = float(tokens[place])
            place += 1
            if command in "hH":
                x = step if command == "H" else x + step
            else:
                y = step if command == "V" else y + step
        elif command in "mMlL":
            dx, dy = float(tokens[place]), float(tokens[place + 1])
            place += 2
            x, y = (dx, dy) if command in "ML" else (x + dx, y + dy)
        else:
            raise ValueError(command)
        if starts:
            lines.append([])
            starts = False
        lines[-1].append((x, y))
    return lines


def thinned(line: list[Point]) -> list[Point]:
    """Ramer, Douglas and Peucker: without the points that lie near the line between others."""
    if len(line) < 3:
        return line
    (ax, ay), (bx, by) = line[0], line[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    farthest, distance = 0, 0.0
    for number, (x, y) in enumerate(line[1:-1], start=1):
        if length:
            away = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
        else:
            away = ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
        if away > distance:
            farthest, distance = number, away
    if distance <= TOLERANCE:
        return [line[0], line[-1]]
    return thinned(line[: farthest + 1])[:-1] + thinned(line[farthest:])


def area(ring: list[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def shape(path: str) -> str:
    """A path of whole units, relative, as short as it can be said."""
    parts = sorted(rings(path), key=area, reverse=True)
    outlines = []
    for ring in [parts[0], *(part for part in parts[1:] if area(part) >= SMALLEST)]:
        points = [(round(x), round(y)) for x, y in thinned([*ring, ring[0]])][:-1]
        steps = [points[0]] + [
            (bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(points) if (ax, ay) != (bx, by)
        ]
        text = " ".join(f"{x},{y}" for x, y in steps[1:])
        outlines.append(f"M{steps[0][0]},{steps[0][1]}l{text}z")
    return "".join(outlines)


def main() -> None:
    """Write the file anew from the package's map."""
    tree = ElementTree.parse(sys.argv[1])
    with (REGISTRY / "provinces.csv").open(encoding="utf-8") as file:
        codes = {key(row["name_en"]): row["iso_code"] for row in csv.DictReader(file)}
    rows = []
    for path in tree.iter("{http://www.w3.org/2000/svg}path"):
        name = key(path.get("name") or path.get("aria-label") or "")
        if path.get("id") != LAKE:
            rows.append((codes[SPELT.get(name, name)], shape(path.get("d") or "")))
    with (REGISTRY / "province_shapes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("iso_code", "path"), *sorted(rows)])


def key(name: str) -> str:
    return re.sub("[^a-z]", "", name.lower())


if __name__ == "__main__":
    main()
