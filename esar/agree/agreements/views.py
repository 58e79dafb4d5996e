"""Pages of what is in force: for those who work on it, and for everyone."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from esar.agree.agreements import actions
from esar.agree.agreements.forms import ActionPlanForm, SignForm
from esar.agree.agreements.permissions import may_record_signature
from esar.agree.agreements.queries import public_versions, public_years, signing_parts
from esar.agree.scorecards.checks import has_action_plan, has_rules, rules_of, signers_of
from esar.agree.scorecards.content import agreed
from esar.agree.scorecards.counted_weights import weights_of
from esar.agree.scorecards.frozen import AgreedScorecard
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard, ScorecardVersion
from esar.agree.scorecards.permissions import may_edit
from esar.agree.scorecards.queries import signatures_of
from esar.agree.scorecards.states import State
from esar.agree.scorecards.views import scorecard_or_404
from esar.kernel.access import require
from esar.law.rules.kinds import Component, Ladder, Statement
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import by_at_on
from esar.platform.ui import books, clock
from esar.platform.ui.doors import open_to_all, signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.lists import number_of
from esar.platform.ui.telling import tell


@signed_in()
@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version in force, or that was, as it was frozen."""
    card = scorecard_or_404(request, pk)
    agreed_version = get_object_or_404(ScorecardVersion, scorecard=card, number=number)
    return render(request, "agreements/agreement.html", _of_version(agreed_version))


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement that waits for its signatures, part by part; and recording who has signed."""
    card = scorecard_or_404(request, pk)
    if not has_rules(card) or card.state != State.SIGN:
        raise Http404
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            actions.sign(
                card,
                name=form.cleaned_data["name"],
                signed_on=form.cleaned_data["signed_on"],
                **by_at_on(request),
                seen=form.cleaned_data["seen"],
            )
            return redirect("agreements:signing", pk)
    present = agreed(card)
    context = _agreement(card, present, card.approved_sha256, card.approved_sha256)
    may_sign = may_record_signature(request.user, card, clock.today())
    waiting = context["signers"][len(context["signatures"]) :]
    parts = signing_parts(present.to_json(), context["signatures"])
    form.initial["seen"] = SCORECARD_LIFE.seen(card, parts)
    context |= {
        "form": form if form.is_bound or (may_sign and waiting) else None,
        "next_signer": waiting[0] if waiting else "",
        "is_signed_now": True,
    }
    return form_page(request, form, "agreements/agreement.html", context)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def action_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The action plan that the agreement rests on: vision, strategic issues, aims."""
    card = scorecard_or_404(request, pk)
    if not has_rules(card) or not has_action_plan(rules_of(card)[1]):
        raise Http404
    require(may_edit(request.user, card, clock.today()))
    form = ActionPlanForm(
        request.POST if request.method == "POST" else None,
        initial=card.action_plan | {"seen": mark_of(card.action_plan)},
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            actions.save_action_plan(card, form.cleaned_data, **by_at_on(request))
            tell(request, "page.action_plan_saved")
            return redirect("scorecards:scorecard-work", pk)
    context = {"card": card, "form": form}
    return form_page(request, form, "agreements/action_plan.html", context)


@open_to_all
@require_safe
def agreement(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The agreed KPIs of a body for everyone, from the day the rules say. `?version=` for older."""
    body = get_object_or_404(Body.objects.select_related("parent"), code=code)
    versions = list(public_versions(body, year, clock.today()))
    number = request.GET.get("version", "")
    if number:
        versions = [one for one in versions if one.number == number_of(number)]
    if not versions:
        raise Http404
    context = _of_version(versions[0])
    context["years"] = public_years(body, clock.today())
    return render(request, "agreements/agreement.html", context)


def _of_version(version: ScorecardVersion) -> dict[str, Any]:
    numbers = ScorecardVersion.objects.filter(scorecard=version.scorecard_id).values_list(
        "number", flat=True
    )
    signed = ScorecardVersion.objects.get(scorecard=version.scorecard_id, number=1)
    context = {"version": version, "numbers": sorted(numbers)}
    return context | _agreement(version.scorecard, version.agreed, version.sha256, signed.sha256)


def _agreement(
    card: Scorecard, present: AgreedScorecard, sha256: str, signed: str
) -> dict[str, Any]:
    """What an agreement says, part by part where the year names its parts.

    `signed` is the digest of what was signed: the first version; later ones are not signed again.
    """
    book = books.book(card.fiscal_year)
    rules = book.on(book.year.last_day, card.body.kind) if book else None
    ladder = rules.the(Ladder) if rules else None
    levels = ladder.value.levels if ladder else ()
    weights = weights_of(present, card.body)
    kpis = [
        content
        | {"counts": weights[kpi.number], "items": kpi.items}
        | ({"labelled": list(zip_longest(levels, kpi.targets))} if kpi.targets else {})
        for kpi, content in zip(present.kpis, present.to_json()["kpis"], strict=True)
    ]
    parts = rules.get("agreement.parts", Statement) if rules else None
    return {
        "card": card,
        "body": card.body,
        "kpis": kpis,
        "year": card.fiscal_year,
        "levels": levels,
        "sha256": sha256,
        "rulebook_sha256": book.sha256 if book else "",
        "is_demo": card.is_demo,
        "signatures": signatures_of(card, signed),
        "signers": signers_of(card) if has_rules(card) else [],
        "parts": parts.value.items if parts else (),
        "pledge": rules.get("agreement", Statement) if rules else None,
        "fiscal_year": book.year if book else None,
        "action_plan": present.action_plan,
        "components": list(rules.of_kind(Component)) if rules else [],
    }
