"""Writes: whose papers are asked for, what they say, and the documents that came with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.evidence.attachments import rest_on
from esar.platform.evidence.models import StoredFile
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import is_new_text, mark_of
from esar.platform.organisations.models import Body, Person
from esar.report.self_evaluations.life import SELF_EVALUATION_LIFE
from esar.report.self_evaluations.models import (
    FIELDS,
    SelfEvaluation,
    SelfEvaluationPaper,
)
from esar.report.self_evaluations.queries import papers_of

MAX_PAPERS = 20


@transaction.atomic
def ask(
    year: int, round_id: str, bodies: Iterable[Body], *, by: Person, at: datetime, on: date
) -> int:
    """Ask bodies for their papers of a round, all of them or none. How many. Errors: Refused."""
    many = 0
    problems: list[Problem] = []
    for body in bodies:
        papers = SelfEvaluation(body=body, fiscal_year=year, round_id=round_id)
        try:
            SELF_EVALUATION_LIFE.move(papers, "begin", by=by, at=at, on=on)
        except Refused as refused:
            problems += refused.problems
        many += 1
    if problems or not many:
        raise Refused(problems or [Problem("self_evaluation.none_chosen")])
    return many


def mark(thing: SelfEvaluation) -> str:
    """The mark of the papers as they stand, for whoever has them before them."""
    return mark_of([str(getattr(thing, name)) for name in FIELDS])


@transaction.atomic
def fill(
    thing: SelfEvaluation,
    fields: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
    seen: str | None = None,
) -> bool:
    """Write what the papers say; fields that are not given stay. Whether anything was new.

    Errors: Refused; Conflict when somebody else has changed them since `seen`.
    """
    locked = SELF_EVALUATION_LIFE.locked(thing)
    require(SELF_EVALUATION_LIFE.may(by, locked, "fill", on))
    stored = {name: getattr(locked, name) for name in FIELDS if name in fields}
    typed = {name: fields[name] for name in stored}
    total, scale = fields.get("total"), fields.get("scale")
    if total is not None and (scale is None or not 0 <= total <= scale):
        raise Refused([Problem("self_evaluation.total_off_scale", {"total": total})])
    now = mark(locked)
    if not is_new_text(stored, typed, seen=seen, now=now, by=by, kind="self_evaluation"):
        return False
    changed = {name: value for name, value in typed.items() if stored[name] != value}
    SelfEvaluation.objects.filter(pk=locked.pk).update(**changed)
    before, after = _in_short(stored, changed), _in_short(changed, changed)
    code = locked.body.code
    record("self_evaluation.filled", locked, by=by, at=at, body=code, before=before, after=after)
    return True


def _in_short(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {
        f"self_evaluation_{name}": str(values[name])
        for name in names
        if values[name] not in ("", None)
    }


@transaction.atomic
def attach(
    thing: SelfEvaluation, file: StoredFile, name: str, *, by: Person, at: datetime, on: date
) -> SelfEvaluationPaper:
    """Put a document to the papers. The same file again is the same one. Errors: Refused."""
    locked = SELF_EVALUATION_LIFE.locked(thing)
    require(SELF_EVALUATION_LIFE.may(by, locked, "fill", on))
    paper, is_new = rest_on(
        papers_of(locked),
        file,
        name,
        limit=MAX_PAPERS,
        too_many=Problem("self_evaluation.too_many_papers", {"most": MAX_PAPERS}),
        by=by,
        at=at,
        self_evaluation=locked,
    )
    if is_new:
        after, code = paper.in_short(), locked.body.code
        record("self_evaluation.attached", locked, by=by, at=at, body=code, after=after)
    return paper


@transaction.atomic
def take_off(paper: SelfEvaluationPaper, *, by: Person, at: datetime, on: date) -> None:
    """Take a document off. The content stays in the store. Errors: Refused."""
    locked = SELF_EVALUATION_LIFE.locked(paper.self_evaluation)
    require(SELF_EVALUATION_LIFE.may(by, locked, "fill", on))
    before, code = paper.in_short(), locked.body.code
    record("self_evaluation.taken_off", locked, by=by, at=at, body=code, before=before)
    paper.delete()
