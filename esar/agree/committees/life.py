"""The life of a sitting: planned, open with a quorum, closed with its minutes, or cancelled.

What was resolved is carried out when the sitting closes, all of it or none; until then each
resolution may be corrected.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.committees.models import AgendaItem, Paper, Sitting
from esar.agree.committees.queries import (
    Tabled,
    agenda_of,
    composition_of,
    hash_of,
    law_of,
    paper_life,
    present_members,
    quorum_needed,
    thing_of,
)
from esar.agree.committees.signals import problems_of_closing
from esar.agree.committees.states import SITTING_EDITS, SITTING_MOVES, Outcome
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import say
from esar.law.rules.refusals import refusal
from esar.platform.history.actions import record
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import holds, members_on


class SittingLife(Life[Sitting]):
    """A meeting of a committee, called and kept by its secretary."""

    name = "sitting"
    model = Sitting
    page = "committees:sitting"
    body_at = ""  # a sitting is no body's own
    moves = SITTING_MOVES
    edits = SITTING_EDITS
    related = ("committee",)
    already_moved = "scorecard.already_moved"

    def has_role(self, person: Any, role: str, thing: Sitting, day: date) -> bool:
        return role == Role.SECRETARY and holds(person, day, role, committee=thing.committee_id)

    def content(self, thing: Sitting) -> Mapping[str, Any]:
        """What is on the table and what came of it, by the item's place."""
        return {
            str(item.place): [
                item.sha256,
                item.outcome,
                item.reason,
                item.votes_for,
                item.votes_against,
            ]
            for item in agenda_of(thing)
        }

    def check(self, act: Act[Sitting]) -> Iterator[Problem]:
        """Open on its day with a quorum; closed with minutes and nothing unresolved."""
        if act.name == "open":
            held_on = timezone.localdate(act.thing.held_at)
            if act.on < held_on:
                yield Problem("sitting.too_early", {"day": held_on})
                return
            yield from quorum_problems(act.thing, act.on)
            yield from composition_problems(act)
        if act.name == "close":
            if not _minutes(act):
                yield Problem("sitting.no_minutes")
            unresolved = AgendaItem.objects.filter(sitting=act.thing, outcome="").count()
            if unresolved:
                yield Problem("sitting.unresolved", {"count": unresolved})
            yield from problems_of_closing(act.thing)

    def changes(self, act: Act[Sitting]) -> Mapping[str, Any]:
        if act.name == "open":
            reason = act.reason if _vacancies(act) else ""
            act.after["vacancies"] = _vacancies(act)
            return {"vacancies_reason": reason}
        act.after["minutes"] = _minutes(act)
        return {"minutes": _minutes(act)}

    def carry_out(self, act: Act[Sitting]) -> None:
        """What was resolved, when it closes; every item of a cancelled sitting is free again."""
        if act.name == "close":
            items = [item for item in agenda_of(act.thing) if item.carried_out_at is None]
            carry_out_items(act.thing, items, by=act.by, at=act.at, on=act.on)
            for item in items:
                AgendaItem.objects.filter(pk=item.pk).update(carried_out_at=act.at)
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


def _vacancies(act: Act[Sitting]) -> int:
    return composition_of(act.thing.committee, act.thing.fiscal_year, act.on).vacancies


def composition_problems(act: Act[Sitting]) -> Iterator[Problem]:
    """Seats of the rulebook's composition are vacant, and nobody has said why it sits so."""
    composition = composition_of(act.thing.committee, act.thing.fiscal_year, act.on)
    if composition.vacancies and not act.reason:
        figures = {"vacant": composition.vacancies, "seats": len(composition.seats)}
        rule = law_of(act.thing)
        yield refusal("sitting.below_composition", rule, figures)


def carry_out_items(
    sitting: Sitting, items: list[AgendaItem], *, by: Person | None, at: datetime, on: date
) -> None:
    """Do what was resolved on each item, by its number, or nothing.

    Each must still be what was on the table before the first of them is carried out. It is
    decided on the day of the sitting, whenever its minutes are done.
    Errors: Refused, which names the item.
    """
    changed = [
        Problem("sitting.item_changed", _named(item))
        for item in items
        if item.outcome != Outcome.DEFERRED and hash_of(thing_of(item)) != item.sha256
    ]
    if changed:
        raise Refused(changed)
    for item in sorted(items, key=lambda item: item.place):
        subject = thing_of(item)
        if item.outcome == Outcome.DEFERRED:
            after, body = {"sitting": str(sitting)}, body_code(subject)
            record(
                "agenda.deferred",
                subject,
                by=by,
                at=at,
                body=body,
                reason=item.reason,
                after=after,
            )
            continue
        resolution = say("sitting.item", {"sitting": str(sitting), "place": item.place}, "th")
        try:
            life_of(subject).move(
                subject,
                item.outcome,
                by=by,
                at=at,
                on=on,
                reason=item.reason,
                resolution=resolution,
                decided_on=min(timezone.localdate(sitting.held_at), on),
            )
        except Refused as refused:
            if len(items) == 1:
                raise
            first = Problem("sitting.item_refused", _named(item))
            raise Refused([first, *refused.problems]) from refused


def _named(item: AgendaItem) -> dict[str, object]:
    return {"place": item.place, "body": named(thing_of(item))}


def named(thing: Tabled) -> Any:
    """What an item is called by: the body whose it is, or the title of a paper."""
    if isinstance(thing, Paper):
        return paper_life(thing).title(thing)
    return life_of(thing).body_of(thing)


def quorum_problems(sitting: Sitting, on: date, recused: Collection[int] = ()) -> Iterator[Problem]:
    """Too few members are there, the recused left out."""
    present, needed = present_members(sitting, on, recused), quorum_needed(sitting, on, recused)
    if present < needed:
        figures = {"present": present, "needed": needed}
        yield refusal("sitting.no_quorum", law_of(sitting), figures)


def notice_to_members(sitting: Sitting, code: str, on: date) -> Notice:
    """What the members of its committee are told of a sitting."""
    figures = {
        "sitting": str(sitting),
        "place": sitting.place,
        "day": timezone.localdate(sitting.held_at).isoformat(),
    }
    return Notice([seat.person for seat in members_on(sitting.committee, on)], code, figures)


def life_of(thing: Tabled) -> Any:
    """The life of what is on a table."""
    if isinstance(thing, Paper):
        return paper_life(thing)
    return SCORECARD_LIFE if isinstance(thing, Scorecard) else CHANGE_LIFE


def body_code(thing: Tabled) -> str:
    """The code of the body whose thing is on a table; empty for a paper."""
    return str(life_of(thing).body_code(thing))


SITTING_LIFE = SittingLife()
