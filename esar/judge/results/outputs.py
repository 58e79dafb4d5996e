"""Outputs of plans that released results struck out: what the plan's own pages must say too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from esar.judge.results.models import Result
from esar.judge.results.queries import released
from esar.law.scoring.inputs import plan_from_input
from esar.platform.ui import books
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.signals import Places


def struck_out(plans: Iterable[int], *, by: date | None = None) -> dict[int, Places]:
    """Plan id → outputs reported as done that its newest released results did not find.

    Each with the last day of the round that was judged. `by`: as it stood at that day's end in
    Bangkok, of results that were corrected since too. Two queries.
    """
    ids = {
        (body, year): pk
        for pk, body, year in Plan.objects.filter(pk__in=list(plans)).values_list(
            "pk", "body", "fiscal_year"
        )
    }
    results = _standing(by).filter(
        body__in=[body for body, _ in ids], fiscal_year__in=[year for _, year in ids]
    )
    places: dict[int, Places] = {}
    columns = ("body", "fiscal_year", "round_id", "explanation", "stages")
    newest = {
        (result.body_id, result.fiscal_year, result.round_id): result
        for result in results.order_by("released_at", "pk").only(*columns)
    }
    for result in newest.values():
        plan = ids.get((result.body_id, result.fiscal_year))
        if plan is not None:
            places.setdefault(plan, {}).update(_struck_by(result))
    return places


def _standing(by: date | None) -> QuerySet[Result]:
    """The results that count; or that had been released by a day, the newest of a round last."""
    if by is None:
        return released()
    end = timezone.make_aware(datetime.combine(by + timedelta(days=1), time()))
    return Result.objects.filter(released_at__lt=end)


def _struck_by(result: Result) -> Places:
    """What the last stage of a result has not of what the body said, by place in the plan."""
    rule = books.round_rule(result.fiscal_year, result.round_id)
    order = result.stages.get("order", ())
    if rule is None or not order:
        return {}
    struck: Places = {}
    for kpi in result.explanation["kpis"]:
        stages = result.stages["kpis"].get(kpi["id"])
        if "activities" in kpi["result"] and stages is not None:
            outputs = _outputs_of(kpi["result"])
            places = _done(stages[order[0]]) - _done(stages[order[-1]])
            struck |= {outputs[place - 1]: rule.value.last for place in places}
    return struck


def _outputs_of(result: Mapping[str, Any]) -> list[tuple[int, date]]:
    """(activity's number, month) of each output, in the order that stages count them."""
    activities = plan_from_input(result).activities
    return [(int(one.id), output.month) for one in activities for output in one.outputs]


def _done(stage: Mapping[str, Any]) -> set[int]:
    return set(stage["steps_done"] or ())
