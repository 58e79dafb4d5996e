"""The path of a warned KPI as a picture; everything in it stands on the page in figures too."""

from __future__ import annotations

from decimal import Decimal

from esar.judge.early_warning.models import EarlyWarning
from esar.platform.charts.projection import Projection, projection


def chart_of(warning: EarlyWarning) -> Projection:
    """The months that were known when it was warned of, the targets, and the projected range."""
    return projection(
        [(int(month), Decimal(value)) for month, value in warning.based_on.get("path", [])],
        [Decimal(target) for target in warning.targets],
        (warning.low, warning.projected, warning.high),
        looked_at=warning.level,
        is_lower_better=warning.direction == "lower",
    )
