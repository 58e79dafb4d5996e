"""The four steps in which a KPI is written: which fields each asks, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.checks import weighs
from esar.agree.scorecards.kpi_findings import is_of_kpi
from esar.agree.scorecards.kpi_forms import form_of_kind
from esar.agree.scorecards.models import Kpi
from esar.kernel.problems import Problem
from esar.kernel.wording import Word, figure, problem_words
from esar.law.rules.book import Rules
from esar.law.rules.kinds import Component, Ladder
from esar.law.rules.numbers import EXACT, exact_sum
from esar.law.scoring.checks import WHOLE, binding_weight
from esar.platform.charts.course import Course, course
from esar.platform.charts.scale import Scale


class Step(StrEnum):
    """In the order in which they are filled in; any may be opened at any time."""

    WHAT = "what"
    MEASURE = "measure"
    TARGETS = "targets"
    LINKS = "links"

    @property
    def before(self) -> Step | None:
        """The step before it."""
        place = list(Step).index(self)
        return list(Step)[place - 1] if place else None

    @property
    def after(self) -> Step | None:
        """The step after it."""
        return next(iter(list(Step)[list(Step).index(self) + 1 :]), None)


FIELDS = {
    Step.WHAT: (
        *("number", "component", "kind", "name", "definition", "scope"),
        *("owner", "owner_phone"),
    ),
    Step.MEASURE: (
        *("direction", "method", "unit", "accumulation", "per", "formula", "conditions"),
        *("data_source", "collection", "evidence_plan"),
    ),
    Step.LINKS: (
        *("sub_indicator", "strategic_kpi", "strategic_link"),
        *("sdg", "international_index", "dimension"),
    ),
}
_STEP_OF_FIELD = {field: step for step, fields in FIELDS.items() for field in fields}
# The field at which what the rules say of a KPI is put right; without one, the targets.
_FIELD_OF_PROBLEM = {
    "score.kpi_twice": "number",
    "score.no_component": "component",
    "score.unknown_component": "component",
    "score.component_not_evaluated": "component",
    "scorecard.kind_not_allowed": "kind",
    "scorecard.mean_of_percentages": "accumulation",
    "scorecard.owner_gives_one_value": "method",
    "score.no_such_method": "method",
    "scorecard.no_sub_indicator": "sub_indicator",
    "score.weight_out_of_range": "weight",
}

NO_TARGETS = "score.number_of_targets"
# What is simply not there: its field, and its name.
_NAMED = {
    "kpi.direction_not_chosen": ("direction", Word("label.direction")),
    "score.no_weight": ("weight", Word("label.weight")),
    NO_TARGETS: ("target_1", Word("label.targets")),
}


def step_of(field: str) -> Step:
    """Where a field stands. Targets, weights, items, rounds and earlier years are the third's."""
    return Step.LINKS if field.startswith("answer_") else _STEP_OF_FIELD.get(field, Step.TARGETS)


@dataclass(frozen=True)
class Gap:
    """Something that a KPI lacks before it can be proposed, and the field that it is missing in."""

    field: str
    words: str

    @property
    def step(self) -> Step:
        """The step that asks for it."""
        return step_of(self.field)


def gaps_in(kpi: Kpi, problems: Iterable[Problem], rules: Rules, language: str) -> list[Gap]:
    """What is wrong with one KPI of a checked scorecard, each at its field, in the steps' order."""
    gaps = [
        gap
        for problem in problems
        if is_of_kpi(problem, kpi.number)
        for gap in _gaps_of(problem, kpi, rules, language)
    ]
    return sorted(gaps, key=lambda gap: list(Step).index(gap.step))


def _gaps_of(problem: Problem, kpi: Kpi, rules: Rules, language: str) -> Iterator[Gap]:
    fields: Any = problem.figures.get("fields", ())
    if problem.code == "scorecard.fields_missing":
        for word in fields:
            yield Gap(word.removeprefix("label."), figure(word, language))
    elif problem.code == "scorecard.form_incomplete":
        form = form_of_kind(kpi.kind, rules)
        names = {}
        if form is not None:
            names = {figure(aim.label, language): f"aim_{aim.id}" for aim in form.value.targets}
            names |= {figure(ask.label, language): f"answer_{ask.id}" for ask in form.value.asks}
        for label in fields:
            words = figure(label, language)
            yield Gap(names.get(words, ""), words)
    elif problem.code in _NAMED and not (problem.code == NO_TARGETS and (kpi.targets or kpi.items)):
        field, label = _NAMED[problem.code]
        yield Gap(field, figure(label, language))
    else:
        field = _FIELD_OF_PROBLEM.get(problem.code, "target_1")
        yield Gap(field, problem_words(problem, language))


def says_something(kpi: Kpi, step: Step) -> bool:
    """Whether anything is filled in in a step that the rules ask nothing of."""
    names = [name for name in FIELDS.get(step, ()) if name in IndicatorVersion.FIELDS]
    return bool(kpi.answers) or any(getattr(kpi.template, name) for name in names)


@dataclass(frozen=True)
class WeightRoom:
    """A KPI's weight among the others', in per cent: `whole` is what they must add up to."""

    whole: Decimal
    others: Decimal
    own: Decimal

    @property
    def left(self) -> Decimal:
        """What is still to be given; less than nothing where too much was."""
        return EXACT.subtract(self.whole, EXACT.add(self.others, self.own))

    @property
    def over(self) -> Decimal:
        """How much too much was given; nothing as long as there is room."""
        return max(-self.left, Decimal(0))

    @property
    def parts(self) -> tuple[Decimal, Decimal, Decimal]:
        """The others', its own and the whole as widths of a drawing, in per cent."""
        total = EXACT.add(self.others, self.own)
        scale = Scale(Decimal(0), max(self.whole, total))
        return scale.at(self.others), scale.at(total) - scale.at(self.others), scale.at(self.whole)


def weight_room(kpis: Iterable[Kpi], kpi: Kpi, rules: Rules) -> WeightRoom | None:
    """What is left for a KPI of its component, or of the scorecard where only the sum binds.

    None where the year weighs nothing.
    """
    if not weighs(rules):
        return None
    rule = next((rule for rule in rules.of_kind(Component) if rule.id == kpi.component), None)
    whole = binding_weight(rule) if rule else None
    weights = [
        other.weight
        for other in kpis
        if other is not kpi
        and other.weight is not None
        and (whole is None or other.component == kpi.component)
    ]
    return WeightRoom(
        WHOLE if whole is None else whole, exact_sum(weights), kpi.weight or Decimal(0)
    )


def course_of(kpi: Kpi, year: int, years: Iterable[int], rules: Rules) -> Course | None:
    """Earlier results and this year's targets in one drawing; None where there is no figure."""
    results = {int(row["year"]): Decimal(row["value"]) for row in kpi.template.baseline}
    ladder = rules.the(Ladder)
    levels = ladder.value.levels if ladder else ()
    if not results and not kpi.targets:
        return None
    return course(
        [(one, results.get(one)) for one in years],
        list(zip(levels, kpi.ladder, strict=False)) or [("", target) for target in kpi.ladder],
        year=year,
        is_lower_better=kpi.template.direction == "lower" if kpi.template.direction else None,
    )
