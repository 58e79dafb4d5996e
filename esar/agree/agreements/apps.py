"""Its tables are of the app scorecards, where they were made."""

from __future__ import annotations

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "esar.agree.agreements"
