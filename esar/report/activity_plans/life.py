"""The lives of a plan of activities and of a request to change one that is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone

from esar.kernel.access import ALLOWED, Verdict, denied, is_there_already
from esar.kernel.problems import Place, Problem
from esar.law.rules.kinds import Round
from esar.law.rules.refusals import refusal
from esar.platform.history.actions import record
from esar.platform.lifecycle.life import Act, Life, freeze
from esar.platform.ui import books
from esar.report.activity_plans.checks import check, month_words
from esar.report.activity_plans.frozen import ActivityOutput, PlanContent, PlannedActivity
from esar.report.activity_plans.models import Plan, PlanChange, PlanVersion
from esar.report.activity_plans.queries import change_window, due_day, law_of, open_change
from esar.report.activity_plans.signals import in_force, reported_of
from esar.report.activity_plans.states import (
    PLAN_CHANGE_EDITS,
    PLAN_CHANGE_MOVES,
    PLAN_EDITS,
    PLAN_MOVES,
    PlanState,
)

UNCHANGED_ONCE_REPORTED = ("name", "type", "topic", "start")  # of an activity with an output done


class PlanLife(Life[Plan]):
    """Proposed, sent in, and until it is due opened again."""

    name = "plan"
    model = Plan
    page = "activity_plans:plan"
    year_at = "fiscal_year"
    moves = PLAN_MOVES
    edits = PLAN_EDITS
    related = ("body__parent", "saved_by")
    written_by = ("plan.saved", "plan.propose")
    sent_by = ("plan.submit",)
    notices_as: ClassVar[Mapping[str, str]] = {"propose": "your_turn", "submit": "submitted"}

    def bars(self, person: Any, thing: Plan, name: str, day: date) -> Verdict:
        """A plan is opened again until the end of the day it is due; then a change is asked for."""
        if name != "reopen":
            return ALLOWED
        due = due_day(thing, day)
        if due is None or day > due:
            return denied("plan.past_due", day=due or day)
        if change := open_change(thing):
            there = reverse("activity_plans:plan-change", args=[change.pk])
            return is_there_already("plan_change.one_is_open", there)
        return ALLOWED

    def content(self, thing: Plan) -> Mapping[str, Any]:
        return parts_of(thing.content)

    def check(self, act: Act[Plan]) -> Iterable[Problem]:
        if act.name not in ("propose", "submit"):
            return ()
        return problems_in(act.thing, act.thing.planned, act.on)

    def changes(self, act: Act[Plan]) -> Mapping[str, Any]:
        """A new version, and the day it was received, in Bangkok, with the day that bound.

        The first sending counts; one that was opened again and comes after that day counts anew.
        """
        if act.name != "submit":
            return {}
        plan, sent_on = act.thing, timezone.localdate(act.at)
        due = due_day(plan, act.on)
        receipt: dict[str, Any] = {"due_on": due}
        if plan.received_on is None or (due is not None and sent_on > due):
            receipt["received_on"] = sent_on
        return {"version": plan.version + 1, "rules_of": act.on} | receipt

    def carry_out(self, act: Act[Plan]) -> None:
        if act.name == "submit":
            _freeze(act.thing, act)

    def follow(self, act: Act[Plan]) -> None:
        if act.version is not None:
            in_force.send(Plan, plan=act.thing, version=act.version, at=act.at)


class PlanChangeLife(Life[PlanChange]):
    """Asked for within the window of its year; decided by OPDC at any time after."""

    name = "plan_change"
    model = PlanChange
    page = "activity_plans:plan-change"
    body_at, year_at = "plan.body", "plan.fiscal_year"
    moves = PLAN_CHANGE_MOVES
    edits = PLAN_CHANGE_EDITS
    related = ("saved_by",)
    written_by = ("plan_change.saved", "plan_change.propose")
    sent_by = ("plan_change.submit",)
    already_moved = "plan.already_moved"

    def locked(self, thing: PlanChange) -> PlanChange:
        """The request and its plan; the plan first, as everywhere."""
        plan = PLAN_LIFE.locked(thing.plan)
        change = super().locked(thing)
        change.plan = plan
        return change

    def bars(self, person: Any, thing: PlanChange, name: str, day: date) -> Verdict:
        return within_window(thing.plan, day) if name in ("propose", "submit") else ALLOWED

    def content(self, thing: PlanChange) -> Mapping[str, Any]:
        base = {"version": thing.plan.version, "reason": thing.reason, "old": thing.old}
        return {"": base} | parts_of(thing.new)

    def check(self, act: Act[PlanChange]) -> Iterable[Problem]:
        if act.name not in ("propose", "submit", "approve"):
            return ()
        return problems_of_change(act.thing, act.on)

    def carry_out(self, act: Act[PlanChange]) -> None:
        """Approved, the request's content is the plan's from now on, as its next version."""
        if act.name != "approve":
            return
        change, plan = act.thing, act.thing.plan
        plan.content, plan.version, plan.rules_of = change.new, plan.version + 1, act.on
        plan.revision += 1
        plan.save()
        _freeze(plan, act)
        record(
            "plan.changed",
            plan,
            by=act.by,
            at=act.at,
            body=plan.body.code,
            reason=change.reason,
            after=act.after | {"numbers": touched(change.planned_before, change.planned)},
        )

    def follow(self, act: Act[PlanChange]) -> None:
        if act.version is not None:
            in_force.send(Plan, plan=act.thing.plan, version=act.version, at=act.at)


def parts_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """What a plan's page shows, activity by activity."""
    return {str(activity["number"]): activity for activity in content["activities"]}


def _freeze(plan: Plan, act: Act[Any]) -> None:
    """Keep the plan's content as its version in force."""
    columns = {"plan": plan, "number": plan.version, "rules_of": act.on}
    freeze(PlanVersion, act, plan.content, by=act.by, at=act.at, **columns)


def within_window(plan: Plan, day: date) -> Verdict:
    """Whether a change of a plan may be asked for on a day."""
    window = change_window(plan, day)
    if window is None:
        return denied("plan_change.no_window")
    if not window.is_open(day):
        figures = {"first": window.first or window.last, "last": window.last}
        return Verdict(refusal("plan_change.closed", window.rule, figures))
    return ALLOWED


def problems_in(plan: Plan, content: PlanContent, on: date) -> list[Problem]:
    """Everything that the rules of the day refuse in a content, and what was reported as done and
    would no longer stand in it."""
    problems = [*check(content, law_of(plan, on)).problems]
    before = PlanVersion.objects.filter(plan=plan, number=plan.version).first()
    if before is not None:
        problems += lost(plan, before.planned, content, on)
    return problems


def lost(plan: Plan, old: PlanContent, new: PlanContent, on: date) -> list[Problem]:
    """What was reported as done and would no longer stand in the plan."""
    before, after = old.by_number(), new.by_number()
    problems, form = [], law_of(plan, on).form
    for number, month in sorted(reported_of(plan)):
        then, now = before.get(number), after.get(number)
        stays = (
            then is not None
            and now is not None
            and all(getattr(then, name) == getattr(now, name) for name in UNCHANGED_ONCE_REPORTED)
        )
        if not stays or _output(then, month) != _output(now, month):
            figures = {"number": number, "month": month_words(month)}
            problems.append(refusal("plan_change.reported", form, figures, Place(row=number)))
    return problems


def _output(activity: PlannedActivity | None, month: date) -> ActivityOutput | None:
    """An activity's output of a month, with what it is."""
    outputs = activity.outputs if activity else ()
    return next((output for output in outputs if output.planned == month.replace(day=1)), None)


def touched(old: PlanContent, new: PlanContent) -> list[int]:
    """The numbers of the activities that differ."""
    before, after = old.by_number(), new.by_number()
    return [
        number for number in sorted({*before, *after}) if before.get(number) != after.get(number)
    ]


def problems_of_change(change: PlanChange, on: date) -> list[Problem]:
    """Why a request cannot go on: no reason, nothing new, what is lost, or the rules of the day."""
    problems = _moved_out_of_ended_rounds(change, on)
    if not change.reason.strip():
        problems.append(Problem("plan_change.no_reason"))
    if change.new == change.old:
        problems.append(Problem("plan_change.nothing_new"))
    if change.plan.version != change.base_version or change.plan.state != PlanState.SUBMITTED:
        problems.append(Problem("plan_change.stale"))
    return problems + problems_in(change.plan, change.planned, on)


def _moved_out_of_ended_rounds(change: PlanChange, on: date) -> list[Problem]:
    """Outputs of a round that is over: it is scored on them, so none may be added or taken away."""
    book = books.book(change.plan.fiscal_year)
    if book is None:
        return []
    rules = book.on(book.year.last_day, change.plan.body.kind)
    ended = [rule.value for rule in rules.of_kind(Round) if rule.value.last < on]
    form = law_of(change.plan, on).form
    return [
        refusal(
            "plan_change.round_over",
            form,
            {"number": number, "month": month_words(month)},
            Place(row=number),
        )
        for number, month in sorted(_planned(change.planned_before) ^ _planned(change.planned))
        if any(days.first <= month <= days.last for days in ended)
    ]


def _planned(content: PlanContent) -> set[tuple[int, date]]:
    """(activity, month) of every output of a plan."""
    return {(number, output.planned) for number, output in content.outputs()}


PLAN_LIFE = PlanLife()
PLAN_CHANGE_LIFE = PlanChangeLife()
