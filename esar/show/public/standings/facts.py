"""What explanations of results tell of components and KPIs, read once by a process.

A nation's explanations are 15 MB of JSON, and a page that counts over all of them would read them
each time. A result is never changed, so what was read of it stays true.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from esar.judge.results.models import Result
from esar.law.rules.numbers import EXACT, round_ratio
from esar.law.scoring.scorecard import status_of_all
from esar.platform.charts.figures import Figure, figure_of
from esar.platform.ui import books
from esar.show.public.queries import full_mark

HELD = 3000  # results: some twelve years of a nation
PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class KpiFact:
    """A KPI of a result: what was asked, what came of it, and what that brought.

    `targets` run from the first to the hardest; there are none where points are given. `actual` is
    in `unit`, or why there is no figure. `points` are of 100 (or of the scale that the year has).
    """

    number: str
    name: str
    component: str
    unit: str
    is_lower_better: bool
    targets: tuple[Decimal, ...]
    actual: Figure
    points: Decimal | None
    weight: Decimal | None
    weighted: Decimal | None
    status: str
    kind: Any = None

    @property
    def standard(self) -> Decimal | None:
        """The target in the middle, which is the standard one of three."""
        return self.targets[len(self.targets) // 2] if self.targets else None

    @property
    def is_reached(self) -> bool | None:
        """Whether the standard target was reached; None where one of the two is missing."""
        if self.standard is None or not isinstance(self.actual, Decimal):
            return None
        return (
            self.actual <= self.standard if self.is_lower_better else self.actual >= self.standard
        )


@dataclass(frozen=True, slots=True)
class PartFact:
    """A component of a result: what it brought of its full mark."""

    id: str
    number: str
    label: Mapping[str, str]
    weighted: Decimal
    full: Decimal

    @property
    def share(self) -> Decimal | None:
        """Of a hundred, two decimals; None where nothing of it is due."""
        return (
            round_ratio(EXACT.multiply(self.weighted, PERCENT), self.full, 2) if self.full else None
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What a result's explanation tells; `status` is what its total is called."""

    parts: tuple[PartFact, ...]
    kpis: tuple[KpiFact, ...]
    status: str


_HELD: OrderedDict[int, Facts] = OrderedDict()


def forget() -> None:
    """Nothing is held any more: for tests, whose results have numbers that others had."""
    _HELD.clear()


def facts_of(results: Iterable[Result]) -> dict[int, Facts]:
    """Result → what its explanation tells. One query, for those that were not read before."""
    ids = [result.pk for result in results]
    read = _read([pk for pk in ids if pk not in _HELD])
    facts = {pk: read.get(pk) or _HELD[pk] for pk in ids}
    _HELD.update(read)
    while len(_HELD) > HELD:
        _HELD.popitem(last=False)
    return facts


def _read(results: list[int]) -> dict[int, Facts]:
    if not results:
        return {}
    rows = Result.objects.filter(pk__in=results).values_list(
        "pk", "fiscal_year", "explanation__components", "explanation__kpis"
    )
    return {pk: _facts(year, components, kpis) for pk, year, components, kpis in rows}


def _facts(
    year: int, components: Sequence[Mapping[str, Any]], kpis: Iterable[Mapping[str, Any]]
) -> Facts:
    labels = {part["id"]: part["label"]["th"] for part in components}
    facts = tuple(_kpi(kpi, labels.get(kpi["component"], "")) for kpi in kpis)
    only = books.total_is_of(year)
    forming = [kpi for kpi in facts if (kpi.number == only if only else kpi.weight)]
    parts = tuple(_part(part, year) for part in components)
    return Facts(parts, facts, status_of_all(kpi.status for kpi in forming))


def _part(part: Mapping[str, Any], year: int) -> PartFact:
    full = full_mark(part["weight"], year)
    return PartFact(part["id"], part["number"], part["label"], Decimal(part["weighted"]), full)


def _kpi(kpi: Mapping[str, Any], component: str) -> KpiFact:
    """A KPI; one without a name is the only one of its component, and has that one's."""
    result = kpi["result"]
    status = kpi["status"]
    return KpiFact(
        kpi["id"],
        kpi["name"] or component or kpi["id"],
        kpi["component"],
        kpi["unit"] or "",
        result.get("direction") == "lower",
        tuple(map(Decimal, result.get("targets") or ())),
        figure_of(result.get("actual"), status)
        if status == "reported"
        else figure_of(None, status),
        _decimal(kpi["points"]),
        _decimal(kpi["weight"]),
        _decimal(kpi["weighted"]),
        status,
        kpi.get("kpi_kind"),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
