"""Pages of the values: a body's own, an owner's, and for OPDC all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from esar.kernel.wording import figure
from esar.law.rules.numbers import trimmed
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import OF_OPDC, Role
from esar.platform.organisations.queries import holds
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.exports import csv_answer
from esar.platform.ui.lists import asked_for, page_of
from esar.platform.ui.year import round_year
from esar.report.central_data import permissions
from esar.report.central_data.data_sets.queries import DataSet, data_sets
from esar.report.central_data.models import CentralValue, Objection
from esar.report.central_data.queries import (
    last_day_to_object,
    not_delivered,
    objections_of,
    set_of,
    value_list,
    versions_of,
    visible_values,
)

SEES = (Role.REPORTER, Role.APPROVER, Role.CENTRAL_OWNER, *OF_OPDC)
SEES_SETS = (Role.CENTRAL_OWNER, *OF_OPDC)


def sees_sets(person: Any) -> bool:
    return holds(person, clock.today(), *SEES_SETS)


@dataclass(frozen=True)
class Shown:
    """A value as a list shows it: with its set, its objection, and whether one may object."""

    value: CentralValue
    set: DataSet | None
    objection: Objection | None
    last_day: date | None
    may_object: bool


def labels() -> dict[str, object]:
    """Rule id → label, of every rule of central data that there ever was, the newest label."""
    return {one.rule_id: one.rule.label for year in books.years() for one in data_sets(year)}


def _found(request: HttpRequest) -> tuple[dict[str, Any], QuerySet[CentralValue]]:
    choice: dict[str, Any] = asked_for(request, "-year")
    choice["rule"], choice["year"] = request.GET.get("rule", ""), round_year(request)
    values = value_list(
        request.user,
        clock.today(),
        text=choice["text"],
        year=choice["year"],
        rule_id=choice["rule"],
        sort=choice["sort"],
    )
    return choice, values


@signed_in(*SEES)
@require_safe
def values(request: HttpRequest) -> HttpResponse:
    """The values that count and that one may see. A constant number of queries."""
    day = clock.today()
    choice, all_values = _found(request)
    page = page_of(request, all_values)
    context = choice | {
        "page": page,
        "rows": _rows(request.user, list(page.object_list), day),
        "rules": labels(),
        "sees_sets": sees_sets(request.user),
        "waiting": not_delivered(request.user, day, _years(request, day)),
        "of_a_body": holds(request.user, day, Role.REPORTER, Role.APPROVER),
    }
    return render(request, "central_data/values.html", context)


def _years(request: HttpRequest, day: date) -> list[int]:
    """The year of the list; of all of them, the one worked on and the one that was just over."""
    year, now = round_year(request), books.year_of(day)
    return [year] if year else [now, now - 1]


def _rows(person: Any, values: list[CentralValue], day: date) -> list[Shown]:
    objected = objections_of(values)
    return [shown(person, one, objected.get(one.pk), day) for one in values]


def shown(person: Any, value: CentralValue, objection: Objection | None, day: date) -> Shown:
    open_to_it = objection is None or objection.state == "withdrawn"
    may = open_to_it and bool(permissions.may_object(person, value, day))
    return Shown(value, set_of(value), objection, last_day_to_object(value), may)


@signed_in(*SEES)
@require_safe
def values_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a CSV that a spreadsheet opens in Thai. One query for the rows."""
    _, all_values = _found(request)
    head = ["year", "round", "data", "code", "body", "version", "value", "no_data", "published"]
    return csv_answer("esar-central", head, map(_row, all_values.iterator(2000)))


def _row(value: CentralValue) -> list[object]:
    return [
        value.fiscal_year,
        value.round_id,
        value.rule_id,
        value.body.code,
        value.body.name_th,
        value.number,
        None if value.value is None else f"{trimmed(value.value):f}",
        value.no_data,
        timezone.localtime(value.at).isoformat(timespec="seconds"),
    ]


@signed_in(*SEES)
@require_safe
def value(request: HttpRequest, pk: int) -> HttpResponse:
    """A body's value with every one before it, the objections and what happened."""
    day = clock.today()
    value = get_object_or_404(visible_values(request.user, day), pk=pk)
    versions = list(versions_of(value))
    objected = objections_of(versions)
    rows = [shown(request.user, version, objected.get(version.pk), day) for version in versions]
    context = {
        "newest": rows[0],
        "rows": rows,
        "body": value.body,
        "year": value.fiscal_year,
        "set": rows[0].set,
        "title": title_of(value),
        "day": day,
        "events": timeline(*versions, *objected.values()),
    }
    return render(request, "central_data/value.html", context)


def title_of(value: CentralValue) -> str:
    """What the value is of, in the reader's language."""
    of = set_of(value)
    return figure(of.rule.label, get_language() or "th") if of else value.rule_id
