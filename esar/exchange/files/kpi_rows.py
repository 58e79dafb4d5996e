"""The sheet of KPIs in the results workbook: inputs as numbers, points and weights as formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from esar.exchange.files.formulas import (
    HEALING_PLACES,
    by_milestones,
    figure,
    on_ladder,
    unless_missing,
)
from esar.exchange.files.grid import column_letters
from esar.exchange.files.saving import Outcome, put_text
from esar.kernel.wording import both, say
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import (
    Ladder,
    Milestones,
    MissingResult,
    Round,
    ShareOfPlan,
    WeightedItems,
)
from esar.law.rules.numbers import round_half_up
from esar.law.scoring.facts import Given, Item, Items, Measured, Outputs, Plan, Result, StepsDone
from esar.law.scoring.scorecard import KpiScore, Score

_METHODS = {
    Measured: both("results-sheet.targets"),
    StepsDone: both("results-sheet.milestones"),
    Items: both("results-sheet.weighted_items"),
    Outputs: both("results-sheet.share_of_plan"),
    Given: both("results-sheet.given"),
}
_ITEM = both("results-sheet.item_of")
_COUNTED = ("reported", "not_reported")


@dataclass(frozen=True)
class Block:
    """A score with the rules it was computed under."""

    score: Score
    rules: Rules
    round_rule: Rule[Round]

    def result(self, kpi: KpiScore) -> Result:
        """The KPI's result; a plan as the outputs of this round."""
        result = kpi.kpi.result
        if isinstance(result, Plan):
            days = self.round_rule.value
            return result.outputs_between(days.first, days.last)
        return result

    def levels(self) -> int:
        methods = (self.rules.the(Ladder), self.rules.the(Milestones))
        return max((len(rule.value.points) for rule in methods if rule), default=0)

    def missing(self) -> Decimal:
        rule = self.rules.the(MissingResult)
        return rule.value.points if rule else Decimal(0)


@dataclass
class Rows:
    """Where one scorecard's figures stand: ranges, and the points of each KPI.

    `failed_of` tests whether the exact share of a plan lies under its pass mark.
    """

    weighted: str = ""
    weights: str = ""
    points_of: dict[str, str] = field(default_factory=dict)
    failed_of: dict[str, str] = field(default_factory=dict)


class KpiSheet:
    """Writes blocks of rows, one KPI or item each, under one set of columns."""

    def __init__(self, sheet: Worksheet, blocks: Sequence[Block]) -> None:
        self.sheet = sheet
        self.levels = max((block.levels() for block in blocks), default=0)
        columns = dict(self._columns())
        self.headings = list(columns.values())
        self.number = {key: at for at, key in enumerate(columns, start=1)}
        self.row = 1
        self.outcomes: dict[str, Outcome] = {}  # what the formulas come to, by address

    def _columns(self) -> Iterator[tuple[str, str]]:
        yield from (
            ("body", both("results-sheet.body")),
            ("year", both("results-sheet.fiscal_year")),
            ("round", both("results-sheet.round")),
            ("id", both("results-sheet.kpi")),
            ("name", both("results-sheet.name")),
            ("component", both("results-sheet.component")),
            ("method", both("results-sheet.method")),
            ("unit", both("results-sheet.unit")),
            ("sign", both("results-sheet.direction_1_higher_1_lower")),
            ("agreed", both("results-sheet.agreed_weight")),
            ("weight", both("results-sheet.weight_in_force")),
        )
        levels = range(1, self.levels + 1)
        yield from ((f"target{at}", both("results-sheet.target", level=at)) for at in levels)
        yield from (
            (f"points{at}", both("results-sheet.points_of_level", level=at)) for at in levels
        )
        yield ("below", both("results-sheet.below_level_1"))
        yield ("actual", both("results-sheet.result"))
        yield from ((f"step{at}", both("results-sheet.step_done", step=at)) for at in levels)
        yield from (
            ("given", both("results-sheet.points_given")),
            ("planned", both("results-sheet.planned")),
            ("achieved", both("results-sheet.achieved")),
            ("full", both("results-sheet.full_share")),
            ("missing", both("results-sheet.if_not_reported")),
            ("points", both("results-sheet.points")),
            ("weighted", both("results-sheet.weighted")),
            ("computed", both("results-sheet.computed_points")),
            ("computed_weighted", both("results-sheet.computed_weighted")),
            ("status", both("results-sheet.status")),
            ("note", both("results-sheet.note")),
        )

    def widths(self) -> list[int]:
        wide = {"body": 30, "name": 50, "component": 14, "method": 22, "note": 60, "status": 16}
        return [wide.get(key, 12) for key in self.number]

    def at(self, key: str, row: int | None = None) -> str:
        """The address of a column in the row being written, like F7."""
        return f"{column_letters(self.number[key])}{row or self.row}"

    def write(self, block: Block) -> Rows:
        """All rows of one scorecard. Its items follow their KPI and are in no sum."""
        rows = Rows()
        first = self.row + 1
        for kpi in block.score.kpis:
            self.row += 1
            self._write_kpi(block, kpi)
            rows.points_of[kpi.kpi.id] = self.at("points")
            result = block.result(kpi)
            if isinstance(result, Outputs):
                rows.failed_of[kpi.kpi.id] = self._failed(block)
            if isinstance(result, Items) and kpi.status in _COUNTED:
                self._write_items(block, kpi, result)
        rows.weighted = f"{self.at('weighted', first)}:{self.at('weighted')}"
        rows.weights = f"{self.at('weight', first)}:{self.at('weight')}"
        return rows

    def _write_kpi(self, block: Block, kpi: KpiScore) -> None:
        result = block.result(kpi)
        self._write_names(block, kpi, _METHODS[type(result)])
        self._text("id", kpi.kpi.id)
        self._text("status", _status(kpi))
        moved = [step.text("th") for step in kpi.steps if step.code == "step.redistributed"]
        self._text("note", " · ".join([*moved, kpi.kpi.not_applicable]).strip(" ·"))
        self._number("agreed", kpi.kpi.weight)
        self._inputs(block, result)
        if kpi.status not in _COUNTED or kpi.points is None:
            return
        self._number("missing", block.missing())
        self._formula("points", self._points(block, result), kpi.points)
        self._text("computed", figure(kpi.points))
        if kpi.weighted is not None:
            self._number("weight", kpi.weight)
            product = f"{self.at('points')}*{self.at('weight')}/100"
            share = round_half_up(kpi.weighted, HEALING_PLACES)
            self._formula("weighted", f"ROUND({product},{HEALING_PLACES})", share)
            self._text("computed_weighted", figure(kpi.weighted))

    def _write_names(self, block: Block, kpi: KpiScore, method: str) -> None:
        card = block.score.card
        self.sheet.cell(self.row, self.number["year"]).value = card.year
        self._text("body", card.body)
        self._text("round", block.score.round.label.th)
        self._text("name", kpi.kpi.label)
        self._text("component", kpi.kpi.component or "")
        self._text("method", method)
        self._text("unit", kpi.kpi.unit)

    def _inputs(self, block: Block, result: Result) -> None:
        """The result as numbers, with the rulebook's points beside it."""
        match result:
            case Measured():
                self._measured(block, result)
            case StepsDone(done=done):
                rule = block.rules.of_kind(Milestones)[0].value
                self._levels(rule.points, rule.below)
                for at in range(1, len(rule.points) + 1) if done is not None else ():
                    self._number(f"step{at}", Decimal(int(at in (done or ()))))
            case Given(score=score):
                self._number("given", score)
            case Outputs(planned=planned, achieved=achieved):
                self._number("planned", Decimal(planned))
                self._number("achieved", None if achieved is None else Decimal(achieved))
                self._number("full", block.rules.of_kind(ShareOfPlan)[0].value.full)

    def _measured(self, block: Block, result: Measured) -> None:
        ladder = block.rules.of_kind(Ladder)[0].value
        self._levels(ladder.points, ladder.below)
        self._number("sign", Decimal(1 if result.direction == "higher" else -1))
        self._number("actual", result.actual)
        for at, target in enumerate(result.targets, start=1):
            self._number(f"target{at}", target)

    def _levels(self, points: Sequence[Decimal], below: Decimal) -> None:
        self._number("below", below)
        for at, value in enumerate(points, start=1):
            self._number(f"points{at}", value)

    def _points(self, block: Block, result: Result) -> str:
        """The formula of a KPI's points; the row's inputs are already written."""
        places = block.rules.rounding("kpi_points")
        missing = self.at("missing")
        match result:
            case Measured():
                return self._ladder_points(block, missing, places)
            case StepsDone():
                count = len(block.rules.of_kind(Milestones)[0].value.points)
                flags = [self.at(f"step{at}") for at in range(1, count + 1)]
                points = [self.at(f"points{at}") for at in range(1, count + 1)]
                inner = by_milestones(flags, points, self.at("below"))
                return unless_missing(f"COUNT({flags[0]}:{flags[-1]})=0", missing, inner, places)
            case Items(items=items):
                return self._items_points(len(items), missing, places)
            case Outputs():
                share = f"{self.at('achieved')}*{self.at('full')}/{self.at('planned')}"
                return unless_missing(f'{self.at("achieved")}=""', missing, share, places)
        score = self.at("given")
        return unless_missing(f'{score}=""', missing, score, places)

    def _failed(self, block: Block) -> str:
        mark = f"{block.rules.of_kind(ShareOfPlan)[0].value.pass_mark:f}"
        achieved, full, planned = (
            f"'{self.sheet.title}'!{self.at(key)}" for key in ("achieved", "full", "planned")
        )
        return f"{achieved}*{full}<{mark}*{planned}"

    def _ladder_points(self, block: Block, missing: str, places: int) -> str:
        count = len(block.rules.of_kind(Ladder)[0].value.points)
        targets = [self.at(f"target{at}") for at in range(1, count + 1)]
        points = [self.at(f"points{at}") for at in range(1, count + 1)]
        actual = self.at("actual")
        inner = on_ladder(actual, self.at("sign"), targets, points, self.at("below"))
        return unless_missing(f'{actual}=""', missing, inner, places)

    def _items_points(self, count: int, missing: str, places: int) -> str:
        """The average of the item rows, which follow the row of their KPI."""
        first, last = self.row + 1, self.row + count
        weights, points, actuals = (
            f"{self.at(key, first)}:{self.at(key, last)}" for key in ("agreed", "points", "actual")
        )
        inner = f"SUMPRODUCT({weights},{points})/SUM({weights})"
        return unless_missing(f"COUNT({actuals})=0", missing, inner, places)

    def _write_items(self, block: Block, kpi: KpiScore, result: Items) -> None:
        computed = iter([step.output for step in kpi.steps if step.code == "step.item"])
        for item in result.items:
            self.row += 1
            points = next(computed, figure(block.missing()))
            self._write_item(block, kpi, item, points)
            self._text("computed", points)

    def _write_item(self, block: Block, kpi: KpiScore, item: Item, points: str) -> None:
        places = block.rules.of_kind(WeightedItems)[0].value.places
        self._write_names(block, kpi, f"{_ITEM} {kpi.kpi.id}")
        self._text("name", item.label)
        self._text("unit", item.unit)
        self._text("id", f"{kpi.kpi.id} / {item.id}")
        self._number("agreed", item.weight)
        self._measured(block, item.result)
        self._number("missing", block.missing())
        formula = self._ladder_points(block, self.at("missing"), places)
        self._formula("points", formula, Decimal(points))

    def _text(self, key: str, text: str) -> None:
        if text:
            put_text(self.sheet.cell(self.row, self.number[key]), text)

    def _number(self, key: str, value: Decimal | None) -> None:
        if value is not None:
            self.sheet.cell(self.row, self.number[key]).value = value

    def _formula(self, key: str, formula: str, outcome: Outcome) -> None:
        self.sheet.cell(self.row, self.number[key]).value = f"={formula}"
        self.outcomes[self.at(key)] = outcome


def _status(kpi: KpiScore) -> str:
    words = say(f"status.{kpi.status}", {}, "th")
    if kpi.passed is None:
        return words
    return f"{words} · {say('status.passed' if kpi.passed else 'status.not_passed', {}, 'th')}"
