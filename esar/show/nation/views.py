"""The tables of a year, each with its figures and the rows that they count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from esar.judge.early_warning.permissions import may_warn
from esar.platform.history.models import Event
from esar.platform.history.queries import newest_events
from esar.platform.organisations.models import OF_OPDC, Body, Role
from esar.platform.organisations.queries import holds
from esar.platform.ui import books, clock
from esar.platform.ui.day_asked import day_asked
from esar.platform.ui.doors import open_to_all, signed_in
from esar.platform.ui.year import chosen_year
from esar.report.reports.queries import due_of_round
from esar.show.nation import under_way
from esar.show.nation.arrivals import Pace, RoundOfYear, pace
from esar.show.nation.at_risk import risks_of
from esar.show.nation.minister import MinisterBodies, MinisterKpis, offices_of
from esar.show.nation.registry import (
    AsOf,
    Checked,
    Table,
    checked,
    questions_of,
    table_of,
    tables_of,
)
from esar.show.nation.tables import FigureList

OPDC = signed_in(*OF_OPDC)
LATEST = 6  # of what happened
MINISTERS = signed_in(Role.MINISTERS_OFFICE, *OF_OPDC)


@dataclass(frozen=True)
class Line:
    """The figures of one line of a table, in its columns."""

    label: Any
    cells: list[Checked]


@dataclass(frozen=True)
class Sheet:
    """A table as a page shows it."""

    table: Table[Any]
    figures: list[Checked]

    @cached_property
    def lines(self) -> list[Line]:
        return [
            Line(label, list(cells))
            for label, cells in groupby(self.figures, key=lambda row: str(row.figure.label))
        ]

    @cached_property
    def heads(self) -> list[Any]:
        """What its columns are called, where every line has the same; else none."""
        of_lines = {tuple(str(row.figure.column) for row in line.cells) for line in self.lines}
        return [head for head in of_lines.pop() if head] if len(of_lines) == 1 else []

    @property
    def are_named(self) -> bool:
        """Whether its figures have names, which say more than their keys."""
        return self.table.is_quoted and all(row.figure.column for row in self.figures)

    @property
    def agreeing(self) -> int:
        return sum(row.standing == "agrees" for row in self.figures)

    @property
    def differing(self) -> int:
        return sum(row.standing == "differs" for row in self.figures)


def _as_of(request: HttpRequest, year: int) -> AsOf:
    """The year as of the day asked for, else as of its last."""
    book = books.book(year)
    if book is None:
        raise Http404
    # by default what is in force by now, and what will be by the year's end
    return AsOf(book, day_asked(request, book.year.last_day))


def _sheet(table: Table[Any], as_of: AsOf) -> Sheet:
    return Sheet(table, checked(table, table.rows(as_of), as_of))


@open_to_all
@require_safe
def tables(request: HttpRequest, year: int) -> HttpResponse:
    """Every table of a year. As many queries as its tables have, however many rows."""
    as_of = _as_of(request, year)
    sheets = [_sheet(table, as_of) for table in tables_of(as_of.rules)]
    questions = [table for table in questions_of(as_of.rules) if _may_read(request, table)]
    context = {"as_of": as_of, "sheets": sheets, "questions": questions}
    return render(request, "nation/tables.html", context)


@open_to_all
@require_safe
def figures(request: HttpRequest, year: int) -> HttpResponse:
    """Every figure of a year beside what the documents print."""
    return _figures(request, year).answer(as_of=_as_of(request, year))


@open_to_all
@require_safe
def figures_export(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    return _figures(request, year).file(kind)


def _figures(request: HttpRequest, year: int) -> FigureList:
    as_of = _as_of(request, year)
    sheets = [_sheet(table, as_of) for table in tables_of(as_of.rules)]
    return FigureList(request, as_of, [row for sheet in sheets for row in sheet.figures])


def _may_read(request: HttpRequest, table: Table[Any]) -> bool:
    """Whether a table is for everyone, or for a role that its reader holds today."""
    return not table.roles or holds(request.user, clock.today(), *table.roles)


def _table(request: HttpRequest, as_of: AsOf, code: str) -> Table[Any]:
    table = table_of(code, as_of.rules)
    if table is None or not _may_read(request, table):
        raise Http404
    return table


@open_to_all
@require_safe
def table(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """One table, and the rows that its figures count. The queries of its rows."""
    as_of = _as_of(request, year)
    the_table = _table(request, as_of, code)
    rows = the_table.rows(as_of)
    sheet = Sheet(the_table, checked(the_table, rows, as_of))
    page = the_table.list_of(request, as_of, rows)
    return page.answer(sheet=sheet, as_of=as_of, year=year)


@open_to_all
@require_safe
def rows(request: HttpRequest, year: int, code: str, kind: str) -> HttpResponse:
    """The rows of a table as a file."""
    as_of = _as_of(request, year)
    the_table = _table(request, as_of, code)
    return the_table.list_of(request, as_of, the_table.rows(as_of)).file(kind)


def _office(request: HttpRequest, code: str) -> Body:
    """The ministry, where the reader may read its minister's page."""
    offices = offices_of(request.user, clock.today())
    office = next((body for body in offices if body.code == code), None)
    if office is None:
        raise Http404
    return office


@MINISTERS
@require_safe
def ministers(request: HttpRequest) -> HttpResponse:
    """The minister's page of the reader's office; of several, the choice."""
    offices, year = offices_of(request.user, clock.today()), chosen_year(request)
    if len(offices) == 1:
        return redirect("nation:minister", offices[0].code, year)
    return render(request, "nation/ministers.html", {"offices": offices, "year": year})


@MINISTERS
@require_safe
def minister(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """A minister's bodies beside each other and last year, and the ministry's strategic KPIs."""
    return MinisterBodies(request, _office(request, code), year).answer()


@MINISTERS
@require_safe
def minister_export(request: HttpRequest, code: str, year: int, kind: str) -> HttpResponse:
    return MinisterBodies(request, _office(request, code), year).file(kind)


@MINISTERS
@require_safe
def minister_kpis(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The KPIs of a minister's bodies at 0, below basic, between and at their full points."""
    return MinisterKpis(request, _office(request, code), year).answer()


@MINISTERS
@require_safe
def minister_kpis_export(request: HttpRequest, code: str, year: int, kind: str) -> HttpResponse:
    return MinisterKpis(request, _office(request, code), year).file(kind)


@OPDC
@require_safe
def nation(request: HttpRequest, year: int) -> HttpResponse:
    """Where the bodies of a year are in a round: steps, ministries, map. Eight queries; as many
    again for the year before, and two for what is at risk.
    """
    as_of = _today_of(year)
    rounds = books.reported_rounds(year)
    if not rounds:
        raise Http404
    chosen = request.GET.get("round", "")
    round_id = chosen if chosen in rounds else under_way.round_under_way(year, as_of.day)
    rows = under_way.under_way(as_of, round_id)
    due = due_of_round(year, round_id)
    context = {
        "year": year,
        "rounds": [(each, books.round_label(year, each)) for each in rounds],
        "round_id": round_id,
        "round": books.round_label(year, round_id),
        "today": as_of.day,
        "due": due,
        "days_left": (due - as_of.day).days if due else None,
        "bodies": rows,
        "sent": sum(row.is_sent for row in rows),
        "late": sum(row.time == under_way.LATE for row in rows),
        "sent_late": sum(row.time == under_way.SENT_LATE for row in rows),
        "unbegun": sum(row.step == under_way.NOT_BEGUN for row in rows),
        "funnel": under_way.funnel(rows, year, round_id),
        "grid": under_way.grid(rows, year, round_id),
        "map": under_way.map_of(rows),
        "list": under_way.address_of(year, round_id),
        "is_demo": any(row.is_demo for row in rows),
        "events": _with_bodies(newest_events(LATEST), rows),
        "pace": _pace(RoundOfYear(year, round_id, due, rows), as_of.day) if due else None,
        "risks": risks_of(year) if may_warn(request.user, as_of.day) else None,
    }
    return render(request, "nation/nation.html", context)


def _pace(current: RoundOfYear, today: date) -> Pace | None:
    """The reports of a round as they came, against the same round of the year before."""
    last, round_id = current.year - 1, current.round_id
    book, due = books.book(last), due_of_round(last, round_id)
    if book is None or due is None or round_id not in books.reported_rounds(last):
        return pace(current, None, today)
    rows = under_way.under_way(AsOf(book, today), round_id)
    return pace(current, RoundOfYear(last, round_id, due, rows), today)


def _with_bodies(
    events: Iterable[Event], rows: Iterable[under_way.BodyUnderWay]
) -> list[tuple[Event, Body]]:
    """What happened to bodies that the year evaluates, each with its body."""
    bodies = {row.body.code: row.body for row in rows}
    return [(event, bodies[event.body_code]) for event in events if event.body_code in bodies]


@OPDC
@require_safe
def bodies_under_way(request: HttpRequest, year: int, round_id: str) -> HttpResponse:
    """The bodies that a figure of the nation's page counts."""
    page = _under_way(request, year, round_id)
    return page.answer(year=year, round_id=round_id)


@OPDC
@require_safe
def bodies_under_way_export(
    request: HttpRequest, year: int, round_id: str, kind: str
) -> HttpResponse:
    return _under_way(request, year, round_id).file(kind)


def _under_way(request: HttpRequest, year: int, round_id: str) -> under_way.BodiesUnderWay:
    if round_id not in books.reported_rounds(year):
        raise Http404
    return under_way.BodiesUnderWay(request, _today_of(year), round_id)


def _today_of(year: int) -> AsOf:
    book = books.book(year)
    if book is None:
        raise Http404
    return AsOf(book, clock.today())
