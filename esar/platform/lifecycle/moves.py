"""A move from state to state, a row of a life's table: who, from where to where, on what terms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from esar.platform.organisations.models import Role

AT_THE_BODY = (Role.REPORTER, Role.APPROVER)


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
    people do, so no button makes it. `begins`: it makes the thing, and the history says so by
    this verb. `tells` are the roles that are told of it, the body's own at the body. Without
    `roles` it is nobody's. `decides`: nobody with an interest in the body makes it, but for the
    body's own people; only what decides nothing about a body says that it does not.
    """

    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    own_work: OwnWork = OwnWork.ALLOWED
    needs_reason: bool = False
    needs_resolution: bool = False
    bound: bool = False
    by_system: bool = False
    begins: str = ""
    tells: tuple[str, ...] = ()
    decides: bool = True

    @property
    def has_button(self) -> bool:
        """Whether a person makes it by a button of the thing's own page."""
        return not (self.needs_resolution or self.by_system or self.begins)


def drafting(
    drafts: tuple[str, ...], proposed: str, sent: str, *, tells: tuple[str, ...] = ()
) -> dict[str, Move]:
    """The moves of what a body writes: its reporter proposes it or takes it back as a draft, its
    approver sends it in or back with a reason, and nobody what they wrote.

    It is written in `drafts`, the first of which it goes back to. `sent` is where it goes, or the
    rule that names it; `tells` are the roles that are told when it was sent in.
    """
    draft, waiting = drafts[0], (proposed,)
    return {
        "propose": Move(drafts, proposed, (Role.REPORTER,), bound=True, tells=(Role.APPROVER,)),
        "withdraw": Move(waiting, draft, (Role.REPORTER,), tells=AT_THE_BODY),
        "send_back": Move(
            waiting,
            draft,
            (Role.APPROVER,),
            OwnWork.NOT_WRITTEN,
            needs_reason=True,
            tells=AT_THE_BODY,
        ),
        "submit": Move(
            waiting, sent, (Role.APPROVER,), OwnWork.NOT_WRITTEN, bound=True, tells=tells
        ),
    }
