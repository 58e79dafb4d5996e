"""Q1 to Q3: who has no strategic KPI, what weight Joint KPIs have, who has too many or few KPIs.

No document prints them, so they are questions and no tables: they stand beside the year's tables,
and each answers with its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse

from esar.agree.strategic_kpis.queries import JOINT, STRATEGIC, Classed, KpiInForce, kpis_in_force
from esar.law.rules.kinds import KpiCount
from esar.law.rules.numbers import exact_sum, trimmed
from esar.platform.organisations.models import Body
from esar.platform.organisations.tables import BodySearch, body_column, committee_group
from esar.platform.ui.cells import code
from esar.platform.ui.filters import Choice, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import name_of
from esar.show.nation.counts.strategic import classed_of, has_strategic
from esar.show.nation.registry import AsOf, Figure, Table, register_question
from esar.show.nation.tables import RowList

LINKED, UNLINKED = LINKS = ("linked", "unlinked")
WITHIN, FEWER, MORE = RANGES = ("within", "fewer", "more")


@dataclass
class BodyLine:
    """A body with its KPIs in force: how many, of which class, and the weight on Joint KPIs."""

    body: Body
    least: int | None
    most: int | None
    kpis: list[KpiInForce] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.kpis)

    @property
    def strategic(self) -> int:
        return self.classes.count(STRATEGIC)

    @property
    def joint(self) -> int:
        return self.classes.count(JOINT)

    @property
    def joint_held(self) -> str:
        return "yes" if self.joint else "no"

    @property
    def other(self) -> int:
        return self.count - self.strategic - self.joint

    @property
    def linked(self) -> str:
        return LINKED if self.strategic else UNLINKED

    @property
    def joint_weight(self) -> Decimal:
        """The weight that its Joint KPIs have, in per cent of its scorecard."""
        shares = [
            row.kpi.share or Decimal(0)
            for row, klass in zip(self.kpis, self.classes, strict=True)
            if klass == JOINT
        ]
        return trimmed(exact_sum(shares))

    @property
    def range(self) -> str:
        """Whether it has as many KPIs as the rules would have it, fewer or more."""
        if self.least is not None and self.count < self.least:
            return FEWER
        return MORE if self.most is not None and self.count > self.most else WITHIN


def departments_of(as_of: AsOf) -> list[BodyLine]:
    """Every department with KPIs in force. Four queries, for all tables of a page."""
    return _lines(as_of, Body.Kind.DEPARTMENT, as_of.once(classed_of))


def provinces_of(as_of: AsOf) -> list[BodyLine]:
    """Every province with KPIs in force. One query."""
    rules = as_of.book.on(as_of.book.year.last_day)
    kpis = kpis_in_force(as_of.year, as_of.day, rules, kind=Body.Kind.PROVINCE)
    return _lines(as_of, Body.Kind.PROVINCE, [Classed(kpi, "") for kpi in kpis])


def bodies_of_both(as_of: AsOf) -> list[BodyLine]:
    return [*as_of.once(departments_of), *as_of.once(provinces_of)]


def _lines(as_of: AsOf, kind: str, rows: Sequence[Classed]) -> list[BodyLine]:
    book = as_of.book
    counts = book.on(book.year.last_day, kind).of_kind(KpiCount)
    least, most = (counts[0].value.least, counts[0].value.most) if counts else (None, None)
    of_body: dict[Body, list[Classed]] = defaultdict(list)
    for row in rows:
        of_body[row.in_force.body].append(row)
    return [
        BodyLine(body, least, most, [row.in_force for row in its], [row.klass for row in its])
        for body, its in of_body.items()
    ]


def link_figures(rows: Sequence[BodyLine]) -> Iterator[Figure]:
    yield Figure("total", _("nation.total"), len(rows))
    for name in LINKS:
        count = sum(row.linked == name for row in rows)
        yield Figure(name, _(f"strategic-linked.{name}"), count, f"linked={name}")


def weight_figures(rows: Sequence[BodyLine]) -> Iterator[Figure]:
    """How many have Joint KPIs, and the most and the least weight among those."""
    weights = [row.joint_weight for row in rows if row.joint]
    yield Figure("total", _("nation.total"), len(rows))
    yield Figure("with", _("nation.with_joint"), len(weights), "joint=yes")
    if weights:
        yield Figure("least", _("nation.least_weight"), f"{min(weights):f}")
        yield Figure("most", _("nation.most_weight"), f"{max(weights):f}")


def range_figures(rows: Sequence[BodyLine]) -> Iterator[Figure]:
    yield Figure("total", _("nation.total"), len(rows))
    for name in RANGES:
        count = sum(row.range == name for row in rows)
        yield Figure(name, _(f"kpi-range.{name}"), count, f"range={name}")


def page_of(row: BodyLine) -> str:
    return reverse("public:agency", args=[row.body.code])


def ministry_of(row: BodyLine) -> Any:
    return name_of(row.body.parent) if row.body.parent else row.body.region_th


def range_words(row: BodyLine) -> str:
    return "–" if row.least is None else f"{row.least}–{row.most}"


class BodyLines(RowList[BodyLine]):
    """Bodies with the classes of their KPIs."""

    filters = (
        BodySearch(path="body__"),
        committee_group("body__"),
        Choice("linked", _("page.state"), values=LINKS, words=code_words("strategic-linked")),
    )
    columns = (
        body_column("body", page_of),
        Column("ministry", _("nation.ministry"), "", ministry_of),
        Column("count", _("nation.kpis"), figure=True, sort="count"),
        Column("strategic", _("kpi-class.strategic"), figure=True, sort="strategic"),
        Column("joint", _("kpi-class.joint"), figure=True, sort="joint"),
        Column("other", _("kpi-class.other"), figure=True, sort="other"),
        Column("linked", _("page.state"), as_=code("strategic-linked"), phone=FIRST),
    )
    fields = (
        Field("code", _("page.code"), "body.code"),
        Field("name", _("page.name"), "body.name_th"),
        Field("kpis", _("nation.kpis"), "count"),
        Field("strategic", _("kpi-class.strategic")),
        Field("joint", _("kpi-class.joint")),
        Field("other", _("kpi-class.other")),
        Field("linked", _("page.state"), as_=code("strategic-linked")),
    )


class JointWeights(RowList[BodyLine]):
    """Departments with the weight that their Joint KPIs have."""

    filters = (
        BodySearch(path="body__"),
        committee_group("body__"),
        Choice(
            "joint", _("kpi-class.joint"), "joint_held", ("yes", "no"), words=code_words("choice")
        ),
    )
    columns = (
        body_column("body", page_of),
        Column("ministry", _("nation.ministry"), "", ministry_of),
        Column("joint", _("kpi-class.joint"), figure=True, sort="joint"),
        Column(
            "weight", _("nation.joint_weight"), "joint_weight", figure=True, sort="joint_weight"
        ),
    )
    fields = (
        Field("code", _("page.code"), "body.code"),
        Field("name", _("page.name"), "body.name_th"),
        Field("joint", _("kpi-class.joint")),
        Field("weight", _("nation.joint_weight"), "joint_weight", figure=True),
    )
    sort = "-weight"


class KpiCounts(RowList[BodyLine]):
    """Departments and provinces with how many KPIs they chose, against what the rules say."""

    filters = (
        BodySearch(path="body__"),
        committee_group("body__"),
        Choice("range", _("page.state"), values=RANGES, words=code_words("kpi-range")),
    )
    columns = (
        body_column("body", page_of),
        Column("ministry", _("nation.ministry"), "", ministry_of),
        Column("count", _("nation.kpis"), figure=True, sort="count"),
        Column("rule", _("nation.kpis_by_rule"), "", range_words),
        Column("range", _("page.state"), as_=code("kpi-range"), phone=FIRST),
    )
    fields = (
        Field("code", _("page.code"), "body.code"),
        Field("name", _("page.name"), "body.name_th"),
        Field("kpis", _("nation.kpis"), "count"),
        Field("least", _("nation.least_kpis")),
        Field("most", _("nation.most_kpis")),
        Field("range", _("page.state"), as_=code("kpi-range")),
    )


def _question(
    number: int,
    rows: Callable[[AsOf], Sequence[BodyLine]],
    figures: Callable[[Sequence[BodyLine]], Iterator[Figure]],
    page: type[RowList[BodyLine]],
) -> Table[BodyLine]:
    return register_question(
        Table(f"Q{number}", rows=rows, figures=figures, page=page, of_year=has_strategic)
    )


UNLINKED_DEPARTMENTS = _question(1, lambda of: of.once(departments_of), link_figures, BodyLines)
JOINT_WEIGHTS = _question(2, lambda of: of.once(departments_of), weight_figures, JointWeights)
KPI_COUNTS = _question(3, bodies_of_both, range_figures, KpiCounts)
