"""The life of a circular letter: proposed, sent, and closed when nobody waits for receipts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from esar.kernel.chain import digest
from esar.kernel.problems import Problem
from esar.kernel.wording import Word
from esar.platform.evidence.states import FileState
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import holds, people_with
from esar.report.letters.mailing import mail_links, notify_bodies
from esar.report.letters.models import Letter, Recipient
from esar.report.letters.queries import content, enclosures_of
from esar.report.letters.states import LETTER_EDITS, LETTER_MOVES

NEEDED = ("number", "dated", "to", "text", "signer", "post")


class LetterLife(Life[Letter]):
    """The reporter and the approver are those of the sending body; OPDC's are its analysts'."""

    name = "letter"
    model = Letter
    page = "letters:letter"
    body_at = "sender"
    moves = LETTER_MOVES
    edits = LETTER_EDITS
    related = ("sender",)
    written_by = tuple(
        f"letter.{verb}"
        for verb in (
            "written",
            "edited",
            "enclosed",
            "taken_out",
            "addressed",
            "recipient_removed",
            "propose",
        )
    )

    def has_role(self, person: Any, role: str, thing: Letter, day: date) -> bool:
        return writes_for(person, role, thing.sender_id, day)

    def content(self, thing: Letter) -> Mapping[str, Any]:
        return content(thing)

    def check(self, act: Act[Letter]) -> Iterable[Problem]:
        return unfit_to_send(act.thing, act.on) if act.name in ("propose", "send") else ()

    def changes(self, act: Act[Letter]) -> Mapping[str, Any]:
        letter = act.thing
        if act.name != "send":
            return {}
        assert letter.dated is not None, "a letter without its day is not fit to send"
        sha256 = digest(content(letter))
        act.after["sha256"] = sha256
        return {"sent_on": act.on, "sha256": sha256, "number_year": letter.dated.year}

    def refused_by_database(self, act: Act[Letter]) -> Problem:
        return _number_taken(act.thing)

    def follow(self, act: Act[Letter]) -> None:
        if act.name == "send":
            letter = act.thing
            notify_bodies(letter, "notice.letter_sent", at=act.at, on=act.on)
            transaction.on_commit(lambda: mail_links.enqueue(letter.pk))

    def notices(self, act: Act[Letter]) -> Iterator[Notice]:
        letter = act.thing
        if act.name in ("send", "close"):
            return
        role = Role.APPROVER if act.name == "propose" else Role.REPORTER
        people = people_with(act.on, role if letter.sender else Role.ANALYST, body=letter.sender)
        code = "your_turn" if act.name == "propose" else "back"
        figures = {"subject": letter.subject, "reason": act.reason}
        yield Notice(people, f"notice.letter_{code}", figures)


def writes_for(person: Any, role: str, sender: int | None, day: date) -> bool:
    """Whether a person has a role for the letters of a body, or (None) of OPDC."""
    if sender is None:
        return role == Role.ANALYST and holds(person, day, role)
    return role != Role.ANALYST and holds(person, day, role, body=sender)


def unfit_to_send(letter: Letter, on: date) -> list[Problem]:
    """Every reason why a letter cannot go out."""
    problems = [
        Problem("letter.not_said", {"what": Word(f"label.letter_{name}")})
        for name in NEEDED
        if not getattr(letter, name)
    ]
    if letter.dated and letter.dated > on:
        problems.append(Problem("letter.dated_later", {"day": letter.dated}))
    if not Recipient.objects.filter(letter=letter).exists():
        problems.append(Problem("letter.to_nobody"))
    problems += [
        Problem("letter.infected", {"name": enclosure.name})
        for enclosure in enclosures_of(letter)
        if enclosure.file.state == FileState.INFECTED
    ]
    if letter.dated and _has_same_number(letter, letter.dated):
        problems.append(_number_taken(letter))
    return problems


def _has_same_number(letter: Letter, dated: date) -> bool:
    """Whether a letter was sent with this number. They run anew in each calendar year."""
    return Letter.objects.filter(
        sender=letter.sender_id, number=letter.number, number_year=dated.year
    ).exists()


def _number_taken(letter: Letter) -> Problem:
    year = letter.dated.year + 543 if letter.dated else ""
    return Problem("letter.number_taken", {"number": letter.number, "year": year})


LETTER_LIFE = LetterLife()
