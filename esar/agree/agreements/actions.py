"""Writes of an agreement: who has signed it, and the action plan that it rests on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from esar.agree.agreements.permissions import may_record_signature
from esar.agree.agreements.queries import signing_parts
from esar.agree.scorecards.checks import signers_of
from esar.agree.scorecards.content import content
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard, Signature
from esar.agree.scorecards.permissions import may_edit
from esar.agree.scorecards.queries import signatures_of
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.organisations.models import Person

ACTION_PLAN = ("vision", "issues", "aims")


@transaction.atomic
def sign(
    scorecard: Scorecard,
    *,
    name: str,
    signed_on: date,
    by: Person,
    at: datetime,
    on: date,
    seen: str | None = None,
) -> Signature:
    """Record that the next one in the rulebook's order has signed what was approved.

    `seen` is the token of the page of the agreement; None where no page is behind it.
    Errors: Refused without the right, while it does not wait for signatures, where it is no longer
    what was seen, or all have signed.
    """
    locked = SCORECARD_LIFE.locked(scorecard)
    require(may_record_signature(by, locked, on))
    signers, signatures = signers_of(locked), signatures_of(locked, locked.approved_sha256)
    parts = signing_parts(content(locked), signatures)
    SCORECARD_LIFE.require_seen(locked, seen, content=parts)
    first = timezone.localdate(locked.since)
    problems = []
    if len(signatures) >= len(signers):
        problems.append(Problem("agreement.all_signed"))
    if not first <= signed_on <= on:
        problems.append(Problem("agreement.day_outside", {"first": first, "last": on}))
    if not name.strip():
        problems.append(Problem("agreement.no_name"))
    if problems:
        raise Refused(problems)
    signature = Signature.objects.create(
        scorecard=locked,
        sha256=locked.approved_sha256,
        approved_at=locked.since,
        place=len(signatures) + 1,
        role=signers[len(signatures)],
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
        after={"sha256": signature.sha256, "role": signature.role, "name": signature.name},
    )
    return signature


@transaction.atomic
def save_action_plan(
    scorecard: Scorecard, fields: dict[str, Any], *, by: Person, at: datetime, on: date
) -> None:
    """Keep vision, issues and aims of the action plan; `seen` is the mark of what the writer had.

    Errors: Refused without the right; Conflict when someone else has saved another text since.
    """
    locked = SCORECARD_LIFE.locked(scorecard)
    require(may_edit(by, locked, on))
    present, typed = locked.action_plan, {name: fields[name] for name in ACTION_PLAN}
    if not is_new_text(
        present,
        typed,
        seen=fields.get("seen"),
        now=mark_of(present),
        by=by,
        saved=SavedByLog(SCORECARD_LIFE.events_of(locked, "scorecard.action_plan")),
        kind="action_plan",
    ):
        return
    Scorecard.objects.filter(pk=locked.pk).update(action_plan=typed)
    scorecard.action_plan = typed
    body = locked.body.code
    record("scorecard.action_plan", locked, by=by, at=at, body=body, before=present, after=typed)
