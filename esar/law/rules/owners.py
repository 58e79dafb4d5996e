"""Which KPIs have a result that one owner gives for every body."""

from __future__ import annotations

from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import CentralData


def rule_for(
    rules: Rules, component: str, listed_as: str, round_id: str
) -> Rule[CentralData] | None:
    """The rule under which a KPI's result of a round comes from an owner; None: from no one.

    `listed_as` is the KPI's place in a list ("<entry>/<item>", empty when it is in none); a rule
    may name the whole of it or the item alone.
    """
    for rule in rules_for(rules, component, listed_as):
        if not rule.value.rounds or f"round.{round_id}" in rule.value.rounds:
            return rule
    return None


def rules_for(rules: Rules, component: str, listed_as: str) -> list[Rule[CentralData]]:
    """The same in any round of the year."""
    item = listed_as.rpartition("/")[2]
    return [
        rule
        for rule in rules.of_kind(CentralData)
        if rule.value.component == component
        or (item and {listed_as, item} & set(rule.value.listed))
    ]
