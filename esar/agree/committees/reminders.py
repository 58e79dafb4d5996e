"""Sittings whose day has passed and whose resolutions wait to be carried out: closed by nobody."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from esar.agree.committees.models import AgendaItem, Sitting
from esar.agree.committees.states import SittingState
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import people_with

DAYS_BETWEEN = 7  # between one reminder and the next


def left_unclosed(day: date) -> QuerySet[Sitting]:
    """Sittings before a day that have resolved something and are still open; `resolved`: how much.

    One query.
    """
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    rows = Sitting.objects.filter(state=SittingState.OPEN, held_at__lt=midnight)
    waiting = AgendaItem.objects.exclude(outcome="").filter(
        sitting=OuterRef("pk"), carried_out_at=None
    )
    counted = waiting.order_by().values("sitting").annotate(count=Count("pk")).values("count")
    return (
        rows.select_related("committee").annotate(resolved=Subquery(counted)).filter(resolved__gt=0)
    )


def remind_to_close(*, on: date, at: datetime) -> int:
    """Tell secretaries the day after, and every week, that a sitting is not closed. How many."""
    sittings = list(left_unclosed(on))
    for sitting in sittings:
        held_on = timezone.localdate(sitting.held_at)
        weeks = ((on - held_on).days - 1) // DAYS_BETWEEN
        tell(
            people_with(on, Role.SECRETARY, committee=sitting.committee),
            "notice.sitting_unclosed",
            path=reverse("committees:sitting", args=[sitting.pk]),
            key=f"sitting-unclosed:{sitting.pk}:{weeks}",
            at=at,
            sitting=str(sitting),
            day=held_on.isoformat(),
            resolved=sitting.resolved,  # type: ignore[attr-defined]
        )
    return len(sittings)
