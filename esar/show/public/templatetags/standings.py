"""Cells of standings, for pages that show a few of them outside a declared list."""

from __future__ import annotations

from decimal import Decimal

from django import template

from esar.platform.charts.figures import written
from esar.platform.ui.templatetags.words import words
from esar.show.public.standings import cells
from esar.show.public.standings.drawings import region_words, short_name

register = template.Library()
register.filter("named", cells.named)
register.filter("movement", cells.move_cell)
register.filter("lane", cells.lane)
register.filter("short_name", short_name)


@register.filter
def two(figure: str | None) -> str:
    """A kept figure with two decimals, half up; all of them stand in the calculation."""
    return "–" if figure is None else written(Decimal(figure), 2)


@register.filter
def region(name: str) -> str:
    """What a region of the registry is called, in the reader's language."""
    return words(region_words(name))
