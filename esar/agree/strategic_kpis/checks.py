"""Rows of a file of strategic KPIs against the year's rules and its hosts: all that is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from esar.agree.indicators.bounds import beyond_bounds
from esar.agree.strategic_kpis.models import StrategicKpi
from esar.agree.strategic_kpis.sheet import NEEDED, listing_of, years_of
from esar.agree.strategic_kpis.states import DRAFT
from esar.exchange.files import values
from esar.exchange.files.listing import Line
from esar.exchange.files.values import Unfit
from esar.kernel import spelling
from esar.kernel.problems import Place, Problem
from esar.kernel.wording import Word, say
from esar.law.rules.kinds import StrategicKpis
from esar.law.rules.numbers import trimmed
from esar.platform.organisations.models import Body

LONGEST = {"code": 40, "name": 300, "unit": 60, "issue": 200, "sub_issue": 200}
MAX_WHY = 300
PLACES, DIGITS = 4, 15


@dataclass
class RowRead:
    """A row as it was read: what it says of its strategic KPI, and what is wrong with it."""

    row: int
    code: str
    text: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def add(self, code: str, /, **figures: object) -> None:
        self.problems.append(Problem(code, figures, Place(row=self.row)))


@dataclass(frozen=True)
class Ledger:
    """What rows are held against: the year's rules, its hosts by code, what is there by code."""

    law: StrategicKpis
    hosts: Mapping[str, Body]
    there: Mapping[str, StrategicKpi]


def read_rows(lines: Iterable[Line], ledger: Ledger) -> list[RowRead]:
    """Every row with everything that is wrong with it. No query."""
    rows = [_row(line, ledger) for line in lines]
    by_code: dict[str, list[RowRead]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    for code, same in by_code.items():
        for row in same if code and len(same) > 1 else ():
            row.add("strategic.twice", code=code, rows=", ".join(str(one.row) for one in same))
    return rows


def _row(line: Line, ledger: Ledger) -> RowRead:
    cell = line.cells.get("code", "")
    row = RowRead(line.row, spelling.register_code(str(getattr(cell, "shown", None) or cell)))
    row.text["code"] = row.code
    if not row.code:
        row.add("strategic.no_code")
    missing = tuple(Word(f"strategic-column.{key}") for key in NEEDED if key not in line.cells)
    if missing:
        row.add("strategic.row_incomplete", columns=missing)
    for column, most in LONGEST.items():
        words = row.code if column == "code" else _read(line, row, column, values.text, ledger)
        if words is not None and len(words) > most:
            row.add("file.too_long", most=most, found=len(words))
        elif words is not None:
            row.text[column] = spelling.normal(words)
    direction = _read(line, row, "direction", values.direction, ledger)
    if direction is not None:
        row.text["direction"] = direction
    _read_host(line, row, ledger)
    _read_plan(line, row, ledger)
    row.text["targets"] = [_target(line, row, year, ledger) for year in years_of(ledger.law)]
    row.text.setdefault("sub_issue", "")
    row.notes += target_notes(row.text)
    there = ledger.there.get(row.code)
    if there is not None and there.state != DRAFT:
        row.add(
            "strategic.not_a_draft", code=row.code, state=Word(f"strategic-state.{there.state}")
        )
    return row


def target_notes(text: Mapping[str, Any]) -> list[Problem]:
    """What to look at again in the targets of a strategic KPI, as it is typed or read."""
    targets = [Decimal(each["target"]) for each in text["targets"] if each["target"]]
    return list(beyond_bounds(text["code"], text.get("unit", ""), targets))


def _read_host(line: Line, row: RowRead, ledger: Ledger) -> None:
    typed = _read(line, row, "host", values.text, ledger)
    if typed is None:
        return
    host = ledger.hosts.get(spelling.register_code(typed))
    if host is None:
        row.add("strategic.unknown_host", value=typed[:60], known=", ".join(sorted(ledger.hosts)))
    else:
        row.text["host"] = host


def _read_plan(line: Line, row: RowRead, ledger: Ledger) -> None:
    """By its code, or as the register calls it in either language."""
    typed = _read(line, row, "plan", values.text, ledger)
    if typed is None:
        return
    plans = {
        spelling.key(words): plan
        for plan in StrategicKpi.Plan.values
        for words in (plan, *(say(f"choice.{plan}", {}, language) for language in ("th", "en")))
    }
    plan = plans.get(spelling.key(typed))
    if plan is None:
        choices = ", ".join(say(f"choice.{name}", {}, "th") for name in StrategicKpi.Plan.values)
        row.add("strategic.unknown_plan", value=typed[:60], known=choices)
    else:
        row.text["plan"] = plan


def _target(line: Line, row: RowRead, year: int, ledger: Ledger) -> dict[str, Any]:
    """A target, or why there is none: one of the two in each year."""
    in_unit = values.in_unit(row.text.get("unit", ""))
    target = _read(line, row, f"target_{year}", in_unit, ledger)
    why = _read(line, row, f"why_{year}", values.text, ledger) or ""
    if len(why) > MAX_WHY:
        row.add("file.too_long", most=MAX_WHY, found=len(why))
    has_target = f"target_{year}" in line.cells
    if has_target == bool(why):
        row.add("strategic.target_xor_why", year=year)
    if target is not None and not _fits(target):
        row.add("form.too_many_decimals", value=f"{trimmed(target):f}", places=PLACES)
    return {"year": year, "target": "" if target is None else f"{trimmed(target):f}", "why": why}


def _fits(figure: Decimal) -> bool:
    short = trimmed(figure)
    exponent = short.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return places <= PLACES and short.adjusted() < DIGITS


def _read(
    line: Line, row: RowRead, column: str, parse: Callable[[object], Any], ledger: Ledger
) -> Any:
    if column not in line.cells:
        return None
    try:
        return parse(line.cells[column])
    except Unfit as unfit:
        place = Place(row=row.row, field=listing_of(ledger.law).columns[column])
        row.problems.append(Problem(unfit.code, unfit.figures, place))
        return None
