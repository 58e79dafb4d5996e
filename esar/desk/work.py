"""One line of the work list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Work:
    """One thing that waits: what to call it, where it is, what is asked, and by when."""

    title: str
    path: str
    asks: str  # the code of what is asked
    due: date | None

    def days_left(self, day: date) -> int | None:
        return None if self.due is None else (self.due - day).days
