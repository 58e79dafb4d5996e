"""One optimistic lock for everything that is written before it is sent.

A page carries a mark of the draft that its writer had before them (a revision, or a digest). What
is typed is kept when the draft is still that one. The same text again is no conflict, whoever sends
it: an answer that was lost on the way must not set a writer against themselves. A true conflict
overwrites nothing and gives both texts back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from django.db.models import QuerySet

from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import is_by_request
from esar.platform.history.models import Event
from esar.platform.organisations.models import Person


class Conflict(Refused):
    """Another saving was faster. `kept` is what is there now; what was typed stays on the page.

    `mark` is that of what is kept: whoever has compared the two saves over it.
    """

    def __init__(self, problem: Problem, stored: Any, mark: object) -> None:
        super().__init__([problem])
        self.kept, self.mark = stored, mark


class Saved(Protocol):
    """A draft that tells who saved it last, and when."""

    @property
    def saved_by(self) -> Any: ...

    @property
    def saved_at(self) -> datetime | None: ...


@dataclass
class SavedByLog:
    """Who saved a draft last, by the events of its savings. One query, when it is asked."""

    savings: QuerySet[Event]

    @cached_property
    def _last(self) -> Event | None:
        return self.savings.order_by("-number").first()

    @property
    def saved_by(self) -> Person | None:
        number = self._last.actor_id if self._last else None
        return None if number is None else Person.objects.filter(pk=number).first()

    @property
    def saved_at(self) -> datetime | None:
        return datetime.fromisoformat(self._last.at) if self._last else None


def mark_of(content: Any) -> str:
    """The mark of a draft that counts no revisions: the digest of what it says."""
    return digest(content)


def is_new_text(
    stored: Any,
    typed: Any,
    *,
    seen: object,
    now: object,
    by: Any,
    saved: Saved | None = None,
    kind: str,
    **figures: object,
) -> bool:
    """Whether what was typed is to be written: not where it is what is kept already.

    `seen` is the mark that came with the text (None where no page is behind it, which is refused to
    a request), `now` that of the draft; `kind` begins the code of the refusal
    (claim.changed_meanwhile).
    Errors: Conflict; Refused for a page without a mark.
    """
    if typed == stored:
        return False
    if seen == "" or (seen is None and is_by_request()):
        raise Refused([Problem("draft.no_mark")])
    if seen is None or str(seen) == str(now):
        return True
    writer = saved.saved_by if saved else None
    own = writer is not None and writer == by
    code = f"{kind}.changed_in_another_window" if own else f"{kind}.changed_meanwhile"
    writer_and_time = {"by": str(writer or ""), "at": saved.saved_at if saved else None}
    raise Conflict(Problem(code, {**writer_and_time, **figures}), stored, now)
