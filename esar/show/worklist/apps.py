"""Work list and search; the label is that of earlier releases."""

from __future__ import annotations

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "esar.show.worklist"
    label = "desk"

    def ready(self) -> None:
        from esar.platform.organisations.signals import role_ended
        from esar.show.worklist.leaving import tell_of_open_work

        role_ended.connect(tell_of_open_work)
