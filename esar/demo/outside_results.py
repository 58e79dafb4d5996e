"""Invented results of bodies that OPDC does not evaluate, once the demo's year is over."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from esar.agree.agendas.queries import duty_of
from esar.demo.nation_plan import YEAR
from esar.law.rules.years import FiscalYear
from esar.platform.history.actions import record_many
from esar.platform.organisations.models import Body
from esar.report.outside_results.actions import SAVED
from esar.report.outside_results.models import OutsideResult
from esar.report.outside_results.queries import DueResult, due_results, sender_code

# Of so many results in their order: this share of the target, no figure, or not sent yet (None).
SHARES = ("1.04", "1", "0.9", "1.1", "", "1.02", "0.97", None)
REMARK = "อยู่ระหว่างสอบทานข้อมูลกับหน่วยงานเจ้าของข้อมูล (สาธิต)"


def make_demo_outside_results(*, at: datetime) -> int:
    """The year's results, each once; none before its year is over. How many there are.

    Some are not sent yet, and one in eight has no figure and says why.
    """
    if timezone.localdate(at) <= FiscalYear(YEAR).last_day:
        return 0
    drivers = {body.code: body for body in Body.objects.all()}
    dues = due_results(YEAR)
    rows = []
    for place, due in enumerate(dues):
        duty, share = duty_of(due.body, YEAR), SHARES[place % len(SHARES)]
        if due.result is not None or duty is None or share is None:
            continue
        value = _value(due, share)
        rows.append(
            OutsideResult(
                holder=due.holder,
                value=value,
                remark="" if value is not None else REMARK,
                sender=drivers[sender_code(due.body, duty)],
                is_demo=True,
            )
        )
    OutsideResult.objects.bulk_create(rows)
    record_many([(SAVED, row, row.holder.body.code) for row in rows], by=None, at=at)
    return sum(due.result is not None for due in dues) + len(rows)


def _value(due: DueResult, share: str) -> Decimal | None:
    """A figure about the target; where less is better, as far below it as others are above."""
    if due.target is None or not share:
        return None
    more = Decimal(share)
    if due.sub_indicator.direction == "lower":
        more = 2 - more
    return (due.target * more).quantize(Decimal("0.01"))
