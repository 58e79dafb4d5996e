"""The life of a monthly report on a plan of activities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.problems import Problem
from esar.law.rules.refusals import denial, refusal
from esar.platform.evidence.states import FileState
from esar.platform.lifecycle.life import Act, Life, freeze
from esar.report.activity_plans.checks import month_words
from esar.report.activity_plans.monthly.content import Sheet, frozen, sheet_of
from esar.report.activity_plans.monthly.deadlines.queries import MONTHLY, due_day, duty, last_of
from esar.report.activity_plans.monthly.models import MonthlyReport, MonthlyVersion
from esar.report.activity_plans.monthly.states import MONTH_EDITS, MONTH_MOVES


class MonthLife(Life[MonthlyReport]):
    """Proposed and sent in when the month is over; OPDC may give it back."""

    name = "plan_month"
    model = MonthlyReport
    body_at = "plan.body"
    moves = MONTH_MOVES
    edits = MONTH_EDITS
    related = ("plan__body__parent", "saved_by")
    written_by = tuple(
        f"plan_month.{verb}" for verb in ("saved", "attached", "detached", "propose")
    )
    sent_by = ("plan_month.submit",)
    notices_as: ClassVar[Mapping[str, str]] = {"propose": "your_turn"}

    def address(self, thing: MonthlyReport) -> str:
        return reverse("monthly:plan-month", args=[thing.plan_id, f"{thing.month:%Y-%m}"])

    def bars(self, person: Any, thing: MonthlyReport, name: str, day: date) -> Verdict:
        """A month is written on, on a plan in force, from its first day; sent when it is over."""
        plan, last = thing.plan, last_of(thing.month)
        if name == "edit" and plan.version == 0:
            return denied("plan_month.no_plan")
        rule = duty(plan.fiscal_year, plan.body.kind, MONTHLY, thing.month)
        if name == "edit" and rule is None:
            return denied("plan_month.not_due")
        if name == "edit" and day < thing.month:
            return denial("plan_month.not_begun", rule, day=thing.month)
        if name in ("propose", "submit") and day <= last:
            return denial("plan_month.not_over", rule, day=last)
        return ALLOWED

    def content(self, thing: MonthlyReport) -> Mapping[str, Any]:
        return parts_of(sheet_of(thing))

    def check(self, act: Act[MonthlyReport]) -> Iterable[Problem]:
        return unfit_to_send(sheet_of(act.thing)) if act.name in ("propose", "submit") else ()

    def changes(self, act: Act[MonthlyReport]) -> Mapping[str, Any]:
        """The first sending in is what counts against the due day."""
        if act.name != "submit":
            return {}
        report, plan = act.thing, act.thing.plan
        receipt: dict[str, Any] = {"sent": report.sent + 1}
        if report.received_on is None:
            due = due_day(plan.fiscal_year, plan.body.kind, MONTHLY, report.month)
            receipt |= {"received_on": timezone.localdate(act.at), "due_on": due}
        act.content = frozen(sheet_of(report))  # as the draft says; sent in, it reads its version
        return receipt

    def carry_out(self, act: Act[MonthlyReport]) -> None:
        if act.name == "submit":
            report = act.thing
            columns = {"report": report, "number": report.sent, "by": act.by, "at": act.at}
            freeze(MonthlyVersion, act, act.content, **columns)

    def notice_figures(self, thing: MonthlyReport) -> Mapping[str, Any]:
        return {"body": thing.plan.body.name_th, "month": month_words(thing.month)}


def parts_of(sheet: Sheet) -> dict[str, Any]:
    """What a report's page shows, activity by activity."""
    content = frozen(sheet)
    activities = {str(activity["number"]): activity for activity in content.pop("activities")}
    return {"": content, **activities}


def unfit_to_send(sheet: Sheet) -> list[Problem]:
    """Why a report may not be sent in: nothing said, an output without evidence, a virus."""
    problems = []
    plan = sheet.report.plan
    rule = duty(plan.fiscal_year, plan.body.kind, MONTHLY, sheet.report.month)
    if sheet.lines and all(line.says_nothing for line in sheet.lines):
        problems.append(refusal("plan_month.says_nothing", rule, {}))
    for line in sheet.lines:
        if any(output.done for output in line.outputs) and not line.files:
            figures: dict[str, object] = {"number": line.number, "name": line.activity.name}
            problems.append(refusal("plan_month.no_evidence", rule, figures))
        for evidence in line.files:
            if evidence.file.state == FileState.INFECTED:
                figures = {"number": line.number, "name": evidence.name}
                problems.append(Problem("plan_month.infected", figures))
    return problems


MONTH_LIFE = MonthLife()
