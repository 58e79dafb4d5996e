"""What an owner has given of a KPI: what a request to change its targets is held against."""

from __future__ import annotations

from esar.agree.changes.frozen import KnownFigure
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.law.rules.kinds import Round
from esar.law.rules.numbers import trimmed
from esar.law.rules.owners import rules_for
from esar.report.central_data.queries import counting


def known_of(scorecard: Scorecard, number: str) -> list[KnownFigure]:
    """The values that count of one KPI, each until the last day of its round. Two queries.

    None where the KPI's result comes from no owner, or nothing was given of it yet.
    """
    kpis = Kpi.objects.filter(scorecard=scorecard, number=number)
    kpi = kpis.select_related("template__indicator").first()
    if kpi is None:
        return []
    _, rules = rules_of(scorecard)
    owners = rules_for(rules, kpi.component, kpi.template.indicator.listed_as)
    if not owners:
        return []
    last_days = {rule.id.removeprefix("round."): rule.value.last for rule in rules.of_kind(Round)}
    values = counting().filter(
        body=scorecard.body_id,
        fiscal_year=scorecard.fiscal_year,
        rule_id__in=[owner.id for owner in owners],
        round_id__in=last_days,
        value__isnull=False,
    )
    return [
        KnownFigure(
            source="central",
            value=f"{trimmed(value):f}",
            until=last_days[round_id].isoformat(),
        )
        for round_id, value in values.values_list("round_id", "value")
        if value is not None
    ]
