"""The life of a sitting: planned, open with a quorum, closed with its minutes, or cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.committees.models import AgendaItem, Sitting
from esar.agree.committees.queries import agenda_of, present_members, quorum_needed, thing_of
from esar.agree.committees.states import SITTING_EDITS, SITTING_MOVES
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from esar.kernel.problems import Problem
from esar.platform.history.actions import record
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds, members_on


class SittingLife(Life[Sitting]):
    """A meeting of a committee, called and kept by its secretary."""

    name = "sitting"
    model = Sitting
    moves = SITTING_MOVES
    edits = SITTING_EDITS
    related = ("committee",)
    already_moved = "scorecard.already_moved"

    def body_of(self, thing: Sitting) -> None:
        """A sitting is no body's own."""

    def address(self, thing: Sitting) -> str:
        return reverse("committees:sitting", args=[thing.pk])

    def has_role(self, person: Any, role: str, thing: Sitting, day: date) -> bool:
        return role == Role.SECRETARY and holds(person, day, role, committee=thing.committee_id)

    def content(self, thing: Sitting) -> Mapping[str, Any]:
        """What is on the table and what came of it, by the item's place."""
        return {str(item.place): [item.sha256, item.outcome] for item in agenda_of(thing)}

    def check(self, act: Act[Sitting]) -> Iterator[Problem]:
        """Open on its day with a quorum; closed with minutes and nothing unresolved."""
        if act.name == "open":
            held_on = timezone.localdate(act.thing.held_at)
            if act.on < held_on:
                yield Problem("sitting.too_early", {"day": held_on})
            else:
                yield from quorum_problems(act.thing, act.on)
        if act.name == "close":
            if not _minutes(act):
                yield Problem("sitting.no_minutes")
            unresolved = AgendaItem.objects.filter(sitting=act.thing, outcome="").count()
            if unresolved:
                yield Problem("sitting.unresolved", {"count": unresolved})

    def changes(self, act: Act[Sitting]) -> Mapping[str, Any]:
        act.after["minutes"] = _minutes(act)
        return {"minutes": _minutes(act)}

    def carry_out(self, act: Act[Sitting]) -> None:
        """Every item of a cancelled sitting is free for another table."""
        if act.name != "cancel":
            return
        for item in agenda_of(act.thing):
            subject = thing_of(item)
            record(
                "agenda.taken_off",
                subject,
                by=act.by,
                at=act.at,
                body=body_code(subject),
                before={"sitting": str(act.thing)},
            )
            item.delete()

    def notices(self, act: Act[Sitting]) -> Iterator[Notice]:
        if act.name == "cancel":
            yield notice_to_members(act.thing, "notice.sitting_cancelled", act.on)


def _minutes(act: Act[Sitting]) -> str:
    """The minutes that come with closing a sitting."""
    return str(act.given.get("minutes", "")).strip() if act.name == "close" else ""


def quorum_problems(sitting: Sitting, on: date) -> Iterator[Problem]:
    """Too few members are there."""
    present, needed = present_members(sitting, on), quorum_needed(sitting, on)
    if present < needed:
        yield Problem("sitting.no_quorum", {"present": present, "needed": needed})


def notice_to_members(sitting: Sitting, code: str, on: date) -> Notice:
    """What the members of its committee are told of a sitting."""
    figures = {
        "sitting": str(sitting),
        "place": sitting.place,
        "day": timezone.localdate(sitting.held_at).isoformat(),
    }
    return Notice([seat.person for seat in members_on(sitting.committee, on)], code, figures)


def life_of(thing: Scorecard | ChangeRequest) -> Any:
    """The life of what is on a table."""
    return SCORECARD_LIFE if isinstance(thing, Scorecard) else CHANGE_LIFE


def body_code(thing: Scorecard | ChangeRequest) -> str:
    """The code of the body whose thing is on a table."""
    return str(life_of(thing).body_of(thing).code)


SITTING_LIFE = SittingLife()
