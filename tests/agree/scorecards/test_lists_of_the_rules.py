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


def test_the_list_leaves_the_direction_to_be_chosen(world: World) -> None:
    load_listed_indicators(2567, at=AT)
    listed = IndicatorVersion.objects.filter(indicator__listed_as__startswith="province-kpis/")

    assert set(listed.values_list("direction", flat=True)) == {""}
    assert world.province.kind == "province"
