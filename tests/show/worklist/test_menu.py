"""The menu: what each role finds in it, word for word."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from django.test import Client

from esar.platform.organisations.models import Role
from esar.platform.ui import clock
from esar.platform.ui.year_address import in_year, without_year
from esar.show.worklist.menu import MAX_RAIL, current, menu_of
from esar.show.worklist.viewer import Viewer
from tests.make import FEBRUARY, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

TABS = ["/", "/ranking/", "/explore/", "/compare/", "/years/2567/"]
OPDC = {"analyst", "administrator", "assessor", "auditor"}
BODY = {"reporter", "approver"}
COMMITTEE = {"secretary", "member"}
WATCHERS = {"administrator", "auditor"}
# address: who finds it; None: everyone who is signed in
SIGNED_IN = {
    "/desk/": None,
    "/scorecards/": None,
    "/reports/": None,
    "/assessments/": OPDC | {"ministers_office"},
    "/sittings/": None,
    "/kpis/": None,
    "/changes/": None,
    "/central/": OPDC | BODY | {"central_owner"},
    "/central/sets/": {"analyst", "central_owner"},
    "/warnings/": None,
    "/appeals/": None,
    "/release/": OPDC,
    "/linkage/2567/1/": {"analyst", "auditor", "ministers_office", "approver"},
    "/letters/": OPDC | BODY,
    "/extensions/": OPDC - {"assessor"} | BODY,
    "/follow-ups/": OPDC | BODY | COMMITTEE,
    "/outside-results/": {"analyst", "administrator", "reporter"},
    "/self-evaluations/": OPDC | BODY | {"ministers_office"},
    "/indicators/": None,
    "/indexes/": set(Role.values),
    "/ministers/": OPDC | {"ministers_office"},
    "/years/2567/tables/": None,
    "/nation/2567/": OPDC,
    "/strategic/": None,
    "/agencies/": None,
    "/strategic/results/": OPDC | BODY,
    "/people/": None,
    "/people/by-body/": WATCHERS,
    "/role-offers/": None,
    "/security/": WATCHERS,
    "/corrections/": WATCHERS,
    "/dual-acts/": WATCHERS,
    "/check-ups/": WATCHERS,
    "/portfolios/": WATCHERS,
    "/people/office-holders/": {"administrator"},
    "/log/": WATCHERS,
    "/processes/": OPDC,
    "/administration/": {"administrator"},
    "/administration/year/": WATCHERS,
    "/calendar/2567/": None,
    "/rules/": None,
    "/rules/2567/": WATCHERS,
    "/agendas/": None,
    "/results/": None,
}
RAILS = {
    "reporter": ["/desk/", "own", "/scorecards/", "/reports/", "/changes/", "calendar"],
    "approver": ["/desk/", "own", "/scorecards/", "/reports/", "/changes/", "calendar"],
    "secretary": ["/desk/", "/scorecards/", "/reports/", "/changes/", "/sittings/", "calendar"],
    "member": ["/desk/", "/scorecards/", "/reports/", "/changes/", "/sittings/", "calendar"],
    "analyst": [
        "/desk/",
        "/nation/2567/",
        "/agencies/",
        "/processes/",
        "/central/sets/",
        "/letters/",
        "/release/",
    ],
    "administrator": ["/desk/", "/administration/", "/agencies/", "/processes/", "calendar"],
    "assessor": ["/desk/", "/ministers/", "/processes/", "/assessments/", "/results/", "calendar"],
    "ministers_office": ["/desk/", "/ministers/", "/assessments/", "/results/", "calendar"],
    "central_owner": ["/desk/", "/central/sets/", "calendar"],
    "auditor": ["/desk/", "/agencies/", "/processes/", "/log/", "/check-ups/", "calendar"],
    "nobody": ["/desk/", "calendar"],
}


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.by_role[role])
    return client


def menu_for(client: Client, path: str = "/rules/2567/late/") -> Any:
    return client.get(path).context["menu"]


def addresses(*groups: Any) -> list[str]:
    return [without_year(link.href) for links in groups for link in links]


def test_a_visitor_finds_five_tabs_and_what_else_is_public(client: Client) -> None:
    menu = menu_for(client)

    assert addresses(menu.rail) == []
    assert addresses(menu.public) == TABS
    assert addresses(menu.more) == [
        "/agencies/",
        "/calendar/2567/",
        "/rules/",
        "/results/",
        "/agendas/",
    ]


def test_each_role_has_its_rail_in_order(world: World) -> None:
    own = {"own": f"/agencies/{world.province.code}/", "calendar": "/calendar/2567/"}
    for role, expected in RAILS.items():
        rail = addresses(menu_for(signed_in(world, role)).rail)
        assert rail == [own.get(path, path) for path in expected], role


def test_no_page_of_a_role_falls_out_of_its_menu(world: World) -> None:
    for role in [*Role.values, "nobody"]:
        menu = menu_for(signed_in(world, role))
        pages = {path for path, roles in SIGNED_IN.items() if roles is None or role in roles}
        own = {f"/agencies/{world.province.code}/"} if role in BODY else set()
        assert set(addresses(menu.rail, menu.more, menu.public)) == pages | own | set(TABS), role


def test_no_page_stands_twice_on_the_rail_and_behind_it(world: World) -> None:
    for role in [*Role.values, "nobody"]:
        menu = menu_for(signed_in(world, role))
        links = addresses(menu.rail, menu.more)
        assert len(links) == len(set(links)), role


def test_every_entry_of_a_menu_opens_for_whoever_finds_it(world: World) -> None:
    closed = []
    for role in [*Role.values, "nobody"]:
        client = signed_in(world, role)
        menu = menu_for(client)
        closed += [
            (role, path)
            for path in {*addresses(menu.rail, menu.more)} - {"/rules/", "/results/", "/agendas/"}
            if client.get(path).status_code == 404
        ]

    assert closed == []


@pytest.mark.parametrize("count", [1, 2, 3, len(Role.values)])
def test_a_rail_has_at_most_seven_whatever_roles_meet_in_one_person(count: int) -> None:
    for roles in combinations(Role.values, count):
        for code in ("", "TH-73"):
            menu = menu_of(Viewer(frozenset(roles), 2567, None, 2567, code))
            assert len(menu.rail) <= MAX_RAIL, roles


def test_lists_that_find_no_room_on_the_rail_give_way_to_the_page_of_all_lists() -> None:
    roles = frozenset({Role.ANALYST, Role.SECRETARY})

    menu = menu_of(Viewer(roles, 2567, None, 2567))

    assert addresses(menu.rail) == [
        "/desk/",
        "/nation/2567/",
        "/agencies/",
        "/processes/",
        "/scorecards/",
        "/reports/",
        "/changes/",
    ]
    assert {"/sittings/", "/release/", "/letters/", "/calendar/2567/"} <= set(addresses(menu.more))


def test_who_holds_two_roles_finds_the_pages_of_both(world: World) -> None:
    from esar.platform.organisations.actions import appoint
    from tests.make import AT, SINCE

    appoint(world.owner, "auditor", by=None, at=AT, on=SINCE)
    client = Client()
    client.force_login(world.owner)
    menu = menu_for(client)

    assert {"/central/sets/", "/linkage/2567/1/"} <= {*addresses(menu.rail, menu.more)}


def test_a_year_without_a_linkage_has_none_in_the_menu(world: World) -> None:
    clock.pretend(FEBRUARY.replace(year=2011))
    menu = menu_for(signed_in(world, "analyst"))

    assert [path for path in addresses(menu.rail, menu.more) if "linkage" in path] == []


@pytest.mark.parametrize(
    ("year", "forms"),
    [
        (2554, ["/kpi-templates/"]),
        (2561, ["/plans/", "/plan-summary/"]),
        (2567, ["/self-evaluations/", "/strategic/", "/warnings/"]),
    ],
)
def test_the_menu_has_the_forms_of_the_year(year: int, forms: list[str]) -> None:
    menu = menu_of(Viewer(frozenset({Role.ANALYST}), year))
    of_some_years = {
        "/kpi-templates/",
        "/plans/",
        "/plan-summary/",
        "/self-evaluations/",
        "/strategic/",
        "/warnings/",
    }

    assert sorted(of_some_years & set(addresses(menu.more))) == sorted(forms)


def test_until_december_the_menu_leads_to_the_rounds_of_the_year_that_is_over() -> None:
    menu = menu_of(Viewer(frozenset({Role.REPORTER}), 2568, reported_year=2567))

    years = {without_year(link.href): link.href for link in (*menu.rail, *menu.more)}
    assert years["/reports/"] == "/2567/reports/"
    assert years["/appeals/"] == "/2567/appeals/"
    assert years["/scorecards/"] == "/2568/scorecards/"


@pytest.mark.parametrize(
    ("path", "href"),
    [
        ("/desk/", "/desk/"),
        ("/central/sets/2567/12m/x/", "/central/sets/"),
        ("/changes/5/", "/processes/"),
        ("/agencies/TH-73/", "/agencies/"),
        ("/account/", None),
    ],
)
def test_the_current_entry_is_the_nearest_one_that_the_page_lies_behind(
    path: str, href: str | None
) -> None:
    here = in_year(2567, path)
    link = current(menu_of(Viewer(frozenset({Role.ANALYST}), 2567)).rail, here)

    assert (link and without_year(link.href)) == href


def test_exactly_one_entry_is_marked_on_its_page(world: World) -> None:
    menu = menu_for(signed_in(world, "reporter"), "/reports/")

    assert [without_year(link.href) for link in menu.rail if link.is_current] == ["/reports/"]


def test_every_entry_of_the_rail_has_a_picture() -> None:
    menu = menu_of(Viewer(frozenset(Role.values), 2567, None, 2567, "TH-73"))

    assert [link.href for link in menu.rail if not re.fullmatch("[a-z]+", link.icon)] == []
