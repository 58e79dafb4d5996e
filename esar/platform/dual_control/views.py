"""Pages of acts of two administrators: ask for one, read it, approve or withdraw it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from esar.kernel.access import require
from esar.platform.dual_control.forms import DualForm
from esar.platform.dual_control.life import DUAL_LIFE
from esar.platform.dual_control.models import DualAct
from esar.platform.lifecycle.posting import possible, thing_or_404
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.queries import by_at_on, may_enter
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page, posted


@signed_in(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another administrator to approve what one does to an account."""
    person = get_object_or_404(Person, pk=pk, closed_on=None)
    require(DUAL_LIFE.may(request.user, DualAct(person=person), "begin", clock.today()))
    form = DualForm(posted(request))
    if form.is_valid():
        with form.refusing():
            draft = DualAct(person=person, **form.cleaned_data)
            act = DUAL_LIFE.move(draft, "begin", **by_at_on(request))
            return redirect(DUAL_LIFE.address(act.thing))
    return form_page(request, form, "dual_control/ask.html", {"someone": person})


@signed_in()
@require_safe
def dual(request: HttpRequest, pk: int) -> HttpResponse:
    act = thing_or_404(request, DUAL_LIFE, pk)
    sees_all = may_enter(request.user, clock.today(), reverse("dual_control:duals"))
    context = {"act": act, "life": DUAL_LIFE, "sees_all": sees_all} | possible(
        request, DUAL_LIFE, act
    )
    return render(request, "dual_control/dual.html", context)
