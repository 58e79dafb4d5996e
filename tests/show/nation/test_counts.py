"""T6, T7 and T11, counted from the demo nation: as printed, and moving with the rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from esar.agree.indicators.models import Indicator
from esar.agree.scorecards.models import Kpi
from esar.law.rules.reading import read_rulebook
from esar.platform.organisations.models import Body, Committee
from esar.platform.ui.templatetags.words import plain_or_dash
from esar.show.nation.counts import committees, provinces, road
from esar.show.nation.registry import AsOf, Table, as_json, checked
from tests.demo.make import Nation
from tests.show.public.make import department, province, result

BOOK = read_rulebook(Path("rulebook"), 2567)
AS_OF = AsOf(BOOK, date(2024, 2, 7))


@pytest.fixture
def nation(db: None) -> None:  # noqa: ARG001 what it writes into
    Nation()


def counted(table: Table[Any]) -> dict[str, Any]:
    return as_json(table.figures(table.rows(AS_OF)))


@pytest.mark.usefixtures("nation")
def test_76_provinces_have_18_different_kpis_five_to_seven_each_until_nobody_has_one() -> None:
    whole = {
        "provinces": 76,
        "kpis": 18,
        "economic": 6,
        "social": 7,
        "environment": 5,
        "least": 5,
        "most": 7,
    }
    assert counted(provinces.CHOSEN) == whole  # what versions say is kept in memory from then on
    with CaptureQueriesContext(connection) as queries:
        assert counted(provinces.CHOSEN) == whole
    assert len(queries) == 3

    Indicator.objects.filter(listed_as="province-kpis/s7").update(listed_as="")
    less = counted(provinces.CHOSEN)
    assert (less["kpis"], less["social"], less["least"]) == (17, 6, 4)


@pytest.mark.usefixtures("nation", "strict_templates")
def test_the_page_of_t6_has_a_matrix_of_76_by_18_and_the_targets_of_all_for_one_kpi() -> None:
    page = Client().get(reverse("nation:table", args=[2567, "T6"]) + "?item=n2")
    lines, items = page.context["province_lines"], page.context["items"]
    samut_sakhon = next(line for line in lines if line.body.code == "TH-74")
    agreed = Kpi.objects.filter(
        scorecard__body__code="TH-74", template__indicator__listed_as__startswith="province-kpis"
    )
    weights = {
        kpi.template.indicator.listed_as.rpartition("/")[2]: f"{kpi.weight:f}".rstrip("0").rstrip(
            "."
        )
        for kpi in agreed.select_related("template__indicator")
    }

    assert (len(lines), len(items)) == (76, 18)
    assert {
        item: plain_or_dash(chosen.kpi.share)
        for (item, _, _), (chosen, _) in zip(items, samut_sakhon.cells, strict=True)
        if chosen
    } == weights
    assert sum(number for _, _, number in items) == sum(line.kpis for line in lines)
    assert [line.row.item for line in page.context["list"].lines] == ["n2"] * 16


@pytest.mark.django_db
def test_a_released_result_stands_beside_the_targets_of_a_provinces_kpi() -> None:
    body = province("TH-74")
    result(body, "82.5")
    result(department("DIT"), "95")

    assert provinces.outcomes(2567) == {(body.pk, "1"): provinces.Outcome("82.5", Decimal("62.5"))}


def test_a_kpi_that_is_meant_for_a_province_and_that_it_has_not_is_shown_as_missing() -> None:
    item = provinces.listed_kpis(AS_OF.rules)["n2"]
    meant, another = Body(code="TH-74"), Body(code="TH-40")

    assert provinces.cell_of(meant, item, {}) == (None, True)
    assert provinces.cell_of(another, item, {}) == (None, False)


@pytest.mark.django_db
def test_two_committees_of_level_1_and_39_of_level_2_consider_the_year() -> None:
    call_command("load_registry", verbosity=0)
    whole = {"ministries": 18, "single-bodies": 19, "prime-ministers-office": 1, "provinces": 1}
    with CaptureQueriesContext(connection) as queries:
        assert counted(committees.COMMITTEES) == {
            "level1": 2,
            "level2": whole,
            "level2_total": 39,
        }
    assert len(queries) == 3

    Committee.objects.get(code="L2-PMO").delete()
    assert counted(committees.COMMITTEES)["level2_total"] == 38


def test_the_road_leads_from_june_2566_to_february_2567() -> None:
    assert counted(road.ROAD) == {
        "days": [
            "2023-06-07",
            "2023-07-25",
            "2023-08-08",
            "2023-08-22",
            "2023-09-08",
            "2023-10-30",
            "2023-11-08",
            "2023-12-22",
            "2024-02-06",
            "2024-02-07",
        ]
    }


@pytest.mark.django_db
def test_where_the_letter_prints_19_ministries_the_page_says_why() -> None:
    call_command("load_registry", verbosity=0)
    figures = checked(committees.COMMITTEES, committees.COMMITTEES.rows(AS_OF), AS_OF)
    ministries = next(row for row in figures if row.figure.at == "level2/ministries")
    printed = {check.text: check.agrees for check in ministries.checks}

    assert printed == {"18": True, "19": False}
    assert "ไม่รวมกระทรวงกลาโหม" in ministries.why
