"""Writes to a change request: what is asked, its effect, and the way to its decision."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from esar.agree.changes.content import STANDS, TEXTS, _new, changed_values, effect_of, problems_of
from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.permissions import may_edit_change, may_move_change
from esar.agree.changes.queries import change_route_of
from esar.agree.changes.states import CHANGE_MOVES, ChangeState
from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.states import TemplatesState
from esar.agree.scorecards.actions import template_for
from esar.agree.scorecards.checks import check
from esar.agree.scorecards.content import content_hash, kpi_content, kpis_of
from esar.agree.scorecards.life import add_version
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.permissions import may_ask_change, open_window
from esar.agree.scorecards.queries import act_after, level_at
from esar.agree.scorecards.states import NEXT
from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import committee_for, ministry_of, people_with


@transaction.atomic
def ask(
    scorecard: Scorecard, kpi: Kpi, fields: dict[str, Any], *, by: Person, at: datetime, on: date
) -> ChangeRequest:
    """Ask to change or cancel one KPI. `fields`: ground, reason, evidence, achieved, cancels,
    and those of `fields_of`; `other` is the number of the KPI that a weight is moved from or to.

    Errors: Refused with everything that the rules of a change do not allow.
    """
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body")
        .get(pk=scorecard.pk)
    )
    require(may_ask_change(by, locked, on))
    problems = problems_of(locked, kpi, fields)
    if problems:
        raise Refused(problems)
    old = kpi_content(kpi)
    try:
        with transaction.atomic():
            change = ChangeRequest.objects.create(
                scorecard=locked,
                number=kpi.number,
                base_version=locked.version,
                window=open_window(locked, on) or "",
                old=old,
                since=at,
                **_values(locked, kpi, fields, old),
            )
    except IntegrityError as error:
        raise Refused([Problem("change.one_is_open", {"kpi": kpi.number})]) from error
    _recorded("change.asked", change, by=by, at=at)
    return change


def seen(change: ChangeRequest) -> str:
    """The digest of a request as someone has it before them."""
    asked = [change.ground, change.reason, change.evidence, change.cancels, change.new]
    return digest([*asked, None if change.achieved is None else str(change.achieved.normalize())])


@transaction.atomic
def edit(
    change: ChangeRequest, fields: dict[str, Any], *, by: Person, at: datetime, on: date
) -> None:
    """Change a draft request."""
    locked = (
        ChangeRequest.objects.select_for_update(of=("self",))
        .select_related("scorecard__body")
        .get(pk=change.pk)
    )
    require(may_edit_change(by, locked, on))
    if fields.get("seen") not in (None, "", seen(locked)):
        raise Refused([Problem("kpi.changed_meanwhile", {"kpi": locked.number})])
    kpi = _kpi(locked)
    problems = problems_of(locked.scorecard, kpi, fields)
    if problems:
        raise Refused(problems)
    for name, value in _values(locked.scorecard, kpi, fields, locked.old).items():
        setattr(locked, name, value)
    locked.save()
    _recorded("change.edited", locked, by=by, at=at)


def _values(
    scorecard: Scorecard, kpi: Kpi, fields: dict[str, Any], old: dict[str, Any]
) -> dict[str, Any]:
    new = None if fields["cancels"] else _new(scorecard, kpi, fields, old)
    return {
        "ground": fields["ground"],
        "reason": fields["reason"],
        "evidence": fields["evidence"],
        "achieved": fields["achieved"],
        "cancels": fields["cancels"],
        "new": new,
        "effect": effect_of(scorecard, kpi, new, fields["achieved"]),
    }


def _kpi(change: ChangeRequest) -> Kpi:
    return Kpi.objects.select_related("template__indicator").get(
        scorecard=change.scorecard, number=change.number
    )


@transaction.atomic
def with_present_effect(change: ChangeRequest) -> ChangeRequest:
    """The request read anew and locked, its effect worked out against the scorecard of now."""
    locked = (
        ChangeRequest.objects.select_for_update(of=("self",))
        .select_related("scorecard__body__parent")
        .get(pk=change.pk)
    )
    kpi = _kpi(locked)
    locked.effect = effect_of(locked.scorecard, kpi, locked.new, locked.achieved)
    ChangeRequest.objects.filter(pk=locked.pk).update(effect=locked.effect)
    return locked


@transaction.atomic
def move_change(
    change: ChangeRequest,
    name: str,
    *,
    by: Person,
    at: datetime,
    on: date,
    reason: str = "",
    resolution: str = "",
) -> None:
    """Make one move of CHANGE_MOVES. An approved change makes the scorecard's next version."""
    table = CHANGE_MOVES[name]
    scorecard = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body__parent")
        .get(pk=change.scorecard_id)
    )
    locked = ChangeRequest.objects.select_for_update().get(pk=change.pk)
    locked.scorecard = scorecard
    require(may_move_change(by, locked, name, on))
    if table.needs_resolution and not resolution:
        raise Refused([Problem("scorecard.needs_a_sitting")])
    if table.needs_reason and not reason.strip():
        raise Refused([Problem("form.no_reason")])
    old, new = locked.state, _target(locked, table.target)
    if not ChangeRequest.objects.filter(pk=locked.pk, state=old).update(state=new, since=at):
        raise Refused([Problem("scorecard.already_moved")])
    if name == "approve":
        _apply(locked, resolution=resolution, by=by, at=at, on=on)
    record(
        f"change.{name}",
        locked,
        by=by,
        at=at,
        body=scorecard.body.code,
        before={"state": old},
        after={"state": new, "resolution": resolution},
        reason=reason,
    )
    change.state, change.since = new, at
    _tell(locked, name, new, by=by, at=at, on=on, reason=reason)


def _target(change: ChangeRequest, target: str) -> str:
    if target != NEXT:
        return target
    route = change_route_of(change)
    if route is None or not route.acts:
        raise Refused([Problem("scorecard.no_route", {"year": change.scorecard.fiscal_year})])
    if change.state == ChangeState.PROPOSED:
        return str(route.acts[0].act)
    return act_after([str(step.act) for step in route.acts], change.state) or ChangeState.DONE


def _apply(change: ChangeRequest, *, resolution: str, by: Person, at: datetime, on: date) -> None:
    """Write the new values to the scorecard and freeze its next version.

    Errors: Refused when the scorecard or the KPI is no longer what the request was made against.
    """
    scorecard, kpi = change.scorecard, _kpi(change)
    if scorecard.approved_sha256 != content_hash(scorecard):
        figures: dict[str, object] = {"approved": scorecard.approved_sha256[:12]}
        raise Refused([Problem("scorecard.binding_broken", figures)])
    values = changed_values(change.old, change.new)
    now = kpi_content(kpi)
    if any(now[name] != change.old[name] for name in STANDS | {name for name, *_ in values}):
        raise Refused([Problem("change.kpi_moved_on", {"kpi": change.number})])
    if change.cancels:
        _cancel(scorecard, kpi, resolution)
    else:
        texts = {name for name, _, _ in values if name in TEXTS}
        _write(scorecard, kpi, change.new or {}, {name: new for name, _, new in values})
        _forget_in_templates(scorecard, kpi.number, texts, by=by, at=at)
    record(
        "kpi.amended",
        scorecard,
        by=by,
        at=at,
        body=scorecard.body.code,
        before=change.old,
        after=change.new,
        reason=change.reason,
    )
    add_version(scorecard, resolution=resolution, by=by, at=at, on=on)


def _forget_in_templates(
    scorecard: Scorecard, number: str, changed: set[str], *, by: Person, at: datetime
) -> None:
    """What was filled in of these fields before the change, and OPDC's verdict on it, are over."""
    found = KpiTemplates.objects.select_for_update().filter(scorecard=scorecard)
    for templates in found.exclude(state=TemplatesState.PASSED):
        said = templates.content.get(number, {})
        forgotten = {name: said[name] for name in sorted(changed & set(said))}
        if not forgotten:
            continue
        templates.content[number] = {k: v for k, v in said.items() if k not in changed}
        templates.verdicts.pop(number, None)
        templates.save()
        record(
            "kpi_templates.overtaken",
            templates,
            by=by,
            at=at,
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
    said = f"ยกเลิกตาม{resolution}"
    Kpi.objects.filter(pk=kpi.pk).update(cancelled=said)
    problems, _ = check(scorecard, kpis_of(scorecard))
    if problems:
        raise Refused(problems)


def _recorded(verb: str, change: ChangeRequest, *, by: Person, at: datetime) -> None:
    record(
        verb,
        change,
        by=by,
        at=at,
        body=change.scorecard.body.code,
        before=change.old,
        after=change.new,
        reason=change.reason,
    )


def _tell(
    change: ChangeRequest, name: str, state: str, *, by: Person, at: datetime, on: date, reason: str
) -> None:
    """Tell those whose turn it is; a decision is told to the body, OPDC and the minister."""
    body = change.scorecard.body
    path = reverse("changes:change", args=[change.pk])
    key = f"change:{change.pk}:{name}:{at.isoformat()}"
    figures = {
        "body": body.name_th,
        "year": change.scorecard.fiscal_year,
        "kpi": change.number,
        "reason": reason,
    }
    people = set(people_with(on, Role.REPORTER, Role.APPROVER, body=body))
    if name in ("approve", "reject"):
        people |= set(people_with(on, Role.ANALYST))
        ministry = ministry_of(body)
        if ministry:
            people |= set(people_with(on, Role.MINISTERS_OFFICE, body=ministry))
        tell(people, f"notice.change_{name}", path=path, key=key, at=at, **figures)
    if state in (ChangeState.OPINION, ChangeState.DECIDE, ChangeState.ACKNOWLEDGE):
        route = change_route_of(change)
        level = level_at(route, state) if route else None
        year = change.scorecard.fiscal_year
        committee = committee_for(body, level, year) if level is not None else None
        secretaries = people_with(on, Role.SECRETARY, committee=committee)
        tell(secretaries, "notice.change_turn", path=path, key=f"{key}:turn", at=at, **figures)
    elif state == ChangeState.PROPOSED:
        heads = people_with(on, Role.APPROVER, body=body)
        tell(heads, "notice.change_turn", path=path, key=key, at=at, **figures)
    elif name == "send_back":
        tell(people - {by}, "notice.change_returned", path=path, key=key, at=at, **figures)
