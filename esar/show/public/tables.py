"""The public lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from esar.judge.results.models import Result
from esar.judge.results.queries import round_results
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import evaluated_bodies
from esar.platform.organisations.tables import (
    body_column,
    body_fields,
    body_group,
    body_kind,
    body_search,
    committee_group,
)
from esar.platform.ui import books
from esar.platform.ui.cells import code
from esar.platform.ui.filters import Choice, Reader
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, WIDE_ONLY, Column, Field, ListPage
from esar.platform.ui.templatetags.words import name_of, status_words, total_of, words
from esar.show.public.queries import unreported


def belongs_to(body: Body) -> str:
    """The ministry or the cluster that a body lies in."""
    above: Any = body.parent or body.cluster
    return name_of(above) if above else ""


def as_code(value: str) -> SafeString:
    return SafeString(f"<code>{escape(value)}</code>")  # format_html costs a row more than its name


def formerly(body: Body) -> SafeString:
    """The names that a body had before, so that who looks for one sees why it was found."""
    former_names = getattr(body, "former", ())
    if not former_names:
        return SafeString("")
    return format_html_join(
        "",
        ' <span class="meta">{}</span>',
        ((_("page.formerly", (("name", name_of(former)),)),) for former in former_names),
    )


def page_of_agency(body: Body) -> str:
    return reverse("public:agency", args=[body.code])


class AgencyList(ListPage[Body]):
    """Every body that is evaluated. Three queries, one more in a search, however many rows."""

    title = _("page.agencies")
    sort, then = "name", ("code",)
    filters = (
        body_search(help=_("page.search_help")),
        body_kind(),
        body_group(),
        committee_group(),
    )
    columns = (
        Column(
            "name",
            _("page.name"),
            "",
            name_of,
            "name_key",
            FIRST,
            link=page_of_agency,
            also=formerly,
        ),
        Column("abbr_th", _("page.abbr"), phone=WIDE_ONLY),
        Column("kind", _("page.kind"), as_=code("value"), phone=WIDE_ONLY),
        Column("belongs", _("page.belongs"), "", belongs_to),
        Column("code", _("page.code"), as_=as_code, sort="code"),
    )

    def rows(self) -> QuerySet[Body]:
        return evaluated_bodies()

    def shown(self, rows: list[Body]) -> Sequence[Body]:
        """With former names for whoever looks for a name."""
        if self.chosen["q"]:
            prefetch_related_objects(rows, Prefetch("former_names", to_attr="former"))
        return rows


@dataclass(frozen=True)
class Shown:
    """A result as it is listed: with its grade, and whether anything was reported in it."""

    result: Result
    grade: books.Grade | None
    silence: str  # why there is no total; empty where there is one

    @property
    def status(self) -> str:
        return self.silence or "reported"

    @property
    def grade_and_status(self) -> tuple[str, str]:
        return self.result.grade_id, self.status

    @property
    def out_of(self) -> str:
        """The most the total could be in its round."""
        return str(self.result.out_of)

    @property
    def total(self) -> str | None:
        return None if self.silence else total_of(self.result.total, self.result.fiscal_year)


def shown(results: Sequence[Result]) -> list[Shown]:
    """Results as they are listed. One query, where a total is zero."""
    silent = unreported(results)
    return [
        Shown(one, books.grades(one.fiscal_year).get(one.grade_id), silent.get(one.pk, ""))
        for one in results
    ]


def total_cell(row: Shown) -> SafeString:
    """Its total, or that nothing was reported."""
    if row.silence:
        words_for = '<span class="status status-{}">{}</span>'
        return format_html(words_for, row.silence, status_words(row.silence))
    most = format_html(' <span class="meta">/ {}</span>', row.out_of) if row.out_of else ""
    return format_html("{}{}", row.total, most)


def page_of_result(row: Shown) -> str:
    return _address("public:scorecard", row)


def explanation_link(row: Shown) -> SafeString:
    return format_html(
        '<a href="{}">{}<span class="visually-hidden"> {}</span></a>',
        _address("public:explanation", row),
        _("page.explanation"),
        name_of(row.result.body),
    )


def _address(name: str, row: Shown) -> str:
    result = row.result
    return reverse(name, args=[result.fiscal_year, result.round_id, result.body.code])


def above(row: Shown) -> str:
    return belongs_to(row.result.body)


def grades_of(reader: Reader) -> list[str]:
    return list(books.grades(reader.year or 0))


@dataclass(frozen=True)
class GradeChoice(Choice):
    """The grades of the year shown, as its rulebook calls them."""

    def options(self, reader: Reader) -> Iterable[tuple[str, Any]]:
        grades = books.grades(reader.year or 0)
        return [(name, words(grade.band.label)) for name, grade in grades.items()]


class ResultList(ListPage[Shown]):
    """A round's released results. Four queries, however many rows; a file costs two."""

    title = _("page.results")
    address, template = "public:results-export", "public/results.html"
    sort, then = "-total", ("body__name_key",)
    filters = (
        body_search("body__", help=_("page.search_help")),
        body_kind("body__"),
        body_group("body__"),
        committee_group("body__"),
        GradeChoice("grade", _("page.grade"), "grade_id", values=grades_of),
    )
    columns = (
        replace(body_column("result.body", page_of_result), name="name", sort="body__name_key"),
        Column("belongs", _("page.belongs"), "", above, phone=WIDE_ONLY, css="meta"),
        Column("total", _("page.total"), "", total_cell, sort="total", figure=True),
        Column(
            "grade",
            _("page.grade"),
            cell="public/_grade_cell.html",
            alike="grade_and_status",
            phone=FIRST,
        ),
        Column("why", _("page.explanation"), "", explanation_link, phone=FIRST, is_unlabelled=True),
    )
    fields = (
        *body_fields("result.body"),
        Field("kind", _("page.kind"), "result.body.kind", code("value")),
        Field("year", _("page.year", (("year", ""),)), "result.fiscal_year"),
        Field("round", _("page.round"), "result.round_id", code("round")),
        Field("status", _("page.status"), as_=code("status")),
        Field("total", _("page.total"), figure=True),
        Field("out_of", _("page.out_of"), figure=True),
        Field("grade", _("page.grade"), "result.grade_id"),
        Field("demo", _("page.demo_short"), "result.is_demo"),
    )

    def __init__(self, request: HttpRequest, year: int, round_id: str) -> None:
        super().__init__(request)
        self.year, self.round_id = year, round_id
        self.reader = replace(self.reader, year=year)

    def rows(self) -> QuerySet[Result]:
        return round_results(self.year, self.round_id)

    def shown(self, rows: list[Result]) -> Sequence[Shown]:
        return shown(rows)

    def exported(self) -> Iterable[Shown]:
        return shown(list(self.matching()))

    def address_args(self) -> list[object]:
        return [self.year, self.round_id]

    def file_name(self) -> str:
        return f"esar-{self.year}-{self.round_id}"
