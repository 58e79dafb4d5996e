"""The life of a warning with its corrective plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from esar.judge.early_warning.models import EarlyWarning
from esar.judge.early_warning.states import WARNING_MOVES, WarningState
from esar.kernel.problems import Problem
from esar.kernel.wording import Word
from esar.law.rules.years import FiscalYear
from esar.platform.lifecycle.life import Act, Life

PLAN = ("cause", "remedy", "remedy_owner", "remedy_by")


class WarningLife(Life[EarlyWarning]):
    """Answered by its body with a plan, which OPDC accepts or gives back, and closed."""

    name = "warning"
    model = EarlyWarning
    page = "early_warning:warning"
    body_at = "scorecard.body"
    moves = WARNING_MOVES
    related = ("scorecard__body",)
    written_by = ("warning.plan",)
    sent_by = ("warning.send_plan",)

    def content(self, thing: EarlyWarning) -> Mapping[str, Any]:
        return {"plan": plan_of(thing)}

    def check(self, act: Act[EarlyWarning]) -> Iterable[Problem]:
        if act.name != "plan":
            return ()
        return wrong_in(act.thing, cleaned(act.given["plan"]), act.on)

    def changes(self, act: Act[EarlyWarning]) -> Mapping[str, Any]:
        if act.name == "plan":
            plan = cleaned(act.given["plan"])
            act.before |= {column: _text(getattr(act.thing, column)) for column in plan}
            act.after |= {column: _text(value) for column, value in plan.items()}
            return plan
        ends = act.move.target in (WarningState.DONE, WarningState.WITHDRAWN)
        return {"note": act.reason} if ends else {}

    def notice_figures(self, thing: EarlyWarning) -> Mapping[str, Any]:
        return {"body": thing.scorecard.body.name_th, "kpi": thing.number}


def plan_of(warning: EarlyWarning) -> dict[str, Any]:
    """What a corrective plan says, by its columns; the day as text."""
    return {column: _text(getattr(warning, column)) for column in PLAN}


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def cleaned(plan: Mapping[str, Any]) -> dict[str, Any]:
    """The plan's columns; a blank one is empty."""
    columns: dict[str, Any] = {column: plan.get(column) or "" for column in PLAN}
    return {
        column: value.strip() if isinstance(value, str) else value
        for column, value in columns.items()
    }


def wrong_in(warning: EarlyWarning, plan: Mapping[str, Any], on: date) -> list[Problem]:
    """A plan is whole, and ends within the year that it is to save."""
    problems = [
        Problem("warning.plan_incomplete", {"field": Word(f"label.{column}")})
        for column in PLAN
        if not plan[column]
    ]
    last = FiscalYear(warning.scorecard.fiscal_year).last_day
    if plan["remedy_by"] and not on <= plan["remedy_by"] <= last:
        problems.append(Problem("warning.plan_day", {"first": on, "last": last}))
    return problems


WARNING_LIFE = WarningLife()
