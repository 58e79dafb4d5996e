"""The provinces of a quarter's summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.platform.organisations.tables import body_fields, body_search
from esar.platform.ui.cells import code
from esar.platform.ui.filters import STATE, State, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, Column, Field, WorkedList
from esar.platform.ui.templatetags.words import month, name_of, say_code
from esar.report.activity_plans.monthly.summary.queries import (
    OUTCOMES,
    STANDINGS,
    Province,
    Summary,
)

FIGURES = ("planned", *OUTCOMES)


def figure_words(name: str) -> Any:
    return _("page.plan_planned") if name == "planned" else _(f"outcome.{name}")


def sent_in(of: date) -> Callable[[Province], str | None]:
    """How a province reported a month; nothing where it has no plan."""
    return lambda province: dict(province.months).get(of)


def mark_of_month(of: date) -> Callable[[Province], SafeString | None]:
    def mark(province: Province) -> SafeString | None:
        state = sent_in(of)(province)
        if state is None:
            return None
        css = "late" if state in ("missing", "late") else "meta"
        return format_html('<span class="{}">{}</span>', css, say_code(state, "sent"))

    return mark


def province_link(row: Province) -> Any:
    """Its name; a link to its months where it has a plan."""
    name = name_of(row.body)
    if row.plan is None:
        return name
    address = reverse("monthly:plan-months", args=[row.plan.pk])
    return format_html('<a href="{}">{}</a>', address, name)


class ProvinceList(WorkedList[Province]):
    """Every province of a quarter, exceptions first. No query of its own."""

    empty, page_size = _("page.plan_no_province"), LONG
    address, template = "monthly:plan-summary-export", "monthly/summary.html"
    filters = (
        body_search("body__"),
        State("standing", STATE, values=STANDINGS, words=code_words("standing")),
    )

    def __init__(self, request: HttpRequest, summary: Summary) -> None:
        super().__init__(request)
        self.summary = summary
        about = (("quarter", summary.quarter), ("year", summary.year))
        self.title = _("page.plan_summary_of", about)

    @cached_property
    def shown_columns(self) -> Sequence[Column]:
        months = [
            Column(f"{of:%Y-%m}", month(of), "", mark_of_month(of)) for of in self.summary.months
        ]
        figures = [
            Column(name, figure_words(name), f"outputs.{name}", figure=True) for name in FIGURES
        ]
        return [
            Column("province", _("page.plan_province"), "", province_link, phone=FIRST),
            Column(
                "standing",
                STATE,
                cell="monthly/_province_standing.html",
                alike="standing",
                phone=FIRST,
                css="standing",
            ),
            *months,
            *figures,
        ]

    @cached_property
    def file_fields(self) -> Sequence[Field]:
        code_of, name = body_fields("body")
        return [
            code_of,
            Field("province", name.label, name.of),
            Field("standing", STATE, as_=code("standing")),
            *(
                Field(f"{of:%Y-%m}", month(of), sent_in(of), as_=code("sent"))
                for of in self.summary.months
            ),
            *(Field(name, figure_words(name), f"outputs.{name}") for name in FIGURES),
            Field("struck_since", _("page.plan_struck_since"), "struck_since"),
        ]

    def rows(self) -> list[Province]:
        return self.summary.provinces

    def address_args(self) -> list[object]:
        return [self.summary.year, self.summary.quarter]

    def file_name(self) -> str:
        return f"esar-plan-summary-{self.summary.year}-q{self.summary.quarter}"
