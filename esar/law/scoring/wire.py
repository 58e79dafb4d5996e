"""A `Score` as plain JSON: what `esar score --json` prints and what a result row keeps.

Decimals are strings, days are ISO 8601; sentences and labels come in Thai and English.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from esar.kernel.problems import Problem
from esar.kernel.wording import problem_sentence
from esar.law.rules.book import Assumed, Cite
from esar.law.rules.kinds import Grades
from esar.law.rules.numbers import trimmed
from esar.law.rules.text import Text
from esar.law.scoring.facts import Given, Items, Measured, Outputs, Plan, Result, StepsDone
from esar.law.scoring.scorecard import ComponentScore, KindOfKpi, KpiScore, Score
from esar.law.scoring.steps import InUnit, Step

Json = dict[str, Any]


def score_as_json(score: Score) -> Json:
    """The whole score with every step, in the order of the input.

    `status` stands only where nothing that forms the total is due: the total is then no zero.
    """
    return {
        "body": score.card.body,
        "code": score.card.code,
        "kind": score.card.body_kind,
        "year": score.card.year,
        "round": score.card.round,
        "total": f"{score.total:f}",
        "out_of": f"{trimmed(score.out_of):f}",
        **({"status": score.status} if score.is_ungraded_for_now else {}),
        "grade": _grade(score.grade),
        "components": [_component(component) for component in score.components],
        "kpis": [_kpi(kpi) for kpi in score.kpis],
        "steps": [step_as_json(step) for step in score.steps],
        "warnings": [problem_as_json(warning) for warning in score.warnings],
        "note": score.card.note,
        "rulebook_sha256": score.rulebook_sha256,
    }


def problem_as_json(problem: Problem) -> Json:
    """A problem or warning with its place and both sentences."""
    place = problem.place
    return {
        "code": problem.code,
        "file": place.file,
        "line": place.line,
        "sheet": place.sheet,
        "row": place.row,
        "field": place.field,
        "th": problem_sentence(problem, "th"),
        "en": problem_sentence(problem, "en"),
    }


def _text(text: Text | InUnit) -> Json:
    return {"th": text.th, "en": text.en}


def _grade(band: Grades.Band | None) -> Json | None:
    return None if band is None else {"id": band.id, **_text(band.label)}


def _component(component: ComponentScore) -> Json:
    return {
        "id": component.rule.id,
        "number": component.rule.value.number,
        "label": _text(component.rule.label),
        "weight": f"{trimmed(component.weight_due):f}",
        "weighted": f"{component.weighted:f}",
    }


def _kpi(kpi: KpiScore) -> Json:
    return {
        "id": kpi.kpi.id,
        "name": kpi.kpi.label,
        "component": kpi.kpi.component,
        **({"kpi_kind": _kind(kpi.kind)} if kpi.kind else {}),
        "unit": kpi.kpi.unit,
        "weight": _decimal(None if kpi.weight is None else trimmed(kpi.weight)),
        "result": _result(kpi.kpi.result),
        "points": _decimal(kpi.points),
        "weighted": _decimal(kpi.weighted),
        "status": kpi.status,
        "passed": kpi.passed,
        **({} if kpi.kpi.held_to == "year" else {"held_to": kpi.kpi.held_to}),
        "steps": [step_as_json(step) for step in kpi.steps],
    }


def _kind(kind: KindOfKpi) -> Json:
    return {"id": kind.rule.id, "group": kind.group_number, **_text(kind.rule.label)}


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _result(result: Result) -> Json:
    """The facts that the points came from, in the fields of the input form."""
    match result:
        case Measured(direction=direction, targets=targets, actual=actual):
            ladder = [f"{target:f}" for target in targets]
            return {"direction": direction, "targets": ladder, "actual": _decimal(actual)}
        case StepsDone(done=done):
            return {"steps_done": None if done is None else sorted(done)}
        case Items(items=items):
            return {
                "items": [
                    {
                        "id": item.id,
                        **({"name": item.label} if item.label else {}),
                        "weight": f"{item.weight:f}",
                        **({"unit": item.unit} if item.unit else {}),
                        **_result(item.result),
                    }
                    for item in items
                ]
            }
        case Outputs(planned=planned, achieved=achieved):
            return {"planned": planned, "achieved": achieved}
        case Given(score=score):
            return {"score": _decimal(score)}
        case Plan(activities=activities):
            return {
                "activities": [
                    {
                        "id": activity.id,
                        "name": activity.label,
                        "type": activity.type,
                        "start": activity.start.isoformat()[:7] if activity.start else None,
                        "outputs": [
                            {"month": output.month.isoformat()[:7], "done": output.done}
                            for output in activity.outputs
                        ],
                    }
                    for activity in activities
                ]
            }
    raise AssertionError(result)


def step_as_json(step: Step) -> Json:
    """A step with its sentence in both languages, as pages and files show it."""
    return {
        "code": step.code,
        "rule": step.rule,
        "th": step.text("th"),
        "en": step.text("en"),
        "formula": step.formula,
        "inputs": {name: _input(value) for name, value in step.inputs.items()},
        "output": step.output,
        "cites": [_cite(cite) for cite in step.cites],
        "assumed": [_assumed(assumed) for assumed in step.assumed],
    }


def _input(value: object) -> Any:
    if isinstance(value, Text | InUnit):
        return _text(value)
    if isinstance(value, tuple):
        return [_input(part) for part in value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _cite(cite: Cite) -> Json:
    source = cite.source
    return {
        "source": source.id,
        "title": _text(source.title),
        "number": source.number,
        "day": source.day.isoformat() if source.day else None,
        "clause": cite.clause,
    }


def _assumed(assumed: Assumed) -> Json:
    return {"field": assumed.field, "reason": _text(assumed.reason)}
