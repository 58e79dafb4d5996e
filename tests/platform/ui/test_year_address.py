"""The year in the address: what a browser is given, and where older addresses lead."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from esar.platform.notices.actions import YOUR_TURN, tell, turn_is_over
from esar.platform.notices.models import Notice
from esar.platform.ui import clock
from esar.platform.ui.year import chosen_year
from esar.platform.ui.year_address import (
    addresses_of,
    in_year,
    older_address,
    parted,
    without_year,
    year_of_addresses,
)
from tests.as_a_browser import PlainClient
from tests.make import AT, FEBRUARY, World, draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def browser(person: Any = None, **options: Any) -> Client:
    client = PlainClient(**options)
    if person is not None:
        client.force_login(person)
    return client


def leads_to(client: Client, path: str) -> tuple[int, str]:
    answer = client.get(path)
    return answer.status_code, answer.get("Location", "")


# --- Names and addresses -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "args", "path"),
    [
        ("reports:report", [5], "/2561/reports/5/"),
        ("scorecards:scorecards", [], "/2561/scorecards/"),
        ("public:home", [], "/2561/"),
        ("public:agency", ["TH-73"], "/2561/agencies/TH-73/"),
        ("public:results", [2567, "12m"], "/results/2567/12m/"),
        ("agreements:agreement", ["TH-73", 2567], "/agencies/TH-73/2567/agreement/"),
        ("nation:tables", [2567], "/years/2567/tables/"),
        ("public:log", [], "/log/"),
        ("letters:letter-link", ["TOKEN"], "/letters/receipt/TOKEN/"),
        ("organisations:account", [], "/account/"),
        ("account_login", [], "/account/login/"),
    ],
)
def test_an_address_is_given_in_the_year_of_the_request(
    name: str, args: list[object], path: str
) -> None:
    with addresses_of(2561):
        assert reverse(name, args=args) == path
        assert resolve(path).view_name == name


def test_outside_a_request_an_address_is_the_one_that_works_for_ever() -> None:
    assert year_of_addresses() is None
    assert reverse("reports:report", args=[5]) == "/reports/5/"
    assert resolve("/reports/5/").view_name == "reports:report"


def test_a_name_that_is_not_there_is_still_refused() -> None:
    with addresses_of(2567), pytest.raises(NoReverseMatch):
        reverse("reports:no-such-page")


@pytest.mark.parametrize("path", ["/2567/log/", "/2567/results/2567/12m/", "/2566/reports/"])
def test_what_is_of_no_year_has_no_address_with_one(path: str) -> None:
    with addresses_of(2567), pytest.raises(Resolver404):
        resolve(path)


@pytest.mark.parametrize(
    ("path", "year", "rest"),
    [
        ("2567/reports/", 2567, "reports/"),
        ("2567/", 2567, ""),
        ("2567", None, "2567"),
        ("2566/reports/", None, "2566/reports/"),
        ("๒๕๖๗/reports/", None, "๒๕๖๗/reports/"),
        ("25670/reports/", None, "25670/reports/"),
        ("", None, ""),
    ],
)
def test_a_path_is_parted_from_a_year_that_has_rules(
    path: str, year: int | None, rest: str
) -> None:
    assert parted(path) == (year, rest)


def test_the_same_page_of_another_year_and_of_none() -> None:
    assert in_year(2561, "/reports/5/") == "/2561/reports/5/"
    assert in_year(2561, "/2567/reports/5/") == "/2561/reports/5/"
    assert without_year("/2567/reports/5/") == "/reports/5/"
    assert without_year("/results/2567/12m/") == "/results/2567/12m/"
    assert without_year("https://elsewhere.example/2567/x/") == "https://elsewhere.example/2567/x/"


def test_what_is_of_no_year_is_no_older_address() -> None:
    older = older_address("reports")

    assert older is not None
    assert older.path == "reports/"
    for path in ("log/", "account/", "results/2567/12m/", "no-such-page/"):
        assert older_address(path) is None


# --- Older addresses -----------------------------------------------------------------------------


def test_an_older_address_leads_to_the_one_with_its_year_and_keeps_what_was_asked(
    world: World,
) -> None:
    client = browser(world.reporter)

    assert leads_to(client, "/reports/") == (302, "/2567/reports/")
    assert leads_to(client, "/reports") == (302, "/2567/reports/")
    assert leads_to(client, "/scorecards/?q=%E0%B8%82&sort=body") == (
        302,
        "/2567/scorecards/?q=%E0%B8%82&sort=body",
    )
    assert client.head("/reports/")["Location"] == "/2567/reports/"


def test_an_older_list_of_rounds_leads_until_december_to_the_year_that_is_over(
    world: World,
) -> None:
    clock.pretend(date(2024, 11, 5))
    assert leads_to(browser(world.reporter), "/reports/")[1] == "/2567/reports/"

    clock.pretend(date(2025, 1, 5))
    assert leads_to(browser(world.reporter), "/reports/")[1] == "/2568/reports/"


def test_an_older_address_leads_to_the_year_chosen_last(world: World) -> None:
    client = browser(world.reporter)
    client.post("/year/", {"year": "2561"})

    assert leads_to(client, "/reports/") == (302, "/2561/reports/")


def test_an_older_list_of_a_year_leads_to_that_year_whatever_was_chosen(world: World) -> None:
    client = browser(world.reporter)
    client.post("/year/", {"year": "2568"})

    assert leads_to(client, "/reports/?year=2561&q=a") == (302, "/2561/reports/?q=a")
    assert leads_to(client, "/scorecards/?year=2561") == (302, "/2561/scorecards/")


def test_the_first_page_needs_no_year_and_leads_nowhere_else() -> None:
    answer = browser().get("/")

    assert answer.status_code == 200
    assert 'href="/2567/"' in answer.content.decode()


def test_what_was_sent_to_an_older_address_is_taken(world: World) -> None:
    card = draft(world)
    page = browser(world.reporter).get(f"/2567/scorecards/{card.pk}/").context

    answer = browser(world.reporter).post(
        f"/scorecards/{card.pk}/move/propose/", {"seen": page["seen"]}
    )

    card.refresh_from_db()
    assert card.state == "proposed"
    assert answer["Location"].startswith(f"/2567/scorecards/{card.pk}/")


def test_a_form_at_an_older_address_still_needs_its_token(world: World) -> None:
    client = browser(world.reporter, enforce_csrf_checks=True)

    assert client.post("/scorecards/1/move/propose/", {}).status_code == 403


def test_the_door_of_an_older_address_is_the_same(world: World) -> None:
    assert browser().post("/scorecards/move/", {}).status_code == 302
    assert browser(world.reporter).post("/scorecards/move/", {}).status_code == 404


def test_an_address_that_never_was_is_not_found() -> None:
    for path in ("/no-such-page/", "/2567/no-such-page/", "/2566/reports/"):
        assert browser().get(path).status_code == 404


# --- The year of a page --------------------------------------------------------------------------


def test_a_page_of_a_thing_lies_in_the_things_own_year(world: World) -> None:
    card = draft(world)
    client = browser(world.reporter)

    assert leads_to(client, f"/2561/scorecards/{card.pk}/?a=1") == (
        302,
        f"/2567/scorecards/{card.pk}/?a=1",
    )
    assert client.get(f"/2567/scorecards/{card.pk}/").status_code == 200


def test_a_thing_that_is_not_seen_is_not_found_in_any_year(world: World) -> None:
    card = draft(world)
    stranger = browser(world.reporter_d)

    assert stranger.get(f"/2561/scorecards/{card.pk}/").status_code == 404


def test_a_list_asked_for_another_year_lies_in_that_year(world: World) -> None:
    client = browser(world.reporter)

    assert leads_to(client, "/2567/scorecards/?year=2561&sort=body") == (
        302,
        "/2561/scorecards/?sort=body",
    )
    assert client.get("/2567/scorecards/?year=").status_code == 200
    assert client.get("/2567/scorecards/?year=2566").status_code == 200


def test_the_year_worked_in_is_that_of_the_address_whatever_was_chosen(world: World) -> None:
    client = browser(world.reporter)
    client.post("/year/", {"year": "2561"})

    years = [client.get(path).context["chosen_year"] for path in ("/2567/desk/", "/2568/desk/")]
    assert years == [2567, 2568]
    assert client.get("/account/").context["chosen_year"] == 2561
    assert client.get("/calendar/2554/").context["chosen_year"] == 2554


def test_every_link_of_a_page_stays_in_its_year(world: World) -> None:
    page = browser(world.reporter).get("/2568/desk/").content.decode()

    assert 'href="/2568/scorecards/"' in page
    assert 'href="/2567/' not in page.replace('href="/2567/reports/"', "")


def test_prepared_addresses_are_kept_for_each_year_apart(world: World) -> None:
    client = browser(world.reporter)
    forms = [
        f'action="/{year}/search/"' in client.get(f"/{year}/desk/").content.decode()
        for year in (2567, 2561, 2567)
    ]

    assert forms == [True] * 3


def test_the_year_of_one_request_is_not_that_of_the_next() -> None:
    browser().get("/2561/agencies/")

    assert year_of_addresses() is None


def test_a_request_that_came_by_no_address_has_todays_year() -> None:
    assert chosen_year(RequestFactory().get("/x")) == 2567


# --- Choosing a year -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("back", "there"),
    [
        ("/2567/scorecards/?q=a&year=2567&page=2", "/2561/scorecards/?q=a"),
        ("/scorecards/", "/2561/scorecards/"),
        ("/2567/", "/2561/"),
        ("/2567/agencies/TH-16/", "/2561/agencies/TH-16/"),
        ("/2567/reports/5/", "/2561/reports/"),
        ("/2567/scorecards/5/kpis/1.1/", "/2561/scorecards/"),
        ("/additions/new/2567/", "/2561/additions/"),
        ("/results/2567/12m/TH-16/", "/2561/results/"),
        ("/calendar/2567/", "/calendar/2561/"),
        ("/people/5/", "/people/5/"),
        ("//evil.example/2567/reports/", "/2561/"),
    ],
)
def test_choosing_a_year_shows_the_same_page_of_it_and_for_one_thing_its_list(
    back: str, there: str
) -> None:
    assert browser().post("/year/", {"year": "2561", "next": back})["Location"] == there


# --- What is written down ------------------------------------------------------------------------


def test_a_notice_holds_an_address_that_works_for_ever(world: World) -> None:
    with addresses_of(2567):
        path = reverse("reports:report", args=[5])
        tell([world.reporter], "notice.x", path=path, key="k", at=AT)

    assert Notice.objects.get(person=world.reporter, key="k").path == "/reports/5/"


def test_a_turn_that_is_over_is_found_by_the_address_of_whichever_year(world: World) -> None:
    tell([world.reporter], f"notice.x{YOUR_TURN}", path="/reports/5/", key="k", at=AT)

    assert turn_is_over("/2567/reports/5/", at=AT) == 1
