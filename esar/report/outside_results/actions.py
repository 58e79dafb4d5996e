"""Writes of results from outside the evaluation: one by its page, or a file of many."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from esar.agree.agendas.models import Holder
from esar.agree.agendas.queries import duties_of, duty_of
from esar.exchange.files.listing import Intake
from esar.kernel import spelling
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.law.rules.numbers import trimmed
from esar.law.rules.refusals import refusal
from esar.law.rules.years import FiscalYear
from esar.platform.history.actions import record
from esar.platform.history.models import Event
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.organisations.models import Body, Person
from esar.report.outside_results.checks import ResultRow, read_rows
from esar.report.outside_results.models import OutsideResult
from esar.report.outside_results.permissions import may_see_results, may_send_result
from esar.report.outside_results.queries import (
    holders_at_the_end,
    result_of,
    results_of,
    sender_code,
    sends_for,
)
from esar.report.outside_results.sheet import LISTING

SAVED = "outside_result.saved"


def text_of(result: OutsideResult | None) -> dict[str, Any]:
    """What its form gives."""
    value = result.value if result else None
    return {
        "value": None if value is None else trimmed(value),
        "remark": result.remark if result else "",
    }


def mark(result: OutsideResult | None) -> str:
    """The mark of what is there, which the page carries."""
    return mark_of(_told(text_of(result)))


def _told(text: dict[str, Any]) -> dict[str, str]:
    value = text["value"]
    return {"value": "" if value is None else f"{trimmed(value):f}", "remark": text["remark"]}


@transaction.atomic
def save_result(
    holder: Holder,
    value: Decimal | None,
    remark: str,
    *,
    seen: str | None,
    by: Person,
    at: datetime,
    on: date,
) -> OutsideResult:
    """Write what came of a sub-indicator at a holder; what stood there before is in the history.

    Errors: Refused without the right, before the year is over, and for what says nothing; Conflict
    when someone else has written another result since.
    """
    require(may_send_result(by, holder, on))
    problems = list(_year_goes_on(holder.sub_indicator.fiscal_year, on))
    if value is None and not remark.strip():
        problems.append(Problem("outside.says_nothing"))
    if problems:
        raise Refused(problems)
    Holder.objects.select_for_update().get(pk=holder.pk)  # of two at once one waits
    row = result_of(holder)
    typed = {"value": None if value is None else trimmed(value), "remark": remark.strip()}
    savings = Event.objects.none()
    if row is not None:
        savings = Event.objects.filter(
            subject_kind="outsideresult", subject_id=str(row.pk), verb=SAVED
        )
    if is_new_text(
        text_of(row),
        typed,
        seen=seen,
        now=mark(row),
        by=by,
        saved=SavedByLog(savings),
        kind="outside",
    ):
        row = _write(holder, row, typed, by=by, at=at)
    assert row is not None, "a text that is not new is there"
    return row


def _write(
    holder: Holder, row: OutsideResult | None, typed: dict[str, Any], *, by: Person, at: datetime
) -> OutsideResult:
    before = _told(text_of(row)) if row else None
    duty = duty_of(holder.body, holder.sub_indicator.fiscal_year)
    assert duty is not None, "who may send a result has the duty to"
    row = row or OutsideResult(holder=holder)
    row.value, row.remark = typed["value"], typed["remark"]
    row.sender = Body.objects.get(code=sender_code(holder.body, duty))
    row.save()
    after = {"kpi": holder.sub_indicator.code, **_told(typed)}
    record(SAVED, row, by=by, at=at, body=holder.body.code, before=before, after=after)
    return row


def _year_goes_on(year: int, on: date) -> list[Problem]:
    last = FiscalYear(year).last_day
    if on > last:
        return []
    return [refusal("outside.year_goes_on", duties_of(year), {"year": year, "day": last})]


def load_file(
    data: bytes, name: str, year: int, *, by: Person, at: datetime, on: date
) -> Intake[ResultRow]:
    """Take in a file of results, whole or not at all. A row without a result is left for later.

    Errors: Refused without the right, before the year is over, and for a file without a table that
    can be read. What is wrong with its rows is in what is given back.
    """
    require(may_see_results(by, on))
    if problems := _year_goes_on(year, on):
        raise Refused(problems)
    reading, codes = LISTING.read(data, name), sends_for(by, on)
    holders = {
        (
            spelling.register_code(holder.sub_indicator.code),
            spelling.register_code(holder.body.code),
        ): (
            holder,
            may_send_result(by, holder, on, codes),
        )
        for holder in holders_at_the_end(year)
    }
    loaded = Intake(read_rows(reading.lines, holders), reading.problems)
    if not loaded.problems:
        _write_rows(loaded, by=by, at=at, on=on)
    return loaded


@transaction.atomic
def _write_rows(loaded: Intake[ResultRow], *, by: Person, at: datetime, on: date) -> None:
    holders = [row.holder for row in loaded.rows if row.holder is not None]
    stored_of = {due.holder.pk: due.result for due in results_of(holders)}
    for row in loaded.rows:
        if row.holder is None or row.says_nothing:
            continue
        stored = stored_of[row.holder.pk]
        typed = {"value": row.value, "remark": row.remark}
        if stored is not None and _told(text_of(stored)) == _told(typed):
            loaded.same += 1
            continue
        seen = mark(stored)
        save_result(row.holder, row.value, row.remark, seen=seen, by=by, at=at, on=on)
        loaded.new += stored is None
        loaded.changed += stored is not None
