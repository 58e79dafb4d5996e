"""One line of the work list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Work:
    """One thing that waits: what to call it, where it is, what is asked, by when, of which year."""

    title: str
    path: str
    asks: str  # the code of what is asked
    due: date | None
    year: int | None = None  # none where it is of no year, or of several

    def days_left(self, day: date) -> int | None:
        return None if self.due is None else (self.due - day).days


Waiting = tuple[int, Work]  # at which body
