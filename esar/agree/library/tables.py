"""The list of the indicators that one may look up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.indicators.queries import library, listed_for_others
from esar.agree.library.permissions import may_keep_list
from esar.agree.library.queries import visible_indicators
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.permissions import may_edit
from esar.agree.scorecards.queries import visible_scorecards
from esar.platform.ui.columns import year_field
from esar.platform.ui.filters import BoundFilter, Choice, Search, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.lists import number_of
from esar.platform.ui.templatetags.words import say_code

PATHS = ("name", "indicator__code", "definition", "owner")


def page_of_indicator(version: IndicatorVersion) -> str:
    return reverse("library:indicator", args=[version.indicator.code])


def direction_words(direction: str) -> str:
    return say_code(direction or "direction-not-chosen", "choice")


def list_of_opdc(version: IndicatorVersion) -> SafeString | str:
    """Of which year's list of OPDC it is, where it is no body's own."""
    if version.indicator.body_id:
        return ""
    words = _("page.on_list_of", (("year", version.fiscal_year),))
    return format_html('<br><span class="meta">{}</span>', words)


class IndicatorList(ListPage[IndicatorVersion]):
    """The newest version of each indicator one may see; for a scorecard, its year's."""

    title, help = _("page.library"), _("page.library_help")
    name, address = "esar-indicators", "library:indicators-export"
    sort = "name"
    filters = (
        Search(paths=PATHS),
        Choice(
            "direction",
            _("label.direction"),
            values=("higher", "lower"),
            words=code_words("choice"),
        ),
    )
    columns = (
        Column("name", _("page.name"), sort="name", phone=FIRST, link=page_of_indicator),
        Column("code", _("page.code"), "indicator.code", sort="indicator__code", also=list_of_opdc),
        Column("unit", _("label.unit"), sort="unit"),
        Column("direction", _("label.direction"), as_=direction_words, sort="direction"),
    )
    fields = (
        Field("code", _("page.code"), "indicator.code"),
        Field("name", _("page.name")),
        year_field(),
        Field("unit", _("label.unit")),
        Field("direction", _("label.direction"), as_=direction_words),
        Field("body", _("label.body"), "indicator.body.code"),
    )

    def rows(self) -> QuerySet[IndicatorVersion]:
        visible = visible_indicators(self.reader.person, self.reader.day)
        year = self.card.fiscal_year if self.card else None
        indicators = library(year=year).filter(pk__in=visible.values("pk"))
        if self.card is None:
            return indicators
        foreign_lists = listed_for_others(self.card.fiscal_year, self.card.body.kind)
        return indicators.exclude(foreign_lists)

    def begins(self) -> Iterator[tuple[Any, str]]:
        if may_keep_list(self.reader.person, None, self.reader.day):
            yield _("page.indicator_new"), reverse("library:indicator-list")

    @cached_property
    def card(self) -> Scorecard | None:
        """The scorecard that an indicator is looked for, where the reader may change it."""
        number = number_of(self.reader.asks("card"))
        visible = visible_scorecards(self.reader.person, self.reader.day)
        card = visible.filter(pk=number).first() if number is not None else None
        return card if card and may_edit(self.reader.person, card, self.reader.day) else None

    @cached_property
    def shown_columns(self) -> Sequence[Column]:
        if self.card is None:
            return self.columns
        address = f"{reverse('scorecards:kpi-new', args=[self.card.pk])}?from="
        use = Column("use", _("page.use"), "", use_words, link=lambda row: f"{address}{row.pk}")
        return [*self.columns, use]

    def bound_filters(self) -> Iterator[BoundFilter]:
        yield from super().bound_filters()
        if self.card:
            yield BoundFilter("card", "", str(self.card.pk), kind="hidden")

    def cleared(self) -> str:
        return f"?card={self.card.pk}" if self.card else super().cleared()


def use_words(version: IndicatorVersion) -> str:  # noqa: ARG001 the same for each
    return str(_("page.use"))
