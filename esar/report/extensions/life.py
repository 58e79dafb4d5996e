"""The life of a request for a later day: granted, it is an extension of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from esar.kernel.problems import Problem
from esar.platform.calendars.actions import extend
from esar.platform.calendars.queries import entry
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import people_with
from esar.report.extensions.models import ExtensionRequest
from esar.report.extensions.states import EXTENSION_MOVES


class ExtensionLife(Life[ExtensionRequest]):
    """Written by its body, sent by its approver, decided by the administrator."""

    name = "extension"
    model = ExtensionRequest
    page = "extensions:extension"
    moves = EXTENSION_MOVES
    related = ("body",)
    written_by = ("extension.asked",)
    sent_by = ("extension.send",)

    def content(self, thing: ExtensionRequest) -> Mapping[str, Any]:
        return {"day": [thing.rule_id, thing.last_day.isoformat()], "reason": thing.reason}

    def check(self, act: Act[ExtensionRequest]) -> Iterable[Problem]:
        request = act.thing
        bound = entry(request.fiscal_year, request.rule_id, request.body)
        if act.name != "refuse" and (bound is None or request.last_day <= bound.last):
            yield Problem("extension.not_later")

    def carry_out(self, act: Act[ExtensionRequest]) -> None:
        if act.name == "grant":
            request = act.thing
            extend(
                request.fiscal_year,
                request.rule_id,
                last_day=request.last_day,
                reason=request.reason,
                body=request.body,
                by=act.person,
                at=act.at,
                on=act.on,
            )

    def notices(self, act: Act[ExtensionRequest]) -> Iterator[Notice]:
        body, sent = act.thing.body, act.name == "send"
        people = (
            people_with(act.on, Role.ADMINISTRATOR)
            if sent
            else people_with(act.on, Role.REPORTER, Role.APPROVER, body=body)
        )
        yield Notice(people, f"notice.extension_{act.name}", {"body": body.name_th})


EXTENSION_LIFE = ExtensionLife()
