"""A crawl of the world of everything: what each person's pages say, link to and offer to press."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from esar.operations.reference import routes
from esar.platform.ui import clock
from esar.platform.ui.doors import EVERYONE, LIBRARY, door_of

SITE = "http://testserver"
UNREAD = {"script", "style", "head", "template"}
SAID_ASIDE = ("aria-label", "title", "placeholder", "alt")
SHOWN = {"a", "img", "svg", "input", "button", "select", "textarea"}
# What names no thing of a person's: years, rounds and bodies of open pages.
OPEN_NAMES: dict[tuple[str, str], object] = {
    ("/", "<int:pk>"): 1,
    ("/", "<int:number>"): 1,
    ("/", "<int:size>"): 1,
    ("/", "<int:item>"): 1,
    ("/", "<int:appointment>"): 1,
    ("/", "<int:delegation>"): 1,
    ("/", "<int:pack>"): 1,
    ("/", "<int:attachment>"): 1,
    ("/", "<int:recipient>"): 1,
    ("/", "<int:enclosure>"): 1,
    ("/", "<int:paper>"): 1,
    ("/", "<int:finding>"): 1,
    ("/", "<int:result>"): 1,
    ("/", "<int:quarter>"): 1,
    ("/", "<slug:token>"): "x",
    ("/", "<str:month>"): "2018-01",
    ("/", "<int:year>"): 2567,
    ("/", "<slug:round_id>"): "6m",
    ("/", "<slug:bodies>"): "province",
    ("/explore/", "<slug:key>"): "x",
    ("/compare/", "<str:codes>"): "TH-74",
    ("/ranking/", "<slug:name>"): "components",
    ("/", "<slug:code>"): "TH-74",
    ("/", "<slug:language>"): "th",
    ("/", "<str:code>"): "L2-P",
    ("/", "<str:token>"): "x",
    ("/", "<slug:sha256>"): "x",
}
# Signs out, or is of the sign-in library; static files are no pages.
NOT_FOLLOWED = ("/static/", "/account/logout/", "/account/sessions/")


@dataclass
class Pressed:
    """A form as the browser would send it: its fields as they stand."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # (action, name: value)

    def sendings(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Address and fields of each button; of the form alone where it has none."""
        for action, named in self.buttons or [("", {})]:
            yield action or self.action, self.fields | named


class Page(HTMLParser):
    """What a page says for people, where it leads, and what may be pressed on it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Pressed] = []
        self.texts: list[str] = []
        self.labels_of_nothing: list[str] = []  # of cells that stand alone on a narrow screen
        self._empty_cell: str | None = None
        self._by_id: dict[str, Pressed] = {}
        self._apart: list[tuple[str, str, dict[str, str]]] = []  # fields of a form elsewhere
        self._form: Pressed | None = None
        self._unread = 0
        self._select: str | None = None
        self.feed(html)
        for form_id, tag, values in self._apart:
            if form_id in self._by_id:
                self._fill(self._by_id[form_id], tag, values)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.texts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._unread += tag in UNREAD
        self.texts += [values[name] for name in SAID_ASIDE if name in values]
        if tag == "td":
            self._empty_cell = values.get("data-label")
        elif tag in SHOWN:
            self._empty_cell = None
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "form":
            method = values.get("method", "get").lower()
            self._form = Pressed(values.get("action", ""), method)
            self.forms.append(self._form)
            self._by_id[values.get("id", "")] = self._form
        elif tag in ("input", "button", "select", "textarea", "option"):
            self._field(tag, values)

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD
        if tag == "form":
            self._form = None
        elif tag == "td" and self._empty_cell:
            self.labels_of_nothing.append(self._empty_cell)

    def handle_data(self, data: str) -> None:
        if not self._unread and data.strip():
            self.texts.append(data)
            self._empty_cell = None

    def _field(self, tag: str, values: dict[str, str]) -> None:
        if tag == "select":
            self._select = values.get("name")
        if tag == "option":
            values = {"name": self._select or "", "choice": "", **values}
        if "form" in values:
            self._apart.append((values["form"], tag, values))
        elif self._form is not None:
            self._fill(self._form, tag, values)

    def _fill(self, form: Pressed, tag: str, values: dict[str, str]) -> None:
        name, value, kind = values.get("name", ""), values.get("value", ""), values.get("type", "")
        if "choice" in values:
            if "selected" in values or name not in form.fields:
                form.fields[name] = value
        elif tag == "button" or kind == "submit":
            named = {name: value} if name else {}
            form.buttons.append((values.get("formaction", ""), named))
        elif name and (kind not in ("checkbox", "radio") or "checked" in values):
            form.fields[name] = value


@dataclass(frozen=True)
class Step:
    """A link or a button: who sees it, on which page and day, and what pressing it asks for."""

    reader: str
    page: str
    day: date
    method: str
    target: str
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


@dataclass
class Crawl:
    """What pages said, by (reader, language, address), and where their links and buttons failed.

    A page is read once for each kind of reader. Of all links and buttons to one route by one method
    (and one move), the first is asked, by who sees it; a page that was read at that very address is
    not asked again. For every other reader who sees one to the same route, its door is asked.
    """

    address: Callable[[str], str]
    enters: Callable[[str, str], bool]  # whether a reader passes the door of an address
    texts: dict[tuple[str, str, str], str] = field(default_factory=dict)
    labels_of_nothing: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    asked: int = 0
    at_the_door: int = 0
    steps: dict[tuple[str, str, str], Step] = field(default_factory=dict)

    def read(self, reader: str, client: Client, path: str) -> None:
        """Open a page where it is one, and note what it says and where it leads."""
        address = self.address(path)
        answer = ask(client, "get", address, {})
        if answer.status_code >= 500:
            self.faults.append((reader, address, "get", address, answer.status_code))
        if answer.status_code != 200 or not _is_page(answer):
            return
        page = Page(answer.content.decode())
        self.texts[reader, "th", address] = page.text
        self.labels_of_nothing += [(reader, address, label) for label in page.labels_of_nothing]
        for link in page.links:
            self._note(reader, address, "get", link, {})
        for form in page.forms:
            for action, fields in form.sendings():
                self._note(reader, address, form.method, action, fields)

    def read_in_english(self, reader: str, client: Client, path: str) -> None:
        """What the same page says in the other language."""
        address = self.address(path)
        answer = ask(client, "get", address, {}, "en")
        self.texts[reader, "en", address] = Page(answer.content.decode()).text

    def follow(self, clients: Mapping[str, Client]) -> None:
        """Go where the links and buttons lead, what only reads before what writes."""
        kinds: set[tuple[str, ...]] = set()
        doors: set[tuple[str, ...]] = set()
        for step in sorted(self.steps.values(), key=lambda step: step.method != "get"):
            kind = _kind_of(step)
            clock.pretend(step.day)
            if kind not in kinds and (step.reader, "th", step.target) not in self.texts:
                self._press(step, clients[step.reader])
            elif (step.reader, *kind) not in doors:
                self._knock(step)
            kinds.add(kind)
            doors.add((step.reader, *kind))

    def _note(self, reader: str, page: str, method: str, link: str, fields: dict[str, str]) -> None:
        """Each target once for a reader: the same row's link on another page is no other."""
        target = urljoin(f"{SITE}{page}", link).partition("#")[0]
        if not target.startswith(SITE):
            return
        step = Step(reader, page, clock.today(), method, target.removeprefix(SITE), fields)
        if not step.path.startswith(NOT_FOLLOWED):
            self.steps.setdefault((reader, method, step.path), step)

    def _press(self, step: Step, client: Client) -> None:
        self.asked += 1
        status = ask(client, step.method, step.target, step.fields).status_code
        if status in (404, 405) or status >= 500:
            self._tell(step, status)

    def _knock(self, step: Step) -> None:
        self.at_the_door += 1
        if not self.enters(step.reader, step.path):
            self._tell(step, 404)

    def _tell(self, step: Step, status: int) -> None:
        self.faults.append((step.reader, step.page, step.method, step.target, status))


def _is_page(answer: Any) -> bool:
    return bool(answer.headers.get("Content-Type", "").startswith("text/html"))


def _kind_of(step: Step) -> tuple[str, ...]:
    """What a link or button is one of: its method, its route, and the move that it names."""
    try:
        match = resolve(step.path)
    except Resolver404:
        return (step.method, "nowhere", step.path)
    return (step.method, match.route, str(match.kwargs.get("name", "")))


def ask(
    client: Client, method: str, address: str, fields: dict[str, str], language: str = "th"
) -> Any:
    """The answer; whatever was done is undone, and the browser is as it was."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    client.cookies["language"] = language
    client.raise_request_exception = False  # an error of ours is a fault to tell, by its address
    with transaction.atomic():
        answer = getattr(client, method)(address, fields)
        if answer.streaming:
            answer.getvalue()  # to its end, where its file is closed
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return answer


def open_pages() -> list[str]:
    """Every address of ours that anyone may open."""
    return [
        path
        for path, name, view in routes()
        if not view.__module__.startswith((LIBRARY, "django."))
        and (door_of(view, name) or ("",))[0] == EVERYONE
    ]
