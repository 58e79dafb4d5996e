"""No address makes a move of assent without the token of the page that was seen.

The list is made of the table of addresses and of the moves of every life, so that a new view or a
new move is asked too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from esar.agree.committees import resolutions
from esar.agree.committees.models import AgendaItem
from esar.kernel.access import ALLOWED
from esar.kernel.problems import Problem, Refused
from esar.operations.reference import routes
from esar.platform.history.models import Event
from esar.platform.lifecycle.life import Life, every_life
from esar.platform.organisations.models import OF_A_BODY, OF_OPDC, Person, Role
from esar.platform.ui import clock
from esar.platform.ui.doors import LIBRARY, PEOPLE, door_of
from tests.make import FEBRUARY, World, person
from tests.whole.make_everything import JUNE, Everything

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MOVE = ("/", "<slug:name>")
NAMES = {  # of what is no thing that a move could be made of
    ("/", name): what
    for name, what in {
        "<str:number>": "1.1",
        "<slug:what>": "public",
        "<int:page>": 1,
        "<table:kind>": "csv",
        "<int:year>": 2567,
        "<int:quarter>": 1,
        "<int:number>": 1,
        "<slug:round_id>": "12m",
        "<slug:code>": "TH-74",
        "<str:code>": "L1-P",
        "<str:month>": "2017-12",
    }.items()
}
BINDING = {
    (life.name, name)
    for life in every_life().values()
    for name, move in life.moves.items()
    if move.bound
}
BY_A_BUTTON = {
    (life.name, name)
    for life in every_life().values()
    for name, move in life.moves.items()
    if move.bound and move.has_button
}
# What a sitting resolves, who has signed and what was looked at is held against the page by itself.
WITHOUT_A_MOVE = {
    "/assessments/<int:pk>/kpis/<str:number>/agree/",
    "/assessments/<int:pk>/kpis/<str:number>/take-back/",
    "/sittings/<int:pk>/resolve/",
    "/scorecards/<int:pk>/signing/",
    "/strategic/sittings/<int:pk>/<int:number>/",
}
SIGNED = {("scorecard", "sign")}

COMPARED = "compared"  # with what the page showed, where no move is made yet
Posted = list[tuple[str, str, str | None]]


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Posted:
    """What the engine is asked to do, by whom it may be; the state of the thing is no matter."""
    posted: Posted = []

    def asked(life: Life[Any], thing: Any, name: str, **of: Any) -> None:  # noqa: ARG001
        posted.append((life.name, name, of.get("seen")))
        raise Refused([Problem("life.not_seen", {"parts": ()})])

    def compared(life: Life[Any], thing: Any, seen: str, *_: Any, **__: Any) -> None:
        asked(life, thing, COMPARED, seen=seen)

    monkeypatch.setattr(Life, "move", asked)
    monkeypatch.setattr(Life, "require_seen", compared)
    monkeypatch.setattr(Life, "may", lambda *_: ALLOWED)
    monkeypatch.setattr(resolutions, "quorum_problems", lambda *_: [])
    monkeypatch.setattr(resolutions, "_resolution_problems", lambda *_: [])
    return posted


def with_every_role(world: World, everything: Everything) -> Person:
    bodies = [world.province, everything.elsewhere]
    held: list[tuple[str, Any]] = [(role, None) for role in OF_OPDC]
    held += [(role, body) for role in OF_A_BODY for body in bodies]
    held += [(Role.SECRETARY, committee) for committee in (world.level1, world.level2)]
    return person("all", *held)


def forms(everything: Everything) -> dict[str, list[dict[str, object]]]:
    """What a form needs to be read; every other address is sent nothing at all."""
    pieces = everything.pieces
    item = AgendaItem.objects.get(pk=pieces["/sittings/", "<int:item>"]).pk
    upheld = {"status-1.1": "reported", "actual-1.1": "90", "decision": "ฟังได้"}
    result = pieces["/appeals/new/", "<int:pk>"]
    answer = {"answer": "ตรวจแล้ว"}
    judges = [person(f"judge{place}", (Role.ASSESSOR, None)) for place in (1, 2, 3)]
    panel = {f"seat-{place}": judge.pk for place, judge in enumerate(judges, start=1)}
    told = {"told_on": FEBRUARY.isoformat(), "told_letter": "นร 1/1"}
    return {
        "/changes/<int:pk>/move/<slug:name>/": [told],
        "/reports/<int:pk>/move/<slug:name>/": [{"acknowledged": "1", "declared": "1"}],
        "/appeals/<int:pk>/vote/": [{"vote": "uphold", "reason": "ฟังได้"}],
        "/appeals/<int:pk>/panel/": [panel | {"reason": "ย้าย"}],
        "/appeals/<int:pk>/uphold/": [upheld],
        "/appeals/<int:pk>/reject/": [{"decision": "ไม่มีหลักฐานใหม่"}],
        "/central/objections/<int:pk>/decide/": [
            answer | {"outcome": "uphold", "value": "80"},
            answer | {"outcome": "reject"},
        ],
        "/sittings/<int:pk>/resolve/": [{"item": item, "outcome": "approve", "reason": "เหตุผล"}],
        "/scorecards/<int:pk>/signing/": [{"name": "นายหนึ่ง", "signed_on": JUNE.isoformat()}],
        "/release/now/": [{"result": result}],
        "/scorecards/move/": [
            {"scorecard": pieces["/scorecards/", "<int:pk>"], "move": "collect"},
        ],
        "/assessments/pass/": [{"assessment": pieces["/assessments/", "<int:pk>"]}],
    }


def requests(everything: Everything) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Every address, once for each name of a move where it takes one, and what is sent to it."""
    moves = sorted({name for _, name in BINDING})
    sent = forms(everything)
    for path, name, view in routes():
        door = door_of(view, name)
        if door is None or door[0] != PEOPLE or view.__module__.startswith(LIBRARY):
            continue
        for move in moves if MOVE[1] in path else [""]:
            address = everything.address(path, {**NAMES, MOVE: move})
            for fields in sent.get(path, [{}]):
                yield path, address, fields


def status_of(client: Client, address: str, fields: dict[str, object]) -> tuple[int, int]:
    """The status of an answer and how many events it wrote; whatever was done is undone."""
    with transaction.atomic():
        before = Event.objects.count()
        status = client.post(address, fields).status_code
        written = Event.objects.count() - before
        transaction.set_rollback(True)
    return status, written


@pytest.mark.usefixtures("plain_404")
def test_what_binds_is_posted_with_the_token_of_the_page_or_refused(
    settings: Any, tmp_path: Any, world: World, request: pytest.FixtureRequest
) -> None:
    settings.VAR = tmp_path
    everything = Everything(world)
    client = Client(raise_request_exception=False)  # in such states no view has ever to answer
    client.force_login(with_every_role(world, everything))
    posted: Posted = request.getfixturevalue("posted")
    clock.pretend(JUNE)
    faults, compared = [], set()
    for path, address, fields in requests(everything):
        asked = len(posted)
        status, written = status_of(client, address, fields)
        for life, name, seen in posted[asked:]:
            compared |= {path} if name == COMPARED else set()
            binds = name == COMPARED or (life, name) in BINDING
            if binds and (seen != "" or written):
                faults.append((path, life, name, seen, status, written))

    assert faults == []
    reached = {(life, name) for life, name, _ in posted}
    assert BY_A_BUTTON - SIGNED - reached == set()
    assert compared == WITHOUT_A_MOVE


def test_the_engine_refuses_every_move_of_assent_without_a_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Life, "may", lambda *_: ALLOWED)
    unguarded = []
    for life in every_life().values():
        monkeypatch.setattr(type(life), "content", lambda *_: {"": {}})
        for name in sorted(name for of, name in BINDING if of == life.name):
            with pytest.raises(Refused) as refused:
                life.require_seen(life.model(pk=1), "", life.assents_to(name))
            unguarded += [
                (life.name, name, problem.code)
                for problem in refused.value.problems
                if problem.code != "life.not_seen"
            ]

    assert unguarded == []
