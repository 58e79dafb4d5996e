"""The ranking of one kind of body in a round, filtered, sorted and as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from esar.platform.charts.templatetags.charts import drawn
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import REGIONS
from esar.platform.organisations.tables import body_fields, body_search
from esar.platform.ui.cells import code
from esar.platform.ui.filters import Choice, Filter, Option, Reader
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, WIDE_ONLY, Column, Field, WorkedList
from esar.platform.ui.templatetags.words import words
from esar.show.public.standings import drawings
from esar.show.public.standings.cells import lane, move_cell, named, total_cell
from esar.show.public.standings.queries import Standing, field_of
from esar.show.public.tables import GradeChoice, grades_of


@dataclass(frozen=True)
class HomeChoice(Filter):
    """The clusters, or the ministries. One query."""

    kind: str = ""

    def options(self, reader: Reader) -> Iterable[Option]:  # noqa: ARG002 as in Filter
        name = "name_en" if get_language() == "en" else "name_th"
        return Body.objects.filter(kind=self.kind).order_by("name_key").values_list("code", name)


GRADE = GradeChoice("grade", _("page.grade"), "result.grade_id", values=grades_of)
FILTERS: Mapping[str, tuple[Filter, ...]] = {
    "province": (
        body_search("result.body.", help=_("page.search_help")),
        Choice(
            "region",
            _("public.region"),
            "result.body.region_th",
            values=tuple(REGIONS),
            words=lambda region: words(drawings.region_words(region)),
        ),
        HomeChoice("cluster", _("public.home_of.province"), "home.code", kind="cluster"),
        GRADE,
    ),
    "department": (
        body_search("result.body.", help=_("page.search_help")),
        HomeChoice("ministry", _("public.home_of.department"), "home.code", kind="ministry"),
        GRADE,
    ),
}


MOVED = Column("moved", _("public.moved"), "", move_cell, sort="moved", figure=True)


class Ranking(WorkedList[Standing]):
    """Every body of a kind in a round, by rank. Four queries, however many rows; a file two."""

    title = _("page.results")
    address, template = "public:ranking-export", "public/ranking.html"
    sort, page_size = "rank", LONG
    fields = (
        Field("rank", _("public.rank"), "rank"),
        *body_fields("result.body"),
        Field("home", _("page.belongs"), lambda row: row.home.name_th if row.home else None),
        Field("region", _("public.region"), "result.body.region_th"),
        Field("total", _("page.total"), lambda row: row.result.total if row.rank else None),
        Field("out_of", _("page.out_of"), "result.out_of", figure=True),
        Field("grade", _("page.grade"), "result.grade_id"),
        Field("status", _("page.status"), as_=code("status")),
        Field("moved", _("public.moved"), "moved"),
        Field("demo", _("page.demo_short"), "result.is_demo"),
    )

    def __init__(self, request: HttpRequest, year: int, round_id: str, kind: str) -> None:
        super().__init__(request)
        self.field = field_of(year, round_id, kind)
        self.filters = FILTERS[kind]  # type: ignore[misc]  # of the kind that is listed
        self.reader = replace(self.reader, year=year)
        self.lanes = drawings.lane_of(self.field, self.field.ranked)
        self.columns = self._columns()  # type: ignore[misc]  # with movement where there is any

    def _columns(self) -> tuple[Column, ...]:
        is_compared = self.field.compared_with is not None
        return (
            Column("rank", _("public.rank_and_name"), "", named, sort="rank", phone=FIRST),
            *([MOVED] if is_compared else []),
            Column(
                "total",
                _("page.total"),
                "",
                total_cell,
                ("result.total",),
                FIRST,
                figure=True,
                css="rank-total",
            ),
            Column("lane", _("public.on_the_scale"), "", self._lane, phone=WIDE_ONLY, css="lane"),
            Column(
                "grade",
                _("page.grade"),
                cell="public/_grade_cell.html",
                alike="grade_id",
                phone=FIRST,
                css="rank-grade",
            ),
            Column(
                "home",
                _(f"public.home_of.{self.field.kind}"),
                "",
                lambda row: drawings.short_name(row.home) if row.home else None,
                "home.name_key",
                WIDE_ONLY,
                css="meta",
            ),
            *([Column("years", _("public.years"), "", self._years)] if is_compared else []),
        )

    def _lane(self, row: Standing) -> SafeString:
        return lane(row, self.lanes)

    def _years(self, row: Standing) -> SafeString | None:
        years = drawings.spark_of(row, self.field.places)
        return None if years is None else drawn(years)

    def rows(self) -> Iterable[Standing]:
        return self.field.standings

    def address_args(self) -> list[object]:
        return [self.field.year, self.field.round_id, self.field.kind]

    def file_name(self) -> str:
        return f"esar-{self.field.year}-{self.field.round_id}-{self.field.kind}"

    def around(self) -> dict[str, Any]:
        return {"field": self.field, "chosen_standings": list(self.matching())}
