"""Central data for tests: published, objected to and decided, through their lives."""

from __future__ import annotations

from typing import Any

from esar.report.central_data.life import DELIVERY_LIFE, OBJECTION_LIFE
from esar.report.central_data.models import CentralValue, Delivery, Objection


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
