"""The KPIs of a round, each with every body of one kind that has it.

Two bodies have the same KPI where its name, its unit and its direction are the same; a department
and a province are never beside each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from esar.judge.results.models import Result
from esar.judge.results.queries import round_results
from esar.law.rules.numbers import round_ratio
from esar.platform.charts.strip import median_of
from esar.platform.organisations.models import Body
from esar.show.public.standings.facts import KpiFact, facts_of

KEY = 12  # letters of an address
HUNDRED = Decimal(100)
FAR_APART = 4  # times the least target: beyond that, per cent of each target says more


@dataclass(frozen=True)
class Holder:
    """A body's KPI, with the result it stands in."""

    result: Result
    fact: KpiFact

    @property
    def body(self) -> Body:
        return self.result.body

    @property
    def share(self) -> Decimal | None:
        """What came of it in per cent of its own standard target, where more is better.

        Where less is better it is the target in per cent of the result; None without one of them.
        """
        actual, target = self.fact.actual, self.fact.standard
        if not isinstance(actual, Decimal) or target is None:
            return None
        part, whole = (target, actual) if self.fact.is_lower_better else (actual, target)
        return round_ratio(part * HUNDRED, whole, 2) if whole else None


@dataclass(frozen=True)
class Measure:
    """A KPI that bodies of one kind have."""

    key: str
    kind: str
    name: str
    unit: str
    is_lower_better: bool
    holders: tuple[Holder, ...]

    @property
    def count(self) -> int:
        return len(self.holders)

    @property
    def direction(self) -> str:
        return "lower" if self.is_lower_better else "higher"

    @property
    def has_targets(self) -> bool:
        """Whether results are held against targets; else points are given."""
        return any(holder.fact.targets for holder in self.holders)

    @cached_property
    def reached(self) -> list[Holder]:
        return [holder for holder in self.holders if holder.fact.is_reached]

    @cached_property
    def missed(self) -> list[Holder]:
        return [holder for holder in self.holders if holder.fact.is_reached is False]

    @cached_property
    def silent(self) -> list[Holder]:
        """Those that reported nothing of it."""
        return [holder for holder in self.holders if holder.fact.status == "not_reported"]

    @property
    def reached_share(self) -> Decimal | None:
        """How many of those with a result reached their standard target, in whole per cent."""
        measured = len(self.reached) + len(self.missed)
        if not measured:
            return None
        return round_ratio(HUNDRED * len(self.reached), Decimal(measured), 0)

    @cached_property
    def figures(self) -> list[Decimal]:
        """What it came to, from the least."""
        actuals = [holder.fact.actual for holder in self.holders]
        return sorted(actual for actual in actuals if isinstance(actual, Decimal))

    @property
    def most(self) -> Decimal | None:
        return self.figures[-1] if self.figures else None

    @property
    def median_points(self) -> Decimal | None:
        points = [row.fact.points for row in self.holders if row.fact.points is not None]
        return median_of(sorted(points)) if points else None

    @property
    def is_far_apart(self) -> bool:
        """Whether targets differ so much that figures on one scale would say little."""
        targets = [abs(row.fact.standard) for row in self.holders if row.fact.standard]
        return bool(targets) and max(targets) > FAR_APART * min(targets)

    @cached_property
    def ordered(self) -> list[Holder]:
        """By how far each came to its own target, the furthest first; who has no result last."""
        return sorted(
            self.holders,
            key=lambda row: (row.share is None, -(row.share or Decimal(0)), row.body.name_key),
        )


@lru_cache(8192)
def key_of(kind: str, name: str, unit: str, is_lower_better: bool) -> str:
    """The address of a KPI: it stays as long as its name, its unit and its direction."""
    text = "\n".join((kind, name, unit, str(is_lower_better)))
    return hashlib.sha256(text.encode()).hexdigest()[:KEY]


def measures_of(year: int, round_id: str) -> list[Measure]:
    """The KPIs of a round, those that most have first. Two queries."""
    return grouped(round_results(year, round_id))


def grouped(results: Iterable[Result]) -> list[Measure]:
    """The KPIs of results, those that most have first. One query, for what was not read before."""
    rows = list(results)
    facts = facts_of(rows)
    holders: dict[tuple[str, str, str, bool], list[Holder]] = {}
    for row in rows:
        for fact in facts[row.pk].kpis:
            same = (row.body.kind, fact.name, fact.unit, fact.is_lower_better)
            holders.setdefault(same, []).append(Holder(row, fact))
    measures = [Measure(key_of(*same), *same, tuple(rows)) for same, rows in holders.items()]
    return sorted(measures, key=lambda measure: (-measure.count, measure.name))


def measure_of(year: int, round_id: str, key: str) -> Measure | None:
    """A KPI by its address; None where the round has none such."""
    return next((row for row in measures_of(year, round_id) if row.key == key), None)
