"""Writes: drafts of OPDC, and telling committees. What sittings resolve is `resolutions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from esar.agree.strategic_kpis.achieved import strategic_law
from esar.agree.strategic_kpis.checks import Ledger, RowRead, read_rows
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE, whose_turn
from esar.agree.strategic_kpis.models import StrategicKpi
from esar.agree.strategic_kpis.permissions import may_draft
from esar.agree.strategic_kpis.queries import committees_of_hosts, hosts_of_year
from esar.agree.strategic_kpis.sheet import listing_of
from esar.exchange.files.listing import Intake
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with


def draft(fields: Mapping[str, Any], *, by: Person, at: datetime, on: date) -> StrategicKpi:
    """Begin a strategic KPI of OPDC's draft. Errors: Refused."""
    begun = StrategicKpi(**fields)
    return STRATEGIC_LIFE.move(begun, "begin", by=by, at=at, on=on).thing


@transaction.atomic
def save_draft(
    thing: StrategicKpi,
    fields: Mapping[str, Any],
    *,
    seen: str | None,
    by: Person,
    at: datetime,
    on: date,
) -> None:
    """Change a draft. Errors: Refused; Conflict when someone else has saved another text since."""
    locked = STRATEGIC_LIFE.locked(thing)
    require(STRATEGIC_LIFE.may(by, locked, "edit", on))
    stored, before = text_of(locked), dict(STRATEGIC_LIFE.content(locked))
    savings = STRATEGIC_LIFE.events_of(locked, *STRATEGIC_LIFE.written_by)
    if not is_new_text(
        stored,
        dict(fields),
        seen=seen,
        now=mark_of(before),
        by=by,
        saved=SavedByLog(savings),
        kind="strategic",
        code=locked.code,
    ):
        return
    for name, value in fields.items():
        setattr(locked, name, value)
    if StrategicKpi.objects.filter(code=locked.code).exclude(pk=locked.pk).exists():
        raise Refused([Problem("strategic.code_taken", {"code": locked.code})])
    locked.save(update_fields=list(fields))
    after = dict(STRATEGIC_LIFE.content(locked))
    record(
        "strategic.changed", locked, by=by, at=at, body=locked.host.code, before=before, after=after
    )


def text_of(thing: StrategicKpi) -> dict[str, Any]:
    """What a draft's form gives."""
    names = ("code", "host", "name", "unit", "direction", "plan", "issue", "sub_issue", "targets")
    return {name: getattr(thing, name) for name in names}


@transaction.atomic
def submit_many(
    rows: Sequence[StrategicKpi],
    *,
    by: Person,
    at: datetime,
    on: date,
    tokens: Mapping[int, str] | None = None,
) -> None:
    """Put drafts before level 1, all of them or none. `tokens` as of `tell_committees`."""
    for row in rows:
        seen = token_of(row, tokens)
        STRATEGIC_LIFE.move(row, "submit", seen=seen, in_bulk=True, by=by, at=at, on=on)
    tell_whose_turn(rows, "submit", by=by, at=at, on=on)


def tell_whose_turn(
    rows: Sequence[StrategicKpi], name: str, *, by: Person, at: datetime, on: date
) -> None:
    """Tell those whose turn it is after a move of many, in one sentence for each year."""
    move = STRATEGIC_LIFE.moves[name]
    for year in sorted({row.fiscal_year for row in rows}):
        of_year = [row for row in rows if row.fiscal_year == year]
        state = of_year[0].state
        people = [person for person in whose_turn(of_year[0], move, on) if person != by]
        tell(
            people,
            f"notice.strategic_many_{state}",
            path=f"{reverse('strategic_kpis:strategics')}?year={year}&state={state}",
            key=f"strategic_many:{name}:{year}:{at.isoformat()}",
            at=at,
            count=len(of_year),
            year=year,
        )


def token_of(row: StrategicKpi, tokens: Mapping[int, str] | None) -> str | None:
    """The token of a row of the page that was sent; None where no page is behind it."""
    return None if tokens is None else tokens.get(row.pk, "")


@transaction.atomic
def tell_committees(
    rows: Sequence[StrategicKpi],
    *,
    by: Person,
    at: datetime,
    on: date,
    tokens: Mapping[int, str] | None = None,
) -> dict[int, int]:
    """Tell the committees of what was approved, one notice each. Committee's id → how many.

    `tokens` are those of the rows of the list, by id; None where no page is behind it.
    """
    counts: dict[int, int] = {}
    by_host: dict[int, dict[int, Any]] = {}
    for row in rows:
        seen = token_of(row, tokens)
        STRATEGIC_LIFE.move(row, "tell", by=by, at=at, on=on, seen=seen)
        year = row.fiscal_year
        committees = by_host.setdefault(year, committees_of_hosts(year))
        committee = committees[row.host_id]
        counts[committee.pk] = counts.get(committee.pk, 0) + 1
    for year, committees in by_host.items():
        for committee in {one.pk: one for one in committees.values()}.values():
            if committee.pk in counts:
                tell(
                    people_with(on, Role.SECRETARY, committee=committee),
                    "notice.strategic_told",
                    path=f"/strategic/?year={year}&standing=undecided",
                    key=f"strategic_told:{committee.pk}:{year}:{at.isoformat()}",
                    at=at,
                    count=counts[committee.pk],
                    year=year,
                )
    return counts


@transaction.atomic
def load_file(
    data: bytes, name: str, year: int, *, by: Person, at: datetime, on: date
) -> Intake[RowRead]:
    """Take in a file of drafts, whole or not at all.

    Errors: Refused without the right, and for a file without a table that can be read. What is
    wrong with its rows is in what is given back.
    """
    require(may_draft(by, on))
    law = strategic_law(year)
    if law is None:
        raise Refused([Problem("strategic.no_law", {"year": year})])
    reading = listing_of(law.value).read(data, name)
    hosts = {host.body.code.upper(): host.body for host in hosts_of_year(year)}
    there = {row.code: row for row in StrategicKpi.objects.select_related("host")}
    ledger = Ledger(law.value, hosts, there)
    loaded = Intake(read_rows(reading.lines, ledger), reading.problems)
    for row in loaded.rows if not loaded.problems else ():
        stored = there.get(row.code)
        if stored is None:
            draft({**row.text, "fiscal_year": year}, by=by, at=at, on=on)
            loaded.new += 1
        elif text_of(stored) == row.text:
            loaded.same += 1
        else:
            seen = mark_of(dict(STRATEGIC_LIFE.content(stored)))
            save_draft(stored, row.text, seen=seen, by=by, at=at, on=on)
            loaded.changed += 1
    return loaded
