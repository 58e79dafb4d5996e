"""Writes to a change request before it sets out: what is asked, and its effect."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from esar.agree.changes.achieved import known_figures
from esar.agree.changes.content import (
    effect_of,
    fields_of,
    kpi_of,
    new_values,
    problems_of,
    request_texts,
)
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.states import UNDECIDED, ChangeState
from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import kpi_content
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.permissions import may_ask_change, window_for
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.organisations.models import Person


@transaction.atomic
def ask(
    scorecard: Scorecard, kpi: Kpi, fields: dict[str, Any], *, by: Person, at: datetime, on: date
) -> ChangeRequest:
    """Ask to change or cancel one KPI. `fields`: ground, reason, evidence, achieved, cancels,
    and those of `fields_of`; `other` is the number of the KPI that a weight is moved from or to.

    The same request again is there already. Errors: Refused with everything that the rules of a
    change do not allow.
    """
    locked = SCORECARD_LIFE.locked(scorecard)
    require(may_ask_change(by, locked, on))
    if problems := problems_of(locked, kpi, fields):
        raise Refused(problems)
    old = kpi_content(kpi)
    values = _values(locked, kpi, fields, old)
    requests = ChangeRequest.objects.filter(scorecard=locked, number=kpi.number)
    draft = requests.filter(state=ChangeState.DRAFT).first()
    changeable = fields_of(rules_of(locked)[1])
    if draft and request_texts(vars(draft), changeable) == request_texts(values, changeable):
        return draft
    try:
        with transaction.atomic():
            change = ChangeRequest.objects.create(
                scorecard=locked,
                number=kpi.number,
                base_version=locked.version,
                window=window.id if (window := window_for(locked, on)) else "",
                old=old,
                since=at,
                **values,
            )
    except IntegrityError as error:
        there = CHANGE_LIFE.address(requests.get(state__in=(*UNDECIDED, ChangeState.TELL)))
        problem = Problem("change.one_is_open", {"kpi": kpi.number}, there=there)
        raise Refused([problem]) from error
    _record("change.asked", change, by=by, at=at)
    return change


@transaction.atomic
def edit(
    change: ChangeRequest, fields: dict[str, Any], *, by: Person, at: datetime, on: date
) -> None:
    """Change a draft request. `fields["seen"]` is the mark of what the writer had before them.

    Errors: Conflict when someone else has saved another text since: nothing is overwritten.
    """
    locked = CHANGE_LIFE.locked(change)
    require(CHANGE_LIFE.may(by, locked, "edit", on))
    scorecard, kpi = locked.scorecard, kpi_of(locked)
    changeable = fields_of(rules_of(scorecard)[1])
    new = None if fields["cancels"] else new_values(scorecard, kpi, fields, locked.old)
    present = request_texts(vars(locked), changeable)
    if not is_new_text(
        present,
        request_texts({**fields, "new": new}, changeable),
        seen=fields.get("seen"),
        now=mark_of(present),
        by=by,
        saved=SavedByLog(CHANGE_LIFE.events_of(locked, "change.asked", "change.edited")),
        kind="change",
        kpi=locked.number,
    ):
        return
    if problems := problems_of(scorecard, kpi, fields):
        raise Refused(problems)
    for name, value in _values(scorecard, kpi, fields, locked.old).items():
        setattr(locked, name, value)
    locked.save()
    _record("change.edited", locked, by=by, at=at)


def _values(
    scorecard: Scorecard, kpi: Kpi, fields: dict[str, Any], old: dict[str, Any]
) -> dict[str, Any]:
    """The columns of a request that asks for what `fields` say."""
    new = None if fields["cancels"] else new_values(scorecard, kpi, fields, old)
    return {
        "ground": fields["ground"],
        "reason": fields["reason"],
        "evidence": fields["evidence"],
        "achieved": fields["achieved"],
        "achieved_why": fields.get("achieved_why", ""),
        "known": [figure.to_json() for figure in known_figures(scorecard, kpi.number)],
        "cancels": fields["cancels"],
        "new": new,
        "effect": effect_of(scorecard, kpi, new, fields["achieved"]),
    }


@transaction.atomic
def with_present_effect(change: ChangeRequest) -> ChangeRequest:
    """The request read anew and locked, its effect worked out against the scorecard of now.

    Once it is approved the effect stays what was decided on.
    """
    locked = CHANGE_LIFE.locked(change)
    if locked.state not in UNDECIDED:
        return locked
    locked.effect = effect_of(locked.scorecard, kpi_of(locked), locked.new, locked.achieved)
    ChangeRequest.objects.filter(pk=locked.pk).update(effect=locked.effect)
    return locked


def _record(verb: str, change: ChangeRequest, *, by: Person, at: datetime) -> None:
    record(
        verb,
        change,
        by=by,
        at=at,
        body=change.scorecard.body.code,
        before=change.old,
        after=change.new,
        reason=change.reason,
    )
