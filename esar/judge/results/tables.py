"""The lists of results that wait for their release, and of what heads' appraisal takes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.judge.results.life import SHOWN, row_words
from esar.judge.results.linkage import Row, Spell, bodies_shown, linkage
from esar.judge.results.models import Result
from esar.judge.results.queries import hashes_of, waiting
from esar.law.rules.kinds import Linkage
from esar.platform.lifecycle.seen import seen_token
from esar.platform.organisations.queries import roles_of
from esar.platform.organisations.tables import (
    DecidedList,
    body_column,
    body_group,
    body_kind,
    body_search,
    committee_group,
)
from esar.platform.ui import books
from esar.platform.ui.cells import code, demo_chip
from esar.platform.ui.doors import lets_in
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, Column, Field, WorkedList
from esar.platform.ui.templatetags.words import name_of, plain, total_of

chip = demo_chip("is_demo")


def assessed(result: Result) -> Any:
    """The body with a link to the assessment, where there was one."""
    name = name_of(result.body)
    if not result.assessment_id:
        return name
    address = reverse("assessments:assessment", args=[result.assessment_id])
    return format_html('<a href="{}">{}</a>', address, name)


def year_and_chip(result: Result) -> SafeString:
    return format_html(' <span class="meta">{}</span>{}', result.fiscal_year, chip(result))


def total(result: Result) -> SafeString:
    out_of = format_html(' <span class="meta">/ {}</span>', result.out_of) if result.out_of else ""
    return format_html("<strong>{}</strong>{}", total_of(result.total, result.fiscal_year), out_of)


def grade(result: Result) -> Any:
    """The grade, or a dash where the result has none."""
    reached = books.grades(result.fiscal_year).get(result.grade_id)
    return render_to_string("public/_grade.html", {"grade": reached}) if reached else None


class ReleaseList(DecidedList[Result]):
    """Results that are computed and that nobody outside OPDC sees yet. Four queries."""

    title, help = _("page.to_release"), _("page.to_release_help")
    empty = _("page.nothing_to_release")
    picks, template = "result", "results/to_release.html"
    then = ("-fiscal_year", "round_id", "computed_at", "pk")
    filters = (
        body_search("body__"),
        body_kind("body__"),
        body_group("body__"),
        committee_group("body__"),
    )
    columns = (
        Column("body", _("page.name"), "", assessed, phone=FIRST, also=year_and_chip),
        Column("round_id", _("page.round"), as_=code("round")),
        Column("total", _("page.total"), "", total, figure=True),
        Column("grade", _("page.grade"), "", grade),
        Column("reason", _("page.correction")),
    )

    def rows(self) -> QuerySet[Result]:
        return waiting()

    def tokens(self) -> list[tuple[int, str]]:
        """The token of each, those on further pages too. Two queries."""
        if not self.may_pick:
            return []
        bare = self.matching().select_related(None).defer(None).exclude(body__in=self.barred)
        rows = list(bare.values_list("pk", "body__name_th", *SHOWN))
        hashes = hashes_of([pk for pk, *_columns in rows])
        return [
            (pk, seen_token(row_words(body, columns, hashes[pk]))) for pk, body, *columns in rows
        ]


@dataclass(frozen=True)
class Holding:
    """A line of the files of the linkage: a body, and one of those who held its post, or nobody."""

    row: Row
    spell: Spell | None

    @property
    def share(self) -> str:
        return "" if self.row.share is None else f"{self.row.share:f}"


def points(row: Row) -> SafeString:
    if row.points is None:
        return format_html('<span class="meta">{}</span>', _("page.linkage_not_released"))
    return format_html("{} / {}", plain(row.points), plain(row.out_of))


def share(row: Row) -> SafeString | None:
    return None if row.share is None else format_html("<strong>{}</strong>", plain(row.share))


def linkage_field(name: str, of: str, **more: Any) -> Field:
    return Field(name, _(f"page.linkage_{name}"), of, **more)


class LinkageList(WorkedList[Row]):
    """What the appraisal of every head takes: a row for each body one may see. Three queries."""

    title, template = _("page.linkage"), "results/linkage.html"
    address, page_size, official = "results:linkage-export", LONG, True
    filters = (body_search("body__"),)
    columns = (
        body_column("body", ""),
        Column("points", _("page.linkage_points"), "", points, sort="points", figure=True),
        Column("share", _("page.linkage_share"), "", share, sort="share", figure=True),
        Column("holders", _("page.linkage_holders"), cell="results/_holders.html"),
    )
    fields = (
        linkage_field("code", "row.body.code"),
        linkage_field("body", "row.body.name_th"),
        linkage_field("year", "row.year"),
        linkage_field("round", "row.take.number"),
        linkage_field("first", "row.take.first"),
        linkage_field("last", "row.take.last"),
        linkage_field("points", "row.points"),
        linkage_field("out_of", "row.out_of"),
        linkage_field("share", "share", figure=True),
        linkage_field("holder", "spell.name"),
        linkage_field("post", "spell.post"),
        linkage_field("held_from", "spell.first"),
        linkage_field("held_until", "spell.last"),
        linkage_field("days", "spell.days"),
        linkage_field("days_in_round", "row.days_in_round"),
    )

    def __init__(self, request: HttpRequest, year: int, take: Linkage.Take) -> None:
        super().__init__(request)
        self.year, self.take = year, take

    @cached_property
    def visible(self) -> list[Row]:
        return linkage(self.year, self.take, bodies_shown(self.reader.person, self.reader.day))

    def rows(self) -> list[Row]:
        return self.visible

    def shown(self, rows: list[Row]) -> list[Row]:
        """Where nobody is recorded, with the page that records them, for whom its door lets in."""
        roles = roles_of(self.reader.person, self.reader.day)

        def office(row: Row) -> str:
            page = reverse("organisations:office", args=[row.body.code])
            return page if lets_in(page, roles) else ""

        return [row if row.spells else replace(row, office=office(row)) for row in rows]

    def exported(self) -> Iterator[Holding]:
        for row in self.matching():
            yield from (Holding(row, spell) for spell in row.spells or (None,))

    def address_args(self) -> list[object]:
        return [self.year, self.take.number]

    def file_name(self) -> str:
        return f"esar-linkage-{self.year}-{self.take.number}"
