"""The list of 18 is the provinces’: no department is offered it, or takes from it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from esar.agree.indicators.actions import load_listed_indicators
from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.kernel.problems import Refused
from esar.platform.organisations.models import Body, Person
from tests.make import AT, ON, World, fields


def offered(by: Person, body: Body) -> list[str]:
    """What the library offers for the body's scorecard, of the list of 18."""
    load_listed_indicators(2567, at=AT)
    card = open_scorecard(body, 2567, by=by, at=AT, on=ON)
    client = Client()
    client.force_login(by)
    page = client.get(f"{reverse('library:indicators')}?card={card.pk}")
    codes = [line.row.indicator.listed_as for line in page.context["list"].lines]
    return sorted(code for code in codes if code.startswith("province-kpis/"))


def test_a_province_is_offered_the_18_and_a_department_none_of_them(world: World) -> None:
    assert len(offered(world.reporter, world.province)) == 18
    assert offered(world.reporter_d, world.department) == []


def test_a_department_takes_none_of_the_18_by_another_way(world: World) -> None:
    load_listed_indicators(2567, at=AT)
    card = open_scorecard(world.department, 2567, by=world.reporter_d, at=AT, on=ON)
    template = IndicatorVersion.objects.get(indicator__listed_as="province-kpis/n2")
    values = fields("1.1", weight=Decimal(20), kind="kind.basic", template=template)
    with pytest.raises(Refused) as refusal:
        save_kpi(card, values, by=world.reporter_d, at=AT, on=ON)

    assert [problem.code for problem in refusal.value.problems] == ["kpi.listed_for_others"]


def directions() -> dict[str, str]:
    listed = IndicatorVersion.objects.filter(indicator__listed_as__startswith="province-kpis/")
    newest = {row.indicator.listed_as.rpartition("/")[2]: row for row in listed.order_by("number")}
    return {item: row.direction for item, row in newest.items() if row.direction}


@pytest.mark.django_db
def test_a_direction_is_what_a_source_says_and_else_left_to_be_chosen() -> None:
    load_listed_indicators(2567, at=AT)

    assert directions() == {"s7": "lower", "n2": "lower", "n3": "lower"}
    dust = IndicatorVersion.objects.get(indicator__listed_as="province-kpis/n2")
    assert (dust.dimension, dust.data_source) == ("environment", "กรมควบคุมมลพิษ")


@pytest.mark.django_db
def test_what_the_list_came_to_say_is_the_next_version_and_again_changes_nothing() -> None:
    load_listed_indicators(2567, at=AT)
    IndicatorVersion.objects.filter(indicator__listed_as__startswith="province-kpis/").update(
        direction="", dimension="", unit=""
    )

    assert load_listed_indicators(2567, at=AT) == 0
    assert directions() == {"s7": "lower", "n2": "lower", "n3": "lower"}
    versions = IndicatorVersion.objects.filter(indicator__listed_as="province-kpis/n2")
    assert [row.number for row in versions.order_by("number")] == [1, 2]
    load_listed_indicators(2567, at=AT)
    assert versions.count() == 2
