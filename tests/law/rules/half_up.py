"""Rounding by the definition, to hold the one of the rules against."""

from __future__ import annotations

from fractions import Fraction


def half_up(value: Fraction, places: int) -> Fraction:
    """The independent reference: in fractions, by the definition of half up away from zero."""
    scaled = abs(value) * 10**places
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole if value >= 0 else -whole, 10**places)
