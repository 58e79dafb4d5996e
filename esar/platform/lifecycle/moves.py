"""A move from state to state, a row of a life's table: who, from where to where, on what terms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OwnWork(StrEnum):
    """Whether a move may be made by someone whose own work it concerns."""

    ALLOWED = "allowed"
    NOT_WRITTEN = "not_written"  # not by whoever wrote or proposed any of it
    NOT_SENT = "not_sent"  # nor by whoever sent it in


@dataclass(frozen=True)
class Move:
    """From one of `sources` to `target`, by one of `roles`.

    `target` is a state, or the name of a rule of the life (such as the next step of a route).
    `needs_resolution`: made by a committee's resolution only. `bound`: an act of assent, which
    carries the digest of what its page showed. `by_system`: it follows from something else that
    people do, so no button makes it. Without `roles` it is nobody's.
    """

    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    own_work: OwnWork = OwnWork.ALLOWED
    needs_reason: bool = False
    needs_resolution: bool = False
    bound: bool = False
    by_system: bool = False

    @property
    def has_button(self) -> bool:
        """Whether a person makes it by a button of the thing's own page."""
        return not self.needs_resolution and not self.by_system
