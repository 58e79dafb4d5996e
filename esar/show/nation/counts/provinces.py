"""T6: which KPIs of the rulebook's list the provinces have in force, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from esar.agree.indicators.models import Indicator
from esar.agree.province_kpis.queries import LIST, listed_in, listed_kpis
from esar.agree.province_kpis.tables import ListedKpi
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.in_force import in_force_on
from esar.judge.results.queries import released
from esar.law.rules.kinds import KpiList
from esar.law.rules.text import Text
from esar.platform.organisations.models import Body
from esar.platform.organisations.tables import committee_group
from esar.platform.ui.cells import code
from esar.platform.ui.filters import Choice, Reader, Search, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import kind_words, name_of, plain_or_dash, words
from esar.show.nation.registry import AsOf, Figure, Table, Together, register
from esar.show.nation.tables import Each, RowList

COMPONENT = "performance"
DIMENSIONS = ("economic", "social", "environment")
ROUND = "12m"  # whose results are the year's


@dataclass(frozen=True)
class Outcome:
    """What a released result says of a KPI: the actual, where it is one figure, and its points."""

    actual: str | None
    points: Decimal | None


@dataclass(frozen=True)
class Chosen:
    """A KPI of the list that a province has in force."""

    body: Body
    listed: KpiList.Kpi
    kpi: AgreedKpi
    year: int
    outcome: Outcome | None  # of a released result

    @property
    def item(self) -> str:
        return self.listed.id

    @property
    def label(self) -> Text:
        return self.listed.label

    @property
    def province(self) -> str:
        return self.body.code

    @property
    def dimension(self) -> str:
        return self.listed.theme

    @property
    def actual(self) -> str | None:
        return self.outcome.actual if self.outcome else None

    @property
    def points(self) -> Decimal | None:
        return self.outcome.points if self.outcome else None


def chosen_of(as_of: AsOf) -> list[Chosen]:
    """What is in force on the day, by province and number. Three queries."""
    items = listed_kpis(as_of.rules)
    places = dict(
        Indicator.objects.filter(listed_as__startswith=f"{LIST}/").values_list("code", "listed_as")
    )
    by_kpi = outcomes(as_of.year)
    rows = []
    in_force = in_force_on(as_of.year, as_of.day, Body.Kind.PROVINCE)
    for row in sorted(in_force, key=lambda row: row.body.code):
        for kpi in row.agreed.kpis:
            item = items.get(places.get(kpi.indicator, "").rpartition("/")[2])
            if kpi.component == COMPONENT and item is not None and not kpi.cancelled:
                outcome = by_kpi.get((row.body.pk, kpi.number))
                rows.append(Chosen(row.body, item, kpi, as_of.year, outcome))
    return rows


def outcomes(year: int) -> dict[tuple[int, str], Outcome]:
    """(body, number of a KPI) → what its released result says of it. One query."""
    rows = released().filter(fiscal_year=year, round_id=ROUND, body__kind=Body.Kind.PROVINCE)
    return {
        (body, kpi["id"]): Outcome(
            kpi["result"].get("actual"),
            None if kpi["points"] is None else Decimal(kpi["points"]),
        )
        for body, kpis in rows.values_list("body", "explanation__kpis")
        for kpi in kpis
        if kpi["component"] == COMPONENT
    }


def figures(rows: Sequence[Chosen]) -> Iterator[Figure]:
    items = {row.item: row.dimension for row in rows}
    by_dimension = Counter(items.values())
    sizes = Counter(row.province for row in rows).values()
    yield Figure("provinces", _("nation.provinces"), len(sizes), "each=province")
    yield Figure("kpis", _("nation.different_kpis"), len(items), "each=kpi")
    for dimension in DIMENSIONS:
        label, asks = _(f"choice.{dimension}"), f"each=kpi&dimension={dimension}"
        yield Figure(dimension, label, by_dimension[dimension], asks)
    for name, count in (("least", min(sizes, default=0)), ("most", max(sizes, default=0))):
        asks = f"each=province&kpis={count}"
        yield Figure(name, _(f"nation.{name}_of_a_province"), count, asks)


@dataclass(frozen=True)
class ProvinceLine:
    """A province of the matrix: what it has of each KPI of the list, or None; a KPI that is meant
    for it and that it has not is `missing`.
    """

    body: Body
    cells: Sequence[tuple[Chosen | None, bool]]
    kpis: int


def actual_words(actual: str | None) -> str:
    return plain_or_dash(None if actual is None else Decimal(actual))


EACH = Each(values=("province", "kpi"))
SEARCH = Search(paths=("body.name_th", "body.code"))
DIMENSION = Choice("dimension", _("label.dimension"), values=DIMENSIONS, words=code_words("choice"))


class ChosenList(RowList[Chosen]):
    """Each KPI of the list in each province, with its targets: side by side for one of them."""

    template = "nation/provinces.html"
    filters = (
        SEARCH,
        DIMENSION,
        ListedKpi("item", _("nation.listed_kpi"), values=lambda reader: listed_in(reader.year)),
        committee_group("body__"),
        EACH,
    )
    columns = (
        Column("body", _("nation.province"), as_=name_of, sort="province", phone=FIRST),
        Column("label", _("nation.listed_kpi"), as_=words, sort="item"),
        Column("weight", _("page.weight"), "kpi.share", plain_or_dash, "kpi.share", figure=True),
        Column("targets", _("page.targets"), "", lambda row: " / ".join(row.kpi.targets)),
        Column("unit", _("label.unit"), "kpi.unit"),
        Column("actual", _("nation.result"), as_=actual_words, figure=True),
        Column("points", _("field.points"), as_=plain_or_dash, sort="points", figure=True),
    )
    fields = (
        Field("province", _("nation.province")),
        Field("name", _("page.name"), lambda row: name_of(row.body)),
        Field("item", _("nation.listed_kpi")),
        Field("label", _("page.kpi"), lambda row: words(row.label)),
        Field("dimension", _("label.dimension")),
        Field("kind", _("label.kind"), lambda row: kind_words(row.kpi.kind, row.year)),
        Field("weight", _("page.weight"), "kpi.share"),
        Field("targets", _("page.targets"), lambda row: " / ".join(row.kpi.targets)),
        Field("unit", _("label.unit"), "kpi.unit"),
        Field("actual", _("nation.result"), figure=True),
        Field("points", _("field.points"), figure=True),
    )

    def around(self) -> dict[str, Any]:
        """The matrix of all provinces and of every KPI that one of them has. No query."""
        chosen = self.rows()
        provinces = Counter(row.item for row in chosen)
        items = [item for item in listed_kpis(self.as_of.rules).values() if provinces[item.id]]
        by_body: dict[Body, dict[str, Chosen]] = {}
        for row in chosen:
            by_body.setdefault(row.body, {})[row.item] = row
        return {
            "items": [(item.id, item.label, provinces[item.id]) for item in items],
            "province_lines": [
                ProvinceLine(body, [cell_of(body, item, kpis) for item in items], len(kpis))
                for body, kpis in by_body.items()
            ],
        }


@dataclass(frozen=True)
class ProvinceKpis:
    """A province with the KPIs of the list that it has."""

    body: Body
    labels: tuple[Text, ...]

    @property
    def kpis(self) -> int:
        return len(self.labels)


@dataclass(frozen=True)
class KpiProvinces:
    """A KPI of the list with the provinces that have it."""

    listed: KpiList.Kpi
    year: int
    bodies: tuple[Body, ...]

    @property
    def provinces(self) -> int:
        return len(self.bodies)


def provinces_once(rows: Sequence[Chosen]) -> list[ProvinceKpis]:
    """Each province with its KPIs."""
    labels: dict[Body, list[Text]] = {}
    for row in rows:
        labels.setdefault(row.body, []).append(row.label)
    return [ProvinceKpis(body, tuple(its)) for body, its in labels.items()]


def kpis_once(rows: Sequence[Chosen]) -> list[KpiProvinces]:
    """Each KPI of the list with its provinces, in the order of the list."""
    bodies: dict[str, list[Chosen]] = {}
    for row in rows:
        bodies.setdefault(row.item, []).append(row)
    return [
        KpiProvinces(its[0].listed, its[0].year, tuple(row.body for row in its))
        for _item, its in sorted(bodies.items())
    ]


def _numbers(reader: Reader) -> list[str]:
    """How many KPIs of the list a province may have."""
    return [str(place) for place, _item in enumerate(listed_in(reader.year), start=1)]


class ProvinceRows(RowList[ProvinceKpis]):
    """Provinces, each once."""

    filters = (
        SEARCH,
        Choice("kpis", _("nation.kpis"), values=_numbers),
        committee_group("body__"),
        EACH,
    )
    columns = (
        Column("body", _("nation.province"), as_=name_of, sort="body__code", phone=FIRST),
        Column("kpis", _("nation.kpis"), sort="kpis", figure=True),
        Column("labels", _("nation.listed_kpi"), as_=lambda labels: " · ".join(map(words, labels))),
    )
    fields = (
        Field("province", _("nation.province"), "body.code"),
        Field("name", _("page.name"), lambda row: name_of(row.body)),
        Field("kpis", _("nation.kpis")),
        Field("labels", _("nation.listed_kpi"), lambda row: " · ".join(map(words, row.labels))),
    )


class KpiRows(RowList[KpiProvinces]):
    """KPIs of the list, each once; a KPI's name leads to all that have it, side by side."""

    filters = (
        Choice(
            "dimension", DIMENSION.label, "listed.theme", DIMENSIONS, words=code_words("choice")
        ),
        EACH,
    )
    columns = (
        Column(
            "label",
            _("nation.listed_kpi"),
            "listed.label",
            words,
            phone=FIRST,
            link=lambda row: f"?item={row.listed.id}#rows",
        ),
        Column("dimension", _("label.dimension"), "listed.theme", code("choice")),
        Column("provinces", _("nation.provinces"), sort="provinces", figure=True),
    )
    fields = (
        Field("item", _("nation.listed_kpi"), "listed.id"),
        Field("label", _("page.kpi"), lambda row: words(row.listed.label)),
        Field("dimension", _("label.dimension"), "listed.theme"),
        Field("provinces", _("nation.provinces")),
    )


def cell_of(
    body: Body, item: KpiList.Kpi, kpis: Mapping[str, Chosen]
) -> tuple[Chosen | None, bool]:
    """What a province has of a KPI, and whether it is meant for it and is not there."""
    kpi = kpis.get(item.id)
    return kpi, kpi is None and body.code in item.meant_for


CHOSEN = register(
    Table(
        "T6",
        rows=chosen_of,
        figures=figures,
        page=ChosenList,
        of_year=lambda rules: rules.get(LIST, KpiList) is not None,
        each={
            "province": Together(provinces_once, ProvinceRows),
            "kpi": Together(kpis_once, KpiRows),
        },
    )
)
