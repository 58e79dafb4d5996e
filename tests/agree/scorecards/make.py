"""Fiscal year 2554 for tests: a province's agreement on the way, made by the real actions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from esar.agree.agreements.actions import save_action_plan, sign
from esar.agree.indicators.actions import load_listed_indicators
from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.actions import open_scorecard, save_kpi
from esar.agree.scorecards.checks import signers_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from tests.make import World, fields
from tests.remembered import remembered

PROPOSED = date(2010, 9, 10)
NEGOTIATED = date(2010, 9, 27)
SIGNED = date(2010, 11, 15)
PLAN = {"vision": "เมืองน่าอยู่", "issues": "1. เกษตรปลอดภัย", "aims": "รายได้เพิ่มขึ้น"}


def at(day: date) -> datetime:
    """Ten in the morning of a day, in Bangkok."""
    return datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)


def agreement_fields(number: str, **changed: Any) -> dict[str, Any]:
    """A complete KPI of 2554: five levels, points of 1 to 5."""
    asked = {
        "component": "effectiveness",
        "kind": "kind.action-plan",
        "targets": ["60", "65", "70", "75", "80"],
        "weight": Decimal(50),
        "dimension": "",
    }
    return fields(number, **(asked | changed))


WRITTEN_OF_LISTED = ("unit", "direction", "definition", "formula", "data_source", "collection")
FRAME = (
    ("1.1", "effectiveness", "kind.action-plan", "50"),
    ("2.1", "service-quality", "kind.compulsory.service", "20"),
    ("3.1", "efficiency", "kind.compulsory.efficiency", "10"),
    ("4.1", "organisation", "kind.compulsory.organisation", "20"),
)


@remembered
def drafted(world: World, *, listed: bool = False) -> Scorecard:
    """Four KPIs, one a dimension; with `listed` as OPDC's list has them, else the body's own."""
    card = open_scorecard(world.province, 2554, by=world.reporter, at=at(PROPOSED), on=PROPOSED)
    load_listed_indicators(2554, at=at(PROPOSED))
    texts = agreement_fields("1.1")
    for place, (number, component, kind, weight) in enumerate(FRAME):
        asked = agreement_fields(number, component=component, kind=kind, weight=Decimal(weight))
        if listed:
            version = IndicatorVersion.objects.filter(indicator__code__startswith="OPDC-approved")
            one = version.order_by("pk")[place]
            text = {
                name: texts[name]
                for name in (
                    "unit",
                    "direction",
                    "definition",
                    "formula",
                    "data_source",
                    "collection",
                    "owner",
                )
            }
            IndicatorVersion.objects.filter(pk=one.pk).update(**text, baseline=texts["baseline"])
            one.refresh_from_db()
            asked |= {name: getattr(one, name) for name in IndicatorVersion.FIELDS}
            asked["template"] = one
        save_kpi(card, asked, by=world.reporter, at=at(PROPOSED), on=PROPOSED)
    save_action_plan(card, PLAN, by=world.reporter, at=at(PROPOSED), on=PROPOSED)
    return card


@remembered
def submitted(world: World, *, listed: bool = False) -> Scorecard:
    card = drafted(world, listed=listed)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=at(PROPOSED), on=PROPOSED)
    SCORECARD_LIFE.move(card, "submit", by=world.approver, at=at(PROPOSED), on=PROPOSED)
    return card


@remembered
def to_sign(world: World) -> Scorecard:
    """On OPDC's list in everything, so that it needs no negotiation."""
    card = submitted(world, listed=True)
    SCORECARD_LIFE.move(card, "collect", by=world.analyst, at=at(NEGOTIATED), on=NEGOTIATED)
    return card


def sign_all(world: World, card: Scorecard) -> None:
    for place, role in enumerate(signers_of(card)):
        day = SIGNED + timedelta(days=place)
        sign(card, name=f"{role} ก", signed_on=day, by=world.approver, at=at(day), on=day)


@remembered
def in_force(world: World) -> Scorecard:
    """Signed by everyone: version 1 is in force, and public."""
    card, last = to_sign(world), SIGNED + timedelta(days=10)
    sign_all(world, card)
    SCORECARD_LIFE.move(card, "sign", by=world.analyst, at=at(last), on=last)
    return card
