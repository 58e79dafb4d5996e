"""Who may write a letter, send it, follow it up, and say that it was received."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.platform.lifecycle.moves import Move
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_of, holds
from esar.report.letters.models import Letter, Recipient
from esar.report.letters.queries import wrote
from esar.report.letters.states import EDITS, LETTER_MOVES, LetterState

WRITERS = EDITS["edit"].roles


def _has_role(person: Any, roles: tuple[str, ...], sender: int | None, day: date) -> bool:
    """OPDC's letters are its analysts'; a body's are its reporters' and approvers'."""
    if sender is None:
        return Role.ANALYST in roles and holds(person, day, Role.ANALYST)
    own = tuple(role for role in roles if role != Role.ANALYST)
    return holds(person, day, *own, body=sender)


def _may(person: Any, move: Move, letter: Letter, day: date) -> Verdict:
    if letter.state not in move.sources:
        return denied("letter.wrong_state", state=f"letter-state.{letter.state}")
    return _whose(person, move.roles, letter.sender_id, day)


def _whose(person: Any, roles: tuple[str, ...], sender: int | None, day: date) -> Verdict:
    if not _has_role(person, roles, sender, day):
        return denied("access.wrong_role", roles=tuple(f"role.{role}" for role in roles))
    return ALLOWED


def senders_for(person: Any, day: date) -> set[int | None]:
    """For whom a person may write: bodies, and None for OPDC."""
    found: set[int | None] = set(bodies_of(person, day, Role.REPORTER))
    return found | {None} if holds(person, day, Role.ANALYST) else found


def may_write(person: Any, sender: int | None, day: date) -> Verdict:
    """Begin a letter of a body, or of OPDC."""
    return _whose(person, WRITERS, sender, day)


def may_edit(person: Any, letter: Letter, day: date) -> Verdict:
    """Write in a draft: its words, its files, who gets it."""
    return _may(person, EDITS["edit"], letter, day)


def may_move(person: Any, letter: Letter, name: str, day: date) -> Verdict:
    """Make a move of LETTER_MOVES. Nobody sends or sends back what they wrote."""
    verdict = _may(person, LETTER_MOVES[name], letter, day)
    if verdict and name in ("send", "send_back") and wrote(person, letter):
        return denied("access.own_work")
    return verdict


def may_follow_up(person: Any, letter: Letter, day: date) -> Verdict:
    """Remind, make personal links, and write down a receipt that came on paper."""
    return _may(person, EDITS["follow_up"], letter, day)


def may_receive(person: Any, recipient: Recipient, day: date) -> Verdict:
    """Say that one's own body has it, once."""
    roles = (Role.REPORTER, Role.APPROVER)
    if recipient.body_id is None or not holds(person, day, *roles, body=recipient.body_id):
        return denied("access.wrong_role", roles=tuple(f"role.{role}" for role in roles))
    return is_open(recipient)


def is_open(recipient: Recipient) -> Verdict:
    """Whether a receipt is still waited for."""
    if recipient.letter.state != LetterState.SENT:
        return denied("letter.wrong_state", state=f"letter-state.{recipient.letter.state}")
    if recipient.how:
        figures = {"name": recipient.receiver, "day": recipient.received_on}
        return denied("letter.received_already", **figures)
    return ALLOWED
