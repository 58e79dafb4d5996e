"""A whole nation's invented data, for measuring: bodies, people, indicators, ten past years.

Written in bulk, not by the actions, so it belongs in a database of its own; every row says demo.
The year's scorecards hold what its rulebook asks for; where they are all in force, their KPIs are
those of `nation_plan`. Past years are in `national_past`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from esar.agree.indicators.actions import template_of_the_rules
from esar.agree.indicators.models import Indicator, IndicatorVersion
from esar.agree.indicators.queries import listed_for
from esar.agree.province_kpis.queries import LIST
from esar.agree.scorecards.checks import (
    components_given,
    components_with_kinds,
    kinds_for,
    rules_of,
)
from esar.agree.scorecards.content import content
from esar.agree.scorecards.models import Kpi, Offer, Scorecard, ScorecardVersion
from esar.agree.scorecards.states import State
from esar.demo.agendas import make_agendas
from esar.demo.answers import demo_answers
from esar.demo.indexes import make_demo_index
from esar.demo.nation_plan import PERFORMANCE, PlannedKpi, plan_of_nation
from esar.demo.national_past import make_past
from esar.demo.national_reports import make_reports
from esar.demo.national_strategic import make_strategic
from esar.demo.national_year import make_change_requests, make_follow_ups
from esar.demo.outside_results import make_demo_outside_results
from esar.demo.portfolios import make_demo_portfolios
from esar.demo.sample_year import shares
from esar.demo.self_evaluations import make_demo_self_evaluations
from esar.kernel.chain import digest
from esar.law.rules.years import FiscalYear
from esar.platform.history.actions import record_many
from esar.platform.organisations.models import Appointment, Body, Committee, Person, Role
from esar.platform.ui import books
from esar.report.reports.models import Report
from esar.report.reports.queries import rounds_of

YEAR, PAST_YEARS, INDICATORS, PEOPLE = 2567, 10, 3000, 2000
REPORTERS, APPROVERS = 6, 2  # of each body
STATES = (State.DRAFT, State.PROPOSED, State.OPINION, State.DECIDE, State.COLLECT, State.IN_FORCE)
SUBJECTS = ("รายได้", "ร้อยละความสำเร็จ", "อัตราการลดลง", "จำนวน", "ระดับความพึงพอใจ", "มูลค่า", "สัดส่วน")
THINGS = (
    "การท่องเที่ยวชุมชน",
    "สินค้าเกษตรปลอดภัย",
    "ผู้ประกอบการรายย่อย",
    "ฝุ่นละออง",
    "น้ำเสีย",
    "การค้าชายแดน",
    "บริการดิจิทัล",
    "เด็กปฐมวัย",
    "ผู้สูงอายุ",
    "ขยะมูลฝอย",
    "ข้อร้องเรียน",
    "พื้นที่ป่า",
    "หมู่บ้านปลอดยาเสพติด",
)
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
    results: int = 0
    months: int = 0
    reports: int = 0
    strategic: int = 0


@transaction.atomic
def make_nation(
    *,
    at: datetime,
    progress: Callable[[str, int, int], None],
    in_force: bool = False,
    past_years: int = PAST_YEARS,
) -> Counts:
    """Fill an empty work database; `progress(what, done, all)` is told.

    `in_force`: every body's scorecard of the year is in force, with the KPIs of the plan; else
    they stand in all states, with as many KPIs as the body has indicators.
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
    plan = _plan(bodies)
    versions = _indicators(bodies, plan, random, progress)
    counts.indicators = sum(map(len, versions.values()))
    years = range(YEAR - past_years, YEAR + 1)
    for place, year in enumerate(years, start=1):
        _year(_Year(year, bodies, versions, plan, random, at, in_force), counts)
        progress(f"{year}", place, len(years))
    make_demo_index(at=at)
    make_agendas(plan, versions, at=at)
    make_demo_self_evaluations(at=at)
    make_demo_outside_results(at=at)
    make_demo_portfolios(at=at)
    if in_force:
        counts.strategic = make_strategic(at=at)
    if in_force and timezone.localdate(at) > FiscalYear(YEAR).last_day:
        make_follow_ups(at=at)
        make_change_requests(at=at)
        make_reports(at=at)
    return counts


def _people(bodies: list[Body], random: Random, progress: Any) -> int:
    """Reporters and approvers of every body, members of every committee."""
    people = [
        Person(
            email=f"person{number}@example.test",
            name=f"บุคคลสาธิต {number:04d}",
            is_demo=True,
            mail="none",
            password="!",
            position=random.choice(("นักวิเคราะห์นโยบาย", "ผู้อำนวยการ")),
        )
        for number in range(1, PEOPLE + 1)
    ]
    Person.objects.bulk_create(people, BATCH)
    committees = list(Committee.objects.all())
    since, appointments = date(2014, 10, 1), []
    for number, person in enumerate(people):
        if number < (APPROVERS + REPORTERS) * len(bodies):
            role = Role.APPROVER if number < APPROVERS * len(bodies) else Role.REPORTER
            body = bodies[number % len(bodies)]
            appointments.append(Appointment(person=person, role=role, body=body, first_day=since))
        else:
            committee = committees[number % len(committees)]
            appointments.append(
                Appointment(
                    person=person,
                    role=Role.MEMBER,
                    committee=committee,
                    first_day=since,
                    seat="กรรมการ",
                )
            )
    Appointment.objects.bulk_create(appointments, BATCH)
    progress("people", len(people), len(people))
    return len(people)


def _plan(bodies: list[Body]) -> dict[str, list[PlannedKpi]]:
    """Body's code → the KPIs that it has in the year of the plan."""
    departments = {
        body.code: body.parent.code if body.parent else ""
        for body in bodies
        if body.kind == Body.Kind.DEPARTMENT
    }
    provinces = {body.code: body.name_th for body in bodies if body.kind == Body.Kind.PROVINCE}
    names = {
        version.indicator.listed_as.rpartition("/")[2]: version.name for version in listed_for(YEAR)
    }
    return plan_of_nation(departments, provinces, names)


def _indicators(
    bodies: list[Body], plan: dict[str, list[PlannedKpi]], random: Random, progress: Any
) -> dict[int, list[IndicatorVersion]]:
    """Body id → its indicators, each with one version: those of the plan come first."""
    places = [(bodies[n % len(bodies)], n // len(bodies)) for n in range(INDICATORS)]
    planned = [
        plan[body.code][place] if place < len(plan[body.code]) else None for body, place in places
    ]
    indicators = [
        Indicator(
            code=f"{body.code}-{place + 1:03d}",
            body=body,
            listed_as=f"{LIST}/{kpi.item}" if kpi and kpi.item else "",
        )
        for (body, place), kpi in zip(places, planned, strict=True)
    ]
    Indicator.objects.bulk_create(indicators, BATCH)
    versions = [
        IndicatorVersion(
            indicator=one,
            number=1,
            fiscal_year=YEAR - PAST_YEARS,
            unit=kpi.unit if kpi else "ร้อยละ",
            name=kpi.name if kpi else f"{random.choice(SUBJECTS)}{random.choice(THINGS)} (สาธิต)",
            direction=kpi.direction if kpi else random.choice(("higher", "higher", "lower")),
            strategic_link=kpi.strategic_link if kpi else "",
            dimension=kpi.dimension if kpi else "",
            definition="นิยามสาธิต",
            formula="ก ÷ ข × 100",
            data_source="หน่วยงาน",
            collection="รายเดือน",
            owner="กองแผนงาน",
            baseline=[{"year": YEAR - back, "value": str(60 + back)} for back in (3, 2, 1)],
        )
        for one, kpi in zip(indicators, planned, strict=True)
    ]
    IndicatorVersion.objects.bulk_create(versions, BATCH)
    by_body: dict[int, list[IndicatorVersion]] = {}
    for version in versions:
        assert version.indicator.body_id is not None
        by_body.setdefault(version.indicator.body_id, []).append(version)
    progress("indicators", len(versions), len(versions))
    return by_body


@dataclass
class _Year:
    """What a year is made of. `given` keeps the templates of components that others give."""

    year: int
    bodies: list[Body]
    versions: dict[int, list[IndicatorVersion]]
    plan: dict[str, list[PlannedKpi]]
    random: Random
    at: datetime
    in_force: bool
    given: dict[str, IndicatorVersion] = field(default_factory=dict)

    def partner(self, kpi: PlannedKpi) -> dict[str, str]:
        """The body that a KPI is shared with, by code; nothing where it is shared with none."""
        return {body.code: body.name_th for body in self.bodies if body.code == kpi.partner}

    @property
    def is_now(self) -> bool:
        return self.year == YEAR


def _year(nation_year: _Year, counts: Counts) -> None:
    cards = [
        Scorecard(
            body=body,
            fiscal_year=nation_year.year,
            since=nation_year.at,
            is_demo=True,
            state=_state(n, body, nation_year),
            version=0,
        )
        for n, body in enumerate(nation_year.bodies)
    ]
    kpis = {card.body_id: _kpis(card, nation_year) for card in cards}
    contents = [content(card, kpis[card.body_id]) for card in cards]
    for card, content_ in zip(cards, contents, strict=True):
        if card.state in (State.IN_FORCE, State.COLLECT):
            card.approved_sha256 = digest(content_)
            card.version = int(card.state == State.IN_FORCE)
    Scorecard.objects.bulk_create(cards, BATCH)
    for kpis_of_body in kpis.values():
        for kpi in kpis_of_body:
            kpi.scorecard_id = kpi.scorecard.pk
    every = [kpi for listed in kpis.values() for kpi in listed]
    Kpi.objects.bulk_create(every, BATCH)
    _versions([pair for pair in zip(cards, contents, strict=True) if pair[0].version], nation_year)
    by = Person.objects.order_by("pk")[0]
    if nation_year.is_now:
        _offers(every, by, nation_year.at)
        counts.reports += _reports(cards, nation_year.at)
    else:
        results, months = make_past(cards, kpis, nation_year.random, by=by, at=nation_year.at)
        counts.results += results
        counts.months += months
    events = list(_events(cards))
    record_many(events, by=by, at=nation_year.at)
    counts.scorecards += len(cards)
    counts.kpis += len(every)
    counts.events += len(events)


def _state(place: int, body: Body, nation_year: _Year) -> str:
    """Past years are in force; this year the demo's own two bodies begin, the others spread."""
    if nation_year.in_force or not nation_year.is_now:
        return State.IN_FORCE
    return State.DRAFT if body.code in ("TH-74", "DIT") else STATES[place % len(STATES)]


def _versions(frozen: list[tuple[Scorecard, dict[str, Any]]], nation_year: _Year) -> None:
    book, first = books.book(nation_year.year), date(nation_year.year - 544, 11, 1)
    ScorecardVersion.objects.bulk_create(
        [
            ScorecardVersion(
                scorecard=card,
                number=1,
                content=held,
                sha256=card.approved_sha256,
                rulebook_sha256=book.sha256 if book and nation_year.is_now else "0" * 64,
                resolution=f"ครั้งที่ 1/{nation_year.year} (สาธิต)",
                in_force_from=first,
                public_from=first,
            )
            for card, held in frozen
        ],
        BATCH,
    )


def _offers(kpis: list[Kpi], by: Person, at: datetime) -> None:
    Offer.objects.bulk_create(
        [
            Offer(
                scorecard=kpi.scorecard,
                number=kpi.number,
                side="body",
                by=by,
                at=at,
                name=kpi.template.name,
                weight=kpi.weight,
                targets=kpi.targets,
            )
            for kpi in kpis
        ],
        BATCH,
    )


def _reports(cards: list[Scorecard], at: datetime) -> int:
    """The shells of what is in force; how many."""
    shells = [
        Report(scorecard=card, round_id=round_id, since=at)
        for card in cards
        if card.state == State.IN_FORCE
        for round_id in rounds_of(rules_of(card)[1])
    ]
    return len(Report.objects.bulk_create(shells, BATCH))


def _kpis(card: Scorecard, nation_year: _Year) -> list[Kpi]:
    """This year as its rulebook asks for it; earlier years, with mostly no rulebook, at 100 %."""
    own = nation_year.versions[card.body_id]
    if not nation_year.is_now:
        return _own(card, own, nation_year, Decimal(100), "performance", ("kind.area",))
    _, rules = rules_of(card)
    fixed = [
        Kpi(
            scorecard=card,
            number=rule.value.number,
            component=rule.id,
            weight=rule.value.weight,
            template=_given(rule.id, rule.label.th, nation_year),
        )
        for rule in components_given(rules)
    ]
    home = components_with_kinds(rules)[0]
    if nation_year.in_force:
        return _planned(card, own, nation_year, home.id) + fixed
    kinds = tuple(kinds_for(rules, home.id))
    whole = home.value.weight or Decimal(100)
    return _own(card, own, nation_year, whole, home.id, kinds) + fixed


def _given(rule_id: str, name: str, nation_year: _Year) -> IndicatorVersion:
    if rule_id not in nation_year.given:
        nation_year.given[rule_id] = template_of_the_rules(
            rule_id, name, nation_year.year, "given", "คะแนน"
        )
    return nation_year.given[rule_id]


def _planned(
    card: Scorecard, versions: list[IndicatorVersion], nation_year: _Year, component: str
) -> list[Kpi]:
    """The KPIs of the plan, with weights that are the component's together."""
    planned, (_, rules) = nation_year.plan[card.body.code], rules_of(card)
    weights = shares(PERFORMANCE, len(planned), nation_year.random)
    return [
        Kpi(
            scorecard=card,
            number=f"1.{place}",
            component=component,
            template=version,
            kind=kpi.kind,
            answers=demo_answers(kpi.kind, rules, nation_year.partner(kpi)),
            weight=Decimal(weight),
            targets=list(kpi.targets),
            evidence_plan="รายเดือน",
        )
        for place, (version, kpi, weight) in enumerate(
            zip(versions, planned, weights, strict=False), start=1
        )
    ]


def _own(
    card: Scorecard,
    versions: list[IndicatorVersion],
    nation_year: _Year,
    whole: Decimal,
    component: str,
    kinds: tuple[str, ...],
) -> list[Kpi]:
    """A KPI for each indicator, of equal weights that are `whole` together."""
    weights = [(whole / len(versions)).quantize(Decimal("0.0001"))] * len(versions)
    weights[0] += whole - sum(weights)
    kpis = []
    for place, version in enumerate(versions, start=1):
        low = nation_year.random.randint(40, 70)
        targets = [str(low), str(low + 5), str(low + 10)]
        if version.direction == "lower":
            targets.reverse()
        kpis.append(
            Kpi(
                scorecard=card,
                number=f"1.{place}",
                component=component,
                template=version,
                kind=nation_year.random.choice(kinds),
                weight=weights[place - 1],
                targets=targets,
                evidence_plan="รายเดือน",
            )
        )
    return kpis


def _events(cards: list[Scorecard]) -> Iterator[tuple[str, Scorecard, str]]:
    for card in cards:
        for verb in ("opened", "propose", "submit"):
            yield f"scorecard.{verb}", card, card.body.code
