"""The life of a request to correct: asked by whose data it is, answered by an administrator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.organisations.queries import people_with
from esar.show.privacy.models import Correction
from esar.show.privacy.states import CORRECTION_MOVES


class CorrectionLife(Life[Correction]):
    """Anybody asks about themselves, whatever their roles."""

    name, model, page, body_at = "correction", Correction, "privacy:correction", ""
    moves, related, people_at = CORRECTION_MOVES, ("person",), ("person",)
    written_by = ("correction.asked",)

    def content(self, thing: Correction) -> Mapping[str, Any]:
        return {"person": thing.person.name, "text": thing.text}

    def may(self, person: Any, thing: Correction, name: str, day: date) -> Verdict:
        if name == "begin" and thing.person_id == person.pk:
            return ALLOWED
        return super().may(person, thing, name, day)

    def notices(self, act: Act[Correction]) -> Iterable[Notice]:
        """The administrators are told of a request, and whoever asked of the answer."""
        people = (
            [act.thing.person] if act.name == "answer" else people_with(act.on, *act.move.tells)
        )
        figures = {"name": act.thing.person.name, "reason": act.reason}
        yield Notice(people, f"notice.correction_{act.name}", figures)


CORRECTION_LIFE = CorrectionLife()
