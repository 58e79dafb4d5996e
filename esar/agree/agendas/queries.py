"""Reads of the agendas: their rules, what is in force on a day, who holds it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from esar.agree.agendas.models import Holder, MainIndicatorValue, SubIndicator
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Agenda, AgendaDuties
from esar.platform.organisations.models import Body
from esar.platform.ui import books

PREFIX = "joint."
JOINT_KIND = "kind.joint-agenda"  # the rulebook's kind of a KPI that is a part in an agenda
LEVELS = 3  # targets of a body that OPDC evaluates
STANDARD = 1  # the place of the standard target among three
# The classes of bodies that hold sub-indicators, as documents count them.
COLUMNS = ("department", "state_enterprise", "public_organisation", "province", "other")


def agendas_of(year: int) -> list[Rule[Agenda]]:
    """The agendas of a fiscal year by their numbers; none where its rules have none. No query."""
    book = books.book(year)
    rules = book.on(book.year.last_day).of_kind(Agenda) if book else ()
    return sorted(rules, key=lambda rule: rule.value.number)


def key_of(rule: Rule[Agenda]) -> str:
    """What rows name an agenda by: "water" of joint.water."""
    return rule.id.removeprefix(PREFIX)


def agenda_of(year: int, key: str) -> Rule[Agenda] | None:
    return next((rule for rule in agendas_of(year) if key_of(rule) == key), None)


def closed_on(year: int, key: str) -> date | None:
    """The day on which the commission approved an agenda: later only the Cabinet adds to it."""
    rule = agenda_of(year, key)
    return rule.version.first_day if rule else None


def on_day(day: date, path: str = "") -> Q:
    """In force on a day, at the path of what has a first and a last day."""
    return Q(**{f"{path}first_day__lte": day}) & (
        Q(**{f"{path}last_day": None}) | Q(**{f"{path}last_day__gte": day})
    )


def sub_indicators_on(year: int, day: date) -> QuerySet[SubIndicator]:
    """The sub-indicators of a year that are in force on a day. One query."""
    return SubIndicator.objects.filter(on_day(day), fiscal_year=year).order_by("agenda", "code")


def holders_on(year: int, day: date) -> QuerySet[Holder]:
    """Who holds what is in force of a year on a day, with body and sub-indicator. One query."""
    holders = Holder.objects.filter(
        on_day(day), on_day(day, "sub_indicator__"), sub_indicator__fiscal_year=year
    )
    rows = holders.select_related("sub_indicator", "body__parent")
    return rows.order_by("sub_indicator__agenda", "sub_indicator__code", "body__name_key", "pk")


def with_holders(rows: QuerySet[SubIndicator], day: date) -> QuerySet[SubIndicator]:
    """The same with `holders_now`, those of the day. Two queries for all."""
    holders = Holder.objects.filter(on_day(day)).select_related("body__parent")
    ordered = holders.order_by("body__name_key", "pk")
    return rows.prefetch_related(Prefetch("holders", ordered, to_attr="holders_now"))


def column_of(body: Body, day: date) -> str:
    """As which of the five classes a body is counted on a day.

    A department that the year does not evaluate is one of the others, as the police were in 2567.
    """
    is_evaluated = body.evaluated_from is not None and body.evaluated_from <= day
    if body.kind in (Body.Kind.DEPARTMENT, Body.Kind.PROVINCE) and not is_evaluated:
        return "other"
    return body.kind if body.kind in COLUMNS else "other"


def is_of_opdc(body: Body, day: date) -> bool:
    """Whether OPDC evaluates it, so that its targets have three levels."""
    return column_of(body, day) in ("department", "province")


def duties_of(year: int) -> Rule[AgendaDuties] | None:
    """Who drives Joint KPIs in which bodies in a year; None where its rules do not say."""
    book = books.book(year)
    rules = book.on(book.year.last_day).of_kind(AgendaDuties) if book else ()
    return rules[0] if rules else None


def duty_of(body: Body, year: int) -> AgendaDuties.Duty | None:
    """Who drives a body in a year; None where the year's rules name nobody. No query."""
    rule, book = duties_of(year), books.book(year)
    if rule is None or book is None:
        return None
    name = class_of(body, book.year.last_day)
    return next((duty for duty in rule.value.duties if name in duty.drives), None)


def class_of(body: Body, day: date) -> str:
    """Of which class of those that are driven a body is on a day.

    An organisation of a special Act of which no source says whether the Revolving Fund Act binds it
    is one of the others.
    """
    column = column_of(body, day)
    if column != Body.Kind.PUBLIC_ORGANISATION:
        return column
    if body.established_by == Body.Act.PUBLIC_ORGANISATION:
        return "organisation_of_2542"
    in_fund = body.under_revolving_fund_act
    if in_fund is None:
        return "other"
    return "organisation_in_fund" if in_fund else "organisation_outside_fund"


def levels_of(body: Body, day: date) -> int:
    return LEVELS if is_of_opdc(body, day) else 1


def standard_of(holder: Holder) -> Decimal | None:
    """The target that a holder is counted by: the standard of three, or the only one."""
    targets = holder.targets
    if not targets:
        return None
    return Decimal(targets[STANDARD] if len(targets) == LEVELS else targets[0])


def sum_of_targets(holders: Iterable[Holder]) -> Decimal | None:
    """What the holders' targets add up to; None while one of them has none."""
    targets = [standard_of(holder) for holder in holders]
    figures = [target for target in targets if target is not None]
    return sum(figures, Decimal(0)) if targets and len(figures) == len(targets) else None


def values_of(year: int) -> dict[tuple[str, int], list[MainIndicatorValue]]:
    """(agenda, place) → the values of its main indicator, the year's last. One query."""
    values: dict[tuple[str, int], list[MainIndicatorValue]] = {}
    rows = MainIndicatorValue.objects.filter(fiscal_year=year).select_related("source_body")
    for value in sorted(rows, key=lambda row: (row.quarter is None, row.quarter or 0)):
        values.setdefault((value.agenda, value.place), []).append(value)
    return values


def value_part(place: int, quarter: int | None) -> str:
    """What a page's token calls the value of a main indicator in a quarter, or in the year."""
    return f"{place}-{quarter or 0}"


def value_cells(rule: Rule[Agenda], year: int) -> dict[str, str]:
    """Every value that an agenda may have, as a page shows it; empty where none is. One query."""
    values = values_of(year)
    cells = {}
    for place in range(1, len(rule.value.main_indicators) + 1):
        by_quarter = {row.quarter or 0: row for row in values.get((key_of(rule), place), ())}
        for quarter in range(5):
            row = by_quarter.get(quarter)
            text = f"{row.value.normalize():f} {row.source_body.code}" if row else ""
            cells[value_part(place, quarter)] = text
    return cells


def holdings_of(body: Body, year: int) -> list[Holder]:
    """What a body holds of a year now, with the sub-indicators. One query."""
    rows = Holder.objects.filter(
        body=body,
        last_day=None,
        sub_indicator__fiscal_year=year,
        sub_indicator__last_day=None,
    )
    return list(rows.select_related("sub_indicator").order_by("sub_indicator__code"))


def indicators_named(body: Body, year: int) -> set[int] | None:
    """The indicators by which a body reports what it holds of a year, by their ids.

    None where no sub-indicators of the year were loaded yet, so that nothing can be named.
    One query, two where the body has named none.
    """
    holders = Holder.objects.filter(
        body=body, sub_indicator__fiscal_year=year, last_day=None, indicator__isnull=False
    )
    indicators = set(holders.values_list("indicator_id", flat=True))
    if indicators or SubIndicator.objects.filter(fiscal_year=year).exists():
        return {pk for pk in indicators if pk is not None}
    return None
