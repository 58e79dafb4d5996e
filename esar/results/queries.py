"""Reads of the results. SQL filters, counts and sorts; it never computes points."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from esar.organisations.models import Body
from esar.organisations.queries import matches
from esar.results.models import Result

SORTS = {
    "name": ("body__name_th",),
    "-name": ("-body__name_th",),
    "total": ("total", "body__name_th"),
    "-total": ("-total", "body__name_th"),
}


def results_table(
    fiscal_year: int, round_id: str, *, text: str = "", kind: str = "", group: str = "",
    grade: str = "", sort: str = "-total",
) -> QuerySet[Result]:  # fmt: skip
    """The results of a round that match, without their explanations. One query."""
    found = Result.objects.filter(fiscal_year=fiscal_year, round_id=round_id)
    found = found.filter(matches(text, "body__")).defer("explanation")
    if kind:
        found = found.filter(body__kind=kind)
    if group:
        found = found.filter(Q(body__parent__code=group) | Q(body__region_th=group))
    if grade:
        found = found.filter(grade_id=grade)
    return found.select_related("body__parent", "body__cluster").order_by(
        *SORTS.get(sort, SORTS["-total"])
    )


def grade_counts(fiscal_year: int, round_id: str) -> dict[str, int]:
    """Grade id → how many bodies have it. One query."""
    rows = (
        Result.objects.filter(fiscal_year=fiscal_year, round_id=round_id)
        .values_list("grade_id")
        .annotate(Count("pk"))
    )
    return dict(rows)


def results_of(body: Body) -> QuerySet[Result]:
    """Every result of a body, newest year first, without explanations. One query."""
    found = Result.objects.filter(body=body).defer("explanation")
    return found.order_by("-fiscal_year", "-round_id")


def rounds_with_results() -> list[tuple[int, str]]:
    """(fiscal year, round) of every round that has results, newest first. One query."""
    rows = Result.objects.values_list("fiscal_year", "round_id").distinct()
    return sorted(rows, reverse=True)
