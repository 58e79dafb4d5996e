"""Its tables are of the app scorecards, where they were made."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "esar.agree.library"
