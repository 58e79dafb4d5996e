"""Targets that nothing in their unit can reach: told wherever one is written, never refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from esar.kernel.problems import Problem
from esar.kernel.units import bounds_of


def beyond_bounds(
    number: str, unit: str, targets: Iterable[Decimal], earlier: Collection[Decimal] = ()
) -> Iterator[Problem]:
    """That targets lie outside what their unit can be; `number`, or a code, says whose they are.

    Growth and comparisons are written in per cent too: where an `earlier` figure, a result or a
    target, lies outside itself, nothing is told.
    """
    bounds = bounds_of(unit)
    if bounds is None or _beyond(earlier, bounds):
        return
    if targets_beyond := _beyond(targets, bounds):
        least, most = bounds
        figures = {"targets": targets_beyond, "unit": unit, "least": least, "most": most}
        yield Problem("finding.beyond_bounds", {"kpi": number, **figures})


def _beyond(figures: Iterable[Decimal], bounds: tuple[Decimal, Decimal]) -> tuple[Decimal, ...]:
    """Those outside, each once, in their order."""
    least, most = bounds
    return tuple(dict.fromkeys(figure for figure in figures if not least <= figure <= most))
