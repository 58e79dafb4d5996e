"""The invented nation's strategic KPIs: as many as the Cabinet was told of, and their cascade.

Every department's KPI of the plan that has a `strategic_link` comes from one strategic KPI of its
host; the plan's others reach nobody. Written in bulk, as the rest of the nation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

from esar.agree.committees.models import Sitting
from esar.agree.committees.queries import number_year
from esar.agree.scorecards.models import Kpi
from esar.agree.strategic_kpis.achieved import strategic_law
from esar.agree.strategic_kpis.models import Cascade, CascadeDecision, StrategicKpi
from esar.agree.strategic_kpis.queries import Host, hosts_of_year
from esar.demo.nation_plan import JOINT_KIND, YEAR, sample
from esar.platform.history.actions import record_many
from esar.platform.organisations.models import Person

HELD = datetime(2023, 10, 16, 2, 0, tzinfo=UTC)  # before the scorecards came into force
RESOLUTIONS = ("อ.ก.พ.ร. ครั้งที่ 6/2566 (สาธิต)", "อ.ก.พ.ร. ครั้งที่ 7/2566 (สาธิต)")
VERBS = ("drafted", "submit", "opinion", "approve", "tell", "enforce")
UNMEASURED_EVERY = 9  # strategic KPIs: one in so many is not measured in one of its years
BATCH = 500


@dataclass
class _Share:
    """What a host has: its departments' linked KPIs in groups, and how many more."""

    host: Host
    reaches: list[list[Kpi]] = field(default_factory=list)
    others: int = 0


def make_strategic(*, at: datetime) -> int:
    """Write them all, in force, each decided by its host's committee. Gives how many."""
    plan, random = sample()["strategic"], Random(YEAR)
    by = Person.objects.order_by("pk")[0]
    shares = _shares(plan)
    rows: list[tuple[StrategicKpi, list[Kpi], Host]] = []
    names = _names(plan, random)
    for share in shares:
        groups = [*share.reaches, *([] for _ in range(share.others))]
        for number, group in enumerate(groups, start=1):
            rows.append(
                (_strategic(share.host, number, group, plan, names, random, at), group, share.host)
            )
    StrategicKpi.objects.bulk_create([row for row, _, _ in rows], BATCH)
    sittings = {share.host.committee.pk: _sitting(share.host, at) for share in shares}
    Sitting.objects.bulk_create(sittings.values(), BATCH)
    _decide(rows, sittings, plan, by=by, at=at)
    events = ((f"strategic.{verb}", row, row.host.code) for row, _, _ in rows for verb in VERBS)
    record_many(events, by=by, at=at)
    return len(rows)


def _shares(plan: dict[str, Any]) -> list[_Share]:
    """What each host has: every linked KPI once, in as many groups as are cascaded together."""
    hosts = hosts_of_year(YEAR)
    shares = {host.committee.pk: _Share(host) for host in hosts}
    by_body = {body: share for share in shares.values() for body in share.host.bodies}
    kpis = Kpi.objects.filter(scorecard__fiscal_year=YEAR, cancelled="")
    kpis = kpis.exclude(template__strategic_link="").exclude(kind=JOINT_KIND)
    for kpi in kpis.select_related("scorecard", "template__indicator").order_by("pk"):
        if kpi.scorecard.body_id in by_body:
            by_body[kpi.scorecard.body_id].reaches.append([kpi])
    over = sum(len(share.reaches) for share in shares.values()) - (
        plan["total"] - plan["not_cascaded"]
    )
    while over > 0:  # those that have most share a strategic KPI between two of them
        largest = max(shares.values(), key=lambda share: len(share.reaches))
        largest.reaches[over % (len(largest.reaches) - 1)].extend(largest.reaches.pop())
        over -= 1
    for number in range(plan["not_cascaded"]):
        list(shares.values())[number % len(shares)].others += 1
    return list(shares.values())


def _names(plan: dict[str, Any], random: Random) -> dict[str, Iterator[dict[str, Any]]]:
    """Ministry → its topics by every measure, each once, in an order that mixes them."""
    names: dict[str, Iterator[dict[str, Any]]] = {}
    for ministry, topics in sample()["topics"].items():
        pairs = list(product(topics, plan["measures"]))
        random.shuffle(pairs)
        names[ministry] = iter(
            [
                {**measure, "name": f"{measure['name'].format(topic=topic)} (สาธิต)"}
                for topic, measure in pairs
            ]
        )
    return names


def _strategic(
    host: Host,
    number: int,
    group: list[Kpi],
    plan: dict[str, Any],
    names: dict[str, Iterator[dict[str, Any]]],
    random: Random,
    at: datetime,
) -> StrategicKpi:
    """One of them. A KPI that is the same has its name and unit."""
    ministry = host.body.parent.code if host.body.parent else host.body.code
    measure = next(names[ministry])
    same = next((kpi for kpi in group if kpi.template.strategic_link == "same"), None)
    source = random.choice(sorted(plan["issues"]))
    return StrategicKpi(
        code=f"SK-{host.body.code}-{number:02d}",
        fiscal_year=YEAR,
        host=host.body,
        name=same.template.name if same else measure["name"],
        unit=same.template.unit if same else measure["unit"],
        direction=same.template.direction if same else measure["direction"],
        plan=source,
        issue=random.choice(plan["issues"][source]),
        targets=list(_targets(measure, number, plan, measured=bool(group))),
        state="in_force",
        since=at,
        resolution=RESOLUTIONS[number % 2],
        in_force_from=HELD.date(),
        is_demo=True,
    )


def _targets(
    measure: dict[str, Any], number: int, plan: dict[str, Any], *, measured: bool
) -> Iterator[dict[str, Any]]:
    """A target for each of the five years; what reaches nobody is mostly not measured in this."""
    law = strategic_law(YEAR)
    assert law is not None, "the plan is of a year with strategic KPIs"
    sign = 1 if measure["direction"] == "higher" else -1
    first, step = Decimal(str(measure["first"])), Decimal(str(measure["step"]))
    for place, year in enumerate(range(law.value.first_year, law.value.last_year + 1)):
        is_empty = not measured and year == YEAR and number % 3
        is_empty = is_empty or (number % UNMEASURED_EVERY == 0 and year == law.value.first_year)
        figure = first + sign * step * place
        yield {
            "year": year,
            "target": "" if is_empty else f"{figure.normalize():f}",
            "why": plan["notes"][number % len(plan["notes"])] if is_empty else "",
        }


def _sitting(host: Host, at: datetime) -> Sitting:
    """The sitting in which a host's committee decided on all of its own."""
    return Sitting(
        committee=host.committee,
        fiscal_year=YEAR,
        number=1,
        number_year=number_year(host.committee, YEAR, HELD.date()),
        held_at=HELD,
        place="ห้องประชุมสาธิต",
        state="closed",
        minutes="รายงานการประชุมสาธิต",
        since=at,
    )


def _decide(
    rows: list[tuple[StrategicKpi, list[Kpi], Host]],
    sittings: dict[int, Sitting],
    plan: dict[str, Any],
    *,
    by: Person,
    at: datetime,
) -> None:
    """Each cascaded to its group, or not: most of those because they are not measured."""
    decisions = [
        CascadeDecision(
            strategic=row,
            committee=host.committee,
            sitting=sittings[host.committee.pk],
            fiscal_year=YEAR,
            number=1,
            cascaded=bool(group),
            reason="" if group else _reason(row),
            note="" if group else plan["notes"][place % len(plan["notes"])],
            decided_on=date(2023, 10, 16),
            by=by,
            at=at,
        )
        for place, (row, group, host) in enumerate(rows)
    ]
    CascadeDecision.objects.bulk_create(decisions, BATCH)
    links: dict[int, list[Cascade]] = defaultdict(list)
    for decision, (_row, group, _host) in zip(decisions, rows, strict=True):
        for kpi in group:
            links[decision.pk].append(
                Cascade(
                    decision=decision,
                    scorecard=kpi.scorecard,
                    indicator=kpi.template.indicator,
                    relation=kpi.template.strategic_link,
                )
            )
    Cascade.objects.bulk_create([link for group in links.values() for link in group], BATCH)


def _reason(row: StrategicKpi) -> str:
    now = next(target for target in row.targets if target["year"] == YEAR)
    return "other" if now["target"] else "not-measurable"
