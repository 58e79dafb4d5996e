"""Marks that a chart has by the hundred, written at once: a template takes longer to loop over them
than to draw all the rest. What a reader sees of each still stands in its geometry.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.safestring import SafeString

from esar.kernel.wording import Language
from esar.platform.charts.dumbbell import Dumbbell, Dumbbells
from esar.platform.charts.figures import Item, Missing, shown
from esar.platform.charts.heat import Heat
from esar.platform.charts.provinces import Area, Map
from esar.platform.charts.strip import Strip
from esar.platform.charts.table import Link, Table
from esar.platform.charts.waterfall import Waterfall

TILE_WIDTH = 48  # a tile without its gap


def paths(drawing: Map, language: Language) -> SafeString:
    """Every province as its outline, and the glyphs of those with room for one."""
    outlines = (
        _province(
            area,
            f'<path class="area-{area.province.state.look}" d="{area.place.path}">',
            "path",
            language,
        )
        for area in drawing.areas
    )
    glyphs = (
        f'<text class="chart-on-{area.province.state.look}" x="{area.place.x}" y="{area.place.y}"'
        f' dy="6">{area.province.state.glyph}</text>'
        for area in drawing.areas
        if area.has_glyph
    )
    return SafeString("".join((*outlines, *glyphs)))


def tiles(drawing: Map, language: Language) -> SafeString:
    """Every province as a tile with its letters and its glyph."""
    return SafeString("".join(_tile(area, language) for area in drawing.areas))


def _tile(area: Area, language: Language) -> str:
    state, x, y = area.province.state, area.tile_x, area.tile_y
    begin = (
        f'<rect class="area-{state.look}" x="{x}" y="{y}"'
        f' width="{TILE_WIDTH}" height="{TILE_WIDTH}">'
    )
    place = f'<text class="chart-on-{state.look}" x="{x}" y="{y}" dx="24"'
    glyph = f'{place} dy="40">{state.glyph}</text>' if state.glyph else ""
    letters = f'{place} dy="22">{escape(area.place.letters)}</text>'
    return _province(area, begin, "rect", language) + letters + glyph


def _province(area: Area, begin: str, tag: str, language: Language) -> str:
    """A shape that leads where its province leads; one with a note alone is reached by keyboard."""
    province = area.province
    words = escape(area.spoken(language)) if province.name else ""
    title = f"<title>{words}</title>" if words else ""
    shape = f"{begin}{title}</{tag}>"
    if province.href:
        return f'<a href="{escape(province.href)}">{shape}</a>'
    if province.note:
        return f'<g tabindex="0" role="img" aria-label="{words}">{shape}</g>'
    return shape


def dots(drawing: Strip, language: Language) -> SafeString:
    """A dot for each; the marked ones alone are reached by keyboard."""
    parts = []
    for dot in drawing.dots:
        item = dot.item
        words = f"{shown(item.label, language)} {shown(item.figure, language, drawing.places)}"
        marked = " chart-marked" if dot.is_marked else ""
        circle = (
            f'<circle class="fill-{item.look}{marked}" cx="{dot.x}" cy="{dot.y}"'
            f' r="{drawing.radius}"><title>{escape(words)}</title></circle>'
        )
        reached = "" if dot.is_marked else ' tabindex="-1"'
        parts.append(
            f'<a href="{escape(item.href)}"{reached}>{circle}</a>' if item.href else circle
        )
    return SafeString("".join(parts))


def grid(drawing: Waterfall, _language: Language) -> SafeString:
    """The lines behind each row: at round values, and where a grade begins."""
    lines = [("chart-grid", tick.x) for tick in drawing.ticks]
    lines += [("chart-cut", cut.x) for cut in drawing.cuts]
    return SafeString(
        "".join(f'<line class="{css}" x1="{x}%" x2="{x}%" y2="26"/>' for css, x in lines)
    )


def heat_rows(drawing: Heat, language: Language) -> SafeString:
    """The rows of a grid."""
    rows = []
    for row in drawing.rows:
        cells = (
            f'<td class="heat-{cell.shade or cell.mark}">'
            f"{_leading(shown(cell.figure, language, drawing.places), cell.href)}</td>"
            for cell in row.cells
        )
        rows.append(f'<tr><th scope="row">{_named(row.item, language)}</th>{"".join(cells)}</tr>')
    return SafeString("".join(rows))


def _named(item: Item, language: Language) -> str:
    note = (
        f' <span class="chart-of">{escape(shown(item.note, language))}</span>' if item.note else ""
    )
    return _leading(shown(item.label, language), item.href) + note


def _leading(words: str, href: str) -> str:
    return f'<a href="{escape(href)}">{escape(words)}</a>' if href else escape(words)


def dumbbell_rows(drawing: Dumbbells, language: Language) -> SafeString:
    """A row for each pair: a ring at its target, a dot or a square at what it came to."""
    grid = "".join(
        f'<line class="chart-grid" x1="{tick.x}%" x2="{tick.x}%" y2="20"/>'
        for tick in drawing.ticks
    )
    return SafeString("".join(_pair(row, grid, drawing.places, language) for row in drawing.rows))


def _pair(row: Dumbbell, grid: str, places: int | None, language: Language) -> str:
    pair, look = row.pair, "brand" if row.is_reached else "control"
    note = (
        f' <span class="chart-of">{escape(shown(pair.note, language))}</span>' if pair.note else ""
    )
    name = (
        f'<span class="chart-label">{_leading(shown(pair.label, language), pair.href)}{note}</span>'
    )
    way = (
        f'<rect class="fill-{look}" x="{row.x}%" y="9" width="{row.width}%" height="2"/>'
        if row.width
        else ""
    )
    ring = (
        f'<circle class="chart-last" cx="{row.target_x}%" cy="10" r="5"/>'
        if row.target_x is not None
        else ""
    )
    why = "" if row.actual_x is not None else " chart-why"
    return (
        f'<li>{name}<svg class="chart-lane chart-inset" height="20" role="img"'
        f' aria-label="{escape(row.spoken(language))}">'
        f'<line class="chart-grid" x2="100%" y1="10" y2="10"/>{grid}{way}{ring}{_actual(row)}</svg>'
        f'<span class="chart-figure{why}" aria-hidden="true">'
        f"{escape(shown(pair.actual, language, places))}</span></li>"
    )


REASONS = {
    Missing.NOT_REPORTED: '<rect class="chart-not_reported" y="4" width="100%" height="12"/>',
    Missing.NOT_DUE: '<rect class="chart-not_due" y="4" width="100%" height="12"/>',
    Missing.NOT_APPLICABLE: '<line class="chart-not_applicable" x2="100%" y1="10" y2="10"/>',
    Missing.NONE: "",
}


def _actual(row: Dumbbell) -> str:
    """A dot where the target was reached, a square where not, else why there is nothing."""
    if isinstance(row.pair.actual, Missing):
        return REASONS[row.pair.actual]
    if row.is_reached:
        return f'<circle class="fill-brand" cx="{row.actual_x}%" cy="10" r="5.5"/>'
    return (
        f'<svg x="{row.actual_x}%" overflow="visible">'
        '<rect class="fill-control" x="-5" y="5" width="10" height="10"/></svg>'
    )


def table_rows(table: Table, language: Language) -> SafeString:
    """The rows of the table that says what a chart shows."""
    rows = []
    for name, *values in table.rows:
        cells = (f'<td class="num">{_cell(value, language, table.places)}</td>' for value in values)
        rows.append(f'<tr><th scope="row">{_cell(name, language, None)}</th>{"".join(cells)}</tr>')
    return SafeString("".join(rows))


def _cell(value: Any, language: Language, places: int | None) -> str:
    if isinstance(value, Link):
        return _leading(shown(value.label, language), value.href)
    return escape(shown(value, language, places))
