"""Central data; its tables keep the label of earlier releases."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


def _known(sender: Any, *, scorecard: Any, number: str, **_: Any) -> Any:  # noqa: ARG001
    from esar.report.central_data.achieved import known_of

    return known_of(scorecard, number)


class CentralDataConfig(AppConfig):
    name = "esar.report.central_data"
    label = "central"

    def ready(self) -> None:
        from esar.agree.changes.signals import achieved_asked

        achieved_asked.connect(_known, dispatch_uid="achieved-as-given")
