"""The invented nation's Joint KPIs: as many sub-indicators and holders as the documents count.

Read from `samples/agendas-2567-demo.yaml`; departments, names and targets come from the plan of the
nation, so that what a body holds is the KPI that stands on its scorecard. Every row says demo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle, product
from typing import Any

import yaml
from django.conf import settings

from esar.agree.agendas.models import (
    AdditionBody,
    Holder,
    MainIndicatorValue,
    MandatedAddition,
    SubIndicator,
)
from esar.agree.agendas.queries import agendas_of, closed_on, key_of, sum_of_targets
from esar.agree.agendas.states import AdditionState
from esar.agree.indicators.models import Indicator, IndicatorVersion
from esar.demo.nation_plan import YEAR, PlannedKpi, sample
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Agenda
from esar.platform.history.actions import record_many
from esar.platform.organisations.models import Body
from esar.platform.organisations.registry import Loaded, load_outside

SAMPLE, BODIES = "agendas-2567-demo.yaml", "outside-bodies-2567-demo.csv"
DRAFTED_ON = date(2023, 8, 8)  # the Cabinet's draft of 217
ADDING_UNITS = ("แห่ง", "โครงการ", "หน่วยงาน")
EVERY = 9  # of sub-indicators that are to add up, the one that does not


@dataclass
class _Nation:
    """What the agendas are made of: the bodies, and the KPI of each for an agenda or an item."""

    bodies: dict[str, Body]
    kpis: dict[tuple[str, str], tuple[PlannedKpi, Indicator]] = field(default_factory=dict)


@dataclass
class _Part:
    """A sub-indicator with its holders, not written yet."""

    name: str
    unit: str
    direction: str
    adds: bool = False
    holders: list[Holder] = field(default_factory=list)


def make_agendas(
    plan: Mapping[str, list[PlannedKpi]],
    versions: Mapping[int, list[IndicatorVersion]],
    *,
    at: datetime,
) -> None:
    """Sub-indicators, holders, values and the addition of the demo's year."""
    load_outside(settings.SAMPLES / BODIES, Loaded(), at, is_demo=True)
    nation = _Nation({body.code: body for body in Body.objects.all()})
    for code, planned in plan.items():
        body_versions = versions[nation.bodies[code].pk]
        for kpi, version in zip(planned, body_versions, strict=False):
            if kpi.agenda or kpi.item:
                nation.kpis[code, kpi.agenda or kpi.item] = (kpi, version.indicator)
    says = yaml.safe_load((settings.SAMPLES / SAMPLE).read_text("utf-8"))
    for rule in agendas_of(YEAR):
        _make_agenda(rule, says["agendas"][key_of(rule)], nation, at)
        _make_values(rule, says["values"][key_of(rule)], nation)
    _make_addition(says["addition"], nation, at)


def _make_agenda(
    rule: Rule[Agenda], says: Mapping[str, Any], nation: _Nation, at: datetime
) -> None:
    key = key_of(rule)
    parts = [*_of_bodies(key, says, nation), *_of_provinces(says, nation)]
    places = zip(cycle(rule.value.national_targets), cycle(rule.value.stages), strict=False)
    subs = [
        SubIndicator(
            fiscal_year=YEAR,
            agenda=key,
            code=f"{rule.value.number}-{number:02d}",
            national_target=target.id,
            stage=stage.id,
            name=part.name,
            unit=part.unit,
            direction=part.direction,
            adds=part.adds,
            target=_main_target(part, number),
            first_day=DRAFTED_ON,
            is_demo=True,
        )
        for number, (part, (target, stage)) in enumerate(zip(parts, places, strict=False), start=1)
    ]
    SubIndicator.objects.bulk_create(subs)
    left = list(_left(rule, says["left"], subs))
    SubIndicator.objects.bulk_create(left)
    for sub, part in zip(subs, parts, strict=True):
        for holder in part.holders:
            holder.sub_indicator = sub
    Holder.objects.bulk_create(holder for part in parts for holder in part.holders)
    happened = [("sub_indicator.created", sub, "") for sub in (*subs, *left)]
    happened += [(f"sub_indicator.{sub.ending}", sub, "") for sub in left]
    record_many(happened, by=None, at=at)


def _holder(body: Body, targets: tuple[str, ...], indicator: Indicator | None) -> Holder:
    return Holder(
        body=body,
        targets=list(targets),
        indicator=indicator,
        first_day=DRAFTED_ON,
        is_demo=True,
    )


def _of_bodies(key: str, says: Mapping[str, Any], nation: _Nation) -> list[_Part]:
    """One for each department and each body outside, but `shared` that join another's."""
    agenda = sample()["agendas"][key]
    names = cycle(product(sample()["joint_measures"], agenda["topics"]))
    parts: list[_Part] = []
    codes = [*agenda["departments"], *says["outside"]]
    alone = len(codes) - says.get("shared", 0)
    for place, code in enumerate(codes):
        body, planned = nation.bodies[code], nation.kpis.get((code, key))
        measure, topic = next(names)
        if place < alone:
            name = f"{measure['name'].format(topic=topic)} ({body.abbr_th or code}) (สาธิต)"
            part = _Part(name, measure["unit"], measure["direction"])
            if planned is not None:
                part = _Part(planned[0].name, planned[0].unit, planned[0].direction)
            part.adds = part.unit in ADDING_UNITS
            parts.append(part)
        else:
            part = parts[place - alone]
        is_outside = code in says["outside"]
        targets: tuple[str, ...] = (str(measure["middle"]),) if is_outside else ()
        indicator = None
        if planned is not None:
            targets, indicator = planned[0].targets, planned[1]
        part.holders.append(_holder(body, targets, indicator))
    return parts


def _of_provinces(says: Mapping[str, Any], nation: _Nation) -> list[_Part]:
    """What provinces share out among them, and what those named hold."""
    parts = []
    for part in says.get("named_provinces", ()):
        only = part.get("only")
        parts.append(_part_of(part["name"], part["item"], only, nation))
    groups = says.get("of_provinces", 0)
    codes = [code for code, item in nation.kpis if item == says.get("item")]
    for place in range(groups):
        name = says["name"].format(place=place + 1)
        part = _part_of(name, says["item"], codes[place::groups], nation)
        part.adds = says.get("adds", False)
        parts.append(part)
    return parts


def _part_of(name: str, item: str, only: list[str] | None, nation: _Nation) -> _Part:
    codes = only or [code for code, name_of_kpi in nation.kpis if name_of_kpi == item]
    planned, _ = nation.kpis[codes[0], item]
    part = _Part(f"{name} (สาธิต)", planned.unit, planned.direction)
    for code in codes:
        kpi, indicator = nation.kpis[code, item]
        part.holders.append(_holder(nation.bodies[code], kpi.targets, indicator))
    return part


def _main_target(part: _Part, number: int) -> Decimal | None:
    """What the holders' targets add up to, but for every ninth, so that a page has to warn."""
    total = sum_of_targets(part.holders)
    if not part.adds or total is None:
        return None
    return total + 10 if number % EVERY == 0 else total


def _left(rule: Rule[Agenda], many: int, subs: list[SubIndicator]) -> Iterator[SubIndicator]:
    """Those of the draft that were merged or cut before the commission approved the rest."""
    key = key_of(rule)
    closed = closed_on(YEAR, key)
    assert closed is not None, "an agenda of the rulebook has its day"
    for place in range(many):
        into = subs[place] if place % 2 == 0 else None
        yield SubIndicator(
            fiscal_year=YEAR,
            agenda=key,
            code=f"{rule.value.number}-{len(subs) + place + 1:02d}",
            national_target=subs[place].national_target,
            stage=subs[place].stage,
            name=f"ตัวชี้วัดตามร่างที่ {place + 1} ของประเด็น (สาธิต)",
            unit=subs[place].unit,
            direction=subs[place].direction,
            first_day=DRAFTED_ON,
            last_day=closed - timedelta(days=1),
            ending="merged" if into else "cut",
            into=into,
            reason="หน่วยงานรวมตัวชี้วัดเพื่อลดภาระ (สาธิต)" if into else "หน่วยงานตัดออก (สาธิต)",
            is_demo=True,
        )


def _make_values(rule: Rule[Agenda], values: list[list[float]], nation: _Nation) -> None:
    codes = rule.value.lead_codes or ("DCCE",)
    MainIndicatorValue.objects.bulk_create(
        MainIndicatorValue(
            fiscal_year=YEAR,
            agenda=key_of(rule),
            place=place,
            quarter=quarter,
            value=Decimal(str(value)),
            source_body=nation.bodies[codes[0]],
            is_demo=True,
        )
        for place, quarters in enumerate(values, start=1)
        for quarter, value in enumerate(quarters, start=1)
    )


def _make_addition(says: Mapping[str, Any], nation: _Nation, at: datetime) -> None:
    sub = SubIndicator.objects.get(fiscal_year=YEAR, agenda="dust", name__contains="PM2.5")
    addition = MandatedAddition.objects.create(
        sub_indicator=sub,
        resolution=says["resolution"],
        resolved_on=says["resolved_on"],
        state=AdditionState.IN_FORCE,
        since=at,
        is_demo=True,
    )
    AdditionBody.objects.bulk_create(
        AdditionBody(addition=addition, body=nation.bodies[code], when=when)
        for when in AdditionBody.When.values
        for code in says[when]
    )
    Holder.objects.bulk_create(
        Holder(
            sub_indicator=sub,
            body=nation.bodies[code],
            addition=addition,
            first_day=says["resolved_on"],
            is_demo=True,
        )
        for code in says["now"]
    )
    record_many(
        [("addition.written", addition, ""), ("addition.enact", addition, "")], by=None, at=at
    )
