"""Sentences, labels and figures in the reader's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language

from esar.messages import figure, say
from esar.rules.numbers import trimmed

register = template.Library()


def _language() -> str:
    return get_language() or "th"


@register.simple_tag
def t(code: str, **figures: Any) -> str:
    """The sentence of `code`."""
    return say(code, figures, _language())


@register.filter
def words(value: Any) -> str:
    """A Text, or a {"th", "en"} from a kept explanation, in the reader's language."""
    if isinstance(value, dict):
        return str(value[_language()])
    return figure(value, _language())


@register.filter
def name_of(body: Any) -> str:
    """A body's name in the reader's language."""
    return str(body.name_en if _language() == "en" else body.name_th)


@register.filter
def day(value: date | str | None) -> str:
    """A day in words, the year in the Buddhist era in Thai."""
    if not value:
        return ""
    return figure(date.fromisoformat(value) if isinstance(value, str) else value, _language())


@register.filter
def plain(value: Decimal) -> str:
    """A stored decimal without the zeros that the database adds."""
    return f"{trimmed(value):f}"


@register.filter
def status_words(status: str) -> str:
    return say(f"status.{status}", {}, _language())
