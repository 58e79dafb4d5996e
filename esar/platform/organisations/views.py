"""Pages of people: who they are, what they may do, how they are invited and closed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.platform.history.queries import timeline
from esar.platform.organisations import actions, holders, permissions
from esar.platform.organisations.forms import (
    MAX_REASON,
    EndForm,
    HolderForm,
    HoldersForm,
    MailForm,
    OrderForm,
    PasswordForm,
    PortfolioForm,
)
from esar.platform.organisations.models import (
    Appointment,
    Body,
    Delegation,
    OfficeHolder,
    Person,
    Portfolio,
    Role,
)
from esar.platform.organisations.queries import (
    appointments_of,
    by_at_on,
    holds,
    invited_people,
    visible_people,
)
from esar.platform.organisations.tables import PeopleList
from esar.platform.ui import clock
from esar.platform.ui.doors import open_to_all, signed_in
from esar.platform.ui.form_page import form_page, posted
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.lists import text_of
from esar.platform.ui.telling import tell
from esar.platform.ui.templatetags.words import name_of

INVITES = (Role.ADMINISTRATOR, Role.APPROVER, Role.SECRETARY)


@signed_in()
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """People one may look up, with their roles. Four queries, however many rows."""
    may_invite = bool(permissions.may_invite_someone(request.user, clock.today()))
    may_keep = bool(permissions.may_keep_registry(request.user, clock.today()))
    return PeopleList(request).answer(may_invite=may_invite, may_keep=may_keep)


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the first password; the token lets it be done once."""
    invited = actions.person_invited(token)
    data = request.POST if request.method == "POST" else None
    form = PasswordForm(data, person=invited)
    if request.method == "POST" and form.is_valid():
        actions.accept_invitation(invited, form.cleaned_data["password"], at=clock.now())
        tell(request, "page.password_set")
        return redirect("account_login")
    context = {"form": form, "invited": invited}
    return form_page(request, form, "organisations/invitation.html", context)


def _person(request: HttpRequest, pk: int) -> Person:
    return get_object_or_404(visible_people(request.user, clock.today()), pk=pk)


@signed_in()
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    person, day = _person(request, pk), clock.today()
    roles = [
        (role, role.lasts_on(day) and bool(permissions.may_end(request.user, role, day)))
        for role in appointments_of([person])[person.pk]
    ]
    is_administrator = holds(request.user, day, Role.ADMINISTRATOR, own=True)
    may_close = bool(permissions.may_close(request.user, person, day)) and person.closed_on is None
    context = {
        "someone": person,
        "appointments": roles,
        "may_close": may_close,
        "may_ask_second": is_administrator and person.closed_on is None,
        "is_invited": bool(permissions.may_withdraw_invitation(request.user, person, day))
        and invited_people(day).filter(pk=person.pk).exists(),
        "events": timeline(person),
    }
    return render(request, "organisations/person.html", context)


@signed_in(*INVITES)
@require_POST
def end_role(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    person = _person(request, pk)
    role = get_object_or_404(
        Appointment.objects.select_related("person", "body", "committee"),
        pk=appointment,
        person=person,
    )
    form, reason = EndForm(request.POST), text_of(request, "reason", MAX_REASON)
    form.is_valid()
    if "last_day" in form.errors:
        raise Refused([Problem("people.last_day_unreadable")])
    last = actions.end_role(
        role,
        **by_at_on(request),
        reason=reason,
        last=form.cleaned_data.get("last_day"),
    )
    if last < clock.today():
        tell(request, "page.role_ended")
    else:
        tell(request, "page.role_ends", day=last)
    return redirect("organisations:person", pk)


@signed_in(Role.ADMINISTRATOR)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    reason = text_of(request, "reason", MAX_REASON)
    actions.close_person(person, **by_at_on(request), reason=reason)
    tell(request, "page.person_closed")
    return redirect("organisations:person", pk)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: roles, delegations, mail, and the ways to password, 2FA and sessions."""
    person: Any = request.user
    data = request.POST if request.method == "POST" else None
    form = MailForm(data, initial={"mail": person.mail})
    if request.method == "POST" and form.is_valid():
        actions.choose_mail(person, form.cleaned_data["mail"], at=clock.now())
        tell(request, "page.account_saved")
        return redirect("organisations:account")
    day = clock.today()
    roles = [
        (
            role,
            bool(permissions.may_delegate(person, role, day)),
            bool(permissions.may_lay_down(person, role, day)),
            role.role == Role.ADMINISTRATOR and role.lasts_on(day),
        )
        for role in appointments_of([person])[person.pk]
    ]
    lent = Delegation.objects.filter(Q(appointment__person=person) | Q(taker=person))
    context = {
        "form": form,
        "today": day,
        "appointments": roles,
        "lent": lent.select_related("taker", "appointment__person"),
    }
    return render(request, "organisations/account.html", context)


@signed_in(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest, code: str) -> HttpResponse:
    """Who held office at a body, and a new holder."""
    body = get_object_or_404(Body, code=code)
    require(permissions.may_keep_registry(request.user, clock.today()))
    data = request.POST if request.method == "POST" else None
    form = HolderForm(data)
    if request.method == "POST" and form.is_valid():
        with form.refusing():
            actions.record_office_holder(body, **form.cleaned_data, **by_at_on(request))
            tell(request, "page.holder_recorded")
            return redirect("organisations:office", code)
    context = {"body": body, "form": form, "holders": OfficeHolder.objects.filter(body=body)}
    return form_page(request, form, "organisations/office.html", context)


@signed_in(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_portfolio(request: HttpRequest) -> HttpResponse:
    """Put a holder of office in charge of bodies, by an order."""
    require(permissions.may_keep_registry(request.user, clock.today()))
    form = PortfolioForm(posted(request))
    if form.is_valid():
        with form.refusing():
            many = actions.entrust(**form.cleaned_data, **by_at_on(request))
            tell(request, "page.portfolio_given", many=many)
            return redirect("organisations:portfolios")
    return form_page(request, form, "ui/form.html", {"title": lazy_say("page.portfolio_new")})


@signed_in(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the order of a portfolio that was written down by mistake."""
    require(permissions.may_keep_registry(request.user, clock.today()))
    portfolio = get_object_or_404(Portfolio.objects.select_related("body", "holder"), pk=pk)
    form = OrderForm(posted(request), initial={"order": portfolio.order, "seen": portfolio.order})
    if form.is_valid():
        with form.refusing():
            actions.correct_order(portfolio, **form.cleaned_data, **by_at_on(request))
            tell(request, "page.portfolio_corrected")
            return redirect("organisations:portfolios")
    title = lazy_say("page.portfolio_correct", (("body", name_of(portfolio.body)),))
    return form_page(request, form, "ui/form.html", {"title": title})


@signed_in(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def office_holders(request: HttpRequest) -> HttpResponse:
    """Holders of office of many bodies from a pasted list: a report by row, then all of them."""
    require(permissions.may_keep_registry(request.user, clock.today()))
    form = HoldersForm(request.POST if request.method == "POST" else None)
    rows: list[holders.HolderRow] = []
    refused: list[holders.HolderRow] = []
    if form.is_bound and form.is_valid():
        confirmed = "confirmed" in request.POST
        rows, refused = [], []
        try:
            rows = holders.read_holders(form.cleaned_data["rows"])
            refused = holders.record_holders(rows, **by_at_on(request), keep=confirmed)
        except Refused as error:
            form.refuse(error.problems)
        if confirmed and rows and not refused:
            tell(request, "page.holders_recorded", count=len(rows))
            return redirect("organisations:office-holders")
    problems = {row.number: row.problems for row in refused}
    context = {
        "form": form,
        "rows": [(row, problems.get(row.number, ())) for row in rows],
        "refused": len(refused),
    }
    status = 422 if refused or form.errors else 200
    return render(request, "organisations/holders.html", context, status=status)
