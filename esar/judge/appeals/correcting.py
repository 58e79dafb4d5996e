"""What a panel puts in place of a result's figures: whether it fits, and how it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from esar.agree.scorecards.checks import rules_of
from esar.agree.scorecards.content import Outcome
from esar.judge.appeals.models import Appeal
from esar.judge.assessments.levels import Layers, layers_of
from esar.judge.assessments.validation import misfits
from esar.judge.results.facts import outcomes_of
from esar.kernel.problems import Problem


def layers_under(appeal: Appeal) -> Layers:
    """The levels of the assessment that the result came of. A constant number of queries."""
    assessment = appeal.result.assessment
    assert assessment is not None  # no other result can be appealed
    return layers_of(assessment)


def problems_of(
    appeal: Appeal, layers: Layers, outcomes: Mapping[str, Outcome]
) -> Iterator[Problem]:
    """Why this cannot stand: nothing of what is appealed differs and fits."""
    before = outcomes_of(appeal.result)
    if not outcomes:
        yield Problem("appeal.nothing_corrected")
    kpis = {kpi.number: kpi for kpi in layers.version.agreed.kpis}
    for number, outcome in outcomes.items():
        figures: dict[str, object] = {"number": number}
        if number not in appeal.numbers or number not in kpis:
            yield Problem("appeal.not_appealed", figures)
        elif _same(outcome, before.get(number)):
            yield Problem("appeal.same_as_before", figures)
        else:
            yield from misfits(kpis[number], outcome, rules_of(layers.version.scorecard)[1])


def _same(outcome: Outcome, before: Outcome | None) -> bool:
    """Whether it says what stood before; a plan itself does not change."""
    return before is not None and replace(outcome, plan=before.plan) == before
