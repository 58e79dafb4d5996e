"""The lives of a delivery of central data, and of an objection to a value of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from esar.kernel.problems import Problem, Refused
from esar.law.rules.numbers import trimmed
from esar.platform.history.actions import record_many
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.lifecycle.moves import AT_THE_BODY
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import holds, people_of, people_with
from esar.report.central_data import checks
from esar.report.central_data.data_sets.kpis import kpis_of_set
from esar.report.central_data.data_sets.queries import DataSet, label_of
from esar.report.central_data.models import CentralValue, Delivery, Objection
from esar.report.central_data.queries import (
    bodies_known,
    newest_of,
    owned_by,
    same_as,
    set_of,
)
from esar.report.central_data.states import DELIVERY_MOVES, OBJECTION_MOVES
from esar.report.central_data.writing import insert, new_value


def owned_set(thing: Delivery | CentralValue) -> DataSet:
    """The set of what somebody may deliver or decide on: only its owner may, so it is there."""
    data_set = set_of(thing)
    assert data_set is not None, "whoever may move it owns the set"
    return data_set


class DeliveryLife(Life[Delivery]):
    """A file that an owner sent: published, all its values or none, or set aside."""

    name = "delivery"
    model = Delivery
    body_at = ""
    moves = DELIVERY_MOVES
    wrong_state = "central.wrong_state"
    already_moved = "central.changed_meanwhile"
    keeps_since = False

    def decided_about(self, thing: Delivery) -> Collection[Body]:
        """Every body that the file has a row of, but for the owner itself."""
        data_set = set_of(thing)
        owner = data_set.owner if data_set else ""
        return Body.objects.filter(pk__in=[row["body"] for row in thing.rows]).exclude(code=owner)

    def body_code(self, thing: Delivery) -> str:
        data_set = set_of(thing)
        return data_set.owner if data_set else ""

    def address(self, thing: Delivery) -> str:
        return f"{reverse('central_data:central')}?year={thing.fiscal_year}"

    def has_role(self, person: Any, role: str, thing: Delivery, day: date) -> bool:
        data_set = set_of(thing)
        return data_set is not None and data_set.owner in owned_by(person, day)

    def content(self, thing: Delivery) -> Mapping[str, Any]:
        return {"rows": thing.rows, "problems": thing.problems}

    def check(self, act: Act[Delivery]) -> Iterator[Problem]:
        """With problems in the file only its sound rows are published, where the owner says so."""
        delivery = act.thing
        if act.name != "publish":
            return
        if delivery.problems and not act.given["partial"]:
            yield Problem("central.has_problems", {"count": len(delivery.problems)})
        elif not checks.sound_rows(delivery.rows, delivery.problems):
            yield Problem("central.nothing_sound")

    def changes(self, act: Act[Delivery]) -> Mapping[str, Any]:
        if act.name != "publish":
            return {}
        return {"published_at": act.at, "partial": bool(act.thing.problems)}

    def carry_out(self, act: Act[Delivery]) -> None:
        """Write the values; one that a body has already stays, with its own last day to object."""
        if act.name != "publish":
            return
        delivery = act.thing
        rows = checks.sound_rows(delivery.rows, delivery.problems)
        act.content = new_values(delivery, rows, act)
        insert(act.content)
        act.after |= {"rows": len(rows), "values": len(act.content), "partial": delivery.partial}

    def follow(self, act: Act[Delivery]) -> None:
        if act.name == "publish":
            events = [("central.value", value, value.body.code) for value in act.content]
            record_many(events, by=act.by, at=act.at)

    def notices(self, act: Act[Delivery]) -> Iterator[Notice]:
        """Bodies whose value is new or changed; one notice a person, however many they have."""
        if act.name != "publish":
            return
        data_set = owned_set(act.thing)
        last = timezone.localdate(act.at) + timedelta(days=data_set.rule.value.objection_days)
        bodies = [value.body_id for value in act.content]
        figures = {
            "year": data_set.year,
            "rule": label_of(data_set),
            "day": last.isoformat(),
        }
        people = people_of(bodies, act.on, Role.REPORTER, Role.APPROVER)
        yield Notice(people, "notice.central_published", figures)

    def verb(self, act: Act[Delivery]) -> str:
        return f"central.{act.new}"


def new_values(
    delivery: Delivery, rows: list[dict[str, Any]], act: Act[Delivery]
) -> list[CentralValue]:
    """The values of the rows that say something new, each with its body's next number."""
    data_set = owned_set(delivery)
    bodies = bodies_known(data_set).in_bulk([row["body"] for row in rows])
    newest = newest_of(data_set, bodies)
    values = []
    for row in rows:
        body, before = bodies.get(row["body"]), newest.get(row["body"])
        if body is None:  # it has left the registry's year since the file was checked
            raise Refused([Problem("central.unknown_body", {"code": row["code"]})])
        figure, no_data = checks.figure_of(row), row["no_data"]
        if not same_as(before, figure, no_data):
            number = before.number + 1 if before else 1
            value = new_value(data_set, body, number, figure, no_data, by=act.person, at=act.at)
            value.delivery = delivery
            values.append(value)
    return values


class ObjectionLife(Life[Objection]):
    """Open until its owner decides, or its body takes it back."""

    name = "objection"
    model = Objection
    page = "central_data:central-objection"
    body_at = "central_value.body"
    moves = OBJECTION_MOVES
    related = ("central_value__body",)
    written_by = ("central.objected",)
    wrong_state = "central.objection_closed"
    already_moved = "central.changed_meanwhile"
    no_reason = "central.no_answer"
    keeps_since = False

    def has_role(self, person: Any, role: str, thing: Objection, day: date) -> bool:
        value = thing.central_value
        if role in AT_THE_BODY:
            return holds(person, day, role, body=value.body_id)
        data_set = set_of(value)
        return data_set is not None and data_set.owner in owned_by(person, day)

    def content(self, thing: Objection) -> Mapping[str, Any]:
        value = thing.central_value
        data_set = set_of(value)
        newest = newest_of(data_set, [value.body_id])[value.body_id] if data_set else value
        return {"text": thing.text, "value": in_log(value), "newest": in_log(newest)}

    def check(self, act: Act[Objection]) -> Iterable[Problem]:
        if act.name != "uphold":
            return ()
        value = act.thing.central_value
        data_set = owned_set(value)
        newest = newest_of(data_set, [value.body_id])[value.body_id]
        act.before |= in_log(newest)
        return unfit(data_set, newest, act.given["value"], act.given["no_data"])

    def changes(self, act: Act[Objection]) -> Mapping[str, Any]:
        if act.name == "withdraw":
            return {}
        return {"answer": act.reason, "decided_by": act.by, "decided_at": act.at}

    def carry_out(self, act: Act[Objection]) -> None:
        """Upheld, it writes the body's new value, or why there is none."""
        if act.name != "uphold":
            return
        objection, body = act.thing, act.thing.central_value.body
        data_set = owned_set(objection.central_value)
        number = newest_of(data_set, [body.pk])[body.pk].number + 1
        figure, no_data = act.given["value"], act.given["no_data"]
        value = new_value(data_set, body, number, figure, no_data, by=act.person, at=act.at)
        value.objection = objection
        insert([value])
        act.content = value
        act.after |= in_log(value)

    def follow(self, act: Act[Objection]) -> None:
        if act.content is not None:
            event = ("central.value", act.content, act.content.body.code)
            record_many([event], by=act.by, at=act.at)

    def notices(self, act: Act[Objection]) -> Iterator[Notice]:
        if act.name == "withdraw":
            return
        value = act.thing.central_value
        people = people_with(act.on, Role.REPORTER, Role.APPROVER, body=value.body)
        yield Notice(people, f"notice.central_{act.new}", figures_of(value, act.reason))

    def verb(self, act: Act[Objection]) -> str:
        return f"central.{act.new}"


def figures_of(value: CentralValue, reason: str = "") -> dict[str, Any]:
    """What a notice about a value says."""
    data_set = owned_set(value)
    figures = {"body": value.body.name_th, "year": data_set.year, "rule": label_of(data_set)}
    return figures | {"reason": reason}


def unfit(data_set: DataSet, newest: CentralValue, value: Any, no_data: str) -> list[Problem]:
    """Why this cannot be the new value: neither or both, not on the scale, or nothing new."""
    if value is None and not no_data:
        return [Problem("central.no_value_no_reason")]
    if value is not None and no_data:
        return [Problem("central.value_and_reason")]
    if len(no_data) > checks.MAX_REASON:
        figures = {"most": checks.MAX_REASON, "found": len(no_data)}
        return [Problem("file.too_long", figures)]
    kpi = kpis_of_set(data_set, [newest.body]).get(newest.body_id)
    off_scale = checks.problem_of(value, data_set, kpi) if value is not None else None
    if off_scale is not None:
        return [off_scale]
    return [Problem("central.nothing_new")] if same_as(newest, value, no_data) else []


def in_log(value: CentralValue) -> dict[str, Any]:
    """A value as the log keeps it."""
    if value.value is None:
        return {"no_data": value.no_data}
    return {"value": f"{trimmed(value.value):f}"}


DELIVERY_LIFE = DeliveryLife()
OBJECTION_LIFE = ObjectionLife()
