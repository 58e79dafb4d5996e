"""Pages of what a province used."""

from __future__ import annotations

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.law.rules.numbers import trimmed
from esar.platform.lifecycle.drafts import Conflict
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.exports import csv_answer
from esar.platform.ui.telling import tell
from esar.report.activity_plans.law import plan_years
from esar.report.activity_plans.monthly.deadlines.queries import DUTY_OF
from esar.report.activity_plans.monthly.forms import UsageForm
from esar.report.activity_plans.monthly.models import Usage
from esar.report.activity_plans.monthly.permissions import may_enter
from esar.report.activity_plans.monthly.usage.actions import enter, mark_of_months
from esar.report.activity_plans.monthly.usage.queries import Book, books_of, visible_to


def _books_or_404(request: HttpRequest, year: int, code: str) -> tuple[Body, list[Book]]:
    """A body's things of a year, for those who may see them."""
    body = get_object_or_404(Body, code=code)
    if year not in plan_years() or not visible_to(request.user, body, clock.today()):
        raise Http404
    ledgers = books_of(body, year)
    if not any(row.due for book in ledgers for row in book.rows):
        raise Http404  # no duty of this year binds such a body
    return body, ledgers


@signed_in()
@require_safe
def usage(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Every thing by the month, with running totals. A constant number of queries."""
    body, ledgers = _books_or_404(request, year, code)
    day = clock.today()
    context = {
        "body": body,
        "year": year,
        "books": [(book, book.drawing(day)) for book in ledgers],
        "today": day,
        "mine": [one.thing for one in ledgers if may_enter(request.user, body, one.thing, day)],
    }
    return render(request, "monthly/usage.html", context)


@signed_in()
@require_safe
def usage_csv(request: HttpRequest, year: int, code: str) -> HttpResponse:
    body, ledgers = _books_or_404(request, year, code)
    head = [
        "thing",
        "month",
        "used",
        "baseline",
        "due",
        "received",
        "used_so_far",
        "baseline_so_far",
        "saved_percent",
    ]
    rows = [
        [
            book.thing,
            f"{row.month:%Y-%m}",
            _amount(row.entry.used if row.entry else None),
            _amount(row.entry.baseline if row.entry else None),
            row.due,
            row.entry and row.entry.received_on,
            _amount(row.used),
            _amount(row.baseline),
            _amount(row.saved),
        ]
        for book in ledgers
        for row in book.rows
    ]
    return csv_answer(f"esar-usage-{year}-{body.code}", head, rows)


def _amount(value: Decimal | None) -> str | None:
    """A figure without the zeros that the database adds; nothing where there is none."""
    return None if value is None else f"{trimmed(value):f}"


@signed_in(Role.REPORTER, Role.CENTRAL_OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_usage(request: HttpRequest, year: int, code: str, name: str) -> HttpResponse:
    """The months of one thing, to fill in."""
    body, ledgers = _books_or_404(request, year, code)
    if name not in DUTY_OF:
        raise Http404
    require(may_enter(request.user, body, name, clock.today()))
    book = next(one for one in ledgers if one.thing == Usage.Thing(name))
    form = UsageForm(request.POST or None, book=book, today=clock.today())
    status = 200
    entries = [row.entry for row in book.rows if row.entry]
    context = {"body": body, "year": year, "book": book, "form": form}
    context |= {"mark": mark_of_months(entries), "theirs": None}
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                count = enter(
                    body,
                    year,
                    name,
                    form.said(),
                    seen=request.POST.get("seen", ""),
                    **by_at_on(request),
                )
            except Refused as refused:
                form.refuse(refused.problems)
                if isinstance(refused, Conflict):
                    status, context["theirs"] = 409, entries
            else:
                tell(request, "page.usage_entered", count=count)
                return redirect("monthly:plan-usage", year, code)
    return render(request, "monthly/enter.html", context, status=status)
