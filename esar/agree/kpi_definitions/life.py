"""The life of a scorecard's KPI templates: filled in by the body, audited by OPDC, in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone

from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.queries import Sheet, lacking, sheets_of
from esar.agree.kpi_definitions.states import TEMPLATES_EDITS, TEMPLATES_MOVES
from esar.agree.scorecards.actions import template_for
from esar.agree.scorecards.checks import rule_of
from esar.agree.scorecards.life import SCORECARD_LIFE, add_version, binding_problems
from esar.agree.scorecards.models import Kpi
from esar.agree.scorecards.states import State
from esar.kernel.access import ALLOWED, Verdict, denied
from esar.kernel.chain import digest
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word, say
from esar.law.rules.kinds import KpiTemplates as TemplatesRule
from esar.platform.lifecycle.life import Act, Life


class TemplatesLife(Life[KpiTemplates]):
    """Passed, they are the details of the scorecard's next version."""

    name = "templates"
    model = KpiTemplates
    body_at, year_at = "scorecard.body", "scorecard.fiscal_year"
    moves = TEMPLATES_MOVES
    edits = TEMPLATES_EDITS
    written_by = ("kpi_templates.saved", "kpi_templates.propose")
    sent_by = ("kpi_templates.submit",)
    notices_as: ClassVar[Mapping[str, str]] = {
        "propose": "turn",
        "submit": "turn",
        "withdraw": "back",
        "send_back": "back",
        "return": "back",
        "pass": "passed",
    }
    already_moved = "scorecard.already_moved"

    def address(self, thing: KpiTemplates) -> str:
        return reverse("kpi_definitions:kpi-templates", args=[thing.scorecard_id])

    def verb(self, act: Act[KpiTemplates]) -> str:
        return f"kpi_templates.{act.name}"

    def locked(self, thing: KpiTemplates) -> KpiTemplates:
        """The templates, begun when they are first written, with their scorecard locked."""
        scorecard = SCORECARD_LIFE.locked(thing.scorecard)
        fresh = {"since": thing.since}
        templates, _ = KpiTemplates.objects.get_or_create(scorecard=scorecard, defaults=fresh)
        templates.scorecard = scorecard
        return templates

    def bars(self, person: Any, thing: KpiTemplates, name: str, day: date) -> Verdict:
        """The KPIs are in force first. Late is marked, not refused."""
        if thing.scorecard.state == State.IN_FORCE:
            return ALLOWED
        return denied(
            "scorecard.wrong_state", state=Word(f"scorecard-state.{thing.scorecard.state}")
        )

    def content(self, thing: KpiTemplates) -> Mapping[str, Any]:
        return parts_of(sheets_of(thing, rule_or_refused(thing)))

    def check(self, act: Act[KpiTemplates]) -> Iterator[Problem]:
        """Every field before it is sent; every verdict before the result is given."""
        if act.name in ("propose", "submit"):
            yield from lacking(_sheets(act))
        elif act.name in ("return", "pass"):
            yield from _verdict_problems(act.name, _sheets(act))
        if act.name == "pass":
            yield from binding_problems(act.thing.scorecard)

    def changes(self, act: Act[KpiTemplates]) -> Mapping[str, Any]:
        """The first sending is the one held against the due day."""
        sheets = _sheets(act)
        act.after["sha256"] = digest([sheet.texts for sheet in sheets])
        if act.name != "submit":
            return {}
        received = act.thing.received or timezone.localdate(act.at)
        return {"received": received, "verdicts": _verdicts_that_stand(sheets)}

    def carry_out(self, act: Act[KpiTemplates]) -> None:
        """What has passed is written to the KPIs, and is the scorecard's next version."""
        if act.name != "pass":
            return
        scorecard = act.thing.scorecard
        for sheet in _sheets(act):
            template = template_for(scorecard, sheet.texts, sheet.kpi)
            Kpi.objects.filter(pk=sheet.kpi.pk).update(template=template)
        act.version = add_version(scorecard, act, say("page.templates_resolution", {}, "th"))


def rule_or_refused(templates: KpiTemplates) -> TemplatesRule:
    """What the year says of KPI templates. Errors: Refused where it has none."""
    card = templates.scorecard
    if (rule := rule_of(card)) is None:
        figures: dict[str, object] = {"year": card.fiscal_year, "body": card.body.name_th}
        raise Refused([Problem("scorecard.no_rules", figures)])
    return rule


def parts_of(sheets: list[Sheet]) -> dict[str, Any]:
    """What the page of KPI templates shows, KPI by KPI."""
    return {sheet.kpi.number: [sheet.texts, sheet.verdict] for sheet in sheets}


def _sheets(act: Act[KpiTemplates]) -> list[Sheet]:
    return sheets_of(act.thing, rule_or_refused(act.thing))


def _verdict_problems(name: str, sheets: list[Sheet]) -> Iterator[Problem]:
    """A verdict on every KPI, and the result that they come to."""
    for sheet in sheets:
        if sheet.verdict is None or sheet.verdict["of"] != digest(sheet.texts):
            yield Problem("templates.none_to_judge", {"kpi": sheet.kpi.number})
    amended = [
        sheet.kpi.number for sheet in sheets if sheet.verdict and not sheet.verdict["passed"]
    ]
    if name == "pass":
        for number in amended:
            yield Problem("templates.to_be_amended", {"kpi": number})
    elif not amended:
        yield Problem("templates.all_passed")


def _verdicts_that_stand(sheets: list[Sheet]) -> dict[str, Any]:
    """Verdicts on what has passed and was not touched since: nobody audits it twice."""
    return {
        sheet.kpi.number: sheet.verdict
        for sheet in sheets
        if sheet.verdict and sheet.verdict["passed"] and sheet.verdict["of"] == digest(sheet.texts)
    }


TEMPLATES_LIFE = TemplatesLife()
