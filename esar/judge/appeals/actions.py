"""Writes: an appeal is begun, and its panel's correction foreseen. Its life moves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from esar.agree.scorecards.content import Outcome
from esar.judge.appeals import permissions
from esar.judge.appeals.life import APPEAL_LIFE, AppealText, notice_of, texts_of, wrong_in
from esar.judge.appeals.models import Appeal
from esar.judge.appeals.queries import last_day
from esar.judge.results.models import Result
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with


@transaction.atomic
def begin(result: Result, text: AppealText, *, by: Person, at: datetime, on: date) -> Appeal:
    """Begin a draft against a released result. Errors: Refused, also when another one stands."""
    locked_row = Result.objects.select_for_update(of=("self",)).select_related("body")
    locked = locked_row.get(pk=result.pk)
    require(permissions.may_begin(by, locked, on))
    if problems := wrong_in(locked, text):
        raise Refused(problems)
    last = last_day(locked)
    assert last is not None  # the permission asked
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(result=locked, since=at, file_by=last, **text.fields())
    except IntegrityError as error:
        raise Refused([Problem("appeal.stands")]) from error
    after = {"state": appeal.state} | text.fields()
    record("appeal.begin", appeal, by=by, at=at, body=locked.body.code, after=after)
    approvers = people_with(on, Role.APPROVER, body=locked.body).exclude(pk=by.pk)
    notice = notice_of(appeal, "write", approvers, on)
    tell(
        notice.people,
        notice.code,
        path=APPEAL_LIFE.address(appeal),
        key=f"appeal:{appeal.pk}:write:{at.isoformat()}",
        at=at,
        **notice.figures,
    )
    return appeal


def foreseen(
    appeal: Appeal,
    outcomes: Mapping[str, Outcome],
    *,
    by: Person,
    at: datetime,
    on: date,
    seen: str | None = None,
) -> Result:
    """What upholding would give: corrected the same way, and taken back. Errors: Refused."""
    with transaction.atomic():
        when: dict[str, Any] = {"by": by, "at": at, "on": on, "seen": seen}
        act = APPEAL_LIFE.move(appeal, "uphold", **when, reason="-", outcomes=outcomes)
        transaction.set_rollback(True)
    corrected: Result = act.content
    return corrected


@transaction.atomic
def write(
    appeal: Appeal, text: AppealText, *, seen: str | None, by: Person, at: datetime, on: date
) -> bool:
    """Write what a draft says. Whether anything was new.

    `seen` is the mark of the draft that the writer had. Errors: Refused; Conflict when someone
    else has written since: nothing is overwritten.
    """
    locked = APPEAL_LIFE.locked(appeal)
    require(APPEAL_LIFE.may(by, locked, "write", on))
    stored, words = texts_of(locked), text.fields()
    typed = {
        "ground": words["ground"],
        "appealed": words["numbers"],
        "appeal_text": words["text"],
    }
    savings = SavedByLog(APPEAL_LIFE.events_of(locked, *APPEAL_LIFE.written_by))
    marks: dict[str, Any] = {"seen": seen, "now": mark_of(stored)}
    if not is_new_text(stored, typed, **marks, by=by, saved=savings, kind="appeal"):
        return False
    APPEAL_LIFE.move(appeal, "write", by=by, at=at, on=on, text=text)
    return True
