"""Past years of the invented nation: released results and the months of every KPI.

No year before 2567 but two has a rulebook, so nothing here was scored: points and totals are
invented, in the shape that `esar.law.scoring.wire` writes, and every row says that it is demo.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from esar.agree.scorecards.models import Kpi, Scorecard
from esar.judge.results.models import Result
from esar.judge.results.states import ResultState
from esar.law.rules.years import FiscalYear
from esar.platform.organisations.models import Person
from esar.report.reports.models import Progress

CENT = Decimal("0.01")
COMPONENT = {"th": "ประสิทธิผล (สาธิต)", "en": "Performance (demo)"}
BATCH = 2000


def make_past(
    cards: list[Scorecard], kpis: dict[int, list[Kpi]], random: Random, *, by: Person, at: datetime
) -> tuple[int, int]:
    """Results and months of one past year; `kpis` by body. How many of each were made."""
    results: list[Result] = []
    months: list[Progress] = []
    for card in cards:
        kpis_of_body = kpis[card.body_id]
        reached = [_reached(kpi, random) for kpi in kpis_of_body]
        results.append(_result(card, kpis_of_body, reached, at))
        for kpi, actual in zip(kpis_of_body, reached, strict=True):
            months.extend(_months(kpi, actual, random, by, at))
    Result.objects.bulk_create(results, BATCH)
    Progress.objects.bulk_create(months, BATCH)
    return len(results), len(months)


def _reached(kpi: Kpi, random: Random) -> Decimal:
    """From a little short of the lowest target to past the highest."""
    first, last = kpi.ladder[0], kpi.ladder[-1]
    return (first + (last - first) * random.randint(-30, 140) / 100).quantize(CENT)


def _months(
    kpi: Kpi, actual: Decimal, random: Random, by: Person, at: datetime
) -> Iterator[Progress]:
    """Each month stands nearer to what the year reached, and the last one there."""
    first = FiscalYear(kpi.scorecard.fiscal_year).first_day
    for place in range(1, 13):
        still = actual * random.randint(-2, 3) * (12 - place) / 200
        yield Progress(
            scorecard=kpi.scorecard,
            number=kpi.number,
            by=by,
            at=at,
            month=date(first.year + (place > 3), (place + 8) % 12 + 1, 1),
            value=(actual - still).quantize(CENT),
        )


def _result(card: Scorecard, kpis: list[Kpi], reached: list[Decimal], at: datetime) -> Result:
    rows = [_kpi(kpi, actual) for kpi, actual in zip(kpis, reached, strict=True)]
    exact = sum((Decimal(row["weighted"]) for row in rows), Decimal(0))
    total = exact.quantize(CENT, ROUND_HALF_UP)
    part = {
        "id": "performance",
        "number": "1",
        "label": COMPONENT,
        "weight": "100",
        "weighted": f"{exact:f}",
    }
    explanation = {
        "body": card.body.name_th,
        "code": card.body.code,
        "kind": card.body.kind,
        "year": card.fiscal_year,
        "round": "12m",
        "total": f"{total:f}",
        "out_of": "100",
        "grade": None,
        "components": [part],
        "kpis": rows,
        "steps": [],
        "warnings": [],
        "note": "ตัวเลขสาธิต มิได้คำนวณจากหลักเกณฑ์ / demo figures, not scored",
        "rulebook_sha256": "0" * 64,
    }
    return Result(
        body=card.body,
        fiscal_year=card.fiscal_year,
        round_id="12m",
        total=total,
        state=ResultState.RELEASED,
        rulebook_sha256="0" * 64,
        explanation=explanation,
        is_demo=True,
        computed_at=at,
        released_at=at,
    )


def _kpi(kpi: Kpi, actual: Decimal) -> dict[str, Any]:
    first, last = kpi.ladder[0], kpi.ladder[-1]
    points = min(max((actual - first) / (last - first), Decimal(0)), Decimal(1)) * 50 + 50
    points = points.quantize(CENT)
    weight = kpi.weight or Decimal(0)
    return {
        "id": kpi.number,
        "name": kpi.template.name,
        "component": kpi.component,
        "unit": kpi.template.unit,
        "weight": f"{weight:f}",
        "points": f"{points:f}",
        "result": {
            "direction": kpi.template.direction,
            "targets": kpi.targets,
            "actual": f"{actual:f}",
        },
        "weighted": f"{(points * weight / 100).quantize(Decimal('0.0001')):f}",
        "status": "reported",
        "passed": None,
        "steps": [],
    }
