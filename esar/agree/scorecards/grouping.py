"""A scorecard's KPIs under the components of its year, as every page that lists them shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import Component
from esar.law.scoring.components import leaf_components


@dataclass(frozen=True)
class Group:
    """A component with what stands under it; `rule` is None for KPIs of no known component."""

    rule: Rule[Component] | None
    rows: list[Any]


def by_component(rules: Rules, rows: Iterable[Any], of: Callable[[Any], str]) -> list[Group]:
    """The year's components in order, each with its rows; `of` tells a row's component.

    A component without rows is there too: it is still to be filled, or is not evaluated.
    """
    all_rows = list(rows)
    leaves = leaf_components(rules)
    groups = [Group(rule, [row for row in all_rows if of(row) == rule.id]) for rule in leaves]
    component_ids = {rule.id for rule in leaves}
    strays = [row for row in all_rows if of(row) not in component_ids]
    return [*groups, *([Group(None, strays)] if strays else [])]
