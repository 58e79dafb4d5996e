"""Where a KPI stands in the year's tree of components."""

from __future__ import annotations

from dataclasses import replace

from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Component, Indicator
from esar.law.scoring.facts import Kpi, Scorecard


def with_component_ids(card: Scorecard, rules: Rules) -> Scorecard:
    """The same scorecard with each KPI's component as the rulebook calls it.

    People may write the id ("digital"), the number ("2.1") or the label; an indicator of the
    framework (4.2) knows its own. What matches nothing stays as written, to be refused.
    """
    homes = [_component_id(kpi, rules) for kpi in card.kpis]
    if all(kpi.component == home for kpi, home in zip(card.kpis, homes, strict=True)):
        return card
    kpis = (replace(kpi, component=home) for kpi, home in zip(card.kpis, homes, strict=True))
    return replace(card, kpis=tuple(kpis))


def _component_id(kpi: Kpi, rules: Rules) -> str | None:
    if kpi.component is None:
        return rules.once(_homes_of_indicators).get(kpi.id)
    return rules.once(_ids_of_components).get(kpi.component, kpi.component)


def _homes_of_indicators(rules: Rules) -> dict[str, str]:
    return {rule.id: rule.value.component for rule in rules.of_kind(Indicator)}


def _ids_of_components(rules: Rules) -> dict[str, str]:
    """All that a component may be called → its id."""
    ids: dict[str, str] = {}
    for rule in rules.of_kind(Component):
        for name in (rule.value.number, rule.label.th, rule.label.en):
            ids.setdefault(name, rule.id)
    return ids | {rule.id: rule.id for rule in rules.of_kind(Component)}


def leaf_components(rules: Rules) -> tuple[Rule[Component], ...]:
    return rules.once(_leaf_components)


def _leaf_components(rules: Rules) -> tuple[Rule[Component], ...]:
    parents = {rule.value.parent for rule in rules.of_kind(Component)}
    return tuple(rule for rule in rules.of_kind(Component) if rule.id not in parents)


def heirs_of(kpi: Kpi, card: Scorecard, rules: Rules) -> list[Kpi]:
    """Who takes the weight of `kpi`: the applicable KPIs of the nearest component that has any."""
    home = kpi.component
    while True:
        heirs = [
            other
            for other in card.kpis
            if not other.not_applicable and other.weight and _inside(other, home, rules)
        ]
        if heirs or home is None:
            return heirs
        rule = rules.get(home, Component)
        home = rule.value.parent if rule else None


def _inside(kpi: Kpi, component: str | None, rules: Rules) -> bool:
    """Whether the KPI lies in the component, or anywhere below it; None is the whole card."""
    here = kpi.component
    while here is not None and here != component:
        rule = rules.get(here, Component)
        here = rule.value.parent if rule else None
    return component is None or here == component
