"""What stands around every page of a person who is signed in. One query, none for visitors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from esar.platform.notices.queries import unread_count
from esar.platform.organisations.queries import owes_second_step, roles_of
from esar.platform.ui import books, clock
from esar.platform.ui.year import chosen_year
from esar.show.worklist.menu import Viewer, menu_of


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    person: Any = getattr(request, "user", None)
    around: dict[str, Any] = {"demo_mode": settings.DEMO, "demo_day": clock.demo_day()}
    if person is None or not person.is_authenticated:
        return around | {"menu": menu_of(Viewer(None, chosen_year(request)))}
    roles = frozenset(roles_of(person, clock.today()))
    return around | {
        "person": person,
        "owes_second_step": owes_second_step(person, clock.today()),
        "unread": unread_count(person),
        "menu": menu_of(Viewer(roles, chosen_year(request), _linkage_year())),
    }


def _linkage_year() -> int | None:
    """The year being reported on, where its results go into the appraisal of heads."""
    year = books.reported_year(clock.today())
    return year if books.has_linkage(year) else None
