"""Pages of self-evaluations: asking for them, their papers, and what becomes of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.evidence import actions as files
from esar.platform.evidence.attachments import tell_attached
from esar.platform.evidence.downloads import download_response
from esar.platform.evidence.models import StoredFile
from esar.platform.lifecycle.posting import possible, thing_or_404
from esar.platform.organisations.models import OF_OPDC, Role
from esar.platform.organisations.queries import by_at_on, holds
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page, posted
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.telling import tell
from esar.report.self_evaluations import actions
from esar.report.self_evaluations.forms import AskForm, PapersForm
from esar.report.self_evaluations.life import SELF_EVALUATION_LIFE
from esar.report.self_evaluations.models import (
    FIELDS,
    SelfEvaluation,
    SelfEvaluationPaper,
)
from esar.report.self_evaluations.queries import missing_from, papers_of, rule_of
from esar.report.self_evaluations.states import OPDC
from esar.report.self_evaluations.tables import total_words

FILLS = (Role.REPORTER, Role.ANALYST)
SEES = (Role.REPORTER, Role.APPROVER, Role.MINISTERS_OFFICE, *OF_OPDC)


@signed_in(*OPDC)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, year: int) -> HttpResponse:
    """Ask the year's bodies that evaluate themselves for their papers."""
    if rule_of(year) is None:
        raise Http404
    form = AskForm(posted(request), year=year)
    if form.is_valid():
        with form.refusing():
            cleaned = form.cleaned_data
            many = actions.ask(year, cleaned["round_id"], cleaned["bodies"], **by_at_on(request))
            tell(request, "page.self_evaluation_asked", many=many)
            return redirect("self_evaluations:self-evaluations")
    title = lazy_say("page.self_evaluation_ask", (("year", year),))
    return form_page(request, form, "ui/form.html", {"title": title})


@signed_in(*SEES)
@require_safe
def self_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """What the papers say, what is missing from them, and what one may do. Seven queries."""
    subject = _thing(request, pk)
    context: dict[str, Any] = {
        "thing": subject,
        "life": SELF_EVALUATION_LIFE,
        "rule": rule_of(subject.fiscal_year),
        "round": books.round_label(subject.fiscal_year, subject.round_id),
        "total": total_words(subject),
        "papers": list(papers_of(subject)),
        "missing": [f"self_evaluation_{name}" for name in missing_from(subject)],
        "may_fill": bool(SELF_EVALUATION_LIFE.may(request.user, subject, "fill", clock.today())),
    }
    context |= possible(request, SELF_EVALUATION_LIFE, subject)
    return render(request, "self_evaluations/self_evaluation.html", context)


@signed_in(*FILLS)
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the papers say."""
    subject = _thing(request, pk)
    require(SELF_EVALUATION_LIFE.may(request.user, subject, "fill", clock.today()))
    initial = {name: getattr(subject, name) for name in FIELDS} | {"seen": actions.mark(subject)}
    by_opdc = holds(request.user, clock.today(), Role.ANALYST)
    form = PapersForm(posted(request), initial=initial, by_opdc=by_opdc)
    if form.is_valid():
        with form.refusing():
            fields = dict(form.cleaned_data)
            actions.fill(subject, fields, seen=fields.pop("seen"), **by_at_on(request))
            tell(request, "page.self_evaluation_filled")
            return redirect(SELF_EVALUATION_LIFE.address(subject))
    return form_page(
        request, form, "ui/form.html", {"title": lazy_say("page.self_evaluation_fill")}
    )


@signed_in(*FILLS)
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a document to the papers."""
    subject, on, at = _thing(request, pk), clock.today(), clock.now()
    person: Any = request.user
    require(SELF_EVALUATION_LIFE.may(person, subject, "fill", on))
    sent: Any = request.FILES.get("file")
    if sent is None:
        raise Refused([Problem("self_evaluation.no_file")])

    def then(stored: StoredFile, name: str) -> SelfEvaluationPaper:
        return actions.attach(subject, stored, name, by=person, at=at, on=on)

    row = files.receive(sent, subject=f"self_evaluation:{pk}", by=person, at=at, then=then)
    tell_attached(request, row, at)
    return redirect(SELF_EVALUATION_LIFE.address(subject))


def _thing(request: HttpRequest, pk: int) -> SelfEvaluation:
    return thing_or_404(request, SELF_EVALUATION_LIFE, pk)


def _paper(request: HttpRequest, pk: int, paper: int) -> SelfEvaluationPaper:
    rows = SelfEvaluationPaper.objects.select_related("file", "self_evaluation__body")
    return get_object_or_404(rows, pk=paper, self_evaluation=_thing(request, pk))


@signed_in(*SEES)
@require_safe
def paper(request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    """A document, as a download."""
    row = _paper(request, pk, paper)
    return download_response(request, row.file, row.name)


@signed_in(*FILLS)
@require_POST
def take_off(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Take a document off the papers."""
    row = _paper(request, pk, paper)
    actions.take_off(row, **by_at_on(request))
    tell(request, "page.file_removed", name=row.name)
    return redirect(SELF_EVALUATION_LIFE.address(row.self_evaluation))
