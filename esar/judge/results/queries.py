"""Reads of the results. SQL filters, counts and sorts; it never computes points."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from esar.judge.results.models import Result
from esar.judge.results.states import ResultState
from esar.law.rules.numbers import exact_sum, round_ratio
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import matches

SORTS = {
    "name": ("body__name_th",),
    "-name": ("-body__name_th",),
    "total": ("total", "body__name_th"),
    "-total": ("-total", "body__name_th"),
}
HEAVY = ("explanation", "inputs", "stages")


def released() -> QuerySet[Result]:
    """What counts, and may be seen by all."""
    return Result.objects.filter(state=ResultState.RELEASED)


def results_table(
    fiscal_year: int,
    round_id: str,
    *,
    text: str = "",
    kind: str = "",
    group: str = "",
    grade: str = "",
    sort: str = "-total",
) -> QuerySet[Result]:
    """The released results of a round that match, without their explanations. One query."""
    results = _matching(released(), text, kind, group)
    results = results.filter(fiscal_year=fiscal_year, round_id=round_id)
    if grade:
        results = results.filter(grade_id=grade)
    return results.order_by(*SORTS.get(sort, SORTS["-total"]))


def _matching(results: QuerySet[Result], text: str, kind: str, group: str) -> QuerySet[Result]:
    results = results.filter(matches(text, "body__")).defer(*HEAVY)
    if kind:
        results = results.filter(body__kind=kind)
    if group:
        results = results.filter(Q(body__parent__code=group) | Q(body__region_th=group))
    return results.select_related("body__parent", "body__cluster")


def waiting(*, text: str = "", kind: str = "", group: str = "") -> QuerySet[Result]:
    """Results that are computed and not released yet, oldest first. One query."""
    results = _matching(Result.objects.filter(state=ResultState.COMPUTED), text, kind, group)
    return results.order_by("-fiscal_year", "round_id", "computed_at", "pk")


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
    return sorted(results, key=lambda one: _order(one.fiscal_year, one.round_id), reverse=True)


def _order(year: int, round_id: str) -> tuple[int, int, str]:
    """Years in order, and within a year 6 months before 12."""
    months = "".join(sign for sign in round_id if sign.isdecimal())
    return (year, int(months or 0), round_id)


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
