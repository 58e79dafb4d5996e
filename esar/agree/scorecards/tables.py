"""The lists of scorecards and of their KPIs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from esar.agree.scorecards.content import contents_of, kpis_of_many
from esar.agree.scorecards.counted_weights import Weight, weights_now
from esar.agree.scorecards.life import SCORECARD_LIFE, parts_of
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.queries import counted_scorecards, visible_scorecards
from esar.agree.scorecards.states import State as ScorecardState
from esar.platform.organisations.tables import (
    DecidedList,
    body_column,
    body_fields,
    body_group,
    body_kind,
    body_search,
    committee_group,
)
from esar.platform.ui import books
from esar.platform.ui.cells import code
from esar.platform.ui.columns import since_column, state_column, year_column, year_field
from esar.platform.ui.filters import STATE, Choice, Reader, Search, State, Year, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.templatetags.words import figure_words, kind_words, name_of, plain_or_dash
from esar.platform.ui.year import chosen_year, listed_year

BODY = "scorecard__body__"
IN_BULK = (ScorecardState.COLLECT, ScorecardState.INFORM)


def number_or_zero(number: int | None) -> int:
    return number or 0


class ScorecardList(DecidedList[Scorecard]):
    """Every scorecard one may see. A constant number of queries."""

    title, empty = _("page.scorecards"), _("page.no_scorecards")
    address, template, picks = "scorecards:scorecards-export", "scorecards/list.html", "scorecard"
    sort, then = "-year", ("body__name_key", "-fiscal_year")
    filters = (
        body_search("body__"),
        State(values=ScorecardState.values, words=code_words("scorecard-state")),
        body_kind("body__"),
        body_group("body__"),
        committee_group("body__"),
        Year(),
    )
    columns = (
        body_column("body", "scorecards:scorecard-work", demo="is_demo"),
        year_column(sort="fiscal_year"),
        state_column("scorecard-state"),
        Column("kpi_count", _("page.kpis"), as_=number_or_zero, figure=True),
        since_column(),
    )

    def rows(self) -> QuerySet[Scorecard]:
        return counted_scorecards(self.reader.person, self.reader.day)

    def tokens(self) -> list[tuple[int, str]]:
        """What each row of the page holds, where it can be moved with others. One query."""
        cards = [line.row for line in self.lines if line.row.state in IN_BULK]
        contents = contents_of(cards)
        return [(card.pk, SCORECARD_LIFE.seen(card, parts_of(contents[card.pk]))) for card in cards]


def one_year(request: HttpRequest) -> int:
    return listed_year(request) or chosen_year(request)


def name_of_kpi(kpi: Kpi) -> str:
    return f"{kpi.number} {kpi.template.name}"


def page_of_card(row: KpiRow) -> str:
    return reverse("scorecards:scorecard-work", args=[row.kpi.scorecard_id])


def targets_of(row: KpiRow) -> str:
    return " / ".join(row.kpi.targets)


def _kinds(reader: Reader) -> list[str]:
    return [rule.id for rule in books.kinds_of_kpis(reader.year)]


def _groups(reader: Reader) -> list[str]:
    return list(books.groups_of_kpis(reader.year))


def _of_group(number: str, reader: Reader) -> Q:
    return Q(kind__in=books.groups_of_kpis(reader.year)[number])


def _labels(year: int | None) -> dict[str, str]:
    """What a year calls its kinds; of all years, as the newest does."""
    return {rule.id: figure_words(rule.label) for rule in books.kinds_of_kpis(year)}


@dataclass(frozen=True)
class KindChoice(Choice):
    """The kinds of KPI of the year that the list shows."""

    def options(self, reader: Reader) -> list[tuple[str, str]]:
        return list(_labels(reader.year).items())


def kind_of_row(row: KpiRow) -> str:
    return kind_words(row.kpi.kind, row.kpi.scorecard.fiscal_year)


def group_of_row(row: KpiRow) -> str:
    kind = books.kind_of_kpi(row.kpi.scorecard.fiscal_year, row.kpi.kind)
    return kind.group_number if kind else ""


@dataclass(frozen=True)
class KindCount:
    """How many KPIs of what is listed are of a kind."""

    kind: str
    label: str
    group: str
    kpis: int


def _counted(kpi: Kpi, weights: dict[str, Weight] | None) -> Decimal | None:
    if weights is not None:
        return weights[kpi.number].counted
    return kpi.weight if kpi.effective_weight is None else kpi.effective_weight


@dataclass(frozen=True)
class KpiRow:
    """A KPI with the weight that counts, as the files have it."""

    kpi: Kpi
    counted: Decimal | None

    @property
    def rounds(self) -> str:
        """What earlier rounds hold it to: "6m: 560 / 600 / 640", or whose targets."""
        return "; ".join(
            f"{agreed['round']}: {' / '.join(agreed.get('targets', ())) or agreed['held_to']}"
            for agreed in self.kpi.rounds
        )


class KpiList(ListPage[Kpi]):
    """The KPIs of the scorecards of a year that one may see, by kind.

    A file costs one query, and one more where a scorecard of an earlier release has a cancelled
    KPI.
    """

    title, help = _("page.kpis"), _("page.kpis_help")
    address, template = "scorecards:scorecards-export", "scorecards/kpis.html"
    then = ("scorecard__body__code", "number", "pk")
    filters = (
        Search(paths=("template__name", "scorecard__body__name_th", "scorecard__body__code")),
        KindChoice("kind_of_kpi", _("label.kind"), "kind", _kinds),
        Choice("kpi_group", _("label.kpi_group"), "kind", _groups, str, where=_of_group),
        State(
            path="scorecard__state",
            values=ScorecardState.values,
            words=code_words("scorecard-state"),
        ),
        body_kind(BODY),
        body_group(BODY),
        committee_group(BODY),
        Year(path="scorecard__fiscal_year", chosen=one_year),
    )
    columns = (
        Column(
            "name", _("page.kpi"), "kpi", name_of_kpi, "template__name", FIRST, link=page_of_card
        ),
        Column(
            "body", _("page.of_body"), "kpi.scorecard.body", name_of, "scorecard__body__name_key"
        ),
        Column("kind", _("label.kind"), "", kind_of_row, sort="kind"),
        Column("weight", _("page.weight"), "counted", plain_or_dash, "weight", figure=True),
        Column("targets", _("page.targets"), "", targets_of),
        Column("state", STATE, "kpi.scorecard.state", code("scorecard-state"), "scorecard__state"),
    )
    fields = (
        year_field("kpi.scorecard.fiscal_year"),
        *body_fields("kpi.scorecard.body"),
        Field("state", STATE, "kpi.scorecard.state", code("scorecard-state")),
        Field("kpi", _("page.kpi"), "kpi.number"),
        Field("kpi_kind", _("label.kind"), "kpi.kind"),
        Field("kpi_group", _("label.kpi_group"), group_of_row),
        Field("indicator", _("page.code"), "kpi.template.indicator.code"),
        Field("name", _("page.name"), "kpi.template.name"),
        Field("unit", _("label.unit"), "kpi.template.unit"),
        Field("weight", _("page.weight"), "counted"),
        Field("targets", _("page.targets"), targets_of),
        Field("agreed_weight", _("label.agreed_weight"), "kpi.weight"),
        Field("cancelled", _("label.cancelled"), "kpi.cancelled"),
        Field("rounds", _("page.round_targets")),
    )

    def rows(self) -> QuerySet[Kpi]:
        cards = visible_scorecards(self.reader.person, self.reader.day)
        kpis = Kpi.objects.filter(scorecard__in=cards)
        return kpis.select_related("template__indicator", "scorecard__body")

    def around(self) -> dict[str, Any]:
        """How many of the KPIs that were asked for are of each kind. One query."""
        labels = _labels(self.reader.year)
        counts = dict(self.matching().order_by().values_list("kind").annotate(Count("pk")))
        groups = books.groups_of_kpis(self.reader.year)
        group_of = {kind: number for number, kinds in groups.items() for kind in kinds}
        kinds = [kind for kind in [*_kinds(self.reader), *sorted(counts)] if counts.get(kind)]
        return {
            "kind_counts": [
                KindCount(kind, labels.get(kind, kind), group_of.get(kind, ""), counts[kind])
                for kind in dict.fromkeys(kinds)
                if kind
            ],
            "kpis_counted": sum(counts.values()),
        }

    def exported(self) -> list[KpiRow]:
        return self.shown(list(self.matching()))

    def shown(self, kpis: list[Kpi]) -> list[KpiRow]:  # type: ignore[override]
        unsaid = {
            kpi.scorecard_id: kpi.scorecard
            for kpi in kpis
            if kpi.cancelled and kpi.effective_weight is None
        }
        of_card = kpis_of_many(unsaid.values()) if unsaid else {}
        weights = {pk: weights_now(card, of_card[pk]) for pk, card in unsaid.items()}
        return [KpiRow(kpi, _counted(kpi, weights.get(kpi.scorecard_id))) for kpi in kpis]

    def file_name(self) -> str:
        return f"esar-kpis-{self.reader.year}"
