"""Reads of central data: values that count, who sees what, and how far each set has come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from esar.agree.scorecards.models import Kpi
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, evaluated_between, sees_everything
from esar.platform.ui import books
from esar.report.central_data.data_sets.queries import DataSet, data_set, data_sets, sets_owned_by
from esar.report.central_data.models import CentralValue, Delivery, Objection
from esar.report.central_data.states import ObjectionState


def counting() -> QuerySet[CentralValue]:
    """The values that count: of each body, year, round and rule the newest number."""
    later = CentralValue.objects.filter(
        body=OuterRef("body"),
        fiscal_year=OuterRef("fiscal_year"),
        round_id=OuterRef("round_id"),
        rule_id=OuterRef("rule_id"),
        number__gt=OuterRef("number"),
    )
    return CentralValue.objects.filter(~Exists(later))


def values_for(body: Body, year: int, round_id: str) -> dict[str, CentralValue]:
    """Rule id → the value that counts for a body in a round; a rule not delivered is not there.

    One query.
    """
    values = counting().filter(body=body, fiscal_year=year, round_id=round_id)
    return {one.rule_id: one for one in values}


def newest_of(data_set: DataSet, bodies: Iterable[int]) -> dict[int, CentralValue]:
    """Body id → the value that counts in a set. One query."""
    values = in_set(counting(), data_set).filter(body__in=list(bodies))
    return {value.body_id: value for value in values.select_related("body")}


def in_set(rows: QuerySet[Any], data_set: DataSet, path: str = "") -> QuerySet[Any]:
    """Those of the rows that belong to a set."""
    fields = {
        "fiscal_year": data_set.year,
        "round_id": data_set.round_id,
        "rule_id": data_set.rule_id,
    }
    return rows.filter(**{f"{path}{name}": value for name, value in fields.items()})


def set_of(thing: Delivery | CentralValue) -> DataSet | None:
    """The set of a delivery or value, as the rulebook of its year has it today."""
    return data_set(thing.fiscal_year, thing.round_id, thing.rule_id)


def versions_of(value: CentralValue) -> QuerySet[CentralValue]:
    """Every value that a body has had where this one stands, newest first. One query."""
    same = ("body_id", "fiscal_year", "round_id", "rule_id")
    versions = CentralValue.objects.filter(**{name: getattr(value, name) for name in same})
    return versions.select_related("body", "delivery", "by").order_by("-number")


# --- Bodies -------------------------------------------------------------------------------------


def bodies_known(data_set: DataSet) -> QuerySet[Body]:
    """Bodies that may have a value of the set: of its classes, in the evaluation in its year."""
    year = books.book(data_set.year)
    assert year is not None, "a set comes from a rulebook"
    first, last = year.year.first_day, year.year.last_day
    return evaluated_between(first, last, data_set.kinds)


def bodies_expected(data_set: DataSet) -> QuerySet[Body]:
    """Bodies that must have a value: for a component all, for listed KPIs those who carry one."""
    bodies = bodies_known(data_set)
    if data_set.rule.value.component:
        return bodies
    carried = Kpi.objects.filter(scorecard__fiscal_year=data_set.year, cancelled="").filter(
        _listed(data_set.rule.value.listed)
    )
    return bodies.filter(pk__in=carried.values("scorecard__body"))


def _listed(names: tuple[str, ...]) -> Q:
    condition = Q(pk__in=[])
    for name in names:
        path = "template__indicator__listed_as"
        condition |= Q(**{path: name}) | Q(**{f"{path}__endswith": f"/{name}"})
    return condition


def bodies_with_values(data_set: DataSet) -> QuerySet[Body]:
    """The bodies of a set with `given`, `why_none` and `value_pk` of the value that counts.

    One query.
    """
    newest = in_set(counting(), data_set).filter(body=OuterRef("pk"))
    there = Q(pk__in=bodies_expected(data_set).values("pk")) | Q(value_pk__isnull=False)
    bodies = bodies_known(data_set).annotate(
        given=Subquery(newest.values("value")[:1]),
        why_none=Subquery(newest.values("no_data")[:1]),
        value_pk=Subquery(newest.values("pk")[:1]),
        since=Subquery(newest.values("at")[:1]),
    )
    return bodies.filter(there)


def not_delivered(person: Any, day: date, years: Iterable[int]) -> list[tuple[DataSet, Body]]:
    """What a person's bodies should have, of rounds that are over, and have not been given yet.

    One query, and one for each set, however many values there are.
    """
    own = bodies_of(person, day, Role.REPORTER, Role.APPROVER)
    if not own:
        return []
    fields = ("body", "fiscal_year", "round_id", "rule_id")
    delivered = set(CentralValue.objects.filter(body__in=own).values_list(*fields))
    return [
        (one, body)
        for year in years
        for one in data_sets(year)
        if one.last < day
        for body in bodies_expected(one).filter(pk__in=own)
        if (body.pk, one.year, one.round_id, one.rule_id) not in delivered
    ]


def owned_by(person: Any, day: date) -> set[str]:
    """Codes of the bodies for which a person gives central data. One query, or none."""
    bodies = bodies_of(person, day, Role.CENTRAL_OWNER)
    return (
        set(Body.objects.filter(pk__in=bodies).values_list("code", flat=True)) if bodies else set()
    )


# --- Who sees what ------------------------------------------------------------------------------


def _owned(person: Any, day: date, path: str = "") -> Q:
    """Rows of the sets that the person's body owns."""
    condition = Q(pk__in=[])
    for own_set in sets_owned_by(owned_by(person, day)):
        condition |= Q(
            **{
                f"{path}fiscal_year": own_set.year,
                f"{path}round_id": own_set.round_id,
                f"{path}rule_id": own_set.rule_id,
            }
        )
    return condition


def visible_deliveries(person: Any, day: date) -> QuerySet[Delivery]:
    """Deliveries are for their owner and OPDC; bodies see what was published to them."""
    deliveries = Delivery.objects.select_related("by")
    return deliveries if sees_everything(person, day) else deliveries.filter(_owned(person, day))


def visible_values(person: Any, day: date) -> QuerySet[CentralValue]:
    """A body's own values, the owner's sets, and for OPDC all; superseded ones too."""
    values = CentralValue.objects.select_related("body", "by", "delivery")
    if sees_everything(person, day):
        return values
    own = bodies_of(person, day, Role.REPORTER, Role.APPROVER)
    return values.filter(Q(body__in=own) | _owned(person, day))


def visible_objections(person: Any, day: date) -> QuerySet[Objection]:
    """Objections to values that the person may see."""
    objections = Objection.objects.select_related("central_value__body", "by", "decided_by")
    if sees_everything(person, day):
        return objections
    own = bodies_of(person, day, Role.REPORTER, Role.APPROVER)
    of_own_bodies = Q(central_value__body__in=own)
    return objections.filter(of_own_bodies | _owned(person, day, "central_value__"))


# --- Lists --------------------------------------------------------------------------------------


def newest_values(person: Any, day: date) -> QuerySet[CentralValue]:
    """The values that count and that a person may see. One query."""
    return visible_values(person, day).filter(pk__in=counting().values("pk"))


def objections_of(values: Iterable[CentralValue]) -> dict[int, Objection]:
    """Value id → its newest objection, withdrawn ones too. One query."""
    objections = Objection.objects.filter(central_value__in=list(values)).select_related(
        "by", "decided_by"
    )
    return {one.central_value_id: one for one in objections.order_by("at", "pk")}


def open_objections(
    year: int, round_id: str, *, body: Body | None = None, rule_id: str = ""
) -> QuerySet[Objection]:
    """Objections of a round that are not decided yet: of all bodies, or of one. One query."""
    objections = Objection.objects.filter(
        state=ObjectionState.OPEN,
        central_value__fiscal_year=year,
        central_value__round_id=round_id,
    )
    if body is not None:
        objections = objections.filter(central_value__body=body)
    if rule_id:
        objections = objections.filter(central_value__rule_id=rule_id)
    return objections.select_related("central_value__body", "by")


def objections_to_decide(person: Any, day: date) -> QuerySet[Objection]:
    """Open objections that wait for this person's body as the owner, oldest first."""
    objections = Objection.objects.filter(_owned(person, day, "central_value__"), state="open")
    return objections.select_related("central_value__body").order_by("at")


def last_day_to_object(value: CentralValue) -> date | None:
    """The last day on which the body may object, to its end in Asia/Bangkok.

    None when the year's rulebook has no such rule any more.
    """
    data_set = set_of(value)
    if data_set is None:
        return None
    published = timezone.localdate(value.at)
    return published + timedelta(days=data_set.rule.value.objection_days)


def same_as(value: CentralValue | None, figure: Decimal | None, no_data: str) -> bool:
    """Whether a figure, or a reason why there is none, is what the body has already."""
    return value is not None and (value.value, value.no_data) == (figure, no_data)
