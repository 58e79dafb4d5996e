"""Pages of what is in force: for those who work on it, and for everyone."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from esar.organisations.models import Body
from esar.scorecards import agreements, permissions
from esar.scorecards.checks import has_rules
from esar.scorecards.forms import SignForm
from esar.scorecards.models import (
    ScorecardVersion,
    Signature,
)
from esar.scorecards.queries import (
    public_versions,
    public_years,
)
from esar.scorecards.views import scorecard_or_404
from esar.web import books, clock
from esar.web.doors import open_to_all, signed_in
from esar.web.lists import number_of


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version in force, or that was, as it was frozen; and recording who has signed it."""
    card = scorecard_or_404(request, pk)
    one = get_object_or_404(ScorecardVersion, scorecard=card, number=number)
    context = _agreement(card.body, one)
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        agreements.sign(
            one, name=form.cleaned_data["name"], signed_on=form.cleaned_data["signed_on"],
            by=request.user, at=clock.now(), on=clock.today(),  # type: ignore[arg-type]
        )  # fmt: skip
        return redirect("version", pk, number)
    may_sign = permissions.may_record_signature(request.user, card, clock.today())
    waiting = context["signers"][len(context["signatures"]) :]
    if may_sign and waiting and card.version == number:
        context |= {"form": form, "next_signer": waiting[0]}
    status = 422 if request.method == "POST" else 200
    return render(request, "scorecards/agreement.html", context, status=status)


@open_to_all
@require_safe
def agreement(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The agreed KPIs of a body for everyone, from the day the rules say. `?version=` for older."""
    body = get_object_or_404(Body.objects.select_related("parent"), code=code)
    found = list(public_versions(body, year, clock.today()))
    wanted = request.GET.get("version", "")
    if wanted:
        found = [one for one in found if one.number == number_of(wanted)]
    if not found:
        raise Http404
    context = _agreement(body, found[0])
    context["years"] = public_years(body, clock.today())
    return render(request, "scorecards/agreement.html", context)


def _agreement(body: Body, one: ScorecardVersion) -> dict[str, Any]:
    book = books.book(one.content["fiscal_year"])
    rules = book.on(book.year.last_day, body.kind) if book else None
    ladder = rules.the("ladder") if rules else None
    levels = ladder.value.levels if ladder else ()
    kpis = [
        kpi | {"labelled": list(zip_longest(levels, kpi["targets"]))} if kpi["targets"] else kpi
        for kpi in one.content["kpis"]
    ]
    others = ScorecardVersion.objects.filter(scorecard=one.scorecard_id).values_list(
        "number", flat=True
    )
    return {
        "body": body, "version": one, "kpis": kpis, "year": one.content["fiscal_year"],
        "levels": levels, "numbers": sorted(others),
        "is_demo": one.scorecard.is_demo, "signatures": Signature.objects.filter(version=one),
        "signers": agreements.signers_of(one.scorecard) if has_rules(one.scorecard) else [],
    }  # fmt: skip
