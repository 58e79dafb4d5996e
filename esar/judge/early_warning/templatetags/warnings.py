"""Figures of projections as people read them: fewer decimals, chances in per cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template
from django.utils.translation import get_language

from esar.kernel.wording import say
from esar.law.forecasting.skill import Skill
from esar.law.rules.numbers import round_half_up, trimmed

register = template.Library()


@register.filter
def short(value: Decimal | str | None) -> str:
    """A projected figure: two decimals say more than it knows already."""
    return "–" if value in (None, "") else f"{trimmed(round_half_up(Decimal(str(value)), 2)):,f}"


@register.filter
def exact(value: Decimal | str) -> str:
    """A target or a result as it is, with separators: these are never rounded."""
    return f"{trimmed(Decimal(str(value))):,f}"


@register.filter
def percent(share: Decimal) -> str:
    """A probability 0 to 1 in whole per cent; never "100 %" or "0 %" of what is only likely."""
    whole = int(round_half_up(share * 100, 0))
    if whole >= 100 and share < 1:
        return "> 99%"
    return "< 1%" if whole == 0 and share > 0 else f"{whole}%"


@register.filter
def hundredfold(share: Decimal | None) -> str:
    return "–" if share is None else f"{trimmed(round_half_up(share * 100, 1)):f}"


@register.filter
def point(value: float) -> str:
    """A place in a picture: a point for the decimals in every language."""
    return f"{value:.1f}"


@register.filter
def month_name(day: date) -> str:
    """The month alone: its year is the one on the page."""
    return say(f"month-name.{day.month}", {}, get_language() or "th")


@register.filter
def last_year(skill: Skill) -> int:
    return skill.years[-1]
