"""Circular letters for tests: a province's, written, addressed and sent by the real actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from esar.platform.organisations.models import Appointment, Person
from esar.report.letters import actions
from esar.report.letters.life import LETTER_LIFE
from esar.report.letters.models import Letter, Recipient
from esar.report.letters.offices import Office
from esar.report.letters.receipts import actions as receipts
from tests.make import World
from tests.remembered import remembered, step

ON = date(2017, 10, 11)
AT = datetime(2017, 10, 11, 3, 0, tzinfo=UTC)
SAID = {
    "speed": "most_urgent",
    "dated": ON,
    "number": "สค ๐๐๑๗.๒/ว ๑๔๐๘๐",
    "office": "ศาลากลางจังหวัด",
    "subject": "สรุปผลการประชุม",
    "to": "หัวหน้าส่วนราชการ",
    "refers": "",
    "enclosed": "",
    "text": "ตามที่จังหวัดได้เชิญ\nจึงเรียนมาเพื่อทราบ",
    "signer": "นายประภัสสร",
    "post": "ผู้ว่าราชการจังหวัด",
    "contact": "",
}


@step
def since_before() -> None:
    Appointment.objects.update(first_day=date(2016, 10, 1))


def when(of: World, by: Person | None = None) -> dict[str, Any]:
    return {"by": by or of.reporter, "at": AT, "on": ON}


@remembered
def draft(world: World, *names: str, **changed: Any) -> Letter:
    """A province's draft to offices, or where none is named to the department."""
    letter = actions.write(world.province, SAID | changed, **when(world))
    bodies = [] if names else [world.department]
    actions.address(letter, bodies, [Office(name) for name in names], **when(world))
    return letter


@remembered
def sent(world: World, *names: str, **changed: Any) -> Letter:
    letter = draft(world, *names, **changed)
    LETTER_LIFE.move(letter, "propose", **when(world))
    LETTER_LIFE.move(letter, "send", **when(world, world.approver))
    return letter


def one_of(letter: Letter, place: int = 1) -> Recipient:
    return Recipient.objects.select_related("letter__sender", "body").get(
        letter=letter, place=place
    )


def link_of(letter: Letter, world: World, place: int = 1) -> str:
    made = receipts.make_links(letter, [one_of(letter, place)], **when(world))
    return made[0][1].removeprefix("http://127.0.0.1:8000")
