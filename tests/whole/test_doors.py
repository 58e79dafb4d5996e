"""Every address, method and role: who is not meant to be there is not let in."""

from __future__ import annotations

from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from esar.agree.changes import actions as changes
from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import AgendaItem
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from esar.agree.scorecards.states import SCORECARD_MOVES, State
from esar.kernel.problems import Refused
from esar.operations.reference import routes
from esar.platform.organisations.middleware import DoorMiddleware
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from esar.platform.ui.doors import EVERYONE, LIBRARY, door_of
from tests.make import (
    AT,
    FEBRUARY,
    ON,
    World,
    approved,
    draft,
    in_force,
    kpi,
    open_sitting,
    request_fields,
    submitted,
)
from tests.whole.make_addresses import filled

METHODS = ("get", "post", "put", "patch", "delete")
READ_AND_WRITE = ("get", "post")


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def own_routes() -> list[tuple[str, str, Any]]:
    return [one for one in routes() if not one[2].__module__.startswith(LIBRARY)]


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_no_address_of_ours_is_without_a_door() -> None:
    assert [path for path, name, view in own_routes() if door_of(view, name) is None] == []


def test_addresses_of_the_library_that_are_not_used_are_not_there(world: World) -> None:
    client = Client()
    client.force_login(world.reporter)
    for path in ("/account/email/", "/account/signup/", "/account/password/set/"):
        assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("method", METHODS)
def test_a_visitor_gets_no_further_than_the_sign_in_page(method: str) -> None:
    for path, name, view in routes():
        door = door_of(view, name)
        if door is None or door[0] == EVERYONE:
            continue
        answer = getattr(Client(), method)(filled(path))
        assert answer.status_code == 302, (method, path, answer.status_code)
        assert answer["Location"].startswith("/account/login/?next="), path


@pytest.mark.usefixtures("world")
def test_a_visitor_changes_nothing_at_the_open_addresses() -> None:
    from esar.platform.history.models import Event

    before = Event.objects.count()
    for path, name, view in own_routes():
        if (door_of(view, name) or ("", ()))[0] == EVERYONE:
            for method in ("post", "put", "patch", "delete"):
                answer = getattr(Client(), method)(filled(path))
                assert answer.status_code in (405, 403, 404), (method, path, answer.status_code)
    assert Event.objects.count() == before


ROLES = [*Role.values, "nobody"]


@pytest.mark.any_database
@pytest.mark.usefixtures("plain_404")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_a_door_does_not_name_finds_nothing_there(world: World, role: str) -> None:
    """Every role at every address, which it reads or writes by turns.

    That the door asks who is there and never how is the matter of the next test.
    """
    client = Client()
    client.force_login(world.by_role[role])
    for number, (path, name, view) in enumerate(own_routes(), ROLES.index(role)):
        who, roles = door_of(view, name) or ("", ())
        if who == EVERYONE or not roles or role in roles:
            continue
        method = READ_AND_WRITE[number % 2]
        answer = getattr(client, method)(filled(path))
        assert answer.status_code == 404, (role, method, path, answer.status_code)


@pytest.mark.any_database
@pytest.mark.parametrize("role", ROLES)
def test_a_door_is_the_same_by_every_method(world: World, role: str) -> None:
    """The door itself, which stands before every view: every role, address and method."""
    door, requests = DoorMiddleware(lambda _: HttpResponse()), RequestFactory()
    faults = []
    for path, name, view in own_routes():
        who, roles = door_of(view, name) or ("", ())
        is_open = who == EVERYONE or not roles or role in roles
        address = filled(path)
        match = resolve(urlsplit(address).path)
        for method in METHODS:
            request = getattr(requests, method)(address)
            request.user, request.resolver_match = world.by_role[role], match
            try:
                door.process_view(request, view, (), {})
            except Http404:
                faults += [(method, path)] if is_open else []
            else:
                faults += [] if is_open else [(method, path)]
    assert faults == []


OPDC = {"analyst", "administrator", "assessor", "auditor"}
AT_PROVINCE = {"reporter", "approver"}
COMMITTEE = {"secretary", "member"}


@pytest.mark.parametrize(
    ("thing", "seen_by"),
    [
        ("draft", AT_PROVINCE | OPDC),
        ("submitted", AT_PROVINCE | OPDC | COMMITTEE),
        ("in force", AT_PROVINCE | OPDC | COMMITTEE),
        ("another's", {"central_owner", "ministers_office"} | OPDC),
        ("change", AT_PROVINCE | OPDC),
        ("sitting", COMMITTEE | OPDC),
        ("version", AT_PROVINCE | OPDC | COMMITTEE),
    ],
)
def test_what_one_may_not_see_does_not_exist(world: World, thing: str, seen_by: set[str]) -> None:
    if thing == "draft":
        path = f"/scorecards/{draft(world).pk}/"
    elif thing == "submitted":
        path = f"/scorecards/{submitted(world).pk}/"
    elif thing == "another's":
        path = f"/scorecards/{submitted(world, world.department).pk}/"
    elif thing == "sitting":
        path = f"/sittings/{open_sitting(world, world.level2).pk}/"
    else:
        card = in_force(world)
        path = f"/scorecards/{card.pk}/"
        if thing == "version":
            path += "versions/1/"
        if thing == "change":
            fields = request_fields()
            asked = changes.ask(card, kpi(card), fields, by=world.reporter, at=AT, on=FEBRUARY)
            path = f"/changes/{asked.pk}/"
    found = set()
    for role, person in world.by_role.items():
        client = Client()
        client.force_login(person)
        if client.get(path).status_code == 200:
            found.add(role)
    assert found == seen_by


def test_a_bulk_move_has_the_checks_of_a_single_one(world: World) -> None:
    mine, other = approved(world), submitted(world, world.department)
    client = Client()
    client.force_login(world.analyst)
    tokens = client.get("/scorecards/").context["list"].tokens()
    seen = {f"seen-{pk}": token for pk, token in tokens}
    answer = client.post(
        "/scorecards/move/",
        {"move": "collect", "scorecard": [mine.pk, other.pk, 999], **seen},
        follow=True,
    )
    mine.refresh_from_db()
    other.refresh_from_db()

    assert (mine.state, other.state) == ("acknowledge", "opinion")
    assert "ทำไม่ได้ในสถานะ" in answer.content.decode()


@pytest.mark.parametrize(
    "move", ["approve", "return", "acknowledge", "opinion", "propose", "inform", "nonsense"]
)
def test_an_analysts_bulk_move_opens_no_other_door(world: World, move: str) -> None:
    card = approved(world)
    client = Client()
    client.force_login(world.analyst)
    seen = {f"seen-{card.pk}": SCORECARD_LIFE.seen(card)}
    client.post("/scorecards/move/", {"move": move, "scorecard": [card.pk], **seen})
    card.refresh_from_db()

    assert card.state == "collect"


def test_a_closed_person_and_an_ended_role_open_nothing(world: World) -> None:
    from esar.platform.organisations.actions import close_person
    from esar.platform.organisations.queries import roles_of

    client = Client()
    client.force_login(world.assessor)
    assert client.get("/desk/").status_code == 200
    close_person(world.assessor, by=world.administrator, at=AT, on=FEBRUARY, reason="ย้าย")

    assert client.get("/desk/").status_code == 302
    world.assessor.refresh_from_db()
    assert roles_of(world.assessor, FEBRUARY) == set()


def test_a_form_without_its_token_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.reporter)
    card = draft(world)
    answer = client.post(f"/scorecards/{card.pk}/move/propose/")

    assert (answer.status_code, "หมดอายุ" in answer.content.decode()) == (403, True)


def wrong_roles(world: World, name: str) -> dict[str, Person]:
    """Those who do not make this move, or not outside a sitting."""
    one = SCORECARD_MOVES[name]
    return {
        role: person
        for role, person in {**world.by_role, **world.secretaries}.items()
        if role not in one.roles or one.needs_resolution
    }


def put_in(card: Scorecard, state: str) -> None:
    """As if it had come into a state."""
    bound = state in ("collect", "acknowledge", "inform", "sign", "in_force")
    card.state, card.version = state, int(state == "in_force")
    card.approved_sha256 = "x" * 64 if bound else ""
    card.save()


@pytest.mark.parametrize("state", State.values)
def test_each_move_at_each_step_is_refused_for_each_wrong_role(world: World, state: str) -> None:
    card = draft(world)
    put_in(card, state)
    for name in SCORECARD_MOVES:
        for role, person in wrong_roles(world, name).items():
            with pytest.raises(Refused) as refused:
                SCORECARD_LIFE.move(card, name, by=person, at=AT, on=FEBRUARY, reason="x")
            code = refused.value.problems[0].code.split(".")[1]
            assert code in ("wrong_role", "wrong_state", "needs_a_sitting"), (name, role, code)
            card.refresh_from_db()
            assert card.state == state, (name, role)


@pytest.mark.any_database
def test_the_address_of_each_move_refuses_each_wrong_role_with_its_sentence(world: World) -> None:
    """404 where the scorecard is not seen, else the reason in words.

    Roles come at the states of a move by turns: that each is refused at each is the matter of the
    test above, and the address hands the move's name on to what is asked there.
    """
    card = draft(world)
    reasons = ("เป็นหน้าที่ของ", "ทำไม่ได้ในสถานะ", "ต้องทำโดยมติที่ประชุม")
    people = {**world.by_role, **world.secretaries}
    clients = {role: signed_in(person) for role, person in people.items()}
    for name, one in SCORECARD_MOVES.items():
        for state, role in zip(cycle(sorted(one.sources)), wrong_roles(world, name), strict=False):
            put_in(card, state)
            answer = clients[role].post(f"/scorecards/{card.pk}/move/{name}/", {"reason": "x"})
            said = answer.content.decode()
            assert answer.status_code in (403, 404, 422), (state, name, role)
            assert answer.status_code == 404 or any(reason in said for reason in reasons)
            card.refresh_from_db()
            assert card.state == state, (state, name, role)


def test_a_refused_removal_of_what_is_bound_is_in_the_log(world: World) -> None:
    from esar.platform.history.queries import timeline

    card = approved(world)
    client = Client()
    client.force_login(world.reporter)
    answer = client.post(f"/scorecards/{card.pk}/kpis/1.1/remove/")

    assert answer.status_code == 422
    assert (timeline(card)[0].verb, timeline(card)[0].after["action"]) == ("refused", "remove")


def test_a_cancelled_sitting_frees_its_items_and_says_so_on_each(world: World) -> None:
    from esar.agree.committees import actions as sittings
    from esar.platform.history.queries import timeline

    card = submitted(world)
    secretary = world.secretaries["L1-P"]
    sitting = sittings.call(
        world.level1, year=2567, held_at=AT, place="x", by=secretary, at=AT, on=ON
    )
    sittings.put_on_agenda(sitting, card, by=secretary, at=AT, on=ON)
    SITTING_LIFE.move(sitting, "cancel", by=secretary, at=AT, on=ON, reason="น้ำท่วม")

    assert timeline(card)[0].verb == "agenda.taken_off"
    assert AgendaItem.objects.count() == 0


@pytest.mark.parametrize("day", ["0001-01-01", "2567-02-10", "yesterday"])
def test_a_demos_day_out_of_our_time_is_a_sentence_and_moves_nothing(
    world: World, day: str
) -> None:
    client = Client()
    client.force_login(world.reporter)
    answer = client.post("/demo-day/", {"day": day}, follow=True)

    assert (answer.status_code, clock.demo_day()) == (200, FEBRUARY)
    assert f"“{day}”" in answer.content.decode()
