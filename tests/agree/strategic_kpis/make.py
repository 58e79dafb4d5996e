"""Strategic KPIs of the Ministry of Commerce, made by the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from esar.agree.committees import resolutions as agenda
from esar.agree.committees.models import Sitting
from esar.agree.strategic_kpis import actions, resolutions
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE
from esar.agree.strategic_kpis.models import StrategicKpi
from esar.platform.organisations.models import Body, Committee, Person
from tests.make import AT, ON, World, close, open_sitting
from tests.remembered import remembered

TARGETS = [{"year": year, "target": f"{70 + year - 2566}", "why": ""} for year in range(2566, 2571)]


def text(**changed: Any) -> dict[str, Any]:
    return {
        "code": "SK-MOC-01",
        "host": Body.objects.get(code="MOC"),
        "name": "มูลค่าการค้าชายแดน",
        "unit": "ล้านบาท",
        "direction": "higher",
        "plan": "master_plan",
        "issue": "ประเด็นที่ 1",
        "sub_issue": "",
        "targets": TARGETS,
    } | changed


@remembered
def drafted(world: World, **changed: Any) -> StrategicKpi:
    fields = {"fiscal_year": 2567} | text(**changed)
    return actions.draft(fields, by=world.analyst, at=AT, on=ON)


def move(thing: StrategicKpi, name: str, by: Person, **more: Any) -> StrategicKpi:
    STRATEGIC_LIFE.move(thing, name, by=by, at=AT, on=ON, **more)
    return thing


@remembered
def submitted(world: World, **changed: Any) -> StrategicKpi:
    return move(drafted(world, **changed), "submit", world.administrator)


def resolved(
    world: World, committee: Committee, thing: StrategicKpi, outcome: str, *, reason: str = ""
) -> Sitting:
    """A sitting that closed after the committee resolved on it."""
    sitting = _resolved(world, committee, thing, outcome, reason)
    thing.refresh_from_db()
    return sitting


@remembered
def _resolved(
    world: World, committee: Committee, thing: StrategicKpi, outcome: str, reason: str
) -> Sitting:
    sitting = open_sitting(world, committee)
    by = world.secretaries[committee.code]
    item = resolutions.put_before(sitting, [thing], by=by, at=AT, on=ON)
    agenda.resolve(item, outcome, reason=reason, by=by, at=AT, on=ON)
    close(sitting, by=by)
    return sitting


@remembered
def approved(world: World, **changed: Any) -> StrategicKpi:
    thing = submitted(world, **changed)
    resolved(world, world.level1d, thing, "opinion")
    resolved(world, world.sub, thing, "approve")
    return thing


@remembered
def told(world: World, **changed: Any) -> StrategicKpi:
    thing = approved(world, **changed)
    actions.tell_committees([thing], by=world.analyst, at=AT, on=ON)
    thing.refresh_from_db()
    return thing


def decide(
    world: World,
    thing: StrategicKpi,
    decision: resolutions.CascadeText,
    *,
    sitting: Sitting | None = None,
    on: date = ON,
) -> Sitting:
    """What its host's committee resolved: in a sitting that closed, or in one that is open."""
    sitting = _decided(world, thing, decision, sitting, on)
    thing.refresh_from_db()
    return sitting


@remembered
def _decided(
    world: World,
    thing: StrategicKpi,
    decision: resolutions.CascadeText,
    sitting: Sitting | None,
    on: date,
) -> Sitting:
    meeting = sitting or open_sitting(world, world.level2d)
    by = world.secretaries["L2-MOC"]
    resolutions.decide(meeting, thing, decision, by=by, at=AT, on=on)
    if sitting is None:
        close(meeting, by=by)
    return meeting


def decide_not(world: World, thing: StrategicKpi) -> StrategicKpi:
    """In force, reaching nobody."""
    decide(world, thing, resolutions.CascadeText(reason="not-measurable"))
    return thing
