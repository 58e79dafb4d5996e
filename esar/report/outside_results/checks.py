"""Rows of a file of results from outside against the holders that its sender drives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from esar.agree.agendas.checks import cell, code_of, fits
from esar.agree.agendas.models import Holder
from esar.exchange.files import values
from esar.exchange.files.listing import Line
from esar.kernel import spelling
from esar.kernel.access import Verdict
from esar.kernel.problems import Place, Problem
from esar.report.outside_results.sheet import LISTING

MAX_REMARK = 500


@dataclass
class ResultRow:
    """A row as it was read: whose result it is, what it says, and what is wrong with it."""

    row: int
    code: str
    body_code: str
    holder: Holder | None = None
    value: Decimal | None = None
    remark: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def add(self, code: str, /, **figures: object) -> None:
        self.problems.append(Problem(code, figures, Place(row=self.row)))

    @property
    def says_nothing(self) -> bool:
        return self.value is None and not self.remark


def read_rows(
    lines: Iterable[Line], holders: Mapping[tuple[str, str], tuple[Holder, Verdict]]
) -> list[ResultRow]:
    """Every row with everything that is wrong with it. No query.

    `holders` are those of the year by the codes of sub-indicator and body, each with whether the
    sender may say what came of it.
    """
    rows = []
    pairs: dict[tuple[str, str], list[ResultRow]] = defaultdict(list)
    for line in lines:
        row = ResultRow(line.row, code_of(line, "code"), code_of(line, "body"))
        rows.append(row)
        _name_holder(row, holders)
        _read_result(line, row)
        if row.holder is not None:
            pairs[row.code, row.body_code].append(row)
    for (code, body_code), same in pairs.items():
        for row in same if len(same) > 1 else ():
            numbers = ", ".join(str(twin.row) for twin in same)
            row.add("outside.twice", code=code, body=body_code, rows=numbers)
    return rows


def _name_holder(row: ResultRow, holders: Mapping[tuple[str, str], tuple[Holder, Verdict]]) -> None:
    if not row.code or not row.body_code:
        row.add("outside.row_incomplete")
        return
    holder, verdict = holders.get((row.code, row.body_code), (None, None))
    if holder is None or verdict is None:
        row.add("outside.no_holder", code=row.code, body=row.body_code)
    elif verdict.problem is not None:
        problem = verdict.problem
        row.problems.append(
            Problem(problem.code, problem.figures, Place(row=row.row), problem.clause)
        )
    else:
        row.holder = holder


def _read_result(line: Line, row: ResultRow) -> None:
    unit = row.holder.sub_indicator.unit if row.holder else ""
    value = cell(line, row, "value", values.in_unit(unit), LISTING)
    if value is not None and fits(row, value):
        row.value = value
    remark = cell(line, row, "remark", values.text, LISTING)
    if remark is not None and len(remark) > MAX_REMARK:
        row.add("file.too_long", most=MAX_REMARK, found=len(remark))
    elif remark is not None:
        row.remark = spelling.normal(remark)
