"""The lists of committees and of their sittings."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from esar.agree.committees.models import Sitting
from esar.agree.committees.queries import counted_sittings, visible_committees
from esar.agree.committees.states import SittingState
from esar.platform.organisations.models import Committee
from esar.platform.ui.columns import state_column, state_field, year_column, year_field
from esar.platform.ui.filters import Search, State, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.templatetags.words import moment, name_of


def page_of_committee(committee: Committee) -> str:
    return reverse("committees:committee", args=[committee.code])


class CommitteeList(ListPage[Committee]):
    """The committees that one may see. Two queries."""

    title, name, address = _("page.committees"), "esar-committees", "committees:committees-export"
    then = ("level", "name_key")
    filters = (Search(paths=("name_th", "name_en", "code")),)
    columns = (
        Column("name", _("page.name"), "", name_of, "name_key", FIRST, link=page_of_committee),
        Column("level", _("field.level"), sort=("level", "name_key"), figure=True),
        Column("code", _("page.code"), sort="code"),
    )
    fields = (
        Field("code", _("page.code")),
        Field("name", _("page.name"), "name_th"),
        Field("level", _("field.level")),
    )

    def rows(self) -> QuerySet[Committee]:
        return visible_committees(self.reader.person, self.reader.day)


class SittingList(ListPage[Sitting]):
    """The sittings that one may see. A constant number of queries."""

    title, empty = _("page.sittings"), _("page.sittings_none")
    name, address, template = "esar-sittings", "committees:sittings-export", "committees/list.html"
    sort, then = "-held_at", ("-pk",)
    filters = (
        Search(paths=("committee__name_th", "committee__name_en", "committee__code", "place")),
        State(values=SittingState.values, words=code_words("sitting-state")),
        Year(),
    )
    columns = (
        Column("name", _("page.name"), "", phone=FIRST, link="committees:sitting"),
        Column("held_at", _("label.held_at"), as_=moment, sort="held_at"),
        state_column("sitting-state"),
        Column("items", _("page.agenda"), sort="items", figure=True),
        year_column(sort="fiscal_year"),
    )
    fields = (
        Field("committee", _("page.code"), "committee.code"),
        Field("name", _("page.name"), "committee.name_th"),
        year_field(),
        Field("number", _("page.sitting_number")),
        Field("held_at", _("label.held_at")),
        Field("place", _("label.place")),
        state_field("sitting-state"),
        Field("items", _("page.agenda")),
    )

    def rows(self) -> QuerySet[Sitting]:
        return counted_sittings(self.reader.person, self.reader.day)

    def around(self) -> dict[str, Any]:
        return {"committees": list(visible_committees(self.reader.person, self.reader.day))}
