"""Which KPIs most bodies are expected to miss, by the newest look at the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from esar.judge.early_warning.models import Outlook
from esar.judge.early_warning.queries import newest_look
from esar.judge.early_warning.tables import TO_WARN
from esar.platform.charts.bars import Bars, bars
from esar.platform.charts.figures import Item

FEW = 5


@dataclass(frozen=True)
class AtRisk:
    """A KPI by its name: of how many bodies it is projected, how many would be warned."""

    name: str
    warned: int
    projected: int


@dataclass(frozen=True)
class Risks:
    """The KPIs of which most bodies would be warned, and of when the look is."""

    on: date
    kpis: Sequence[AtRisk]
    drawing: Bars


def risks_of(year: int) -> Risks | None:
    """None before the first look, or where it would have nobody warned. Two queries."""
    look = newest_look(year)
    if look is None:
        return None
    rows = (
        Outlook.objects.filter(look=look, reason="")
        .order_by()
        .values_list("name")
        .annotate(warned=Count("pk", filter=Q(warns=True)), projected=Count("pk"))
        .filter(warned__gt=0)
        .order_by("-warned", "name")[:FEW]
    )
    kpis = [AtRisk(*row) for row in rows]
    return Risks(look.on, kpis, bars([_item(kpi, year) for kpi in kpis])) if kpis else None


def _item(kpi: AtRisk, year: int) -> Item:
    """A bar of those that have it, leading to the list of those that would be warned."""
    asks = urlencode({"show": TO_WARN, "kpi": kpi.name})
    href = f"{reverse('early_warning:outlook', args=[year])}?{asks}"
    return Item(kpi.name, Decimal(kpi.warned), href=href, full=Decimal(kpi.projected))
