"""Reads of strategic KPIs: where each stands on a day, and which departments' KPIs it reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from esar.agree.committees.models import AgendaItem
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.in_force import in_force_on
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.strategic_kpis.achieved import strategic_law
from esar.agree.strategic_kpis.models import Cascade, CascadeDecision, StrategicKpi
from esar.agree.strategic_kpis.states import StrategicState
from esar.law.rules.book import Rules
from esar.law.rules.kinds import KpiKind, StrategicKpis
from esar.platform.organisations.models import Body, Committee, Jurisdiction, Role
from esar.platform.organisations.queries import committees_of, sees_everything

LEVEL_2 = 2
JOINT, STRATEGIC, OTHER = CLASSES = ("joint", "strategic", "other")
CASCADED, NOT_CASCADED, UNDECIDED = STANDINGS = ("cascaded", "not_cascaded", "undecided")


@dataclass(frozen=True)
class Host:
    """A body that answers for strategic KPIs, the committee that decides, and its bodies."""

    body: Body
    committee: Committee
    bodies: tuple[int, ...]


def hosts_of_year(year: int) -> list[Host]:
    """Who answers for strategic KPIs in a year, one for each level-2 committee. One query.

    It is the ministry of the committee's departments; a body whose ministry has several committees,
    and that has one to itself, is its own host.
    """
    rows = Jurisdiction.objects.filter(
        Q(committee__first_year=None) | Q(committee__first_year__lte=year),
        Q(committee__last_year=None) | Q(committee__last_year__gte=year),
        committee__level=LEVEL_2,
        body__kind=Body.Kind.DEPARTMENT,
    ).select_related("committee", "body__parent")
    bodies: dict[Committee, list[Body]] = defaultdict(list)
    committees: dict[int | None, set[int]] = defaultdict(set)
    for row in rows.order_by("committee__code", "body__code"):
        bodies[row.committee].append(row.body)
        committees[row.body.parent_id].add(row.committee_id)
    return [
        Host(_host(its_bodies, committees), committee, tuple(body.pk for body in its_bodies))
        for committee, its_bodies in bodies.items()
    ]


def _host(bodies: list[Body], committees: dict[int | None, set[int]]) -> Body:
    first = bodies[0]
    stands_alone = len(bodies) == 1 and len(committees[first.parent_id]) > 1
    return first if stands_alone or first.parent is None else first.parent


def committees_of_hosts(year: int) -> dict[int, Committee]:
    """Host's id → the level-2 committee that decides on it in a year. One query."""
    return {host.body.pk: host.committee for host in hosts_of_year(year)}


def hosts_of(committee: Committee, year: int) -> Q:
    """The condition on strategic KPIs whose host the committee decides on. One query."""
    hosts = [host.body.pk for host in hosts_of_year(year) if host.committee == committee]
    return Q(host__in=hosts)


def visible_strategic(person: Any, day: date) -> QuerySet[StrategicKpi]:
    """OPDC sees all, committees what has reached them, other people what was told.

    Visitors see what is in force.
    """
    rows = StrategicKpi.objects.select_related("host")
    if not person.is_authenticated:
        return rows.filter(state=StrategicState.IN_FORCE)
    if sees_everything(person, day):
        return rows
    visible_states: list[str] = [StrategicState.TOLD, StrategicState.IN_FORCE]
    committees = committees_of(person, day, Role.SECRETARY, Role.MEMBER)
    if Committee.objects.filter(pk__in=committees, level__lt=LEVEL_2).exists():
        visible_states += [StrategicState.OPINION, StrategicState.DECIDE, StrategicState.APPROVED]
    return rows.filter(state__in=visible_states)


def waiting_for(committee: Committee, year: int) -> QuerySet[StrategicKpi]:
    """What of a year a committee has to resolve on and is on no table yet. One query."""
    tabled = AgendaItem.objects.filter(carried_out_at=None, paper__isnull=False)
    on_a_table = StrategicKpi.objects.filter(papers__in=tabled.values("paper"))
    return undecided_by(committee, year).exclude(pk__in=on_a_table.values("pk"))


def undecided_by(committee: Committee, year: int) -> QuerySet[StrategicKpi]:
    """The strategic KPIs of a year that a committee has to resolve on. One query."""
    rows = StrategicKpi.objects.select_related("host")
    law = strategic_law(year)
    if law is None:
        return rows.none()
    if committee.rule_id == law.value.opinion_by:
        return rows.filter(state=StrategicState.OPINION, fiscal_year=year)
    if committee.rule_id == law.value.approved_by:
        return rows.filter(state=StrategicState.DECIDE, fiscal_year=year)
    if committee.level != LEVEL_2:
        return rows.none()
    decided = CascadeDecision.objects.filter(fiscal_year=year, strategic=OuterRef("pk"))
    rows = rows.filter(
        hosts_of(committee, year), state__in=(StrategicState.TOLD, StrategicState.IN_FORCE)
    )
    return rows.annotate(decided=Subquery(decided.values("pk")[:1])).filter(decided=None)


@dataclass(frozen=True)
class KpiInForce:
    """A KPI of a body's scorecard as it is in force on a day."""

    body: Body
    scorecard_id: int
    version: int
    kpi: AgreedKpi

    @property
    def key(self) -> tuple[int, str]:
        """Its identity: the indicator on the scorecard."""
        return self.scorecard_id, self.kpi.indicator


def kpis_in_force(
    year: int, day: date, rules: Rules, *, kind: str = Body.Kind.DEPARTMENT
) -> list[KpiInForce]:
    """The KPIs that bodies of a class chose for a year, as in force on a day. One query.

    Those that the framework itself gives every body are not among them, nor cancelled ones.
    """
    kinds = {rule.id for rule in rules.of_kind(KpiKind)}
    return [
        KpiInForce(row.body, row.scorecard_id, row.version, kpi)
        for row in in_force_on(year, day, kind)
        for kpi in row.agreed.kpis
        if kpi.kind in kinds and not kpi.cancelled
    ]


@dataclass(frozen=True)
class Link:
    """A department's KPI that a strategic KPI reaches; `reached` where it is in force."""

    relation: str
    body: Body
    indicator: str
    reached: KpiInForce | None

    @property
    def name(self) -> str:
        return self.reached.kpi.name if self.reached else self.indicator


@dataclass(frozen=True)
class Standing:
    """Where a strategic KPI stands in a year: the decision that counts, and its links."""

    strategic: StrategicKpi
    decision: CascadeDecision | None
    links: tuple[Link, ...] = ()

    @property
    def in_force(self) -> list[Link]:
        return [link for link in self.links if link.reached is not None]

    @property
    def standing(self) -> str:
        """Cascaded only with a link in force, whatever was decided."""
        if self.decision is None:
            return UNDECIDED
        return CASCADED if self.decision.cascaded and self.in_force else NOT_CASCADED

    @property
    def counted_as(self) -> str:
        """Cascaded, or among the rest."""
        return CASCADED if self.standing == CASCADED else NOT_CASCADED

    @cached_property
    def bodies(self) -> list[Body]:
        return list({link.body.pk: link.body for link in self.links}.values())


def standings(
    year: int, day: date, kpis: Sequence[KpiInForce], rows: Iterable[StrategicKpi] | None = None
) -> list[Standing]:
    """Where the strategic KPIs in force on a day stand in a year. At most four queries.

    `rows` are those that are asked about; by default all that are in force then.
    """
    if rows is None:
        rows = StrategicKpi.objects.filter(in_force_from__lte=day).select_related("host")
    strategic_kpis = list(rows)
    decisions = _newest_decisions(year, day)
    links = _links(year, kpis)
    return [
        Standing(row, decision, tuple(links[decision.pk] if decision else ()))
        for row in strategic_kpis
        for decision in [decisions.get(row.pk)]
    ]


def _newest_decisions(year: int, day: date) -> dict[int, CascadeDecision]:
    """Strategic KPI's id → the decision that counts on a day. One query."""
    rows = CascadeDecision.objects.filter(fiscal_year=year, decided_on__lte=day)
    return {row.strategic_id: row for row in rows.order_by("number")}


def _links(year: int, kpis: Sequence[KpiInForce]) -> dict[int, list[Link]]:
    """Decision's id → its links. Two queries; one where each reached body has KPIs in force."""
    rows = Cascade.objects.filter(decision__fiscal_year=year).order_by("pk")
    cascades = list(
        rows.values_list("decision", "relation", "scorecard", "scorecard__body", "indicator__code")
    )
    in_force = {kpi.key: kpi for kpi in kpis}
    bodies = {kpi.body.pk: kpi.body for kpi in kpis}
    reached = {body for *_, body, _indicator in cascades}
    bodies |= Body.objects.select_related("parent").in_bulk(reached - bodies.keys())
    links: dict[int, list[Link]] = defaultdict(list)
    for decision, relation, scorecard, body, indicator in cascades:
        kpi = in_force.get((scorecard, indicator))
        links[decision].append(Link(relation, bodies[body], indicator, kpi))
    return links


@dataclass(frozen=True)
class Classed:
    """A department's KPI in force with the class that it is counted in."""

    in_force: KpiInForce
    klass: str
    strategic: tuple[StrategicKpi, ...] = ()

    @property
    def codes(self) -> str:
        return ", ".join(one.code for one in self.strategic)


def classed(
    kpis: Iterable[KpiInForce], standing: Iterable[Standing], rules: Rules
) -> list[Classed]:
    """Every KPI in one class: joint by agenda first, else cascaded, else other."""
    law = rules.the(StrategicKpis)
    joint = law.value.joint_kinds if law else ()
    reached: dict[tuple[int, str], list[StrategicKpi]] = defaultdict(list)
    for row in standing:
        for link in row.in_force if row.standing == CASCADED else ():
            assert link.reached is not None
            reached[link.reached.key].append(row.strategic)
    return [
        Classed(kpi, _class(kpi, joint, reached), tuple(reached.get(kpi.key, ()))) for kpi in kpis
    ]


def _class(
    kpi: KpiInForce, joint: tuple[str, ...], reached: dict[tuple[int, str], list[StrategicKpi]]
) -> str:
    if kpi.kpi.kind in joint:
        return JOINT
    return STRATEGIC if kpi.key in reached else OTHER


def candidates(committee: Committee, year: int) -> QuerySet[Kpi]:
    """The KPIs of a committee's bodies that a strategic KPI may reach. One query."""
    bodies = Jurisdiction.objects.filter(committee=committee).values("body")
    kpis = Kpi.objects.filter(
        scorecard__body__in=bodies, scorecard__fiscal_year=year, cancelled=""
    ).exclude(kind="")
    kpis = kpis.select_related("scorecard__body", "template__indicator")
    return kpis.order_by("scorecard__body__name_key", "number")


def offered_to(scorecard: Scorecard, **_more: Any) -> dict[str, str]:
    """Code → name of the strategic KPIs that its host told the body's committee of. Two queries."""
    year = scorecard.fiscal_year
    if strategic_law(year) is None:
        return {}
    hosts = [host.body.pk for host in hosts_of_year(year) if scorecard.body_id in host.bodies]
    rows = StrategicKpi.objects.filter(host__in=hosts, fiscal_year__lte=year)
    rows = rows.filter(state__in=(StrategicState.TOLD, StrategicState.IN_FORCE))
    return dict(rows.order_by("code").values_list("code", "name"))
