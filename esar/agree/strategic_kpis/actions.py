"""Writes: drafts of OPDC, and what sittings resolve of strategic KPIs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from esar.agree.committees.life import SITTING_LIFE, quorum_problems
from esar.agree.committees.models import Sitting
from esar.agree.scorecards.models import Kpi
from esar.agree.strategic_kpis.checks import Ledger, RowRead, read_rows
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE
from esar.agree.strategic_kpis.models import Cascade, CascadeDecision, StrategicKpi
from esar.agree.strategic_kpis.permissions import may_draft
from esar.agree.strategic_kpis.queries import (
    candidates,
    committees_of_hosts,
    hosts_of_year,
    strategic_law,
    waiting_for,
)
from esar.agree.strategic_kpis.sheet import listing_of
from esar.agree.strategic_kpis.states import BY_RESOLUTION, TOLD
from esar.exchange.files.listing import Intake
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.refusals import refusal
from esar.platform.history.actions import record
from esar.platform.history.models import Event
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with


def draft(fields: Mapping[str, Any], *, by: Person, at: datetime, on: date) -> StrategicKpi:
    """Begin a strategic KPI of OPDC's draft. Errors: Refused."""
    begun = StrategicKpi(**fields)
    return STRATEGIC_LIFE.move(begun, "begin", by=by, at=at, on=on).thing


@transaction.atomic
def save_draft(
    thing: StrategicKpi,
    fields: Mapping[str, Any],
    *,
    seen: str | None,
    by: Person,
    at: datetime,
    on: date,
) -> None:
    """Change a draft. Errors: Refused; Conflict when someone else has saved another text since."""
    locked = STRATEGIC_LIFE.locked(thing)
    require(STRATEGIC_LIFE.may(by, locked, "edit", on))
    stored, before = text_of(locked), dict(STRATEGIC_LIFE.content(locked))
    savings = STRATEGIC_LIFE.events_of(locked, *STRATEGIC_LIFE.written_by)
    if not is_new_text(
        stored,
        dict(fields),
        seen=seen,
        now=mark_of(before),
        by=by,
        saved=SavedByLog(savings),
        kind="strategic",
        code=locked.code,
    ):
        return
    for name, value in fields.items():
        setattr(locked, name, value)
    if StrategicKpi.objects.filter(code=locked.code).exclude(pk=locked.pk).exists():
        raise Refused([Problem("strategic.code_taken", {"code": locked.code})])
    locked.save(update_fields=list(fields))
    after = dict(STRATEGIC_LIFE.content(locked))
    record(
        "strategic.changed", locked, by=by, at=at, body=locked.host.code, before=before, after=after
    )


def text_of(thing: StrategicKpi) -> dict[str, Any]:
    """What a draft's form gives."""
    names = ("code", "host", "name", "unit", "direction", "plan", "issue", "sub_issue", "targets")
    return {name: getattr(thing, name) for name in names}


@transaction.atomic
def tell_committees(
    rows: Sequence[StrategicKpi],
    *,
    by: Person,
    at: datetime,
    on: date,
    tokens: Mapping[int, str] | None = None,
) -> dict[int, int]:
    """Tell the committees of what was approved, one notice each. Committee's id → how many.

    `tokens` are those of the rows of the list, by id; None where no page is behind it.
    """
    counts: dict[int, int] = {}
    by_host: dict[int, dict[int, Any]] = {}
    for row in rows:
        seen = _token_of(row, tokens)
        STRATEGIC_LIFE.move(row, "tell", by=by, at=at, on=on, seen=seen)
        year = row.fiscal_year
        committees = by_host.setdefault(year, committees_of_hosts(year))
        committee = committees[row.host_id]
        counts[committee.pk] = counts.get(committee.pk, 0) + 1
    for year, committees in by_host.items():
        for committee in {one.pk: one for one in committees.values()}.values():
            if committee.pk in counts:
                tell(
                    people_with(on, Role.SECRETARY, committee=committee),
                    "notice.strategic_told",
                    path=f"/strategic/?year={year}&standing=undecided",
                    key=f"strategic_told:{committee.pk}:{year}:{at.isoformat()}",
                    at=at,
                    count=counts[committee.pk],
                    year=year,
                )
    return counts


@transaction.atomic
def resolve(
    sitting: Sitting,
    rows: Sequence[StrategicKpi],
    outcome: str,
    *,
    reason: str = "",
    by: Person,
    at: datetime,
    on: date,
    tokens: Mapping[int, str] | None = None,
) -> None:
    """What a sitting of level 1 or of the sub-commission resolved on a list: all of it or none.

    `tokens` are those of the rows of its page, by id; None where no page is behind it. Errors:
    Refused where the sitting is not open with a quorum, or a KPI does not wait for it.
    """
    _require_sitting(sitting, by=by, on=on)
    if outcome not in BY_RESOLUTION:
        raise Refused([Problem("strategic.no_such_outcome")])
    waiting = set(waiting_for(sitting.committee, sitting.fiscal_year).values_list("pk", flat=True))
    if strangers := [row.code for row in rows if row.pk not in waiting]:
        raise Refused([Problem("strategic.not_before_it", {"codes": tuple(strangers)})])
    for row in rows:
        STRATEGIC_LIFE.move(
            row,
            outcome,
            by=by,
            at=at,
            on=on,
            reason=reason,
            resolution=str(sitting),
            seen=_token_of(row, tokens),
        )


def _token_of(row: StrategicKpi, tokens: Mapping[int, str] | None) -> str | None:
    return None if tokens is None else tokens.get(row.pk, "")


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
    _require_sitting(sitting, by=by, on=on)
    locked = STRATEGIC_LIFE.locked(thing)
    require(STRATEGIC_LIFE.may(by, locked, "cascade", on))
    STRATEGIC_LIFE.require_seen(locked, seen, content=to_decide(locked, sitting.fiscal_year))
    if problems := list(_problems(sitting, locked, text)):
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


def _require_sitting(sitting: Sitting, *, by: Person, on: date) -> None:
    """Errors: Refused unless the sitting is open, has its quorum, and the person keeps it."""
    require(SITTING_LIFE.may(by, sitting, "resolve", on))
    if problems := list(quorum_problems(sitting, on)):
        raise Refused(problems)


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


def last_event(thing: StrategicKpi) -> Event | None:
    """What happened to it last."""
    return STRATEGIC_LIFE.events_of(thing, "strategic.").order_by("-number").first()


@transaction.atomic
def load_file(
    data: bytes, name: str, year: int, *, by: Person, at: datetime, on: date
) -> Intake[RowRead]:
    """Take in a file of drafts, whole or not at all.

    Errors: Refused without the right, and for a file without a table that can be read. What is
    wrong with its rows is in what is given back.
    """
    require(may_draft(by, on))
    law = strategic_law(year)
    if law is None:
        raise Refused([Problem("strategic.no_law", {"year": year})])
    reading = listing_of(law.value).read(data, name)
    hosts = {host.body.code.upper(): host.body for host in hosts_of_year(year)}
    there = {row.code: row for row in StrategicKpi.objects.select_related("host")}
    ledger = Ledger(law.value, hosts, there)
    loaded = Intake(read_rows(reading.lines, ledger), reading.problems)
    for row in loaded.rows if not loaded.problems else ():
        stored = there.get(row.code)
        if stored is None:
            draft({**row.text, "fiscal_year": year}, by=by, at=at, on=on)
            loaded.new += 1
        elif text_of(stored) == row.text:
            loaded.same += 1
        else:
            seen = mark_of(dict(STRATEGIC_LIFE.content(stored)))
            save_draft(stored, row.text, seen=seen, by=by, at=at, on=on)
            loaded.changed += 1
    return loaded
