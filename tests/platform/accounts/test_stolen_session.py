"""Whoever has somebody's open session does not keep it, and changes none of their ways in by it."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse

from esar.platform.organisations.models import Person
from tests.make import World
from tests.platform.mail.make import mail_goes_out

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "a-long-passphrase-1", "another-passphrase-2"


def signed_in(person: Person, password: str = PASSWORD) -> Client:
    """By the page, without a second step. Django's test client would leave out the password."""
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": password})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("worklist:desk")).status_code == 200


def turn_on(client: Client) -> None:
    """The authenticator app, as its owner does it: with the password once more."""
    page = reverse("mfa_activate_totp")
    client.post(f"{reverse('account_reauthenticate')}?next={page}", {"password": PASSWORD})
    secret = client.get(page).context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post(page, {"code": code}).status_code == 302


def test_a_second_step_that_is_turned_on_ends_the_sessions_that_came_in_without(
    world: World,
) -> None:
    thief, owner, colleague = (
        signed_in(who) for who in (world.reporter, world.reporter, world.approver)
    )
    turn_on(owner)

    assert [is_in(client) for client in (thief, owner, colleague)] == [False, True, True]


def test_a_changed_password_ends_every_other_session(world: World) -> None:
    thief, owner = signed_in(world.reporter), signed_in(world.reporter)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert owner.post(reverse("account_change_password"), form).status_code == 302

    assert [is_in(client) for client in (thief, owner)] == [False, True]


def test_nobody_changes_a_way_in_without_the_password(world: World) -> None:
    thief = signed_in(world.reporter)
    session = thief.session
    session["account_authentication_methods"] = []  # it was opened long ago
    session.save()
    form = {"oldpassword": "guessed-passphrase", "password1": NEW, "password2": NEW}
    thief.post(reverse("account_change_password"), form)
    places = [
        thief.get(reverse(name)).get("Location", "").partition("?")[0]
        for name in ("mfa_activate_totp", "mfa_add_webauthn")
    ]

    assert places == [reverse("account_reauthenticate")] * 2
    assert Person.objects.get(pk=world.reporter.pk).check_password(PASSWORD)
    assert not Authenticator.objects.exists()


def test_a_mailed_link_for_a_new_password_lets_nobody_past_the_second_step(
    world: World,
) -> None:
    turn_on(signed_in(world.reporter))
    visitor = Client()
    visitor.post(reverse("account_reset_password"), {"email": world.reporter.email})
    mail_goes_out()
    link = re.search(r"(/account/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert link is not None
    form = visitor.get(link[1], follow=True).redirect_chain[-1][0]
    answer = visitor.post(form, {"password1": NEW, "password2": NEW})

    assert answer["Location"].partition("?")[0] == reverse("mfa_authenticate")
    assert not is_in(visitor)
