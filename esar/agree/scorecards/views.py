"""Pages of scorecards: load what is visible, ask, act, answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.agendas.actions import report_by
from esar.agree.agendas.queries import holdings_of
from esar.agree.indexes.queries import indexes_by_code
from esar.agree.indicators.models import TEMPLATE_FIELDS, Indicator, IndicatorVersion
from esar.agree.indicators.queries import library
from esar.agree.scorecards import actions, permissions
from esar.agree.scorecards.checks import (
    check,
    completeness,
    components_with_kinds,
    has_action_plan,
    has_rules,
    homes_of_kinds,
    last_years_kpis,
    library_for,
    next_number,
    rule_of,
    rules_of,
    weighs,
)
from esar.agree.scorecards.content import agreed, agreed_kpi, binding, content, kpi_content, kpis_of
from esar.agree.scorecards.counted_weights import weights_now
from esar.agree.scorecards.forms import KpiForm, OfferForm
from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.grouping import Group, by_component
from esar.agree.scorecards.kpi_findings import findings_in, findings_of_new, is_of_kpi
from esar.agree.scorecards.kpi_steps import (
    Gap,
    Step,
    course_of,
    gaps_in,
    says_something,
    step_of,
    weight_room,
)
from esar.agree.scorecards.life import SCORECARD_LIFE, parts_of
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.agree.scorecards.queries import (
    acts_of,
    has_list,
    last_year_of,
    offers_of,
    route_of,
    unlisted,
    versions_of,
    visible_scorecards,
)
from esar.agree.scorecards.signals import strategic_kpis_for
from esar.agree.scorecards.states import State
from esar.agree.scorecards.tables import ScorecardList
from esar.kernel import spelling
from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import Word, problem_words
from esar.law.rules.book import Rules
from esar.law.rules.kinds import KpiKind
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.drafts import Conflict, mark_of
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, by_at_on, holds, person_of
from esar.platform.ui import books, clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.lists import chosen_of, number_of, numbers_of
from esar.platform.ui.telling import tell, tell_many, tell_to_note
from esar.platform.ui.year import chosen_year

BULK_MOVES = ("collect", "inform")


def scorecard_or_404(request: HttpRequest, pk: int) -> Scorecard:
    return get_object_or_404(visible_scorecards(request.user, clock.today()), pk=pk)


def _kpi(scorecard: Scorecard, number: str) -> Kpi:
    kpis = Kpi.objects.select_related("template__indicator")
    return get_object_or_404(kpis, scorecard=scorecard, number=number)


@signed_in()
@require_safe
def scorecards(request: HttpRequest) -> HttpResponse:
    """Every scorecard one may see. A constant number of queries."""
    day, year = clock.today(), chosen_year(request)
    bulk = BULK_MOVES if holds(request.user, day, Role.ANALYST) else ()
    own = Body.objects.filter(pk__in=bodies_of(request.user, day, Role.REPORTER))
    begun = Scorecard.objects.filter(fiscal_year=year, body__in=own).values("body")
    to_open = [body for body in own.exclude(pk__in=begun) if books.is_for(year, body.kind, day)]
    return ScorecardList(request, picks=bool(bulk)).answer(bulk=bulk, to_open=to_open)


@signed_in(Role.REPORTER, Role.ADMINISTRATOR)
@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    body = get_object_or_404(Body, code=request.POST.get("body", ""))
    number = number_of(request.POST.get("year", "")[:4]) or chosen_year(request)
    person: Any = request.user
    scorecard = actions.open_scorecard(body, number, **by_at_on(request), is_demo=person.is_demo)
    tell(request, "page.opened")
    return redirect("scorecards:scorecard-work", scorecard.pk)


@signed_in()
@require_safe
def scorecard(request: HttpRequest, pk: int) -> HttpResponse:
    """One scorecard with all that is known of it, and what one may do."""
    card, day = scorecard_or_404(request, pk), clock.today()
    kpis = kpis_of(card)
    offers = offers_of(card)
    ruled = has_rules(card)
    context = {
        "card": card,
        "groups": _groups(card, kpis, offers, rules_of(card)[1] if ruled else None),
        "offers": offers,
        "weighs": not ruled or weighs(rules_of(card)[1]),
        "binding": binding(card, kpis),
        "versions": versions_of(card),
        "events": timeline(card)[:50],
        "route": _route(card) if ruled else [],
        "moves": SCORECARD_LIFE.possible_moves(request.user, card, day) if ruled else [],
        "seen": SCORECARD_LIFE.seen(card, parts_of(content(card, kpis))),
        "may_edit": bool(ruled and permissions.may_edit(request.user, card, day)),
        "may_offer": bool(ruled and SCORECARD_LIFE.may(request.user, card, "return", day)),
        "may_ask": bool(ruled and permissions.may_ask_change(request.user, card, day)),
        "total": _total(kpis),
        "has_rules": ruled,
        "has_action_plan": ruled and has_action_plan(rules_of(card)[1]),
        "has_templates": card.state == State.IN_FORCE and rule_of(card) is not None,
    }
    if ruled:
        context |= _checked(card, kpis)
    return render(request, "scorecards/scorecard.html", context)


def _groups(
    card: Scorecard, kpis: list[Kpi], offers: dict[str, Any], rules: Rules | None
) -> list[Group]:
    """The KPIs under the year's components; all in one group where the year has no rules."""
    weights = weights_now(card, kpis)
    codes = {kpi.number: agreed_kpi(kpi).indexes for kpi in kpis}
    indexes = indexes_by_code(code for own in codes.values() for code in own)
    rows = [
        {
            "kpi": kpi,
            "complete": completeness(kpi, rules),
            "offers": offers.get(kpi.number, []),
            "weight": weights[kpi.number],
            "indexes": [indexes[code] for code in codes[kpi.number] if code in indexes],
        }
        for kpi in kpis
    ]
    if rules is None:
        return [Group(None, rows)] if rows else []
    return by_component(rules, rows, lambda row: row["kpi"].component)


def _total(kpis: list[Kpi]) -> Any:
    from esar.law.rules.numbers import exact_sum

    return exact_sum([kpi.weight for kpi in kpis if kpi.weight is not None])


def _checked(card: Scorecard, kpis: list[Kpi]) -> dict[str, Any]:
    problems, warnings = check(card, kpis)
    findings = findings_in(agreed(card, kpis).kpis, last_year_of([card])[card.pk])
    return {
        "problems": problems,
        "warnings": warnings,
        "findings": findings,
        "weighs": weighs(rules_of(card)[1]),
        "unlisted": _unlisted(card, kpis),
    }


def _unlisted(card: Scorecard, kpis: list[Kpi]) -> list[str] | None:
    """The KPIs that must be negotiated; None where that is no question, or is settled."""
    matters = has_list(card) and not card.approved_sha256
    return unlisted(kpis, card.fiscal_year) if matters else None


def _route(card: Scorecard) -> list[tuple[str, str]]:
    """The states of the route in order, each "past", "now" or "to come"."""
    route = route_of(card)
    acts = acts_of(card, route) if route else []
    states = [State.DRAFT, State.PROPOSED, *acts, State.IN_FORCE]
    now = states.index(card.state) if card.state in states else 0
    return [
        (state, "past" if place < now else "now" if place == now else "ahead")
        for place, state in enumerate(states)
    ]


@signed_in()
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    post_move(request, SCORECARD_LIFE, scorecard_or_404(request, pk), name)
    tell(request, "page.moved", action=Word(f"action.{name}"))
    still_visible = visible_scorecards(request.user, clock.today()).filter(pk=pk).exists()
    return redirect("scorecards:scorecard-work", pk) if still_visible else redirect("worklist:desk")


@signed_in(Role.ANALYST)
@require_POST
def move_many(request: HttpRequest) -> HttpResponse:
    """One move for many scorecards, each with the checks of a single one."""
    name = request.POST.get("move", "")
    if name not in BULK_MOVES:
        raise Http404
    chosen = numbers_of(request, "scorecard")
    count, failed = 0, []
    for card in visible_scorecards(request.user, clock.today()).filter(pk__in=chosen):
        try:
            SCORECARD_LIFE.move(
                card,
                name,
                **by_at_on(request),
                seen=request.POST.get(f"seen-{card.pk}", ""),
            )
            count += 1
        except Refused as refused:
            failed.append((card.body.name_th, refused.problems))
    tell_many(request, count, failed)
    return redirect("scorecards:scorecards")


@contextmanager
def _refusals_logged(card: Scorecard, action: str, by: Any) -> Iterator[None]:
    """An attempt to change what a resolution binds is refused, and stands in the log."""
    try:
        yield
    except Refused as refused:
        actions.record_refusal(card, action, refused.problems, by=by, at=clock.now())
        raise


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_kpi(
    request: HttpRequest, pk: int, number: str = "", step: Step = Step.WHAT
) -> HttpResponse:
    """A step of a KPI: of a new one (from the library with `?from=`) the first, of one any."""
    card = scorecard_or_404(request, pk)
    kpi = _kpi(card, number) if number else None
    if request.method != "POST":
        require(permissions.may_edit(request.user, card, clock.today()))
    form = _kpi_form(request, card, kpi)
    if is_autosave(request) and request.method == "POST" and kpi:
        return _autosaved(request, card, kpi, form)
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            with _refusals_logged(card, "edit", request.user):
                saved = _saved(request, card, kpi, form)
            tell(request, "page.kpi_saved", number=saved.number)
            return redirect(_address_after(saved, step))
    elif request.method == "POST":
        form.refuse(_also_wrong(request, card, kpi, form))
    if kpi is not None:
        elsewhere = (name for name in form.fields if step_of(name) is not step)
        form.elsewhere = {name: _address_of(kpi, step_of(name)) for name in elsewhere}
    back = _address_of(kpi, step.before) if kpi and step.before else ""
    context = {"step": step, "back": back, **_kpi_state(card, kpi, form)}
    return form_page(request, form, "scorecards/kpi.html", context)


def _address_of(kpi: Kpi, step: Step) -> str:
    name = "edit" if step is Step.WHAT else step
    return reverse(f"scorecards:kpi-{name}", args=[kpi.scorecard_id, kpi.number])


def _address_after(kpi: Kpi, step: Step) -> str:
    """The next step, and after the last the scorecard."""
    if step.after is not None:
        return _address_of(kpi, step.after)
    return reverse("scorecards:scorecard-work", args=[kpi.scorecard_id])


def _kpi_state(card: Scorecard, kpi: Kpi | None, form: KpiForm) -> dict[str, Any]:
    """How far a KPI is with what is typed, step by step, and what the rules say of the rest."""
    kpis = _as_typed(card, kpi, form)
    typed, rules = kpis[-1], rules_of(card)[1]
    checked = _checked(card, kpis)
    gaps = gaps_in(typed, checked["problems"], rules, get_language() or "th")
    wrong = {step_of(name) for name in form.errors if name in form.fields}
    return {
        "card": card,
        "kpi": kpi,
        "typed": typed,
        "steps": [_standing(kpi, typed, step, gaps, wrong) for step in Step],
        "gaps": gaps,
        "room": weight_room(kpis, typed, rules),
        "course": course_of(typed, card.fiscal_year, form.years, rules),
        "own_notes": [
            problem
            for problem in checked["warnings"] + checked["findings"]
            if is_of_kpi(problem, typed.number)
        ],
        **checked,
        "total": _total(kpis),
        "unsaved": kpi is None or bool(form.errors),
    }


def _standing(
    kpi: Kpi | None, typed: Kpi, step: Step, gaps: list[Gap], wrong: Collection[Step]
) -> dict[str, Any]:
    """A step in the row of steps: its address, and whether something is missing in it."""
    missing = [gap for gap in gaps if gap.step is step]
    look = "missing" if missing or step in wrong else "done"
    if look == "done" and step is Step.LINKS and not says_something(typed, step):
        look = "optional"
    return {
        "step": step,
        "address": _address_of(kpi, step) if kpi else "",
        "look": look if kpi else "to-come",
        "missing": missing,
    }


def _also_wrong(
    request: HttpRequest, card: Scorecard, kpi: Kpi | None, form: KpiForm
) -> list[Problem]:
    """What the action would refuse besides what could not be read."""
    by, on = person_of(request), clock.today()
    problems = actions.why_not_saved(card, form.cleaned_data, kpi, by=by, on=on)
    actions.record_refusal(card, "edit", tuple(problems), by=by, at=clock.now())
    return problems


def _autosaved(request: HttpRequest, card: Scorecard, kpi: Kpi, form: KpiForm) -> JsonResponse:
    """Save a KPI while it is written: its new mark, or why not. Its number waits for the button."""
    language = get_language() or "th"
    if not form.is_valid():
        form.cleaned_data["number"] = kpi.number
        form.refuse(_also_wrong(request, card, kpi, form))
        return JsonResponse({"problems": form.told_errors()}, status=422)
    try:
        saved = _saved(request, card, kpi, form)
    except Refused as refused:
        form.show_refusal(refused)
        sentences = [problem_words(problem, language) for problem in refused.problems]
        answer = {"problems": sentences}
        if isinstance(refused, Conflict):
            html = render_to_string("ui/_kept_beside.html", {"form": form}, request)
            return JsonResponse(answer | {"html": html}, status=409)
        return JsonResponse(answer, status=422)
    return JsonResponse({"revision": mark_of(kpi_content(saved)), "figures": form.figures()})


def _kpi_form(request: HttpRequest, card: Scorecard, kpi: Kpi | None) -> KpiForm:
    _, rules = rules_of(card)
    template = None
    source = number_of(request.GET.get("from", ""))
    if kpi is None and source is not None:
        template = get_object_or_404(library(body=card.body_id, year=card.fiscal_year), pk=source)
    options: dict[str, Any] = {
        "rules": rules,
        "year": card.fiscal_year,
        "kpi": kpi,
        "template": template,
        "initial": {} if kpi else _initial_of_new(card, template),
        "strategic": strategic_kpis_for(card),
        "holdings": holdings_of(card.body, card.fiscal_year),
    }
    stored = KpiForm(**options)
    if request.method != "POST":
        return stored
    return KpiForm(stored.with_sent(request.POST), sent=request.POST, **options)


@transaction.atomic
def _saved(request: HttpRequest, card: Scorecard, kpi: Kpi | None, form: KpiForm) -> Kpi:
    """Save a KPI, and by it the sub-indicator that it reports."""
    fields = form.cleaned_data | ({"number": kpi.number} if kpi and is_autosave(request) else {})
    saved = actions.save_kpi(card, fields, **by_at_on(request), kpi=kpi)
    indicator = saved.template.indicator
    report_by(indicator, form.holding, form.holding_before, **by_at_on(request))
    return saved


def is_autosave(request: HttpRequest) -> bool:
    return request.headers.get("X-Autosave") == "1"


def _initial_of_new(card: Scorecard, template: IndicatorVersion | None) -> dict[str, str]:
    """A free number; and the body answers for what no one else is said to answer for."""
    return {"number": _next_number(card), "owner": actions.owner_of(template, card)}


def _next_number(card: Scorecard) -> str:
    """The first number that is free in the first component that a body fills."""
    homes = components_with_kinds(rules_of(card)[1])
    return next_number(
        homes[0].value.number if homes else "1", {kpi.number for kpi in kpis_of(card)}
    )


@signed_in(Role.REPORTER)
@require_POST
def check_kpi(request: HttpRequest, pk: int, number: str = "") -> HttpResponse:
    """What the rules say of the scorecard with what is being typed. Saves nothing."""
    card = scorecard_or_404(request, pk)
    kpi = _kpi(card, number) if number else None
    form = _kpi_form(request, card, kpi)
    form.is_valid()
    name = request.GET.get("step", "")
    step = Step(name) if name in set(Step) else Step.WHAT
    context = {"step": step, **_kpi_state(card, kpi, form)}
    return render(request, "scorecards/_kpi_state.html", context)


def _as_typed(card: Scorecard, kpi: Kpi | None, form: KpiForm) -> list[Kpi]:
    """The KPIs of a scorecard with this one as its form has it, which comes last."""
    if not form.is_bound and kpi is not None:
        return [*(other for other in kpis_of(card) if other.pk != kpi.pk), kpi]
    data = form.cleaned_data if form.is_bound else form.initial
    text = {field: data.get(field) or "" for field in TEMPLATE_FIELDS}
    text |= {
        "baseline": data.get("baseline") or [],
        "method": text["method"] or "ladder",
        "per": text["per"] or "100",
        "accumulation": text["accumulation"] or "last",
    }
    source = kpi.template if kpi else form.template_version
    indicator = source.indicator if source else Indicator(code="")
    typed = Kpi(
        scorecard=card,
        number=data.get("number") or "?",
        component=data.get("component") or "",
        kind=data.get("kind") or "",
        weight=data.get("weight"),
        targets=data.get("targets") or [],
        rounds=data.get("rounds") or [],
        items=data.get("items") or [],
        answers=data.get("answers") or [],
        evidence_plan=data.get("evidence_plan") or "",
        template=IndicatorVersion(indicator=indicator, number=1, **text),
    )
    other_kpis = [one for one in kpis_of(card) if kpi is None or one.pk != kpi.pk]
    return [*other_kpis, typed]


@signed_in(Role.REPORTER)
@require_POST
def remove_kpi(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    card = scorecard_or_404(request, pk)
    person: Any = request.user
    with _refusals_logged(card, "remove", person):
        kpi = _kpi(card, number)
        actions.remove_kpi(card, kpi, **by_at_on(request))
    tell(request, "page.kpi_removed", number=number)
    return redirect("scorecards:scorecard-work", pk)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def reuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Last year's KPIs with ticks, their old and new numbers, and why one cannot be taken over."""
    card, person = scorecard_or_404(request, pk), person_of(request)
    require(permissions.may_edit(person, card, clock.today()))
    rows = last_years_kpis(card)
    chosen = {row.kpi.pk: row.number for row in rows if not row.why_not}
    numbers = {row.kpi.pk: row.number for row in rows}
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        numbers = {pk: spelling.number(request.POST.get(f"number-{pk}", "")) for pk in numbers}
        chosen = {pk: numbers[pk] for pk in numbers_of(request, "kpi") if pk in numbers}
        try:
            chosen_of(request, "kpi", numbers)
            with _refusals_logged(card, "reuse", person):
                count = actions.reuse_last_year(card, chosen, **by_at_on(request))
            tell(request, "page.reused", count=count)
            return redirect("scorecards:scorecard-work", pk)
        except Refused as refused:
            problems = refused.problems
    context = {
        "card": card,
        "rows": [(row, row.kpi.pk in chosen, numbers[row.kpi.pk]) for row in rows],
        "year_before": card.fiscal_year - 1,
        "problems": problems,
    }
    status = 422 if problems else 200
    return render(request, "scorecards/reuse.html", context, status=status)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def take_from_library(request: HttpRequest, pk: int) -> HttpResponse:
    """The library with ticks: what each says already, and why one cannot be taken."""
    card, person = scorecard_or_404(request, pk), person_of(request)
    require(permissions.may_edit(person, card, clock.today()))
    offers = library_for(card)
    kinds: dict[int, str] = {}
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        versions = {one.template.pk for one in offers}
        chosen = [pk for pk in numbers_of(request, "kpi") if pk in versions]
        kinds = {pk: request.POST.get(f"kind-{pk}", "") for pk in chosen}
        try:
            chosen_of(request, "kpi", versions)
            with _refusals_logged(card, "library", person):
                count = actions.take_from_library(card, kinds, **by_at_on(request))
            tell(request, "page.reused", count=count)
            return redirect("scorecards:scorecard-work", pk)
        except Refused as refused:
            problems = refused.problems
    rules = rules_of(card)[1]
    context = {
        "card": card,
        "rows": [(one, one.template.pk in kinds, kinds.get(one.template.pk)) for one in offers],
        "can_be_taken": any(one.why_not is None for one in offers),
        "kinds": [rule for rule in rules.of_kind(KpiKind) if rule.id in homes_of_kinds(rules)],
        "problems": problems,
    }
    status = 422 if problems else 200
    return render(request, "scorecards/take.html", context, status=status)


def _offered(request: HttpRequest, card: Scorecard, kpi: Kpi, form: OfferForm) -> bool:
    """Record the offer; a refusal is shown on the form, which keeps what was typed."""
    if not form.is_valid():
        problems = actions.problems_of_offer(card, kpi, **form.terms)
        form.refuse(form.sure(problems))
        return False
    try:
        actions.counter(card, kpi, **form.terms, **by_at_on(request))
    except Refused as refused:
        form.refuse(refused.problems)
        return False
    return True


@signed_in(Role.SECRETARY)
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """The committee's counter-offer for one KPI."""
    card = scorecard_or_404(request, pk)
    kpi = _kpi(card, number)
    require(SCORECARD_LIFE.may(request.user, card, "return", clock.today()))
    data = request.POST if request.method == "POST" else None
    form = OfferForm(data, rules=rules_of(card)[1], kpi=kpi)
    if request.method == "POST" and _offered(request, card, kpi, form):
        tell(request, "page.offer_made")
        tell_to_note(request, _findings_of_offer(card, kpi, form))
        return redirect("scorecards:scorecard-work", pk)
    context = {"card": card, "kpi": kpi, "form": form, "offers": offers_of(card).get(number, [])}
    return form_page(request, form, "scorecards/offer.html", context)


def _findings_of_offer(card: Scorecard, kpi: Kpi, form: OfferForm) -> list[Problem]:
    """What the audit finds in the KPI as it is offered to be. One query."""
    before, terms = kpi_content(kpi), form.terms
    levels = {name: terms[name] or before.get(name, []) for name in ("targets", "rounds", "items")}
    after = AgreedKpi.from_json(before | levels)
    return findings_of_new(agreed_kpi(kpi), after, last_year_of([card])[card.pk])
