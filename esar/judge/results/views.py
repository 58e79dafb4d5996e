"""Pages of OPDC's: what waits for release, and the linkage with the appraisal of heads."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.judge.results import actions, permissions
from esar.judge.results.forms import StepForm
from esar.judge.results.linkage import linkage_rule, take_of
from esar.judge.results.models import Result
from esar.judge.results.route import results_route, steps_of, with_route
from esar.judge.results.tables import LinkageList, ReleaseList
from esar.kernel.access import require
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page, posted
from esar.platform.ui.lists import number_of, numbers_of
from esar.platform.ui.telling import tell
from esar.report.self_evaluations.queries import put_before, put_in

SEES_UNRELEASED = (Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR, Role.ASSESSOR)


@signed_in(*SEES_UNRELEASED)
@require_safe
def to_release(request: HttpRequest) -> HttpResponse:
    """Results that are computed and that nobody outside OPDC sees yet. Four queries."""
    may_release = bool(permissions.may_release(request.user, clock.today()))
    waiting_results = ReleaseList(request, picks=may_release)
    rounds = sorted({(line.row.fiscal_year, line.row.round_id) for line in waiting_results.lines})
    return waiting_results.answer(summaries=rounds, routes=with_route(rounds), apart=put_in(rounds))


@signed_in(Role.ANALYST)
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Release the chosen results, or every one that was listed: all of them or none."""
    tokens = {
        pk: str(token)
        for name, token in request.POST.items()
        if (pk := number_of(name.removeprefix("seen-"))) is not None
    }
    chosen = tokens if request.POST.get("all") == "1" else numbers_of(request, "result")
    results = Result.objects.filter(pk__in=chosen).only("pk")
    count = actions.release(results, **by_at_on(request), seen=tokens)
    tell(request, "page.released", count=count)
    return redirect("results:to-release")


@signed_in(*SEES_UNRELEASED)
@require_http_methods(["GET", "HEAD", "POST"])
def route(request: HttpRequest, year: int, round_id: str) -> HttpResponse:
    """The steps that a round's results go before their release, and the form that records one."""
    rule = results_route(year, round_id)
    if rule is None:
        raise Http404
    verdict = permissions.may_record_step(request.user, clock.today())
    if request.method == "POST":
        require(verdict)
    steps = steps_of(rule, year, round_id)
    form = StepForm(posted(request), steps=steps, mark=actions.mark_of_steps(steps))
    if form.is_valid():
        with form.refusing():
            typed = form.cleaned_data
            text = {name: typed[name] for name in ("meeting", "day", "seen")}
            actions.record_step(year, round_id, typed["step"], **text, **by_at_on(request))
            tell(request, "page.route_step_recorded")
            return redirect("results:route", year, round_id)
    context = {
        "year": year,
        "round": books.round_label(year, round_id),
        "rule": rule,
        "steps": [step._asdict() for step in steps],
        "may_record": bool(verdict),
        "apart": put_before(year, round_id),
    }
    return form_page(request, form, "results/route.html", context)


def _linkage(request: HttpRequest, year: int, number: int) -> LinkageList:
    require(permissions.may_see_linkage(request.user, clock.today()))
    take = take_of(year, number)
    if take is None:
        raise Http404
    return LinkageList(request, year, take)


@signed_in(*permissions.SEES_LINKAGE)
@require_safe
def linkage_page(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """What the appraisal of every head takes, for whom and for which days. Four queries."""
    rows, rule = _linkage(request, year, number), linkage_rule(year)
    return rows.answer(
        year=year,
        take=rows.take,
        rule=rule,
        takes=rule.value.rounds if rule else (),
        missing=sum(1 for row in rows.visible if row.points is None),
        round=books.round_label(year, rows.take.round.removeprefix("round.")),
    )


@signed_in(*permissions.SEES_LINKAGE)
@require_safe
def linkage_export(request: HttpRequest, year: int, number: int, kind: str) -> HttpResponse:
    """The same for the Civil Service Commission's office: a line for each holder of a post."""
    return _linkage(request, year, number).file(kind)
