"""The public pages; the label is that of earlier releases."""

from __future__ import annotations

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "esar.show.public"
    label = "publishing"
