"""Writes: a delivery of central data is read and checked. Its life publishes or discards it."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Max

from esar.exchange.files.opening import MAX_BYTES
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.organisations.models import Person
from esar.report.central_data import checks, permissions, sheet
from esar.report.central_data.data_sets.kpis import kpis_of_set
from esar.report.central_data.data_sets.queries import DataSet, data_set
from esar.report.central_data.life import DELIVERY_LIFE
from esar.report.central_data.models import Delivery
from esar.report.central_data.queries import (
    bodies_expected,
    bodies_known,
    in_set,
)
from esar.report.central_data.states import DeliveryState

MAX_NAME = 200


def check_file(
    file: File[Any], year: int, round_id: str, rule_id: str, *, by: Person, at: datetime, on: date
) -> Delivery:
    """Read a file and keep it with every problem in it. Nothing counts before `publish`.

    A delivery of the same set that is still in checking is discarded: the new file replaces it.
    Errors: Refused without the right, for a set that is not there, and for a file without a table
    that can be read; then nothing is written.
    """
    own_set = data_set(year, round_id, rule_id)
    require(permissions.may_deliver(by, own_set, on))
    assert own_set is not None, "no one owns a set that is not there"
    name = checks.shown((file.name or "").rpartition("/")[2])[-MAX_NAME:]
    if file.size > MAX_BYTES:
        problem = Problem("file.too_large", {"most": MAX_BYTES // 1_000_000})
        raise Refused([problem])
    data = file.read()
    reading = sheet.read(data, name)
    bodies = list(bodies_known(own_set))
    kpis = kpis_of_set(own_set, bodies)
    checked = checks.check(reading.lines, own_set, bodies, bodies_expected(own_set), kpis)
    if reading.problems:  # told with those of its rows: a file is put right once
        raise Refused([*reading.problems, *checked.as_problems(whole=not reading.unread)])
    return _keep(own_set, checked, name, hashlib.sha256(data).hexdigest(), by=by, at=at, on=on)


@transaction.atomic
def _keep(
    data_set: DataSet,
    checked: checks.Checked,
    name: str,
    sha256: str,
    *,
    by: Person,
    at: datetime,
    on: date,
) -> Delivery:
    same = in_set(Delivery.objects.all(), data_set)
    for old in same.filter(state=DeliveryState.CHECKING):
        DELIVERY_LIFE.move(old, "discard", by=by, at=at, on=on)
    number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            delivery = Delivery.objects.create(
                fiscal_year=data_set.year,
                round_id=data_set.round_id,
                rule_id=data_set.rule_id,
                number=number,
                by=by,
                at=at,
                file_name=name,
                file_sha256=sha256,
                rows=checked.rows,
                problems=checked.problems,
            )
    except IntegrityError as error:
        raise Refused([Problem("central.changed_meanwhile")]) from error
    after = {"file": name, "sha256": sha256, "rows": len(checked.rows)}
    after["problems"] = len(checked.problems)
    record("central.checked", delivery, by=by, at=at, body=data_set.owner, after=after)
    return delivery
