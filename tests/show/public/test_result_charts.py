"""A result as pictures: the same figures as its explanation, and nothing that it does not say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.judge.results.models import Result
from esar.platform.charts.figures import Missing
from esar.show.public.result_charts import ruler_of
from tests.show.public.make import department, province, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


def page_of(code: str) -> Any:
    return Client().get(f"/results/2567/12m/{code}/")


def test_the_total_stands_on_the_ruler_of_its_grades() -> None:
    score = result(department("D1"), "95")
    ruler = page_of("D1").context["ruler"]

    assert ruler.value == score.total
    assert [segment.grade.least for segment in ruler.segments] == [0, 60, 75, 90]
    assert ruler.short_of_next == 90 - score.total if score.total < 90 else ruler.next is None


def test_losses_lead_exactly_to_the_total() -> None:
    score = result(department("D1"), "81", digital=None)
    fall = page_of("D1").context["fall"]
    lost = {kpi["id"]: kpi for kpi in score.explanation["kpis"]}

    assert fall.steps[0].left == Decimal(score.explanation["out_of"])
    assert round(fall.steps[-1].left, 2) == score.total
    for step in fall.steps[1:-1]:
        assert step.change <= 0
    assert {step.item.href.rpartition("#kpi-")[2] for step in fall.steps[1:-1]} - {""} <= set(lost)


def test_who_reported_nothing_has_no_place_on_the_ruler() -> None:
    score = result(province("TH-98"), None, digital=None)
    ruler = ruler_of(score, "not_reported")
    bullets = page_of("TH-98").context["bullets"]

    assert ruler is not None
    assert (ruler.value, ruler.here) == (Missing.NOT_REPORTED, None)
    assert {drawing.mark for drawing in bullets.values()} == {"not_reported"}


def test_every_kpi_with_targets_has_its_bullet() -> None:
    score = result(department("D1"), "81")
    bullets = page_of("D1").context["bullets"]
    kpis = {
        kpi["id"]: [Decimal(target) for target in kpi["result"]["targets"]]
        for kpi in score.explanation["kpis"]
        if kpi["result"].get("targets")
    }

    assert {number: list(drawing.values) for number, drawing in bullets.items()} == kpis


def test_one_year_is_no_line_of_years() -> None:
    result(department("D1"), "81")

    assert page_of("D1").context["years"] is None
    assert Result.objects.count() == 1
