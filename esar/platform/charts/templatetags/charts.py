"""`{% chart %}` puts a drawing into its frame; `{% drawing %}` is one alone, in a row of a table.

The geometry (`bars`, `bullet`, …) is worked out in the view; a template only draws it. The first
chart of a page brings the style sheet and the patterns that all of them share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template as templates
from django.template import Engine
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from esar.kernel.wording import Language, Word, figure
from esar.platform.charts import marks as marks_of
from esar.platform.charts.bullet import Bullet
from esar.platform.charts.figures import shown, written
from esar.platform.charts.spark import Spark
from esar.platform.charts.table import Table

register = templates.Library()
SHARED = "charts/_shared.html"
MARKS: Mapping[str, Callable[[Any, Language], SafeString]] = {
    "paths": marks_of.paths,
    "tiles": marks_of.tiles,
    "dots": marks_of.dots,
    "grid": marks_of.grid,
    "heat": marks_of.heat_rows,
    "dumbbells": marks_of.dumbbell_rows,
    "table": marks_of.table_rows,
}
DRAWN = "esar.charts"  # in the page's own store: that it has what charts share


@register.simple_block_tag(takes_context=True)
def chart(
    context: Context,
    content: str,
    drawing: Any,
    id: str,
    source: Any = "",
    day: date | None = None,
    note: Any = "",
    level: int = 2,
    file: str = "",
    beside: str = "",
) -> SafeString:
    """A drawing in its frame; what stands in the tag is its title, which says what it shows.

    `id` is its own on the page; `note` a line of how to read it; `source` and `day` where the
    figures are from and of when; `file` the address of its CSV; `beside` the id of a table on the
    page that says the same, else it has one of its own, folded away. `level` is that of its title.
    """
    return _rendered(
        context,
        "charts/frame.html",
        drawing=drawing,
        id=id,
        title=SafeString(content.strip()),
        source=source,
        day=day,
        note=note,
        level=level,
        file=file,
        beside=beside,
    )


@register.simple_tag(takes_context=True)
def drawing(context: Context, drawing: Any, label: Any = "") -> SafeString:
    """A drawing alone, where what it says stands around it; `label` is what it is of."""
    if isinstance(drawing, Bullet | Spark):
        return _with_shared(context, _small(drawing, cell(label), _language()))
    return _rendered(context, drawing.template, drawing=drawing, label=label)


def drawn(drawing: Bullet | Spark, label: Any = "") -> SafeString:
    """A small drawing as a cell of a list has it; the page brings what charts share."""
    return _small(drawing, cell(label), _language())


@lru_cache(4096)
def _small(drawing: Bullet | Spark, label: str, _language: Language) -> SafeString:
    """One of the many of a table: what is equal is drawn once for each language."""
    template = Engine.get_default().get_template(drawing.template)
    return template.render(Context({"drawing": drawing, "label": label}))


def _language() -> Language:
    return "en" if get_language() == "en" else "th"


def _rendered(context: Context, name: str, **values: Any) -> SafeString:
    engine = context.template.engine  # type: ignore[union-attr]
    return _with_shared(context, engine.get_template(name).render(context.new(values)))


def _with_shared(context: Context, html: SafeString) -> SafeString:
    """With what charts share before it, where it is the first of its page."""
    engine = context.template.engine  # type: ignore[union-attr]
    page: Any = context.render_context.dicts[0]  # of the whole page, through what it includes
    if DRAWN not in page:
        page[DRAWN] = True
        html = engine.get_template(SHARED).render(context.new({})) + html
    return SafeString(html)


@register.filter
def cell(value: Any, places: int | None = None) -> str:
    """A figure, why there is none, a day or words, as charts write them."""
    return shown(value, _language(), places)


@register.filter
def spoken(drawing: Any, label: Any = "") -> str:
    """What a drawing shows, in words: its name to who does not see it. `label` is what it is of."""
    says = drawing.spoken(_language())
    return f"{cell(label)}: {says}" if label else str(says)


@register.filter
def marks(drawing: Any, name: str) -> SafeString:
    """The marks of a drawing that it has by the hundred: `paths`, `tiles`, `dots`, …"""
    return MARKS[name](drawing, _language())


@register.filter
def signed(value: Decimal, places: int | None = None) -> str:
    """A change with its sign."""
    return f"+{written(value, places)}" if value > 0 else written(value, places)


@register.filter
def unsigned(value: Decimal) -> str:
    """How large a change is, where words say which way it went."""
    return written(abs(value))


@register.filter
def short_month_of(day: date) -> str:
    """A month as an axis names it."""
    return figure(Word(f"month-short.{day.month}"), _language())


@register.inclusion_tag("charts/_table.html")
def chart_table(table: Table) -> dict[str, Any]:
    """The table that says what a chart shows."""
    return {"table": table}


@register.simple_tag
def chart_month(number: Decimal) -> str:
    """The month of the fiscal year, October being 1, as on an axis."""
    return figure(Word(f"month.short.{number}"), _language())
