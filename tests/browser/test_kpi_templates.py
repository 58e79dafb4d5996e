"""KPI templates, their audit, OPDC's list and 2554's changes in Chromium: axe and two widths."""

from __future__ import annotations

from decimal import Decimal

import pytest

from esar.agree.changes import actions as changes
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from tests.agree.scorecards import make
from tests.agree.scorecards.make_changes import asked
from tests.agree.scorecards.make_kpi_templates import FEBRUARY, fill, go, judge
from tests.agree.scorecards.make_listed import listed
from tests.browser.axe_and_width import check
from tests.browser.stage import Stage
from tests.make import World, kpi

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_pages_of_templates_the_list_and_changes(stage: Stage, world: World) -> None:
    card = make.in_force(world)
    source = listed(world).indicator
    fill(world, card, "1.1")
    change = changes.ask(
        card,
        kpi(card),
        asked(weight="45", other="3.1") | {"weight": Decimal(45)},
        by=world.reporter,
        at=make.at(FEBRUARY),
        on=FEBRUARY,
    )
    clock.pretend(FEBRUARY)
    root = f"/scorecards/{card.pk}/"
    reporter, analyst = world.reporter, world.analyst

    def look(who: Person, *paths: str) -> None:
        for path in paths:
            check(stage.goto(who, path))

    look(
        reporter,
        f"{root}templates/",
        f"{root}templates/kpis/1.1/",
        f"{root}kpis/1.1/change/",
        f"/changes/{change.pk}/",
        root,
    )
    look(
        analyst,
        "/kpi-templates/?year=2554",
        "/indicators/",
        "/indicators/list/",
        f"/indicators/{source.code}/",
    )
    fill(world, card)
    go(card, "propose", reporter, FEBRUARY)
    go(card, "submit", world.approver, FEBRUARY)
    judge(world, card, k1_1="สูตรไม่ตรงกับหน่วยวัด")
    check(stage.goto(analyst, f"{root}templates/"))
    go(card, "return", analyst, FEBRUARY)
    check(stage.goto(reporter, f"{root}templates/"))
