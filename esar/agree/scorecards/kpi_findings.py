"""Findings on KPIs' targets, shown to the committee as evidence, never as a block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from esar.agree.indicators.bounds import beyond_bounds
from esar.agree.scorecards.frozen import AgreedItem, AgreedKpi, BaselineYear
from esar.kernel.problems import Problem
from esar.kernel.spelling import key
from esar.law.rules.numbers import EXACT

# Gaps between levels below or above these shares of the whole span are unusual.
# No source gives a figure: they are ours, and a finding is only shown.
NARROW, WIDE = Decimal("0.10"), Decimal("0.90")


@dataclass(frozen=True)
class Audited:
    """What the audit looks at: a KPI's targets from the lowest level up, and its past results.

    Of a weighted average its `items`, each numbered after the KPI; they have a `name`. `of_rounds`
    are the targets that earlier rounds have of their own.
    """

    number: str
    targets: tuple[str, ...]
    unit: str
    direction: str
    method: str = "ladder"
    baseline: tuple[BaselineYear, ...] = ()
    items: tuple[Audited, ...] = ()
    name: str = ""
    of_rounds: tuple[str, ...] = ()

    @cached_property
    def ladder(self) -> tuple[Decimal, ...]:
        return tuple(Decimal(target) for target in self.targets)

    @cached_property
    def all_targets(self) -> tuple[Decimal, ...]:
        """Those of the year, and those of its earlier rounds."""
        return (*self.ladder, *map(Decimal, self.of_rounds))


def audited(kpi: AgreedKpi) -> Audited:
    """What the audit looks at of a KPI."""
    return Audited(
        kpi.number,
        kpi.targets,
        kpi.unit,
        kpi.direction,
        kpi.method,
        kpi.baseline,
        audited_items(kpi.number, kpi.items, kpi.unit),
        of_rounds=tuple(target for agreed in kpi.rounds for target in agreed.targets),
    )


def audited_items(number: str, items: Iterable[AgreedItem], unit: str) -> tuple[Audited, ...]:
    """The items of a KPI of that number, each in its own unit or else the KPI's."""
    return tuple(
        Audited(
            f"{number}/{item.id}",
            item.targets,
            item.unit or unit,
            item.direction,
            name=item.name,
        )
        for item in items
    )


def findings_in(kpis: Iterable[AgreedKpi], last_year: Mapping[str, Audited]) -> list[Problem]:
    """The findings on every KPI of a scorecard; `last_year` by the indicator's code."""
    problems: list[Problem] = []
    for kpi in kpis:
        problems += findings(audited(kpi), last_year.get(kpi.indicator))
    return problems


def findings_of_new(
    before: AgreedKpi, after: AgreedKpi, last_year: Mapping[str, Audited]
) -> list[Problem]:
    """What the audit finds in a KPI as it is asked or offered to be, and not as it stands."""
    same = last_year.get(after.indicator)
    standing = findings(audited(before), same)
    return [finding for finding in findings(audited(after), same) if finding not in standing]


def is_of_kpi(problem: Problem, number: str) -> bool:
    """Whether a problem or a finding is of the KPI of that number, or of one of its items."""
    return str(problem.figures.get("kpi", "")).partition("/")[0] == number


def findings(kpi: Audited, last_year: Audited | None = None) -> list[Problem]:
    """What a careful reader would ask about this KPI's targets.

    `last_year` is the same indicator on the body's scorecard of the year before, if any.
    """
    if kpi.items:
        return _of_items(kpi, last_year)
    if kpi.method in ("given", "plan"):
        return []
    if len(kpi.targets) < 2:
        return list(_bounds(kpi, last_year))
    return [
        *_bounds(kpi, last_year),
        *_against_baseline(kpi),
        *_against_last_year(kpi, last_year),
        *_gaps(kpi),
        *_trend(kpi),
    ]


def _of_items(kpi: Audited, last_year: Audited | None) -> list[Problem]:
    """Of each item that has targets; past results are of the whole average, not of its items."""
    before = {key(item.name): item for item in (last_year.items if last_year else ())}
    return [
        problem
        for item in kpi.items
        if len(item.targets) > 1
        for problem in (
            *_bounds(item, before.get(key(item.name))),
            *_against_last_year(item, before.get(key(item.name))),
            *_gaps(item),
        )
    ]


def _bounds(kpi: Audited, last_year: Audited | None) -> Iterator[Problem]:
    """Outside what its unit can be, as neither a past result nor a target of last year was."""
    earlier = [result for _, result in _baseline(kpi)]
    if last_year is not None and last_year.unit == kpi.unit:
        earlier += last_year.ladder
    yield from beyond_bounds(kpi.number, kpi.unit, kpi.all_targets, earlier)


def _better(kpi: Audited, value: Decimal, reference: Decimal) -> bool:
    """Whether `one` is a better result than `other`."""
    return value > reference if kpi.direction == "higher" else value < reference


def _baseline(kpi: Audited) -> list[tuple[int, Decimal]]:
    results = [(year.year, Decimal(year.value)) for year in kpi.baseline if year.value]
    return sorted(results)


def _against_baseline(kpi: Audited) -> Iterator[Problem]:
    """Softer than the newest result, or equal to what is already achieved."""
    results = _baseline(kpi)
    if not results:
        yield Problem("finding.no_baseline", {"kpi": kpi.number})
        return
    year, achieved = results[-1]
    top, middle = kpi.ladder[-1], kpi.ladder[len(kpi.ladder) // 2]
    figures: dict[str, object] = {
        "kpi": kpi.number,
        "target": top,
        "year": year,
        "achieved": achieved,
    }
    if top == achieved:
        yield Problem("finding.equals_achieved", figures)
    elif _better(kpi, achieved, top):
        yield Problem("finding.softer_than_baseline", figures)
    elif _better(kpi, achieved, middle):
        yield Problem("finding.middle_is_achieved", figures | {"target": middle})


def _against_last_year(kpi: Audited, last_year: Audited | None) -> Iterator[Problem]:
    if last_year is None or not last_year.targets:
        return
    if last_year.unit != kpi.unit:
        units: dict[str, object] = {
            "kpi": kpi.number,
            "unit": kpi.unit,
            "before": last_year.unit,
        }
        yield Problem("finding.unit_changed", units)
    elif _better(kpi, last_year.ladder[-1], kpi.ladder[-1]):
        figures: dict[str, object] = {
            "kpi": kpi.number,
            "target": kpi.ladder[-1],
            "before": last_year.ladder[-1],
        }
        yield Problem("finding.softer_than_last_year", figures)


def _gaps(kpi: Audited) -> Iterator[Problem]:
    span = abs(EXACT.subtract(kpi.ladder[-1], kpi.ladder[0]))
    if not span:
        return
    for low, high in pairwise(kpi.ladder):
        gap = abs(EXACT.subtract(high, low))
        figures: dict[str, object] = {"kpi": kpi.number, "low": low, "high": high}
        if gap < EXACT.multiply(span, NARROW):
            yield Problem("finding.gap_narrow", figures)
        elif gap > EXACT.multiply(span, WIDE):
            yield Problem("finding.gap_wide", figures)


def _trend(kpi: Audited) -> Iterator[Problem]:
    """Three years that rise (or fall) while the target goes the other way."""
    results = _baseline(kpi)
    if len(results) < 3:
        return
    values = [value for _, value in results[-3:]]
    improving = all(_better(kpi, later, earlier) for earlier, later in pairwise(values))
    worsening = all(_better(kpi, earlier, later) for earlier, later in pairwise(values))
    top = kpi.ladder[-1]
    figures: dict[str, object] = {"kpi": kpi.number, "values": tuple(values), "target": top}
    if improving and not _better(kpi, top, values[-1]):
        yield Problem("finding.against_trend", figures)
    if worsening and _better(kpi, top, values[0]):
        yield Problem("finding.ambitious", figures)
