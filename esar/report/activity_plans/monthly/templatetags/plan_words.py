"""Figures of plans as pages and official documents write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template
from django.utils.translation import get_language

from esar.kernel.wording import say
from esar.law.rules.numbers import trimmed
from esar.platform.ui.templatetags.words import month, words
from esar.report.activity_plans.frozen import first_of
from esar.report.activity_plans.monthly.summary.queries import Summary, Tally

register = template.Library()


@register.filter
def figures(value: Decimal) -> str:
    """A stored amount with separators and without the zeros that the database adds."""
    return f"{trimmed(value):,f}"


@register.filter
def first_day(month: str) -> date:
    """2018-01, as contents keep a month → its first day."""
    return first_of(month)


@register.filter
def month_rows(summary: Summary) -> list[tuple[str, Tally]]:
    return [(month(one), tally) for one, tally in summary.by_month.items()]


@register.filter
def type_rows(summary: Summary) -> list[tuple[str, Tally]]:
    """Each type with its number; what has no type last, where there is any."""
    return _labelled(summary, summary.by_type, "page.plan_no_type")


@register.filter
def topic_rows(summary: Summary) -> list[tuple[str, Tally]]:
    return _labelled(summary, summary.by_topic, "page.plan_no_topic")


def _labelled(summary: Summary, tallies: dict[str, Tally], none: str) -> list[tuple[str, Tally]]:
    rows = []
    for name, tally in tallies.items():
        if name or tally.activities:
            label = summary.labels.get(name)
            label_text = words(label) if label else say(none, {}, get_language() or "th")
            rows.append((f"({name}) {label_text}" if name.isdigit() else label_text, tally))
    return rows
