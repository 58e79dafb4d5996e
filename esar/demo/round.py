"""Two demo bodies whose scorecards are in force, so that the second half of a year can be tried.

Made by the real actions, from proposal to force; everything is marked as demo.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from esar.agree.committees import actions as sittings
from esar.agree.committees import resolutions
from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import AgendaItem
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from esar.demo.year import DAY, YEAR, draft
from esar.platform.organisations.models import Body, Committee, Person
from esar.platform.organisations.queries import members_on

# (body, its demo accounts, the sample it takes its KPIs from, its committees)
BODIES = (
    ("TH-73", "73", "TH-74", ("L1-P", "L2-P")),
    ("DBD", "dbd", "DIT", ("L1-D", "L2-MOC")),
)
SECRETARIES = {
    "L1-P": "secretary-l1p",
    "L1-D": "secretary-l1d",
    "L2-P": "secretary-l2p",
    "L2-MOC": "secretary-moc",
    "SUB": "secretary-sub",
    "NEG-P": "secretary-neg",
}


def person(account: str) -> Person:
    return Person.objects.get(email=f"demo-{account}@example.test")


def make_demo_round(rows: dict[str, Any], *, at: datetime) -> None:
    """Bring the scorecards that are missing into force; their reports are made by that."""
    for code, account, sample, (first, second) in BODIES:
        body = Body.objects.get(code=code)
        if Scorecard.objects.filter(body=body, fiscal_year=YEAR).exists():
            continue
        analyst = person("analyst")
        card = draft(body, rows[sample], person(f"reporter-{account}"), at)
        SCORECARD_LIFE.move(card, "propose", by=person(f"reporter-{account}"), at=at, on=DAY)
        SCORECARD_LIFE.move(card, "submit", by=person(f"approver-{account}"), at=at, on=DAY)
        sit(first, card, "opinion", at=at, on=DAY)
        sit(second, card, "approve", at=at, on=DAY)
        SCORECARD_LIFE.move(card, "collect", by=analyst, at=at, on=DAY)
        sit("SUB", card, "acknowledge", at=at, on=DAY)
        SCORECARD_LIFE.move(card, "inform", by=analyst, at=at, on=DAY)


def sit(code: str, card: Scorecard, outcome: str, *, at: datetime, on: date) -> None:
    """A sitting of a committee with everyone there, that resolves this one thing."""
    committee, secretary = Committee.objects.get(code=code), person(SECRETARIES[code])
    of: dict[str, Any] = {"by": secretary, "at": at, "on": on}
    year = card.fiscal_year
    sitting = sittings.call(committee, year=year, held_at=at, place="ห้องประชุมสาธิต", **of)
    sittings.put_on_agenda(sitting, card, **of)
    sittings.mark_attendance(sitting, [one.person for one in members_on(committee, on)], **of)
    SITTING_LIFE.move(sitting, "open", reason="องค์ประกอบในข้อมูลสาธิตไม่ครบทุกตำแหน่ง", **of)
    resolutions.resolve(AgendaItem.objects.get(sitting=sitting), outcome, **of)
    SITTING_LIFE.move(sitting, "close", minutes="เห็นชอบตามที่เสนอ (สาธิต)", **of)
    card.refresh_from_db()
