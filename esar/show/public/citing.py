"""The calculation of a result, with every ground of it in one list at its end.

Dozens of steps rest on the same few clauses: a step has their numbers, the list says them once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Ground:
    """A clause, or what is assumed where none was found; `rule` is its place in the rulebook."""

    number: int
    rule: str
    cite: Mapping[str, Any] | None = None
    assumed: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class CitedStep:
    """A step of the calculation with the grounds it rests on."""

    step: Mapping[str, Any]
    grounds: tuple[Ground, ...]


@dataclass
class Calculation:
    """The steps of each KPI and of the total, and their grounds in the order of first use."""

    by_kpi: dict[str, list[CitedStep]] = field(default_factory=dict)
    total: list[CitedStep] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    _numbers: dict[object, Ground] = field(default_factory=dict)

    def cited(self, steps: Iterable[Mapping[str, Any]]) -> list[CitedStep]:
        """Steps with their grounds; a ground that was not there yet gets the next number."""
        return [CitedStep(step, tuple(self._grounds_of(step))) for step in steps]

    def _grounds_of(self, step: Mapping[str, Any]) -> Iterable[Ground]:
        for cite in step["cites"]:
            yield self._ground((cite["source"], cite["clause"]), step["rule"], cite=cite)
        for assumed in step["assumed"]:
            yield self._ground(assumed["reason"]["th"], step["rule"], assumed=assumed["reason"])

    def _ground(self, key: object, rule: str, **source: Any) -> Ground:
        if key not in self._numbers:
            self._numbers[key] = Ground(len(self.grounds) + 1, rule, **source)
            self.grounds.append(self._numbers[key])
        return self._numbers[key]


def calculation_of(score: Mapping[str, Any]) -> Calculation:
    """The calculation that a kept explanation tells."""
    calculation = Calculation()
    for kpi in score["kpis"]:
        calculation.by_kpi[kpi["id"]] = calculation.cited(kpi["steps"])
    calculation.total = calculation.cited(score["steps"])
    return calculation
