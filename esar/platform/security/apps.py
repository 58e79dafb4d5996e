"""Joins the log of security to what happens around signing in."""

from __future__ import annotations

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "esar.platform.security"

    def ready(self) -> None:
        from allauth.account import signals as account
        from allauth.mfa import signals as mfa
        from django.contrib.auth import signals as auth

        from esar.platform.security import actions

        account.user_logged_in.connect(actions.signed_in)
        auth.user_login_failed.connect(actions.failed)
        auth.user_logged_out.connect(actions.signed_out)
        mfa.authentication_failed.connect(actions.second_step_failed)
        account.password_changed.connect(actions.password_changed)
        account.password_reset.connect(actions.password_changed)
        mfa.authenticator_added.connect(actions.second_step_on)
        mfa.authenticator_removed.connect(actions.second_step_off)
