"""What is private stays in no cache; what is public may."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.make import World

PUBLIC = ["/", "/rules/2567/", "/agencies/"]


def signed_in(world: World) -> Client:
    client = Client()
    client.force_login(world.reporter)
    return client


@pytest.mark.parametrize("path", ["/desk/", "/notices/", "/scorecards/", "/nothing/here/", *PUBLIC])
def test_no_cache_keeps_what_a_person_was_given(world: World, path: str) -> None:
    assert signed_in(world).get(path).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.django_db
def test_a_visitors_public_page_may_be_kept(path: str) -> None:
    assert "Cache-Control" not in Client().get(path).headers


@pytest.mark.django_db
def test_a_link_that_lets_in_is_kept_by_no_cache() -> None:
    from esar.platform.organisations.actions import invitation_token
    from esar.platform.organisations.models import Person

    invited = Person.objects.create_user("new@example.test", "คนใหม่", None)
    answer = Client().get(f"/invitation/{invitation_token(invited)}/")

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"].split(", ")
