"""A minister's page: the bodies of the portfolio beside each other and last year, KPI by KPI.

Whose bodies they are is `of_office` alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from esar.agree.strategic_kpis.achieved import Duty, duties, strategic_law
from esar.agree.strategic_kpis.models import StrategicKpi
from esar.agree.strategic_kpis.queries import Standing, kpis_in_force, standings
from esar.judge.results.models import Result
from esar.judge.results.queries import in_order, released
from esar.law.rules.numbers import EXACT
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, in_charge_of, sees_everything
from esar.platform.organisations.tables import BodySearch, body_column
from esar.platform.ui import books, clock
from esar.platform.ui.cells import code
from esar.platform.ui.filters import Choice, Filter, code_words
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, LONG, Column, Field, WorkedList
from esar.platform.ui.templatetags.words import name_of, plain, words
from esar.show.public.standings.queries import years_alike
from esar.show.public.tables import Shown, shown, total_cell

UNREPORTED, BELOW, BETWEEN, FULL = BANDS = ("unreported", "below", "between", "full")


def of_office(office: Body, path: str = "") -> Q:
    """The bodies that an office is in charge of today, by an order or else as their own ministry.

    `path` leads to the body: "host__". One query.
    """
    return in_charge_of([office.pk], clock.today(), path)


def offices_of(person: Any, day: date) -> list[Body]:
    """The ministries whose minister's page a person reads: OPDC all, an office its own."""
    ministries = Body.objects.filter(kind=Body.Kind.MINISTRY).order_by("name_key")
    if not sees_everything(person, day):
        ministries = ministries.filter(pk__in=bodies_of(person, day, Role.MINISTERS_OFFICE))
    return list(ministries)


@dataclass(frozen=True)
class KpiLine:
    """A KPI of a released result: its points, and which band they lie in."""

    body: Body
    number: str
    name: str
    weight: str | None
    points: Decimal | None
    band: str


@dataclass
class Bench:
    """A body of the portfolio: its newest released result of a year beside last year's."""

    body: Body
    now: Shown | None
    before: Shown | None
    kpis: list[KpiLine] = field(default_factory=list)

    @property
    def result(self) -> Result | None:
        return self.now.result if self.now else None

    @property
    def total(self) -> Decimal | None:
        return _total(self.now)

    @property
    def total_before(self) -> Decimal | None:
        return _total(self.before)

    @property
    def grade_id(self) -> str:
        return self.result.grade_id if self.result else ""

    @property
    def change(self) -> Decimal | None:
        """How many points more than last year; None where one of the two is missing."""
        if self.total is None or self.total_before is None:
            return None
        return EXACT.subtract(self.total, self.total_before)

    @cached_property
    def bands(self) -> Counter[str]:
        return Counter(line.band for line in self.kpis)


def _total(row: Shown | None) -> Decimal | None:
    """The exact total; None where nothing was reported, or there is no result."""
    return row.result.total if row and not row.silence else None


def benches(office: Body, year: int) -> list[Bench]:
    """The bodies of an office with their results of a year and the one before. Three queries.

    One more where a total is zero.
    """
    bodies = Body.objects.filter(of_office(office), evaluated_from__isnull=False)
    rows = released().filter(body__in=bodies, fiscal_year__in=(year, year - 1))
    newest: dict[tuple[int, int], Result] = {}
    for row in in_order(rows.defer("inputs", "stages")):
        newest.setdefault((row.body_id, row.fiscal_year), row)
    rows_of = {
        (row.result.body_id, row.result.fiscal_year): row for row in shown([*newest.values()])
    }
    benches_of_all = []
    for body in bodies.order_by("kind", "name_key"):
        now, before = rows_of.get((body.pk, year)), rows_of.get((body.pk, year - 1))
        if before and now and not _is_alike(before.result, now.result, body.kind):
            before = None
        kpis = _kpis(body, now.result if now else None)
        benches_of_all.append(Bench(body, now, before, list(kpis)))
    return benches_of_all


def _is_alike(before: Result, now: Result, kind: str) -> bool:
    """Half a year is not held against a whole, nor a year against one that measured otherwise."""
    is_same_round = before.round_id == now.round_id
    return is_same_round and before.fiscal_year in years_alike(now.fiscal_year, kind)


def _kpis(body: Body, result: Result | None) -> Iterator[KpiLine]:
    for kpi in result.explanation["kpis"] if result else ():
        band = _band(kpi, books.scale(result.fiscal_year)) if result else None
        if band is not None:
            points = None if kpi["points"] is None else Decimal(kpi["points"])
            yield KpiLine(body, kpi["id"], kpi["name"], kpi["weight"], points, band)


def _band(kpi: dict[str, Any], scale: Decimal) -> str | None:
    """Where a KPI's points lie; None for one that is not due, or is not applicable."""
    if kpi["status"] not in ("reported", "not_reported") or kpi["weight"] is None:
        return None
    if kpi["status"] == "not_reported" or kpi["points"] is None:
        return UNREPORTED
    points = Decimal(kpi["points"])
    if points <= 0:
        return BELOW
    return FULL if points >= scale else BETWEEN


def strategic_of(office: Body, year: int) -> list[tuple[Standing, Duty | None]]:
    """The strategic KPIs of a ministry: what became of each, and what it came to. Nine queries."""
    book = books.book(year)
    if book is None or strategic_law(year) is None:
        return []
    last = book.year.last_day
    rows = StrategicKpi.objects.filter(Q(host=office) | of_office(office, "host__"))
    rows = rows.filter(in_force_from__lte=last).select_related("host").order_by("code")
    kpis = kpis_in_force(year, last, book.on(last))
    owed = {duty.strategic.pk: duty for duty in duties(year, last)}
    return [(row, owed.get(row.strategic.pk)) for row in standings(year, last, kpis, rows)]


def result_page(bench: Bench) -> str:
    if bench.result is None:
        return reverse("public:agency", args=[bench.body.code])
    row = bench.result
    return reverse("public:scorecard", args=[row.fiscal_year, row.round_id, bench.body.code])


def grade_words(bench: Bench) -> str:
    grade = books.grades(bench.result.fiscal_year).get(bench.grade_id) if bench.result else None
    return words(grade.band.label) if grade else ""


def round_words(bench: Bench) -> Any:
    return _(f"round.{bench.result.round_id}") if bench.result else ""


def out_of(bench: Bench) -> Decimal | None:
    return bench.result.out_of if bench.result else None


def total_or_dash(row: Shown | None) -> Any:
    return total_cell(row) if row else "–"


def _band_column(band: str) -> Column:
    def count(bench: Bench) -> int | None:
        return bench.bands[band] if bench.result else None

    return Column(band, _(f"kpi-band.{band}"), "", count, figure=True)


def _band_field(band: str) -> Field:
    return Field(band, _(f"kpi-band.{band}"), lambda bench: bench.bands[band])


class MinisterBodies(WorkedList[Bench]):
    """The bodies of a portfolio beside each other and last year. Three queries."""

    name, address, page_size = "bodies", "nation:minister-export", LONG
    template: ClassVar[str] = "nation/minister.html"
    help: ClassVar[Any] = _("minister.help")
    filters: ClassVar[Sequence[Filter]] = (BodySearch(path="body__"),)
    columns = (
        body_column("body", result_page),
        Column("round", _("page.round"), "", round_words),
        Column("total", _("page.total"), "now", total_or_dash, sort="total", figure=True),
        Column("grade", _("page.grade"), "", grade_words),
        Column("before", _("minister.before"), as_=total_or_dash, sort="total_before", figure=True),
        Column("change", _("minister.change"), as_=plain, figure=True, sort="change"),
        *map(_band_column, BANDS),
    )
    fields = (
        Field("code", _("page.code"), "body.code"),
        Field("name", _("page.name"), "body.name_th"),
        Field("total", _("page.total"), figure=True),
        Field("out_of", _("page.out_of"), out_of, figure=True),
        Field("grade", _("page.grade"), grade_words),
        Field("before", _("minister.before"), "total_before", figure=True),
        Field("change", _("minister.change"), figure=True),
        *map(_band_field, BANDS),
    )

    def __init__(self, request: HttpRequest, office: Body, year: int) -> None:
        super().__init__(request)
        self.office, self.year = office, year
        figures = (("ministry", name_of(office)), ("year", year))
        self.title = _("minister.title", figures)

    def rows(self) -> list[Bench]:
        return benches(self.office, self.year)

    def address_args(self) -> list[object]:
        return [self.office.code, self.year]

    def file_name(self) -> str:
        return f"esar-{self.year}-{self.office.code}-{self.name}"

    def around(self) -> dict[str, Any]:
        return {
            "office": self.office,
            "year": self.year,
            "strategic": strategic_of(self.office, self.year),
            "bands": BANDS,
        }


class MinisterKpis(MinisterBodies):
    """Every KPI of a portfolio's released results, by where its points lie. Three queries."""

    name, address = "kpis", "nation:minister-kpis-export"
    template: ClassVar[str] = "nation/minister_kpis.html"
    help: ClassVar[Any] = _("minister.kpis_help")
    filters = (
        BodySearch(path="body__", paths=("name",)),
        Choice("band", _("page.standing"), values=BANDS, words=code_words("kpi-band")),
    )
    columns = (
        Column("name", _("page.name"), phone=FIRST, sort="name"),
        Column("number", _("field.number")),
        Column("body", _("label.body"), as_=name_of, sort="body__name_key"),
        Column("points", _("field.points"), as_=plain, figure=True, sort="points"),
        Column("weight", _("page.weight"), figure=True),
        Column("band", _("page.standing"), as_=code("kpi-band")),
    )
    fields = (
        Field("body", _("page.code"), "body.code"),
        Field("body_name", _("label.body"), "body.name_th"),
        Field("number", _("field.number")),
        Field("name", _("page.name")),
        Field("points", _("field.points"), figure=True),
        Field("weight", _("page.weight"), figure=True),
        Field("band", _("page.standing"), as_=code("kpi-band")),
    )

    def rows(self) -> list[Any]:
        return [line for bench in benches(self.office, self.year) for line in bench.kpis]

    def around(self) -> dict[str, Any]:
        return {"office": self.office, "year": self.year}
