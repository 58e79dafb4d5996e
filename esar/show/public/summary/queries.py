"""A round as it is put before the committee and the Cabinet: counts, means, every body, its rules.

Bodies stand by region or ministry and by name; nobody is ranked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F

from esar.judge.appeals.models import Appeal
from esar.judge.appeals.states import AT_OPDC, DECIDED
from esar.judge.results.models import Result
from esar.judge.results.queries import HEAVY
from esar.judge.results.states import ResultState
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import (
    Assessment,
    Component,
    Grades,
    LateDeduction,
    MissingResult,
    Redistribution,
    Regime,
    Rounding,
    Threshold,
    Total,
)
from esar.platform.ui import books
from esar.report.reports.models import Report
from esar.show.public.queries import (
    Group,
    Part,
    by_committees,
    by_component,
    grouped,
    home_of,
    silent_among,
    unreported,
    whole,
)

RESTS_ON: tuple[type[object], ...] = (
    Regime,
    Component,
    Total,
    Rounding,
    MissingResult,
    Redistribution,
    LateDeduction,
    Grades,
    Threshold,
    Assessment,
)


@dataclass(frozen=True)
class Late:
    """A report that came after its due day; `deduction` is None where nothing is taken off."""

    report: Report
    deduction: Decimal | None


@dataclass(frozen=True)
class Summary:
    """Everything that the page says of a round."""

    whole: Group
    waiting: int  # not released yet
    expected: int | None
    groups: list[tuple[Group, list[tuple[Result, books.Grade | None]]]]
    parts: list[Part]
    late: list[Late]
    appeals: list[tuple[str, int]]
    rules: list[Rule[object]]
    rulebooks: list[str]  # hashes of what the results were computed under
    incentive: Rule[Threshold] | None
    is_demo: bool
    unreported: dict[int, str]  # result → why it has no total
    committees: list[Group]  # by the kind of level-2 committee

    @property
    def silent(self) -> int:
        return silent_among(self.unreported)


def summary_of(rules: Rules, round_id: str, language: str, *, unreleased: bool) -> Summary | None:
    """The summary of a round, or None where nothing may be seen. Six queries."""
    year = rules.year.buddhist
    results = _newest(year, round_id, unreleased=unreleased)
    places = books.total_places(year)
    everyone = whole(results, places)
    if everyone is None:
        return None
    explanations = _told([one.pk for one in results])
    parts = by_component([one["components"] for one in explanations.values()], year)
    regime = rules.the(Regime)
    bodies = {one.body_id: explanations[one.pk]["steps"] for one in results}
    return Summary(
        everyone,
        sum(one.state == ResultState.COMPUTED for one in results),
        sum(regime.value.bodies.values()) if regime else None,
        _by_home(results, language, places),
        parts,
        _late(year, round_id, bodies),
        _appeals(year, round_id),
        [one for kind in RESTS_ON for one in rules.of_kind(kind)],
        sorted({one.rulebook_sha256 for one in results}),
        rules.the(Threshold),
        any(one.is_demo for one in results),
        unreported(results),
        by_committees(results, rules, language),
    )


def _newest(year: int, round_id: str, *, unreleased: bool) -> list[Result]:
    """Each body's newest result that may be seen, by name. One query."""
    states = [ResultState.RELEASED, *([ResultState.COMPUTED] if unreleased else [])]
    results = Result.objects.filter(fiscal_year=year, round_id=round_id, state__in=states)
    results = results.select_related("body__parent").defer(*HEAVY)
    newest = {one.body_id: one for one in results.order_by("body__name_key", "number")}
    return list(newest.values())


def _told(results: list[int]) -> dict[int, Mapping[str, Any]]:
    """Result id → what its explanation says of components and total. One query."""
    rows = Result.objects.filter(pk__in=results).values_list(
        "pk", "explanation__components", "explanation__steps"
    )
    return {pk: {"components": components, "steps": steps} for pk, components, steps in rows}


def _by_home(
    results: list[Result], language: str, places: int
) -> list[tuple[Group, list[tuple[Result, books.Grade | None]]]]:
    """Each region or ministry with its bodies, by name."""
    return [
        (
            group,
            [
                (one, books.grades(one.fiscal_year).get(one.grade_id))
                for one in results
                if home_of(one, language) == (group.name, group.value)
            ],
        )
        for group in grouped(results, language, places)
    ]


def _late(year: int, round_id: str, steps: Mapping[int, list[Mapping[str, Any]]]) -> list[Late]:
    """Late reports of the bodies that have a result. One query."""
    reports = (
        Report.objects.filter(
            scorecard__fiscal_year=year,
            round_id=round_id,
            received_on__gt=F("due_on"),
            scorecard__body__in=list(steps),
        )
        .select_related("scorecard__body")
        .order_by("scorecard__body__name_key")
    )
    return [Late(one, _deduction(steps[one.scorecard.body_id])) for one in reports]


def _deduction(steps: list[Mapping[str, Any]]) -> Decimal | None:
    deductions = [one["inputs"]["deduction"] for one in steps if one["code"] == "step.late"]
    return Decimal(deductions[0]) if deductions else None


def _appeals(year: int, round_id: str) -> list[tuple[str, int]]:
    """(state, how many) of the appeals that were filed. One query."""
    rows = (
        Appeal.objects.filter(result__fiscal_year=year, result__round_id=round_id)
        .filter(state__in=(*AT_OPDC, *DECIDED))
        .order_by()
        .values_list("state")
        .annotate(Count("pk"))
    )
    counts = dict(rows)
    return [(state, counts[state]) for state in (*AT_OPDC, *DECIDED) if state in counts]
