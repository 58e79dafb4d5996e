"""Holders of office from a pasted list: a report row by row, and all of them recorded or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from esar.exchange.files import values
from esar.kernel import spelling
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word, say
from esar.platform.organisations import permissions
from esar.platform.organisations.actions import record_office_holder
from esar.platform.organisations.models import Body, Person
from esar.platform.ui.picking import Register

COLUMNS = ("body_code", "post", "name", "first_day")
SEPARATORS = ("\t", ";", ",")
MAX_ROWS = 2000
MAX_TEXT = 200  # letters of a name or a post


@dataclass(frozen=True)
class HolderRow:
    """One line of the list: what it says, whom it is for, and what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    body: Body | None = None
    first_day: date | None = None
    problems: tuple[Problem, ...] = ()


def read_holders(text: str) -> list[HolderRow]:
    """The lines of a list of body, post, name and first day, each with everything wrong with it.

    A body is named by its code or by its name.

    Cells stand between tabs, as copied from a sheet, or semicolons or commas. Blank lines and a
    line of headings are passed by.
    """
    lines = list(_lines(text))
    if not lines:
        raise Refused([Problem("holders.none")])
    if len(lines) > MAX_ROWS:
        raise Refused([Problem("holders.too_many", {"most": MAX_ROWS})])
    bodies = {body.code: body for body in Body.objects.all()}
    register = Register((body.code, body.name_th, body.name_en) for body in bodies.values())
    rows = [
        _row(number, cells, bodies.get(register.code_of(cells[0]) or "")) for number, cells in lines
    ]
    return _without_repeats(rows)


def _lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    headings = {spelling.key(say("label.body", {}, language)) for language in ("th", "en")}
    for number, line in enumerate(spelling.normal(text).splitlines(), start=1):
        if not line.strip():
            continue
        separator = max(SEPARATORS, key=line.count)
        cells = tuple(cell.strip().strip('"').strip() for cell in line.split(separator))
        if spelling.key(cells[0]) not in headings:
            yield number, cells


def _row(number: int, cells: tuple[str, ...], body: Body | None) -> HolderRow:
    if len(cells) != len(COLUMNS):
        figures: dict[str, object] = {"found": len(cells), "expected": len(COLUMNS)}
        return HolderRow(number, cells, problems=(Problem("holders.columns", figures),))
    code, post, name, day = cells
    problems, first_day = [], None
    if body is None:
        problems.append(Problem("people.unknown_place", {"code": code or "–"}))
    for field, value in (("post", post), ("name", name)):
        if not value or len(value) > MAX_TEXT:
            word = Word(f"label.{field}")
            problems.append(Problem("holders.bad_text", {"field": word, "most": MAX_TEXT}))
    try:
        first_day = values.day(day)
    except values.Unfit as unfit:
        problems.append(Problem(unfit.code, unfit.figures))
    return HolderRow(number, cells, body, first_day, tuple(problems))


def _without_repeats(rows: list[HolderRow]) -> list[HolderRow]:
    """A post of a body that begins twice on one day: each of its rows is told of."""
    keys = {row.number: (row.body, row.cells[1:2], row.first_day) for row in rows if row.body}
    counts = Counter(keys.values())
    return [
        replace(row, problems=(*row.problems, Problem("holders.twice")))
        if row.body and counts[keys[row.number]] > 1
        else row
        for row in rows
    ]


def record_holders(
    rows: list[HolderRow], *, by: Person, at: datetime, on: date, keep: bool = True
) -> list[HolderRow]:
    """Record every holder, earlier days first; the rows that were refused, else none.

    Nothing is recorded where one row is refused, or where `keep` is false.
    """
    require(permissions.may_keep_registry(by, on))
    refused = [row for row in rows if row.problems]
    with transaction.atomic():
        sound = [row for row in rows if not row.problems and row.body and row.first_day]
        for row in sorted(sound, key=lambda row: row.first_day or on):
            try:
                record_office_holder(
                    row.body,  # type: ignore[arg-type]
                    name=row.cells[2],
                    post=row.cells[1],
                    first_day=row.first_day,  # type: ignore[arg-type]
                    by=by,
                    at=at,
                    on=on,
                )
            except Refused as error:
                refused.append(replace(row, problems=error.problems))
        if refused or not keep:
            transaction.set_rollback(True)
    return sorted(refused, key=lambda row: row.number)
