"""What is found while somebody types: the best ten of what they may see, whatever the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.judge.results.models import Result
from esar.judge.results.states import ResultState
from esar.kernel.alphabet import as_on_the_other_keyboard
from esar.platform.organisations.registry import load_registry
from esar.platform.ui import clock
from tests.judge.results.make import released
from tests.make import AT, FEBRUARY, World, draft, person
from tests.report.letters import make as letters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


@pytest.fixture
def registry() -> None:
    load_registry(settings.REGISTRY, at=AT)


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def found(client: Client, text: str) -> list[tuple[str, str]]:
    hits = client.get("/search/hits.json", {"q": text}).json()["hits"]
    return [(hit["kind"], hit["name"]) for hit in hits]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("]er^o", "ลำพูน"),
        ("g=up'.s,j", "เชียงใหม่"),
        ("กรมปา", "di,xk"),
    ],
)
def test_the_same_keys_write_another_word_on_the_other_keyboard(typed: str, meant: str) -> None:
    assert as_on_the_other_keyboard(typed) == meant


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("typed", ["ลำพูน", "จ.ลำพูน", "ลําพูน", "]er^o", "Lamphun", "th-๕๑"])
def test_a_province_is_found_as_people_type_it(client: Client, typed: str) -> None:
    assert found(client, typed)[0] == ("body", "จังหวัดลำพูน")


@pytest.mark.usefixtures("registry")
def test_a_name_that_is_what_was_typed_stands_before_longer_ones(client: Client) -> None:
    names = [name for _kind, name in found(client, "กรมการปกครอง")]

    assert names[0] == "กรมการปกครอง"


@pytest.mark.usefixtures("registry")
def test_at_most_ten_are_found_at_once(client: Client) -> None:
    assert len(found(client, "กรม")) == 10


@pytest.mark.parametrize("typed", ["", " ", "\u200b", "\x00"])
def test_nothing_is_found_of_nothing(client: Client, typed: str) -> None:
    assert found(client, typed) == []


def test_a_visitor_finds_bodies_results_and_rules_and_nothing_of_who_works_here(
    world: World, client: Client
) -> None:
    result = released(world)
    body = result.body.name_th
    words = {word: {kind for kind, _name in found(client, word)} for word in (body, "เกณฑ์")}

    assert words == {body: {"body", "result"}, "เกณฑ์": {"rule"}}
    for name in (world.reporter.name, world.reporter.email, "1.1"):
        assert {kind for kind, _name in found(client, name)} <= {"rule"}


def test_a_result_is_found_by_nobody_before_it_is_released(world: World, client: Client) -> None:
    result = released(world)
    Result.objects.filter(pk=result.pk).update(state=ResultState.COMPUTED)

    for reader in (client, signed_in(world.analyst), signed_in(world.reporter)):
        kinds = {kind for kind, _name in found(reader, result.body.name_th)}
        assert "result" not in kinds


def test_people_and_kpis_are_found_by_those_who_may_see_them(world: World) -> None:
    draft(world)
    administrator, reporter = signed_in(world.administrator), signed_in(world.reporter)
    stranger = signed_in(world.reporter_d)
    name = world.reporter.name

    assert ("person", name) in found(administrator, name)
    assert {kind for kind, _name in found(reporter, "1.1")} == {"kpi"}
    assert found(stranger, "1.1") == []


def test_a_draft_letter_is_found_by_its_senders_alone(world: World, client: Client) -> None:
    letters.draft(world)
    subject = letters.SAID["subject"]
    readers = {
        "sender": signed_in(world.reporter),
        "addressed": signed_in(world.reporter_d),
        "opdc": signed_in(world.analyst),
        "visitor": client,
    }

    found_by = {
        name for name, reader in readers.items() if ("letter", subject) in found(reader, subject)
    }
    assert found_by == {"sender"}


def test_people_are_found_by_those_alone_who_see_them_in_the_list_of_people(world: World) -> None:
    name = world.analyst.name
    sees, finds = set(), set()
    for role, looking in world.by_role.items():
        reader = signed_in(looking)
        if name in [who.name for who in reader.get("/people/").context["list"].matching()]:
            sees.add(role)
        if ("person", name) in found(reader, name):
            finds.add(role)

    assert sees == finds
    assert {"administrator"} <= finds < set(world.by_role)


def test_what_is_found_is_named_in_the_readers_language(world: World, client: Client) -> None:
    client.cookies["language"] = "en"
    hits = client.get("/search/hits.json", {"q": world.province.code}).json()["hits"]

    assert hits[0] | {"note": ""} == {
        "kind": "body",
        "label": "Body",
        "name": world.province.name_en,
        "note": "",
        "href": f"/agencies/{world.province.code}/",
    }


def test_its_page_needs_no_script_and_no_account(world: World, client: Client) -> None:
    result = released(world)
    page = client.get("/search/", {"q": result.body.name_th}).content.decode()

    assert f"/results/2567/6m/{result.body.code}/" in page
    assert "/people/" not in page


def cost(client: Client, text: str) -> int:
    client.get("/search/hits.json", {"q": text})
    with CaptureQueriesContext(connection) as asked:
        client.get("/search/hits.json", {"q": text})
    return len(asked)


@pytest.mark.usefixtures("registry")
def test_a_search_costs_the_same_however_much_it_finds() -> None:
    analyst = signed_in(person("analyst", ("analyst", None)))

    assert cost(analyst, "จังหวัด") == cost(analyst, "ลำพูน")
    assert cost(Client(), "จังหวัด") == cost(Client(), "ลำพูน")
