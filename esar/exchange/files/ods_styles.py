"""The styles of an .ods workbook, as far as they say what can be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from esar.exchange.files import colours
from esar.exchange.files.number_formats import COMPARISONS
from esar.exchange.files.visibility import LEAST_HEIGHT

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_LENGTH = re.compile(r"([0-9.]+)(in|cm|mm|pt|pc)")
_POINTS = {"in": 72.0, "cm": 28.35, "mm": 2.835, "pt": 1.0, "pc": 12.0}
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?[0-9.]+)")
_WHITE = "#ffffff"
_BLACK = "#000000"


@dataclass
class Style:
    """What one style says: its parent, and its own attributes by name."""

    parent: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    maps: list[tuple[str, str]] = field(default_factory=list)  # a condition, the style that it sets


class Styles:
    """Every style by its name, gathered while the file is read."""

    def __init__(self) -> None:
        self._styles: dict[str, Style] = {}
        self._formats: dict[str, Style] = {}
        self._verdicts: dict[tuple[str, str], bool] = {}

    def read(self, stream: IO[bytes]) -> None:
        """The named styles of styles.xml."""
        for _, element in iterparse(stream, events=("end",), forbid_dtd=True):
            self.add(element)

    def add(self, element: Element) -> None:
        """Note a style; anything else is let be."""
        is_format = element.tag.startswith(_NUMBER) and element.tag.endswith("-style")
        if element.tag != f"{_STYLE}style" and not is_format:
            return
        style = Style(element.get(f"{_STYLE}parent-style-name", ""), dict(element.attrib))
        for part in element:
            if part.tag == f"{_STYLE}map":
                names = ("condition", "apply-style-name")
                condition, name = (part.get(f"{_STYLE}{each}", "") for each in names)
                style.maps.append((condition, name))
            else:
                style.attributes.update(part.attrib)
        styles = self._formats if is_format else self._styles
        styles[element.get(f"{_STYLE}name", "")] = style

    def is_hidden_sheet(self, name: str) -> bool:
        return self._attribute(name, f"{_TABLE}display") == "false"

    def is_too_small(self, name: str) -> bool:
        """Whether a row or a column of this style has no size to be seen."""
        sizes = (f"{_STYLE}row-height", f"{_STYLE}column-width")
        return any(_points(self._attribute(name, size)) < LEAST_HEIGHT for size in sizes)

    def can_be_read(self, name: str, value: Decimal | None) -> bool:
        """Whether a cell's writing can be told from its ground and is large enough.

        `value` is that of a number: its format may have a colour of its own.
        """
        colour = "" if value is None else self._colour_of_format(name, value)
        if (name, colour) not in self._verdicts:
            self._verdicts[name, colour] = self._can_be_read(name, colour)
        return self._verdicts[name, colour]

    def is_hidden_under_protection(self, name: str) -> bool:
        """Whether a protected sheet shows nothing of a cell of this style."""
        return "hidden-and-protected" in self._attribute(name, f"{_STYLE}cell-protect")

    def _colour_of_format(self, name: str, value: Decimal) -> str:
        """The colour that a number's format writes it in; empty for the cell's own."""
        number_format = self._formats.get(self._attribute(name, f"{_STYLE}data-style-name"))
        if number_format is None:
            return ""
        for condition, name_of_format in number_format.maps:
            match = _CONDITION.fullmatch(condition.strip())
            if match and COMPARISONS[match[1]](value, Decimal(match[2])):
                number_format = self._formats.get(name_of_format, number_format)
                break
        return number_format.attributes.get(f"{_FO}color", "")

    def _can_be_read(self, name: str, colour_of_format: str) -> bool:
        if self._attribute(name, f"{_TEXT}display") == "none":
            return False
        if _points(self._attribute(name, f"{_FO}font-size")) < colours.LEAST_SIZE:
            return False
        own_colour = colour_of_format or self._attribute(name, f"{_FO}color")
        writing = colours.of_text(own_colour or _BLACK)
        ground = self._attribute(name, f"{_FO}background-color")
        seen_ground = colours.of_text(_WHITE if ground in ("", "transparent") else ground)
        if writing is None or seen_ground is None:
            return True
        return colours.can_be_read(writing, seen_ground)

    def _attribute(self, name: str, attribute: str) -> str:
        """What a style or one above it says; empty when none does."""
        for _ in range(20):
            style = self._styles.get(name)
            if style is None:
                return ""
            if attribute in style.attributes:
                return style.attributes[attribute]
            name = style.parent
        return ""


def _points(length: str) -> float:
    """A length in points; one that is not told or not absolute is large enough."""
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _POINTS[match[2]] if match else 1000.0
