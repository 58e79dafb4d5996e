"""The list of KPIs of a round: searched, filtered, sorted, as files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.platform.charts.figures import written
from esar.platform.organisations.tables import body_kind
from esar.platform.ui.cells import code
from esar.platform.ui.filters import Choice, Search
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, WIDE_ONLY, Column, Field, WorkedList
from esar.show.public.measures.queries import Measure, measures_of

DIRECTION = Choice(
    "direction",
    _("public.direction"),
    "direction",
    values=("higher", "lower"),
    words=lambda value: _(f"public.direction.{value}"),
)


def reached_cell(row: Measure) -> SafeString | None:
    """How many reached their target, and a bar of it."""
    if row.reached_share is None:
        return None
    return format_html(
        '<span class="reached-of">{} / {}</span>'
        '<svg class="chart-lane reached-bar" height="8" aria-hidden="true" focusable="false">'
        '<rect class="share-track" width="100%" height="8" rx="4"/>'
        '<rect class="share-1" width="{}%" height="8" rx="4"/></svg>',
        len(row.reached),
        len(row.reached) + len(row.missed),
        row.reached_share,
    )


class MeasureList(WorkedList[Measure]):
    """Every KPI of a round, those that most have first. Three queries, however many."""

    title = _("public.explorer")
    help = _("public.explorer_help")
    address, template = "public:measures-export", "public/measures/list.html"
    sort = "-count"
    filters = (Search(paths=("name",)), body_kind(), DIRECTION)
    fields = (
        Field("key", _("page.code")),
        Field("name", _("page.kpi")),
        Field("kind", _("page.kind"), as_=code("value")),
        Field("unit", _("field.unit")),
        Field("direction", _("public.direction")),
        Field("holders", _("public.holders"), "count"),
        Field("reached", _("public.reached"), lambda row: len(row.reached)),
        Field("missed", _("public.missed"), lambda row: len(row.missed)),
        Field("silent", _("status.not_reported"), lambda row: len(row.silent)),
        Field("median_points", _("public.median_points")),
    )

    def __init__(self, request: HttpRequest, year: int, round_id: str) -> None:
        super().__init__(request)
        self.year, self.round_id = year, round_id
        self.reader = replace(self.reader, year=year)
        self.columns = (  # type: ignore[misc]  # its names lead to pages of this round
            Column("name", _("page.kpi"), link=self._page, sort="name", phone=FIRST),
            Column("kind", _("page.kind"), as_=code("value"), sort="kind", phone=WIDE_ONLY),
            Column("unit", _("field.unit"), phone=WIDE_ONLY),
            Column("count", _("public.holders"), sort="count", figure=True),
            Column("reached_share", _("public.reached"), "", reached_cell, "reached_share"),
            Column(
                "median_points",
                _("public.median_points"),
                "",
                self._points,
                "median_points",
                figure=True,
            ),
        )

    def _page(self, row: Measure) -> str:
        return reverse("public:measure", args=[self.year, self.round_id, row.key])

    def _points(self, row: Measure) -> str | None:
        return None if row.median_points is None else written(row.median_points, 2)

    def rows(self) -> Iterable[Measure]:
        return measures_of(self.year, self.round_id)

    def address_args(self) -> list[object]:
        return [self.year, self.round_id]

    def file_name(self) -> str:
        return f"esar-{self.year}-{self.round_id}-kpis"
