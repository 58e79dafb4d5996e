"""What one may not see does not exist: each address of a thing, where the thing is there.

The world holds one of every kind of thing. Who belongs to it gets an answer at each address, so
that the 404 of everyone else is the thing's and not that of an empty world.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.utils.translation import override

from esar.operations.reference import routes
from esar.platform.history.models import Event
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import may_enter
from esar.platform.ui import clock
from esar.platform.ui.doors import LIBRARY, PEOPLE, door_of
from esar.platform.ui.forms import DecimalText, Form
from esar.platform.ui.templatetags.words import before_after, verb_words
from tests.make import World, person
from tests.whole.make_crawl import OPEN_NAMES, Crawl, open_pages
from tests.whole.make_everything import (
    DAYS,
    FILE_OF_A_LIST,
    NAMES,
    RECEIVE,
    Everything,
    longest,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

READ_AND_WRITE = ("get", "post")

# Seen by everyone whom the door lets in, so that there is nobody to whom it does not exist.
OPDC, PANEL = "OPDC sees every body", "OPDC sees every body; the panel is asked behind the door"
SUMMARY = "a summary of all bodies for OPDC and ministers"
SENDERS = "who holds what is public; whose it is to send is asked behind the door"
OWN_ROWS = "each sees the rows of their own bodies"
SEEN_BY_ALL_AT_THE_DOOR = {
    "/people/<int:pk>/close/": "administrators see everyone",
    "/people/<int:pk>/send-again/": "administrators see everyone",
    "/people/<int:pk>/withdraw/": "administrators see everyone",
    "/people/<int:pk>/dual-act/": "administrators see everyone",
    "/agencies/<slug:code>/office/": "the registry of bodies is public",
    "/portfolios/<int:pk>/order/": "who is in charge of which body is public",
    "/calendar/<int:year>/extend/": "the calendar is public",
    "/calendar/<int:year>/extensions/<int:pk>/withdraw/": "the calendar is public",
    "/committees/<str:code>/": "committees are public",
    "/linkage/<int:year>/<int:number>/": OWN_ROWS,
    f"/linkage/<int:year>/<int:number>/linkage.{FILE_OF_A_LIST}": OWN_ROWS,
    "/plan-summary/<int:year>/<int:quarter>/": SUMMARY,
    f"/plan-summary/<int:year>/<int:quarter>.{FILE_OF_A_LIST}": SUMMARY,
    "/plan-summary/<int:year>/<int:quarter>/document/": SUMMARY,
    "/assessments/sampling/<int:year>/<slug:round_id>/": OPDC,
    f"/assessments/sampling/<int:year>/<slug:round_id>.{FILE_OF_A_LIST}": OPDC,
    "/nation/<int:year>/": OPDC,
    "/nation/<int:year>/<slug:round_id>/bodies/": OPDC,
    f"/nation/<int:year>/<slug:round_id>/bodies.{FILE_OF_A_LIST}": OPDC,
    "/warnings/outlook/<int:year>/": OPDC,
    "/warnings/outlook/<int:year>/warn/": OPDC,
    "/release/route/<int:year>/<slug:round_id>/": OPDC,
    "/agendas/<int:year>/<slug:code>/main-value/": OPDC,
    "/sub-indicators/load/<int:year>/": OPDC,
    "/sub-indicators/<int:pk>/end/": OPDC,
    "/outside-results/<int:pk>/": SENDERS,
    "/outside-results/load/<int:year>/": SENDERS,
    "/province-kpis/load/<int:year>/": "each row is asked of its own scorecard",
    "/self-evaluations/ask/<int:year>/": OPDC,
    "/additions/<int:pk>/": OPDC,
    "/additions/new/<int:year>/": OPDC,
    "/additions/<int:pk>/move/<slug:name>/": OPDC,
    "/indicators/<str:code>/edit/": "OPDC's list is OPDC's",
    "/indexes/<str:code>/": "the register of indexes is for everyone who signs in",
    "/indexes/<str:code>/edit/": OPDC,
    "/indexes/<str:code>/editions/": OPDC,
    "/indexes/<str:code>/editions/<int:pk>/": OPDC,
    "/indexes/<str:code>/host-change/": OPDC,
    "/indexes/<str:code>/host-change/<int:change>/take-back/": OPDC,
    "/scorecards/<int:pk>/templates/audit/": OPDC,
    "/appeals/<int:pk>/panel/": OPDC,
    "/appeals/<int:pk>/vote/": PANEL,
    "/appeals/<int:pk>/uphold/": PANEL,
    "/appeals/<int:pk>/reject/": PANEL,
    "/assessments/<int:pk>/visits/": OPDC,
    "/visits/<int:pk>/move/<slug:name>/": OPDC,
    "/visits/<int:pk>/findings/": OPDC,
    "/strategic/moves/<slug:name>/": OPDC,
    "/strategic/<int:pk>/edit/": OPDC,
    "/strategic/<int:pk>/move/<slug:name>/": OPDC,
}

# Who gets an answer there, by the start of the address; by default the body's reporter.
INSIDERS = {
    "/": "reporter",
    "/calendar/": "administrator",
    "/people/": "administrator",
    "/account/": "approver",
    "/assessments/": "assessor",
    "/appeals/<int:pk>/move/": "approver",
    "/extensions/<int:pk>/move/": "approver",
    "/follow-ups/<int:pk>/move/": "approver",
    "/self-evaluations/<int:pk>/move/": "approver",
    "/role-offers/": "approver",
    "/central/sets/": "central_owner",
    "/central/deliveries/": "central_owner",
    "/central/objections/<int:pk>/decide/": "central_owner",
    "/sittings/": "secretary",
    "/committees/<str:code>/orders/": "secretary",
    "/strategic/": "administrator",
    "/strategic/sittings/": "secretary",
    "/strategic/results/": "reporter",
    "/strategic/results/<int:pk>/move/": "approver",
    "/scorecards/<int:pk>/kpis/<str:number>/offer/": "first_secretary",
    "/warnings/<int:pk>/move/": "approver",
    "/corrections/<int:pk>/move/": "administrator",
    "/agendas/": "administrator",
    "/ministers/": "administrator",
    "/nation/": "administrator",
    "/portfolios/": "administrator",
    "/sub-indicators/": "administrator",
    "/additions/": "administrator",
    "/indexes/": "analyst",
    "/outside-results/": "administrator",
    RECEIVE: "receiver",
}


@dataclass
class Stage:
    """The world, and a browser for each of those who belong to it and of those who do not."""

    everything: Everything
    insiders: dict[str, Client]
    outsiders: dict[str, Client]
    analyst: Client
    public: Client
    people: dict[str, Person]

    def address(self, path: str) -> str:
        """An address with the things of the world in it."""
        return self.everything.address(path, NAMES)

    def enters(self, reader: str, address: str) -> bool:
        """Whether the door of an address lets someone in; visitors are asked to sign in there."""
        who = self.people.get(reader)
        return who is None or may_enter(who, clock.today(), address)

    def ask(self, client: Client, method: str, address: str) -> int:
        """The status of an answer; whatever was done is undone."""
        with transaction.atomic():
            answer = getattr(client, method)(address)
            if answer.streaming:
                answer.getvalue()
            transaction.set_rollback(True)
        return int(answer.status_code)


def client_of(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None,  # noqa: ARG001 the database is there
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """One for all tests here: to make everything takes seconds."""
    var: Path = tmp_path_factory.mktemp("everything")
    options = {"location": var / "files"}
    backend = "esar.platform.evidence.storage.DiskStorage"
    storages = django_settings.STORAGES | {"evidence": {"BACKEND": backend, "OPTIONS": options}}
    cache.clear()
    with (
        override_settings(VAR=var, CLAMD="", STORAGES=storages),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield staged()
        transaction.set_rollback(True)


def staged() -> Stage:
    world = World()
    everything = Everything(world)
    insiders = {
        "reporter": world.reporter,
        "approver": world.approver,
        "administrator": world.administrator,
        "assessor": world.assessor,
        "central_owner": everything.central_owner,
        "secretary": world.secretaries["L2-P"],
        "first_secretary": world.secretaries["L1-P"],
        "receiver": everything.receiver,
    }
    outsiders = {
        "reporter": world.reporter_d,
        "approver": world.approver_d,
        "secretary": world.secretaries["L1-D"],
        "member": world.members["L1-D"][0],
        "central_owner": world.owner,
        "ministers_office": world.ministers_office,
        "nobody": person("nobody"),
    }
    return Stage(
        everything,
        {name: client_of(who) for name, who in insiders.items()},
        {name: client_of(who) for name, who in outsiders.items()},
        client_of(world.analyst),
        Client(),
        insiders | {"analyst": world.analyst},
    )


def addresses_of_things() -> list[tuple[str, tuple[str, ...]]]:
    """(path, roles of the door) of every address that names a thing and is not for everyone."""
    return [
        (path, door[1])
        for path, name, view in routes()
        if "<" in path.replace(FILE_OF_A_LIST, "")
        and not view.__module__.startswith(LIBRARY)
        and (door := door_of(view, name)) is not None
        and door[0] == PEOPLE
        and path not in SEEN_BY_ALL_AT_THE_DOOR
    ]


def pages() -> list[tuple[str, tuple[str, ...]]]:
    """(path, roles of the door) of every address of ours that is not for everyone."""
    return [
        (path, door[1])
        for path, name, view in routes()
        if not view.__module__.startswith(LIBRARY)
        and (door := door_of(view, name)) is not None
        and door[0] == PEOPLE
    ]


@dataclass
class Inside:
    """What those who belong to everything got: (path, address, read, written), and each form."""

    answers: list[tuple[str, str, int, int]]
    forms: list[Form]


@pytest.fixture(scope="module")
def inside(stage: Stage) -> Inside:
    """Every address of a thing is read and written to once, by one who belongs to it."""
    forms_opened: list[Form] = []
    build = Form.__init__

    def build_and_remember(form: Form, *arguments: Any, **options: Any) -> None:
        build(form, *arguments, **options)
        forms_opened.append(form)

    answers = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Form, "__init__", build_and_remember)
        for path, _ in addresses_of_things():
            clock.pretend(longest(DAYS, path))
            client, address = stage.insiders[longest(INSIDERS, path)], stage.address(path)
            read, written = (stage.ask(client, method, address) for method in READ_AND_WRITE)
            answers.append((path, address, read, written))
    return Inside(answers, forms_opened)


def test_everything_is_there_for_those_who_belong_to_it(inside: Inside) -> None:
    """An answer, or the reasons why it may not be done now (422): both only where it is found."""
    faults = [
        (path, address, read, written)
        for path, address, read, written in inside.answers
        if (written if read == 405 else read) not in (200, 201, 302, 415, 422)
    ]
    assert faults == [], "\n".join(map(str, faults))


@pytest.mark.usefixtures("plain_404")
def test_nothing_of_it_is_there_for_those_of_another_body_or_committee(stage: Stage) -> None:
    before = Event.objects.count()
    faults, asked = [], 0
    for path, roles in addresses_of_things():
        clock.pretend(longest(DAYS, path))
        address = stage.address(path)
        outsiders = {
            role: client for role, client in stage.outsiders.items() if not roles or role in roles
        }
        if not outsiders:
            faults.append((path, "nobody of another body comes through this door"))
        for role, client in outsiders.items():
            answers = [stage.ask(client, method, address) for method in READ_AND_WRITE]
            asked += len(answers)
            if sorted(answers) not in ([404, 404], [404, 405]):
                faults.append((role, path, answers))

    assert faults == [], "\n".join(map(str, faults))
    assert asked > 500
    assert Event.objects.count() == before


def test_what_is_said_to_be_seen_by_all_is_there_and_has_roles_at_its_door() -> None:
    roles = {path: door_of(view, name) for path, name, view in routes()}

    assert [path for path in SEEN_BY_ALL_AT_THE_DOOR if not (roles.get(path) or ("", ()))[1]] == []


# Where a body of others stands for those who have no part in it.
OFFERED_TO_ALL = {
    "/people/invite/": "the registry of bodies is public, and offered to whoever types one",
    "/assessments/declaration/": "as there: the registry of bodies is public",
}


def test_no_list_shows_those_of_another_body_what_is_not_theirs(stage: Stage) -> None:
    """Pages and files that name no thing: whatever stands in them of the body is a leak."""
    names = ("TH-74", stage.everything.world.province.name_th)
    faults, shown = [], set()
    for path, roles in pages():
        if "<" in path.replace(FILE_OF_A_LIST, "") or path in OFFERED_TO_ALL:
            continue
        clock.pretend(longest(DAYS, path))
        address = stage.address(path)
        if not roles or Role.ANALYST in roles:
            shown |= {path} if _names(stage.analyst, address, names) else set()
        faults += [
            (role, path)
            for role, client in stage.outsiders.items()
            if (not roles or role in roles) and _names(client, address, names)
        ]

    assert faults == []
    assert len(shown) > 25


def _names(client: Client, address: str, names: tuple[str, ...]) -> bool:
    """Whether an answer says one of the names."""
    answer = client.get(address)
    text = (answer.getvalue() if answer.streaming else answer.content).decode(errors="replace")
    return any(name in text for name in names)


CASE_03 = ("4,0", "2,5", "53,7", "50,5")
WITH_FIGURES = {
    "ChangeForm",
    "DecideForm",
    "KpiForm",
    "MonthsForm",
    "OfferForm",
    "ResolveForm",
    "UsageForm",
}


def test_every_figure_that_is_typed_in_a_form_goes_through_the_one_reader(inside: Inside) -> None:
    """Whatever form a page of the whole world shows or takes: its numbers are `DecimalText`."""
    fields = {
        (type(form).__name__, name): field
        for form in inside.forms
        for name, field in form.fields.items()
        if not isinstance(field.widget, forms.HiddenInput)
    }
    typed_numbers = {
        key: field
        for key, field in fields.items()
        if isinstance(field, (forms.IntegerField, DecimalText))
        or field.widget.attrs.get("inputmode") in ("decimal", "numeric")
    }
    taken = [
        (*key, typed)
        for key, field in typed_numbers.items()
        for typed in CASE_03
        if not isinstance(field, DecimalText) or _takes(field, typed)
    ]
    assert taken == []
    assert {form for form, _ in typed_numbers} >= WITH_FIGURES


def _takes(field: forms.Field, typed: str) -> bool:
    try:
        field.clean(typed)
    except forms.ValidationError:
        return False
    return True


# Pages that tell of everything in their words and histories: read in both languages.
READ_IN_ENGLISH = (
    "/",
    "/account/",
    "/appeals/<int:pk>/",
    "/assessments/<int:pk>/",
    "/calendar/<int:year>/",
    "/changes/<int:pk>/",
    "/letters/<int:pk>/",
    "/plans/<int:pk>/",
    "/reports/<int:pk>/",
    "/scorecards/<int:pk>/",
    "/visits/<int:pk>/",
    "/warnings/<int:pk>/",
)


@pytest.fixture(scope="module")
def crawl(stage: Stage) -> Crawl:
    """The pages of every thing as those who belong to it and OPDC see them, and the open ones.

    Each route is read once for its insider and once for the analyst, with the thing of the world
    that it names; then their links and buttons are followed.
    """
    clients = {**stage.insiders, "analyst": stage.analyst, "public": stage.public}
    visited = Crawl(
        lambda path: stage.everything.address(path, OPEN_NAMES | NAMES),
        stage.enters,
    )
    for path, roles in pages():
        if FILE_OF_A_LIST in path:
            continue  # no page: the first link to one is followed
        clock.pretend(longest(DAYS, path))
        insider = longest(INSIDERS, path)
        for reader in [insider, *["analyst"] * (not roles or Role.ANALYST in roles)]:
            visited.read(reader, clients[reader], path)
        if path in READ_IN_ENGLISH:
            visited.read_in_english(insider, clients[insider], path)
    for path in open_pages():
        if FILE_OF_A_LIST in path:
            continue
        clock.pretend(longest(DAYS, path))
        visited.read("public", stage.public, path)
        if path in READ_IN_ENGLISH:
            visited.read_in_english("public", stage.public, path)
    visited.follow(clients)
    return visited


def test_no_link_and_no_button_of_a_page_ends_where_nothing_is(crawl: Crawl) -> None:
    assert crawl.faults == [], "\n".join(map(str, crawl.faults))
    assert len(crawl.texts) > 150
    assert crawl.asked > 80
    assert crawl.at_the_door > 250


def test_no_cell_says_its_heading_on_a_narrow_screen_with_nothing_behind_it(crawl: Crawl) -> None:
    assert set(crawl.labels_of_nothing) == set()


# What stands in a page's words and is no word, by what it is and why people have use for it.
CODES_OF_PEOPLE = {
    r"AGPL-3\.0-or-later|CC BY 4\.0|SHA-256": "names of licences and of a digest",
    r"[\w.+-]+@[\w.-]+": "addresses of mail",
    r"https?://\S+|www\.\S+": "addresses of sources",
    r"\S+\.(?:pdf|zip|csv|xlsx|json|md|txt|yaml)\b": "names of files",
    r"(?:m\d|sec)-(?:L\d|NEG|SUB)\S*|opdc-owner|office-\w+": "names of people of the tests",
}
INTERNAL = {
    "a code with underscores": re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b"),
    "the id of an entry of a rulebook": re.compile(r"(?<![\w.])[a-z][a-z-]+(?:\.[a-z0-9-]+)+\b"),
    "the id of a round": re.compile(r"(?<![\w/.])(?:6m|9m|12m)\b"),
    "a key of the database": re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}\b"),
    "a value of Python": re.compile(r"\b(?:None|True|False)\b|\{\w*\}|%\("),
}
# Pages whose matter is the entries of a rulebook by their ids, which is how they are cited.
OF_ENTRIES = ("/rules/", "/results/2567/data/")


def test_no_code_of_ours_stands_among_the_words_of_a_page(crawl: Crawl) -> None:
    faults = []
    for (reader, language, address), text in crawl.texts.items():
        words = text
        for pattern in CODES_OF_PEOPLE:
            words = re.sub(pattern, " ", words)
        for what, pattern_of_code in INTERNAL.items():
            if what.startswith("the id") and address.startswith(OF_ENTRIES):
                continue
            faults += [
                (what, match[0], reader, language, address)
                for match in pattern_of_code.finditer(words)
            ]

    assert faults == [], "\n".join(map(str, faults))


# In Thai a code is any word of our letters; in English it has a joint.
RAW = {
    "th": re.compile(r"[a-z][a-z0-9]*(?:[_.:-][a-z0-9]+)*"),
    "en": re.compile(r"[a-z][a-z0-9]*(?:[_.:][a-z0-9]+)+"),
}
NO_CODES = re.compile(r"[0-9a-f]{8,}|.*[.](?:pdf|csv)")  # a digest, a file's name


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_code_of_ours_stands_in_what_the_history_says_of_anything(
    stage: Stage,  # noqa: ARG001 everything has happened
    language: str,
) -> None:
    """Every event of the world of everything: its verb, its fields' names and their values."""
    with override(language):
        told = [
            (event.verb, word)
            for event in Event.objects.all()
            for word in (verb_words(event.verb), *sum(before_after(event), ()))
        ]
    faults = {
        (verb, word)
        for verb, word in told
        if RAW[language].fullmatch(word) and not NO_CODES.fullmatch(word)
    }
    assert faults == set()
    assert len(told) > 500
