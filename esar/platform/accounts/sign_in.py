"""How people sign in: by invitation only, with the address they were invited at."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from esar.kernel.wording import say
from esar.platform.accounts import delays, devices
from esar.platform.accounts.forms import refusing
from esar.platform.history.actions import record
from esar.platform.mail.actions import keep
from esar.platform.ui import clock
from esar.platform.ui.forms import lazy_say

NO_ACCOUNT = "account/email/unknown_account"


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A wrong code is told with what to type."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": lazy_say("sign_in.wrong_code"),
    }


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No one signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 allauth names it
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """In place of the library's own limits, which shut an account, and an address."""
        account = credentials["email"]
        with refusing():
            self.guess = delays.begin("password", account, devices.device_of(request, account))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The library asks its own backend here, not the one of the settings."""
        user = super().authenticate(request, **credentials)
        if user is None or not Backend().user_can_authenticate(user):
            return None
        delays.was_right(self.guess)
        return user

    def post_login(self, request: HttpRequest, user: Any, **login: Any) -> HttpResponse:
        """Whoever has signed in, by password or by a link that was mailed, is known here."""
        response: HttpResponse = super().post_login(request, user, **login)
        devices.remember(request, response, user.email)
        return response

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the site's own address, whatever the request said that it is."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", args=[uid, token])
        return f"{settings.SITE_ADDRESS}{path}"

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        figures = {"name": user.name, "address": context["password_reset_url"]}
        text = "\n\n".join(say("mail.reset", figures, language) for language in ("th", "en"))
        EmailMessage(say("mail.reset_subject", {}, "th"), text, to=[email]).send()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """An address without account costs what another does: a mail, which goes to nobody."""
        if template_prefix == NO_ACCOUNT:
            keep(EmailMessage(), at=timezone.now())
        else:
            super().send_mail(template_prefix, email, context)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user name: their address is it."""


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """A demo's people, whose password is public, do not sign in outside a demo."""

    def user_can_authenticate(self, user: Any) -> bool:
        if user.is_demo and not settings.DEMO:
            return False
        return bool(super().user_can_authenticate(user))

    def get_user(self, user_id: Any) -> Any:
        user = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


def verify_address(person: Any) -> None:
    """The person has followed a link that was mailed to the address of their account."""
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


def record_password(user: Any, **_signal: Any) -> None:
    record("person.password", user, by=user, at=clock.now())


@transaction.atomic
def record_reset(user: Any, **signal: Any) -> None:
    """The link was mailed, so the address is theirs."""
    record_password(user, **signal)
    verify_address(user)


def record_second_step_on(user: Any, request: HttpRequest, **_signal: Any) -> None:
    """Who came in without it does not stay in."""
    record("person.second_step_on", user, by=user, at=clock.now())
    end_sessions(user, but=request.session.session_key)


def end_sessions(person: Any, *, but: str | None = None) -> None:
    """Sign a person out everywhere, `but` in the session of this key."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=but or ""):
        session.end()


def record_second_step_off(user: Any, **_signal: Any) -> None:
    record("person.second_step_off", user, by=user, at=clock.now())
