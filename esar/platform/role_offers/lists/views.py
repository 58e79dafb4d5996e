"""Pages of people in bulk: a list looked at and taken in, invitations sent again or withdrawn."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from esar.kernel.access import require
from esar.platform.organisations.forms import MAX_REASON
from esar.platform.organisations.models import Person, Role
from esar.platform.organisations.permissions import may_keep_people
from esar.platform.organisations.queries import by_at_on, invited_people, person_of
from esar.platform.role_offers import actions
from esar.platform.role_offers.lists.actions import preview, take_in, token_of
from esar.platform.role_offers.lists.forms import PeopleListForm
from esar.platform.role_offers.lists.rows import PersonRow
from esar.platform.role_offers.lists.sheet import LISTING, ORDER
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import posted
from esar.platform.ui.lists import text_of
from esar.platform.ui.telling import tell

ADMINISTRATOR = signed_in(Role.ADMINISTRATOR)
KINDS = ("new", "changed", "same")
AGAIN_AFTER = timedelta(days=1)  # to all: nobody is written to twice by two presses


@ADMINISTRATOR
@require_http_methods(["GET", "HEAD", "POST"])
def people_list(request: HttpRequest) -> HttpResponse:
    """People with roles from a list: every row is shown first, then all are taken in or none."""
    require(may_keep_people(request.user, clock.today()))
    form = PeopleListForm(posted(request), request.FILES or None)
    rows: list[PersonRow] = []
    if form.is_valid():
        with form.refusing():
            text = form.text()
            rows = preview(text, by=person_of(request), on=clock.today())
            if "confirmed" in request.POST and not any(row.problems for row in rows):
                take_in(text, seen=request.POST.get("seen", ""), **by_at_on(request))
                changed = [row for row in rows if row.kind != "same"]
                tell(request, "people-list.taken_in", count=len(changed))
                return redirect("role_offers:by-body")
    wrong = [row for row in rows if row.problems]
    context = {
        "form": form,
        "rows": sorted(rows, key=lambda row: (not row.problems, row.row)),
        "wrong": len(wrong),
        "kinds": [
            (kind, sum(row.kind == kind for row in rows if not row.problems)) for kind in KINDS
        ],
        "seen": token_of(rows),
        "columns": [LISTING.columns[key] for key in ORDER],
        "roles": [role for role in Role.values if role != Role.ADMINISTRATOR],
    }
    is_refused = bool(wrong) or (form.is_bound and bool(form.errors))
    status = 422 if is_refused else 200
    return render(request, "role_offers/people_list.html", context, status=status)


@ADMINISTRATOR
@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest) -> HttpResponse:
    """Send the invitations that nobody has answered again, from a page that names all of them."""
    require(may_keep_people(request.user, clock.today()))
    people = list(invited_people(clock.today()).order_by("name_key", "pk"))
    if request.method == "POST":
        count = actions.send_again(people, **by_at_on(request), within=AGAIN_AFTER)
        tell(request, "page.invited_again", count=count)
        return redirect("role_offers:by-body")
    return render(request, "role_offers/send_again.html", {"people": people})


def _invited(request: HttpRequest, pk: int) -> Person:
    require(may_keep_people(request.user, clock.today()))
    return get_object_or_404(Person, pk=pk)


@ADMINISTRATOR
@require_POST
def send_again_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one invitation again."""
    actions.send_again([_invited(request, pk)], **by_at_on(request))
    tell(request, "page.invited_again", count=1)
    return redirect("organisations:person", pk)


@ADMINISTRATOR
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an invitation that nobody has answered."""
    reason = text_of(request, "reason", MAX_REASON)
    actions.withdraw_invitation(_invited(request, pk), **by_at_on(request), reason=reason)
    tell(request, "page.invitation_withdrawn")
    return redirect("organisations:person", pk)
