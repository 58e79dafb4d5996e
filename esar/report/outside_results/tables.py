"""The list of results from outside that a person sends; its file can be sent back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.urls import reverse

from esar.agree.agendas.tables import agenda_keys, agenda_words
from esar.platform.organisations.tables import body_column
from esar.platform.ui.cells import state_mark
from esar.platform.ui.filters import Choice, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, Column, Field, WorkedList
from esar.platform.ui.templatetags.words import plain
from esar.platform.ui.year import chosen_year
from esar.report.outside_results.queries import DueResult, results_to_send

STANDINGS = ("awaited", "reached", "not_reached", "no_figure")


def page_of(due: DueResult) -> str:
    return reverse("outside_results:result", args=[due.holder.pk])


def figure_words(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


class OutsideResultList(WorkedList[DueResult]):
    """Whose results a person sends, and which are still to come. Three queries."""

    title, help = _("page.outside_results"), _("page.outside_results_help")
    empty = _("page.outside_results_none")
    name, address, page_size = "esar-outside-results", "outside_results:results-export", LONG
    filters = (
        Year(path="year"),
        Choice("agenda", _("label.agenda"), values=agenda_keys, words=agenda_words),
        Choice("standing", _("page.state"), values=STANDINGS, words=code_words("outside-standing")),
    )
    columns = (
        body_column("body", page_of, demo="is_demo"),
        Column("name", _("label.sub_indicator"), "sub_indicator.name", phone=FIRST),
        Column("code", _("page.code"), "sub_indicator.code", sort="sub_indicator.code"),
        Column("target", _("label.main_target"), as_=figure_words, figure=True),
        Column("value", _("label.outside_result"), as_=figure_words, figure=True),
        Column("unit", _("label.unit"), "sub_indicator.unit"),
        Column("remark", _("label.outside_remark")),
        Column(
            "standing",
            _("page.state"),
            as_=state_mark("outside-standing", reached="done"),
            phone=FIRST,
        ),
    )
    fields = (
        Field("code", _("page.code"), "sub_indicator.code"),
        Field("name", _("label.sub_indicator"), "sub_indicator.name"),
        Field("body", _("label.body"), "body.code"),
        Field("body_name", _("page.name"), "body.name_th"),
        Field("target", _("label.main_target"), figure=True),
        Field("unit", _("label.unit"), "sub_indicator.unit"),
        Field("value", _("label.outside_result"), figure=True),
        Field("remark", _("label.outside_remark")),
    )

    def rows(self) -> list[DueResult]:
        year, reader = self.reader.year, self.reader
        return results_to_send(reader.person, year, reader.day) if year else []

    def begins(self) -> Iterator[tuple[Any, str]]:
        year = self.reader.year or chosen_year(self.request)
        yield _("page.outside_results_load"), reverse("outside_results:load", args=[year])
