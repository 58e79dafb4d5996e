"""Formats with a condition in an .ods workbook: what they may hide, as far as the file says when.

LibreOffice keeps them beside the rows, other programs in the cells' own styles. What a condition
comes to only the program that shows the file knows. One between a cell and a plain figure is worked
out here; any other may hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from esar.exchange.files.number_formats import COMPARISONS
from esar.exchange.files.ods_styles import Look, Styles
from esar.kernel.figures import exact_decimal

_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_SIGNS_ALONE = (f"{_CALC}data-bar", f"{_CALC}icon-set")
_COMPARISON = re.compile(r"(?:cell-content\(\)\s*)?(<=|>=|!=|<>|<|>|=)\s*(.*)")
# Those that people write so that errors and empty cells are not shown: such a cell has no value.
_OF_NO_VALUE = re.compile(
    r"is-error|(?:formula-is|is-true-formula)\(\s*(?:ISERROR|ISERR|ISNA|ISBLANK)\s*\(.*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_CORNER = re.compile(r"(?:.*\.)?\$?([A-Z]{1,3})\$?([0-9]+)")

Bounds = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True)
class Rule:
    """What is set where a condition holds: a style, or a ground; `signs_alone` hide the value."""

    condition: str = ""  # empty: always
    style: str = ""
    grounds: tuple[str, ...] = ()  # colours between which that of the cell lies
    signs_alone: bool = False

    def may_hide(self, styles: Styles, own: str, value: Decimal | None) -> bool:
        """Whether a cell of the style `own` may not show what it holds."""
        if not self._may_hold(value):
            return False
        if self.signs_alone:
            return True
        if self.grounds:
            return not all(styles.can_be_read((own,), value, ground) for ground in self.grounds)
        look: Look = (styles.called(self.style), own)
        return styles.looks_away(look, value)

    def _may_hold(self, value: Decimal | None) -> bool:
        if _OF_NO_VALUE.fullmatch(self.condition):
            return False
        match = _COMPARISON.fullmatch(self.condition)
        bound = exact_decimal(match[2].strip()) if match else None
        if match is None or bound is None or value is None:
            return True
        return COMPARISONS[match[1]](value, bound)


def rules(element: Element) -> tuple[list[Bounds], list[Rule]]:
    """The ranges of a conditional format of LibreOffice, and what it sets in them."""
    return (
        _ranges(element.get(f"{_CALC}target-range-address", "")),
        [rule for part in element if (rule := _rule(part)) is not None],
    )


def _rule(part: Element) -> Rule | None:
    if part.tag == f"{_CALC}condition":
        return Rule(part.get(f"{_CALC}value", "").strip(), part.get(f"{_CALC}apply-style-name", ""))
    if part.tag == f"{_CALC}color-scale":
        colours = (entry.get(f"{_CALC}color", "") for entry in part)
        return Rule(grounds=tuple(filter(None, colours)))
    shows = {entry.get(f"{_CALC}show-value") for entry in part.iter()}
    return Rule(signs_alone=True) if part.tag in _SIGNS_ALONE and "false" in shows else None


def _ranges(words: str) -> list[Bounds]:
    """The ranges of an address like: Sheet.A1:Sheet.B9 'My sheet'.C4."""
    ranges = []
    for part in _QUOTED.sub("", words).split():
        corners = [match for each in part.split(":") if (match := _CORNER.fullmatch(each))]
        if corners:
            rows = [int(match[2]) for match in corners]
            columns = [_column(match[1]) for match in corners]
            ranges.append((min(rows), min(columns), max(rows), max(columns)))
    return ranges


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
