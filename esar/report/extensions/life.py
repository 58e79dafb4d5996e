"""The life of a request for a later day: granted, it is an extension of the calendar."""

from collections.abc import Iterator, Mapping
from typing import Any

from esar.kernel.problems import Problem
from esar.platform.calendars.actions import extend, too_late
from esar.platform.calendars.queries import entry
from esar.platform.lifecycle.life import Act, Life
from esar.report.extensions.models import ExtensionRequest
from esar.report.extensions.states import EXTENSION_MOVES


class ExtensionLife(Life[ExtensionRequest]):
    """Written by its body, sent by its approver, decided by the administrator."""

    name, model, page = "extension", ExtensionRequest, "extensions:extension"
    moves, related = EXTENSION_MOVES, ("body",)
    written_by, sent_by = ("extension.asked",), ("extension.send",)

    def content(self, thing: ExtensionRequest) -> Mapping[str, Any]:
        return {"entry": thing.rule_id, "last_day": f"{thing.last_day}", "reason": thing.reason}

    def check(self, act: Act[ExtensionRequest]) -> Iterator[Problem]:
        year, rule_id = act.thing.fiscal_year, act.thing.rule_id
        bound = entry(year, rule_id, act.thing.body)
        if act.name == "refuse":
            return
        if bound is None:
            yield Problem("calendar.no_such_entry", {"entry": rule_id, "year": year})
        elif act.thing.last_day <= bound.last:
            yield Problem("extension.not_later")
        yield from too_late(year, act.thing.last_day)

    def carry_out(self, act: Act[ExtensionRequest]) -> None:
        if act.name == "grant":
            request = act.thing
            extend(
                request.fiscal_year,
                request.rule_id,
                last_day=request.last_day,
                reason=request.reason,
                body=request.body,
                **act.by_at_on,
            )


EXTENSION_LIFE = ExtensionLife()
