"""Writes of an agreement: who has signed it, and the action plan that it rests on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from esar.agree.agreements.permissions import may_record_signature
from esar.agree.scorecards.checks import (
    signers_of,
)
from esar.agree.scorecards.models import Scorecard, Signature
from esar.agree.scorecards.permissions import may_edit
from esar.agree.scorecards.queries import signatures_of
from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.organisations.models import Person


@transaction.atomic
def sign(
    scorecard: Scorecard, *, name: str, signed_on: date, by: Person, at: datetime, on: date
) -> Signature:
    """Record that the next one in the rulebook's order has signed what was approved.

    Errors: Refused without the right, while it does not wait for signatures, or all have signed.
    """
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=scorecard.pk)
    )
    require(may_record_signature(by, locked, on))
    signers, signed = signers_of(locked), signatures_of(locked, locked.approved_sha256)
    first = timezone.localdate(locked.since)
    problems = []
    if len(signed) >= len(signers):
        problems.append(Problem("agreement.all_signed"))
    if not first <= signed_on <= on:
        problems.append(Problem("agreement.day_outside", {"first": first, "last": on}))
    if not name.strip():
        problems.append(Problem("agreement.no_name"))
    if problems:
        raise Refused(problems)
    made = Signature.objects.create(
        scorecard=locked,
        sha256=locked.approved_sha256,
        approved_at=locked.since,
        place=len(signed) + 1,
        role=signers[len(signed)],
        name=name.strip(),
        signed_on=signed_on,
        recorded_by=by,
    )
    record(
        "agreement.signed",
        locked,
        by=by,
        at=at,
        body=locked.body.code,
        after={"sha256": made.sha256, "role": made.role, "name": made.name},
    )
    return made


@transaction.atomic
def save_action_plan(
    scorecard: Scorecard, fields: dict[str, Any], *, by: Person, at: datetime, on: date
) -> None:
    """Keep vision, issues and aims of the action plan; `seen` is the digest the writer had.

    Errors: Refused without the right, or when someone else has changed it since.
    """
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=scorecard.pk)
    )
    require(may_edit(by, locked, on))
    if fields.get("seen") not in (None, "", digest(locked.action_plan)):
        raise Refused([Problem("scorecard.action_plan_changed")])
    old, new = locked.action_plan, {name: fields[name] for name in ("vision", "issues", "aims")}
    if old != new:
        Scorecard.objects.filter(pk=locked.pk).update(action_plan=new)
        record(
            "scorecard.action_plan",
            locked,
            by=by,
            at=at,
            body=locked.body.code,
            before=old,
            after=new,
        )
    scorecard.action_plan = new
