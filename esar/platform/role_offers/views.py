"""Pages of offers: invite somebody or offer a role, lend one's own, read an offer and answer it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.access import require
from esar.kernel.problems import Refused
from esar.kernel.wording import say
from esar.platform.lifecycle.posting import possible, thing_or_404
from esar.platform.organisations.forms import DelegateForm, EndForm, InviteForm
from esar.platform.organisations.interest import impartiality_on
from esar.platform.organisations.models import (
    Appointment,
    Delegation,
    Person,
    Role,
)
from esar.platform.organisations.permissions import (
    may_delegate,
    may_end_delegation,
    may_lay_down,
)
from esar.platform.organisations.queries import by_at_on, holds, person_of
from esar.platform.role_offers import actions
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.models import RoleOffer
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page, posted
from esar.platform.ui.telling import tell

INVITES = (Role.ADMINISTRATOR, Role.APPROVER, Role.SECRETARY)


@signed_in(*INVITES)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody, or offer a role to whoever has an account."""
    form = InviteForm(posted(request))
    if form.is_valid():
        try:
            return _invited(request, actions.invite(**form.cleaned_data, **by_at_on(request)))
        except Refused as refused:
            waiting = _waiting_for_mail(form.cleaned_data["email"], refused)
            if waiting is not None:
                return _invited(request, waiting)
            form.refuse(refused.problems)
    return form_page(request, form, "role_offers/invite.html", {})


def _waiting_for_mail(email: str, refused: Refused) -> Person | None:
    """Someone invited before who has no password yet: inviting again sends the mail again."""
    if [problem.code for problem in refused.problems] != ["people.has_role"]:
        return None
    invited = Person.objects.filter(email__iexact=email, is_active=True).first()
    return invited if invited is not None and not invited.has_usable_password() else None


def _invited(request: HttpRequest, begun: Person | RoleOffer) -> HttpResponse:
    """Have the link mailed to whoever has no password yet, and show what was begun."""
    person = begun.person if isinstance(begun, RoleOffer) else begun
    if not person.has_usable_password():
        actions.send_invitation(person)
        tell(request, "page.invited", name=person.name)
    else:
        tell(request, "page.role_offered", name=person.name)
    if isinstance(begun, RoleOffer):
        return redirect(ROLE_OFFER_LIFE.address(begun))
    return redirect("organisations:person", begun.pk)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def delegate(request: HttpRequest, appointment: int) -> HttpResponse:
    """Offer one of one's own roles to a stand-in for a period."""
    person: Any = request.user
    role = _own_role(request, appointment)
    require(may_delegate(person, role, clock.today()))
    form = DelegateForm(posted(request))
    if form.is_valid():
        choices = form.cleaned_data
        taker = Person.objects.filter(email__iexact=choices.pop("taker"), is_active=True).first()
        with form.refusing():
            if taker is None:
                figures, language = {"name": request.POST["taker"]}, get_language() or "th"
                form.add_error("taker", say("people.cannot_take", figures, language))
            else:
                offer = RoleOffer(
                    person=taker,
                    giver=person,
                    role=role.role,
                    body=role.body,
                    committee=role.committee,
                    lent=role,
                    **choices,
                )
                act = ROLE_OFFER_LIFE.move(offer, "begin", **by_at_on(request))
                tell(request, "page.role_offered", name=taker.name)
                return redirect(ROLE_OFFER_LIFE.address(act.thing))
    most = impartiality_on(clock.today()).value.lent_days
    context = {"form": form, "role": role, "most": most}
    return form_page(request, form, "role_offers/delegate.html", context)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def lay_down(request: HttpRequest, appointment: int) -> HttpResponse:
    """Give up one of one's own roles."""
    role = _own_role(request, appointment)
    require(may_lay_down(request.user, role, clock.today()))
    form = EndForm(posted(request))
    if form.is_valid():
        reason, last = form.cleaned_data["reason"], form.cleaned_data["last_day"]
        with form.refusing():
            last = actions.lay_down(role, **by_at_on(request), reason=reason, last=last)
            tell(request, "page.role_laid_down", day=last)
            return redirect("organisations:account")
    return form_page(request, form, "role_offers/lay_down.html", {"role": role})


def _own_role(request: HttpRequest, pk: int) -> Appointment:
    roles = Appointment.objects.select_related("person", "body", "committee")
    return get_object_or_404(roles, pk=pk, person=person_of(request))


@signed_in()
@require_POST
def delegation_end(request: HttpRequest, delegation: int) -> HttpResponse:
    """Either of the two ends it; an administrator may."""
    person: Any = request.user
    day = clock.today()
    own = Q(appointment__person=person) | Q(taker=person)
    visible = Q() if holds(person, day, Role.ADMINISTRATOR, own=True) else own
    lent = Delegation.objects.filter(visible).select_related("appointment__person", "taker")
    lending = get_object_or_404(lent, pk=delegation)
    require(may_end_delegation(person, lending, day))
    actions.end_delegation(lending, **by_at_on(request))
    tell(request, "page.delegation_ended")
    return redirect("organisations:account")


@signed_in()
@require_safe
def role_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer: which role, where, from when, by whom; and its answer."""
    offer = thing_or_404(request, ROLE_OFFER_LIFE, pk)
    context = {"offer": offer, "life": ROLE_OFFER_LIFE}
    context |= possible(request, ROLE_OFFER_LIFE, offer)
    return render(request, "role_offers/role_offer.html", context)
