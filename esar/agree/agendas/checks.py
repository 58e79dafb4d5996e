"""Rows of a file of sub-indicators against the year's rules and the registry: all that is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from esar.agree.agendas.models import Holder, SubIndicator
from esar.agree.agendas.queries import (
    LEVELS,
    agendas_of,
    closed_on,
    key_of,
    levels_of,
    standard_of,
    sum_of_targets,
)
from esar.agree.agendas.sheet import LISTING, NEEDED, OWN, TARGETS
from esar.agree.indicators.bounds import beyond_bounds
from esar.exchange.files import values
from esar.exchange.files.listing import Line, Listing, ReadRow
from esar.exchange.files.values import Unfit
from esar.kernel import spelling
from esar.kernel.problems import Place, Problem
from esar.kernel.wording import Word
from esar.law.rules.kinds import Item
from esar.law.rules.numbers import trimmed
from esar.platform.organisations.models import Body

MAX_CODE, MAX_NAME, MAX_UNIT = 20, 300, 60
PLACES, DIGITS = 4, 15  # what the database keeps of a target


@dataclass
class RowRead:
    """A row as it was read: its sub-indicator's own values, its holder, and what is wrong."""

    row: int
    code: str
    own: dict[str, Any] = field(default_factory=dict)
    body: Body | None = None
    body_code: str = ""
    targets: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def add(self, code: str, /, **figures: object) -> None:
        self.problems.append(Problem(code, figures, Place(row=self.row)))


def read_rows(lines: Iterable[Line], year: int, bodies: Iterable[Body]) -> list[RowRead]:
    """Every row with everything that is wrong with it. No query."""
    by_code = {body.code.upper(): body for body in bodies}
    first_rows: dict[str, RowRead] = {}
    pairs: dict[tuple[str, str], list[RowRead]] = defaultdict(list)
    rows = []
    for line in lines:
        row = RowRead(line.row, code_of(line, "code"))
        rows.append(row)
        if not row.code:
            row.add("agenda.no_code")
            continue
        if len(row.code) > MAX_CODE:
            row.add("file.too_long", most=MAX_CODE, found=len(row.code))
        _read_own(line, row, year)
        first = first_rows.setdefault(row.code, row)
        _hold_against_first(line, row, first)
        _read_holder(line, row, by_code, first, year)
        _note_bounds(row, first)
        if row.body_code:
            pairs[row.code, row.body_code].append(row)
    for (code, body_code), same in pairs.items():
        if len(same) > 1:
            numbers = ", ".join(str(row.row) for row in same)
            for row in same:
                row.add("agenda.holder_twice", code=code, body=body_code, rows=numbers)
    return rows


def code_of(line: Line, key: str) -> str:
    """A code as it is compared, however it is spelt in its cell."""
    typed = line.cells.get(key, "")
    return spelling.register_code(str(getattr(typed, "shown", None) or typed))


def _read_own(line: Line, row: RowRead, year: int) -> None:
    """What the row says of its sub-indicator, each value as the database keeps it."""
    agendas = {key_of(rule): rule for rule in agendas_of(year)}
    names = {spelling.key(text): key for key, rule in agendas.items() for text in _names(rule)}
    key = cell(line, row, "agenda", values.text)
    if key is not None:
        row.own["agenda"] = _chosen(row, "agenda.unknown_agenda", key, names, agendas)
    rule = agendas.get(row.own.get("agenda") or "")
    for column, code, items in (
        ("national_target", "agenda.unknown_target", rule.value.national_targets if rule else ()),
        ("stage", "agenda.unknown_stage", rule.value.stages if rule else ()),
    ):
        typed = cell(line, row, column, values.text)
        if typed is not None and rule is not None:
            row.own[column] = _chosen(row, code, typed, _by_name(items), [i.id for i in items])
    for column, most in (("name", MAX_NAME), ("unit", MAX_UNIT)):
        words = cell(line, row, column, values.text)
        if words is not None and len(words) > most:
            row.add("file.too_long", most=most, found=len(words))
        elif words is not None:
            row.own[column] = spelling.normal(words)
    for column, parse in (("direction", values.direction), ("adds", _yes)):
        value = cell(line, row, column, parse)
        if value is not None:
            row.own[column] = value
    target = cell(line, row, "target", values.in_unit(row.own.get("unit", "")))
    if target is not None and fits(row, target):
        row.own["target"] = target


def _names(rule: Any) -> Iterator[str]:
    yield from (key_of(rule), rule.id, str(rule.value.number), rule.label.th, rule.label.en)


def _by_name(items: Iterable[Item]) -> dict[str, str]:
    return {
        spelling.key(text): item.id
        for item in items
        for text in (item.id, item.label.th, item.label.en)
    }


def _chosen(
    row: RowRead, code: str, typed: str, names: dict[str, str], choices: Iterable[str]
) -> str | None:
    choice = names.get(spelling.key(typed))
    if choice is None:
        row.add(code, value=typed[:60], known=", ".join(choices))
    return choice


def cell(
    line: Line,
    row: ReadRow,
    column: str,
    parse: Callable[[object], Any],
    listing: Listing = LISTING,
) -> Any:
    """What a cell says; None where it is blank, or cannot be read: then the row has a problem."""
    if column not in line.cells:
        return None
    try:
        return parse(line.cells[column])
    except Unfit as unfit:
        place = Place(row=row.row, field=listing.columns[column])
        row.problems.append(Problem(unfit.code, unfit.figures, place))
        return None


def _yes(value: object) -> bool:
    """Whether the holders' targets are to add up. Errors: Unfit."""
    if isinstance(value, bool):
        return value
    typed = spelling.key(values.text(value))
    if typed in ("yes", "true", "1", "ใช่", "รวม"):
        return True
    if typed in ("no", "false", "0", "ไม่", "ไม่ใช่", "ไม่รวม"):
        return False
    raise Unfit("agenda.not_yes_or_no", value=typed[:60])


def fits(row: ReadRow, figure: Decimal) -> bool:
    """Whether the database keeps a figure exactly; else the row has the problem."""
    short = trimmed(figure)
    exponent = short.as_tuple().exponent
    places = max(0, -exponent if isinstance(exponent, int) else 0)
    if places > PLACES or short.adjusted() >= DIGITS:
        figures = {"value": f"{short:f}", "places": PLACES}
        row.problems.append(Problem("form.too_many_decimals", figures, Place(row=row.row)))
        return False
    return True


def _hold_against_first(line: Line, row: RowRead, first: RowRead) -> None:
    """The first row says all of its sub-indicator, a later one nothing else."""
    if row is first:
        missing = tuple(Word(f"agenda-column.{key}") for key in NEEDED if key not in line.cells)
        if missing:
            row.add("agenda.row_incomplete", code=row.code, columns=missing)
        return
    for key in OWN:
        value = row.own.get(key)
        if value is not None and key in first.own and value != first.own[key]:
            row.add("agenda.row_differs", column=Word(f"agenda-column.{key}"), first=first.row)


def _read_holder(
    line: Line, row: RowRead, bodies: dict[str, Body], first: RowRead, year: int
) -> None:
    row.body_code = code_of(line, "body")
    in_unit = values.in_unit(first.own.get("unit", ""))
    figures = [cell(line, row, key, in_unit) for key in TARGETS]
    targets = [figure for figure in figures if figure is not None and fits(row, figure)]
    if not row.body_code:
        if targets:
            row.add("agenda.targets_of_nobody")
        return
    row.body = bodies.get(row.body_code)
    if row.body is None:
        row.add("agenda.unknown_body", code=row.body_code)
        return
    row.targets = [f"{trimmed(target):f}" if target else "0" for target in targets]
    _check_targets(row, targets, first, year)


def _check_targets(row: RowRead, targets: list[Decimal], first: RowRead, year: int) -> None:
    assert row.body is not None
    key = first.own.get("agenda")
    day = closed_on(year, key) if key else None
    expected = levels_of(row.body, day) if day else len(targets)
    if targets and len(targets) != expected:
        row.add("agenda.targets_count", body=row.body, expected=expected, found=len(targets))
    elif len(targets) == LEVELS and first.own.get("direction"):
        ordered = sorted(targets, reverse=first.own["direction"] == "lower")
        if targets != ordered or len(set(targets)) != LEVELS:
            row.add("agenda.targets_order", targets=" / ".join(row.targets))


def _note_bounds(row: RowRead, first: RowRead) -> None:
    main = row.own.get("target")
    targets = [*([] if main is None else [main]), *map(Decimal, row.targets)]
    row.notes += beyond_bounds(row.code, first.own.get("unit", ""), targets)


def shortfall(sub_indicator: SubIndicator, holders: list[Holder]) -> Problem | None:
    """That the holders' targets do not add up to the main one, where they are to."""
    total = sum_of_targets(holders)
    if not sub_indicator.adds or sub_indicator.target is None or total == sub_indicator.target:
        return None
    if total is None:
        without = sum(1 for holder in holders if standard_of(holder) is None)
        return Problem("agenda.targets_missing", {"count": without}) if holders else None
    figures = {"total": trimmed(total), "target": trimmed(sub_indicator.target)}
    return Problem("agenda.targets_do_not_add_up", {**figures, "unit": sub_indicator.unit})


def may_grow(year: int, key: str, on: date, *, is_loaded: bool) -> Problem | None:
    """That an agenda is closed: once loaded and approved, only the Cabinet adds to it."""
    day = closed_on(year, key)
    if not is_loaded or day is None or on <= day:
        return None
    return Problem("agenda.only_by_cabinet", {"day": day})
