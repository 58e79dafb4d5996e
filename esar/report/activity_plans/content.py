"""A plan's content: read from whoever sent it, added up by month, and handed to the scoring."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from esar.kernel import spelling
from esar.kernel.problems import Place, Problem, Refused
from esar.kernel.wording import Word
from esar.law.scoring import facts
from esar.report.activity_plans.frozen import PlanContent, first_of

MOST = 24  # activities in a draft: the twelve, and as many ideas again
LONGEST = {"name": 300, "office": 200, "what": 300}  # characters
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
NOTHING: dict[str, Any] = {
    "name": "",
    "type": "",
    "topic": "",
    "start": None,
    "outputs": [],
    "office": "",
}


def clean(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The content as it is kept: NFC, Arabic digits, activities numbered as they stand.

    Half-finished is well; empty rows at the end are left out. Errors: Refused for more activities
    than a draft holds, text that is too long, or a month that is none.
    """
    problems: list[Problem] = []
    activities = [
        _activity(number, one, problems)
        for number, one in enumerate(raw.get("activities", ()), start=1)
    ]
    while activities and is_empty(activities[-1]):
        activities.pop()
    if len(activities) > MOST:
        problems.append(Problem("plan.too_many", {"count": len(activities), "most": MOST}))
    if problems:
        raise Refused(problems)
    return {"activities": activities}


def is_empty(activity: Mapping[str, Any]) -> bool:
    return all(activity[name] == value for name, value in NOTHING.items())


def _activity(number: int, raw: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    def text(name: str, value: object) -> str:
        plain = spelling.arabic(spelling.normal(str(value or "")))
        plain = " ".join(plain.split())
        if len(plain) > LONGEST[name]:
            figures = {"number": number, "field": Word(f"label.plan_{name}"), "most": LONGEST[name]}
            problems.append(Problem("plan.too_long", figures, Place(row=number)))
        return plain

    outputs: dict[str, str] = {}
    for output in raw.get("outputs", ()):
        month = _month(number, output.get("month"), problems)
        if month is not None:
            outputs[month] = text("what", output.get("what"))
    start = raw.get("start")
    return {
        "number": number,
        "name": text("name", raw.get("name")),
        "type": str(raw.get("type") or "")[:30],
        "topic": str(raw.get("topic") or "")[:30],
        "start": _month(number, start, problems) if start else None,
        "outputs": [{"month": month, "what": outputs[month]} for month in sorted(outputs)],
        "office": text("office", raw.get("office")),
    }


def _month(number: int, value: object, problems: list[Problem]) -> str | None:
    if isinstance(value, str) and MONTH.fullmatch(value):
        return value
    figures = {"number": number, "month": str(value)[:20]}
    problems.append(Problem("plan.not_a_month", figures, Place(row=number)))
    return None


def totals(content: PlanContent, months: Sequence[date]) -> list[int]:
    """How many outputs are planned for each month: รวมผลผลิตในแต่ละเดือน."""
    planned = [output.month for _, output in content.outputs()]
    return [planned.count(f"{month:%Y-%m}") for month in months]


def as_facts(
    content: PlanContent, came: Mapping[tuple[int, date], bool] | None = None
) -> facts.Plan:
    """The plan for the scoring; `came` is what was reported of (activity, month)."""
    reported = came or {}
    return facts.Plan(
        tuple(
            facts.Activity(
                str(activity.number),
                activity.name,
                activity.type or None,
                first_of(activity.start) if activity.start else None,
                tuple(
                    facts.PlannedOutput(
                        output.planned, reported.get((activity.number, output.planned))
                    )
                    for output in activity.outputs
                ),
            )
            for activity in content.activities
        )
    )
