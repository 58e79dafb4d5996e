"""Writes of the agendas: what a file lists, what left, values of main indicators, named KPIs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from esar.agree.agendas.checks import RowRead, may_grow, read_rows
from esar.agree.agendas.models import Holder, MainIndicatorValue, SubIndicator
from esar.agree.agendas.permissions import may_keep, may_name_kpi
from esar.agree.agendas.queries import agenda_of, closed_on, value_cells, value_part
from esar.agree.agendas.sheet import LISTING, OWN
from esar.agree.indicators.models import Indicator
from esar.exchange.files.listing import Intake
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Agenda
from esar.law.rules.numbers import trimmed
from esar.law.rules.years import FiscalYear
from esar.platform.history.actions import record
from esar.platform.history.models import Event
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text
from esar.platform.lifecycle.seen import changed_parts, seen_token
from esar.platform.organisations.models import Body, Person

MAIN_VALUE = "main_value.saved"


def load_file(
    data: bytes, name: str, year: int, *, by: Person, at: datetime, on: date
) -> Intake[RowRead]:
    """Take in a file of sub-indicators and holders, whole or not at all.

    Errors: Refused without the right, and for a file without a table that can be read. What is
    wrong with its rows is in what is given back.
    """
    require(may_keep(by, on))
    reading = LISTING.read(data, name)
    rows = read_rows(reading.lines, year, Body.objects.filter(last_day=None))
    loaded = Intake(rows, reading.problems)
    _refuse_growth(loaded, year, on)
    if not loaded.problems:
        _write(loaded, year, by=by, at=at, on=on)
    return loaded


def _refuse_growth(loaded: Intake[RowRead], year: int, on: date) -> None:
    """New rows of an agenda that is closed have a problem each. Two queries."""
    subs = {sub.code: sub for sub in SubIndicator.objects.filter(fiscal_year=year)}
    agendas = {sub.agenda for sub in subs.values()}
    pairs = Holder.objects.filter(sub_indicator__fiscal_year=year)
    there = set(pairs.values_list("sub_indicator__code", "body__code"))
    keys = {row.code: row.own["agenda"] for row in loaded.rows if row.own.get("agenda")}
    for row in loaded.rows:
        key = keys.get(row.code)
        is_new = row.code not in subs or (
            row.body is not None and (row.code, row.body.code) not in there
        )
        if not key or not is_new:
            continue
        problem = may_grow(year, key, on, is_loaded=key in agendas)
        if problem is not None:
            row.add(problem.code, **problem.figures)


@transaction.atomic
def _write(loaded: Intake[RowRead], year: int, *, by: Person, at: datetime, on: date) -> None:
    by_code: dict[str, list[RowRead]] = {}
    for row in loaded.rows:
        by_code.setdefault(row.code, []).append(row)
    there = {
        sub.code: sub for sub in SubIndicator.objects.select_for_update().filter(fiscal_year=year)
    }
    for code, rows in by_code.items():
        sub = _write_sub(there.get(code), code, rows[0].own, year, loaded, by=by, at=at, on=on)
        _write_holders(sub, rows, loaded, by=by, at=at, on=on)


def _first_day(year: int, key: str, on: date) -> date:
    """What is loaded late was in force since the commission approved it."""
    closed = closed_on(year, key)
    return min(on, closed) if closed else on


def _write_sub(
    sub: SubIndicator | None,
    code: str,
    own: dict[str, Any],
    year: int,
    loaded: Intake[RowRead],
    *,
    by: Person,
    at: datetime,
    on: date,
) -> SubIndicator:
    text = {key: own[key] for key in OWN if key in own}
    if sub is None:
        first = _first_day(year, own["agenda"], on)
        sub = SubIndicator.objects.create(fiscal_year=year, code=code, first_day=first, **text)
        loaded.new += 1
        after = {"code": code, **_told(text, year, own["agenda"])}
        record("sub_indicator.created", sub, by=by, at=at, after=after)
        return sub
    before = {key: getattr(sub, key) for key in text}
    if before == text:
        loaded.same += 1
        return sub
    for key, value in text.items():
        setattr(sub, key, value)
    sub.version += 1
    sub.save()
    loaded.changed += 1
    told_before, told_after = _told(before, year, sub.agenda), _told(text, year, sub.agenda)
    record("sub_indicator.changed", sub, by=by, at=at, before=told_before, after=told_after)
    return sub


def _told(text: dict[str, Any], year: int, key: str) -> dict[str, Any]:
    """A sub-indicator's values as the history says them: codes by what the rules call them."""
    rule = agenda_of(year, key)
    names: dict[str, str] = {}
    if rule is not None:
        items = (*rule.value.national_targets, *rule.value.stages)
        names = {item.id: item.label.th for item in items}
    values = {}
    for column, value in text.items():
        if column == "agenda":
            values[column] = rule.label.th if rule else value
        elif column in ("national_target", "stage"):
            values[column] = names.get(value, value)
        else:
            values[column] = f"{value:f}" if isinstance(value, Decimal) else value
    return values


def _write_holders(
    sub: SubIndicator,
    rows: Iterable[RowRead],
    loaded: Intake[RowRead],
    *,
    by: Person,
    at: datetime,
    on: date,
) -> None:
    there = {holder.body_id: holder for holder in Holder.objects.filter(sub_indicator=sub)}
    first = _first_day(sub.fiscal_year, sub.agenda, on)
    for row in rows:
        if row.body is None:
            continue
        holder = there.get(row.body.pk)
        if holder is None:
            holder = Holder.objects.create(
                sub_indicator=sub, body=row.body, targets=row.targets, first_day=first
            )
            loaded.new += 1
            code, after = row.body.code, {"targets": row.targets}
            record("holder.added", holder, by=by, at=at, body=code, after=after)
        elif row.targets and holder.targets != row.targets:
            before, holder.targets = {"targets": holder.targets}, row.targets
            holder.save(update_fields=["targets"])
            loaded.changed += 1
            code, after = row.body.code, {"targets": row.targets}
            record("holder.changed", holder, by=by, at=at, body=code, before=before, after=after)
        else:
            loaded.same += 1


@transaction.atomic
def end_sub_indicator(
    sub: SubIndicator,
    *,
    into: SubIndicator | None,
    reason: str,
    last_day: date,
    by: Person,
    at: datetime,
    on: date,
) -> SubIndicator:
    """Cut a sub-indicator, or merge it into another of its agenda, after its last day.

    Errors: Refused without the right, a reason, or another to merge into, and for one that left.
    """
    require(may_keep(by, on))
    locked = SubIndicator.objects.select_for_update().get(pk=sub.pk)
    problems = []
    if locked.last_day is not None:
        problems.append(Problem("agenda.left_already", {"code": locked.code}))
    if not reason.strip():
        problems.append(Problem("form.no_reason"))
    if into is not None and (into.pk == locked.pk or into.agenda != locked.agenda or into.ending):
        problems.append(Problem("agenda.not_mergeable", {"code": into.code}))
    if last_day < locked.first_day:
        problems.append(Problem("calendar.days_run_back"))
    if problems:
        raise Refused(problems)
    locked.last_day, locked.into, locked.reason = last_day, into, reason.strip()
    locked.ending = SubIndicator.Ending.MERGED if into else SubIndicator.Ending.CUT
    locked.save()
    after = {"last_day": f"{last_day}", "into": into.code if into else ""}
    record(f"sub_indicator.{locked.ending}", locked, by=by, at=at, after=after, reason=reason)
    return locked


@transaction.atomic
def save_main_value(
    year: int,
    key: str,
    place: int,
    quarter: int | None,
    value: Decimal,
    source_body: Body,
    *,
    seen: str | None = None,
    by: Person,
    at: datetime,
    on: date,
) -> MainIndicatorValue:
    """Write what a main indicator came to; a later figure replaces it, and the history has both.

    `seen` is the token of the values that the page showed (`values_seen`).
    Errors: Refused without the right, for an agenda or indicator that the year does not have, and
    before the quarter, or the year, is over; Conflict when someone else has written another value
    of the same quarter since.
    """
    require(may_keep(by, on))
    rule = agenda_of(year, key)
    if rule is None or not 1 <= place <= len(rule.value.main_indicators):
        raise Refused([Problem("agenda.no_main_indicator", {"agenda": key, "year": year})])
    of_year = FiscalYear(year)
    last_day = of_year.quarter_end(quarter) if quarter else of_year.last_day
    if on <= last_day:
        raise Refused([Problem("agenda.period_not_over", {"day": last_day})])
    of = {"fiscal_year": year, "agenda": key, "place": place, "quarter": quarter}
    rows = MainIndicatorValue.objects.select_for_update(of=("self",)).select_related("source_body")
    row = rows.filter(**of).first()
    typed = {"value": trimmed(value), "source_body": source_body}
    if not _is_new_value(rule, row, value_part(place, quarter), typed, year, seen, by):
        assert row is not None, "a value that is not new is there"
        return row
    before = {"value": f"{row.value:f}"} if row else None
    if row is None:
        row = MainIndicatorValue(**of)
    row.value, row.source_body = value, source_body
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused([Problem("main_value.changed_meanwhile", {"by": "", "at": at})]) from error
    after = {"value": f"{value:f}", "source": source_body.code}
    record(MAIN_VALUE, row, by=by, at=at, before=before, after=after)
    return row


def _is_new_value(
    rule: Rule[Agenda],
    row: MainIndicatorValue | None,
    part: str,
    typed: dict[str, Any],
    year: int,
    seen: str | None,
    by: Person,
) -> bool:
    """Whether a value is to be written: its own cell must be as the page showed it."""
    stored: dict[str, Any] = {"value": None, "source_body": None}
    savings = Event.objects.none()
    if row is not None:
        stored = {"value": trimmed(row.value), "source_body": row.source_body}
        savings = Event.objects.filter(
            verb=MAIN_VALUE, subject_kind="mainindicatorvalue", subject_id=str(row.pk)
        )
    content = value_cells(rule, year)
    now = seen_token(content)
    if seen and changed_parts(seen, content, (part,)) is None:
        seen = now  # what was written of other quarters is nobody's conflict
    return is_new_text(
        stored, typed, seen=seen, now=now, by=by, saved=SavedByLog(savings), kind="main_value"
    )


@transaction.atomic
def name_kpi(
    holder: Holder, indicator: Indicator | None, *, by: Person, at: datetime, on: date
) -> Holder:
    """Say by which KPI of its scorecard a body reports what it holds; None: by none yet.

    Errors: Refused without the right.
    """
    require(may_name_kpi(by, holder, on))
    locked = Holder.objects.select_for_update(of=("self",)).select_related("indicator", "body")
    row = locked.get(pk=holder.pk)
    before = {"kpi": row.indicator.code if row.indicator else ""}
    row.indicator = indicator
    row.save(update_fields=["indicator"])
    after = {"kpi": indicator.code if indicator else ""}
    record("holder.kpi_named", row, by=by, at=at, body=row.body.code, before=before, after=after)
    return row


def report_by(
    indicator: Indicator,
    chosen: Holder | None,
    before: Holder | None,
    *,
    by: Person,
    at: datetime,
    on: date,
) -> None:
    """Have a KPI's indicator report what was chosen, and no longer what it reported before.

    Errors: Refused without the right.
    """
    if chosen == before:
        return
    if before is not None:
        name_kpi(before, None, by=by, at=at, on=on)
    if chosen is not None:
        name_kpi(chosen, indicator, by=by, at=at, on=on)
