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

    assert page_of("D1").context["trend"] is None
    assert Result.objects.count() == 1


def last_year(one: Result, actual: str, rulebook: str = "0" * 64) -> Result:
    """The same body's result of 2566, of which no rulebook is kept."""
    kpis = [dict(kpi) for kpi in one.explanation["kpis"]]
    kpis[0] |= {"result": kpis[0]["result"] | {"actual": actual}}
    explanation = one.explanation | {"year": 2566, "kpis": kpis}
    return Result.objects.create(
        body=one.body,
        fiscal_year=2566,
        round_id="12m",
        state="released",
        total=one.total,
        grade_id=one.grade_id,
        rulebook_sha256=rulebook,
        explanation=explanation,
        is_demo=True,
        computed_at=one.computed_at,
        released_at=one.released_at,
    )


def test_years_of_other_rules_stand_apart_and_nothing_joins_them() -> None:
    last_year(result(department("D1"), "81"), "80")
    drawing = page_of("D1").context["trend"]

    assert [year for year, _ in drawing.years] == [2566, 2567]
    assert (len(drawing.breaks), drawing.series[0].lines) == (1, ())


def test_components_stand_over_the_years_that_were_measured_alike() -> None:
    score = result(department("D1"), "81")
    last_year(score, "80", rulebook=score.rulebook_sha256)
    parts = page_of("D1").context["part_years"]

    components = [part["component"]["number"] for part in page_of("D1").context["parts"]]
    assert [part.number for part in parts] == components
    assert {part.gained for part in parts} == {0}
    assert [len(part.drawing.series[0].lines) for part in parts] == [1] * len(parts)


def test_components_of_years_of_other_rules_do_not() -> None:
    last_year(result(department("D1"), "81"), "80")

    assert page_of("D1").context["part_years"] == []


@pytest.mark.parametrize("address", ["/results/2567/12m/D1/", "/agencies/D1/"])
def test_a_single_year_is_said_to_have_no_trend_yet(address: str) -> None:
    score = result(department("D1"), "81")
    sentence = "จึงยังไม่มีแนวโน้ม"
    pages = [Client().get(address, follow=True)]
    last_year(score, "80")
    pages.append(Client().get(address, follow=True))

    assert [sentence in page.content.decode() for page in pages] == [True, False]
    assert [page.context["trend"] is None for page in pages] == [True, False]


def test_a_bullet_has_last_years_result_of_the_same_kpi() -> None:
    last_year(result(department("D1"), "81"), "80")

    assert page_of("D1").context["bullets"]["1"].last == Decimal(80)


def test_every_ground_of_the_calculation_stands_once_at_its_end() -> None:
    result(department("D1"), "81")
    page = page_of("D1")
    grounds = page.context["calculation"].grounds
    html = page.content.decode()

    assert [ground.number for ground in grounds] == list(range(1, len(grounds) + 1))
    assert [html.count(f'id="ground-{ground.number}"') for ground in grounds] == [1] * len(grounds)
    cited = {number for number in range(1, 99) if f'href="#ground-{number}"' in html}
    assert cited == {ground.number for ground in grounds}


def test_the_page_says_the_rank_among_all_and_at_home() -> None:
    result(department("D1"), "81")
    result(department("D2"), "95")
    result(department("D3", parent="MOT"), "95")
    peers = page_of("D1").context["peers"]

    assert (peers.standing.rank, len(peers.field.ranked)) == (3, 3)
    assert (peers.rank_at_home, len(peers.beside)) == (2, 2)


def test_the_few_largest_losses_are_named_with_their_share() -> None:
    lost = result(department("D1"), "81", digital="50")
    losses = page_of("D1").context["losses"]

    assert losses.lost == 100 - lost.total.quantize(Decimal("0.01")) or losses.share == 100
    assert [row.kpi["id"] for row in losses.most] == ["1", "2.1"]
