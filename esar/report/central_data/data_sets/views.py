"""Pages of the owner: the sets, a file sent in and looked at, and publishing it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.slips import Slip, measured, slips_in
from esar.kernel.access import require
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import by_at_on, sees_everything
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.lists import PAGE_SIZE, asked_for
from esar.platform.ui.telling import tell
from esar.platform.ui.year import chosen_year, round_year
from esar.report.central_data import actions, checks, permissions
from esar.report.central_data.data_sets.kpis import kpis_of_set
from esar.report.central_data.data_sets.queries import DataSet, data_set, data_sets
from esar.report.central_data.forms import FileForm
from esar.report.central_data.life import DELIVERY_LIFE
from esar.report.central_data.models import Delivery
from esar.report.central_data.progress import progress_of
from esar.report.central_data.queries import (
    bodies_expected,
    in_set,
    newest_of,
    owned_by,
    set_of,
    visible_deliveries,
)
from esar.report.central_data.tables import SEES_SETS, SetList
from esar.report.central_data.template import workbook_of

MAX_LISTED = 5  # names in a sentence; the rows show the rest


@signed_in(*SEES_SETS)
@require_safe
def sets(request: HttpRequest) -> HttpResponse:
    """A year's sets that one may see, and how far each has come."""
    year = round_year(request) or chosen_year(request)
    if books.book(year) is None:
        raise Http404
    sets_of_year = data_sets(year)
    seen = [one for one in sets_of_year if _sees(request, one)]
    owners = Body.objects.filter(code__in={one.owner for one in seen})
    context = {
        "year": year,
        "years": books.years(),
        "rows": progress_of(seen, year),
        "owners": {body.code: body for body in owners},
        "there_are": bool(sets_of_year),
        "sees_sets": True,
    }
    return render(request, "central_data/sets.html", context)


def _sees(request: HttpRequest, data_set: DataSet) -> bool:
    day = clock.today()
    return sees_everything(request.user, day) or data_set.owner in owned_by(request.user, day)


def _set(request: HttpRequest, year: int, round_id: str, code: str) -> DataSet:
    found_set = data_set(year, round_id, code)
    if found_set is None or not _sees(request, found_set):
        raise Http404
    return found_set


@signed_in(*SEES_SETS)
@require_safe
def one_set(request: HttpRequest, year: int, round_id: str, code: str) -> HttpResponse:
    """A set: every body with what it has, and the files that were sent."""
    data_set, day = _set(request, year, round_id, code), clock.today()
    sent = in_set(visible_deliveries(request.user, day), data_set).defer("rows", "problems")
    return SetList(request, data_set).answer(
        set=data_set,
        progress=progress_of([data_set], year)[0],
        deliveries=sent.order_by("-number")[:20],
        may_deliver=bool(permissions.may_deliver(request.user, data_set, day)),
    )


@signed_in(*SEES_SETS)
@require_safe
def set_export(
    request: HttpRequest, year: int, round_id: str, code: str, kind: str
) -> HttpResponse:
    """The bodies that the list shows, each with what it has, as a file."""
    return SetList(request, _set(request, year, round_id, code)).file(kind)


@signed_in(*SEES_SETS)
@require_safe
def template(request: HttpRequest, year: int, round_id: str, code: str) -> HttpResponse:
    """The form to fill in, with the bodies of the set."""
    data_set = _set(request, year, round_id, code)
    data = workbook_of(data_set, bodies_expected(data_set).order_by("kind", "code"))
    name = f"{data_set.rule_id}-{year}-{round_id}.xlsx"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, kind, headers=headers)


@signed_in(Role.CENTRAL_OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, year: int, round_id: str, code: str) -> HttpResponse:
    """Send a file to be checked. Nothing counts before it is published."""
    data_set = _set(request, year, round_id, code)
    require(permissions.may_deliver(request.user, data_set, clock.today()))
    post = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if post else FileForm()
    if post and form.is_valid():
        with form.refusing():
            delivery = actions.check_file(
                form.cleaned_data["file"], year, round_id, code, **by_at_on(request)
            )
            tell(request, "page.central_checked")
            return redirect("central_data:central-delivery", delivery.pk)
    context = {"set": data_set, "form": form}
    return render(request, "central_data/upload.html", context, status=422 if post else 200)


def _delivery(request: HttpRequest, pk: int) -> Delivery:
    return get_object_or_404(visible_deliveries(request.user, clock.today()), pk=pk)


@signed_in(*SEES_SETS)
@require_safe
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file says, row by row, the rows with problems first, beside what bodies have now."""
    delivery, day = _delivery(request, pk), clock.today()
    of = set_of(delivery)
    if of is None:
        raise Http404
    choice = asked_for(request, "")
    only = request.GET.get("only", "")
    rows = _rows(delivery, choice["text"], only_problems=only == "problems")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    newest = newest_of(of, [row["body"] for row in delivery.rows if row["body"]])
    kpis = kpis_of_set(of, Body.objects.filter(pk__in=[row["body"] for row in page.object_list]))
    context = choice | {
        "delivery": delivery,
        "set": of,
        "page": page,
        "only": only,
        "rows": [
            row | {"now": newest.get(row["body"]), "slips": _slips(row, kpis.get(row["body"]))}
            for row in page.object_list
        ],
        "sound": len(checks.sound_rows(delivery.rows, delivery.problems)),
        "events": timeline(delivery),
        "missing": _missing(delivery),
        "overrides": _overrides(delivery, newest),
        "seen": DELIVERY_LIFE.seen(delivery),
        "may": {
            name: bool(DELIVERY_LIFE.may(request.user, delivery, name, day))
            for name in ("publish", "discard")
        },
    }
    return render(request, "central_data/delivery.html", context)


def _slips(row: dict[str, Any], kpi: AgreedKpi | None) -> list[Slip]:
    """What looks like a slip of the hand in a sound row's value."""
    if kpi is None or row["problems"]:
        return []
    return slips_in(kpi, measured(kpi, checks.figure_of(row)), {}, kpi.targets)


def _rows(delivery: Delivery, text: str, *, only_problems: bool) -> list[dict[str, Any]]:
    """Rows that match, with their problems; those that have some come first."""
    problems_by_row: dict[int, list[Any]] = defaultdict(list)
    for problem in delivery.problems:
        problems_by_row[problem["row"]].append(checks.as_problem(problem))
    rows = [row | {"problems": problems_by_row.get(row["row"], [])} for row in delivery.rows]
    words = text.casefold().split()
    matches = [
        row
        for row in rows
        if (row["problems"] or not only_problems)
        and all(word in f"{row['code']} {row['name']}".casefold() for word in words)
    ]
    return sorted(matches, key=lambda row: (not row["problems"], row["row"]))


def _missing(delivery: Delivery) -> list[Body]:
    """The bodies that the file has no row for. One query or none."""
    codes = [
        code
        for problem in delivery.problems
        if problem["code"] == "central.missing"
        for code in problem["figures"]["bodies"]
    ]
    return list(Body.objects.filter(code__in=codes)) if codes else []


def _overrides(delivery: Delivery, newest: dict[int, Any]) -> dict[str, Any] | None:
    """How many rows would replace a value that was decided on an objection; none: None."""
    if delivery.state != "checking":
        return None
    codes = []
    for row in checks.sound_rows(delivery.rows, delivery.problems):
        now = newest.get(row["body"])
        new = (checks.figure_of(row), row["no_data"])
        if now is not None and now.objection_id and (now.value, now.no_data) != new:
            codes.append(now.body.code)
    more = "…" if len(codes) > MAX_LISTED else ""
    first_codes = ", ".join(codes[:MAX_LISTED]) + more
    return {"count": len(codes), "bodies": first_codes} if codes else None


@signed_in(Role.CENTRAL_OWNER)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    data_set = _delivery(request, pk)
    partial = request.POST.get("partial") == "yes"
    act = post_move(request, DELIVERY_LIFE, data_set, "publish", partial=partial)
    tell(request, "page.central_published", count=len(act.content))
    return redirect(
        "central_data:central-set", data_set.fiscal_year, data_set.round_id, data_set.rule_id
    )


@signed_in(Role.CENTRAL_OWNER)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    data_set = _delivery(request, pk)
    post_move(request, DELIVERY_LIFE, data_set, "discard")
    tell(request, "page.central_discarded")
    return redirect(
        "central_data:central-set", data_set.fiscal_year, data_set.round_id, data_set.rule_id
    )
