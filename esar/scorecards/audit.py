"""The KPI audit: findings on targets, shown to the committee as evidence, never as a block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from esar.problems import Problem
from esar.rules.numbers import EXACT
from esar.scorecards.models import IndicatorVersion, Kpi

# Gaps between levels below or above these shares of the whole span are unusual.
# No source gives a figure: they are ours, and a finding is only shown.
NARROW, WIDE = Decimal("0.10"), Decimal("0.90")


def findings(kpi: Kpi, last_year: Kpi | None = None) -> list[Problem]:
    """What a careful reader would ask about this KPI's targets.

    `last_year` is the same indicator on the body's scorecard of the year before, if any.
    """
    if kpi.template.method == IndicatorVersion.Method.GIVEN or len(kpi.targets) < 2:
        return []
    return [
        *_against_baseline(kpi), *_against_last_year(kpi, last_year), *_gaps(kpi), *_trend(kpi),
    ]  # fmt: skip


def findings_of(
    scorecard_id: int, kpis: list[Kpi], last_year: Mapping[tuple[int, str], Kpi]
) -> list[Problem]:
    """The findings on every KPI of a scorecard; `last_year` as `queries.last_year_of` gives it."""
    return [
        one
        for kpi in kpis
        for one in findings(kpi, last_year.get((scorecard_id, kpi.template.indicator.code)))
    ]


def _better(kpi: Kpi, one: Decimal, other: Decimal) -> bool:
    """Whether `one` is a better result than `other`."""
    return one > other if kpi.template.direction == "higher" else one < other


def _baseline(kpi: Kpi) -> list[tuple[int, Decimal]]:
    known = [
        (int(row["year"]), Decimal(row["value"])) for row in kpi.template.baseline if row["value"]
    ]
    return sorted(known)


def _against_baseline(kpi: Kpi) -> Iterator[Problem]:
    """Softer than the newest result, or equal to what is already achieved."""
    known = _baseline(kpi)
    if not known:
        yield Problem("finding.no_baseline", {"kpi": kpi.number})
        return
    year, achieved = known[-1]
    top, middle = kpi.ladder[-1], kpi.ladder[len(kpi.ladder) // 2]
    figures: dict[str, object] = {
        "kpi": kpi.number, "target": top, "year": year, "achieved": achieved,
    }  # fmt: skip
    if top == achieved:
        yield Problem("finding.equals_achieved", figures)
    elif _better(kpi, achieved, top):
        yield Problem("finding.softer_than_baseline", figures)
    elif _better(kpi, achieved, middle):
        yield Problem("finding.middle_is_achieved", figures | {"target": middle})


def _against_last_year(kpi: Kpi, last_year: Kpi | None) -> Iterator[Problem]:
    if last_year is None or not last_year.targets:
        return
    if last_year.template.unit != kpi.template.unit:
        units: dict[str, object] = {
            "kpi": kpi.number, "unit": kpi.template.unit, "before": last_year.template.unit,
        }  # fmt: skip
        yield Problem("finding.unit_changed", units)
    elif _better(kpi, last_year.ladder[-1], kpi.ladder[-1]):
        figures: dict[str, object] = {
            "kpi": kpi.number, "target": kpi.ladder[-1], "before": last_year.ladder[-1],
        }  # fmt: skip
        yield Problem("finding.softer_than_last_year", figures)


def _gaps(kpi: Kpi) -> Iterator[Problem]:
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


def _trend(kpi: Kpi) -> Iterator[Problem]:
    """Three years that rise (or fall) while the target goes the other way."""
    known = _baseline(kpi)
    if len(known) < 3:
        return
    values = [value for _, value in known[-3:]]
    improving = all(_better(kpi, later, earlier) for earlier, later in pairwise(values))
    worsening = all(_better(kpi, earlier, later) for earlier, later in pairwise(values))
    top = kpi.ladder[-1]
    figures: dict[str, object] = {"kpi": kpi.number, "values": tuple(values), "target": top}
    if improving and not _better(kpi, top, values[-1]):
        yield Problem("finding.against_trend", figures)
    if worsening and _better(kpi, top, values[0]):
        yield Problem("finding.ambitious", figures)
