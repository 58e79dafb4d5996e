"""What a list of standings shows of each: its place, its total, how it moved, its dot."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.platform.charts.figures import written
from esar.platform.ui import books
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.templatetags.words import status_words
from esar.show.public.standings import drawings
from esar.show.public.standings.queries import Standing


def named(row: Standing) -> SafeString:
    """Its rank and its name, leading to its result."""
    place = "–" if row.rank is None else row.rank
    return format_html(
        '<span class="place num">{}</span> <a href="{}">{}</a>',
        place,
        drawings.result_address(row),
        drawings.short_name(row.body),
    )


def total_cell(row: Standing) -> SafeString:
    """Its total, or why there is none."""
    if isinstance(row.figure, Decimal):
        places = books.total_places(row.result.fiscal_year)
        return SafeString(written(row.figure, places))
    words_for = '<span class="status status-{}">{}</span>'
    return format_html(words_for, row.status, status_words(row.status))


def move_cell(row: Standing) -> SafeString | None:
    """By how many ranks it rose or fell."""
    if row.moved is None:
        return None
    way = "same" if not row.moved else "up" if row.moved > 0 else "down"
    sentence = _(f"public.moved_{way}", (("count", abs(row.moved)),) if row.moved else ())
    arrow = {"up": f"↑ {row.moved}", "down": f"↓ {-row.moved}", "same": "="}[way]
    return format_html(
        '<span class="moved-{}" aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span>',
        way,
        arrow,
        sentence,
    )


def lane(row: Standing, lanes: Mapping[int, Decimal]) -> SafeString:
    """Its dot on the scale; nothing where it has no total."""
    at = lanes.get(row.result.pk)
    if at is None:
        return SafeString("")
    look = drawings.look_of(row.grade)
    return SafeString(
        '<svg class="chart-lane" height="14" aria-hidden="true" focusable="false">'
        '<line class="chart-grid" x2="100%" y1="7" y2="7"/>'
        f'<circle class="fill-{look}" cx="{at}%" cy="7" r="5"/></svg>'
    )
