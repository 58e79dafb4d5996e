"""T6: which KPIs of the rulebook's list the provinces have in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from esar.agree.indicators.models import Indicator
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.models import ScorecardVersion
from esar.law.rules.book import Rules
from esar.law.rules.kinds import Statement
from esar.law.rules.text import Text
from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.platform.ui.filters import Choice, Option, Reader, Search, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import kind_words, name_of, plain_or_dash, words
from esar.show.nation.registry import AsOf, Figure, Table, register
from esar.show.nation.tables import RowList

LIST = "province-kpis"
COMPONENT = "performance"
ORDER = ("e", "s", "n")
DIMENSIONS = {"e": "economic", "s": "social", "n": "environment"}  # by an item's first letter


@dataclass(frozen=True)
class Chosen:
    """A KPI of the list that a province has in force."""

    body: Body
    item: str
    label: Text
    kpi: AgreedKpi
    year: int

    @property
    def province(self) -> str:
        return self.body.code

    @property
    def dimension(self) -> str:
        return DIMENSIONS.get(self.item[:1], "")


def labels_of(rules: Rules) -> dict[str, Text]:
    """The items of the rulebook's list → their names, in its order."""
    statement = rules.get(LIST, Statement)
    return {item.id: item.label for item in statement.value.items} if statement else {}


def listed_in(year: int | None) -> dict[str, Text]:
    """The same of a year, by its last day."""
    book = books.book(year) if year else None
    return labels_of(book.on(book.year.last_day)) if book else {}


@dataclass(frozen=True)
class ListedKpi(Choice):
    """One KPI of the year's list, by its name."""

    def options(self, reader: Reader) -> Iterable[Option]:
        return [(item, words(label)) for item, label in listed_in(reader.year).items()]


def chosen_of(as_of: AsOf) -> list[Chosen]:
    """What is in force on the day, by province and number. Two queries."""
    labels = labels_of(as_of.rules)
    places = dict(
        Indicator.objects.filter(listed_as__startswith=f"{LIST}/").values_list("code", "listed_as")
    )
    rows = []
    for version in _in_force(as_of):
        for kpi in version.agreed.kpis:
            item = places.get(kpi.indicator, "").rpartition("/")[2]
            if kpi.component == COMPONENT and item in labels and not kpi.cancelled:
                rows.append(Chosen(version.scorecard.body, item, labels[item], kpi, as_of.year))
    return rows


def _in_force(as_of: AsOf) -> list[ScorecardVersion]:
    """The newest version of each province's scorecard that binds on the day, by province."""
    versions = ScorecardVersion.objects.filter(
        scorecard__fiscal_year=as_of.year,
        scorecard__body__kind=Body.Kind.PROVINCE,
        in_force_from__lte=as_of.day,
    )
    newest = {
        version.scorecard_id: version
        for version in versions.select_related("scorecard__body").order_by("number")
    }
    return sorted(newest.values(), key=lambda version: version.scorecard.body.code)


def figures(rows: Sequence[Chosen]) -> Iterator[Figure]:
    items = {row.item: row.dimension for row in rows}
    by_dimension = Counter(items.values())
    sizes = Counter(row.province for row in rows).values()
    yield Figure("provinces", _("nation.provinces"), len(sizes))
    yield Figure("kpis", _("nation.different_kpis"), len(items))
    for dimension in DIMENSIONS.values():
        label, asks = _(f"choice.{dimension}"), f"dimension={dimension}"
        yield Figure(dimension, label, by_dimension[dimension], asks)
    yield Figure("least", _("nation.least_of_a_province"), min(sizes, default=0))
    yield Figure("most", _("nation.most_of_a_province"), max(sizes, default=0))


@dataclass(frozen=True)
class ProvinceLine:
    """A province of the matrix: of each KPI of the list the weight it has there, or None."""

    body: Body
    weights: Sequence[str | None]
    kpis: int


class ChosenList(RowList[Chosen]):
    """Each KPI of the list in each province, with its targets: side by side for one of them."""

    template = "nation/provinces.html"
    filters = (
        Search(paths=("body.name_th", "body.code")),
        Choice(
            "dimension",
            _("label.dimension"),
            values=tuple(DIMENSIONS.values()),
            words=code_words("choice"),
        ),
        ListedKpi("item", _("nation.listed_kpi"), values=lambda reader: listed_in(reader.year)),
    )
    columns = (
        Column("body", _("nation.province"), as_=name_of, sort="province", phone=FIRST),
        Column("label", _("nation.listed_kpi"), as_=words, sort="item"),
        Column("weight", _("page.weight"), "kpi.share", plain_or_dash, "kpi.share", figure=True),
        Column("targets", _("page.targets"), "", lambda row: " / ".join(row.kpi.targets)),
        Column("unit", _("label.unit"), "kpi.unit"),
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
    )

    def around(self) -> dict[str, Any]:
        """The matrix of all provinces and of every KPI that one of them has. No query."""
        chosen = self.rows()
        labels = {row.item: row.label for row in chosen}
        items = sorted(labels, key=lambda item: (ORDER.index(item[0]), int(item[1:])))
        by_body: dict[Body, dict[str, AgreedKpi]] = {}
        for row in chosen:
            by_body.setdefault(row.body, {})[row.item] = row.kpi
        provinces = Counter(row.item for row in chosen)
        return {
            "items": [(item, labels[item], provinces[item]) for item in items],
            "province_lines": [
                ProvinceLine(body, [_weight(kpis.get(item)) for item in items], len(kpis))
                for body, kpis in by_body.items()
            ],
        }


def _weight(kpi: AgreedKpi | None) -> str | None:
    return None if kpi is None else plain_or_dash(kpi.share)


CHOSEN = register(
    Table(
        "T6",
        rows=chosen_of,
        figures=figures,
        page=ChosenList,
        of_year=lambda rules: rules.get(LIST, Statement) is not None,
    )
)
