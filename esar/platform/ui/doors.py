"""Default-deny: a view that does not say who may come in is shut to everyone.

`open_to_all` is for the public; `signed_in` for people, of any role or of the roles named. What a
person may do with one thing is asked by the app's permissions; this is the door before them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, TypeVar

from django.http.response import HttpResponseBase
from django.urls import resolve

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
EVERYONE = "everyone"
PEOPLE = "people"

# Addresses of the sign-in library that are used here; every other one of it has no door.
LIBRARY = "allauth."
LIBRARY_DOORS = {
    "account_login": EVERYONE,
    "account_logout": EVERYONE,
    "account_inactive": EVERYONE,
    "account_reset_password": EVERYONE,
    "account_reset_password_done": EVERYONE,
    "account_reset_password_from_key": EVERYONE,
    "account_reset_password_from_key_done": EVERYONE,
    "mfa_authenticate": EVERYONE,
    "account_change_password": PEOPLE,
    "account_reauthenticate": PEOPLE,
    "mfa_index": PEOPLE,
    "mfa_reauthenticate": PEOPLE,
    "mfa_activate_totp": PEOPLE,
    "mfa_deactivate_totp": PEOPLE,
    "mfa_list_webauthn": PEOPLE,
    "mfa_add_webauthn": PEOPLE,
    "mfa_remove_webauthn": PEOPLE,
    "mfa_view_recovery_codes": PEOPLE,
    "mfa_generate_recovery_codes": PEOPLE,
    "mfa_download_recovery_codes": PEOPLE,
    "usersessions_list": PEOPLE,
}


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
    door: tuple[str, tuple[str, ...]] | None = getattr(view, "door", None)
    if door is None:
        module = getattr(view, "__module__", "") or ""
        if is_of_the_library(view):
            return (LIBRARY_DOORS[name], ()) if name in LIBRARY_DOORS else None
        if module.startswith("django.contrib.staticfiles"):
            return (EVERYONE, ())
    return door


def is_of_the_library(view: Any) -> bool:
    """Whether a view is the sign-in library's: one's own way in, and nothing of the house."""
    return (getattr(view, "__module__", "") or "").startswith(LIBRARY)


def lets_in(address: str, roles: Collection[str]) -> bool:
    """Whether the door of a page lets in who is signed in with `roles`: links lead to no shut one.

    Of a door without roles it says yes, also to a visitor, who is asked there to sign in.
    """
    door = _roles_at_the_door(address)
    return not door or not door.isdisjoint(roles)


@lru_cache(maxsize=256)
def _roles_at_the_door(address: str) -> frozenset[str]:
    _, roles = door_of(resolve(address).func) or ("", ())
    return frozenset(roles)
