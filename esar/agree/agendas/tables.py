"""The list of the Cabinet's additions, and the choice of an agenda that many lists offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from esar.agree.agendas.life import ADDITION_LIFE
from esar.agree.agendas.models import MandatedAddition
from esar.agree.agendas.permissions import may_keep
from esar.agree.agendas.queries import agenda_of, agendas_of, key_of
from esar.platform.ui import books
from esar.platform.ui.columns import state_column, state_field
from esar.platform.ui.filters import Reader, Year
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.templatetags.words import day, words
from esar.platform.ui.year import chosen_year


def agenda_keys(reader: Reader) -> list[str]:
    return [key_of(rule) for rule in agendas_of(reader.year)] if reader.year else []


def agenda_words(key: str) -> str:
    """What the newest year that has an agenda so called calls it."""
    rules = (agenda_of(year, key) for year in reversed(books.years()))
    return next((words(rule.label) for rule in rules if rule), key)


class AdditionList(ListPage[MandatedAddition]):
    """Resolutions that add a Joint KPI in mid-year. Two queries."""

    title, empty = _("page.additions"), _("page.additions_none")
    name, address = "esar-additions", "agendas:additions-export"
    sort = "-resolved_on"
    filters = (Year(path="sub_indicator__fiscal_year"),)
    columns = (
        Column(
            "resolution",
            _("label.cabinet_resolution"),
            sort="resolution",
            phone=FIRST,
            link="agendas:addition",
        ),
        Column("resolved_on", _("label.resolved_on"), as_=day, sort="resolved_on"),
        Column("sub_indicator", _("label.sub_indicator"), sort="sub_indicator__code"),
        Column("many", _("label.bodies"), sort="many", figure=True),
        state_column(ADDITION_LIFE.state_words),
    )
    fields = (
        Field("resolution", _("label.cabinet_resolution")),
        Field("resolved_on", _("label.resolved_on")),
        Field("sub_indicator", _("label.sub_indicator"), "sub_indicator.code"),
        Field("bodies", _("label.bodies"), "many"),
        state_field(ADDITION_LIFE.state_words),
    )

    def rows(self) -> QuerySet[Any]:
        visible = ADDITION_LIFE.visible(self.reader.person, self.reader.day)
        counted: QuerySet[Any] = visible.annotate(many=Count("bodies"))
        return counted

    def begins(self) -> Iterator[tuple[Any, str]]:
        if may_keep(self.reader.person, self.reader.day):
            year = chosen_year(self.request)
            yield _("page.addition_new"), reverse("agendas:addition-new", args=[year])
