"""What a sitting resolves. A resolution binds the hash of what was on the table, or it is refused.

It is tried when it is recorded, so that what cannot be is refused at once, and carried out when
the sitting closes (`life`); until then it may be corrected, with the reason, in the history.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.agree.changes.models import ChangeRequest
from esar.agree.committees.life import SITTING_LIFE, carry_out_items, life_of, quorum_problems
from esar.agree.committees.models import AgendaItem, Sitting
from esar.agree.committees.queries import (
    ITEM_RELATED,
    Recusal,
    bodies_of,
    hash_of,
    law_of,
    outcomes_for,
    recusal_from,
    thing_of,
    votes_needed,
    weights_of,
)
from esar.agree.committees.states import Outcome
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word
from esar.law.rules.numbers import trimmed
from esar.law.rules.refusals import refusal
from esar.platform.history.actions import record
from esar.platform.organisations.models import Body, Person


@dataclass(frozen=True)
class Voting:
    """How a sitting votes on something: `votes` are (for, against), none when no one spoke against.

    Of what is about bodies: whoever has an interest in one of them has left, by `recusal`.
    """

    sitting: Sitting
    votes: tuple[int, int] | None
    recusal: Recusal
    on: date

    def no_quorum(self) -> list[Problem]:
        """Too few are there, without those who left."""
        return list(quorum_problems(self.sitting, self.on, self.recusal.ids))

    def no_majority(self) -> list[Problem]:
        """More votes than people who are there and may vote, or too few of them for it."""
        if self.votes is None:
            return []
        present = self.recusal.present
        needed = votes_needed(self.sitting, present)
        if sum(self.votes) > present:
            return [Problem("sitting.too_many_votes", {"present": present})]
        if self.votes[0] < needed:
            figures = {"votes": self.votes[0], "needed": needed}
            return [refusal("sitting.no_majority", law_of(self.sitting), figures)]
        return []

    @property
    def columns(self) -> dict[str, int | None]:
        """What a `Voted` row keeps of it."""
        votes_for, votes_against = self.votes or (None, None)
        return {
            "votes_for": votes_for,
            "votes_against": votes_against,
            "present": self.recusal.present,
            "needed": self.recusal.needed,
        }

    @property
    def facts(self) -> dict[str, Any]:
        """What the history tells of it."""
        names = self.recusal.names
        return {
            "votes": self.votes,
            "present": self.recusal.present,
            "needed": self.recusal.needed,
            **({"recused": names} if names else {}),
        }


def vote_on(
    sitting: Sitting, bodies: Collection[Body], votes: tuple[int, int] | None, on: date
) -> Voting:
    """The vote of a sitting on what is about bodies. Six queries."""
    return Voting(sitting, votes, recusal_from(sitting, bodies, on), on)


def resolve(
    item: AgendaItem,
    outcome: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str = "",
    votes: tuple[int, int] | None = None,
    seen: str | None = None,
    correction: str = "",
) -> None:
    """Record what the committee resolved on one item; see `resolve_together`."""
    tokens = None if seen is None else {item.pk: seen}
    resolution = Resolution(outcome, reason.strip(), votes, correction.strip())
    resolve_together([item], resolution, by=by, at=at, on=on, tokens=tokens)


@dataclass(frozen=True)
class Resolution:
    """What a committee resolved: `votes` are (for, against), none when no one spoke against.

    `correction` says why it takes the place of what was resolved before at this sitting.
    """

    outcome: str
    reason: str = ""
    votes: tuple[int, int] | None = None
    correction: str = ""


@transaction.atomic
def resolve_together(
    items: list[AgendaItem],
    resolution: Resolution,
    *,
    by: Person,
    at: datetime,
    on: date,
    tokens: Mapping[int, str] | None = None,
    seen: str | None = None,
) -> None:
    """One resolution on items of one sitting: all of them, or none.

    `tokens` are those of the items on the page of the sitting, by the item's id, and `seen` is the
    sitting's own, by which a correction is of what its page showed; None where no page is behind
    it.
    Errors: Refused without a quorum or a majority, when a thing is not what was put on the table
    or was seen, when it was resolved and no reason of a correction is given, or when it cannot be
    carried out.
    """
    sitting = SITTING_LIFE.locked(items[0].sitting)
    require(SITTING_LIFE.may(by, sitting, "resolve", on))
    fresh = _locked_items(sitting, items)
    bodies = {body for item in fresh for body in bodies_of(item)}
    vote = vote_on(sitting, bodies, resolution.votes, on)
    problems = [
        *_correction_problems(fresh, resolution),
        *vote.no_quorum(),
    ] or _resolution_problems(sitting, fresh, resolution, vote)
    if problems:
        raise Refused(problems)
    if corrected := tuple(str(item.place) for item in fresh if item.outcome):
        SITTING_LIFE.require_seen(sitting, seen, corrected)
    together = _tried(sitting, fresh, resolution, by=by, at=at, on=on, tokens=tokens)
    for item in fresh:
        AgendaItem.objects.filter(pk=item.pk).update(
            outcome=resolution.outcome,
            reason=resolution.reason,
            resolved_at=at,
            together=together.get(item.pk),
            **vote.columns,
        )
        record(
            "sitting.corrected" if item.outcome else "sitting.resolved",
            sitting,
            by=by,
            at=at,
            before={"outcome": item.outcome, "reason": item.reason} if item.outcome else None,
            after={
                "item": item.place,
                "outcome": resolution.outcome,
                "sha256": item.sha256,
                **vote.facts,
            },
            reason=resolution.correction or resolution.reason,
        )


def _locked_items(sitting: Sitting, items: list[AgendaItem]) -> list[AgendaItem]:
    """The items read anew and locked, in their order, each of this sitting."""
    rows = AgendaItem.objects.select_for_update(of=("self",)).filter(sitting=sitting)
    rows = rows.select_related(*ITEM_RELATED)
    return list(rows.filter(pk__in=[item.pk for item in items]).order_by("place"))


def _correction_problems(items: list[AgendaItem], resolution: Resolution) -> list[Problem]:
    """Resolved already, without saying why it is corrected, or carried out and past correcting."""
    if any(item.carried_out_at for item in items):
        return [Problem("sitting.item_carried_out")]
    resolved = tuple(item.place for item in items if item.outcome)
    if resolved and not resolution.correction:
        return [Problem("sitting.item_resolved", {"places": resolved})]
    return []


def _resolution_problems(
    sitting: Sitting, items: list[AgendaItem], resolution: Resolution, vote: Voting
) -> list[Problem]:
    """Why this may not come of the items: no such outcome, another thing, or no majority."""
    problems = []
    for item in items:
        subject, deferred = thing_of(item), resolution.outcome == Outcome.DEFERRED
        # What waits for no committee any more can only be put off, so that the sitting can close.
        if resolution.outcome not in (outcomes_for(subject) or (Outcome.DEFERRED,)):
            outcome = Word(f"outcome.{resolution.outcome}")
            problems.append(Problem("sitting.no_such_outcome", {"outcome": outcome}))
        if not deferred and hash_of(subject) != item.sha256:
            problems.append(Problem("sitting.table_changed", {"tabled": item.sha256[:12]}))
    if resolution.outcome == Outcome.DEFERRED and not resolution.reason:
        problems.append(Problem("form.no_reason"))
    problems += _together_problems(sitting, items, resolution)
    return problems + vote.no_majority()


def _together_problems(
    sitting: Sitting, items: list[AgendaItem], resolution: Resolution
) -> list[Problem]:
    """Changes of one body whose effect was worked out together, of which some are left out."""
    cards = {item.change.scorecard_id for item in items if item.change}
    left_out = AgendaItem.objects.filter(sitting=sitting, change__scorecard__in=cards)
    left_out = left_out.exclude(pk__in=[item.pk for item in items])
    joined = left_out.filter(together__isnull=False)
    if resolution.outcome == Outcome.APPROVE:
        joined = left_out.filter(outcome=Outcome.APPROVE, carried_out_at=None)
    places = tuple(joined.order_by("place").values_list("place", flat=True))
    return [Problem("sitting.decide_together", {"places": places})] if places else []


def _tried(
    sitting: Sitting,
    items: list[AgendaItem],
    resolution: Resolution,
    *,
    by: Person,
    at: datetime,
    on: date,
    tokens: Mapping[int, str] | None,
) -> dict[int, dict[str, Any]]:
    """Item id → what changes of one body do together, after all was carried out and undone again.

    Errors: Refused where it was not seen as it is, or cannot be carried out.
    """
    for item in items:
        subject, life = thing_of(item), life_of(thing_of(item))
        deferred = resolution.outcome == Outcome.DEFERRED
        if outcomes := outcomes_for(subject):
            # Whoever may not decide a thing may not put it off either.
            move = outcomes[0] if deferred else resolution.outcome
            require(life.may(by, subject, move, on))
        parts = () if deferred else life.assents_to(resolution.outcome)
        life.require_seen(subject, None if tokens is None else tokens.get(item.pk, ""), parts)
    trial = _locked_items(sitting, items)
    joined = _changes_by_scorecard(trial) if resolution.outcome == Outcome.APPROVE else {}
    together = {
        item.pk: effect
        for rows in joined.values()
        for effect in [_effect([row.change for row in rows if row.change])]
        for item in rows
    }
    with transaction.atomic():
        for item in trial:
            item.outcome, item.reason = resolution.outcome, resolution.reason
        carry_out_items(sitting, trial, by=by, at=at, on=on)
        transaction.set_rollback(True)
    return together


def _changes_by_scorecard(items: list[AgendaItem]) -> dict[int, list[AgendaItem]]:
    """Scorecard id → its change requests among the items, where there are several."""
    by_scorecard: dict[int, list[AgendaItem]] = {}
    for item in items:
        if item.change is not None:
            by_scorecard.setdefault(item.change.scorecard_id, []).append(item)
    return {pk: rows for pk, rows in by_scorecard.items() if len(rows) > 1}


def _effect(changes: list[ChangeRequest]) -> dict[str, Any]:
    """What changes of one body do to its weights when all of them are in force.

    "new" is None where the KPI is cancelled: it has no weight then, not one of zero.
    """
    scorecard = changes[0].scorecard
    after = weights_of(scorecard, changes)
    weights = [
        {
            "number": number,
            "name": name,
            "old": f"{trimmed(weight):f}",
            "new": f"{trimmed(after[number][1]):f}" if number in after else None,
        }
        for number, (name, weight) in weights_of(scorecard).items()
    ]
    return {"numbers": [change.number for change in changes], "weights": weights}


@dataclass(frozen=True)
class Resolved:
    """What became of one item of a batch."""

    item: AgendaItem
    problems: tuple[Problem, ...] = ()


def resolve_many(
    items: list[AgendaItem],
    resolution: Resolution,
    *,
    by: Person,
    at: datetime,
    on: date,
    tokens: Mapping[int, str] | None = None,
    seen: str | None = None,
) -> list[Resolved]:
    """One resolution for many items, each on its own with the checks of a single one.

    Changes of one body are decided together: all of them, or none.
    """
    recorded: dict[str, Any] = {"by": by, "at": at, "on": on, "tokens": tokens, "seen": seen}
    resolved: list[Resolved] = []
    joined = _changes_by_scorecard(items)
    together = {item.pk: rows for rows in joined.values() for item in rows}
    groups = {tuple(row.pk for row in together.get(item.pk, [item])): item for item in items}
    for pks in groups:
        rows = [item for item in items if item.pk in pks]
        try:
            resolve_together(rows, resolution, **recorded)
            resolved += [Resolved(item) for item in rows]
        except Refused as refused:
            resolved += [Resolved(item, refused.problems) for item in rows]
    return sorted(resolved, key=lambda row: row.item.place)


def preview(
    items: list[AgendaItem],
    resolution: Resolution,
    *,
    by: Person,
    at: datetime,
    on: date,
    tokens: Mapping[int, str] | None = None,
    seen: str | None = None,
) -> list[Resolved]:
    """What `resolve_many` would do; nothing is recorded."""
    with transaction.atomic():
        resolved = resolve_many(items, resolution, by=by, at=at, on=on, tokens=tokens, seen=seen)
        for row in resolved:
            row.item.refresh_from_db(fields=["together"])
        transaction.set_rollback(True)
    return resolved
