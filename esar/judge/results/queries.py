"""Reads of the results. SQL filters, counts and sorts; it never computes points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from esar.judge.results.models import Result
from esar.judge.results.states import ResultState
from esar.kernel.chain import digest
from esar.law.rules.numbers import exact_sum, round_ratio
from esar.platform.history.models import Event
from esar.platform.organisations.models import Body

HEAVY = ("explanation", "inputs", "stages")


def released() -> QuerySet[Result]:
    """What counts, and may be seen by all."""
    return Result.objects.filter(state=ResultState.RELEASED)


def round_results(fiscal_year: int, round_id: str) -> QuerySet[Result]:
    """The released results of a round, without their explanations. One query."""
    return listed_results(released()).filter(fiscal_year=fiscal_year, round_id=round_id)


def listed_results(results: QuerySet[Result]) -> QuerySet[Result]:
    """Results with their bodies, without their explanations."""
    return results.defer(*HEAVY).select_related("body__parent", "body__cluster")


def waiting() -> QuerySet[Result]:
    """Results that are computed and not released yet. One query."""
    return listed_results(Result.objects.filter(state=ResultState.COMPUTED))


def hashes_of(results: Iterable[int]) -> dict[int, str]:
    """Result id → the hash of its whole score, as the history tells it. One query.

    Where the history tells none, it is that of the score as it stands; a second query then.
    """
    ids = set(results)
    computed = Event.objects.filter(
        verb="result.computed", subject_kind="result", subject_id__in=[str(pk) for pk in ids]
    ).values_list("subject_id", "after")
    hashes = {int(pk): after["sha256"] for pk, after in computed if after and "sha256" in after}
    if ids - hashes.keys():
        rows = Result.objects.filter(pk__in=ids - hashes.keys()).values_list("pk", "explanation")
        hashes |= {pk: digest(explanation) for pk, explanation in rows}
    return hashes


def grade_counts(fiscal_year: int, round_id: str) -> dict[str, int]:
    """Grade id → how many bodies have it. One query."""
    rows = (
        released()
        .filter(fiscal_year=fiscal_year, round_id=round_id)
        .values_list("grade_id")
        .annotate(Count("pk"))
    )
    return dict(rows)


def results_of(body: Body) -> list[Result]:
    """Every released result of a body, newest year first, without explanations. One query."""
    return in_order(released().filter(body=body).defer(*HEAVY))


def in_order(results: Iterable[Result]) -> list[Result]:
    """Newest year first, and within a year the longest round."""
    return sorted(results, key=lambda row: _order(row.fiscal_year, row.round_id), reverse=True)


def _order(year: int, round_id: str) -> tuple[int, int, str]:
    """Years in order, and within a year 6 months before 12."""
    months = "".join(sign for sign in round_id if sign.isdecimal())
    return (year, int(months or 0), round_id)


def newest_kpis(fiscal_year: int, bodies: Iterable[int]) -> dict[int, dict[str, dict[str, Any]]]:
    """Body → KPI number → that KPI in the body's newest released result of a year. One query.

    The newest is that of the longest round.
    """
    rows = released().filter(fiscal_year=fiscal_year, body__in=bodies)
    kpis = rows.values_list("body_id", "round_id", "explanation__kpis")
    ordered = sorted(kpis, key=lambda row: _order(fiscal_year, row[1]))
    return {body: {kpi["id"]: kpi for kpi in of_body} for body, _round, of_body in ordered}


def numbers_of(result: Result) -> QuerySet[Result]:
    """The result of a body and round with all before it that were released. One query."""
    results = Result.objects.filter(
        body=result.body_id, fiscal_year=result.fiscal_year, round_id=result.round_id
    ).exclude(released_at=None)
    return results.defer(*HEAVY).order_by("-number")


def rounds_with_results() -> list[tuple[int, str]]:
    """(fiscal year, round) of every round that has released results, newest first. One query."""
    rows = released().values_list("fiscal_year", "round_id").distinct()
    return sorted(rows, key=lambda row: _order(*row), reverse=True)


def mean_of(totals: Iterable[Decimal], places: int = 2) -> Decimal | None:
    """The average of totals, exact and rounded once, half up; None of none."""
    values = list(totals)
    return round_ratio(exact_sum(values), Decimal(len(values)), places) if values else None
