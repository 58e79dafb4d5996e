"""A joint KPI by agenda names the sub-indicator that its body holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from esar.agree.agendas.models import Holder
from esar.agree.agendas.queries import JOINT_KIND
from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.checks import check
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.platform.ui import clock
from tests.agree.agendas.make import AT, DUST, HEAD, ON, load
from tests.make import World, fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


@pytest.fixture
def card(world: World) -> Scorecard:
    """A scorecard of the province with one KPI that is joint by agenda."""
    by = {"by": world.reporter, "at": AT, "on": ON}
    opened = open_scorecard(world.province, 2567, **by)
    save_kpi(opened, fields("1.1"), **by)
    Kpi.objects.filter(scorecard=opened, number="1.1").update(kind=JOINT_KIND)
    return opened


def without_sub_indicator(card: Scorecard) -> list[object]:
    kpis = Kpi.objects.filter(scorecard=card).select_related("template__indicator")
    problems, _ = check(card, list(kpis))
    code = "scorecard.no_sub_indicator"
    return [problem.figures["kpi"] for problem in problems if problem.code == code]


def test_before_the_list_is_loaded_nothing_can_be_named(card: Scorecard) -> None:
    assert without_sub_indicator(card) == []


def test_a_joint_kpi_that_names_none_is_a_problem_until_its_body_names_it(
    world: World, card: Scorecard
) -> None:
    load(world, HEAD + DUST)
    assert without_sub_indicator(card) == ["1.1"]

    clock.pretend(ON)
    client = Client()
    client.force_login(world.reporter)
    holder = Holder.objects.get(body=world.province)
    indicator = Kpi.objects.get(scorecard=card, number="1.1").template.indicator
    assert client.get(f"/joint-kpis/{holder.pk}/kpi/").status_code == 200
    answer = client.post(f"/joint-kpis/{holder.pk}/kpi/", {"indicator": indicator.pk})

    assert (answer.status_code, without_sub_indicator(card)) == (302, [])


def test_nobody_names_the_kpi_of_another_body(world: World) -> None:
    load(world, HEAD + DUST)
    clock.pretend(ON)
    client = Client()
    client.force_login(world.reporter_d)

    holder = Holder.objects.get(body=world.province)
    assert client.get(f"/joint-kpis/{holder.pk}/kpi/").status_code == 404


@pytest.fixture
def reporter(world: World) -> Client:
    load(world, HEAD + DUST)
    clock.pretend(ON)
    client = Client()
    client.force_login(world.reporter)
    return client


def typed(client: Client, page: str, **changed: str) -> dict[str, Any]:
    """What the form of a KPI holds as it is shown, with what is typed over it."""
    form = client.get(page).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value is not None} | changed


def test_the_form_of_a_joint_kpi_offers_what_its_body_holds_and_names_it(
    world: World, card: Scorecard, reporter: Client
) -> None:
    page = f"/scorecards/{card.pk}/kpis/1.1/"
    holder = Holder.objects.get(body=world.province)
    fields = typed(reporter, page, sub_indicator=str(holder.pk))
    offered = reporter.get(page).context["form"].fields["sub_indicator"].choices
    assert [key for key, _name in offered] == ["", str(holder.pk)]

    assert reporter.post(page, fields).status_code == 302

    holder.refresh_from_db()
    kpi = Kpi.objects.get(scorecard=card, number="1.1")
    assert holder.indicator_id == kpi.template.indicator_id
    assert without_sub_indicator(card) == []
    fields = typed(reporter, page)
    assert fields["sub_indicator"] == str(holder.pk)
    assert reporter.post(page, fields | {"sub_indicator": ""}).status_code == 302
    assert without_sub_indicator(card) == ["1.1"]


def test_the_page_that_saves_itself_names_it_too(
    world: World, card: Scorecard, reporter: Client
) -> None:
    page = f"/scorecards/{card.pk}/kpis/1.1/"
    holder = Holder.objects.get(body=world.province)
    fields = typed(reporter, page, sub_indicator=str(holder.pk))

    answer = reporter.post(page, fields, headers={"X-Autosave": "1"})

    assert answer.status_code == 200
    assert without_sub_indicator(card) == []


def test_a_kpi_of_another_kind_names_no_sub_indicator(
    world: World, card: Scorecard, reporter: Client
) -> None:
    page = f"/scorecards/{card.pk}/kpis/1.1/"
    holder = Holder.objects.get(body=world.province)
    fields = typed(reporter, page, sub_indicator=str(holder.pk), kind="kind.area")

    answer = reporter.post(page, fields)

    assert (answer.status_code, "sub_indicator" in answer.context["form"].errors) == (422, True)
    holder.refresh_from_db()
    assert holder.indicator_id is None


def test_a_body_that_holds_nothing_is_asked_for_none(world: World, card: Scorecard) -> None:
    clock.pretend(ON)
    client = Client()
    client.force_login(world.reporter)

    form = client.get(f"/scorecards/{card.pk}/kpis/1.1/").context["form"]

    assert "sub_indicator" not in form.fields
