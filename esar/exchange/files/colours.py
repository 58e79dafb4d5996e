"""Whether the writing in a workbook's cell can be told from the ground it stands on."""

from __future__ import annotations

import re
from typing import Any

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
LEAST_CONTRAST = 1.2  # 1 is none at all
LEAST_SIZE = 3.0  # points
_SIX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
# The first two of every theme by their place in a cell's colour: white ground, black writing.
_THEME = {0: WHITE, 1: BLACK}
# Those that a number format calls by name; others have a number in the palette, which begins at 8.
_NAMED = {
    "black": BLACK,
    "blue": (0, 0, 255),
    "cyan": (0, 255, 255),
    "green": (0, 255, 0),
    "magenta": (255, 0, 255),
    "red": (255, 0, 0),
    "white": WHITE,
    "yellow": (255, 255, 0),
}
_FIRST_NUMBERED = 7


def can_be_read(writing: Colour, ground: Colour) -> bool:
    lighter, darker = sorted((_light(writing), _light(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05) >= LEAST_CONTRAST


def of_text(words: str) -> Colour | None:
    """A colour as files write it: FFRRGGBB, RRGGBB or #RRGGBB; None for anything else."""
    match = _SIX.fullmatch(words.removeprefix("#"))
    if match is None:
        return None
    return int(match[1][:2], 16), int(match[1][2:4], 16), int(match[1][4:], 16)


def of_format(words: str, palette: tuple[str, ...]) -> Colour | None:
    """A colour of a number format: white, or color2."""
    if words in _NAMED:
        return _NAMED[words]
    place = int(words.removeprefix("color")) + _FIRST_NUMBERED
    return of_text(str(palette[place])) if place < len(palette) else None


def of_cell(colour: Any, palette: tuple[str, ...]) -> Colour | None:
    """A colour of openpyxl, or None where only the program that shows it knows it."""
    if colour is None:
        return None
    if colour.type == "rgb":
        return of_text(str(colour.rgb))
    if colour.type == "theme":
        return _THEME.get(colour.theme) if not colour.tint else None
    if colour.type == "indexed" and colour.indexed < min(len(palette), 64):
        return of_text(str(palette[colour.indexed]))
    return None


def _light(colour: Colour) -> float:
    """How light a colour is, from 0 to 1 (WCAG's relative luminance)."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
