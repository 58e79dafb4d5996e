"""How people sign in: by invitation only, with the address they were invited at."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No one signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 allauth names it
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user name: their address is it."""
