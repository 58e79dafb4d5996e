"""What bodies of one kind have in common in a round, and who came furthest in each of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from esar.kernel.wording import Word
from esar.law.rules.numbers import EXACT, round_ratio
from esar.platform.charts.bullet import Bullet, bullet
from esar.platform.charts.figures import Figure, look_of_rank
from esar.platform.charts.trend import Regime, Series, Trend, trend
from esar.platform.ui import books
from esar.show.public.measures.queries import HUNDRED, Holder, Measure, grouped
from esar.show.public.standings.facts import PartFact
from esar.show.public.standings.queries import Field, Standing

MOST = 4


@dataclass(frozen=True)
class Cell:
    """What one body has in a row; `share` is that of a hundred, `is_best` that nobody has more."""

    standing: Standing
    value: Decimal | None
    share: Decimal | None = None
    is_best: bool = False
    holder: Holder | None = None
    bullet: Bullet | None = None


@dataclass(frozen=True)
class PartRow:
    """A component with the share of its full mark that each body has."""

    part: PartFact
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class KpiRow:
    """A KPI that at least two of them have, with the points of each."""

    measure: Measure
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Beside:
    """The bodies in the order that the address names them."""

    field: Field
    standings: tuple[Standing, ...]

    @cached_property
    def parts(self) -> list[PartRow]:
        return [
            PartRow(
                part,
                _with_the_best([_share(row, part) for row in self.standings]),
            )
            for part in self.field.parts
        ]

    @cached_property
    def totals(self) -> tuple[Cell, ...]:
        """The total of each; none of who reported nothing."""
        return _with_the_best([_total(row) for row in self.standings])

    @cached_property
    def trends(self) -> list[tuple[Standing, Trend]]:
        """Each body over the years that were measured alike; without those of a single year."""
        return [(row, _years_of(row)) for row in self.standings if row.earlier and row.rank]

    @cached_property
    def _measures(self) -> list[Measure]:
        return grouped([row.result for row in self.standings])

    @cached_property
    def shared(self) -> list[KpiRow]:
        """The KPIs that at least two have, those that most have first."""
        return [self._kpi_row(measure) for measure in self._measures if measure.count > 1]

    def _kpi_row(self, measure: Measure) -> KpiRow:
        holders: Mapping[int, Holder] = {row.result.pk: row for row in measure.holders}
        cells = [_cell(row, holders.get(row.result.pk)) for row in self.standings]
        return KpiRow(measure, _with_the_best(cells))

    @cached_property
    def alone(self) -> list[tuple[Standing, list[Measure]]]:
        """Each body with the KPIs that no other of them has."""
        return [
            (
                row,
                [
                    measure
                    for measure in self._measures
                    if measure.count == 1 and measure.holders[0].result.pk == row.result.pk
                ],
            )
            for row in self.standings
        ]

    @cached_property
    def wins(self) -> list[int]:
        """In how many of the KPIs that all of them have each has the most points."""
        count = len(self.standings)
        of_all = [row for row in self.shared if row.measure.count == count]
        return [sum(row.cells[place].is_best for row in of_all) for place in range(count)]

    @property
    def of_all(self) -> int:
        """How many KPIs all of them have."""
        return sum(row.measure.count == len(self.standings) for row in self.shared)

    @property
    def leader(self) -> tuple[Standing, int] | None:
        """Who has the most points most often; None where two share that."""
        most = max(self.wins, default=0)
        if not most or self.wins.count(most) > 1:
            return None
        return self.standings[self.wins.index(most)], most


def _years_of(row: Standing) -> Trend:
    year, full = row.result.fiscal_year, Decimal(row.result.out_of)
    totals: dict[int, Figure] = {one.year: one.total for one in row.earlier}
    totals[year] = row.figure
    look = {year: look_of_rank(row.grade.rank)} if row.grade else {}
    series = Series(Word("chart.total"), totals, look)
    return trend([Regime("", tuple(totals), full)], [series], places=books.total_places(year))


def _share(row: Standing, part: PartFact) -> Cell:
    share = next((fact.share for fact in row.facts.parts if fact.id == part.id), None)
    return Cell(row, share, share)


def _total(row: Standing) -> Cell:
    if row.rank is None:
        return Cell(row, None)
    total, full = row.result.total, Decimal(row.result.out_of)
    return Cell(row, total, round_ratio(EXACT.multiply(total, HUNDRED), full, 2))


def _cell(row: Standing, holder: Holder | None) -> Cell:
    if holder is None:
        return Cell(row, None)
    fact = holder.fact
    drawing = None
    if fact.targets and fact.status != "not_applicable":
        drawing = bullet(fact.targets, fact.actual, is_lower_better=fact.is_lower_better)
    return Cell(row, fact.points, holder=holder, bullet=drawing)


def _with_the_best(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The same cells, the best of them marked; none where all are equal or one stands alone."""
    values = [cell.value for cell in cells if cell.value is not None]
    if len(values) < 2 or max(values) == min(values):
        return tuple(cells)
    best = max(values)
    return tuple(replace(cell, is_best=cell.value == best) for cell in cells)
