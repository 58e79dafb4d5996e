"""Change requests for tests, asked for and decided by the real acts; what a refusal says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from esar.agree.changes import actions as changes
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.changes.models import ChangeRequest
from esar.agree.scorecards.models import Scorecard
from esar.kernel.problems import Refused
from tests.make import FEBRUARY, World, kpi, request_fields, resolved
from tests.remembered import remembered


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)


def codes(act: Any, *args: Any, **details: Any) -> list[str]:
    """The codes of the problems for which the act is refused."""
    with pytest.raises(Refused) as refused:
        act(*args, **details)
    return [problem.code for problem in refused.value.problems]


@remembered
def asked(world: World, card: Scorecard, on: date = FEBRUARY, number: str = "1.1") -> ChangeRequest:
    by, at = world.reporter, moment(on)
    return changes.ask(card, kpi(card, number), request_fields(), by=by, at=at, on=on)


@remembered
def approved(
    world: World, card: Scorecard, on: date = FEBRUARY, number: str = "1.1"
) -> ChangeRequest:
    change = asked(world, card, on, number)
    CHANGE_LIFE.move(change, "propose", by=world.reporter, at=moment(on), on=on)
    CHANGE_LIFE.move(change, "submit", by=world.approver, at=moment(on), on=on)
    resolved(world, world.level2, change, "approve", on=on)
    return change
