"""Results that look like slips of the hand: told to whoever has them before them, never refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.frozen import AgreedKpi
from esar.kernel.units import bounds_of

MANY_TIMES = 10  # the highest target: so far above it a result is looked at again


@dataclass(frozen=True)
class Slip:
    """The code of why a result looks like a slip of the hand; of an item, or of the KPI itself."""

    item: str
    code: str


def slips_in(
    kpi: AgreedKpi,
    actual: Decimal | None,
    items: Mapping[str, Decimal],
    targets: Sequence[str] = (),
) -> list[Slip]:
    """What looks like a slip in a result in the KPI's unit, held to `targets`, or in its items'."""
    code = _slip(actual, kpi.unit, targets)
    own = [Slip("", code)] if code else []
    codes = {
        item: _slip(items.get(item.id), item.unit or kpi.unit, item.targets) for item in kpi.items
    }
    return own + [Slip(item.name, code) for item, code in codes.items() if code]


def measured(kpi: AgreedKpi, actual: Decimal | None) -> Decimal | None:
    """A figure as a result in the KPI's unit; points, which have their own scale, are none."""
    return actual if kpi.method == IndicatorVersion.Method.LADDER else None


def _slip(result: Decimal | None, unit: str, targets: Sequence[str]) -> str:
    """Why a result looks like a slip beside its targets; empty when it does not.

    Where a target itself is under zero, or no share of a whole, a result may be so too.
    """
    if result is None:
        return ""
    levels = [Decimal(target) for target in targets]
    bounds = bounds_of(unit)
    if bounds and not _is_between(result, bounds) and all(_is_between(t, bounds) for t in levels):
        return "page.odd_percentage"
    if result < 0 <= min(levels, default=Decimal(0)):
        return "page.odd_negative"
    highest = max(map(abs, levels), default=Decimal(0))
    return "page.odd_large" if result > MANY_TIMES * highest > 0 else ""


def _is_between(figure: Decimal, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= figure <= bounds[1]
