"""Pages of KPI templates: who has sent them, what they say, and OPDC's audit."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.kpi_definitions import actions
from esar.agree.kpi_definitions.forms import TemplateForm
from esar.agree.kpi_definitions.life import TEMPLATES_LIFE, parts_of
from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.permissions import may_see_templates
from esar.agree.kpi_definitions.queries import sheets_of, standing_of, templates_of
from esar.agree.scorecards.checks import rule_of
from esar.agree.scorecards.states import State
from esar.agree.scorecards.views import scorecard_or_404
from esar.kernel.access import require
from esar.law.rules.kinds import KpiTemplates as TemplatesRule
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on, person_of
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.lists import text_of
from esar.platform.ui.telling import tell
from esar.platform.ui.templatetags.words import action_code

MAX_COMMENT = 2000  # letters
VERDICTS = {"passed": True, "amend": False}
FOLLOW = (Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR, Role.ASSESSOR)


def _templates_or_404(request: HttpRequest, pk: int) -> tuple[KpiTemplates, TemplatesRule]:
    card = scorecard_or_404(request, pk)
    rule = rule_of(card)
    templates = templates_of(card)
    seen = may_see_templates(request.user, templates, clock.today())
    if rule is None or card.state != State.IN_FORCE or not seen:
        raise Http404
    return templates, rule


@signed_in()
@require_safe
def kpi_templates(request: HttpRequest, pk: int) -> HttpResponse:
    """Every KPI's template, what OPDC says of it, and what one may do."""
    templates, rule = _templates_or_404(request, pk)
    day, person = clock.today(), request.user
    sheets = sheets_of(templates, rule)
    context = {
        "card": templates.scorecard,
        "templates": templates,
        "rule": rule,
        "sheets": sheets,
        "standing": standing_of(templates, day),
        "may_edit": bool(TEMPLATES_LIFE.may(person, templates, "edit", day)),
        "may_audit": bool(TEMPLATES_LIFE.may(person, templates, "audit", day)),
        "moves": TEMPLATES_LIFE.possible_moves(person, templates, day),
        "seen": TEMPLATES_LIFE.seen(templates, parts_of(sheets)),
        "marks": {
            sheet.kpi.number: mark_of(templates.verdicts.get(sheet.kpi.number)) for sheet in sheets
        },
        "events": timeline(templates) if templates.pk else [],
    }
    return render(request, "kpi_definitions/templates.html", context)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def kpi_template(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Fill in one KPI's template."""
    templates, rule = _templates_or_404(request, pk)
    card, day, person = templates.scorecard, clock.today(), person_of(request)
    require(TEMPLATES_LIFE.may(person, templates, "edit", day))
    sheets = {sheet.kpi.number: sheet for sheet in sheets_of(templates, rule)}
    if number not in sheets:
        raise Http404
    sheet = sheets[number]
    data = request.POST if request.method == "POST" else None
    form = TemplateForm(
        data, texts=sheet.texts, year=card.fiscal_year, unit=sheet.kpi.template.unit
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            actions.save_sheet(card, sheet.kpi, form.cleaned_data, **by_at_on(request))
            tell(request, "page.template_saved", number=number)
            return redirect("kpi_definitions:kpi-templates", pk)
    context = {"card": card, "sheet": sheet, "form": form}
    return form_page(request, form, "kpi_definitions/template.html", context)


@signed_in(Role.ANALYST)
@require_POST
def audit_templates(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep OPDC's verdicts, KPI by KPI."""
    templates, rule = _templates_or_404(request, pk)
    numbers = [sheet.kpi.number for sheet in sheets_of(templates, rule)]
    answers = {number: request.POST.get(f"verdict-{number}", "") for number in numbers}
    verdicts = {
        number: (VERDICTS.get(answer), text_of(request, f"comment-{number}", MAX_COMMENT))
        for number, answer in answers.items()
    }
    seen = {number: request.POST.get(f"seen-{number}", "") for number in numbers}
    by = person_of(request)
    actions.judge(templates.scorecard, verdicts, seen=seen, by=by, at=clock.now(), on=clock.today())
    tell(request, "page.verdicts_saved")
    return redirect("kpi_definitions:kpi-templates", pk)


@signed_in(Role.REPORTER, Role.APPROVER, Role.ANALYST)
@require_POST
def move_templates(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    templates, _ = _templates_or_404(request, pk)
    post_move(request, TEMPLATES_LIFE, templates, name)
    tell(request, "page.moved", action=action_code(name, "templates-action"))
    return redirect("kpi_definitions:kpi-templates", pk)
