"""The list of self-evaluations, and how each is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds
from esar.platform.organisations.tables import body_column, body_fields, body_search
from esar.platform.ui.cells import demo_chip
from esar.platform.ui.columns import (
    round_column,
    round_field,
    since_column,
    state_column,
    state_field,
    year_column,
    year_field,
)
from esar.platform.ui.filters import State, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import Column, Field, ListPage
from esar.platform.ui.templatetags.words import day, plain
from esar.platform.ui.year import chosen_year
from esar.report.self_evaluations.life import SELF_EVALUATION_LIFE
from esar.report.self_evaluations.models import SelfEvaluation
from esar.report.self_evaluations.queries import rule_of
from esar.report.self_evaluations.states import SelfEvaluationState

STATE = SELF_EVALUATION_LIFE.state_words


def total_words(thing: SelfEvaluation) -> str | None:
    """The body's own total, out of its own scale."""
    if thing.total is None or thing.scale is None:
        return None
    return f"{plain(thing.total)} / {plain(thing.scale)}"


class SelfEvaluationList(ListPage[SelfEvaluation]):
    """Self-evaluations that one may see. Two queries."""

    title, help = _("page.self_evaluations"), _("page.self_evaluations_help")
    empty = _("page.self_evaluations_none")
    name, address = "esar-self-evaluations", "self_evaluations:self-evaluations-export"
    then = ("-fiscal_year", "body__name_key", "pk")
    filters = (
        body_search("body__"),
        Year(path="fiscal_year"),
        State(values=SelfEvaluationState.values, words=code_words(STATE)),
    )
    columns = (
        body_column("body", SELF_EVALUATION_LIFE.page, also=demo_chip("is_demo")),
        year_column("fiscal_year"),
        round_column("round_id", sort="round_id"),
        state_column(STATE),
        Column("total", _("label.self_evaluation_total"), "", total_words, figure=True),
        Column("grade", _("label.self_evaluation_grade")),
        Column("received_on", _("label.self_evaluation_received_on"), as_=day, sort="received_on"),
        since_column(),
    )
    fields = (
        year_field("fiscal_year"),
        round_field("round_id"),
        *body_fields("body"),
        state_field(STATE),
        Field("frame", _("label.self_evaluation_frame")),
        Field("evaluators", _("label.self_evaluation_evaluators")),
        Field("total", _("label.self_evaluation_total"), figure=True),
        Field("scale", _("label.self_evaluation_scale"), figure=True),
        Field("grade", _("label.self_evaluation_grade")),
        Field("letter", _("label.self_evaluation_letter")),
        Field("received_on", _("label.self_evaluation_received_on")),
        Field("put_on", _("label.self_evaluation_put_on")),
    )

    def rows(self) -> QuerySet[Any]:
        return SELF_EVALUATION_LIFE.visible(self.reader.person, self.reader.day)

    def begins(self) -> Iterator[tuple[Any, str]]:
        year = chosen_year(self.request)
        if rule_of(year) and holds(self.reader.person, self.reader.day, Role.ANALYST):
            yield (
                _("page.self_evaluation_ask", (("year", year),)),
                reverse("self_evaluations:ask", args=[year]),
            )
