"""The styles of an .ods workbook, as far as they say what can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_MINUS = ("-", "\u2212", "\u2013", "(")
# Parts of a number format that show nothing of the value.
_NO_VALUE = ("text", "text-properties", "map", "currency-symbol", "fill-character")
# Names of styles that lie over each other, the uppermost first.
Look = tuple[str, ...]


@dataclass
class Style:
    """What one style says: its parent, and its own attributes by name."""

    parent: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    maps: list[tuple[str, str]] = field(default_factory=list)  # a condition, the style that it sets
    kind: str = ""  # of a format: number-style, text-style
    words: str = ""  # that a format writes beside the value
    has_value: bool = False  # whether a format writes anything of the value


class Styles:
    """Every style by its name, gathered while the file is read."""

    def __init__(self) -> None:
        self._styles: dict[str, Style] = {}
        self._formats: dict[str, Style] = {}
        self._names: dict[str, str] = {}  # by what people call a style
        self._verdicts: dict[tuple[Look, str, str], bool] = {}

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
        style.kind = element.tag.rpartition("}")[2]
        for part in element:
            if part.tag == f"{_STYLE}map":
                names = ("condition", "apply-style-name")
                condition, name = (part.get(f"{_STYLE}{each}", "") for each in names)
                style.maps.append((condition, name))
            else:
                style.attributes.update(part.attrib)
                style.has_value |= part.tag.rpartition("}")[2] not in _NO_VALUE
                style.words += part.text or "" if part.tag == f"{_NUMBER}text" else ""
        styles, name = (
            self._formats if is_format else self._styles,
            element.get(f"{_STYLE}name", ""),
        )
        styles[name] = style
        self._names[element.get(f"{_STYLE}display-name", name)] = name

    def is_hidden_sheet(self, name: str) -> bool:
        return self._attribute((name,), f"{_TABLE}display") == "false"

    def is_too_small(self, name: str) -> bool:
        """Whether a row or a column of this style has no size to be seen."""
        sizes = (f"{_STYLE}row-height", f"{_STYLE}column-width")
        return any(_points(self._attribute((name,), size)) < LEAST_HEIGHT for size in sizes)

    def called(self, name: str) -> str:
        """The name by which a style is kept, of that by which people or the file call it."""
        return name if name in self._styles else self._names.get(name, name)

    def conditions(self, name: str) -> list[tuple[str, str]]:
        """The conditions that a cell's style has, each with the style that it sets."""
        for style in self._upwards(name):
            if style.maps:
                return style.maps
        return []

    def can_be_read(self, look: Look, value: Decimal | None, ground: str = "") -> bool:
        """Whether a cell's writing can be told from its ground and is large enough.

        `value` is that of a number: its format may have a colour of its own. `ground` is the
        colour of a ground that is laid under the cell.
        """
        own_format = None if value is None else self._format(look, value)
        colour = "" if own_format is None else own_format.attributes.get(f"{_FO}color", "")
        key = (look, colour, ground)
        if key not in self._verdicts:
            self._verdicts[key] = self._can_be_read(look, colour, ground)
        return self._verdicts[key]

    def looks_away(self, look: Look, value: Decimal | None) -> bool:
        """Whether a cell does not show what it holds: unreadable, or in another form."""
        return not self.can_be_read(look, value) or self.flaw_of(look, value) is not None

    def flaw_of(self, look: Look, value: Decimal | None) -> str | None:
        """The refusal's code where the number format of a cell shows another value, or none.

        `value` is None for text.
        """
        own_format = self._format(look, value)
        if own_format is None:
            return None
        if value is None:
            is_hidden = own_format.kind == "text-style" and not own_format.has_value
            return "file.invisible_value" if is_hidden else None
        words = own_format.words.strip()
        if not own_format.has_value and not (value == 0 and words in _MINUS):
            return "file.format_changes_figure" if words else "file.invisible_value"
        is_scaled = own_format.attributes.get(f"{_NUMBER}display-factor", "1") not in ("", "1")
        if is_scaled or any(sign.isdecimal() for sign in words):
            return "file.format_changes_figure"
        return None

    def is_hidden_under_protection(self, name: str) -> bool:
        """Whether a protected sheet shows nothing of a cell of this style."""
        return "hidden-and-protected" in self._attribute((name,), f"{_STYLE}cell-protect")

    def _format(self, look: Look, value: Decimal | None) -> Style | None:
        """The format that a value is written in: one with conditions leads to another."""
        number_format = self._formats.get(self._attribute(look, f"{_STYLE}data-style-name"))
        if number_format is None or value is None:
            return number_format
        for condition, name in number_format.maps:
            match = _CONDITION.fullmatch(condition.strip())
            if match and COMPARISONS[match[1]](value, Decimal(match[2])):
                return self._formats.get(name, number_format)
        return number_format

    def _can_be_read(self, look: Look, colour_of_format: str, ground: str) -> bool:
        if self._attribute(look, f"{_TEXT}display") == "none":
            return False
        if _points(self._attribute(look, f"{_FO}font-size")) < colours.LEAST_SIZE:
            return False
        own_colour = colour_of_format or self._attribute(look, f"{_FO}color")
        writing = colours.of_text(own_colour or _BLACK)
        ground = ground or self._attribute(look, f"{_FO}background-color")
        seen_ground = colours.of_text(_WHITE if ground in ("", "transparent") else ground)
        if writing is None or seen_ground is None:
            return True
        return colours.can_be_read(writing, seen_ground)

    def _attribute(self, look: Look, attribute: str) -> str:
        """What a style or one above it says; empty when none does."""
        for name in look:
            for style in self._upwards(name):
                if attribute in style.attributes:
                    return style.attributes[attribute]
        return ""

    def _upwards(self, name: str) -> Iterator[Style]:
        """A style and those that it takes after."""
        for _ in range(20):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.parent


def _points(length: str) -> float:
    """A length in points; one that is not told or not absolute is large enough."""
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _POINTS[match[2]] if match else 1000.0
