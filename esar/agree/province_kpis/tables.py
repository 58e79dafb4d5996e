"""What provinces have chosen of OPDC's list, one KPI side by side; its file can be sent back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from esar.agree.province_kpis.permissions import may_load
from esar.agree.province_kpis.queries import LIST, chosen_kpis, item_of, listed_in
from esar.agree.province_kpis.sheet import TARGETS
from esar.agree.scorecards.models import Kpi
from esar.agree.scorecards.states import State as ScorecardState
from esar.platform.ui.cells import code
from esar.platform.ui.filters import (
    STATE,
    Choice,
    Option,
    Reader,
    Search,
    State,
    Year,
    code_words,
)
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, Column, Field, ListPage
from esar.platform.ui.templatetags.words import name_of, plain_or_dash, words
from esar.platform.ui.year import chosen_year, listed_year

BODY = "scorecard__body__"


@dataclass(frozen=True)
class ListedKpi(Choice):
    """One KPI of the year's list, by its name."""

    def options(self, reader: Reader) -> Iterable[Option]:
        return [(item, words(kpi.label)) for item, kpi in listed_in(reader.year).items()]


def of_item(item: str, reader: Reader) -> Q:  # noqa: ARG001 as a filter asks
    return Q(template__indicator__listed_as=f"{LIST}/{item}")


def direction_words(direction: str) -> str:
    """In words; nothing while none is chosen."""
    return code("choice")(direction) if direction else ""


def target_at(place: int) -> Any:
    return lambda kpi: kpi.targets[place] if place < len(kpi.targets) else ""


def page_of(kpi: Kpi) -> str:
    return reverse("scorecards:scorecard-work", args=[kpi.scorecard_id])


class ChosenKpiList(ListPage[Kpi]):
    """Each KPI of the list on each province's scorecard, in whatever state that is."""

    title, help = _("page.province_kpis"), _("page.province_kpis_help")
    empty, name, page_size = _("page.province_kpis_none"), "esar-province-kpis", LONG
    address, template = "province_kpis:chosen-export", "province_kpis/chosen.html"
    then = ("scorecard__body__code", "template__indicator__listed_as", "pk")
    filters = (
        Search(paths=(f"{BODY}name_th", f"{BODY}code")),
        ListedKpi("item", _("nation.listed_kpi"), "", lambda r: listed_in(r.year), where=of_item),
        State(
            path="scorecard__state",
            values=ScorecardState.values,
            words=code_words("scorecard-state"),
        ),
        Year(path="scorecard__fiscal_year", chosen=lambda r: listed_year(r) or chosen_year(r)),
    )
    columns = (
        Column(
            "body",
            _("nation.province"),
            "scorecard.body",
            name_of,
            f"{BODY}code",
            FIRST,
            link=page_of,
        ),
        Column("item", _("page.kpi"), "template.name", sort="template__indicator__listed_as"),
        Column("weight", _("page.weight"), as_=plain_or_dash, sort="weight", figure=True),
        Column("targets", _("page.targets"), "", lambda kpi: " / ".join(kpi.targets)),
        Column("unit", _("label.unit"), "template.unit"),
        Column("direction", _("label.direction"), "template.direction", direction_words),
        Column("state", STATE, "scorecard.state", code("scorecard-state"), "scorecard__state"),
    )
    fields = (
        Field("body", _("nation.province"), "scorecard.body.code"),
        Field("body_name", _("page.name"), "scorecard.body.name_th"),
        Field("item", _("nation.listed_kpi"), lambda kpi: item_of(kpi.template).upper()),
        Field("name", _("page.kpi"), "template.name"),
        Field("weight", _("page.weight")),
        *(
            Field(name, _("label.target_of_level", (("level", n + 1),)), target_at(n), figure=True)
            for n, name in enumerate(TARGETS)
        ),
        Field("unit", _("label.unit"), "template.unit"),
        Field("direction", _("label.direction"), "template.direction"),
        Field("state", STATE, "scorecard.state", code("scorecard-state")),
    )

    def rows(self) -> QuerySet[Kpi]:
        return chosen_kpis(self.reader.person, self.reader.day)

    def around(self) -> dict[str, Any]:
        """How many provinces have each KPI of the list. One query."""
        cards = Q(scorecard__fiscal_year=self.reader.year or 0)
        rows = self.rows().filter(cards).order_by()
        provinces = Counter(rows.values_list("template__indicator__listed_as", flat=True))
        items = listed_in(self.reader.year).values()
        return {"items": [(item, provinces[f"{LIST}/{item.id}"]) for item in items]}

    def begins(self) -> Iterator[tuple[Any, str]]:
        if listed_in(self.reader.year) and may_load(self.reader.person, self.reader.day):
            yield (
                _("page.province_kpis_load"),
                reverse("province_kpis:load", args=[self.reader.year]),
            )
