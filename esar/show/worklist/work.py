"""One line of the work list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esar.kernel.wording import Word, has_sentence
from esar.platform.lifecycle.life import Life
from esar.report.reports.progress import Filled

SOON = 7  # days: what is due within them is told apart


@dataclass(frozen=True)
class Work:
    """One thing that waits: what to call it, where it is, what is asked, by when, of which year.

    `filled` says how far it is, where that can be counted; `why` is why it was sent back.
    """

    title: str
    path: str
    asks: str  # the code of what is asked
    due: date | None
    year: int | None = None  # none where it is of no year, or of several
    filled: Filled | None = None
    why: str = ""

    def days_left(self, day: date) -> int | None:
        return None if self.due is None else (self.due - day).days

    @property
    def act(self) -> Word:
        """What is to be done, as the button that leads there says it."""
        code = f"work-act.{self.asks}"
        return Word(code if has_sentence(code) else "work-act.open")


def reasons(life: Life[Any], rows: Sequence[Any], draft: str) -> dict[int, str]:
    """Why each draft was sent back, of those that were. One query."""
    returns = life.returns_of([row for row in rows if row.state == draft])
    return {pk: event.reason for pk, event in returns.items()}


Waiting = tuple[int, Work]  # at which body
