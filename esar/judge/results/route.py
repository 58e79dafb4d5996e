"""What the release of a round's results waits for: the steps that the year's rules name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from esar.judge.results.models import RouteStep
from esar.kernel.problems import Problem
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Route
from esar.law.rules.refusals import refusal
from esar.platform.ui import books


class Step(NamedTuple):
    """A step of the route, and how it was recorded; None where it is still to come."""

    rule: Route.Step
    record: RouteStep | None


def results_route(year: int, round_id: str) -> Rule[Route] | None:
    """The route of a year's results, where its rules have them wait and it is of this round."""
    book = books.book(year)
    rules = book.on(book.year.last_day).of_kind(Route) if book else ()
    for rule in rules:
        rounds = rule.value.rounds
        if rule.value.before_release and (not rounds or f"round.{round_id}" in rounds):
            return rule
    return None


def steps_of(rule: Rule[Route], year: int, round_id: str) -> list[Step]:
    """What is to be done before the release, in order. One query."""
    rows = RouteStep.objects.filter(fiscal_year=year, round_id=round_id)
    records = {row.step: row for row in rows}
    return [Step(step, records.get(step.id)) for step in rule.value.before_release]


def missing_steps(year: int, round_id: str) -> list[Problem]:
    """A sentence for each step that is not recorded yet. One query where the year has a route."""
    rule = results_route(year, round_id)
    if rule is None:
        return []
    label = books.round_label(year, round_id)
    return [
        refusal(
            "route.step_missing",
            rule,
            {"year": year, "round": label, "does": step.rule.does, "who": step.rule.who},
        )
        for step in steps_of(rule, year, round_id)
        if step.record is None
    ]


def with_route(rounds: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Those of some years and rounds whose results wait for a route."""
    return [pair for pair in rounds if results_route(*pair) is not None]
