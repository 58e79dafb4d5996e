"""The list of results that wait for their release."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.judge.results.life import RESULT_LIFE, row_of
from esar.judge.results.models import Result
from esar.judge.results.queries import hashes_of, waiting
from esar.platform.organisations.tables import body_group, body_kind, body_search
from esar.platform.ui import books
from esar.platform.ui.cells import code, demo_chip
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, PAGE_SIZE, Column, ListPage
from esar.platform.ui.templatetags.words import name_of, total_of

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
    full = getattr(result, "full", None)  # as the list of results has it
    out_of = format_html(' <span class="meta">/ {}</span>', full) if full else ""
    return format_html("<strong>{}</strong>{}", total_of(result.total, result.fiscal_year), out_of)


def grade(result: Result) -> Any:
    """The grade, or a dash where the result has none."""
    reached = books.grades(result.fiscal_year).get(result.grade_id)
    return render_to_string("public/_grade.html", {"grade": reached}) if reached else None


class ReleaseList(ListPage[Result]):
    """Results that are computed and that nobody outside OPDC sees yet. Five queries."""

    title, help = _("page.to_release"), _("page.to_release_help")
    empty = _("page.nothing_to_release")
    picks, template = "result", "results/to_release.html"
    then = ("-fiscal_year", "round_id", "computed_at", "pk")
    filters = (body_search("body__"), body_kind("body__"), body_group("body__"))
    columns = (
        Column("body", _("page.name"), "", assessed, phone=FIRST, also=year_and_chip),
        Column("round_id", _("page.round"), as_=code("round")),
        Column("total", _("page.total"), "", total, figure=True),
        Column("grade", _("page.grade"), "", grade),
        Column("reason", _("page.correction")),
    )

    def rows(self) -> QuerySet[Result]:
        return waiting()

    @cached_property
    def results(self) -> list[Result]:
        """Every one that matches: whoever may release them all sees how many they are."""
        return list(self.matching())

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.results, PAGE_SIZE).get_page(self.request.GET.get("page"))

    def tokens(self) -> list[tuple[int, str]]:
        """The token of each, those on further pages too. One query, which counting saves."""
        hashes = hashes_of(self.results) if self.may_pick else {}
        return [
            (result.pk, RESULT_LIFE.seen(result, row_of(result, hashes[result.pk])))
            for result in self.results
            if self.may_pick
        ]
