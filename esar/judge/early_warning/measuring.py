"""Measuring how good projections were, which is long work: done by the worker, kept as a row."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from esar.judge.early_warning.models import Measurement
from esar.judge.early_warning.queries import (
    ENOUGH,
    kept_measurement,
    looked_at,
    measured_on,
    own_years,
    rule_of,
)
from esar.law.forecasting.invented import made_years
from esar.law.forecasting.skill import skill
from esar.platform.ui import clock

GOOD_FOR = timedelta(days=30)  # then it is measured again, for the method may be another


def rules_of(year: int) -> set[tuple[int, Decimal]]:
    """(level, probability) of every rule that warns in a year. One query."""
    kinds = looked_at(year).order_by().values_list("body__kind", flat=True).distinct()
    rules = [rule_of(year, kind) for kind in kinds]
    return {(one.value.level, one.value.miss_at_least) for one in rules if one}


def measure_if_new(
    rules: set[tuple[int, Decimal]], *, at: datetime, once_a_day: bool = False
) -> None:
    """Have the worker measure for each rule of which nothing is kept on today's results."""
    for level, warn_at in sorted(rules):
        if _is_due(level, warn_at, at, once_a_day=once_a_day):
            later = (level, f"{warn_at:f}")
            transaction.on_commit(partial(measure.enqueue, *later))


def _is_due(level: int, warn_at: Decimal, at: datetime, *, once_a_day: bool) -> bool:
    measurement = kept_measurement(level, warn_at)
    if measurement is None:
        return True
    if once_a_day and timezone.localdate(measurement.at) == timezone.localdate(at):
        return False
    return (
        measurement.results,
        measurement.newest,
    ) != measured_on() or at - measurement.at >= GOOD_FOR


@task()
def measure(level: int, warn_at: str) -> str:
    """Measure on this site's own past years, on invented ones while there are too few, and keep."""
    at, threshold = clock.now(), Decimal(warn_at)
    if not _is_due(level, threshold, at, once_a_day=False):  # asked for twice
        return "kept"
    results, newest = measured_on()
    backtest = skill(own_years(), level=level, warn_at=threshold)
    is_invented = backtest.cases < ENOUGH
    if is_invented:
        backtest = skill(made_years(), level=level, warn_at=threshold)
    Measurement.objects.create(
        level=level,
        warn_at=threshold,
        at=at,
        results=results,
        newest=newest,
        is_invented=is_invented,
        figures=backtest.as_json(),
    )
    return "measured"
