"""Pages of KPI templates: who has sent them, what they say, and OPDC's audit."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.kpi_definitions import actions
from esar.agree.kpi_definitions.forms import TemplateForm
from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.permissions import (
    may_audit,
    may_edit_templates,
    may_move_templates,
    may_see_templates,
)
from esar.agree.kpi_definitions.queries import (
    Standing,
    sheets_of,
    standing_of,
    standings,
    templates_of,
)
from esar.agree.kpi_definitions.states import TEMPLATES_MOVES, TemplatesState
from esar.agree.scorecards.checks import rule_of
from esar.agree.scorecards.queries import visible_scorecards
from esar.agree.scorecards.states import State
from esar.agree.scorecards.views import scorecard_or_404
from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.kernel.wording import has_sentence
from esar.law.rules.kinds import KpiTemplates as TemplatesRule
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import person_of
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.exports import csv_answer
from esar.platform.ui.lists import asked_for, page_of
from esar.platform.ui.telling import tell
from esar.platform.ui.year import chosen_year, listed_year


def _templates_or_404(request: HttpRequest, pk: int) -> tuple[KpiTemplates, TemplatesRule]:
    card = scorecard_or_404(request, pk)
    rule = rule_of(card)
    templates = templates_of(card)
    seen = may_see_templates(request.user, templates, clock.today())
    if rule is None or card.state != State.IN_FORCE or not seen:
        raise Http404
    return templates, rule


def _standings(request: HttpRequest, year: int) -> list[Standing]:
    state = request.GET.get("state", "")
    return standings(
        visible_scorecards(request.user, clock.today()),
        year,
        clock.today(),
        text=asked_for(request, "")["text"],
        state=state if state in TemplatesState.values else "",
    )


@signed_in(Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR, Role.ASSESSOR)
@require_safe
def templates_list(request: HttpRequest) -> HttpResponse:
    """Who has sent, who is late, what waits for the audit: exceptions first. Constant queries."""
    year = listed_year(request) or chosen_year(request)
    context = asked_for(request, "") | {
        "page": page_of(request, _standings(request, year)),
        "year": year,
        "state": request.GET.get("state", ""),
        "states": TemplatesState.values,
    }
    return render(request, "kpi_definitions/templates_list.html", context)


@signed_in(Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR, Role.ASSESSOR)
@require_safe
def templates_csv(request: HttpRequest) -> HttpResponse:
    year = listed_year(request) or chosen_year(request)
    head = ["year", "code", "body", "state", "due", "received", "late", "result_due"]
    rows = (
        [
            year,
            one.card.body.code,
            one.card.body.name_th,
            one.state,
            one.due.last if one.due else None,
            one.received,
            int(one.late),
            one.result_due.last if one.result_due else None,
        ]
        for one in _standings(request, year)
    )
    return csv_answer(f"esar-kpi-templates-{year}", head, rows)


@signed_in()
@require_safe
def kpi_templates(request: HttpRequest, pk: int) -> HttpResponse:
    """Every KPI's template, what OPDC says of it, and what one may do."""
    templates, rule = _templates_or_404(request, pk)
    day, me = clock.today(), request.user
    context = {
        "card": templates.scorecard,
        "templates": templates,
        "rule": rule,
        "sheets": sheets_of(templates, rule),
        "standing": standing_of(templates, day),
        "may_edit": bool(may_edit_templates(me, templates, day)),
        "may_audit": bool(may_audit(me, templates, day)),
        "moves": _moves(me, templates, day),
        "events": timeline(templates) if templates.pk else [],
    }
    return render(request, "kpi_definitions/templates.html", context)


def _moves(person: Any, templates: KpiTemplates, day: Any) -> list[tuple[str, str, bool]]:
    """(name, what it is called, needs a reason) of the moves this person may make now."""
    return [
        (name, _called(name), move.needs_reason)
        for name, move in TEMPLATES_MOVES.items()
        if may_move_templates(person, templates, name, day)
    ]


def _called(name: str) -> str:
    """The code of what a move is called: in its own words where it has them."""
    own = f"templates-action.{name}"
    return own if has_sentence(own) else f"action.{name}"


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def kpi_template(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Fill in one KPI's template."""
    templates, rule = _templates_or_404(request, pk)
    card, day, me = templates.scorecard, clock.today(), person_of(request)
    require(may_edit_templates(me, templates, day))
    listed = {one.kpi.number: one for one in sheets_of(templates, rule)}
    if number not in listed:
        raise Http404
    sheet = listed[number]
    data = request.POST if request.method == "POST" else None
    form = TemplateForm(data, said=sheet.said, year=card.fiscal_year)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_sheet(
                card,
                sheet.kpi,
                form.cleaned_data,
                by=me,
                at=clock.now(),
                on=day,
            )
        except Refused as refused:
            form.refuse(refused.problems)
        else:
            tell(request, "page.template_saved", number=number)
            return redirect("kpi_definitions:kpi-templates", pk)
    context = {"card": card, "sheet": sheet, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "kpi_definitions/template.html", context, status=status)


@signed_in(Role.ANALYST)
@require_POST
def audit_templates(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep OPDC's verdicts, KPI by KPI."""
    templates, rule = _templates_or_404(request, pk)
    said = {
        one.kpi.number: (verdict == "passed", request.POST.get(f"comment-{one.kpi.number}", ""))
        for one in sheets_of(templates, rule)
        if (verdict := request.POST.get(f"verdict-{one.kpi.number}", "")) in ("passed", "amend")
    }
    said = {number: (passed, comment[:2000]) for number, (passed, comment) in said.items()}
    actions.judge(
        templates.scorecard,
        said,
        by=person_of(request),
        at=clock.now(),
        on=clock.today(),
    )
    tell(request, "page.verdicts_saved")
    return redirect("kpi_definitions:kpi-templates", pk)


@signed_in(Role.REPORTER, Role.APPROVER, Role.ANALYST)
@require_POST
def move_templates(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    if name not in TEMPLATES_MOVES:
        raise Http404
    templates, _ = _templates_or_404(request, pk)
    actions.move_templates(
        templates.scorecard,
        name,
        by=person_of(request),
        at=clock.now(),
        on=clock.today(),
        reason=request.POST.get("reason", "")[:2000],
    )
    tell(request, "page.moved", action=_called(name))
    return redirect("kpi_definitions:kpi-templates", pk)
