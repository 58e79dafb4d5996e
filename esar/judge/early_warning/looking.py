"""Looking ahead, which is long work: asked for on a page, done by the worker, kept as rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django_tasks import task

from esar.agree.scorecards.models import Scorecard
from esar.judge.early_warning import measuring, permissions
from esar.judge.early_warning.models import Look, Outlook
from esar.judge.early_warning.queries import (
    Projected,
    is_stuck,
    looked_at,
    looks,
    outlooks,
    under_way,
)
from esar.judge.early_warning.states import LOOK_MOVES, UNDER_WAY, LookState
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person
from esar.platform.ui import books, clock

AT_A_TIME = 20  # scorecards projected between two counts that a page may show
BATCH = 500


def ask(year: int, *, on: date, at: datetime, by: Person) -> Look:
    """Have the worker look ahead; a look under way is not asked for twice, a stuck one is given up.

    Errors: Refused.
    """
    require(permissions.may_warn(by, on))
    if books.book(year) is None:
        raise Refused([Problem("warning.no_rules", {"year": year})])
    waiting = under_way(year)
    if waiting is not None and not is_stuck(waiting, at):
        return waiting
    try:
        return _asked(waiting, year, on=on, at=at, by=by)
    except IntegrityError:  # someone asked at the same moment
        running = under_way(year)
        if running is None:
            raise
        return running


@transaction.atomic
def _asked(stuck: Look | None, year: int, *, on: date, at: datetime, by: Person) -> Look:
    if stuck is not None:
        move_look(stuck, "fail", at=at)
    look = Look.objects.create(
        fiscal_year=year, on=on, at=at, by=by, state=LookState.ASKED, since=at
    )
    record("warning.look_asked", look, by=by, at=at, after={"year": year})
    transaction.on_commit(lambda: look_ahead.enqueue(look.pk))
    return look


def move_look(look: Look, name: str, *, at: datetime, **counts: int) -> bool:
    """Make one move of LOOK_MOVES; False when another has moved the look first."""
    table = LOOK_MOVES[name]
    changed: dict[str, Any] = {"state": table.target, "since": at} | counts
    if not Look.objects.filter(pk=look.pk, state__in=table.sources).update(**changed):
        return False
    for field, value in changed.items():
        setattr(look, field, value)
    return True


@task()
def look_ahead(pk: int) -> str:
    """Project every KPI of the year, keep it, and tell the one who asked."""
    look = Look.objects.select_related("by").get(pk=pk)
    cards = list(looked_at(look.fiscal_year))
    if not move_look(look, "begin", at=clock.now(), cards=len(cards)):
        return look.state
    try:
        for _ in _projected(look, cards):
            pass
        _finish(look)
    except Exception:
        move_look(look, "fail", at=clock.now())
        raise
    measuring.measure_if_new(measuring.rules_of(look.fiscal_year), at=clock.now())
    return look.state


def _projected(look: Look, cards: list[Scorecard]) -> Iterator[None]:
    """Some scorecards after the other, so that a page can say how far it is."""
    for start in range(0, len(cards), AT_A_TIME):
        batch = cards[start : start + AT_A_TIME]
        rows = [row_of(look, one) for one in outlooks(batch)]
        with transaction.atomic():
            Outlook.objects.bulk_create(rows, BATCH)
            cards_done = start + len(batch)
            running = Look.objects.filter(pk=look.pk, state=LookState.RUNNING)
            if not running.update(cards_done=cards_done, since=clock.now()):
                raise RuntimeError(f"look {look.pk} was given up by another")
        yield


@transaction.atomic
def _finish(look: Look) -> None:
    at = clock.now()
    rows = Outlook.objects.filter(look=look)
    counts = {"looked_at": rows.count(), "unknown": rows.exclude(reason="").count()}
    if not move_look(look, "finish", at=at, **counts):
        raise RuntimeError(f"look {look.pk} was given up by another")
    _forget_others(look, at=at)
    record("warning.looked", look, by=None, at=at, after=counts)
    if look.by is not None:
        tell(
            [look.by],
            "notice.looked",
            path=reverse("early_warning:outlook", args=[look.fiscal_year]),
            key=f"looked:{look.pk}",
            at=at,
            year=look.fiscal_year,
            many=look.looked_at,
        )


def look_now(year: int, *, on: date, at: datetime, by: Person | None) -> Look:
    """Look and keep at once, for the worker itself; in the caller's transaction."""
    cards = list(looked_at(year))
    look = Look.objects.create(
        fiscal_year=year,
        on=on,
        at=at,
        by=by,
        state=LookState.DONE,
        since=at,
        cards=len(cards),
        cards_done=len(cards),
    )
    rows = [row_of(look, one) for one in outlooks(cards)]
    Outlook.objects.bulk_create(rows, BATCH)
    look.looked_at, look.unknown = len(rows), sum(bool(row.reason) for row in rows)
    look.save()
    _forget_others(look, at=at)
    return look


def _forget_others(look: Look, *, at: datetime) -> None:
    """Rows of other looks are no use: what was warned of keeps its own grounds."""
    other_looks = looks(look.fiscal_year).exclude(pk=look.pk)
    for old_look in other_looks.filter(state=LookState.DONE):
        move_look(old_look, "forget", at=at)
    Outlook.objects.filter(look__in=other_looks.exclude(state__in=UNDER_WAY)).delete()


def row_of(look: Look, kpi_projection: Projected) -> Outlook:
    """What is kept of a KPI that was looked at."""
    template, rule, projection = (
        kpi_projection.kpi.template,
        kpi_projection.rule.value,
        kpi_projection.known,
    )
    row = Outlook(
        look=look,
        scorecard=kpi_projection.card,
        number=kpi_projection.kpi.number,
        name=template.name,
        unit=template.unit,
        direction=template.direction,
        targets=list(kpi_projection.kpi.targets),
        level=rule.level,
        plan_days=rule.plan_days,
        warns=kpi_projection.warns,
        reason=kpi_projection.reason,
    )
    if projection is not None:
        row.projected, row.low, row.high = projection.middle, projection.low, projection.high
        row.miss, row.based_on = projection.miss, kpi_projection.grounds()
    return row
