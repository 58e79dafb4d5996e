"""What stands around every page of a person who is signed in. One query, none for visitors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from esar.platform.notices.queries import unread_count
from esar.platform.organisations.queries import roles_of
from esar.platform.ui import books, clock


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    person: Any = getattr(request, "user", None)
    around: dict[str, Any] = {"demo_mode": settings.DEMO, "demo_day": clock.demo_day()}
    if person is not None and person.is_authenticated:
        around |= {
            "person": person,
            "roles": roles_of(person, clock.today()),
            "unread": unread_count(person),
            "linkage_year": _linkage_year(),
        }
    return around


def _linkage_year() -> int | None:
    """The year being reported on, where its results go into the appraisal of heads."""
    year = books.reported_year(clock.today())
    return year if books.has_linkage(year) else None
