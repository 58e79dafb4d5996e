"""Forms as a browser sends them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from tests.make import ON


def browser(who: Person, on: date = ON) -> Client:
    """Someone signed in, on a day."""
    clock.pretend(on)
    client = Client()
    client.force_login(who)
    return client


def typed(page: Any, **changed: str) -> dict[str, str]:
    """What the browser sends of the form as it is shown, with what was typed over it."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in values.items() if value is not None} | changed
