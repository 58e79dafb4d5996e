"""The life of a change request: proposed by its body, decided by a committee, then in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from esar.agree.changes.content import (
    LISTS,
    STANDS,
    TEXTS,
    achieved_problems,
    changed_values,
    kpi_of,
    list_in,
    request_content,
)
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.queries import change_route_of
from esar.agree.changes.states import CHANGE_EDITS, CHANGE_MOVES, ChangeState
from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.states import TemplatesState
from esar.agree.scorecards.actions import template_for
from esar.agree.scorecards.checks import check
from esar.agree.scorecards.content import kpi_content, kpis_of
from esar.agree.scorecards.life import SCORECARD_LIFE, add_version, binding_problems
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.permissions import open_window, outside_windows, window_verdict
from esar.agree.scorecards.queries import act_after, level_at
from esar.agree.scorecards.states import NEXT
from esar.kernel.access import ALLOWED, Verdict
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import say
from esar.law.rules.refusals import refusal
from esar.platform.history.actions import record
from esar.platform.lifecycle.life import Act, Life, Notice
from esar.platform.organisations.models import Committee, Role
from esar.platform.organisations.queries import (
    committee_for,
    committees_of,
    holds,
    ministry_of,
    people_with,
)

AT_A_COMMITTEE = (
    ChangeState.OPINION,
    ChangeState.DECIDE,
    ChangeState.TELL,
    ChangeState.ACKNOWLEDGE,
)
BINDING = ("decide", "tell")  # the acts of a route without which a change is not in force


class ChangeLife(Life[ChangeRequest]):
    """An approved request makes the scorecard's next version."""

    name = "change"
    model = ChangeRequest
    page = "changes:change"
    body_at = "scorecard.body"
    moves = CHANGE_MOVES
    edits = CHANGE_EDITS
    related = ("scorecard__body__parent",)
    written_by = ("change.asked", "change.edited", "change.propose")
    sent_by = ("change.submit",)
    already_moved = "scorecard.already_moved"

    def locked(self, thing: ChangeRequest) -> ChangeRequest:
        """The scorecard is locked first, as by everything else that changes what is in force."""
        scorecard = SCORECARD_LIFE.locked(thing.scorecard)
        locked = super().locked(thing)
        locked.scorecard = scorecard
        return locked

    def has_role(self, person: Any, role: str, thing: ChangeRequest, day: date) -> bool:
        """A secretary's role counts at the committee whose turn it is."""
        if role != Role.SECRETARY:
            return super().has_role(person, role, thing, day)
        committee = committee_at(thing)
        return committee is not None and committee.pk in committees_of(person, day, role)

    def bars(self, person: Any, thing: ChangeRequest, name: str, day: date) -> Verdict:
        """A request sets out while a window of the calendar lets it."""
        return window_verdict(thing.scorecard, day) if name in ("propose", "submit") else ALLOWED

    def content(self, thing: ChangeRequest) -> Mapping[str, Any]:
        achieved = None if thing.achieved is None else str(thing.achieved.normalize())
        return {**request_content(thing), "achieved": achieved}

    def target(self, act: Act[ChangeRequest]) -> str:
        """NEXT is the rulebook's next act, then done. Errors: Refused without a route."""
        if act.move.target != NEXT:
            return act.move.target
        acts = acts_of(act.thing)
        if not acts:
            year = act.thing.scorecard.fiscal_year
            raise Refused([Problem("scorecard.no_route", {"year": year})])
        if act.thing.state == ChangeState.PROPOSED:
            return acts[0]
        return act_after(acts, act.thing.state) or ChangeState.DONE

    def check(self, act: Act[ChangeRequest]) -> Iterator[Problem]:
        """Notice in its window; and what is achieved by now is no target that is being decided."""
        change = act.thing
        if act.name == "tell":
            yield from telling_problems(act)
        elif act.name in ("propose", "submit", "opinion", "approve") and change.new is not None:
            kpi, why = kpi_of(change), change.achieved_why
            for problem in achieved_problems(
                change.scorecard, kpi, change.new, change.achieved, why
            ):
                if problem.code == "change.target_is_achieved":
                    yield problem

    def changes(self, act: Act[ChangeRequest]) -> Mapping[str, Any]:
        """What was resolved, and that OPDC was told of it: when, by what letter, by whom."""
        if act.name in ("opinion", "approve"):
            return {"resolution": act.resolution, "decided_on": act.given.get("decided_on", act.on)}
        if act.name != "tell":
            return {}
        window = open_window(act.thing.scorecard, act.given["day"])
        act.after |= {"told_on": act.given["day"].isoformat(), "letter": act.given["letter"]}
        return {
            "told_on": act.given["day"],
            "told_letter": act.given["letter"],
            "told_by": act.person,
            "window": window.id if window else act.thing.window,
        }

    def carry_out(self, act: Act[ChangeRequest]) -> None:
        if act.move.needs_resolution:
            act.after["resolution"] = act.resolution
        if act.name in ("approve", "tell") and comes_into_force(act):
            apply_change(act)

    def notices(self, act: Act[ChangeRequest]) -> Iterator[Notice]:
        """To those whose turn it is; a decision to the body, OPDC and the minister."""
        change, day = act.thing, act.on
        body = change.scorecard.body
        figures = {
            "body": body.name_th,
            "year": change.scorecard.fiscal_year,
            "kpi": change.number,
            "reason": act.reason,
        }
        at_the_body = people_with(day, Role.REPORTER, Role.APPROVER, body=body)
        if act.name in ("approve", "reject", "tell"):
            people = {*at_the_body, *people_with(day, Role.ANALYST)}
            if ministry := ministry_of(body):
                people |= set(people_with(day, Role.MINISTERS_OFFICE, body=ministry))
            letter = {"letter": change.told_letter} if act.name == "tell" else {}
            yield Notice(people, f"notice.change_{act.name}", figures | letter)
        if change.state in AT_A_COMMITTEE:
            secretaries = people_with(day, Role.SECRETARY, committee=committee_at(change))
            yield Notice(secretaries, "notice.change_turn", figures)
        elif change.state == ChangeState.PROPOSED:
            approvers = people_with(day, Role.APPROVER, body=body)
            yield Notice(approvers, "notice.change_turn", figures)
        elif act.name == "send_back":
            yield Notice(at_the_body, "notice.change_returned", figures)


def acts_of(change: ChangeRequest) -> list[str]:
    """The acts of the request's route, in order."""
    route = change_route_of(change)
    return [str(step.act) for step in route.acts] if route else []


def comes_into_force(act: Act[ChangeRequest]) -> bool:
    """Whether nothing that a change needs to bind is left after this move."""
    acts = acts_of(act.thing)
    return not set(BINDING) & set(acts[acts.index(act.old) + 1 :])


def telling_problems(act: Act[ChangeRequest]) -> Iterator[Problem]:
    """Why a notice to OPDC cannot be recorded: its letter, its day, or the window that is over.

    After a window only OPDC itself records a letter that it received within.
    """
    change, day = act.thing, act.given.get("day")
    if not act.given.get("letter"):
        yield Problem("change.no_letter")
    if day is None:
        yield Problem("change.no_day")
        return
    if day > act.on:
        yield Problem("change.told_in_the_future", {"day": day, "today": act.on})
        return
    if change.decided_on is not None and day < change.decided_on:
        yield Problem("change.told_before_decided", {"day": day, "decided": change.decided_on})
    window = open_window(change.scorecard, day)
    if window is None:
        yield outside_windows("change.told_outside_windows", change.scorecard, day)
    elif act.on > window.last and not holds(act.by, act.on, Role.ANALYST):
        figures: dict[str, object] = {"window": window.label_with_days, "today": act.on}
        yield refusal("change.recorded_too_late", window.rule, figures)


def committee_at(change: ChangeRequest) -> Committee | None:
    """The committee whose turn it is at the step of the route where a request is."""
    route = change_route_of(change)
    level = level_at(route, change.state) if route else None
    if level is None:
        return None
    return committee_for(change.scorecard.body, level, change.scorecard.fiscal_year)


def apply_change(act: Act[ChangeRequest]) -> None:
    """Write the new values to the scorecard and freeze its next version.

    Errors: Refused when the scorecard or the KPI is no longer what the request was made against.
    """
    change, scorecard, kpi = act.thing, act.thing.scorecard, kpi_of(act.thing)
    resolution = act.resolution or change.resolution
    if problems := list(binding_problems(scorecard)):
        raise Refused(problems)
    values = changed_values(change.old, change.new)
    now = kpi_content(kpi)
    stands = (STANDS | {name for name, *_ in values}) - set(LISTS)
    if any(list_in(now, name) != list_in(change.old, name) for name in LISTS) or any(
        now[name] != change.old[name] for name in stands
    ):
        raise Refused([Problem("change.kpi_moved_on", {"kpi": change.number})])
    if change.cancels:
        _cancel(scorecard, kpi, resolution)
    else:
        _write(scorecard, kpi, change.new or {}, {name: new for name, _, new in values})
        _forget_in_templates(act, {name for name, _, _ in values if name in TEXTS})
    record(
        "kpi.amended",
        scorecard,
        by=act.by,
        at=act.at,
        body=scorecard.body.code,
        before=change.old,
        after=change.new,
        reason=change.reason,
    )
    act.version = add_version(scorecard, act, resolution)


def _forget_in_templates(act: Act[ChangeRequest], changed: set[str]) -> None:
    """What was filled in of these fields before the change, and OPDC's verdict on it, are over."""
    scorecard, number = act.thing.scorecard, act.thing.number
    rows = KpiTemplates.objects.select_for_update().filter(scorecard=scorecard)
    for templates in rows.exclude(state=TemplatesState.PASSED):
        texts = templates.content.get(number, {})
        forgotten = {name: texts[name] for name in sorted(changed & set(texts))}
        if not forgotten:
            continue
        templates.content[number] = {k: v for k, v in texts.items() if k not in changed}
        templates.verdicts.pop(number, None)
        templates.save()
        record(
            "kpi_templates.overtaken",
            templates,
            by=act.by,
            at=act.at,
            body=scorecard.body.code,
            before={"number": number, **forgotten},
            after={"number": number},
        )


def _write(scorecard: Scorecard, kpi: Kpi, new: dict[str, Any], values: dict[str, Any]) -> None:
    """Write the changed values to the KPI, and the weight that moves to the other one."""
    texts = {name: value for name, value in values.items() if name in TEXTS}
    values = {name: value for name, value in values.items() if name not in TEXTS}
    if texts:
        values["template"] = template_for(scorecard, texts, kpi)
    Kpi.objects.filter(pk=kpi.pk).update(**values)
    if moved := new.get("moved"):
        there = Kpi.objects.filter(
            scorecard=scorecard, number=moved["number"], weight=Decimal(moved["old"]), cancelled=""
        )
        if not there.update(weight=Decimal(moved["new"])):
            raise Refused([Problem("change.kpi_moved_on", {"kpi": moved["number"]})])


def _cancel(scorecard: Scorecard, kpi: Kpi, resolution: str) -> None:
    """The KPI stays on the scorecard, marked; scoring gives its weight away in proportion."""
    Kpi.objects.filter(pk=kpi.pk).update(
        cancelled=say("change.cancelled_by", {"resolution": resolution}, "th")
    )
    problems, _ = check(scorecard, kpis_of(scorecard))
    if problems:
        raise Refused(problems)


CHANGE_LIFE = ChangeLife()
