"""Rows of a delivery against the bodies and the rulebook: every problem, row by row, as JSON."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.frozen import AgreedKpi
from esar.exchange.files import values
from esar.exchange.files.mojibake import is_mojibake
from esar.exchange.files.values import Unfit
from esar.kernel import spelling
from esar.kernel.alphabet import SHORT_FORMS
from esar.kernel.problems import Place, Problem
from esar.kernel.wording import is_per_cent
from esar.law.rules.kinds import GivenScore, Milestones
from esar.law.rules.numbers import trimmed
from esar.law.rules.refusals import refusal
from esar.platform.organisations.models import Body
from esar.report.central_data.data_sets.queries import DataSet, rules_of_set
from esar.report.central_data.sheet import Line

PLACES, DIGITS = 4, 19  # what the database keeps of a decimal
MAX_SHOWN = 120  # characters of a cell that are kept to be shown
MAX_REASON = 500
FULL_SHARE = 100
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Checked:
    """What a file says, ready to be kept: `rows` and `problems` are JSON.

    A row is {"row", "code", "name", "value", "no_data"} with what was written, "shown" where the
    file shows the value rounded, and "body", the id of the body it is for, or null. A row that has
    a problem is not sound. A problem is {"row", "code", "figures"}; its row is null where it is
    about the whole file.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def add(self, row: int | None, code: str, /, **figures: object) -> None:
        figures_as_json = {key: _json(value) for key, value in figures.items()}
        self.problems.append({"row": row, "code": code, "figures": figures_as_json})

    def as_problems(self, *, whole: bool) -> list[Problem]:
        """The problems with their places; those of the file only where it was read `whole`."""
        return [
            Problem(problem["code"], problem["figures"], Place(row=problem["row"]))
            for problem in self.problems
            if whole or problem["row"] is not None
        ]


def check(
    lines: list[Line],
    data_set: DataSet,
    bodies: Iterable[Body],
    expected: Iterable[Body],
    kpis: Mapping[int, AgreedKpi],
) -> Checked:
    """The rows with everything that is wrong with them, and the bodies that have no row.

    `kpis` are those that the values are for, by the body's id: what a value may be goes by how
    its KPI is scored.
    """
    checked = Checked()
    by_code = {body.code.upper(): body for body in bodies}
    rows_of = defaultdict(list)
    for line in lines:
        rows_of[_code(line)].append(line.row)
    for line in lines:
        row = _kept(line)
        body = _body(line, by_code, rows_of[_code(line)], checked)
        row["body"] = body.pk if body else None
        if body is not None:
            _check_name(line, body, checked)
        _check_value(line, row, data_set, kpis.get(row["body"]), checked)
        checked.rows.append(row)
    bodies_in_file = {row["body"] for row in checked.rows}
    missing = [body.code for body in expected if body.pk not in bodies_in_file]
    if missing:
        checked.add(None, "central.missing", count=len(missing), bodies=missing)
    return checked


def sound_rows(rows: list[dict[str, Any]], problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that have no problem."""
    faulty = {problem["row"] for problem in problems}
    return [row for row in rows if row["row"] not in faulty]


def figure_of(row: dict[str, Any]) -> Decimal | None:
    """A sound row's value, exactly; None when it gives a reason instead."""
    return None if row["value"] is None else Decimal(row["value"])


def as_problem(data: dict[str, Any]) -> Problem:
    """A kept problem as the pages say it."""
    return Problem(data["code"], data["figures"])


def _kept(line: Line) -> dict[str, Any]:
    """What is written in a row, cut short and without what no database can hold."""
    cells = {key: shown(line.cells.get(key, "")) for key in ("code", "name", "no_data")}
    value = line.cells.get("value")
    row = {"row": line.row, **cells, "value": None if value is None else shown(value)}
    if isinstance(value, values.Figure) and value.is_rounded:
        row["shown"] = value.shown[:MAX_SHOWN]  # the cell shows fewer digits than count
    return row


def shown(cell: object) -> str:
    """A cell as text that can be kept and shown."""
    words = getattr(cell, "shown", None) or str(cell)
    return _CONTROL.sub("\ufffd", words.strip())[:MAX_SHOWN]


def _code(line: Line) -> str:
    return spelling.register_code(shown(line.cells.get("code", "")))


def _body(line: Line, by_code: dict[str, Body], rows: list[int], checked: Checked) -> Body | None:
    """The body that a row names by its code. Of a code on several rows none is sound."""
    code = spelling.code(shown(line.cells.get("code", "")))
    if not code:
        checked.add(line.row, "central.no_code")
        return None
    body = by_code.get(code.upper())
    if body is None:
        checked.add(line.row, "central.unknown_body", code=code)
    elif len(rows) > 1:
        row_numbers = ", ".join(map(str, rows))
        checked.add(line.row, "central.twice", code=code, rows=row_numbers)
    return body


def _check_name(line: Line, body: Body, checked: Checked) -> None:
    """A name that is not the code's is the surest sign of a row that slipped."""
    name = shown(line.cells.get("name", ""))
    if is_mojibake(name):
        checked.add(line.row, "file.mojibake", value=name[:60])
    elif name and _plain(name) not in {_plain(body.name_th), _plain(body.name_en)}:
        checked.add(
            line.row, "central.name_differs", code=body.code, name=name, registered=body.name_th
        )


def _plain(name: str) -> str:
    """A name as it is compared: in one spelling, short forms written out, without "province"."""
    words = "".join(spelling.key(name).split())
    short = next((short for short in SHORT_FORMS if words.startswith(short)), "")
    whole = SHORT_FORMS.get(short, "") + words.removeprefix(short)
    return whole.removeprefix("จังหวัด")


def _check_value(
    line: Line, row: dict[str, Any], data_set: DataSet, kpi: AgreedKpi | None, checked: Checked
) -> None:
    """A value on the scale, or a reason why there is none: one of the two."""
    has_value, has_reason = "value" in line.cells, "no_data" in line.cells
    if has_value and has_reason:
        checked.add(line.row, "central.value_and_reason")
    elif not has_value and not has_reason:
        checked.add(line.row, "central.no_value_no_reason")
    if has_value:
        number = _parsed(line, "value", _reader(data_set, kpi), checked)
        if number is not None and _fits(line, number, data_set, kpi, checked):
            row["value"] = f"{trimmed(number):f}" if number else "0"  # no minus before zero
    if has_reason:
        parsed = _parsed(line, "no_data", values.text, checked)
        reason = None if parsed is None else spelling.normal(parsed)
        if reason is not None and len(reason) > MAX_REASON:
            checked.add(line.row, "file.too_long", most=MAX_REASON, found=len(reason))
        elif reason is not None:
            row["no_data"] = reason


def takes_per_cent(data_set: DataSet, kpi: AgreedKpi | None) -> bool:
    """Points of a hundred may carry a per cent sign, and a KPI's own figure where its unit does."""
    if data_set.scale is None:
        return is_per_cent(kpi.unit if kpi else "")
    return data_set.scale[1] == FULL_SHARE


def _reader(data_set: DataSet, kpi: AgreedKpi | None) -> Callable[[object], Decimal]:
    return values.percentage if takes_per_cent(data_set, kpi) else values.without_per_cent


def _parsed(line: Line, key: str, parse: Callable[[object], Any], checked: Checked) -> Any:
    try:
        return parse(line.cells[key])
    except Unfit as unfit:
        checked.add(line.row, unfit.code, **unfit.figures)
        return None


def _fits(
    line: Line, number: Decimal, data_set: DataSet, kpi: AgreedKpi | None, checked: Checked
) -> bool:
    """Whether a number can be kept exactly and lies on the rulebook's scale."""
    problem = problem_of(number, data_set, kpi)
    if problem is not None:
        checked.add(line.row, problem.code, **problem.figures)
    return problem is None


def problem_of(number: Decimal, data_set: DataSet, kpi: AgreedKpi | None = None) -> Problem | None:
    """Why a figure cannot be a value of the set, or None. For a file's rows and a typed figure.

    `kpi` is the body's KPI that the value is for, where it has one already: milestones take a
    level, points lie on the year's scale, anything else is in the KPI's unit.
    """
    figures: dict[str, object]
    short = trimmed(number)
    exponent = short.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    if places > PLACES or len(short.as_tuple().digits) - places > DIGITS - PLACES:
        return Problem("form.too_many_decimals", {"value": f"{short:f}", "places": PLACES})
    steps = data_set.steps
    if kpi is not None and kpi.method == IndicatorVersion.Method.MILESTONES and steps:
        if number != number.to_integral_value() or not 0 <= number <= steps:
            figures = {"value": f"{short:f}", "most": steps}
            return refusal("central.no_level", rules_of_set(data_set).the(Milestones), figures)
        return None
    is_given = kpi is not None and kpi.method == IndicatorVersion.Method.GIVEN
    scale = data_set.points if is_given else data_set.scale
    if scale is not None and not scale[0] <= number <= scale[1]:
        least, most = (f"{trimmed(end):f}" for end in scale)
        figures = {"value": f"{short:f}", "least": least, "most": most}
        return refusal("central.off_scale", rules_of_set(data_set).the(GivenScore), figures)
    return None


def _json(value: object) -> object:
    """A figure of a sentence as JSON that says the same."""
    if isinstance(value, (int, list)) and not isinstance(value, bool):
        return value
    return _CONTROL.sub("\ufffd", str(value))
