"""The menu: what each role finds in it, word for word."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from tests.make import FEBRUARY, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

PUBLIC = ["/years/2567/", "/calendar/", "/rules/", "/results/", "/agendas/", "/agencies/"]
OPDC = {"analyst", "administrator", "assessor", "auditor"}
# address: who finds it; None: everyone who is signed in
SIGNED_IN = {
    "/desk/": None,
    "/scorecards/": None,
    "/reports/": None,
    "/assessments/": OPDC | {"ministers_office"},
    "/sittings/": None,
    "/kpis/": None,
    "/changes/": None,
    "/plans/": None,
    "/plan-summary/": OPDC,
    "/central/": OPDC | {"central_owner", "reporter", "approver"},
    "/central/sets/": {"central_owner"},
    "/warnings/": None,
    "/appeals/": None,
    "/release/": OPDC,
    "/linkage/2567/1/": {"analyst", "auditor", "ministers_office", "approver"},
    "/letters/": OPDC | {"reporter", "approver"},
    "/extensions/": OPDC - {"assessor"} | {"reporter", "approver"},
    "/follow-ups/": OPDC | {"reporter", "approver", "secretary", "member"},
    "/outside-results/": {"analyst", "administrator", "reporter"},
    "/self-evaluations/": OPDC | {"reporter", "approver", "ministers_office"},
    "/kpi-templates/": OPDC,
    "/indicators/": None,
    "/indexes/": set(Role.values),
    "/ministers/": OPDC | {"ministers_office"},
    "/years/2567/tables/": None,
    "/strategic/": None,
    "/strategic/results/": OPDC | {"reporter", "approver"},
    "/people/": None,
    "/role-offers/": None,
    "/security/": {"administrator", "auditor"},
    "/corrections/": {"administrator", "auditor"},
    "/dual-acts/": {"administrator", "auditor"},
    "/check-ups/": {"administrator", "auditor"},
}


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def menu_of(client: Client) -> list[str]:
    html = client.get("/rules/2567/late/").content.decode()
    menu = re.search(r'<ul class="site-menu">(.*?)</nav>', html, re.S)
    assert menu is not None
    return re.findall(r'<a [^>]*href="([^"]+)"', menu[1])


def test_a_visitor_finds_the_public_pages(client: Client) -> None:
    assert menu_of(client) == ["/", *PUBLIC]


def test_each_role_finds_its_own_pages_in_order(world: World) -> None:
    for role in [*Role.values, "nobody"]:
        client = Client()
        client.force_login(world.by_role[role])
        own = [path for path, roles in SIGNED_IN.items() if roles is None or role in roles]
        assert menu_of(client) == [*own, *PUBLIC], role


def test_every_entry_of_a_menu_opens_for_whoever_finds_it(world: World) -> None:
    closed = []
    for role in [*Role.values, "nobody"]:
        client = Client()
        client.force_login(world.by_role[role])
        closed += [
            (role, path)
            for path in set(menu_of(client)) - set(PUBLIC)
            if client.get(path).status_code == 404
        ]

    assert closed == []


def test_who_holds_two_roles_finds_the_pages_of_both(world: World) -> None:
    from esar.platform.organisations.actions import appoint
    from tests.make import AT, SINCE

    appoint(world.owner, "auditor", by=None, at=AT, on=SINCE)
    client = Client()
    client.force_login(world.owner)

    assert {"/central/sets/", "/linkage/2567/1/"} <= set(menu_of(client))


def test_a_year_without_a_linkage_has_none_in_the_menu(world: World) -> None:
    clock.pretend(FEBRUARY.replace(year=2011))
    client = Client()
    client.force_login(world.analyst)

    assert [path for path in menu_of(client) if "linkage" in path] == []
