"""The facts that a result was computed from, as it keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from esar.agree.scorecards.content import Outcome, judged_plan, outcome_of_plan
from esar.exchange.files.json_form import read
from esar.judge.results.models import Result
from esar.kernel.problems import Place
from esar.law.scoring import facts


def card_of(result: Result) -> facts.Scorecard:
    """The scorecard it was computed from. Errors: Refused when none was kept."""
    return read(json.dumps([result.inputs], ensure_ascii=False), Place())[0]


def outcomes_of(result: Result) -> dict[str, Outcome]:
    """KPI number → what became of it, as the result has it, whatever has changed since."""
    return {kpi.id: _outcome(kpi) for kpi in card_of(result).kpis}


def _outcome(kpi: facts.Kpi) -> Outcome:
    match kpi.result:
        case facts.StepsDone(done=done):
            steps = None if done is None else tuple(sorted(done))
            return Outcome(None, steps, kpi.not_applicable)
        case facts.Measured(actual=actual):
            return Outcome(actual, None, kpi.not_applicable)
        case facts.Given(score=score):
            return Outcome(score, None, kpi.not_applicable)
        case facts.Items(items=items):
            results = {
                item.id: item.result.actual for item in items if item.result.actual is not None
            }
            return Outcome(not_applicable=kpi.not_applicable, items=results)
        case facts.Plan() as plan:
            return replace(outcome_of_plan(plan), not_applicable=kpi.not_applicable)
    return Outcome(not_applicable=kpi.not_applicable)


def with_outcomes(card: facts.Scorecard, outcomes: Mapping[str, Outcome]) -> facts.Scorecard:
    """The same scorecard with other outcomes of some KPIs."""
    kpis = [_changed(kpi, outcomes[kpi.id]) if kpi.id in outcomes else kpi for kpi in card.kpis]
    return replace(card, kpis=tuple(kpis))


def _changed(kpi: facts.Kpi, outcome: Outcome) -> facts.Kpi:
    changed_result: facts.Result = kpi.result
    match kpi.result:
        case facts.StepsDone():
            steps = outcome.steps_done
            changed_result = facts.StepsDone(None if steps is None else frozenset(steps))
        case facts.Measured() as measured:
            changed_result = replace(measured, actual=outcome.actual)
        case facts.Given():
            changed_result = facts.Given(outcome.actual)
        case facts.Items(items=items):
            changed_result = facts.Items(tuple(_with_result(item, outcome) for item in items))
        case facts.Plan() as plan:
            changed_result = judged_plan(plan, outcome)
    return replace(kpi, result=changed_result, not_applicable=outcome.not_applicable)


def _with_result(item: facts.Item, outcome: Outcome) -> facts.Item:
    return replace(item, result=replace(item.result, actual=outcome.items.get(item.id)))
