"""What others may want to know as it happens, in the same transaction, and what they are asked."""

from __future__ import annotations

from typing import Any

from django.dispatch import Signal

in_force = Signal()  # scorecard, at: a version of it has just come into force
strategic_asked = Signal()  # scorecard: a receiver gives the strategic KPIs it may name, by code


def strategic_kpis_for(scorecard: Any) -> dict[str, str]:
    """Code → name of the strategic KPIs that a KPI of a scorecard may come from."""
    offered: dict[str, str] = {}
    for _receiver, names in strategic_asked.send(type(scorecard), scorecard=scorecard):
        offered |= names  # type: ignore[arg-type]
    return offered
