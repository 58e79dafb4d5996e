"""Central data for tests: published, objected to and decided, through their lives."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.core.files.base import ContentFile

from esar.platform.organisations.models import Body, Person
from esar.report.central_data.actions import check_file
from esar.report.central_data.life import DELIVERY_LIFE, OBJECTION_LIFE
from esar.report.central_data.models import CentralValue, Delivery, Objection
from esar.report.central_data.objections.actions import object_to
from esar.report.central_data.queries import values_for
from tests.make import World
from tests.remembered import remembered

YEAR, ROUND, RULE = 2567, "12m", "central-data.digital"
AT = datetime(2024, 10, 21, 3, 0, tzinfo=UTC)  # 10.00 in Bangkok
ON = date(2024, 10, 21)
HEAD = "รหัสหน่วยงาน,ชื่อหน่วยงาน,ค่า,เหตุที่ไม่มีข้อมูล\n"
GOOD = "TH-74,,80,\nDIT,,0,\nOPDC,,,อยู่ระหว่างประเมิน\n"


def publish(delivery: Delivery, partial: bool, **act: Any) -> list[CentralValue]:
    """The values that a delivery wrote."""
    values: list[CentralValue] = DELIVERY_LIFE.move(
        delivery, "publish", partial=partial, **act
    ).content
    return values


def discard(delivery: Delivery, **act: Any) -> None:
    DELIVERY_LIFE.move(delivery, "discard", **act)


def withdraw(objection: Objection, **act: Any) -> None:
    OBJECTION_LIFE.move(objection, "withdraw", **act)


def decide(
    objection: Objection,
    uphold: bool,
    answer: str,
    *,
    value: Any = None,
    no_data: str = "",
    **act: Any,
) -> CentralValue | None:
    """The new value, None when rejected."""
    name = "uphold" if uphold else "reject"
    given = {"value": value, "no_data": no_data}
    new: CentralValue | None = OBJECTION_LIFE.move(
        objection, name, reason=answer, **given, **act
    ).content
    return new


@remembered
def sent(owner: Person, rows: str = GOOD, *, rule: str = RULE, name: str = "ค่า.csv") -> Delivery:
    file = ContentFile((HEAD + rows).encode(), name=name)
    return check_file(file, YEAR, ROUND, rule, by=owner, at=AT, on=ON)


@remembered
def published(owner: Person, rows: str = GOOD, *, rule: str = RULE) -> list[CentralValue]:
    delivery = sent(owner, rows, rule=rule)
    return publish(delivery, bool(delivery.problems), by=owner, at=AT, on=ON)


def value_of(body: Body, rule: str = RULE) -> CentralValue:
    return values_for(body, YEAR, ROUND)[rule]


@remembered
def objected(world: World, text: str = "ควรเป็น 90") -> Objection:
    return object_to(value_of(world.province), text, by=world.reporter, at=AT, on=ON)
