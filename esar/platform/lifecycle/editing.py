"""The text of a small life's draft is changed: locked, held against what was seen, told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.kernel.access import require
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.lifecycle.life import Life
from esar.platform.organisations.models import Person


def mark_of_thing(life: Life[Any], thing: Any) -> str:
    """The mark of a draft, which the page of its form carries."""
    return mark_of(dict(life.content(thing)))


@transaction.atomic
def save_text(
    life: Life[Any],
    thing: Any,
    columns: Mapping[str, Any],
    *,
    seen: str | None,
    by: Person,
    at: datetime,
    on: date,
) -> Any:
    """Change a draft by the life's edit `edit`, and give it back as it is.

    Errors: Refused without the right; Conflict when someone else has saved another text since.
    """
    locked = life.locked(thing)
    require(life.may(by, locked, "edit", on))
    before = dict(life.content(locked))
    is_new = is_new_text(
        {name: getattr(locked, name) for name in columns},
        dict(columns),
        seen=seen,
        now=mark_of_thing(life, locked),
        by=by,
        saved=SavedByLog(life.events_of(locked, *life.written_by)),
        kind=life.name,
    )
    if is_new:
        for name, value in columns.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(columns))
        after, code = dict(life.content(locked)), life.body_code(locked)
        record(f"{life.name}.changed", locked, by=by, at=at, body=code, before=before, after=after)
    return locked
