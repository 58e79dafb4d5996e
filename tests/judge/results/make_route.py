"""The steps of a year's route of results, recorded as an analyst records them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from esar.judge.results.actions import record_step
from esar.judge.results.route import results_route
from tests.make import World


def presented(world: World, year: int, *, day: date, round_id: str = "12m") -> None:
    """Every step that the release of a round waits for, all on one day."""
    route = results_route(year, round_id)
    assert route is not None
    when: Any = {
        "by": world.analyst,
        "at": datetime(day.year, day.month, day.day, 5, tzinfo=UTC),
        "on": day,
    }
    for step in route.value.before_release:
        record_step(year, round_id, step.id, meeting=f"ครั้งที่ 1/{year + 1}", day=day, **when)
