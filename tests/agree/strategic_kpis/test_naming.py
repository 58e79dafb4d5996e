"""A department's KPI names the strategic KPI that it comes from, and its committee reads it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.forms import KpiForm
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.signals import strategic_kpis_for
from esar.kernel.problems import Refused
from esar.platform.ui import clock
from esar.platform.ui.books import book
from tests.agree.make_forms import browser
from tests.agree.strategic_kpis.make import approved, told
from tests.make import AT, ON, World, fields, open_sitting

pytestmark = pytest.mark.django_db
BASIC = {"kind": "kind.basic", "weight": Decimal(20)}


@pytest.fixture
def card(world: World) -> Scorecard:
    return open_scorecard(world.department, 2567, by=world.reporter_d, at=AT, on=ON)


def saved(world: World, card: Scorecard, kpi: Kpi | None = None, **changed: Any) -> Kpi:
    values = fields("1.1", **BASIC, **changed)
    return save_kpi(card, values, by=world.reporter_d, at=AT, on=ON, kpi=kpi)


def refused(world: World, card: Scorecard, **changed: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        saved(world, card, **changed)
    return [problem.code for problem in refusal.value.problems]


def test_it_may_name_what_its_host_was_told_of_and_nothing_else(
    world: World, card: Scorecard
) -> None:
    told(world)
    approved(world, code="SK-MOC-02")

    assert strategic_kpis_for(card) == {"SK-MOC-01": "มูลค่าการค้าชายแดน"}
    assert refused(world, card, strategic_kpi="SK-MOC-02", strategic_link="proxy") == [
        "kpi.strategic_unknown"
    ]
    assert refused(world, card, strategic_kpi="SK-MOC-01") == ["kpi.strategic_link_missing"]
    assert refused(world, card, strategic_link="same") == ["kpi.strategic_missing"]
    template = saved(world, card, strategic_kpi="SK-MOC-01", strategic_link="proxy").template
    assert (template.strategic_kpi, template.strategic_link) == ("SK-MOC-01", "proxy")


def test_a_province_and_a_year_without_strategic_kpis_have_none_to_name(world: World) -> None:
    told(world)
    provincial = open_scorecard(world.province, 2567, by=world.reporter, at=AT, on=ON)

    assert strategic_kpis_for(provincial) == {}
    assert strategic_kpis_for(Scorecard(body=world.department, fiscal_year=2561)) == {}


def test_words_of_before_stay_until_they_are_changed(world: World, card: Scorecard) -> None:
    kpi = saved(world, card)
    IndicatorVersion.objects.filter(pk=kpi.template_id).update(strategic_kpi="มูลค่าส่งออก")
    kpi.refresh_from_db()

    again = saved(world, card, kpi, strategic_kpi="มูลค่าส่งออก", unit="บาท")

    assert (again.template.strategic_kpi, again.template.unit) == ("มูลค่าส่งออก", "บาท")


def form_of(typed: dict[str, str], offered: dict[str, str], template: Any = None) -> KpiForm:
    rules = book(2567)
    assert rules is not None
    on_the_last_day = rules.on(rules.year.last_day, "department")
    form = KpiForm(typed, rules=on_the_last_day, year=2567, template=template, strategic=offered)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    "typed", ["SK-1", "sk-1", "มูลค่า การค้า", "SK-1 มูลค่า การค้า", " มูลค่า  การค้า "]
)
def test_it_is_looked_up_by_code_or_by_name(typed: str) -> None:
    form = form_of({"strategic_kpi": typed}, {"SK-1": "มูลค่า การค้า", "SK-2": "ดัชนี"})

    assert form.cleaned_data["strategic_kpi"] == "SK-1"
    html = str(form["strategic_kpi"])
    assert html.count("<option") == 2
    assert 'list="strategic_kpi-choices"' in html


def test_where_nothing_is_offered_nothing_is_asked() -> None:
    named = IndicatorVersion(strategic_kpi="คำเดิม")

    assert "strategic_kpi" not in form_of({}, {}).fields
    assert "strategic_kpi" in form_of({}, {}, named).fields
    assert form_of({"strategic_kpi": "x"}, {"SK-9": "ดัชนี"}).cleaned_data["strategic_kpi"] == "x"


@pytest.mark.usefixtures("strict_templates")
def test_its_committee_finds_filled_in_what_the_department_named(
    world: World, card: Scorecard
) -> None:
    thing, other = told(world), told(world, code="SK-MOC-02")
    kpi = saved(world, card, strategic_kpi="SK-MOC-01", strategic_link="proxy")
    clock.pretend(ON)
    sitting = open_sitting(world, world.level2d)
    secretary = browser(world.secretaries["L2-MOC"])

    def filled_in(pk: int) -> str:
        page = secretary.get(f"/strategic/sittings/{sitting.pk}/{pk}/")
        return str(page.context["form"][f"kpi_{kpi.pk}"].value())

    assert (filled_in(thing.pk), filled_in(other.pk)) == ("proxy", "")
    assert browser(world.reporter_d).get(f"/scorecards/{card.pk}/kpis/1.1/").status_code == 200
