"""Rows of a file of provinces' choices against the year's list and the scorecards: all problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from esar.agree.agendas.checks import cell, code_of, fits
from esar.agree.indicators.bounds import beyond_bounds
from esar.agree.indicators.models import IndicatorVersion
from esar.agree.province_kpis.sheet import LISTING, TARGETS
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.exchange.files import values
from esar.exchange.files.listing import Line
from esar.kernel import spelling
from esar.kernel.access import Verdict
from esar.kernel.problems import Place, Problem
from esar.kernel.wording import Word
from esar.law.rules.numbers import trimmed

MAX_UNIT = 60


@dataclass(frozen=True)
class Draft:
    """A province's scorecard: whether the sender may load it, and what it holds of the list."""

    scorecard: Scorecard
    verdict: Verdict
    kpis: Mapping[str, Kpi]  # by their ids in the list


@dataclass
class ChoiceRow:
    """A row as it was read: whose choice of which KPI, what it says, and what is wrong with it."""

    row: int
    body_code: str
    item: str
    draft: Draft | None = None
    version: IndicatorVersion | None = None
    weight: Decimal | None = None
    targets: list[str] = field(default_factory=list)
    unit: str = ""
    direction: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def add(self, code: str, /, **figures: object) -> None:
        self.problems.append(Problem(code, figures, Place(row=self.row)))

    @property
    def kpi(self) -> Kpi | None:
        """The KPI that is on the scorecard already."""
        return self.draft.kpis.get(self.item) if self.draft else None

    @property
    def text(self) -> IndicatorVersion | None:
        """What says its unit and direction so far: the scorecard's KPI, or else the list."""
        return self.kpi.template if self.kpi else self.version


def read_rows(
    lines: Iterable[Line],
    versions: Mapping[str, IndicatorVersion],
    provinces: Iterable[str],
    drafts: Mapping[str, Draft],
    year: int,
) -> list[ChoiceRow]:
    """Every row with everything that is wrong with it. No query.

    `versions` are the list's KPIs by their ids; `provinces` the codes of those in the registry.
    """
    rows, codes = [], set(provinces)
    pairs: dict[tuple[str, str], list[ChoiceRow]] = defaultdict(list)
    for line in lines:
        row = ChoiceRow(line.row, code_of(line, "body"), code_of(line, "item").lower())
        rows.append(row)
        _name_scorecard(row, codes, drafts, year)
        _name_kpi(row, versions)
        _read_text(line, row)
        _read_figures(line, row)
        if row.body_code and row.item:
            pairs[row.body_code, row.item].append(row)
    for (body, item), same in pairs.items():
        for row in same if len(same) > 1 else ():
            numbers = ", ".join(str(twin.row) for twin in same)
            row.add("province-kpi.twice", item=item.upper(), body=body, rows=numbers)
    return rows


def _name_scorecard(
    row: ChoiceRow, provinces: set[str], drafts: Mapping[str, Draft], year: int
) -> None:
    draft = drafts.get(row.body_code)
    if not row.body_code or not row.item:
        row.add("province-kpi.row_incomplete")
    elif row.body_code not in provinces:
        row.add("province-kpi.no_province", code=row.body_code)
    elif draft is None:
        row.add("province-kpi.no_scorecard", body=row.body_code, year=year)
    elif draft.verdict.problem is not None:
        problem = draft.verdict.problem
        place = Place(row=row.row)
        row.problems.append(Problem(problem.code, problem.figures, place, problem.clause))
        row.draft = draft
    else:
        row.draft = draft


def _name_kpi(row: ChoiceRow, versions: Mapping[str, IndicatorVersion]) -> None:
    row.version = versions.get(row.item)
    if row.item and row.version is None:
        codes = ", ".join(item.upper() for item in versions) or "–"
        row.add("province-kpi.not_listed", item=row.item.upper(), known=codes)


def _read_text(line: Line, row: ChoiceRow) -> None:
    """Its unit and direction: what the list says is not said otherwise."""
    unit = cell(line, row, "unit", values.text, LISTING)
    if unit is not None and len(unit) > MAX_UNIT:
        row.add("file.too_long", most=MAX_UNIT, found=len(unit))
    elif unit is not None:
        row.unit = spelling.normal(unit)
    row.direction = cell(line, row, "direction", values.direction, LISTING) or ""
    if row.version is None:
        return
    for column, value, of_list in (
        ("unit", spelling.key(row.unit), spelling.key(row.version.unit)),
        ("direction", row.direction, row.version.direction),
    ):
        if value and of_list and value != of_list:
            words = Word(f"choice.{of_list}") if column == "direction" else row.version.unit
            row.add("province-kpi.said_by_list", column=LISTING.columns[column], listed=words)


def _read_figures(line: Line, row: ChoiceRow) -> None:
    weight = cell(line, row, "weight", values.percentage, LISTING)
    if weight is not None and not 0 < weight <= 100:
        row.add("form.weight_out_of_range", value=f"{trimmed(weight):f}")
    elif weight is not None and fits(row, weight):
        row.weight = weight
    unit = row.unit or (row.text.unit if row.text else "")
    before = len(row.problems)
    figures = [cell(line, row, key, values.in_unit(unit), LISTING) for key in TARGETS]
    targets = [figure for figure in figures if figure is not None and fits(row, figure)]
    if len(row.problems) == before:
        _check_targets(row, targets)
        row.notes += beyond_bounds(row.item.upper(), unit, targets)


def _check_targets(row: ChoiceRow, targets: list[Decimal]) -> None:
    """All or none, each level better than the one before; either way while none is chosen."""
    if targets and len(targets) != len(TARGETS):
        row.add("province-kpi.targets_count", expected=len(TARGETS), found=len(targets))
        return
    row.targets = [f"{trimmed(target):f}" if target else "0" for target in targets]
    direction = row.direction or (row.text.direction if row.text else "")
    ways = {"higher": sorted(targets), "lower": sorted(targets, reverse=True)}
    allowed = [ways[direction]] if direction else list(ways.values())
    if targets and (targets not in allowed or len(set(targets)) != len(targets)):
        row.add("province-kpi.targets_order", targets=" / ".join(row.targets))
