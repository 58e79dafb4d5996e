"""Joins the log to what happens in the sign-in library."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "esar.site"

    def ready(self) -> None:
        from allauth.account import signals as account
        from allauth.mfa import signals as mfa

        from esar.site import accounts

        account.password_changed.connect(accounts.record_password)
        account.password_reset.connect(accounts.record_password)
        mfa.authenticator_added.connect(accounts.record_second_step_on)
        mfa.authenticator_removed.connect(accounts.record_second_step_off)
