"""What bodies came to last, and the years before it that were measured alike. Two queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from esar.judge.results.models import Result
from esar.judge.results.queries import HEAVY, in_order, released
from esar.law.rules.numbers import EXACT
from esar.platform.charts.figures import Figure, figure_of, look_of_rank
from esar.platform.charts.spark import Spark, Year, spark
from esar.platform.organisations.models import Body
from esar.platform.ui import books
from esar.show.public.queries import unreported
from esar.show.public.standings.queries import years_alike


@dataclass(frozen=True)
class Record:
    """A body's newest released result of a whole year; `status` says why it has no total.

    `years` are that year and those before it that can stand beside it, the oldest first.
    """

    result: Result
    status: str
    years: tuple[Year, ...]

    @property
    def grade(self) -> books.Grade | None:
        return books.grades(self.result.fiscal_year).get(self.result.grade_id)

    @property
    def spark(self) -> Spark | None:
        """The years as a line; None of fewer than two."""
        if len(self.years) < 2:
            return None
        look = look_of_rank(self.grade.rank) if self.grade else "brand"
        return spark(self.years, look=look, places=books.total_places(self.result.fiscal_year))

    @property
    def gained(self) -> Decimal | None:
        """How much more than a year before; None where the two are not to be compared."""
        figures = [year.figure for year in self.years[-2:]]
        if len(figures) < 2 or not all(isinstance(figure, Decimal) for figure in figures):
            return None
        return EXACT.subtract(figures[1], figures[0])  # type: ignore[arg-type]


def records_of(bodies: Collection[Body], *, until: int | None = None) -> dict[int, Record]:
    """Body → its record, for those that have one; of years up to `until`.

    One query, one more where a total is zero.
    """
    rows = released().filter(body__in=bodies).defer(*HEAVY).select_related("body")
    if until is not None:
        rows = rows.filter(fiscal_year__lte=until)
    of_body: dict[int, dict[int, Result]] = {}
    for row in in_order(rows):
        if row.round_id == books.last_round(row.fiscal_year):
            of_body.setdefault(row.body_id, {})[row.fiscal_year] = row
    silent = unreported([row for years in of_body.values() for row in years.values()])
    return {body: _record(years, silent) for body, years in of_body.items()}


def _record(results: Mapping[int, Result], silent: Mapping[int, str]) -> Record:
    newest = results[max(results)]
    alike = [*years_alike(newest.fiscal_year, newest.body.kind), newest.fiscal_year]
    years = [Year(str(year), _figure(results.get(year), silent)) for year in alike]
    while years and not isinstance(years[0].figure, Decimal):
        years = years[1:]  # before its first result
    return Record(newest, silent.get(newest.pk, ""), tuple(years))


def _figure(result: Result | None, silent: Mapping[int, str]) -> Figure:
    if result is None:
        return figure_of(None)
    return figure_of(None if result.pk in silent else result.total, silent.get(result.pk, "none"))
