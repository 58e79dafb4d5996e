"""What stands around every page: the menu, the year's state, what waits. A few queries.

What follows from the history alone is kept until the next event: then it costs one query.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

from esar.law.rules.text import Text
from esar.platform.history.queries import newest_hash
from esar.platform.notices.queries import unread_count
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_with, owes_second_step, roles_of
from esar.platform.ui import books, clock
from esar.platform.ui.year import chosen_year
from esar.show.worklist.menu import Menu, menu_of
from esar.show.worklist.viewer import Viewer
from esar.show.worklist.waiting import waiting_counts
from esar.show.worklist.year_state import year_state

Kept = TypeVar("Kept")


class UntilTheNextEvent:
    """Gives what was worked out since the newest event of the history, else works it out now."""

    @cached_property
    def _newest(self) -> str:
        return newest_hash()

    def keep(self, key: str, work_out: Callable[[], Kept]) -> Kept:
        return caches["frame"].get_or_set(f"{key}:{self._newest}", work_out)  # type: ignore[return-value]


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """`menu` and `year_state`, read where they are shown, and what of a person's stands there."""
    person: Any = getattr(request, "user", None)
    year, unchanged = chosen_year(request), UntilTheNextEvent()
    around: dict[str, Any] = {
        "demo_mode": settings.DEMO,
        "demo_day": clock.demo_day(),
        "year_state": lambda: _state_of(year, unchanged),
    }
    if person is None or not person.is_authenticated:
        return around | {"menu": menu_of(Viewer(None, year)).at(request.path_info, {})}
    return around | {
        "person": person,
        "owes_second_step": owes_second_step(person, clock.today()),
        "unread": unread_count(person),
        "menu": _menu_for(person, year, request.path_info, unchanged),
    }


def _menu_for(person: Any, year: int, path: str, unchanged: UntilTheNextEvent) -> Menu:
    day = clock.today()
    code, counts = unchanged.keep(
        f"rail:{person.pk}:{year}:{day}",
        lambda: (_own_body(person), waiting_counts(person, day, year)),
    )
    roles = frozenset(roles_of(person, day))
    viewer = Viewer(roles, year, _reported_year(year), _linkage_year(), code)
    return menu_of(viewer).at(path, counts)


def _own_body(person: Any) -> str:
    """The code of the body that a person reports or approves for, where it is one."""
    bodies = bodies_with(person, clock.today(), Role.REPORTER, Role.APPROVER)
    codes = list(bodies.values_list("code", flat=True)[:2])
    return codes[0] if len(codes) == 1 else ""


def _state_of(year: int, unchanged: UntilTheNextEvent) -> Text | None:
    day = clock.today()
    return unchanged.keep(f"year-state:{year}:{day}", lambda: year_state(year, day))


def _reported_year(year: int) -> int | None:
    """Whose rounds go on, for who works in today's year: until December the year before."""
    day = clock.today()
    return books.reported_year(day) if year == books.year_of(day) else None


def _linkage_year() -> int | None:
    """The year being reported on, where its results go into the appraisal of heads."""
    year = books.reported_year(clock.today())
    return year if books.has_linkage(year) else None
