"""From where a request comes, whatever stands before the site and whatever its sender says."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from esar.kernel.problems import Refused
from esar.platform.history.ledger import origin
from esar.platform.ui.caller import CallerMiddleware, caller, read_proxies

pytestmark = pytest.mark.any_database
UNIX = ""  # the peer of a unix socket has no address


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        # nobody stands before the site
        ("", "203.0.113.7", "", "203.0.113.7"),
        ("", "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        # a proxy that is trusted by its address, or by its network
        ("10.0.0.2", "10.0.0.2", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.0/8", "10.9.9.9", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.2", "10.0.0.2", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.2", "10.0.0.3", "203.0.113.7", "10.0.0.3"),
        ("10.0.0.2", "10.0.0.2", "", "10.0.0.2"),
        # two proxies, one behind the other
        ("10.0.0.2, 10.0.0.3", "10.0.0.2", "1.1.1.1, 203.0.113.7, 10.0.0.3", "203.0.113.7"),
        # the unix socket
        ("unix", UNIX, "203.0.113.7", "203.0.113.7"),
        ("unix", UNIX, "10.0.0.2, 203.0.113.7", "203.0.113.7"),
        ("unix,10.0.0.2", UNIX, "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("unix", UNIX, "", "127.0.0.1"),
        ("", UNIX, "203.0.113.7", "127.0.0.1"),
        # as many proxies as are said
        ("1", "10.0.0.2", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("2", "10.0.0.2", "198.51.100.1, 203.0.113.7, 10.0.0.3", "203.0.113.7"),
        ("2", UNIX, "198.51.100.1, 203.0.113.7, 10.0.0.3", "203.0.113.7"),
        ("2", "10.0.0.2", "203.0.113.7", "203.0.113.7"),
        # forms that an address may have
        ("10.0.0.2", "::ffff:10.0.0.2", "203.0.113.7:49152", "203.0.113.7"),
        ("10.0.0.2", "10.0.0.2", "[2001:db8::7]:49152", "2001:db8::7"),
        ("fd00::/8", "fd00::2", "2001:db8:0:0::7", "2001:db8::7"),
        # what is no address is nobody's: the nearest that is one counts
        ("10.0.0.2", "10.0.0.2", "203.0.113.7, unknown", "10.0.0.2"),
        ("10.0.0.2", "10.0.0.2", "' or 1=1 --", "10.0.0.2"),
        ("unix", UNIX, "unknown", "127.0.0.1"),
    ],
)
def test_the_caller_is_the_nearest_that_no_trusted_proxy_is(
    proxies: str, peer: str, forwarded: str, address: str
) -> None:
    assert caller(peer, forwarded, read_proxies(proxies)) == address


def test_every_proxy_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(Refused) as refused:
        read_proxies("unix, 10.0.0.300, example.go.th, 10.0.0.0/8, -1")

    assert [problem.figures for problem in refused.value.problems] == [
        {"proxy": "10.0.0.300"},
        {"proxy": "example.go.th"},
        {"proxy": "-1"},
    ]


def answered(settings: Any, proxies: str, peer: str, **headers: str) -> dict[str, Any]:
    """What a page reads of where its request came from."""
    settings.PROXIES = proxies
    read: dict[str, Any] = {}

    def page(request: Any) -> HttpResponse:
        read.update(address=request.META["REMOTE_ADDR"], is_secure=request.is_secure())
        return HttpResponse()

    CallerMiddleware(page)(RequestFactory(headers=headers, REMOTE_ADDR=peer).get("/"))
    return read


def test_only_a_trusted_proxy_says_that_the_line_to_the_caller_is_safe(settings: Any) -> None:
    said = {"x_forwarded_for": "203.0.113.7", "x_forwarded_proto": "https"}

    assert [answered(settings, "10.0.0.2", peer, **said) for peer in ("10.0.0.2", "10.0.0.3")] == [
        {"address": "203.0.113.7", "is_secure": True},
        {"address": "10.0.0.3", "is_secure": False},
    ]


@pytest.mark.django_db
def test_an_event_of_the_history_has_the_address_of_the_caller(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PROXIES = "unix"
    origins: list[str] = []
    monkeypatch.setattr(
        "esar.platform.ui.clean_text.CleanTextMiddleware.__call__",
        lambda self, request: origins.append(origin.get()) or self.get_response(request),
    )
    Client(REMOTE_ADDR=UNIX, headers={"x_forwarded_for": "9.9.9.9, 203.0.113.7"}).get("/")

    assert origins == ["203.0.113.7"]
