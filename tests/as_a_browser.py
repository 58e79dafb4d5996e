"""The tests' client goes where a browser goes: to the address with its year.

Tests name pages as they are called for ever, without a year. The client asks for them in the year
that a browser would be led to, follows where only the year changes, and gives addresses back
without it: what it reads is what tests compare. `PlainClient` does nothing of this.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from esar.platform.ui import books, clock
from esar.platform.ui.lists import number_of
from esar.platform.ui.year_address import COOKIE, in_year, older_address, without_year

YEAR = re.compile(rb"(?<![\w/])/25[0-9]{2}/(?=[a-z]|[\"'?#<\s]|$)")
TEXTS = ("text/html", "application/json")
_plain_request = Client.request


class PlainClient(Client):
    """Asks for exactly what it is told to, and gives what it gets."""

    request = _plain_request


def _request(client: Client, **environ: Any) -> Any:
    older = older_address(environ.get("PATH_INFO", "/").removeprefix("/"))
    if older is not None and older.path:
        environ["PATH_INFO"] = in_year(_year_of(client, environ, older.default), older.path)
    answer = _plain_request(client, **environ)
    for _turn in range(2):
        if not _changes_only_the_year(environ, answer):
            break
        address = urlsplit(answer["Location"])
        environ |= {"PATH_INFO": address.path, "QUERY_STRING": address.query}
        answer = _plain_request(client, **environ)
    return _without_years(answer)


def _year_of(client: Client, environ: dict[str, Any], default: Any) -> int:
    cookie = client.cookies.get(COOKIE)
    chosen = number_of(cookie.value) if cookie else None
    asked = re.search(r"(?:^|&)year=(\d{4})(?:&|$)", environ.get("QUERY_STRING", ""))
    if asked and int(asked[1]) in books.years():
        return int(asked[1])
    return chosen if chosen in books.years() else default(clock.today())


def _changes_only_the_year(environ: dict[str, Any], answer: Any) -> bool:
    here = environ.get("PATH_INFO", "/")
    there = urlsplit(answer.get("Location", "")).path
    return answer.status_code == 302 and here != there and without_year(here) == without_year(there)


def _without_years(answer: Any) -> Any:
    if "Location" in answer:
        answer["Location"] = without_year(answer["Location"])
    if not answer.streaming and answer.get("Content-Type", "").startswith(TEXTS):
        content = YEAR.sub(b"/", answer.content)
        if content != answer.content:
            answer.content = content
    return answer


def go_as_a_browser() -> None:
    """From now on every client of a test does."""
    Client.request = _request  # type: ignore[method-assign]
