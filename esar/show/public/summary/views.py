"""The page of a round's summary."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from esar.judge.results.permissions import may_see_unreleased
from esar.law.rules.kinds import Round
from esar.platform.ui import books, clock
from esar.platform.ui.doors import open_to_all
from esar.report.self_evaluations.queries import put_before
from esar.show.public.summary.queries import summary_of


@open_to_all
@require_safe
def summary(request: HttpRequest, year: int, round_id: str) -> HttpResponse:
    """The summary of a round: OPDC's analysts see it before release, everyone after it."""
    book = books.book(year)
    whole_year = book.on(book.year.last_day) if book else None
    round_rule = whole_year.get(f"round.{round_id}", Round) if whole_year else None
    if book is None or round_rule is None:
        raise Http404
    rules = book.on(round_rule.value.last)
    unreleased = bool(may_see_unreleased(request.user, clock.today()))
    round_summary = summary_of(rules, round_id, get_language() or "th", unreleased=unreleased)
    if round_summary is None:
        raise Http404
    counts = round_summary.whole.grades
    context = {
        "year": year,
        "round_id": round_id,
        "round": round_rule,
        "summary": round_summary,
        "apart": put_before(year, round_id),
        "day": clock.today(),
        "grades": [(one, counts.get(name, 0)) for name, one in books.grades(year).items()]
        if round_rule.value.graded
        else [],
    }
    return render(request, "public/summary.html", context)
