"""The text that a cell shows beside the number that it stores: is it the same figure?"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from esar.exchange.files.values import Figure, Flaw
from esar.kernel.spelling import arabic, normal

_NUMBER = re.compile(
    r"(?P<whole>[0-9][0-9,. ]*|[.,][0-9]+)(?:[eE](?P<exponent>[+-]?[0-9]+))?(?:/(?P<below>[0-9]+))?"
)
_WITH_POINT = re.compile(r"([0-9]{1,3}([, ][0-9]{3})+|[0-9 ]*)(\.[0-9]*)?")
_MINUS = ("-", "\u2212", "\u2013")


def as_shown(full: Decimal, sign: str, words: str) -> Figure | Flaw:
    """A number, already of the hundred where `sign` is "%", as the cell's words show it.

    Words that show another number than a rounded form of it are a flaw, and so are none at all.
    """
    seen_text = arabic(normal(words)).strip()
    if not seen_text:
        return Flaw("file.invisible_value", f"{full:f}")
    if not full and seen_text in _MINUS:  # accountants' zero
        return Figure("0", seen_text, is_rounded=True)
    numbers = list(_NUMBER.finditer(seen_text))
    if len(numbers) == 1:
        match = numbers[0]
        is_negative = seen_text[: match.start()].rstrip().endswith((*_MINUS, "("))
        value, step = _reading(match)
        seen = -value if is_negative else value
        has_own_sign = seen == 0 or is_negative == (full < 0)
        if has_own_sign and abs(seen - Fraction(full)) <= step / 2:
            return Figure(f"{full:f}{sign}", seen_text, is_rounded=seen != Fraction(full))
    return Flaw("file.format_changes_figure", seen_text[:60])


def _reading(match: re.Match[str]) -> tuple[Fraction, Fraction]:
    """The written number, with the size of its last place. Decimals follow a point, or a comma
    where it can be no separator of thousands."""
    written = match["whole"].strip()
    if match["below"]:
        return _fraction(written, int(match["below"]) or 1)
    scale = Fraction(10) ** int(match["exponent"] or 0)
    point, separator = (".", ",") if _WITH_POINT.fullmatch(written) else (",", ".")
    whole, _, decimals = written.replace(separator, "").replace(" ", "").partition(point)
    places = "".join(sign for sign in decimals if sign.isdecimal())
    return Fraction(f"{whole or 0}.{places or 0}") * scale, scale / 10 ** len(places)


def _fraction(written: str, below: int) -> tuple[Fraction, Fraction]:
    whole, _, above = written.rpartition(" ")
    return Fraction(int(whole or 0)) + Fraction(int(above), below), Fraction(1, below)
