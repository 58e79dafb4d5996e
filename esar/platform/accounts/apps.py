"""Joins the log to what happens in the sign-in library."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "esar.platform.accounts"

    def ready(self) -> None:
        from allauth.account import signals as account
        from allauth.mfa import signals as mfa

        from esar.platform.accounts import sign_in

        account.password_changed.connect(sign_in.record_password)
        account.password_reset.connect(sign_in.record_reset)
        mfa.authenticator_added.connect(sign_in.record_second_step_on)
        mfa.authenticator_removed.connect(sign_in.record_second_step_off)
