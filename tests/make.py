"""A small world for tests: bodies, committees, people, scorecards, made by the real actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client

from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.committees import actions as sitting_actions
from esar.agree.committees import resolutions
from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import AgendaItem, Sitting
from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.demo.answers import demo_answers
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import (
    Appointment,
    Body,
    Committee,
    Jurisdiction,
    Person,
    Role,
)
from esar.platform.ui.books import book
from tests.remembered import begin, remembered, step
from tests.show.public.make import department, province

AT = datetime(2023, 10, 10, 3, 0, tzinfo=UTC)
ON = date(2023, 10, 10)
FEBRUARY = date(2024, 2, 10)
SINCE = date(2010, 9, 1)  # before the first year that is known
PASSWORD = make_password("a-long-passphrase-1")


@step
def person(name: str, *roles: tuple[str, Body | Committee | None], mail: str = "none") -> Person:
    made = Person.objects.create_user(f"{name}@example.test", f"คุณ{name}", "a-long-passphrase-1")
    Person.objects.filter(pk=made.pk).update(mail=mail)
    for role, place in roles:
        body = place if isinstance(place, Body) else None
        committee = place if isinstance(place, Committee) else None
        appoint(made, role, by=None, at=AT, on=SINCE, body=body, committee=committee)
    return Person.objects.get(pk=made.pk)


def people(**named: tuple[str, Body | Committee | None]) -> dict[str, Person]:
    """Many persons of one role each, as `person` makes them, in two queries."""
    made = [Person(email=f"{name}@example.test".lower(), name=f"คุณ{name}") for name in named]
    for one in made:
        one.mail, one.password = "none", PASSWORD
    Person.objects.bulk_create(made)
    Appointment.objects.bulk_create(
        Appointment(
            person=one,
            role=role,
            first_day=SINCE,
            body=place if isinstance(place, Body) else None,
            committee=place if isinstance(place, Committee) else None,
        )
        for one, (role, place) in zip(made, named.values(), strict=True)
    )
    return dict(zip(named, made, strict=True))


@step
def committee(
    code: str, rule_id: str, level: int, *bodies: Body, years: tuple[int | None, int | None]
) -> Committee:
    made = Committee.objects.create(
        code=code,
        rule_id=rule_id,
        level=level,
        name_th=f"คณะ {code}",
        name_en=f"Committee {code}",
        first_year=years[0],
        last_year=years[1],
    )
    Jurisdiction.objects.bulk_create(Jurisdiction(committee=made, body=body) for body in bodies)
    return made


class World:
    """One province, one department, their committees, and someone in every role."""

    def __init__(self) -> None:
        begin(self)
        self._people_and_committees()

    @remembered
    def _people_and_committees(self) -> None:
        self.province = province("TH-74")
        self.department = department("DIT", "กรมการค้าภายใน")
        now, then = (2567, None), (2554, 2558)
        place, body = self.province, self.department
        self.sub = committee("SUB", "committee.sub-commission", 0, years=(None, None))
        self.level1 = committee("L1-P", "committee.level1.provinces", 1, place, years=now)
        self.level2 = committee("L2-P", "committee.level2.provinces", 2, place, years=now)
        self.level1d = committee("L1-D", "committee.level1.departments", 1, body, years=now)
        self.level2d = committee("L2-MOC", "committee.level2.ministries", 2, body, years=now)
        self.negotiation = committee("NEG-P", "committee.negotiation", 2, place, years=then)
        self.committees = (
            self.sub,
            self.level1,
            self.level2,
            self.level1d,
            self.level2d,
            self.negotiation,
        )
        ministry = Body.objects.get(code="MOC")
        made = people(
            **{
                "reporter": (Role.REPORTER, place),
                "approver": (Role.APPROVER, place),
                "reporter-d": (Role.REPORTER, body),
                "approver-d": (Role.APPROVER, body),
                "analyst": (Role.ANALYST, None),
                "administrator": (Role.ADMINISTRATOR, None),
                "assessor": (Role.ASSESSOR, None),
                "auditor": (Role.AUDITOR, None),
                "owner": (Role.CENTRAL_OWNER, body),
                "minister": (Role.MINISTERS_OFFICE, ministry),
            },
            **{f"sec-{one.code}": (Role.SECRETARY, one) for one in self.committees},
            **{f"m{n}-{one.code}": (Role.MEMBER, one) for one in self.committees for n in range(2)},
        )
        self.reporter, self.approver = made["reporter"], made["approver"]
        self.reporter_d, self.approver_d = made["reporter-d"], made["approver-d"]
        self.analyst, self.administrator = made["analyst"], made["administrator"]
        self.assessor, self.auditor = made["assessor"], made["auditor"]
        self.owner, self.ministers_office = made["owner"], made["minister"]
        self.secretaries = {one.code: made[f"sec-{one.code}"] for one in self.committees}
        self.members = {
            one.code: [made[f"m{n}-{one.code}"] for n in range(2)] for one in self.committees
        }

    @cached_property
    def by_role(self) -> dict[str, Person]:
        """One person for each role, and one without any."""
        return {
            "reporter": self.reporter,
            "approver": self.approver,
            "secretary": self.secretaries["L2-P"],
            "member": self.members["L2-P"][0],
            "analyst": self.analyst,
            "administrator": self.administrator,
            "assessor": self.assessor,
            "ministers_office": self.ministers_office,
            "central_owner": self.owner,
            "auditor": self.auditor,
            "nobody": person("nobody"),
        }


def answers_to_form(kind: str) -> list[dict[str, Any]]:
    """Whatever the form of a kind of 2567 asks, but for partners."""
    book_2567 = book(2567)
    return demo_answers(kind, book_2567.on(book_2567.year.last_day)) if book_2567 else []


def fields(number: str, **changed: Any) -> dict[str, Any]:
    """A complete KPI of a province, as the form gives it."""
    kind = changed.get("kind", "kind.area")
    return {
        "answers": answers_to_form(kind),
        "number": number,
        "component": "performance",
        "kind": "kind.area",
        "weight": None,
        "targets": ["80", "85", "90"],
        "evidence_plan": "รายงานประจำเดือน",
        "name": f"ตัวชี้วัดที่ {number}",
        "method": "ladder",
        "unit": "ร้อยละ",
        "direction": "higher",
        "accumulation": "last",
        "per": "100",
        "definition": "นิยาม",
        "formula": "ก ÷ ข × 100",
        "scope": "",
        "conditions": "",
        "data_source": "สำนักงานจังหวัด",
        "collection": "เก็บรายเดือน",
        "baseline": [
            {"year": 2564, "value": "70"},
            {"year": 2565, "value": "72"},
            {"year": 2566, "value": "75"},
        ],
        "owner": "สำนักงานจังหวัด",
        "owner_phone": "",
        "strategic_kpi": "",
        "strategic_link": "",
        "sdg": "",
        "international_index": "",
        "dimension": "economic",
    } | changed


ITEMS = [  # of a weighted average, as a KPI keeps them
    {
        "id": "1",
        "name": "ผู้ผ่านเกณฑ์",
        "weight": "0.6",
        "unit": "ร้อยละ",
        "direction": "higher",
        "targets": ["70", "80", "90"],
    },
    {
        "id": "2",
        "name": "ระยะเวลาให้บริการ",
        "weight": "0.4",
        "unit": "วัน",
        "direction": "lower",
        "targets": ["30", "20", "10"],
    },
]
WEIGHTS = ("20", "10", "10", "10", "10", "10")


@remembered
def draft(world: World, body: Body | None = None) -> Scorecard:
    """A draft of six KPIs that the rules accept."""
    from decimal import Decimal

    body = body or world.province
    by = world.reporter if body == world.province else world.reporter_d
    kind = "kind.area" if body == world.province else "kind.basic"
    card = open_scorecard(body, 2567, by=by, at=AT, on=ON)
    for place, weight in enumerate(WEIGHTS, start=1):
        values = fields(f"1.{place}", weight=Decimal(weight), kind=kind)
        save_kpi(card, values, by=by, at=AT, on=ON)
    return card


@remembered
def submitted(world: World, body: Body | None = None) -> Scorecard:
    card = draft(world, body)
    province_ = card.body == world.province
    SCORECARD_LIFE.move(
        card, "propose", by=world.reporter if province_ else world.reporter_d, at=AT, on=ON
    )
    SCORECARD_LIFE.move(
        card, "submit", by=world.approver if province_ else world.approver_d, at=AT, on=ON
    )
    return card


VACANT = "ยังแต่งตั้งไม่ครบ"  # the committees of the tests have three members each


@remembered
def open_sitting(
    world: World, committee_: Committee, *things: Any, on: date = ON, year: int = 2567
) -> Sitting:
    """A sitting in session, everyone there, with the things on the table."""
    secretary = world.secretaries[committee_.code]
    at = datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC)
    sitting = sitting_actions.call(
        committee_, year=year, held_at=at, place="ห้องประชุม 1", by=secretary, at=at, on=on
    )
    for thing in things:
        sitting_actions.put_on_agenda(sitting, thing, by=secretary, at=at, on=on)
    present = [secretary, *world.members[committee_.code]]
    sitting_actions.mark_attendance(sitting, present, by=secretary, at=at, on=on)
    SITTING_LIFE.move(sitting, "open", by=secretary, at=at, on=on, reason=VACANT)
    return sitting


def close(sitting: Sitting, *, by: Any, on: date = ON) -> None:
    """The sitting closes with its minutes, and what it resolved is carried out."""
    at = datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC)
    SITTING_LIFE.move(sitting, "close", by=by, at=at, on=on, minutes="มติตามที่เสนอ")


def resolved(
    world: World,
    committee_: Committee,
    thing: Any,
    outcome: str,
    *,
    on: date = ON,
    reason: str = "",
    year: int = 2567,
) -> Sitting:
    """A sitting that resolved this one thing, closed with its minutes."""
    sitting = _resolved(world, committee_, thing, outcome, on=on, reason=reason, year=year)
    thing.refresh_from_db()
    return sitting


@remembered
def _resolved(
    world: World,
    committee_: Committee,
    thing: Any,
    outcome: str,
    *,
    on: date,
    reason: str,
    year: int,
) -> Sitting:
    sitting = open_sitting(world, committee_, thing, on=on, year=year)
    secretary = world.secretaries[committee_.code]
    item = AgendaItem.objects.get(sitting=sitting)
    at = datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC)
    resolutions.resolve(item, outcome, by=secretary, at=at, on=on, reason=reason)
    close(sitting, by=secretary, on=on)
    return sitting


@remembered
def approved(world: World, body: Body | None = None) -> Scorecard:
    """Decided by the level-2 committee, waiting for OPDC to collect."""
    card = submitted(world, body)
    province_ = card.body == world.province
    resolved(world, world.level1 if province_ else world.level1d, card, "opinion")
    resolved(world, world.level2 if province_ else world.level2d, card, "approve")
    return card


@remembered
def in_force(world: World, body: Body | None = None) -> Scorecard:
    card = approved(world, body)
    SCORECARD_LIFE.move(card, "collect", by=world.analyst, at=AT, on=ON)
    resolved(world, world.sub, card, "acknowledge")
    SCORECARD_LIFE.move(card, "inform", by=world.analyst, at=AT, on=ON)
    return card


def kpi(card: Scorecard, number: str = "1.1") -> Kpi:
    return Kpi.objects.select_related("template__indicator").get(scorecard=card, number=number)


def request_fields(**changed: Any) -> dict[str, Any]:
    return {
        "ground": "disaster",
        "reason": "น้ำท่วมใหญ่",
        "evidence": "ประกาศจังหวัด 1/2567",
        "achieved": Decimal(65),
        "achieved_why": "",
        "cancels": False,
        "targets": ["70", "75", "80"],
    } | changed


def press(client: Client, page: str, name: str, **fields: str) -> Any:
    """Open a thing's page and press the button of a move, as a browser would: with what it saw."""
    seen = client.get(page).context["seen"]
    return client.post(f"{page}move/{name}/", {"seen": seen} | fields)


def told(
    world: World, change: Any, *, on: date = FEBRUARY, letter: str = "มท 0810/123", by: Any = None
) -> None:
    """The committee has told OPDC of a change that it approved."""
    secretary = by or world.secretaries["L2-P"]
    at = datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC)
    CHANGE_LIFE.move(change, "tell", by=secretary, at=at, on=on, day=on, letter=letter)
