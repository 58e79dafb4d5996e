"""Writes to KPI templates: what bodies fill in, OPDC's verdicts, and their one move function."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.permissions import may_audit, may_edit_templates, may_move_templates
from esar.agree.kpi_definitions.queries import Sheet, lacking, said_of, sheets_of
from esar.agree.kpi_definitions.states import TEMPLATES_MOVES, TemplatesState
from esar.agree.scorecards.actions import template_for
from esar.agree.scorecards.checks import rule_of
from esar.agree.scorecards.content import content_hash
from esar.agree.scorecards.life import add_version
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import say
from esar.law.rules.kinds import KpiTemplates as TemplatesRule
from esar.platform.history.actions import record
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import people_with


def _locked(scorecard: Scorecard, at: datetime) -> tuple[KpiTemplates, TemplatesRule]:
    """The templates, made when they are first written, locked with their scorecard.

    Errors: Refused where the year has none.
    """
    card = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("body__parent")
        .get(pk=scorecard.pk)
    )
    rule = rule_of(card)
    if rule is None:
        raise Refused(
            [
                Problem(
                    "scorecard.no_rules",
                    {
                        "year": card.fiscal_year,
                        "body": card.body.name_th,
                    },
                )
            ]
        )
    templates, _ = KpiTemplates.objects.get_or_create(scorecard=card, defaults={"since": at})
    templates.scorecard = card
    return templates, rule


def _record(verb: str, templates: KpiTemplates, *, by: Person, at: datetime, **what: Any) -> None:
    body = templates.scorecard.body.code
    record(f"kpi_templates.{verb}", templates, by=by, at=at, body=body, **what)


@transaction.atomic
def save_sheet(
    scorecard: Scorecard, kpi: Kpi, fields: dict[str, Any], *, by: Person, at: datetime, on: date
) -> None:
    """Keep what is filled in for one KPI, half-finished or not.

    `fields["seen"]` is the digest of what the writer had. Errors: Refused without the right, or
    when someone else has saved since: nothing is overwritten.
    """
    templates, rule = _locked(scorecard, at)
    require(may_edit_templates(by, templates, on))
    if kpi.template.indicator.is_of_the_rules:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": kpi.number})])
    old = said_of(templates, kpi, rule)
    if fields.get("seen") not in (None, "", digest(old)):
        raise Refused([Problem("kpi.changed_meanwhile", {"kpi": kpi.number})])
    new = {name: fields[name] for name in rule.with_template}
    templates.content = templates.content | {kpi.number: new}
    templates.save()
    changed = [name for name in new if new[name] != old[name]]
    if changed:
        number = {"number": kpi.number}
        _record(
            "saved",
            templates,
            by=by,
            at=at,
            before=number | {name: old[name] for name in changed},
            after=number | {name: new[name] for name in changed},
        )


@transaction.atomic
def judge(
    scorecard: Scorecard,
    verdicts: Mapping[str, tuple[bool, str]],
    *,
    by: Person,
    at: datetime,
    on: date,
) -> None:
    """Keep OPDC's verdicts: KPI number → (passed, comment). They are told with the next move.

    Errors: Refused without the right, or where a KPI is to be amended and no comment says what.
    """
    templates, rule = _locked(scorecard, at)
    require(may_audit(by, templates, on))
    sheets = {one.kpi.number: one for one in sheets_of(templates, rule)}
    said = {number: verdict for number, verdict in verdicts.items() if number in sheets}
    silent = [n for n, (passed, comment) in said.items() if not passed and not comment.strip()]
    if silent:
        raise Refused([Problem("templates.no_comment", {"kpi": number}) for number in silent])
    new = {
        number: {"passed": passed, "comment": comment.strip(), "of": digest(sheets[number].said)}
        for number, (passed, comment) in said.items()
    }
    old = {number: templates.verdicts.get(number) for number in new}
    if old != new:
        templates.verdicts = templates.verdicts | new
        templates.save()
        _record("judged", templates, by=by, at=at, before=old, after=new)


@transaction.atomic
def move_templates(
    scorecard: Scorecard, name: str, *, by: Person, at: datetime, on: date, reason: str = ""
) -> None:
    """Make one move of TEMPLATES_MOVES: permission, checks, state, history and notices.

    Passed, they are the details of the scorecard's next version. Errors: Refused.
    """
    templates, rule = _locked(scorecard, at)
    table, old = TEMPLATES_MOVES[name], templates.state
    require(may_move_templates(by, templates, name, on))
    sheets = sheets_of(templates, rule)
    if problems := _problems(name, sheets, reason):
        raise Refused(problems)
    templates.state, templates.since = table.target, at
    if name == "submit":
        templates.received = templates.received or timezone.localdate(at)
        templates.verdicts = _still_good(sheets)
    templates.save()
    if name == "pass":
        _bring_into_force(templates.scorecard, sheets, by=by, at=at, on=on)
    _record(
        name,
        templates,
        by=by,
        at=at,
        before={"state": old},
        after={"state": table.target, "sha256": digest([one.said for one in sheets])},
        reason=reason,
    )
    _tell(templates, name, by=by, at=at, on=on, reason=reason)


def _problems(name: str, sheets: list[Sheet], reason: str) -> list[Problem]:
    """What a move needs beside the right: a reason, every field, or every verdict."""
    if TEMPLATES_MOVES[name].needs_reason and not reason.strip():
        return [Problem("form.no_reason")]
    if name in ("propose", "submit"):
        return lacking(sheets)
    if name not in ("return", "pass"):
        return []
    problems = [
        Problem("templates.none_to_judge", {"kpi": one.kpi.number})
        for one in sheets
        if one.verdict is None or one.verdict["of"] != digest(one.said)
    ]
    amended = [one.kpi.number for one in sheets if one.verdict and not one.verdict["passed"]]
    if name == "pass":
        problems += [Problem("templates.to_be_amended", {"kpi": number}) for number in amended]
    elif not amended:
        problems.append(Problem("templates.all_passed"))
    return problems


def _still_good(sheets: list[Sheet]) -> dict[str, Any]:
    """Verdicts on what has passed and was not touched since: nobody audits it twice."""
    return {
        one.kpi.number: one.verdict
        for one in sheets
        if one.verdict and one.verdict["passed"] and one.verdict["of"] == digest(one.said)
    }


def _bring_into_force(
    scorecard: Scorecard, sheets: list[Sheet], *, by: Person, at: datetime, on: date
) -> None:
    """Write what has passed to the KPIs and freeze the scorecard's next version."""
    if scorecard.approved_sha256 != content_hash(scorecard):
        figures: dict[str, object] = {"approved": scorecard.approved_sha256[:12]}
        raise Refused([Problem("scorecard.binding_broken", figures)])
    for one in sheets:
        template = template_for(scorecard, one.said, one.kpi)
        Kpi.objects.filter(pk=one.kpi.pk).update(template=template)
    said = say("page.templates_resolution", {}, "th")
    add_version(scorecard, resolution=said, by=by, at=at, on=on)


def _tell(
    templates: KpiTemplates, name: str, *, by: Person, at: datetime, on: date, reason: str
) -> None:
    """Tell those whose turn it is: the approver, OPDC, or the body with OPDC's result."""
    card = templates.scorecard
    if templates.state == TemplatesState.PROPOSED:
        people, code = people_with(on, Role.APPROVER, body=card.body), "notice.templates_turn"
    elif templates.state == TemplatesState.SENT:
        people, code = people_with(on, Role.ANALYST), "notice.templates_turn"
    else:
        people = people_with(on, Role.REPORTER, Role.APPROVER, body=card.body).exclude(pk=by.pk)
        code = "notice.templates_passed" if name == "pass" else "notice.templates_back"
    figures = {"body": card.body.name_th, "year": card.fiscal_year, "reason": reason}
    key = f"kpi_templates:{templates.pk}:{name}:{at.isoformat()}"
    tell(
        people,
        code,
        path=reverse("kpi_definitions:kpi-templates", args=[card.pk]),
        key=key,
        at=at,
        **figures,
    )
