"""Browsers that have signed in to an account before: others' wrong guesses do not hold them up.

The browser keeps a signed cookie for it. Who copies one has the guesses of one browser.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = SALT = "esar_device"
ONE_YEAR = 365 * 24 * 3600
MOST = 5  # accounts of one browser; the oldest is forgotten


def device_of(request: HttpRequest, account: str) -> str:
    """The browser's own name where it has signed in to the account before, else empty."""
    device = _read(request)
    return device["id"] if _name(account) in device["accounts"] else ""


def remember(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """The browser has signed in to the account."""
    device, name = _read(request), _name(account)
    device["accounts"] = [*(each for each in device["accounts"] if each != name), name][-MOST:]
    response.set_cookie(
        COOKIE,
        signing.dumps(device, salt=SALT),
        max_age=ONE_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        device = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=ONE_YEAR)
    except signing.BadSignature:
        return {"id": secrets.token_hex(16), "accounts": []}
    return dict(device)


def _name(account: str) -> str:
    return salted_hmac(SALT, account.strip().lower()).hexdigest()[:16]
