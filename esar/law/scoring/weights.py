"""The weight each KPI counts with, once those that are not applicable have given theirs away."""

from __future__ import annotations

from decimal import Decimal

from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Redistribution, Total
from esar.law.rules.numbers import EXACT, exact_sum, round_ratio
from esar.law.scoring.components import heirs_of
from esar.law.scoring.facts import Kpi, Scorecard
from esar.law.scoring.steps import Formula, Step, step

Weights = dict[str, tuple[Decimal, Step | None]]


def effective_weights(card: Scorecard, rules: Rules) -> Weights:
    """KPI id → its weight, and the step that changed it (None when it stands as agreed).

    A weight moves within its component in proportion; when no KPI is left there, within the
    component above. Source: the year's `redistribution` entry.
    """
    weights: Weights = {
        kpi.id: (kpi.weight, None)
        for kpi in card.kpis
        if kpi.weight is not None and not kpi.not_applicable
    }
    if rules.of_kind(Total)[0].value.rule != "weighted_sum":
        return {}
    for kpi in card.kpis:
        if kpi.not_applicable and kpi.weight:
            heirs = heirs_of(kpi, card, rules)
            _share_out(kpi, heirs, weights, rules)
    return weights


def _share_out(kpi: Kpi, heirs: list[Kpi], weights: Weights, rules: Rules) -> None:
    rule = rules.of_kind(Redistribution)[0]
    weight = kpi.weight or Decimal(0)
    base = exact_sum([heir.weight or Decimal(0) for heir in heirs])
    shares = _shares(weight, [heir.weight or Decimal(0) for heir in heirs], base, rule)
    for heir, share in zip(heirs, shares, strict=True):
        before, _ = weights[heir.id]
        after = EXACT.add(before, share)
        moved = step(
            "step.redistributed",
            rule,
            formula=Formula("{} + {} × {} ÷ {}", (before, weight, heir.weight or 0, base)),
            output=after,
            before=before,
            share=share,
            giver=kpi.id,
            decision=kpi.not_applicable,
        )
        weights[heir.id] = (after, moved)


def _shares(
    weight: Decimal, parts: list[Decimal], base: Decimal, rule: Rule[Redistribution]
) -> list[Decimal]:
    """`weight` in proportion to `parts`, rounded; the largest part takes what rounding leaves."""
    places = rule.value.places
    shares = [round_ratio(EXACT.multiply(weight, part), base, places) for part in parts]
    largest = max(range(len(parts)), key=lambda index: parts[index])
    rest = EXACT.subtract(weight, exact_sum(shares))
    shares[largest] = EXACT.add(shares[largest], rest)
    return shares
