"""Writes of indicators: those of the rules, OPDC's lists, and bodies' own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from esar.agree.indicators.models import Indicator, IndicatorVersion
from esar.law.rules.kinds import Statement
from esar.platform.history.actions import record
from esar.platform.organisations.models import Body
from esar.platform.ui import books


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
    databases of earlier releases its code may be cut off at 30 letters, and stays so.
    """
    book, count = books.book(year), 0
    for rule in book.on(book.year.last_day).of_kind(Statement) if book else ():
        if not rule.id.endswith("-kpis"):
            continue
        for item in rule.value.items:
            listed_as = f"{rule.id}/{item.id}"
            if not Indicator.objects.filter(body=None, listed_as=listed_as).exists():
                indicator = Indicator.objects.create(
                    code=f"OPDC-{rule.id}-{item.id}", listed_as=listed_as
                )
                group = item.id[0] if item.id[1:].isdecimal() else ""  # e1 … s1 … n1 …
                dimension = {"e": "economic", "s": "social", "n": "environment"}.get(group, "")
                IndicatorVersion.objects.create(
                    indicator=indicator,
                    number=1,
                    fiscal_year=year,
                    name=item.label.th,
                    direction="",  # the list does not say: whoever takes it chooses
                    dimension=dimension,
                )
                record("indicator.listed", indicator, by=None, at=at, reason=item.label.th)
                count += 1
    return count
