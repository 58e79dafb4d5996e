"""The address of an account is verified by the link that was mailed to it, and by nothing else.

The sign-in library lets nobody with an address that is not verified set up a second step.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from esar.platform.history.actions import record
from esar.platform.organisations import actions
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from tests.make import AT, ON, World, person
from tests.platform.mail.make import mail_goes_out

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-passphrase-1"


def signed_in(email: str, password: str = PASSWORD) -> Client:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client


def second_step_page(client: Client) -> tuple[int, str]:
    """How the page that sets up a second step answers, and where else it leads."""
    page = reverse("mfa_activate_totp")
    client.post(f"{reverse('account_reauthenticate')}?next={page}", {"password": PASSWORD})
    answer: Any = client.get(page)
    return answer.status_code, answer.headers.get("Location", "")


def test_a_stranger_who_asks_for_a_reset_blocks_nobodys_second_step(world: World) -> None:
    email = world.reporter.email
    Client().post(reverse("account_reset_password"), {"email": email})

    assert second_step_page(signed_in(email)) == (200, "")


def addresses(email: str) -> list[tuple[str, bool]]:
    return list(EmailAddress.objects.filter(user__email=email).values_list("email", "verified"))


def invited(world: World) -> Person:
    """Somebody who came by the link of an invitation."""
    new = actions.invite(
        email="new@example.test",
        name="คนใหม่",
        role="reporter",
        body=world.province,
        by=world.approver,
        at=AT,
        on=ON,
    )
    page = reverse("organisations:invitation", args=[actions.invitation_token(new)])
    answer = Client().post(page, {"password": PASSWORD, "password_again": PASSWORD})
    assert answer.status_code == 302
    return new


def test_whoever_follows_the_link_of_an_invitation_has_a_verified_address(world: World) -> None:
    clock.pretend(ON)
    email = invited(world).email
    assert addresses(email) == [(email, True)]

    Client().post(reverse("account_reset_password"), {"email": email})
    assert addresses(email) == [(email, True)]
    assert second_step_page(signed_in(email)) == (200, "")


def test_whoever_sets_a_password_by_a_mailed_link_has_a_verified_address(world: World) -> None:
    email, visitor = world.reporter.email, Client()
    visitor.post(reverse("account_reset_password"), {"email": email})
    assert addresses(email) == []
    mail_goes_out()
    link = re.search(r"(/account/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link is not None
    form = visitor.get(link[1], follow=True).redirect_chain[-1][0]
    password = "another-passphrase-2"
    answer = visitor.post(form, {"password1": password, "password2": password})

    assert (answer.status_code, addresses(email)) == (302, [(email, True)])


def test_who_was_blocked_before_is_blocked_no_more() -> None:
    came_by_link, by_shell = person("came"), person("by-shell")
    record("person.accepted", came_by_link, by=came_by_link, at=AT)
    for owner in (came_by_link, by_shell):  # as a stranger's request left it
        EmailAddress.objects.create(user=owner, email=owner.email)
    assert second_step_page(signed_in(by_shell.email)) == (302, reverse("mfa_index"))

    import_module("esar.platform.accounts.migrations.0002_verified_addresses").verify(apps, None)

    assert addresses(came_by_link.email) == [(came_by_link.email, True)]
    assert addresses(by_shell.email) == []
    assert second_step_page(signed_in(by_shell.email)) == (200, "")
    assert second_step_page(signed_in(came_by_link.email)) == (200, "")
