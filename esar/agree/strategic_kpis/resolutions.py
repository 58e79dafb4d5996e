"""What sittings resolve of strategic KPIs: an opinion, approval, and whom each reaches.

The votes are taken, and whoever has an interest in a host leaves, as for an item of the agenda.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import Sitting
from esar.agree.committees.resolutions import Voting, vote_on
from esar.agree.committees.signals import Beside
from esar.agree.scorecards.models import Kpi
from esar.agree.strategic_kpis.achieved import strategic_law
from esar.agree.strategic_kpis.actions import tell_whose_turn, token_of
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE
from esar.agree.strategic_kpis.models import (
    Cascade,
    CascadeDecision,
    StrategicKpi,
    StrategicResolution,
)
from esar.agree.strategic_kpis.queries import candidates, committees_of_hosts, waiting_for
from esar.agree.strategic_kpis.states import BY_RESOLUTION, TOLD
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.refusals import refusal
from esar.platform.history.actions import record
from esar.platform.organisations.models import Person


@transaction.atomic
def resolve(
    sitting: Sitting,
    rows: Sequence[StrategicKpi],
    outcome: str,
    *,
    reason: str = "",
    votes: tuple[int, int] | None = None,
    by: Person,
    at: datetime,
    on: date,
    tokens: Mapping[int, str] | None = None,
) -> None:
    """What a sitting of level 1 or of the sub-commission resolved on a list: all of it or none.

    `tokens` are those of the rows of its page, by id; None where no page is behind it. Errors:
    Refused where the sitting is not open with a quorum and a majority, or a KPI does not wait for
    it.
    """
    vote = _vote(sitting, rows, votes, by=by, on=on)
    if outcome not in BY_RESOLUTION:
        raise Refused([Problem("strategic.no_such_outcome")])
    waiting = set(waiting_for(sitting.committee, sitting.fiscal_year).values_list("pk", flat=True))
    problems = vote.no_majority()
    if strangers := [row.code for row in rows if row.pk not in waiting]:
        problems.append(Problem("strategic.not_before_it", {"codes": tuple(strangers)}))
    if problems:
        raise Refused(problems)
    _keep(vote, rows, outcome, reason, by=by, at=at)
    for row in rows:
        STRATEGIC_LIFE.move(
            row,
            outcome,
            by=by,
            at=at,
            on=on,
            reason=reason,
            resolution=str(sitting),
            seen=token_of(row, tokens),
            in_bulk=True,
            vote=vote.facts,
        )
    tell_whose_turn(rows, outcome, by=by, at=at, on=on)


@dataclass(frozen=True)
class Reach:
    """A department's KPI that a strategic KPI is to reach, and how it is related."""

    kpi: Kpi
    relation: str


@dataclass(frozen=True)
class CascadeText:
    """What a committee resolves of a strategic KPI: whom it reaches, or why nobody."""

    reaches: tuple[Reach, ...] = ()
    reason: str = ""
    note: str = ""


@transaction.atomic
def decide(
    sitting: Sitting,
    thing: StrategicKpi,
    text: CascadeText,
    *,
    votes: tuple[int, int] | None = None,
    by: Person,
    at: datetime,
    on: date,
    seen: str | None = None,
) -> CascadeDecision:
    """What the committee of a host resolved: it is cascaded to these KPIs, or not, and why.

    A later decision of the same year takes the place of an earlier one, which stays to be read.
    `seen` is the token of the page, of the KPI and its decision; None where no page is behind it.
    Errors: Refused, with every reason.
    """
    vote = _vote(sitting, [thing], votes, by=by, on=on)
    locked = STRATEGIC_LIFE.locked(thing)
    require(STRATEGIC_LIFE.may(by, locked, "cascade", on))
    STRATEGIC_LIFE.require_seen(locked, seen, content=to_decide(locked, sitting.fiscal_year))
    if problems := [*_problems(sitting, locked, text), *vote.no_majority()]:
        raise Refused(problems)
    decided_on = min(timezone.localdate(sitting.held_at), on)
    decision = CascadeDecision.objects.create(
        strategic=locked,
        committee=sitting.committee,
        sitting=sitting,
        fiscal_year=sitting.fiscal_year,
        number=last_decision(locked, sitting.fiscal_year) + 1,
        cascaded=bool(text.reaches),
        reason=text.reason,
        note=text.note,
        decided_on=decided_on,
        by=by,
        at=at,
    )
    Cascade.objects.bulk_create(
        Cascade(
            decision=decision,
            scorecard=reach.kpi.scorecard,
            indicator=reach.kpi.template.indicator,
            relation=reach.relation,
        )
        for reach in text.reaches
    )
    outcome = StrategicResolution.ResolvedAs.CASCADED
    if not text.reaches:
        outcome = StrategicResolution.ResolvedAs.NOT_CASCADED
    _keep(vote, [locked], outcome, text.note, by=by, at=at)
    record(
        "strategic.cascaded" if text.reaches else "strategic.not_cascaded",
        locked,
        by=by,
        at=at,
        body=locked.host.code,
        after={
            "sitting": str(sitting),
            "links": [
                [reach.kpi.template.indicator.code, reach.relation] for reach in text.reaches
            ],
            "reason": text.reason,
            **vote.facts,
        },
        reason=text.note,
    )
    if locked.state == TOLD:
        STRATEGIC_LIFE.move(locked, "enforce", by=None, at=at, on=on, decided_on=decided_on)
    return decision


def to_decide(thing: StrategicKpi, year: int) -> dict[str, Any]:
    """What the page shows on which a committee decides: the KPI, and its decision so far."""
    return {**STRATEGIC_LIFE.content(thing), "decision": last_decision(thing, year)}


def last_decision(thing: StrategicKpi, year: int) -> int:
    """The number of the newest decision of a year; 0 where there is none. One query."""
    decisions = CascadeDecision.objects.filter(strategic=thing, fiscal_year=year)
    return decisions.aggregate(last=Max("number"))["last"] or 0


def _problems(sitting: Sitting, thing: StrategicKpi, text: CascadeText) -> Iterator[Problem]:
    law = strategic_law(sitting.fiscal_year)
    committee = committees_of_hosts(sitting.fiscal_year).get(thing.host_id)
    if committee != sitting.committee:
        yield Problem("strategic.not_before_it", {"codes": (thing.code,)})
    reasons = {item.id for item in law.value.reasons} if law else set()
    if not text.reaches and text.reason not in reasons:
        yield refusal("cascade.no_reason", law, {"code": thing.code})
    if text.reaches and text.reason:
        yield refusal("cascade.reason_and_links", law, {"code": thing.code})
    candidate_ids = set(
        candidates(sitting.committee, sitting.fiscal_year).values_list("pk", flat=True)
    )
    for reach in text.reaches:
        if reach.kpi.pk not in candidate_ids:
            yield refusal("cascade.not_its_body", law, {"kpi": str(reach.kpi)})


def _vote(
    sitting: Sitting,
    rows: Sequence[StrategicKpi],
    votes: tuple[int, int] | None,
    *,
    by: Person,
    on: date,
) -> Voting:
    """How it votes. Errors: Refused unless it is open, the person keeps it, and there is a quorum.

    Whoever has an interest in the host of one of them has left.
    """
    locked = SITTING_LIFE.locked(sitting)
    require(SITTING_LIFE.may(by, locked, "resolve", on))
    vote = vote_on(locked, {row.host for row in rows}, votes, on)
    if problems := vote.no_quorum():
        raise Refused(problems)
    return vote


def _keep(
    vote: Voting,
    rows: Sequence[StrategicKpi],
    outcome: str,
    reason: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Write down the resolution, for the sitting's page and its history."""
    resolved = StrategicResolution.objects.filter(sitting=vote.sitting)
    number = (resolved.aggregate(last=Max("number"))["last"] or 0) + 1
    StrategicResolution.objects.bulk_create(
        StrategicResolution(
            sitting=vote.sitting,
            number=number,
            strategic=row,
            outcome=outcome,
            reason=reason,
            recused=vote.recusal.names,
            at=at,
            **vote.columns,
        )
        for row in rows
    )
    after = {"strategic": [row.code for row in rows], "outcome": outcome, **vote.facts}
    record("sitting.resolved", vote.sitting, by=by, at=at, after=after, reason=reason)


def resolved_in(sitting: Sitting, **_more: Any) -> list[Beside]:
    """What a sitting resolved of strategic KPIs, one after the other. One query."""
    rows = StrategicResolution.objects.filter(sitting=sitting).select_related("strategic")
    by_number: dict[int, list[StrategicResolution]] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    return [
        Beside(
            [
                (
                    STRATEGIC_LIFE.address(row.strategic),
                    f"{row.strategic.code} {row.strategic.name}",
                )
                for row in same
            ],
            same[0].outcome,
            same[0].reason,
            same[0],
            same[0].recused,
        )
        for same in by_number.values()
    ]


def undecided_problems(sitting: Sitting, **_more: Any) -> list[Problem]:
    """A sitting that decided on strategic KPIs closes when its committee has decided on all."""
    if not CascadeDecision.objects.filter(sitting=sitting).exists():
        return []
    codes = tuple(
        waiting_for(sitting.committee, sitting.fiscal_year).values_list("code", flat=True)
    )
    law = strategic_law(sitting.fiscal_year)
    figures = {"codes": codes, "count": len(codes)}
    return [refusal("cascade.undecided", law, figures)] if codes else []
