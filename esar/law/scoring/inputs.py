"""A scorecard's facts as the JSON input form, which `esar.exchange.files` reads back as the same.

Decimals are strings, days ISO 8601, the keys stand in one order. What is absent is left out; a
result that is "not reported" stays null where its key says of which form the KPI is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from esar.law.scoring.facts import (
    Activity,
    Given,
    Item,
    Items,
    Kpi,
    Measured,
    Outputs,
    Plan,
    PlannedOutput,
    Result,
    Scorecard,
    StepsDone,
)

Json = dict[str, Any]


def scorecard_as_input(card: Scorecard) -> Json:
    """The facts of one scorecard, ready for `json.dumps`; places are left behind."""
    fields = {
        "year": card.year,
        "kind": card.body_kind,
        "body": card.body,
        "round": card.round,
        "code": card.code or None,
        "note": card.note or None,
        "received": card.received.isoformat() if card.received else None,
        "due": card.due.isoformat() if card.due else None,
        "province": card.province,
    }
    return {**_present(fields), "kpis": [_kpi(kpi) for kpi in card.kpis]}


def _present(fields: Json) -> Json:
    return {key: value for key, value in fields.items() if value is not None}


def _kpi(kpi: Kpi) -> Json:
    before = {
        "id": kpi.id,
        "name": kpi.label or None,
        "component": kpi.component,
        "kpi_kind": kpi.kind or None,
        "weight": _decimal(kpi.weight),
        "unit": kpi.unit or None,
    }
    after = {
        "not_applicable": kpi.not_applicable or None,
        "held_to": None if kpi.held_to == "year" else kpi.held_to,
    }
    return {**_present(before), **_result(kpi.result), **_present(after)}


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _result(result: Result) -> Json:
    match result:
        case Measured():
            return _measured(result)
        case StepsDone(done=done):
            return {"steps_done": None if done is None else sorted(done)}
        case Items(items=items):
            return {"items": [_item(item) for item in items]}
        case Outputs(planned=planned, achieved=achieved):
            return {"planned": planned, **_present({"achieved": achieved})}
        case Plan() as plan:
            return plan_as_input(plan)
        case Given(score=score):
            return _present({"score": _decimal(score)})
    raise AssertionError(result)


def plan_as_input(plan: Plan) -> Json:
    """A plan of activities with what came of it, as its KPI holds it in the input form."""
    return {"activities": [_activity(activity) for activity in plan.activities]}


def plan_from_input(data: Mapping[str, Any]) -> Plan:
    """The plan that `plan_as_input` wrote, or that an explanation keeps."""
    return Plan(
        tuple(
            Activity(
                one["id"],
                one.get("name", ""),
                one.get("type"),
                _first_of(one["start"]) if one.get("start") else None,
                tuple(
                    PlannedOutput(_first_of(output["month"]), output.get("done"))
                    for output in one["outputs"]
                ),
            )
            for one in data["activities"]
        )
    )


def _first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _item(item: Item) -> Json:
    fields = {
        "id": item.id,
        "name": item.label or None,
        "weight": f"{item.weight:f}",
        "unit": item.unit or None,
    }
    return {**_present(fields), **_measured(item.result)}


def _measured(result: Measured) -> Json:
    targets = [f"{target:f}" for target in result.targets]
    fields = {"direction": result.direction, "targets": targets, "actual": _decimal(result.actual)}
    return _present(fields)


def _activity(activity: Activity) -> Json:
    start = activity.start.isoformat()[:7] if activity.start else None
    fields = {
        "id": activity.id,
        "name": activity.label or None,
        "type": activity.type,
        "start": start,
    }
    outputs = [
        _present({"month": output.month.isoformat()[:7], "done": output.done})
        for output in activity.outputs
    ]
    return {**_present(fields), "outputs": outputs}
