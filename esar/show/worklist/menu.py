"""The menu of a reader, made of the tables in `entries`: the rail, its pages behind, the tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from esar.platform.ui.year_address import without_year
from esar.show.worklist.entries import (
    ADMINISTRATION,
    ALSO_PUBLIC,
    GROUPS,
    PROCESSES,
    RAIL,
    TABS,
    Entry,
    Group,
)
from esar.show.worklist.viewer import Viewer

MAX_MENUS = 256  # of viewers who differ, kept at a time
MAX_RAIL = 7


@dataclass(frozen=True)
class Link:
    """A line of a menu; `address` is its name, `count` what waits there, None where nothing does.

    `covers` are its address and those that lie behind it, of any year: on their pages it is the
    current one.
    """

    label: Any
    href: str
    address: str = ""
    icon: str = ""
    covers: tuple[str, ...] = ()
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True)
class LinkGroup:
    """Links under a heading."""

    code: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Menu:
    """What a reader finds where.

    `rail`: at most seven for people, none for visitors. `public`: the five tabs of the public
    site. `more`: what neither of them shows, in `groups` by what it is about.
    """

    rail: tuple[Link, ...]
    more: tuple[Link, ...]
    public: tuple[Link, ...]
    groups: tuple[LinkGroup, ...] = ()
    administration: tuple[LinkGroup, ...] = ()

    def at(self, path: str, counts: Mapping[str, int]) -> Menu:
        """The menu on the page at `path`, with what waits at each address."""
        here = current(self.rail, path)
        rail = [
            replace(link, count=counts.get(link.address), is_current=link is here)
            for link in self.rail
        ]
        tab = current(self.public, path)
        public = [replace(link, is_current=link is tab) for link in self.public]
        return replace(self, rail=tuple(rail), public=tuple(public))


def current(links: Sequence[Link], path: str) -> Link | None:
    """The link whose page, or one that lies behind it, `path` is or is of: the nearest.

    In whatever year: that of some addresses stands at another place.
    """
    nearest, length, path = None, 0, without_year(path)
    for link in links:
        for href in link.covers:
            is_here = path == href or (len(href) > 1 and path.startswith(href))
            if is_here and len(href) > length:
                nearest, length = link, len(href)
    return nearest


@lru_cache(MAX_MENUS)
def menu_of(viewer: Viewer) -> Menu:
    """What a viewer finds; the same for all who hold the same roles."""
    groups = _groups(GROUPS, viewer)
    administration = _groups(ADMINISTRATION, viewer)
    rail = _rail(viewer, groups, administration) if viewer.roles is not None else ()
    public = tuple(_link(entry, viewer) for entry in TABS if entry.is_for(viewer))
    if viewer.roles is None:
        behind = tuple(_link(entry, viewer) for entry in ALSO_PUBLIC if entry.is_for(viewer))
        return Menu(rail, behind, public)
    on_the_rail = {link.href for link in (*rail, *public)}
    behind = tuple(link for group in (*groups, *administration) for link in group.links)
    more = {link.href: link for link in behind if link.href not in on_the_rail}
    return Menu(rail, tuple(more.values()), public, groups, administration)


def _link(entry: Entry, viewer: Viewer) -> Link:
    href = entry.href(viewer)
    return Link(entry.label(viewer), href, entry.address, entry.icon, (without_year(href),))


def _groups(groups: Sequence[Group], viewer: Viewer) -> tuple[LinkGroup, ...]:
    linked = [
        LinkGroup(
            group.code,
            tuple(_link(entry, viewer) for entry in group.entries if entry.is_for(viewer)),
        )
        for group in groups
    ]
    return tuple(group for group in linked if group.links)


def _rail(
    viewer: Viewer, groups: Sequence[LinkGroup], administration: Sequence[LinkGroup]
) -> tuple[Link, ...]:
    entries = _that_fit([entry for entry in RAIL if entry.is_for(viewer)])
    links = [_link(entry, viewer) for entry in entries]
    on_the_rail = {link.href for link in links}
    behind = {
        "worklist:processes": _behind(groups, on_the_rail),
        "worklist:administration": _behind(administration, on_the_rail),
    }
    return tuple(
        replace(link, covers=(*link.covers, *behind.get(link.address, ()))) for link in links
    )


def _behind(groups: Sequence[LinkGroup], on_the_rail: set[str]) -> tuple[str, ...]:
    links = [link for group in groups for link in group.links if link.href not in on_the_rail]
    return tuple(path for link in links for path in link.covers)


def _that_fit(entries: list[Entry]) -> list[Entry]:
    """At most seven: lists of processes give way to the page that leads to all of them."""
    if len(entries) <= MAX_RAIL:
        return entries
    processes = {entry.address for group in GROUPS for entry in group.entries}
    first = [entry for entry in entries if entry.address not in processes or entry is RAIL[0]]
    if PROCESSES not in first:
        first.append(PROCESSES)
    first = first[:MAX_RAIL]
    lists = [entry for entry in entries if entry not in first][: MAX_RAIL - len(first)]
    chosen = [*first, *lists]
    return [entry for entry in RAIL if entry in chosen]
