"""A whole nation's invented data, for measuring: bodies, people, indicators, ten past years.

Written in bulk, not by the actions, so it belongs in a database of its own; every row says demo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from esar.chain import digest
from esar.history.actions import record_many
from esar.organisations.models import Appointment, Body, Committee, Person, Role
from esar.scorecards.content import content
from esar.scorecards.models import (
    Indicator,
    IndicatorVersion,
    Kpi,
    Offer,
    Scorecard,
    ScorecardVersion,
)
from esar.scorecards.states import State

YEAR, PAST_YEARS, INDICATORS, PEOPLE = 2567, 10, 3000, 2000
STATES = (State.DRAFT, State.PROPOSED, State.OPINION, State.DECIDE, State.COLLECT, State.IN_FORCE)
SUBJECTS = ("รายได้", "ร้อยละความสำเร็จ", "อัตราการลดลง", "จำนวน", "ระดับความพึงพอใจ", "มูลค่า", "สัดส่วน")
THINGS = (
    "การท่องเที่ยวชุมชน", "สินค้าเกษตรปลอดภัย", "ผู้ประกอบการรายย่อย", "ฝุ่นละออง", "น้ำเสีย", "การค้าชายแดน",
    "บริการดิจิทัล", "เด็กปฐมวัย", "ผู้สูงอายุ", "ขยะมูลฝอย", "ข้อร้องเรียน", "พื้นที่ป่า", "หมู่บ้านปลอดยาเสพติด",
)  # fmt: skip
BATCH = 500


@dataclass
class Counts:
    """What was made."""

    bodies: int = 0
    people: int = 0
    indicators: int = 0
    scorecards: int = 0
    kpis: int = 0
    events: int = 0


@transaction.atomic
def make_nation(*, at: datetime, progress: Callable[[str, int, int], None]) -> Counts:
    """Fill an empty work database; `progress(what, done, all)` is told.

    Errors: RuntimeError when there are scorecards already.
    """
    if Scorecard.objects.exists():
        raise RuntimeError("there are scorecards already")
    random, counts = Random(YEAR), Counts()
    bodies = list(
        Body.objects.filter(evaluated_from__lte=date(2023, 10, 1)).select_related("parent")
    )
    counts.bodies = len(bodies)
    counts.people = _people(bodies, random, progress)
    versions = _indicators(bodies, random, progress)
    counts.indicators = sum(map(len, versions.values()))
    years = range(YEAR - PAST_YEARS, YEAR + 1)
    for place, year in enumerate(years, start=1):
        cards, kpis, events = _year(year, bodies, versions, random, at)
        counts.scorecards += cards
        counts.kpis += kpis
        counts.events += events
        progress(f"{year}", place, len(years))
    return counts


def _people(bodies: list[Body], random: Random, progress: Any) -> int:
    """Reporters and approvers of every body, members of every committee."""
    people = [
        Person(
            email=f"person{number}@example.test", name=f"บุคคลสาธิต {number:04d}", is_demo=True,
            mail="none", password="!", position=random.choice(("นักวิเคราะห์นโยบาย", "ผู้อำนวยการ")),
        )
        for number in range(1, PEOPLE + 1)
    ]  # fmt: skip
    Person.objects.bulk_create(people, BATCH)
    committees = list(Committee.objects.all())
    since, appointments = date(2014, 10, 1), []
    for number, person in enumerate(people):
        if number < 4 * len(bodies):
            role = Role.APPROVER if number < len(bodies) else Role.REPORTER
            body = bodies[number % len(bodies)]
            appointments.append(Appointment(person=person, role=role, body=body, first_day=since))
        else:
            committee = committees[number % len(committees)]
            appointments.append(
                Appointment(
                    person=person, role=Role.MEMBER, committee=committee, first_day=since,
                    seat="กรรมการ",
                )
            )  # fmt: skip
    Appointment.objects.bulk_create(appointments, BATCH)
    progress("people", len(people), len(people))
    return len(people)


def _indicators(
    bodies: list[Body], random: Random, progress: Any
) -> dict[int, list[IndicatorVersion]]:
    """Body id → its indicators, each with one version."""
    made = [
        Indicator(
            code=f"{bodies[n % len(bodies)].code}-{n // len(bodies) + 1:03d}",
            body=bodies[n % len(bodies)],
        )
        for n in range(INDICATORS)
    ]
    Indicator.objects.bulk_create(made, BATCH)
    versions = [
        IndicatorVersion(
            indicator=one, number=1, fiscal_year=YEAR - PAST_YEARS, unit="ร้อยละ",
            name=f"{random.choice(SUBJECTS)}{random.choice(THINGS)} (สาธิต)",
            direction=random.choice(("higher", "higher", "lower")), definition="นิยามสาธิต",
            formula="ก ÷ ข × 100", data_source="หน่วยงาน", collection="รายเดือน", owner="กองแผนงาน",
            baseline=[{"year": YEAR - back, "value": str(60 + back)} for back in (3, 2, 1)],
        )
        for one in made
    ]  # fmt: skip
    IndicatorVersion.objects.bulk_create(versions, BATCH)
    found: dict[int, list[IndicatorVersion]] = {}
    for version in versions:
        assert version.indicator.body_id is not None
        found.setdefault(version.indicator.body_id, []).append(version)
    progress("indicators", len(versions), len(versions))
    return found


def _year(
    year: int, bodies: list[Body], versions: dict[int, list[IndicatorVersion]], random: Random,
    at: datetime,
) -> tuple[int, int, int]:  # fmt: skip
    now = year == YEAR
    cards = [
        Scorecard(
            body=body, fiscal_year=year, since=at, is_demo=True,
            state=_state(n, body, now=now), version=0,
        )
        for n, body in enumerate(bodies)
    ]  # fmt: skip
    kpis: dict[int, list[Kpi]] = {
        n: _kpis(card, versions[card.body_id], random) for n, card in enumerate(cards)
    }
    frozen = []
    for n, card in enumerate(cards):
        if card.state in (State.IN_FORCE, State.COLLECT):
            held = content(card, kpis[n])
            card.approved_sha256 = digest(held)
            if card.state == State.IN_FORCE:
                card.version = 1
                frozen.append((card, held))
    Scorecard.objects.bulk_create(cards, BATCH)
    for listed in kpis.values():
        for kpi in listed:
            kpi.scorecard_id = kpi.scorecard.pk
    Kpi.objects.bulk_create([kpi for listed in kpis.values() for kpi in listed], BATCH)
    ScorecardVersion.objects.bulk_create(
        [
            ScorecardVersion(
                scorecard=card, number=1, content=held, sha256=card.approved_sha256,
                rulebook_sha256="0" * 64, resolution=f"ครั้งที่ 1/{year} (สาธิต)",
                in_force_from=date(year - 544, 11, 1), public_from=date(year - 544, 11, 1),
            )
            for card, held in frozen
        ],
        BATCH,
    )  # fmt: skip
    by = Person.objects.order_by("pk")[0]
    if now:
        Offer.objects.bulk_create(
            [
                Offer(
                    scorecard=kpi.scorecard, number=kpi.number, side="body", by=by, at=at,
                    name=kpi.template.name, weight=kpi.weight, targets=kpi.targets,
                )
                for listed in kpis.values() for kpi in listed
            ],
            BATCH,
        )  # fmt: skip
    events = list(_events(cards))
    record_many(events, by=by, at=at)
    return len(cards), sum(map(len, kpis.values())), len(events)


def _state(place: int, body: Body, *, now: bool) -> str:
    """Past years are in force; this year the demo's own two bodies begin, the others spread."""
    if not now:
        return State.IN_FORCE
    return State.DRAFT if body.code in ("TH-74", "DIT") else STATES[place % len(STATES)]


def _kpis(card: Scorecard, versions: list[IndicatorVersion], random: Random) -> list[Kpi]:
    share = Decimal(100) / len(versions)
    weights = [share.quantize(Decimal("0.0001"))] * len(versions)
    weights[0] += Decimal(100) - sum(weights)
    made = []
    for place, version in enumerate(versions, start=1):
        low = random.randint(40, 70)
        targets = [str(low), str(low + 5), str(low + 10)]
        if version.direction == "lower":
            targets.reverse()
        made.append(
            Kpi(
                scorecard=card, number=f"1.{place}", component="performance", kind="kind.area",
                template=version, weight=weights[place - 1], targets=targets, evidence_plan="รายเดือน",
            )
        )  # fmt: skip
    return made


def _events(cards: list[Scorecard]) -> Iterator[tuple[str, Scorecard, str]]:
    for card in cards:
        for verb in ("opened", "propose", "submit"):
            yield f"scorecard.{verb}", card, card.body.code
