"""Writes to KPI templates: what bodies fill in, and OPDC's verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from esar.agree.kpi_definitions.life import TEMPLATES_LIFE, rule_or_refused
from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.queries import sheets_of, texts_of
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.kernel.access import require
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.platform.history.actions import record
from esar.platform.lifecycle.drafts import SavedByLog, is_new_text, mark_of
from esar.platform.organisations.models import Person


@transaction.atomic
def save_sheet(
    scorecard: Scorecard, kpi: Kpi, fields: dict[str, Any], *, by: Person, at: datetime, on: date
) -> None:
    """Keep what is filled in for one KPI, half-finished or not.

    `fields["seen"]` is the mark of what the writer had. Errors: Refused without the right; Conflict
    when someone else has saved another text since: nothing is overwritten.
    """
    templates = TEMPLATES_LIFE.locked(KpiTemplates(scorecard=scorecard, since=at))
    rule = rule_or_refused(templates)
    require(TEMPLATES_LIFE.may(by, templates, "edit", on))
    if kpi.template.indicator.is_of_the_rules:
        raise Refused([Problem("kpi.given_by_rules", {"kpi": kpi.number})])
    present = texts_of(templates, kpi, rule)
    typed = {name: fields[name] for name in rule.with_template}
    savings = TEMPLATES_LIFE.events_of(templates, "kpi_templates.saved")
    if not is_new_text(
        present,
        typed,
        seen=fields.get("seen"),
        now=mark_of(present),
        by=by,
        saved=SavedByLog(savings.filter(after__number=kpi.number)),
        kind="kpi",
        kpi=kpi.number,
    ):
        return
    templates.content = templates.content | {kpi.number: typed}
    templates.save()
    changed = [name for name in typed if typed[name] != present[name]]
    record(
        "kpi_templates.saved",
        templates,
        by=by,
        at=at,
        body=templates.scorecard.body.code,
        before={"number": kpi.number, **{name: present[name] for name in changed}},
        after={"number": kpi.number, **{name: typed[name] for name in changed}},
    )


@transaction.atomic
def judge(
    scorecard: Scorecard,
    verdicts: Mapping[str, tuple[bool | None, str]],
    *,
    seen: Mapping[str, str] | None = None,
    by: Person,
    at: datetime,
    on: date,
) -> None:
    """Keep OPDC's verdicts: KPI number → (passed, comment). They are told with the next move.

    `passed` is None where nothing was chosen: that verdict stays. `seen` is the mark of each
    verdict that the writer had before them. Errors: Refused without the right, where a KPI is to be
    amended and no comment says what, or a comment is of no verdict; Conflict when another has
    judged a KPI since.
    """
    templates = TEMPLATES_LIFE.locked(KpiTemplates(scorecard=scorecard, since=at))
    require(TEMPLATES_LIFE.may(by, templates, "audit", on))
    sheets = {sheet.kpi.number: sheet for sheet in sheets_of(templates, rule_or_refused(templates))}
    problems = [
        Problem(code, {"kpi": number})
        for number, (passed, comment) in verdicts.items()
        if number in sheets and (code := _wrong(passed, comment.strip()))
    ]
    if problems:
        raise Refused(problems)
    new = {
        number: {"passed": passed, "comment": comment.strip(), "of": digest(sheets[number].texts)}
        for number, (passed, comment) in verdicts.items()
        if number in sheets and passed is not None
    }
    old = {number: templates.verdicts.get(number) for number in new}
    for number, verdict in new.items():
        mark = None if seen is None else seen.get(number, "")
        marks: dict[str, Any] = {"seen": mark, "now": mark_of(old[number])}
        is_new_text(old[number], verdict, **marks, by=by, kind="templates", kpi=number)
    if old != new:
        templates.verdicts = templates.verdicts | new
        templates.save()
        body = templates.scorecard.body.code
        record("kpi_templates.judged", templates, by=by, at=at, body=body, before=old, after=new)


def _wrong(passed: bool | None, comment: str) -> str:
    """The code of what is wrong with a verdict; nothing where it is as it should be."""
    if passed is None:
        return "templates.no_verdict" if comment else ""
    return "" if passed or comment else "templates.no_comment"
