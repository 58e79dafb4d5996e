"""The only arithmetic that rounds. Everything else is exact or refuses.

`decimal` is used with the Inexact trap on, so a lost digit is an error, not a surprise.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)

EXACT = Context(prec=120, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
_ROUNDED = Context(prec=120, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Overflow])


def round_ratio(numerator: Decimal, denominator: Decimal, places: int) -> Decimal:
    """`numerator / denominator` rounded once, half up (away from zero), to `places` decimals.

    Exact: the quotient is never held in an approximate form, so a tie is seen as a tie.
    Errors: ZeroDivisionError for a zero denominator.
    """
    if not denominator:
        raise ZeroDivisionError("round_ratio needs a denominator")
    if denominator == 1:
        return round_half_up(numerator, places)
    negative = (numerator < 0) != (denominator < 0)
    scaled = EXACT.scaleb(abs(numerator), places)
    whole, rest = EXACT.divmod(scaled, abs(denominator))
    if EXACT.multiply(rest, Decimal(2)) >= abs(denominator):
        whole = EXACT.add(whole, Decimal(1))
    rounded = EXACT.scaleb(EXACT.quantize(whole, Decimal(1)), -places)
    return EXACT.minus(rounded) if negative and rounded else rounded


def round_half_up(value: Decimal, places: int) -> Decimal:
    """`value` rounded once, half up (away from zero), to `places` decimals."""
    rounded = _ROUNDED.quantize(value, Decimal(1).scaleb(-places))
    return rounded or abs(rounded)  # no zero below zero


def shares(counts: Sequence[int], places: int = 2) -> list[Decimal]:
    """What each count is of their sum, in per cent: together exactly 100, by largest remainder.

    Each share is cut to `places` decimals; what is left over goes, one last digit each, to those
    that were cut most, the first of equals. Of nothing every share is zero.
    """
    whole = sum(counts)
    if not whole:
        return [Decimal(0).scaleb(-places)] * len(counts)
    hundred = 100 * 10**places
    cut = [count * hundred // whole for count in counts]
    remainders = [count * hundred % whole for count in counts]
    most_cut = sorted(range(len(counts)), key=lambda place: -remainders[place])
    for place in most_cut[: hundred - sum(cut)]:
        cut[place] += 1
    return [Decimal(share).scaleb(-places) for share in cut]


def weighted(points: Decimal, weight: Decimal) -> Decimal:
    """`points` × `weight` / 100, exactly: no rounding, as many decimals as it takes."""
    return EXACT.scaleb(EXACT.multiply(points, trimmed(weight)), -2)


def exact_sum(values: list[Decimal] | tuple[Decimal, ...]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total


def trimmed(value: Decimal) -> Decimal:
    """The same number without trailing zeros or exponent: 35.00 → 35, 1E+2 → 100."""
    short = value.normalize(EXACT)
    exponent = short.as_tuple().exponent
    return (
        EXACT.quantize(short, Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
    )
