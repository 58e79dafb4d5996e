"""A body's results over the years, each under its own rules: as a page and as a CSV."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from esar.law.rules.numbers import trimmed
from esar.platform.charts.bars import Bars
from esar.platform.organisations.models import Body
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.exports import csv_answer
from esar.platform.ui.templatetags.words import total_of
from esar.report.self_evaluations.queries import put_of
from esar.show.public.history.queries import (
    RegimeYears,
    Row,
    change_of,
    parts_drawn,
    regimes_of,
    years_drawn,
)
from esar.show.public.queries import unreported


@open_to_all
@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """A body's released results of every year, each under its own rules. Two queries."""
    body = get_object_or_404(Body.objects.select_related("parent", "cluster"), code=code)
    regimes = regimes_of(body)
    is_demo = any(row.is_demo for regime in regimes for row in regime.rows)
    silent = _unreported(regimes)
    context: dict[str, Any] = {
        "body": body,
        "regimes": [(regime, *_years_and_change(regime, silent)) for regime in regimes],
        "parts": {
            row.result.pk: parts_drawn(row, silent) for regime in regimes for row in regime.rows
        },
        "is_demo": is_demo,
        "unreported": silent,
        "apart": put_of(body),
    }
    return render(request, "public/history.html", context)


def _years_and_change(regime: RegimeYears, silent: dict[int, str]) -> tuple[Bars, Decimal | None]:
    drawing = years_drawn(regime, silent)
    return drawing, change_of(drawing)


@open_to_all
@require_safe
def history_csv(_request: HttpRequest, code: str) -> HttpResponse:
    """The same results as a CSV, each with its own year's scale and evaluation."""
    body = get_object_or_404(Body, code=code)
    head = [
        "code",
        "body",
        "year",
        "round",
        "status",
        "total",
        "out_of",
        "scale",
        "evaluation",
        "grade",
        "demo",
    ]
    regimes = regimes_of(body)
    silent = _unreported(regimes)
    rows = (_row(body, regime, row, silent) for regime in regimes for row in regime.rows)
    return csv_answer(f"esar-{body.code}-history", head, rows)


def _unreported(regimes: list[RegimeYears]) -> dict[int, str]:
    return unreported(row.result for regime in regimes for row in regime.rows)


def _row(body: Body, regime: RegimeYears, row: Row, silent: dict[int, str]) -> list[object]:
    result, name = row.result, regime.name
    status = silent.get(result.pk, "reported")
    total = None if result.pk in silent else total_of(result.total, result.fiscal_year)
    scale = f"{trimmed(regime.frame.total.value.scale):f}" if regime.frame else None
    return [
        body.code,
        body.name_th,
        result.fiscal_year,
        result.round_id,
        status,
        total,
        f"{trimmed(row.out_of):f}",
        scale,
        name.th if name else None,
        result.grade_id,
        result.is_demo,
    ]
