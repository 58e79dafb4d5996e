"""OPDC's list of KPIs, kept in the browser; who takes from it unchanged need not negotiate."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from esar.agree.indicators.models import Indicator, IndicatorVersion
from esar.agree.library.actions import save_listed
from esar.agree.scorecards.actions import save_kpi
from esar.agree.scorecards.content import kpis_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi
from esar.agree.scorecards.queries import unlisted
from esar.kernel.problems import Refused
from esar.platform.history.queries import timeline
from esar.platform.ui import clock
from tests.agree.scorecards import make
from tests.agree.scorecards.make_listed import listed, text
from tests.make import AT, ON, World, draft, kpi

pytestmark = pytest.mark.django_db


def taken(world: World, source: IndicatorVersion, **changed: Any) -> list[str]:
    """The numbers that must be negotiated once a province takes an indicator from the list."""
    card = make.drafted(world, listed=True)
    values = make.agreement_fields("1.9")
    values |= {name: getattr(source, name) for name in IndicatorVersion.FIELDS}
    save_kpi(
        card,
        values | {"template": source} | changed,
        by=world.reporter,
        at=make.at(make.PROPOSED),
        on=make.PROPOSED,
    )
    return unlisted(kpis_of(card), 2554)


def test_an_analyst_adds_and_edits_and_the_history_says_so(world: World) -> None:
    made = listed(world)
    assert made.indicator.code == "OPDC-2554-001"
    again = save_listed(
        text(unit="ครัวเรือน"),
        by=world.analyst,
        at=make.at(make.PROPOSED),
        on=make.PROPOSED,
        indicator=made.indicator,
    )
    assert (again.pk, again.number, again.unit) == (made.pk, 1, "ครัวเรือน")  # nobody holds it
    assert [one.verb for one in timeline(made.indicator)] == [
        "indicator.changed",
        "indicator.listed",
    ]


def test_a_text_that_a_scorecard_holds_becomes_a_new_version(world: World) -> None:
    made = listed(world)
    assert taken(world, made) == []
    again = save_listed(
        text(unit="ครัวเรือน"),
        by=world.analyst,
        at=make.at(make.PROPOSED),
        on=make.PROPOSED,
        indicator=made.indicator,
    )
    made.refresh_from_db()
    assert (again.number, again.unit, made.unit) == (2, "ครัวเรือน", "ร้อยละ")
    assert unlisted(kpis_of(Kpi.objects.get(number="1.9").scorecard), 2554) == []


@pytest.mark.parametrize(
    ("changed", "negotiated"),
    [
        ({}, []),
        ({"owner": "สมศรี", "collection": "เก็บรายเดือน"}, []),  # what the list leaves empty
        ({"formula": "ก ÷ ค"}, ["1.9"]),
        ({"name": "ชื่ออื่น"}, ["1.9"]),
        ({"direction": "higher"}, ["1.9"]),
    ],
)
def test_what_is_taken_stays_on_the_list_until_its_text_is_changed(
    world: World, changed: dict[str, Any], negotiated: list[str]
) -> None:
    assert taken(world, listed(world), **changed) == negotiated


def test_another_years_list_is_not_this_years(world: World) -> None:
    assert taken(world, listed(world, fiscal_year=2567)) == ["1.9"]


def test_only_the_list_is_kept_here_and_only_by_analysts(world: World) -> None:
    make.drafted(world)
    own = Indicator.objects.filter(body=world.province).first()
    for by, indicator, code in (
        (world.analyst, own, "indicator.not_listed"),
        (world.reporter, None, "access.wrong_role"),
    ):
        with pytest.raises(Refused) as refused:
            save_listed(
                text(), by=by, at=make.at(make.PROPOSED), on=make.PROPOSED, indicator=indicator
            )
        assert [one.code for one in refused.value.problems] == [code]


def test_another_saving_meanwhile_is_not_overwritten(world: World) -> None:
    made = listed(world)
    with pytest.raises(Refused) as refused:
        save_listed(
            text(unit="คน", seen="0" * 64),
            by=world.analyst,
            at=make.at(make.PROPOSED),
            on=make.PROPOSED,
            indicator=made.indicator,
        )
    assert [one.code for one in refused.value.problems] == ["indicator.changed_in_another_window"]


def test_a_scorecard_is_offered_its_own_years_list_and_not_another_years(world: World) -> None:
    clock.pretend(make.PROPOSED)
    ours, theirs = (
        listed(world, name="รายการปี 2554"),
        listed(world, name="รายการปี 2567", fiscal_year=2567),
    )
    card = make.drafted(world)
    client = Client()
    client.force_login(world.reporter)

    whole = client.get("/indicators/").content.decode()
    mine = client.get(f"/indicators/?card={card.pk}").content.decode()
    assert [[name in html for name in (ours.name, theirs.name)] for html in (whole, mine)] == [
        [True, True],
        [True, False],
    ]
    assert "ตัวชี้วัดที่ 1.1" in mine  # the body's own stay
    found = [
        client.get(f"/scorecards/{card.pk}/kpis/new/?from={one.pk}").status_code
        for one in (ours, theirs)
    ]
    assert found == [200, 404]


def test_by_the_pages(world: World) -> None:
    clock.pretend(make.PROPOSED)
    client, reporter = Client(), Client()
    client.force_login(world.analyst)
    reporter.force_login(world.reporter)
    assert client.get("/indicators/list/").status_code == 200
    made = client.post("/indicators/list/", text())
    assert (made.status_code, made["Location"]) == (302, "/indicators/OPDC-2554-001/")
    edit = "/indicators/OPDC-2554-001/edit/"
    assert 'value="ร้อยละของครัวเรือนยากจน"' in client.get(edit).content.decode()
    seen = client.get(edit).context["form"].initial["seen"]
    assert client.post(edit, text(unit="คน", seen=seen)).status_code == 302
    assert edit in client.get("/indicators/OPDC-2554-001/").content.decode()
    assert reporter.get(edit).status_code == 404
    assert "/indicators/list/" not in reporter.get("/indicators/").content.decode()

    card = make.drafted(world)
    page = reporter.get(f"/scorecards/{card.pk}/").content.decode()
    assert "ไม่เป็นไปตามรายการของสำนักงาน ก.พ.ร.: 1.1, 2.1, 3.1, 4.1" in page
    source = IndicatorVersion.objects.get(indicator__code="OPDC-2554-001").pk
    form = reporter.get(f"/scorecards/{card.pk}/kpis/new/?from={source}").content.decode()
    assert "อยู่ในรายการต่อไปเมื่อไม่แก้ข้อความ" in form


def test_a_kpi_is_not_proposed_before_its_direction_is_chosen(world: World) -> None:
    card = draft(world)
    template = kpi(card, "1.2").template
    IndicatorVersion.objects.filter(pk=template.pk).update(direction="")
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)

    (problem,) = refused.value.problems
    assert (problem.code, problem.figures) == ("kpi.direction_not_chosen", {"kpi": "1.2"})
