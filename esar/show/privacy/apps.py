"""The app of personal data."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "esar.show.privacy"
