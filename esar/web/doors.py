"""Default-deny: a view that does not say who may come in is shut to everyone.

`open_to_all` is for the public; `signed_in` for people, of any role or of the roles named. What a
person may do with one thing is asked by the app's permissions; this is the door before them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])
EVERYONE = "everyone"
PEOPLE = "people"

# Addresses of the sign-in library that a visitor needs; all its others are for people signed in.
LIBRARY = "allauth."
OPEN_IN_LIBRARY = {
    "account_login", "account_logout", "account_inactive", "account_signup",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate",
}  # fmt: skip


def open_to_all(view: View) -> View:
    view.door = (EVERYONE, ())  # type: ignore[attr-defined]
    return view


def signed_in(*roles: str) -> Callable[[View], View]:
    """People who are signed in; with `roles`, only those who hold one of them today."""

    def mark(view: View) -> View:
        view.door = (PEOPLE, tuple(str(role) for role in roles))  # type: ignore[attr-defined]
        return view

    return mark


def door_of(view: Any, name: str = "") -> tuple[str, tuple[str, ...]] | None:
    """(EVERYONE or PEOPLE, roles) of a view and its address's name; None when it has no door."""
    found: tuple[str, tuple[str, ...]] | None = getattr(view, "door", None)
    if found is None:
        module = getattr(view, "__module__", "") or ""
        if module.startswith(LIBRARY):
            return (EVERYONE if name in OPEN_IN_LIBRARY else PEOPLE, ())
        if module.startswith("django.contrib.staticfiles"):
            return (EVERYONE, ())
    return found
