"""The forms of the sign-in library with our own labels and look, and our own password rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import get_language

from esar.kernel.problems import Refused
from esar.kernel.wording import has_sentence, problem_words, say
from esar.platform.accounts import delays, devices
from esar.platform.ui.forms import lazy_say


@contextmanager
def refusing() -> Iterator[None]:
    """What is refused inside is told by the form of the sign-in library."""
    try:
        yield
    except Refused as refused:
        language = get_language() or "th"
        sentences = [problem_words(problem, language) for problem in refused.problems]
        raise forms.ValidationError(sentences) from refused


class OurWords:
    """Labels from `esar.kernel.wording`; no hints that repeat them."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if has_sentence(f"label.{name}"):
                field.label = lazy_say(f"label.{name}")
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class ChangePassword(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """Old password, new password twice."""


class ResetPassword(OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to send the link to."""

    def clean_email(self) -> str:
        """Alike for every address, whether or not there is an account."""
        email = str(super().clean_email())
        with refusing():
            delays.begin("reset", email, code="sign_in.wait_for_link")
        return email


class ResetPasswordKey(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password twice."""


class Reauthenticate(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something delicate."""


class Slowed:
    """Wrong codes of a second step wait as wrong passwords do."""

    user: Any

    def clean_code(self) -> str:
        device = devices.device_of(context.request, self.user.email)
        with refusing():
            guess = delays.begin("second step", self.user.email, device)
        code: str = super().clean_code()  # type: ignore[misc]
        delays.was_right(guess)
        return code


class Authenticate(Slowed, OurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code of the second step."""


class ReauthenticateCode(Slowed, OurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code once more."""


class ActivateTOTP(OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = lazy_say("label.first_code")


class GenerateRecoveryCodes(OurWords, recovery.GenerateRecoveryCodesForm):  # type: ignore[misc]
    """Nothing to fill in."""


class AddPasskey(OurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """What a new passkey is called, and what it answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = lazy_say("label.passkey_name")
        self.fields["name"].widget.attrs["maxlength"] = 100
        self.initial["name"] = ""

    def clean_name(self) -> str:
        """Without a name it is called as any passkey is."""
        name = self.cleaned_data["name"].strip()[:100]
        return name or say("label.passkey", {}, get_language() or "th")

    def clean(self) -> dict[str, Any]:
        credential: dict[str, Any] = _answered(super().clean)
        return credential


class AuthenticatePasskey(OurWords, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What a passkey answered in place of a code."""

    def clean_credential(self) -> Any:
        return _answered(super().clean_credential)


def _answered(read: Callable[[], Any]) -> Any:
    """What a passkey answered, read by the library, or a sentence.

    The answer comes from a browser, which may send anything: on what is no answer, or is signed
    by another key, the library's parsers raise whatever they come upon.
    """
    try:
        return read()
    except Exception as error:
        sentence = say("passkey.not_recognised", {}, get_language() or "th")
        raise forms.ValidationError(sentence) from error


class PasswordRules:
    """Django's four rules of a good password, refused in our own sentences."""

    def __init__(self) -> None:
        self.rules: list[Any] = [
            password_validation.UserAttributeSimilarityValidator(("name", "email")),
            password_validation.MinimumLengthValidator(min_length=12),
            password_validation.CommonPasswordValidator(),
            password_validation.NumericPasswordValidator(),
        ]

    def validate(self, password: str, user: Any = None) -> None:
        """Errors: ValidationError with every rule that is broken."""
        sentences = []
        for rule in self.rules:
            try:
                rule.validate(password, user)
            except forms.ValidationError as error:
                sentences += [
                    say(f"password.{one.code}", {}, get_language() or "th")
                    for one in error.error_list
                ]
        if sentences:
            raise forms.ValidationError(sentences)

    def get_help_text(self) -> str:
        return say("password.rules", {}, get_language() or "th")
