"""The list of the bodies whose KPIs are in force, with how far their KPI templates are."""

from __future__ import annotations

from django.urls import reverse

from esar.agree.kpi_definitions.queries import Standing, standings, years_with_templates
from esar.agree.kpi_definitions.states import TemplatesState
from esar.agree.scorecards.queries import visible_scorecards
from esar.agree.scorecards.tables import one_year
from esar.platform.organisations.tables import body_fields, body_search
from esar.platform.ui.columns import state_field, year_field
from esar.platform.ui.filters import STATE, State, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, WorkedList
from esar.platform.ui.templatetags.words import name_of


def page_of_templates(standing: Standing) -> str:
    return reverse("kpi_definitions:kpi-templates", args=[standing.card.pk])


def is_late(standing: Standing) -> int:
    return int(standing.late)


class StandingList(WorkedList[Standing]):
    """Who has sent, who is late, what waits for the audit: exceptions first. Three queries."""

    title, empty = _("page.templates"), _("page.templates_none")
    address = "kpi_definitions:kpi-templates-export"
    filters = (
        body_search("card__body__"),
        State(values=TemplatesState.values, words=code_words("templates-state")),
        Year(path="card__fiscal_year", years=years_with_templates, chosen=one_year),
    )
    columns = (
        Column(
            "body",
            _("page.name"),
            "card.body",
            name_of,
            sort="card__body__name_key",
            phone=FIRST,
            link=page_of_templates,
        ),
        Column("state", STATE, cell="kpi_definitions/_templates_standing.html", phone=FIRST),
        Column("due", _("field.due"), cell="kpi_definitions/_due.html", sort="due__last"),
        Column(
            "result",
            _("page.templates_result"),
            cell="kpi_definitions/_result_due.html",
            sort="result_due__last",
        ),
    )
    fields = (
        year_field("card.fiscal_year"),
        *body_fields("card.body"),
        state_field("templates-state"),
        Field("due", _("field.due"), "due.last"),
        Field("received", _("page.received")),
        Field("late", _("page.templates_late"), is_late),
        Field("result_due", _("page.templates_result_due"), "result_due.last"),
    )

    def rows(self) -> list[Standing]:
        cards = visible_scorecards(self.reader.person, self.reader.day)
        return standings(cards, self.reader.year or 0, self.reader.day)

    def file_name(self) -> str:
        return f"esar-kpi-templates-{self.reader.year}"
