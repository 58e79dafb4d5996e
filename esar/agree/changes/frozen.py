"""What a change request asks for, as it is kept: read once from its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from esar.kernel.content import Content


@dataclass(frozen=True)
class KnownFigure(Content):
    """What a KPI has come to by a source, until an ISO day; `value` is a decimal in its unit.

    A "result" is a released one. `item` is the id of the item that the figure is of, where the KPI
    is a weighted average.
    """

    source: Literal["months", "report", "assessment", "result", "central"]
    value: str
    until: str
    item: str = ""

    @property
    def figure(self) -> Decimal:
        return Decimal(self.value)
