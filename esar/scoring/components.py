"""Where a KPI stands in the year's tree of components."""

from __future__ import annotations

from esar.rules.book import Rule, Rules
from esar.scoring.facts import Kpi, Scorecard


def component_of(kpi: Kpi, rules: Rules) -> str | None:
    """The component a KPI belongs to: as stated, else that of the framework's own indicator."""
    if kpi.component is not None:
        return kpi.component
    rule = rules.by_id.get(kpi.id)
    return rule.value.component if rule and rule.entry.kind == "indicator" else None


def leaf_components(rules: Rules) -> list[Rule]:
    parents = {rule.value.parent for rule in rules.of_kind("component")}
    return [rule for rule in rules.of_kind("component") if rule.id not in parents]


def heirs_of(kpi: Kpi, card: Scorecard, rules: Rules) -> list[Kpi]:
    """Who takes the weight of `kpi`: the applicable KPIs of the nearest component that has any."""
    home = component_of(kpi, rules)
    while True:
        heirs = [
            other
            for other in card.kpis
            if not other.not_applicable and other.weight and _inside(other, home, rules)
        ]
        if heirs or home is None:
            return heirs
        rule = rules.by_id.get(home)
        home = rule.value.parent if rule else None


def _inside(kpi: Kpi, component: str | None, rules: Rules) -> bool:
    """Whether the KPI lies in the component, or anywhere below it; None is the whole card."""
    here = component_of(kpi, rules)
    while here is not None and here != component:
        rule = rules.by_id.get(here)
        here = rule.value.parent if rule else None
    return component is None or here == component
