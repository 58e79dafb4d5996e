"""Who may write a letter, send it, follow it up, and say that it was received."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.wording import Word
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import bodies_of, holds
from esar.report.letters.life import writes_for
from esar.report.letters.models import Recipient
from esar.report.letters.states import LETTER_EDITS, LetterState


def senders_for(person: Any, day: date) -> set[int | None]:
    """For whom a person may write: bodies, and None for OPDC."""
    bodies: set[int | None] = set(bodies_of(person, day, Role.REPORTER))
    return bodies | {None} if holds(person, day, Role.ANALYST) else bodies


def may_write(person: Any, sender: int | None, day: date) -> Verdict:
    """Begin a letter of a body, or of OPDC."""
    roles = LETTER_EDITS["edit"].roles
    if any(writes_for(person, role, sender, day) for role in roles):
        return ALLOWED
    return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in roles))


def may_receive(person: Any, recipient: Recipient, day: date) -> Verdict:
    """Say that one's own body has it, once."""
    roles = (Role.REPORTER, Role.APPROVER)
    if recipient.body_id is None or not holds(person, day, *roles, body=recipient.body_id):
        return denied("access.wrong_role", roles=tuple(Word(f"role.{role}") for role in roles))
    return is_open(recipient)


def is_open(recipient: Recipient) -> Verdict:
    """Whether a receipt is still waited for."""
    if recipient.letter.state != LetterState.SENT:
        return denied("letter.wrong_state", state=Word(f"letter-state.{recipient.letter.state}"))
    if recipient.how:
        figures = {"name": recipient.receiver, "day": recipient.received_on}
        return denied("letter.received_already", **figures)
    return ALLOWED
