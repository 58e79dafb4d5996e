"""Whom to visit: bodies ranked by the risks that the year's rules name, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

from django.db.models import Count

from esar.judge.assessments.levels import SELF
from esar.judge.assessments.models import Assessment, Visit, last_total
from esar.judge.assessments.states import Stage, VisitState
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Sampling
from esar.law.rules.numbers import EXACT, exact_sum
from esar.platform.ui import books
from esar.report.reports.models import Attachment


@dataclass(frozen=True)
class Risk:
    """One body's assessment with the risks found and their sum. `chosen`: within the share."""

    assessment: Assessment
    found: tuple[tuple[str, str], ...]  # (risk's id, the figure behind it)
    sum: Decimal
    chosen: bool = False
    visited: bool = False


def sampling_rule(year: int) -> Rule[Sampling] | None:
    book = books.book(year)
    return book.on(book.year.last_day).the(Sampling) if book else None


def ranked(year: int, round_id: str) -> list[Risk]:
    """Every assessment of a round, the riskiest first. A constant number of queries."""
    rule = sampling_rule(year)
    if rule is None:
        return []
    assessments = list(
        Assessment.objects.filter(
            report__scorecard__fiscal_year=year, report__round_id=round_id
        ).select_related("report__scorecard__body")
    )
    before = _year_before(year)
    reused = _reused(assessments)
    visited = set(
        Visit.objects.filter(assessment__in=assessments)
        .exclude(state=VisitState.CANCELLED)
        .values_list("assessment", flat=True)
    )
    weights: dict[str, Decimal] = {risk.id: risk.weight for risk in rule.value.risks}
    risks = [_risk(row, rule, weights, before, reused, visited) for row in assessments]
    risks.sort(key=lambda risk: (-risk.sum, risk.assessment.report.scorecard.body.code))
    most = ceil(rule.value.share * len(risks))
    return [
        replace(risk, chosen=place < most and (risk.sum > 0 or rule.value.share == 1))
        for place, risk in enumerate(risks)
    ]


def _year_before(year: int) -> dict[int, dict[str, str | None]]:
    """Body id → its totals by stage, of the last finished round of the year before."""
    assessments = Assessment.objects.filter(
        report__scorecard__fiscal_year=year - 1, state=Stage.DONE
    ).order_by("report__round_id")
    rows = assessments.values_list("report__scorecard__body", "report__round_id", "totals")
    latest: dict[int, dict[str, str | None]] = {}
    for body, round_id, totals in rows:
        if round_id == books.last_round(year - 1) or body not in latest:
            latest[body] = totals
    return latest


def _reused(assessments: Iterable[Assessment]) -> dict[int, int]:
    """Scorecard id → how many of its files another scorecard rests on too. Two queries."""
    shared = (
        Attachment.objects.values("file")
        .annotate(many=Count("claim__report__scorecard", distinct=True))
        .filter(many__gt=1)
        .values("file")
    )
    cards = [assessment.report.scorecard_id for assessment in assessments]
    rows = (
        Attachment.objects.filter(claim__report__scorecard__in=cards, file__in=shared)
        .values_list("claim__report__scorecard")
        .annotate(Count("file", distinct=True))
    )
    return dict(rows)


def _risk(
    assessment: Assessment,
    rule: Rule[Sampling],
    weights: dict[str, Decimal],
    before: dict[int, dict[str, str | None]],
    reused: dict[int, int],
    visited: set[int],
) -> Risk:
    report = assessment.report
    then = before.get(report.scorecard.body_id, {})
    last, own = last_total(then), then.get(SELF)
    final = Decimal(last) if last else None
    grounds: list[tuple[str, str]] = []
    if final is not None and own is not None and Decimal(own) - final >= rule.value.gap:
        grounds.append(("gap", f"{Decimal(own) - final:f}"))
    self_total = assessment.totals.get(SELF)
    if final is not None and self_total is not None:
        change = EXACT.multiply(abs(EXACT.subtract(Decimal(self_total), final)), Decimal(100))
        # Held against the share without dividing, so that a year of zero points counts too.
        if change and change >= EXACT.multiply(rule.value.jump, final):
            grounds.append(("jump", f"{final:f} → {self_total}"))
    if report.days_late:
        grounds.append(("late", str(report.days_late)))
    if reused.get(report.scorecard_id):
        grounds.append(("reused", str(reused[report.scorecard_id])))
    total = exact_sum([weights.get(name, Decimal(0)) for name, _ in grounds])
    return Risk(assessment, tuple(grounds), total, visited=assessment.pk in visited)
