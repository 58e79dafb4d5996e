"""Cells whose value a format with a condition may hide, as far as the file says when it does.

What a condition comes to only the program that shows the file knows. One between a cell and a
plain figure is worked out here; any other may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

from esar.exchange.files import census, colours, number_formats
from esar.exchange.files.colours import Colour
from esar.exchange.files.values import Figure, Flaw
from esar.kernel.figures import exact_decimal

_OPERATORS = {
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
    "equal": "=",
    "notEqual": "<>",
}
# Those that people write so that errors and empty cells are not shown: such a cell has no value.
_OF_NO_VALUE = re.compile(r"\s*=?\s*(ISERROR|ISERR|ISNA|ISBLANK)\s*\(", re.IGNORECASE)
_TYPES_OF_NO_VALUE = ("containsErrors", "containsBlanks")


def may_hide(sheet: Any) -> frozenset[tuple[int, int]]:
    """The cells of a sheet of openpyxl, by row and column, that hold what may not be shown.

    Errors: OverflowError where there are too many formats to look at each cell for each.
    """
    ranges = sum(len(formatted.sqref.ranges) for formatted in sheet.conditional_formatting)
    if ranges * len(sheet._cells) > census.MAX_LOOKS:
        raise OverflowError
    return frozenset(
        at
        for formatted in sheet.conditional_formatting
        for rule in formatted.rules
        if _looks_away(rule)
        for at, cell in _inside(sheet, formatted)
        if _may_hold(rule, cell.value) and _hides(rule, cell)
    )


def _inside(sheet: Any, formatted: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """The cells that hold something in the ranges of a format."""
    bounds = [part.bounds for part in formatted.sqref.ranges]
    for (row, column), cell in sheet._cells.items():
        if cell.value is not None and any(
            first_row <= row <= last_row and first_column <= column <= last_column
            for first_column, first_row, last_column, last_row in bounds
        ):
            yield (row, column), cell


def _looks_away(rule: Any) -> bool:
    """Whether a rule changes anything of how a value is shown."""
    if rule.type in _TYPES_OF_NO_VALUE:
        return False
    if rule.type == "expression" and any(map(_OF_NO_VALUE.match, rule.formula)):
        return False
    has_grounds = rule.colorScale is not None
    return rule.dxf is not None or has_grounds or _shows_signs_alone(rule)


def _shows_signs_alone(rule: Any) -> bool:
    """Bars and icons may stand in the place of the value."""
    return any(
        part is not None and part.showValue is False for part in (rule.dataBar, rule.iconSet)
    )


def _may_hold(rule: Any, value: object) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    compare = number_formats.COMPARISONS.get(_OPERATORS.get(rule.operator or "", ""))
    if rule.type != "cellIs" or not is_number or compare is None:
        return True
    bound = exact_decimal(str(rule.formula[0]).strip()) if rule.formula else None
    return bound is None or compare(Decimal(Figure.of(value)), bound)  # type: ignore[arg-type]


def _hides(rule: Any, cell: Any) -> bool:
    if _shows_signs_alone(rule):
        return True
    if rule.colorScale is not None:
        grounds = [colours.of_cell(colour, COLOR_INDEX) for colour in rule.colorScale.color]
        return any(_is_lost(_writing(cell.font.color), ground) for ground in grounds)
    style = rule.dxf
    if style.numFmt is not None and _is_flaw(cell.value, style.numFmt.formatCode or ""):
        return True
    colour = style.font.color if style.font is not None else None
    if colour is None and style.fill is None:
        return False
    return _is_lost(_writing(colour or cell.font.color), _ground(style.fill, cell.fill))


def _is_lost(writing: Colour | None, ground: Colour | None) -> bool:
    """Whether writing cannot be told from its ground, where both colours are known."""
    return writing is not None and ground is not None and not colours.can_be_read(writing, ground)


def _writing(colour: Any) -> Colour | None:
    return colours.of_cell(colour, COLOR_INDEX) if colour else colours.BLACK


def _ground(conditional: Any, own: Any) -> Colour | None:
    """The ground that a condition gives, else the own one; None where it is not known."""
    if conditional is not None and conditional.bgColor is not None:
        return colours.of_cell(conditional.bgColor, COLOR_INDEX)
    if own.fill_type == "solid":
        return colours.of_cell(own.fgColor, COLOR_INDEX)
    return colours.WHITE if own.fill_type is None else None


def _is_flaw(value: object, code: str) -> bool:
    """Whether a cell of this number format shows something else than its value, or nothing."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return isinstance(number_formats.as_shown(Figure.of(value), code), Flaw)
    return isinstance(value, str) and isinstance(number_formats.text_as_shown(value, code), Flaw)
