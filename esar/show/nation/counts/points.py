"""Q7: what KPIs came to by kind and by component, and how many reached the standard target.

From the released results of the year's last round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from esar.judge.results.queries import released
from esar.law.rules.book import Rules
from esar.law.rules.kinds import Component, Ladder, Total
from esar.law.rules.numbers import exact_sum, round_ratio
from esar.platform.organisations.models import Body
from esar.platform.organisations.tables import BodySearch, body_column, body_fields, committee_group
from esar.platform.ui import books
from esar.platform.ui.cells import code, demo_chip
from esar.platform.ui.filters import Choice, Reader, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field
from esar.platform.ui.templatetags.words import kind_words, plain_or_dash, words
from esar.show.nation.registry import AsOf, Figure, Table, register_question
from esar.show.nation.tables import RowList

AT_STANDARD, BELOW, UNREPORTED = STANDINGS = ("at_standard", "below_standard", "unreported")
STANDARD = 1  # the place of the standard target's points among a ladder's
PLACES = 2  # decimals of a mean, and of a share in per cent


@dataclass(frozen=True)
class PointLine:
    """A KPI of a released result with its points; None where nothing was reported."""

    body: Body
    year: int
    number: str
    name: str
    kind: str
    component: str
    points: Decimal | None
    standard: Decimal
    is_demo: bool

    @property
    def standing(self) -> str:
        if self.points is None:
            return UNREPORTED
        return AT_STANDARD if self.points >= self.standard else BELOW


def points_of(as_of: AsOf) -> list[PointLine]:
    """The KPIs with a weight of every released result, but those not due or not applicable.

    Two queries. Each class of bodies has its own ladder.
    """
    results = released().filter(fiscal_year=as_of.year, round_id=books.last_round(as_of.year))
    rows = results.values_list("body", "explanation__kpis", "is_demo").order_by("body__name_key")
    bodies = Body.objects.in_bulk({body for body, _kpis, _is_demo in rows})
    standards = {kind: _standard(as_of, kind) for kind in books.body_kinds(as_of.year)}
    return [
        PointLine(
            bodies[body],
            as_of.year,
            kpi["id"],
            kpi["name"],
            (kpi.get("kpi_kind") or {}).get("id", ""),
            kpi["component"],
            _points(kpi),
            standards[bodies[body].kind],
            is_demo,
        )
        for body, kpis, is_demo in rows
        for kpi in kpis or ()
        if kpi["status"] in ("reported", "not_reported") and kpi["weight"] is not None
    ]


def _points(kpi: Mapping[str, Any]) -> Decimal | None:
    """What a KPI got; None where nothing was reported, whatever its total counts for it."""
    if kpi["status"] == "not_reported" or kpi["points"] is None:
        return None
    return Decimal(kpi["points"])


def _standard(as_of: AsOf, kind: str) -> Decimal:
    ladder = as_of.book.on(as_of.book.year.last_day, kind).the(Ladder)
    return ladder.value.points[STANDARD] if ladder else Decimal(0)


def has_points(rules: Rules) -> bool:
    """A year whose results are points of a ladder."""
    return bool(rules.of_kind(Ladder)) and bool(rules.of_kind(Total))


def _components(year: int | None) -> dict[str, str]:
    book = books.book(year) if year else None
    rules = book.on(book.year.last_day).of_kind(Component) if book else ()
    return {rule.id: words(rule.label) for rule in rules}


def component_words(line: PointLine) -> str:
    return _components(line.year).get(line.component, line.component)


def kind_label(line: PointLine) -> Any:
    return kind_words(line.kind, line.year) or _("nation.kind_not_said")


def figures(rows: Sequence[PointLine]) -> Iterator[Figure]:
    """A line for each kind, each component and all: how many, their mean, how many at standard."""
    yield from _line("total", _("nation.total"), rows, "")
    yield from _lines("kinds", "kind", rows, lambda row: row.kind or "none", kind_label)
    yield from _lines("components", "component", rows, lambda row: row.component, component_words)


def _lines(
    at: str,
    name: str,
    rows: Sequence[PointLine],
    key: Callable[[PointLine], str],
    label: Callable[[PointLine], Any],
) -> Iterator[Figure]:
    for value in sorted({key(row) for row in rows}):
        part = [row for row in rows if key(row) == value]
        yield from _line(f"{at}/{value}", label(part[0]), part, f"{name}={value}")


def _line(at: str, label: Any, rows: Sequence[PointLine], asks: str) -> Iterator[Figure]:
    """Nothing reported is no zero: the mean is of what has points."""
    points = [row.points for row in rows if row.points is not None]
    reached = sum(row.standing == AT_STANDARD for row in rows)
    more = f"{asks}&" if asks else ""
    yield Figure(f"{at}/kpis", label, len(rows), asks, _("nation.kpis"))
    if points:
        mean = round_ratio(exact_sum(points), Decimal(len(points)), PLACES)
        yield Figure(f"{at}/mean", label, f"{mean:f}", asks, _("nation.mean_points"))
    column, at_standard = _("kpi-standard.at_standard"), f"{more}standing={AT_STANDARD}"
    yield Figure(f"{at}/at_standard", label, reached, at_standard, column)
    if rows:
        share = round_ratio(Decimal(reached * 100), Decimal(len(rows)), PLACES)
        yield Figure(f"{at}/share", label, f"{share:f}", at_standard, _("nation.share_at_standard"))


def _kind_options(reader: Reader) -> list[tuple[str, Any]]:
    kinds = [(rule.id, words(rule.label)) for rule in books.kinds_of_kpis(reader.year)]
    return [*kinds, ("none", _("nation.kind_not_said"))]


class _KindChoice(Choice):
    def options(self, reader: Reader) -> list[tuple[str, Any]]:
        return _kind_options(reader)

    def passes(self, value: str, row: PointLine) -> bool:
        return not value or (row.kind or "none") == value


class _ComponentChoice(Choice):
    def options(self, reader: Reader) -> list[tuple[str, str]]:
        return list(_components(reader.year).items())


class PointLines(RowList[PointLine]):
    """KPIs of released results."""

    filters = (
        BodySearch(path="body__", paths=("name",)),
        committee_group("body__"),
        _KindChoice(
            "kind",
            _("label.kind"),
            values=lambda reader: [value for value, _label in _kind_options(reader)],
        ),
        _ComponentChoice(
            "component",
            _("label.component"),
            values=lambda reader: list(_components(reader.year)),
        ),
        Choice("standing", _("page.state"), values=STANDINGS, words=code_words("kpi-standard")),
    )
    columns = (
        body_column(
            "body",
            lambda row: reverse(
                "public:scorecard", args=[row.year, books.last_round(row.year), row.body.code]
            ),
            also=demo_chip("is_demo"),
        ),
        Column("number", _("field.number")),
        Column("name", _("page.kpi"), phone=FIRST, sort="name"),
        Column("kind", _("label.kind"), "", kind_label, sort="kind"),
        Column("component", _("label.component"), "", component_words, sort="component"),
        Column("points", _("field.points"), as_=plain_or_dash, figure=True, sort="points"),
        Column("standing", _("page.state"), as_=code("kpi-standard")),
    )
    fields = (
        *body_fields("body"),
        Field("number", _("field.number")),
        Field("name", _("page.kpi")),
        Field("kind", _("label.kind")),
        Field("component", _("label.component")),
        Field("points", _("field.points"), figure=True),
        Field("standing", _("page.state"), as_=code("kpi-standard")),
    )


POINTS = register_question(Table("Q7", points_of, figures, PointLines, has_points))
