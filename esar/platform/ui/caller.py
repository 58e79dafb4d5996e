"""From where a request comes: the caller's own address, behind whatever proxies stand before us.

Nowhere else is a header of a proxy read. Every log, every event of the history, every session and
every delay of sign-in reads REMOTE_ADDR, which is the caller's once this has run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from esar.kernel.problems import Problem, Refused

UNIX = "unix"  # in the setting: whoever speaks to us over a unix socket
THIS_MACHINE = "127.0.0.1"  # the address of a program that speaks over a socket for itself
Address = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Proxies:
    """Who is believed when they say for whom they speak: by address, or by how many they are."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    socket: bool = False
    count: int = 0

    def trust(self, address: Address | None, distance: int) -> bool:
        """Whether to believe a hop: its address (None: a unix socket), and how far off it is."""
        if distance < self.count:
            return True
        if address is None:
            return self.socket
        return any(address in network for network in self.networks)


def read_proxies(text: str) -> Proxies:
    """The proxies of the setting: addresses, networks, `unix`, or a number, commas between.

    Errors: Refused for each part that is none of these.
    """
    networks, socket, count = [], False, 0
    problems = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        if part == UNIX:
            socket = True
        elif part.isascii() and part.isdecimal():
            count = int(part)
        else:
            try:
                networks.append(ip_network(part, strict=False))
            except ValueError:
                problems.append(Problem("settings.no_proxy", {"proxy": part[:120]}))
    if problems:
        raise Refused(problems)
    return Proxies(tuple(networks), socket, count)


def caller(peer: str, forwarded: str, proxies: Proxies) -> str:
    """The nearest address that no trusted proxy has; what lies beyond it anybody may have written.

    `peer`: who holds the connection, empty on a unix socket. `forwarded`: X-Forwarded-For, to
    which each proxy adds at its end from whom it had the request.
    """
    hops = [peer, *reversed(forwarded.split(","))]
    nearest = THIS_MACHINE
    for distance, text in enumerate(hops):
        address = _address(text)
        if address is not None:
            nearest = str(address)
        elif distance > 0:  # no address: written by nobody whom we know
            break
        if not proxies.trust(address, distance):
            break
    return nearest


def _address(text: str) -> Address | None:
    """An address as proxies write it: with a port, in brackets, of an interface; None if none."""
    text = text.strip().partition("%")[0]
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class CallerMiddleware:
    """Puts the caller's address where every reader of a request looks for it, first of all.

    Who is no trusted proxy cannot say either that the line to the caller is a safe one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.proxies = read_proxies(settings.PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        peer = request.META.get("REMOTE_ADDR", "")
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        request.META["REMOTE_ADDR"] = caller(peer, forwarded, self.proxies)
        if not self.proxies.trust(_address(peer), 0):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return self.get_response(request)
