"""The weights that count: the one place that says what a cancelled KPI's weight has become.

Source: the year's `redistribution` entry, by `law.scoring.weights`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from esar.agree.scorecards.content import agreed, facts_of, kpis_of
from esar.agree.scorecards.frozen import AgreedScorecard
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.law.rules.kinds import Redistribution
from esar.law.scoring.scorecard import KpiScore
from esar.law.scoring.weights import effective_weights
from esar.platform.organisations.models import Body
from esar.platform.ui import books

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Weight:
    """A KPI's weight in per cent of the scorecard: as it was agreed, and as it counts.

    Both are None where the year weighs nothing; `counted` is zero for a cancelled KPI.
    """

    agreed: Decimal | None
    counted: Decimal | None
    cancelled: str = ""

    @property
    def has_moved(self) -> bool:
        """Whether it counts with another weight than was agreed."""
        return self.agreed != self.counted


def weights_of(card: AgreedScorecard, body: Body) -> dict[str, Weight]:
    """KPI number → its weight. What content of an earlier release does not say is worked out."""
    if not any(kpi.cancelled for kpi in card.kpis):
        return {kpi.number: Weight(kpi.share, kpi.share) for kpi in card.kpis}
    counted = _worked_out(card, body)
    for kpi in card.kpis:
        if kpi.effective_weight is not None:
            counted[kpi.number] = Decimal(kpi.effective_weight)
    return {
        kpi.number: Weight(kpi.share, counted.get(kpi.number, kpi.share), kpi.cancelled)
        for kpi in card.kpis
    }


def _worked_out(card: AgreedScorecard, body: Body) -> dict[str, Decimal | None]:
    book = books.book(card.fiscal_year)
    rules = book.on(book.year.last_day, body.kind) if book else None
    if rules is None or rules.the(Redistribution) is None:
        return {}
    facts = facts_of(card, body, books.last_round(card.fiscal_year), {})
    weights = effective_weights(facts, rules)  # none where the year's figure is one indicator's
    return {
        kpi.number: weights[kpi.number][0] if kpi.number in weights else NOTHING
        for kpi in card.kpis
        if weights and kpi.share is not None
    }


def weights_scored(scores: Iterable[KpiScore]) -> dict[str, Weight]:
    """KPI number → its weight as it was scored, what was judged not applicable left out."""
    weights = {}
    for score in scores:
        is_out = score.status == "not_applicable" and score.weight is not None
        counted = NOTHING if is_out else score.weight
        weights[score.kpi.id] = Weight(score.kpi.weight, counted, score.kpi.not_applicable)
    return weights


def weights_now(scorecard: Scorecard, kpis: list[Kpi]) -> dict[str, Weight]:
    """KPI number → its weight on a scorecard as it stands."""
    return weights_of(agreed(scorecard, kpis), scorecard.body)


def keep_counted_weights(scorecard: Scorecard) -> None:
    """Write the weights that count to the KPIs, once one of them is cancelled."""
    kpis = kpis_of(scorecard)
    if not any(kpi.cancelled for kpi in kpis):
        return
    for kpi in kpis:
        kpi.effective_weight = None
    weights = weights_now(scorecard, kpis)
    for kpi in kpis:
        Kpi.objects.filter(pk=kpi.pk).update(effective_weight=weights[kpi.number].counted)
