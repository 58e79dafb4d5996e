"""Writes: a delivery of central data is checked, published or discarded."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from esar.exchange.files.opening import MAX_BYTES
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record, record_many
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_of
from esar.report.central_data import checks, permissions, sheet
from esar.report.central_data.models import CentralValue, Delivery
from esar.report.central_data.queries import (
    bodies_expected,
    bodies_known,
    in_set,
    newest_of,
    same_as,
    set_of,
)
from esar.report.central_data.sets import DataSet, data_set, label_of
from esar.report.central_data.states import DELIVERY_MOVES, DeliveryState
from esar.report.central_data.writing import insert, new_value

MAX_NAME = 200


def check_file(
    file: File[Any], year: int, round_id: str, rule_id: str, *, by: Person, at: datetime, on: date
) -> Delivery:
    """Read a file and keep it with every problem in it. Nothing counts before `publish`.

    A delivery of the same set that is still in checking is discarded: the new file replaces it.
    Errors: Refused without the right, for a set that is not there, and for a file without a table
    that can be read; then nothing is written.
    """
    one = data_set(year, round_id, rule_id)
    require(permissions.may_deliver(by, one, on))
    assert one is not None, "no one owns a set that is not there"
    name = checks.shown((file.name or "").rpartition("/")[2])[-MAX_NAME:]
    if file.size > MAX_BYTES:
        problem = Problem("file.too_large", {"most": MAX_BYTES // 1_000_000})
        raise Refused([problem])
    data = file.read()
    lines = sheet.read(data, name)
    checked = checks.check(lines, one, bodies_known(one), bodies_expected(one))
    return _keep(one, checked, name, hashlib.sha256(data).hexdigest(), by=by, at=at, on=on)


@transaction.atomic
def _keep(
    one: DataSet,
    checked: checks.Checked,
    name: str,
    sha256: str,
    *,
    by: Person,
    at: datetime,
    on: date,
) -> Delivery:
    same = in_set(Delivery.objects.all(), one)
    for old in same.filter(state=DeliveryState.CHECKING):
        discard(old, by=by, at=at, on=on)
    number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            made = Delivery.objects.create(
                fiscal_year=one.year,
                round_id=one.round_id,
                rule_id=one.rule_id,
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
    record("central.checked", made, by=by, at=at, body=one.owner, after=after)
    return made


@transaction.atomic
def publish(
    delivery: Delivery, partial: bool, *, by: Person, at: datetime, on: date
) -> list[CentralValue]:
    """Write the values of a delivery, all or none, and tell the bodies whose value is new.

    A value that a body has already stays as it is, with its own last day to object. Bodies that
    the file does not name keep what they have. Gives the values written.
    Errors: Refused without the right; with problems in the file unless `partial`, and then only
    the sound rows are published; when there is no sound row. Of two at once, one wins.
    """
    locked = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    require(permissions.may_move_delivery(by, locked, "publish", on))
    one = set_of(locked)
    assert one is not None, "whoever may publish owns the set"
    if locked.problems and not partial:
        raise Refused([Problem("central.has_problems", {"count": len(locked.problems)})])
    sound = checks.sound_rows(locked.rows, locked.problems)
    if not sound:
        raise Refused([Problem("central.nothing_sound")])
    partial = bool(locked.problems)
    values = _write(locked, one, sound, by=by, at=at)
    _move_delivery(locked, "publish", published_at=at, partial=partial)
    after = {"rows": len(sound), "values": len(values), "partial": partial}
    record("central.published", locked, by=by, at=at, body=one.owner, after=after)
    record_many((("central.value", value, value.body.code) for value in values), by=by, at=at)
    _tell_bodies(one, locked, values, at=at, on=on)
    delivery.state, delivery.published_at, delivery.partial = locked.state, at, partial
    return values


def _move_delivery(delivery: Delivery, name: str, **changed: Any) -> None:
    """Errors: Refused when someone else moved it first."""
    move = DELIVERY_MOVES[name]
    found = Delivery.objects.filter(pk=delivery.pk, state__in=move.sources)
    if not found.update(state=move.target, **changed):
        raise Refused([Problem("central.changed_meanwhile")])
    delivery.state = move.target


def _write(
    delivery: Delivery, one: DataSet, rows: list[dict[str, Any]], *, by: Person, at: datetime
) -> list[CentralValue]:
    """The values of the rows that say something new, each with its body's next number."""
    bodies = bodies_known(one).in_bulk([row["body"] for row in rows])
    newest = newest_of(one, bodies)
    made = []
    for row in rows:
        body, before = bodies.get(row["body"]), newest.get(row["body"])
        if body is None:  # it has left the registry's year since the file was checked
            raise Refused([Problem("central.unknown_body", {"code": row["code"]})])
        figure = checks.figure_of(row)
        if not same_as(before, figure, row["no_data"]):
            number = before.number + 1 if before else 1
            made.append(new_value(one, body, number, figure, row["no_data"], by=by, at=at))
    for value in made:
        value.delivery = delivery
    insert(made)
    return made


def _tell_bodies(
    one: DataSet, delivery: Delivery, values: list[CentralValue], *, at: datetime, on: date
) -> None:
    """Those whose value is new or changed; one notice a person, however many bodies they have."""
    last = timezone.localdate(at) + timedelta(days=one.rule.value.objection_days)
    tell(
        people_of([value.body_id for value in values], on, Role.REPORTER, Role.APPROVER),
        "notice.central_published",
        path=f"{reverse('central_data:central')}?year={one.year}",
        key=f"central:{delivery.pk}:published",
        at=at,
        year=one.year,
        rule=label_of(one),
        day=last.isoformat(),
    )


@transaction.atomic
def discard(delivery: Delivery, *, by: Person, at: datetime, on: date) -> None:
    """Set a delivery aside. The file's rows stay to be read; they never count."""
    locked = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    require(permissions.may_move_delivery(by, locked, "discard", on))
    _move_delivery(locked, "discard")
    one = set_of(locked)
    record("central.discarded", locked, by=by, at=at, body=one.owner if one else "")
    delivery.state = locked.state
