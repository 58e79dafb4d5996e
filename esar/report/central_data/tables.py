"""The lists of central values, of objections to them, and of the bodies of a set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from esar.platform.organisations.models import OF_OPDC, Body, Role
from esar.platform.organisations.queries import holds
from esar.platform.organisations.tables import body_column, body_fields, body_search
from esar.platform.ui import books, clock
from esar.platform.ui.columns import round_field, state_column, year_column, year_field
from esar.platform.ui.filters import (
    ROUND,
    STATE,
    Choice,
    Option,
    Reader,
    ReportedYear,
    State,
    code_words,
)
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.templatetags.words import moment, name_of, words
from esar.platform.ui.year import round_year
from esar.report.central_data import permissions
from esar.report.central_data.data_sets.queries import DataSet, data_sets
from esar.report.central_data.models import CentralValue, Objection
from esar.report.central_data.queries import (
    bodies_with_values,
    last_day_to_object,
    newest_values,
    not_delivered,
    objections_of,
    set_of,
    visible_objections,
)
from esar.report.central_data.states import ObjectionState

SEES_SETS = (Role.CENTRAL_OWNER, *OF_OPDC)
VALUE = "central_value__body__"
OBJECTED, GIVEN = _("page.central_objected_value"), _("page.central_value")
FIGURE = "central_data/_figure_cell.html"


def sees_sets(person: Any) -> bool:
    return holds(person, clock.today(), *SEES_SETS)


def of_a_body(person: Any) -> bool:
    """Whether someone looks at the values of their own body, and at no other's."""
    return holds(person, clock.today(), Role.REPORTER, Role.APPROVER)


def labels() -> dict[str, object]:
    """Rule id → label, of every rule of central data that there ever was, the newest label."""
    return {one.rule_id: one.rule.label for year in books.years() for one in data_sets(year)}


@dataclass(frozen=True)
class Shown:
    """A value as a list shows it: with its set, its objection, and whether one may object."""

    value: CentralValue
    set: DataSet | None
    objection: Objection | None
    last_day: date | None
    may_object: bool

    @property
    def pk(self) -> int:
        return self.value.pk

    @property
    def data(self) -> str:
        return words(self.set.rule.label) if self.set else self.value.rule_id

    @property
    def round(self) -> str:
        return words(self.set.round) if self.set else self.value.round_id


def shown(person: Any, value: CentralValue, objection: Objection | None, day: date) -> Shown:
    open_to_it = objection is None or objection.state == "withdrawn"
    may = open_to_it and bool(permissions.may_object(person, value, day))
    return Shown(value, set_of(value), objection, last_day_to_object(value), may)


@dataclass(frozen=True)
class DataChoice(Choice):
    """The rules of central data that there ever were."""

    def value(self, reader: Reader) -> str:
        return reader.asks(self.name)

    def options(self, reader: Reader) -> Iterable[Option]:  # noqa: ARG002 as in Choice
        return [(rule_id, words(label)) for rule_id, label in labels().items()]


class ValueList(ListPage[Shown]):
    """The values that count and that one may see. A constant number of queries."""

    title, help = _("page.central"), _("page.central_help")
    name, address = "esar-central", "central_data:central-export"
    template = "central_data/values.html"
    sort, then = "-year", ("body__name_key", "rule_id", "round_id", "pk")
    filters = (
        body_search("body__"),
        DataChoice("rule", _("page.central_rule"), "rule_id"),
        ReportedYear(),
    )
    columns = (
        Column(
            "rule",
            _("page.central_rule"),
            "data",
            sort="rule_id",
            phone=FIRST,
            link="central_data:central-value",
        ),
        Column("body", _("page.name"), "value.body", name_of, ("body__name_key", "body__code")),
        year_column("value.fiscal_year", sort="fiscal_year"),
        Column("round", ROUND),
        Column(
            "value",
            _("page.central_value"),
            "value.value",
            cell=FIGURE,
            sort=F("value"),
            figure=True,
        ),
        Column("at", _("page.central_published_at"), "value.at", moment, "at", css="meta"),
        Column(
            "objection",
            _("page.central_objections"),
            cell="central_data/_objecting.html",
            phone=FIRST,
        ),
    )
    fields = (
        year_field(),
        round_field(),
        Field("data", _("page.central_rule"), "rule_id"),
        *body_fields("body"),
        Field("version", _("plan-page.version_number"), "number"),
        Field("value", GIVEN),
        Field("no_data", _("page.central_have_no_data")),
        Field("published", _("page.central_published_at"), "at"),
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        if of_a_body(request.user) and not sees_sets(request.user):
            self.title, self.empty = _("page.central_mine"), _("page.central_none")

    def rows(self) -> QuerySet[CentralValue]:
        return newest_values(self.reader.person, self.reader.day)

    def around(self) -> dict[str, Any]:
        """What is not delivered yet in the year of the list.

        Without one: in the one that is worked on and the one that was just over.
        """
        person, day = self.reader.person, self.reader.day
        year, now = round_year(self.request), books.year_of(day)
        waiting = not_delivered(person, day, [year] if year else [now, now - 1])
        return {"sees_sets": sees_sets(person), "waiting": waiting}

    def shown(self, rows: list[CentralValue]) -> Sequence[Shown]:
        objected, person, day = objections_of(rows), self.reader.person, self.reader.day
        return [shown(person, value, objected.get(value.pk), day) for value in rows]


def data_and_year(objection: Objection) -> str:
    value = objection.central_value
    return f"{words(labels().get(value.rule_id, ''))} {value.fiscal_year}"


class ObjectionList(ListPage[Objection]):
    """Objections one may see. A constant number of queries."""

    title, empty = _("page.central_objections"), _("page.central_no_objections")
    sort, then, template = "-at", ("-pk",), "central_data/objections.html"
    filters = (
        body_search(VALUE),
        State(values=ObjectionState.values, words=code_words("objection-state")),
    )
    columns = (
        body_column("central_value.body", "central_data:central-objection"),
        Column("rule", _("page.central_rule"), "", data_and_year, "central_value__rule_id", FIRST),
        Column(
            "value",
            _("page.central_objected_value"),
            "central_value.value",
            cell=FIGURE,
            figure=True,
        ),
        state_column("objection-state", upheld="done", open="", withdrawn=""),
        Column("at", _("page.since"), as_=moment, sort="at", phone=FIRST, css="meta"),
    )

    def rows(self) -> QuerySet[Objection]:
        return visible_objections(self.reader.person, self.reader.day)

    def around(self) -> dict[str, Any]:
        return {"sees_sets": sees_sets(self.reader.person)}


HOLDINGS = {
    "value": Q(given__isnull=False),
    "no_data": Q(value_pk__isnull=False, given=None),
    "missing": Q(value_pk=None),
}


def holding(value: str, reader: Reader) -> Q:  # noqa: ARG001 as a filter asks
    return HOLDINGS[value]


class SetList(ListPage[Body]):
    """The bodies of a set, each with what it has. Two queries."""

    title, address = _("page.central_values_of_set"), "central_data:central-set-export"
    sort, then, template = "name", ("code",), "central_data/set.html"
    filters = (
        body_search(),
        Choice(
            "holds",
            STATE,
            values=tuple(HOLDINGS),
            words=code_words("central-holds"),
            where=holding,
        ),
    )
    columns = (
        Column(
            "name", _("page.name"), cell="central_data/_body.html", sort="name_key", phone=FIRST
        ),
        Column("code", _("page.code"), sort="code"),
        Column(
            "value", GIVEN, "given", cell="central_data/_given.html", sort=F("given"), figure=True
        ),
        Column("since", _("page.central_published_at"), as_=moment, sort=F("since"), css="meta"),
    )
    fields = (
        Field("code", _("page.code")),
        Field("body", _("page.name"), "name_th"),
        Field("value", GIVEN, "given"),
        Field("no_data", _("page.central_have_no_data"), "why_none"),
        Field("published", _("page.central_published_at"), "since"),
    )

    def __init__(self, request: HttpRequest, data_set: DataSet) -> None:
        super().__init__(request)
        self.set = data_set

    def rows(self) -> QuerySet[Body]:
        return bodies_with_values(self.set)

    def address_args(self) -> list[object]:
        return [self.set.year, self.set.round_id, self.set.rule_id]

    def file_name(self) -> str:
        return f"{self.set.rule_id}-{self.set.year}-{self.set.round_id}"
