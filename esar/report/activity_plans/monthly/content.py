"""A monthly report as a page shows it and as it is kept: what is under way, what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from esar.kernel import spelling
from esar.kernel.problems import Problem, Refused
from esar.report.activity_plans.frozen import PlannedActivity, first_of
from esar.report.activity_plans.models import PlanVersion
from esar.report.activity_plans.monthly.deadlines.queries import law_of_month
from esar.report.activity_plans.monthly.models import MonthlyEvidence, MonthlyReport, MonthlyVersion
from esar.report.activity_plans.monthly.queries import Told, evidence_of, told_of
from esar.report.activity_plans.monthly.states import MonthState
from esar.report.activity_plans.queries import in_force

LONGEST = 4000  # characters of progress


@dataclass(frozen=True)
class Output:
    """An output that is to be reported: `month` is when it was planned, `done` what is said."""

    month: date
    what: str
    done: bool | None
    is_left: bool  # from an earlier month, and not reported done yet


@dataclass(frozen=True)
class Line:
    """One activity under way in the month, with what the report says of it."""

    number: int
    activity: PlannedActivity
    progress: str
    outputs: tuple[Output, ...]
    files: tuple[MonthlyEvidence, ...]
    has_changed: bool = False  # in the plan, since this was sent in

    @property
    def says_nothing(self) -> bool:
        return not self.progress and all(one.done is None for one in self.outputs)


@dataclass(frozen=True)
class Sheet:
    """A report with the version of the plan it reports on; `newer` is a later one in force."""

    report: MonthlyReport
    version: PlanVersion
    lines: list[Line]
    newer: PlanVersion | None = None

    @property
    def silent(self) -> list[Output]:
        """Outputs planned for this very month of which nothing is said: not "not done"."""
        return [
            one
            for line in self.lines
            for one in line.outputs
            if one.done is None and not one.is_left
        ]


def sheet_of(report: MonthlyReport) -> Sheet:
    """What was sent in as it was sent; until then, what is asked for under the plan in force.

    Four queries at most, and none more for each activity.
    """
    version = in_force(report.plan)
    assert version is not None, "a report is on a plan in force"
    if report.state != MonthState.SUBMITTED:
        return _asked_for(report, version)
    sent = MonthlyVersion.objects.filter(report=report.pk).latest("number")
    return _as_sent(report, sent, version)


def _as_sent(report: MonthlyReport, sent: MonthlyVersion, now: PlanVersion) -> Sheet:
    """From what was frozen, beside the version of the plan that it was sent on."""
    number = sent.sent_in.plan_version
    is_now = number == now.number
    then = now if is_now else PlanVersion.objects.get(plan=report.plan_id, number=number)
    before, after = then.planned.by_number(), now.planned.by_number()
    files = evidence_of(report)
    lines = []
    for sent_activity in sent.sent_in.activities:
        outputs = tuple(
            Output(planned, output.what, output.done, planned < report.month)
            for output in sent_activity.outputs
            for planned in (first_of(output.month),)
        )
        activity = before[sent_activity.number]
        lines.append(
            Line(
                sent_activity.number,
                activity,
                sent_activity.progress,
                outputs,
                tuple(files.get(sent_activity.number, ())),
                after.get(sent_activity.number) != activity,
            )
        )
    return Sheet(report, then, lines, None if is_now else now)


def _asked_for(report: MonthlyReport, version: PlanVersion) -> Sheet:
    """What is under way in the month, with what the draft says of it."""
    reported = told_of([report.plan_id])[report.plan_id]
    files = evidence_of(report)
    plan = report.plan
    law = law_of_month(plan.fiscal_year, plan.body.kind, report.month)
    topics = law.topics.value.topics if law and law.topics else ()
    all_year = {topic.id for topic in topics if topic.all_year}
    drafted = {one["number"]: one for one in report.content.get("activities", ())}
    lines = []
    for activity in version.planned.activities:
        outputs = _outputs(activity, drafted.get(activity.number, {}), report.month, reported)
        if outputs or _under_way(activity, report.month, reported, all_year):
            number = activity.number
            progress = drafted.get(number, {}).get("progress", "")
            lines.append(Line(number, activity, progress, outputs, tuple(files.get(number, ()))))
    return Sheet(report, version, lines)


def _done_before(reported: Told, place: tuple[int, date], month: date) -> bool:
    """Whether a report on an earlier month says that an output is done."""
    earlier = [one.done for one in reported.get(place, []) if one.month < month]
    return bool(earlier) and earlier[-1]


def _under_way(activity: PlannedActivity, month: date, reported: Told, all_year: set[str]) -> bool:
    """Started, and reported all year or not complete."""
    if not activity.start or first_of(activity.start) > month:
        return False
    places = [(activity.number, output.planned) for output in activity.outputs]
    complete = all(_done_before(reported, place, month) for place in places)
    return activity.topic in all_year or not complete


def _outputs(
    activity: PlannedActivity, drafted: dict[str, Any], month: date, reported: Told
) -> tuple[Output, ...]:
    """Those planned for the month, and earlier ones that no earlier report says are done."""
    now = {output["month"]: output["done"] for output in drafted.get("outputs", ())}
    outputs = []
    for output in activity.outputs:
        planned = output.planned
        place = (activity.number, planned)
        if planned == month or (planned < month and not _done_before(reported, place, month)):
            came = now.get(output.month)
            outputs.append(Output(planned, output.what, came, planned < month))
    return tuple(outputs)


def clean(raw: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    """What is said, as it is kept: only of what is under way. Errors: Refused when too long."""
    typed_by_number = {one.get("number"): one for one in raw.get("activities", ())}
    problems, activities = [], []
    for line in sheet.lines:
        typed = typed_by_number.get(line.number, {})
        progress = spelling.normal(str(typed.get("progress") or "")).strip()
        if len(progress) > LONGEST:
            figures: dict[str, object] = {"number": line.number, "most": LONGEST}
            problems.append(Problem("plan_month.too_long", figures))
        answers = {output.get("month"): output.get("done") for output in typed.get("outputs", ())}
        activities.append(
            {
                "number": line.number,
                "progress": progress,
                "outputs": [
                    {"month": f"{output.month:%Y-%m}", "done": _yes_no(answers, output.month)}
                    for output in line.outputs
                ],
            }
        )
    if problems:
        raise Refused(problems)
    return {"activities": activities}


def _yes_no(answers: Mapping[Any, Any], month: date) -> bool | None:
    value = answers.get(f"{month:%Y-%m}")
    return value if isinstance(value, bool) else None


def frozen(sheet: Sheet) -> dict[str, Any]:
    """What is sent in, whole: readable without the plan beside it."""
    return {
        "month": f"{sheet.report.month:%Y-%m}",
        "plan_version": sheet.version.number,
        "activities": [
            {
                "number": line.number,
                "name": line.activity.name,
                "progress": line.progress,
                "outputs": [
                    {"month": f"{one.month:%Y-%m}", "what": one.what, "done": one.done}
                    for one in line.outputs
                ],
                "files": [
                    {"name": one.name, "sha256": one.file.sha256, "size": one.file.size}
                    for one in line.files
                ],
            }
            for line in sheet.lines
        ],
    }
