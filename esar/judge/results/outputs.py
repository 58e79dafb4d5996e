"""Outputs of plans that released results struck out: what the plan's own pages must say too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from esar.judge.results.models import Result
from esar.judge.results.states import ResultState
from esar.law.scoring.inputs import plan_from_input
from esar.platform.ui import books
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.signals import Places

Stages = Mapping[str, Mapping[str, Any]]  # stage → what it made of a KPI


def struck_out(plans: Iterable[int], moments: Sequence[date | None]) -> list[dict[int, Places]]:
    """Plan id → outputs reported as done that its newest released results did not find.

    Each with the last day of the round that was judged, and for each of the `moments` anew: as it
    stood at that day's end in Bangkok, of results that were corrected since too; None is now. Three
    queries, however many plans and moments.
    """
    ids = {
        (body, year): pk
        for pk, body, year in Plan.objects.filter(pk__in=list(plans)).values_list(
            "pk", "body", "fiscal_year"
        )
    }
    results = Result.objects.filter(
        body__in=[body for body, _ in ids],
        fiscal_year__in=[year for _, year in ids],
        released_at__isnull=False,
    )
    columns = ("body", "fiscal_year", "round_id", "state", "released_at", "stages")
    of_plans = [
        result
        for result in results.order_by("released_at", "pk").only(*columns)
        if (result.body_id, result.fiscal_year) in ids
    ]
    struck = _struck_by([result for result in of_plans if _lost(result)])
    answers = []
    for moment in moments:
        places: dict[int, Places] = {}
        newest = {
            (result.body_id, result.fiscal_year, result.round_id): result.pk
            for result in of_plans
            if _stands(result, moment)
        }
        for (body, year, _), result in newest.items():
            places.setdefault(ids[body, year], {}).update(struck.get(result, {}))
        answers.append(places)
    return answers


def _stands(result: Result, by: date | None) -> bool:
    """Whether a result counts; or whether it had been released by the end of a day."""
    if by is None:
        return result.state == ResultState.RELEASED
    end = timezone.make_aware(datetime.combine(by + timedelta(days=1), time()))
    return result.released_at is not None and result.released_at < end


def _lost(result: Result) -> dict[str, set[int]]:
    """KPI → the places of what the body said that the last stage of a result has not."""
    order = result.stages.get("order", ())
    if not order:
        return {}
    stages: Mapping[str, Stages] = result.stages["kpis"]
    lost = {kpi: _done(of[order[0]]) - _done(of[order[-1]]) for kpi, of in stages.items()}
    return {kpi: places for kpi, places in lost.items() if places}


def _struck_by(results: list[Result]) -> dict[int, Places]:
    """Result id → what it has not of what the body said, by place in the plan."""
    explanations = Result.objects.filter(pk__in=[result.pk for result in results])
    explained = dict(explanations.values_list("pk", "explanation")) if results else {}
    struck: dict[int, Places] = {}
    for result in results:
        rule = books.round_rule(result.fiscal_year, result.round_id)
        if rule is None:
            continue
        lost = _lost(result)
        for kpi in explained[result.pk]["kpis"]:
            if "activities" in kpi["result"] and kpi["id"] in lost:
                outputs = _outputs_of(kpi["result"])
                struck.setdefault(result.pk, {}).update(
                    {outputs[place - 1]: rule.value.last for place in lost[kpi["id"]]}
                )
    return struck


def _outputs_of(result: Mapping[str, Any]) -> list[tuple[int, date]]:
    """(activity's number, month) of each output, in the order that stages count them."""
    activities = plan_from_input(result).activities
    return [(int(one.id), output.month) for one in activities for output in one.outputs]


def _done(stage: Mapping[str, Any]) -> set[int]:
    return set(stage["steps_done"] or ())
