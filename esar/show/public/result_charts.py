"""A body's result as pictures: where it stands among the grades, what it lost, KPIs, years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from esar.judge.results.models import Result
from esar.kernel.wording import Phrase, Word
from esar.law.rules.numbers import EXACT, exact_sum, round_half_up, round_ratio, trimmed
from esar.platform.charts import trend as charts
from esar.platform.charts.bullet import Bullet, bullet
from esar.platform.charts.figures import Figure, Item, Missing, figure_of, look_of_rank
from esar.platform.charts.ruler import Grade, Ruler, ruler
from esar.platform.charts.spark import Spark, Year, spark
from esar.platform.charts.trend import Trend, trend
from esar.platform.charts.waterfall import Waterfall, waterfall
from esar.platform.ui import books
from esar.show.public.history.queries import RegimeYears, Row
from esar.show.public.queries import Lost

FEW = 3  # KPIs that a sentence names


def ruler_of(result: Result, status: str, last: Figure = Missing.NONE) -> Ruler | None:
    """The total on the grades of its year; None where the round is not graded."""
    grades = books.grades(result.fiscal_year)
    if not grades or not books.is_graded(result.fiscal_year, result.round_id):
        return None
    return ruler(
        [
            Grade(
                grade.band.label,
                grade.band.least,
                grade.band.most,
                look_of_rank(grade.rank),
                grade.shape,
            )
            for grade in grades.values()
        ],
        _total(result, status),
        full=books.scale(result.fiscal_year),
        last=last,
        places=books.total_places(result.fiscal_year),
    )


def fall_of(result: Result, lost: Sequence[Lost], grade: books.Grade | None) -> Waterfall | None:
    """From the full mark to the total by what each KPI lost; None where nothing was lost.

    Where the total is the rounded sum of what KPIs brought, the last step is that sum, so that
    rounding is no loss of its own.
    """
    if not lost:
        return None
    score, year = result.explanation, result.fiscal_year
    places = books.total_places(year)
    sum_of_kpis = exact_sum(
        [Decimal(kpi["weighted"]) for kpi in score["kpis"] if kpi["weighted"] is not None]
    )
    is_sum = round_half_up(sum_of_kpis, places) == result.total
    return waterfall(
        Decimal(score["out_of"]),
        [_loss(one) for one in lost],
        sum_of_kpis if is_sum else result.total,
        full_label=Word("chart.full"),
        end_label=Word("chart.total"),
        rest_label=Word("chart.rest"),
        end_look=look_of_rank(grade.rank) if grade else "brand",
        cuts=[grade.band.least for grade in books.grades(year).values()],
        places=places,
    )


def _loss(lost: Lost) -> Item:
    kpi = lost.kpi
    notes: tuple[Any, ...] = (Phrase("public.of_full", {"full": trimmed(lost.full)}),)
    if kpi["status"] == "not_reported":
        notes = (Word("status.not_reported"), *notes)
    return Item(
        Phrase("chart.numbered", {"number": kpi["id"], "label": kpi["name"]}),
        lost.lost,
        look="brand",
        href=f"#kpi-{kpi['id']}",
        note=notes,
    )


def bullets_of(
    kpis: Iterable[Mapping[str, Any]], last: Mapping[tuple[str, str], Figure]
) -> dict[str, Bullet]:
    """KPI → its result against its targets, for those that have targets.

    `last` are the results of the year before, by the name and the unit of their KPI.
    """
    return {
        kpi["id"]: bullet(
            [Decimal(target) for target in kpi["result"]["targets"]],
            figure_of(kpi["result"].get("actual"), kpi["status"]),
            last=last.get((kpi["name"], kpi["unit"]), Missing.NONE),
            is_lower_better=kpi["result"].get("direction") == "lower",
        )
        for kpi in kpis
        if kpi["result"].get("targets") and kpi["status"] != "not_applicable"
    }


def trend_of(
    regimes: Sequence[RegimeYears], result: Result, silent: Mapping[int, str]
) -> Trend | None:
    """The totals of all years up to this result's, apart where the rules differ; None of one."""
    rows = [
        (regime, [row for row in regime.final_rows if row.result.fiscal_year <= result.fiscal_year])
        for regime in reversed(regimes)
    ]
    by_regime = [(regime, of_regime) for regime, of_regime in rows if of_regime]
    years = [row for _, of_regime in by_regime for row in of_regime]
    if len(years) < 2:
        return None
    return trend(
        [
            charts.Regime(
                regime.name,
                tuple(row.result.fiscal_year for row in of_regime),
                max(row.out_of for row in of_regime),
            )
            for regime, of_regime in by_regime
        ],
        [
            charts.Series(
                Word("chart.total"),
                {
                    row.result.fiscal_year: _total(
                        row.result, silent.get(row.result.pk, "reported")
                    )
                    for row in years
                },
                {
                    row.result.fiscal_year: look_of_rank(row.grade.rank)
                    for row in years
                    if row.grade
                },
            )
        ],
        places=books.total_places(result.fiscal_year),
    )


@dataclass(frozen=True)
class PartYears:
    """A component over the years that were measured alike: what it brought of its full mark."""

    number: str
    label: Any
    newest: Decimal
    full: Decimal
    gained: Decimal  # since the year before
    drawing: Trend


def parts_of(
    regimes: Sequence[RegimeYears], result: Result, silent: Mapping[int, str]
) -> list[PartYears]:
    """The components of a result, each over its years; those of a single year are left out."""
    regime = _regime_of(regimes, result)
    if regime is None or result.pk in silent:
        return []
    rows = [
        row
        for row in regime.final_rows
        if row.result.fiscal_year <= result.fiscal_year and row.result.pk not in silent
    ]
    numbers = [part.number for part in rows[-1].parts] if rows else []
    parts = (_part_years(number, rows) for number in numbers)
    return [part for part in parts if part is not None]


def _part_years(number: str, rows: Sequence[Row]) -> PartYears | None:
    of_year = {
        row.result.fiscal_year: (part, part.got)
        for row in rows
        for part in row.parts
        if part.number == number and part.got is not None
    }
    if len(of_year) < 2 or rows[-1].result.fiscal_year not in of_year:
        return None
    *_, (_, before), (part, newest) = (of_year[year] for year in sorted(of_year))
    drawing = trend(
        [charts.Regime("", tuple(of_year), part.full)],
        [charts.Series(part.label, {year: got for year, (_, got) in of_year.items()}, {})],
        places=2,
    )
    gained = EXACT.subtract(newest, before)
    return PartYears(number, part.label, newest, part.full, gained, drawing)


def _regime_of(regimes: Sequence[RegimeYears], result: Result) -> RegimeYears | None:
    """The years that were measured as a result was."""
    return next(
        (row for row in regimes if any(one.result.pk == result.pk for one in row.rows)), None
    )


@dataclass(frozen=True)
class Losses:
    """Where points went: all of them, the few KPIs that lost most, and their share of it."""

    lost: Decimal
    most: tuple[Lost, ...]

    @property
    def share(self) -> Decimal:
        """What the few lost of all that KPIs lost, in whole per cent."""
        part = exact_sum([row.lost for row in self.most])
        return round_ratio(EXACT.multiply(part, Decimal(100)), self.lost, 0)


def losses_of(lost: Sequence[Lost]) -> Losses | None:
    """What is said of the losses in a sentence; None where nothing was lost."""
    whole = exact_sum([row.lost for row in lost])
    return Losses(whole, tuple(lost[:FEW])) if whole else None


def years_of(
    regimes: Sequence[RegimeYears], result: Result, silent: Mapping[int, str]
) -> Spark | None:
    """The totals of the years under this result's rules up to its own; None of fewer than two."""
    regime = _regime_of(regimes, result)
    if regime is None:
        return None
    rows = [row for row in regime.final_rows if row.result.fiscal_year <= result.fiscal_year]
    if len(rows) < 2:
        return None
    years = [
        Year(str(row.result.fiscal_year), _total(row.result, silent.get(row.result.pk, "reported")))
        for row in rows
    ]
    look = look_of_rank(rows[-1].grade.rank) if rows[-1].grade else "brand"
    return spark(years, look=look, places=books.total_places(result.fiscal_year))


def _total(result: Result, status: str) -> Figure:
    return result.total if status == "reported" else figure_of(None, status)
