"""The demo's people by their accounts, and sittings of its committees, by the real actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from esar.agree.committees import actions as sittings
from esar.agree.committees import resolutions
from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import AgendaItem, Sitting
from esar.agree.scorecards.models import Scorecard
from esar.platform.organisations.models import Committee, Person
from esar.platform.organisations.queries import members_on

SECRETARIES = {
    "L1-P": "secretary-l1p",
    "L1-D": "secretary-l1d",
    "L2-P": "secretary-l2p",
    "L2-MOC": "secretary-moc",
    "SUB": "secretary-sub",
    "NEG-P": "secretary-neg",
}


def moment(day: date) -> datetime:
    """Ten in the morning of a day, in Bangkok."""
    return datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)


def person(account: str) -> Person:
    return Person.objects.get(email=f"demo-{account}@example.test")


def called(
    code: str, card: Scorecard, *, at: datetime, on: date, held_at: datetime | None = None
) -> Sitting:
    """A sitting that a committee's secretary has called, with this one thing on its agenda.

    It is held at `held_at`; without one, at once.
    """
    of: dict[str, Any] = {"by": person(SECRETARIES[code]), "at": at, "on": on}
    committee = Committee.objects.get(code=code)
    sitting = sittings.call(
        committee, year=card.fiscal_year, held_at=held_at or at, place="ห้องประชุมสาธิต", **of
    )
    sittings.put_on_agenda(sitting, card, **of)
    return sitting


def sit(code: str, card: Scorecard, outcome: str, *, at: datetime, on: date) -> None:
    """A sitting of a committee with everyone there, that resolves this one thing."""
    sitting = called(code, card, at=at, on=on)
    of: dict[str, Any] = {"by": person(SECRETARIES[code]), "at": at, "on": on}
    present = [member.person for member in members_on(sitting.committee, on)]
    sittings.mark_attendance(sitting, present, **of)
    SITTING_LIFE.move(sitting, "open", reason="องค์ประกอบในข้อมูลสาธิตไม่ครบทุกตำแหน่ง", **of)
    resolutions.resolve(AgendaItem.objects.get(sitting=sitting, scorecard=card), outcome, **of)
    SITTING_LIFE.move(sitting, "close", minutes="เห็นชอบตามที่เสนอ (สาธิต)", **of)
    card.refresh_from_db()
