"""Writes of indicators: those of the rules, OPDC's lists, and bodies' own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from esar.agree.indicators.models import TEMPLATE_FIELDS, Indicator, IndicatorVersion
from esar.agree.indicators.queries import lists_of
from esar.law.rules.kinds import Item, KpiList
from esar.platform.history.actions import record
from esar.platform.organisations.models import Body


def own_indicator(body: Body, listed_as: str = "") -> Indicator:
    """A new indicator of a body's own; `listed_as` names the one it was taken from."""
    return Indicator.objects.create(code=_next_code(body), body=body, listed_as=listed_as)


def new_version(
    indicator: Indicator, number: int, fiscal_year: int, text: dict[str, Any]
) -> IndicatorVersion:
    """A text of an indicator, which stands from a fiscal year on."""
    return IndicatorVersion.objects.create(
        indicator=indicator, number=number, fiscal_year=fiscal_year, **text
    )


def _next_code(body: Body) -> str:
    """The next code of a body's own indicators; the body is locked, so no two get the same."""
    Body.objects.select_for_update().get(pk=body.pk)
    return f"{body.code}-{Indicator.objects.filter(body=body).count() + 1:03d}"


def template_of_the_rules(
    rule_id: str, name: str, year: int, method: str, unit: str
) -> IndicatorVersion:
    """The one indicator of a rule, the same for every body."""
    indicator = Indicator.objects.filter(rule_id=rule_id).first()
    indicator = indicator or Indicator.objects.create(code=f"GIVEN-{rule_id}", rule_id=rule_id)
    version = IndicatorVersion.objects.filter(indicator=indicator, method=method).first()
    return version or IndicatorVersion.objects.create(
        indicator=indicator, number=1, fiscal_year=year, name=name, method=method, unit=unit
    )


def load_listed_indicators(year: int, *, at: datetime) -> int:
    """OPDC's lists of a year's rulebook (the provinces' 18 KPIs) as indicators anyone may take.

    Gives how many are new; again changes nothing. One is known by its place in the list: in
    databases of earlier releases its code may be cut off at 30 letters, and stays so. What the
    list came to say of one that is there is its next version.
    """
    count = 0
    for rule in lists_of(year):
        for item in rule.value.items:
            listed_as, says = f"{rule.id}/{item.id}", _says(item)
            indicator = Indicator.objects.filter(body=None, listed_as=listed_as).first()
            if indicator is None:
                code = f"OPDC-{rule.id}-{item.id}"
                indicator = Indicator.objects.create(code=code, listed_as=listed_as)
                new_version(indicator, 1, year, says)
                count += 1
            elif not _say_more(indicator, year, says):
                continue
            record("indicator.listed", indicator, by=None, at=at, reason=item.label.th)
    return count


def _says(item: Item | KpiList.Kpi) -> dict[str, Any]:
    """What a list says of a KPI. Where it says no direction, whoever takes it chooses."""
    says = {"name": item.label.th, "direction": ""}
    if isinstance(item, KpiList.Kpi):
        says |= {"dimension": item.theme, "direction": item.direction or ""}
        says |= {"unit": item.unit.th} if item.unit else {}
        says |= {"data_source": item.data_owner.th} if item.data_owner else {}
    return says


def _say_more(indicator: Indicator, year: int, says: dict[str, Any]) -> bool:
    """Add what the newest version leaves open and the list says. Whether there was any."""
    newest = IndicatorVersion.objects.filter(indicator=indicator).first()
    if newest is None:
        return False
    more = {name: words for name, words in says.items() if words and not getattr(newest, name)}
    if more:
        text = {name: getattr(newest, name) for name in TEMPLATE_FIELDS}
        new_version(indicator, newest.number + 1, year, text | more)
    return bool(more)
