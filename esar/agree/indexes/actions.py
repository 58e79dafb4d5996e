"""Writes of the register: an index, what an edition says, what a host did."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.agree.indexes.models import HostChange, IndexEdition, InternationalIndex
from esar.agree.indexes.permissions import may_keep_indexes
from esar.agree.indexes.queries import HOST_CHANGED, host_change_text, recorders
from esar.agree.indexes.signals import problems_of_taking_back, tell_of, tell_that_taken_back
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.numbers import trimmed
from esar.platform.history.actions import record
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.organisations.beginnings import begun_already
from esar.platform.organisations.models import Person

TEXTS = ("code", "name", "host", "scale")
EDITION = ("edition", "published_on", "rank", "score")
HOST_CHANGE = ("what", "day", "details", "source")


def index_text(index: InternationalIndex) -> dict[str, Any]:
    """What the register says of an index."""
    return {name: getattr(index, name) for name in TEXTS}


def edition_text(edition: IndexEdition) -> dict[str, Any]:
    """What the register says of an edition, as the history and a form have it."""
    return plain_edition({name: getattr(edition, name) for name in EDITION})


def plain_edition(values: dict[str, Any]) -> dict[str, Any]:
    score = values["score"]
    return {
        "edition": values["edition"],
        "published_on": values["published_on"].isoformat(),
        "rank": values["rank"],
        "score": None if score is None else f"{trimmed(score):f}",
    }


@transaction.atomic
def save_index(
    fields: dict[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
    index: InternationalIndex | None = None,
) -> InternationalIndex:
    """List an index, or change what the register says of it; its code stays, for KPIs name it.

    Errors: Refused without the right, and for a code that is there; Conflict when someone else has
    saved another text since.
    """
    require(may_keep_indexes(by, on))
    typed = {name: fields[name] for name in TEXTS}
    if index is None:
        if begun := begun_already(InternationalIndex.objects.all(), by=by, **typed):
            return begun
        if InternationalIndex.objects.filter(code=typed["code"]).exists():
            raise Refused([Problem("index.code_taken", {"code": typed["code"]})])
        index = InternationalIndex.objects.create(**typed)
        record("index.listed", index, by=by, at=at, after=typed)
        return index
    locked = InternationalIndex.objects.select_for_update().get(pk=index.pk)
    present, typed = index_text(locked), typed | {"code": locked.code}
    if _is_new(locked, present, typed, fields, by, "index.listed", "index.changed"):
        for name, value in typed.items():
            setattr(locked, name, value)
        locked.save()
        record("index.changed", locked, by=by, at=at, before=present, after=typed)
    return locked


@transaction.atomic
def save_edition(
    index: InternationalIndex,
    fields: dict[str, Any],
    *,
    by: Person,
    at: datetime,
    on: date,
    edition: IndexEdition | None = None,
) -> IndexEdition:
    """Write what an edition says; with `edition`, put another text in its place.

    Errors: Refused without the right, for a day that is not there yet, for an edition that says
    neither rank nor score, and for one that is there; Conflict as in `save_index`.
    """
    require(may_keep_indexes(by, on))
    locked = InternationalIndex.objects.select_for_update().get(pk=index.pk)
    values = {name: fields[name] for name in EDITION}
    typed, rows = plain_edition(values), IndexEdition.objects.filter(index=locked)
    same = rows.filter(edition=values["edition"])
    if edition is not None:
        same = same.exclude(pk=edition.pk)
    if edition is None and (there := same.first()) and edition_text(there) == typed:
        return there  # sent twice
    problems = []
    if values["published_on"] > on:
        problems.append(Problem("index.published_later", {"today": on}))
    if values["rank"] is None and values["score"] is None:
        problems.append(Problem("index.edition_says_nothing"))
    if same.exists():
        problems.append(Problem("index.edition_is_there", {"edition": values["edition"]}))
    if problems:
        raise Refused(problems)
    present = edition_text(rows.get(pk=edition.pk)) if edition else None
    if edition and not _is_new(locked, present, typed, fields, by, "index.edition"):
        return edition
    written = edition or IndexEdition(index=locked)
    for name, value in values.items():
        setattr(written, name, value)
    written.save()
    record("index.edition", locked, by=by, at=at, before=present, after=typed)
    return written


@transaction.atomic
def record_host_change(
    index: InternationalIndex, fields: dict[str, Any], *, by: Person, at: datetime, on: date
) -> HostChange:
    """Record that the host cancelled or changed an index; all who hold it are told.

    The same record again is there already. Errors: Refused without the right, for a day that is
    not there yet, and for an index that its host had cancelled by then.
    """
    require(may_keep_indexes(by, on))
    locked = InternationalIndex.objects.select_for_update().get(pk=index.pk)
    values = {name: fields[name] for name in HOST_CHANGE}
    changes = HostChange.objects.filter(index=locked)
    if begun := begun_already(changes, by=by, **values):
        return begun
    problems = []
    if values["day"] > on:
        problems.append(Problem("index.changed_later", {"today": on}))
    cancelled = changes.filter(what=HostChange.What.CANCELLED).first()
    if cancelled is not None:
        problems.append(Problem("index.is_cancelled", {"day": cancelled.day}))
    if problems:
        raise Refused(problems)
    change = HostChange.objects.create(index=locked, recorded_at=at, **values)
    record(HOST_CHANGED, locked, by=by, at=at, after=host_change_text(change))
    tell_of(change, at=at, on=on)
    return change


@transaction.atomic
def take_back_host_change(
    change: HostChange, reason: str, *, by: Person, at: datetime, on: date
) -> None:
    """Take back what was recorded of a host by mistake; the history keeps both, and holders hear.

    Errors: Refused without the right, a reason, or when somebody else recorded it; and once a body
    has asked for a change of its KPI because of it.
    """
    require(may_keep_indexes(by, on))
    index = InternationalIndex.objects.select_for_update().get(pk=change.index_id)
    locked = HostChange.objects.select_for_update().filter(pk=change.pk).first()
    if locked is None:
        raise Refused([Problem("index.taken_back_already")])
    problems = [] if reason.strip() else [Problem("form.no_reason")]
    if (recorder := recorders(index).get(locked.pk)) != by:
        name = recorder.name if recorder else "–"
        problems.append(Problem("index.recorded_by_another", {"name": name}))
    if problems := [*problems, *problems_of_taking_back(locked)]:
        raise Refused(problems)
    before = host_change_text(locked)
    tell_that_taken_back(locked, at=at, on=on)
    locked.delete()
    record("index.taken_back", index, by=by, at=at, before=before, reason=reason.strip())


def _is_new(
    index: InternationalIndex,
    present: dict[str, Any] | None,
    typed: dict[str, Any],
    fields: dict[str, Any],
    by: Person,
    *verbs: str,
) -> bool:
    return is_new_text(
        present,
        typed,
        seen=fields.get("seen"),
        now=mark_of(present),
        by=by,
        saved=SavedByLog(timeline(index).filter(verb__in=verbs)),
        kind="index",
    )
