"""What a released result tells beside its figures: what was lost, and what others would say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import Any

from esar.judge.assessments.levels import SELF
from esar.judge.results.actions import WAITS_FOR_POINTS
from esar.judge.results.facts import card_of
from esar.judge.results.models import Result
from esar.judge.results.queries import mean_of
from esar.judge.results.rulebooks import book_of
from esar.kernel.alphabet import sort_key
from esar.kernel.problems import Refused
from esar.kernel.wording import say
from esar.law.rules.book import Rules
from esar.law.rules.kinds import Committee
from esar.law.rules.numbers import EXACT, trimmed, weighted
from esar.law.scoring.facts import Activity, Plan
from esar.law.scoring.inputs import plan_from_input
from esar.law.scoring.scorecard import Score, score, status_of_all
from esar.law.scoring.simulation import Simulated, simulate
from esar.platform.organisations.queries import considered_by
from esar.platform.ui import books


@dataclass(frozen=True)
class Lost:
    """A KPI with the points of the total that it did not bring, of the `full` it might have."""

    kpi: Mapping[str, Any]
    lost: Decimal
    full: Decimal


@lru_cache(1024)
def full_mark(weight: str, year: int) -> Decimal:
    """The most that a weight can bring on the year's scale: 50 per cent of 5 is 2.5."""
    return weighted(books.scale(year), Decimal(weight))


def points_lost(explanation: Mapping[str, Any]) -> list[Lost]:
    """KPIs that are due and have not their full points, the largest loss first.

    Where nothing is weighted, the one that passes or fails is all of the total.
    """
    losses = []
    for kpi in explanation["kpis"]:
        points, full = kpi["weighted"], Decimal(explanation["out_of"])
        if points is not None and kpi["weight"] is not None:
            full = full_mark(kpi["weight"], explanation["year"])
        elif kpi["passed"] is not None:
            points = kpi["points"]
        if points is not None and Decimal(points) < full:
            losses.append(Lost(kpi, EXACT.subtract(full, Decimal(points)), full))
    return sorted(losses, key=lambda one: (-one.lost, one.kpi["id"]))


def status_of(kpis: Iterable[Mapping[str, Any]], year: int) -> str:
    """What a kept total is called: zero is not the same as nothing reported."""
    only = books.total_is_of(year)
    forming = [one for one in kpis if (one["id"] == only if only else one["weight"])]
    return status_of_all(one["status"] for one in forming)


def unreported(results: Iterable[Result]) -> dict[int, str]:
    """Result → why it has no total: nothing was reported, or nothing is due.

    One query, where a total is zero.
    """
    zero = Result.objects.filter(pk__in=[one.pk for one in results if not one.total])
    rows = zero.values_list("pk", "fiscal_year", "explanation__kpis")
    statuses = {pk: status_of(kpis, year) for pk, year, kpis in rows}
    return {pk: status for pk, status in statuses.items() if status != "reported"}


def silent_among(reasons: Mapping[int, str]) -> int:
    """Of how many nothing was reported, which the rules count as zero; not those not due."""
    return sum(status == "not_reported" for status in reasons.values())


def rescored(result: Result) -> Score | None:
    """The score from the facts that the result keeps, under its own rules; None of none kept."""
    if not result.inputs:
        return None
    try:
        return score(card_of(result), book_of(result.rulebook_sha256))
    except (Refused, LookupError):
        return None


def simulations(result: Result) -> list[Simulated]:
    """The result's facts under every other year's rulebook; none where the facts were not kept."""
    score = rescored(result)
    if score is None:
        return []
    other_rulebooks = [books.book(year) for year in books.years() if year != result.fiscal_year]
    return [simulate(score, other) for other in other_rulebooks if other is not None]


def stage_rows(result: Result) -> list[dict[str, Any]]:
    """The KPIs that a level judged anew, with the results of every stage and the reasons."""
    stages = result.stages
    if not stages:
        return []
    kpis = {kpi["id"]: kpi for kpi in result.explanation["kpis"]}
    plans = plans_of(result.explanation)
    stages_by_kpi = _with_what_was_reported(result)
    return [
        {
            "number": number,
            "name": kpis.get(number, {}).get("name", ""),
            "unit": kpis.get(number, {}).get("unit", ""),
            "cells": [
                {"stage": stage, **found[stage], "came": _came(plans.get(number), found[stage])}
                for stage in stages["order"]
            ],
        }
        for number, found in stages_by_kpi.items()
        if any(found[stage]["reason"] for stage in stages["order"])
    ]


def _with_what_was_reported(result: Result) -> dict[str, dict[str, Any]]:
    """KPI → its stages, with what the body had reported of those whose points OPDC gives.

    Earlier releases kept such a KPI as not reported until it had points. What is kept stays as it
    is; the page says what was sent in. At most one query.
    """
    kpis: dict[str, dict[str, Any]] = result.stages["kpis"]
    points_given = {kpi["id"] for kpi in result.explanation["kpis"] if "score" in kpi["result"]}
    doubtful = [
        number
        for number, by_stage in kpis.items()
        if number in points_given and by_stage[SELF]["status"] == "not_reported"
    ]
    if not doubtful or result.assessment is None:
        return kpis
    sent = result.assessment.version.sent_in.by_number()
    reported = {
        number: sent[number].actual
        for number in doubtful
        if number in sent and sent[number].status == "reported" and sent[number].actual
    }
    return kpis | {
        number: _waiting_at_first(kpis[number], result.stages["order"], actual)
        for number, actual in reported.items()
    }


def _waiting_at_first(
    by_stage: Mapping[str, Any], order: Iterable[str], actual: str | None
) -> dict[str, Any]:
    """The stages of a KPI: until a level says something of it, it waits for its points."""
    untouched = takewhile(
        lambda stage: by_stage[stage]["status"] == "not_reported" and not by_stage[stage]["reason"],
        order,
    )
    waits = {"actual": actual, "points": None, "status": WAITS_FOR_POINTS}
    return {**by_stage, **{stage: {**by_stage[stage], **waits} for stage in untouched}}


def plans_of(explanation: Mapping[str, Any]) -> dict[str, Plan]:
    """KPI → its plan of activities with what came of every output; none of other KPIs."""
    return {
        kpi["id"]: plan_from_input(kpi["result"])
        for kpi in explanation["kpis"]
        if "activities" in kpi["result"]
    }


def _came(plan: Plan | None, stage: Mapping[str, Any]) -> list[tuple[Activity, date]] | None:
    """The outputs of a plan that a stage says came, by the places that it keeps."""
    if plan is None or stage["steps_done"] is None:
        return None
    outputs = [(one, output.month) for one in plan.activities for output in one.outputs]
    return [outputs[place - 1] for place in stage["steps_done"] if place <= len(outputs)]


@dataclass(frozen=True)
class Group:
    """Bodies together: how many, their mean, lowest and highest total, and their grades.

    `full` is what all of them are out of; None where that is not the same for all.
    """

    name: str
    value: str
    count: int
    mean: Decimal | None
    lowest: Decimal
    highest: Decimal
    grades: dict[str, int]
    full: str | None


def grouped(results: Iterable[Result], language: str, places: int) -> list[Group]:
    """By ministry for departments, by region for provinces, in the order of their names."""
    by_home: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        by_home.setdefault(home_of(result, language), []).append(result)
    homes = sorted(by_home, key=lambda home: (sort_key(home[0]), home))
    return [_group(*home, by_home[home], places) for home in homes]


def by_committees(results: Iterable[Result], rules: Rules, language: str) -> list[Group]:
    """By the kind of level-2 committee that considers a body, in the rulebook's order; none where
    the year has no such committees. One query.
    """
    year = rules.year.buddhist
    by_rule: dict[str, list[Result]] = {}
    kinds = [rule for rule in rules.of_kind(Committee) if rule.value.level == 2]
    considered = considered_by(2, year) if kinds else {}
    for result in results:
        by_rule.setdefault(considered.get(result.body_id, ""), []).append(result)
    places = books.total_places(year)
    return [
        _group(rule.label.say(language), rule.id, by_rule[rule.id], places)
        for rule in kinds
        if rule.id in by_rule
    ]


def home_of(result: Result, language: str) -> tuple[str, str]:
    """(name, value) of the ministry or region that a body stands under."""
    parent, region = result.body.parent, result.body.region_th
    if parent is not None:
        return (parent.name_en if language == "en" else parent.name_th), parent.code
    return say("region.name", {"name": region}, "th") if region else "–", region


def whole(results: Iterable[Result], places: int) -> Group | None:
    """All bodies as one group; None of none."""
    all_results = list(results)
    return _group("", "", all_results, places) if all_results else None


def _group(name: str, value: str, results: list[Result], places: int) -> Group:
    totals = [result.total for result in results if not _nothing_due(result)]
    totals = totals or [result.total for result in results]
    grades: dict[str, int] = {}
    for result in results:
        grades[result.grade_id] = grades.get(result.grade_id, 0) + 1
    full_marks = {result.out_of for result in results}
    full = full_marks.pop() if len(full_marks) == 1 else None
    return Group(
        name, value, len(results), mean_of(totals, places), min(totals), max(totals), grades, full
    )


def _nothing_due(result: Result) -> bool:
    """Whether a graded round found nothing due: no total that a mean may count as zero."""
    return not result.grade_id and books.is_graded(result.fiscal_year, result.round_id)


@dataclass(frozen=True)
class Part:
    """A component over many bodies: the mean of its weighted points, and its full mark."""

    number: str
    label: Mapping[str, str]
    mean: Decimal | None
    full: Decimal
    count: int


def by_component(results: Iterable[list[Mapping[str, Any]]], year: int) -> list[Part]:
    """Each component with the mean of what bodies got in it; `results` are their components."""
    by_id: dict[str, list[Mapping[str, Any]]] = {}
    for components in results:
        for part in components:
            by_id.setdefault(part["id"], []).append(part)
    parts_of_round = [_part(parts, year) for parts in by_id.values()]
    return sorted(parts_of_round, key=lambda part: part.number)


def _part(components: list[Mapping[str, Any]], year: int) -> Part:
    first = components[0]
    mean = mean_of((Decimal(part["weighted"]) for part in components), books.total_places(year))
    # In a round that does not measure every KPI, bodies can have different full marks.
    full = mean_of((full_mark(part["weight"], year) for part in components), 4)
    return Part(
        first["number"],
        first["label"],
        mean,
        trimmed(full or full_mark(first["weight"], year)),
        len(components),
    )
