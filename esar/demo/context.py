"""What the sign-in page of a demo offers: one account for each role. Nothing outside demo mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from esar.demo.people import PASSWORD
from esar.platform.organisations.models import Person


def demo_accounts(request: HttpRequest) -> dict[str, Any]:
    if not settings.DEMO or request.resolver_match is None:
        return {}
    if request.resolver_match.url_name != "account_login":
        return {}
    people = Person.objects.filter(is_demo=True, email__startswith="demo-").order_by("pk")
    return {"demo_people": people.values_list("email", "name"), "demo_password": PASSWORD}
