"""Pages of early warnings: load what is visible, ask, act, answer."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.judge.early_warning import actions, looking, permissions
from esar.judge.early_warning.chart import chart_of
from esar.judge.early_warning.forms import PlanForm
from esar.judge.early_warning.life import PLAN, WARNING_LIFE, plan_of
from esar.judge.early_warning.models import EarlyWarning, Measurement
from esar.judge.early_warning.queries import (
    is_stuck,
    kept_measurement,
    looks,
    newest_look,
    reported_since,
    rule_of,
    standing,
    visible_warnings,
)
from esar.judge.early_warning.states import UNDER_WAY, WarningState
from esar.judge.early_warning.tables import OutlookList
from esar.kernel.access import require
from esar.law.rules import kinds
from esar.law.rules.book import Rule
from esar.law.rules.kinds import Ladder
from esar.law.rules.years import FiscalYear
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.lists import number_of
from esar.platform.ui.telling import tell


def warning_or_404(request: HttpRequest, pk: int) -> EarlyWarning:
    return get_object_or_404(visible_warnings(request.user, clock.today()), pk=pk)


@signed_in()
@require_safe
def warning(request: HttpRequest, pk: int) -> HttpResponse:
    """One warning: what was projected and from what, how good such projections are, the plan."""
    early_warning, day = warning_or_404(request, pk), clock.today()
    events = timeline(early_warning)
    rule = rule_of(early_warning.scorecard.fiscal_year, early_warning.scorecard.body.kind)
    possible = WARNING_LIFE.possible_moves(request.user, early_warning, day)
    context = {
        "warning": early_warning,
        "card": early_warning.scorecard,
        "chart": chart_of(early_warning),
        "events": events,
        "moves": [move for move in possible if move.name != "plan"],
        "seen": WARNING_LIFE.seen(early_warning),
        "basis": _basis(early_warning),
        "rule": rule,
        "may_plan": any(move.name == "plan" for move in possible),
        "day": day,
        "is_late": early_warning.plan_due < day
        and early_warning.state in ("asked", "returned", "planned"),
        "measured": _measured(rule),
        "level": _level(early_warning),
        "returned": _why_returned(early_warning, list(events)),
    }
    return render(request, "early_warning/warning.html", context)


def _measured(rule: Rule[kinds.EarlyWarning] | None) -> Measurement | None:
    return kept_measurement(rule.value.level, rule.value.miss_at_least) if rule else None


def _why_returned(warning: EarlyWarning, events: list[Any]) -> str:
    if warning.state != WarningState.RETURNED:
        return ""
    verbs = ("warning.return_plan", "warning.send_back")
    return next((event.reason for event in events if event.verb in verbs), "")


def _basis(warning: EarlyWarning) -> dict[str, Any]:
    """What the projection saw, with the newest month as a day."""
    basis = dict(warning.based_on)
    month = basis.get("month") or 0
    first = FiscalYear(warning.scorecard.fiscal_year).first_day
    if month:
        basis["month_day"] = first.replace(
            year=first.year + (month > 3), month=(month + 8) % 12 + 1
        )
    return basis


def _level(warning: EarlyWarning) -> object:
    """The name of the level whose target is looked at."""
    book = books.book(warning.scorecard.fiscal_year)
    ladder = book.on(book.year.last_day, warning.scorecard.body.kind).the(Ladder) if book else None
    return ladder.value.levels[warning.level - 1] if ladder else warning.level


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Write or change the corrective plan."""
    warning, day = warning_or_404(request, pk), clock.today()
    person: Any = request.user
    require(WARNING_LIFE.may(person, warning, "plan", day))
    initial = plan_of(warning) | {"seen": mark_of(plan_of(warning))}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            texts = {field: form.cleaned_data[field] for field in PLAN}
            seen = form.cleaned_data["seen"]
            actions.write_plan(warning, texts, seen=seen, by=person, at=clock.now(), on=day)
            tell(request, "page.plan_saved")
            return redirect("early_warning:warning", pk)
    context = {
        "warning": warning,
        "card": warning.scorecard,
        "form": form,
        "returned": _why_returned(warning, list(timeline(warning))),
    }
    return form_page(request, form, "early_warning/plan.html", context)


@signed_in(Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def outlook(request: HttpRequest, year: int) -> HttpResponse:
    """The newest look that was kept, before anyone is warned; a POST asks for another.

    Nothing is projected here. A constant number of queries.
    """
    if books.book(year) is None:
        raise Http404
    day, person = clock.today(), cast(Person, request.user)
    require(permissions.may_warn(person, day))
    if request.method == "POST":
        looking.ask(year, on=day, at=clock.now(), by=person)
        tell(request, "page.look_asked")
        return redirect("early_warning:outlook", year)
    newest, look = looks(year).order_by("-pk").first(), newest_look(year)
    is_lost = newest is not None and (newest.state == "failed" or is_stuck(newest, clock.now()))
    context: dict[str, Any] = {
        "year": year,
        "kept": look,
        "newest": newest,
        "working": newest is not None and newest.state in UNDER_WAY and not is_lost,
        "is_lost": is_lost,
        "on": day in FiscalYear(year),
    }
    if look is not None:
        now = standing(look)
        context |= {
            "new": len(now.new),
            "taken": now.warned_already,
            "list": OutlookList(request, look, now),
            "outdated": reported_since(look),
        }
    return render(request, "early_warning/outlook.html", context)


@signed_in(Role.ANALYST)
@require_POST
def warn(request: HttpRequest, year: int) -> HttpResponse:
    """Warn of what the page before showed; refused when it is not the same any more."""
    if books.book(year) is None:
        raise Http404
    person: Any = request.user
    expected, look = (number_of(request.POST.get(name, "")) for name in ("expected", "look"))
    before = -1 if expected is None else expected
    actions.warn(year, on=clock.today(), at=clock.now(), by=person, expected=before, look=look or 0)
    tell(request, "page.warned", many=before)
    return redirect("early_warning:warnings")
