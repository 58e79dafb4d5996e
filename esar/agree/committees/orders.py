"""Writes of the orders that appoint committees."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from esar.agree.committees.models import AppointingOrder
from esar.agree.committees.permissions import may_record_order
from esar.agree.committees.queries import orders_of
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.evidence import actions as files
from esar.platform.evidence.models import StoredFile
from esar.platform.history.actions import record
from esar.platform.organisations.beginnings import begun_already
from esar.platform.organisations.models import Committee, Person


def record_order(
    committee: Committee,
    sent: UploadedFile[Any],
    *,
    letter: str,
    day: date,
    appointed_by: str,
    by: Person,
    at: datetime,
    on: date,
) -> AppointingOrder:
    """Record the order that appoints a committee, with its file. The same again is there already.

    Errors: Refused without the right, for a day that is not there yet, for a letter of the day that
    is recorded with other words or another file, and for a file that the store does not take.
    """
    require(may_record_order(by, committee, on))
    if day > on:
        raise Refused([Problem("committee_order.later", {"today": on})])
    words = {"letter": letter, "day": day, "appointed_by": appointed_by}

    def then(stored: StoredFile, name: str) -> AppointingOrder:
        return _write(committee, stored, name, words, by=by, at=at)

    subject = f"committee:{committee.pk}"
    order = files.receive(sent, subject=subject, by=by, at=at, then=then)
    assert isinstance(order, AppointingOrder), "`then` gives one"
    return order


@transaction.atomic
def _write(
    committee: Committee,
    stored: StoredFile,
    name: str,
    words: dict[str, Any],
    *,
    by: Person,
    at: datetime,
) -> AppointingOrder:
    Committee.objects.select_for_update().get(pk=committee.pk)  # of two at once one waits
    orders = orders_of(committee)
    if begun := begun_already(orders, by=by, file=stored, **words):
        return begun
    if orders.filter(letter=words["letter"], day=words["day"]).exists():
        raise Refused([Problem("committee_order.is_there", {"letter": words["letter"]})])
    order = AppointingOrder.objects.create(
        committee=committee, file=stored, name=name, by=by, at=at, **words
    )
    after = {
        "order_letter": order.letter,
        "order_day": order.day.isoformat(),
        "appointed_by": order.appointed_by,
        **order.in_short(),
    }
    record("committee.appointed", committee, by=by, at=at, after=after)
    return order
