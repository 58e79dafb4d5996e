"""Pages of requests for a later day: the list, one to write, one to read and decide."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.platform.calendars.queries import entries
from esar.platform.history.queries import timeline
from esar.platform.lifecycle.posting import post_move
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, person_of, sees_everything
from esar.platform.ui import clock
from esar.platform.ui.cells import state_mark
from esar.platform.ui.doors import signed_in
from esar.platform.ui.forms import DayText, Form
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import FIRST, Column, Field, ListPage
from esar.platform.ui.telling import tell
from esar.platform.ui.templatetags.words import day, name_of
from esar.platform.ui.year import chosen_year
from esar.report.extensions import actions
from esar.report.extensions.life import EXTENSION_LIFE
from esar.report.extensions.models import ExtensionRequest

WHO = (Role.REPORTER, Role.APPROVER, Role.ADMINISTRATOR, Role.ANALYST, Role.AUDITOR)


def visible(request: HttpRequest) -> QuerySet[ExtensionRequest]:
    """OPDC sees every request, a body its own. One query."""
    person, today = person_of(request), clock.today()
    requests = ExtensionRequest.objects.select_related("body")
    if sees_everything(person, today):
        return requests
    return requests.filter(body__in=bodies_of(person, today, Role.REPORTER, Role.APPROVER))


class ExtensionList(ListPage[ExtensionRequest]):
    """Every request one may see."""

    title, empty = _("page.extensions"), _("page.extensions_none")
    name, address, sort = "esar-extensions", "extensions:extensions-export", "-since"
    columns = (
        Column("body", _("label.body"), as_=name_of, link="extensions:extension", phone=FIRST),
        Column("last_day", _("label.last_day"), as_=day, sort="last_day"),
        Column("state", _("page.state"), as_=state_mark("extension-state"), phone=FIRST),
    )
    fields = (
        Field("body", _("label.body"), "body.code"),
        Field("entry", _("label.entry"), "rule_id"),
        Field("last_day", _("label.last_day")),
        Field("state", _("page.state")),
        Field("reason", _("label.reason")),
    )

    def rows(self) -> QuerySet[ExtensionRequest]:
        return visible(self.request)


class AskForm(Form):
    entry = forms.ChoiceField()
    last_day = DayText()
    reason = forms.CharField(max_length=500, widget=forms.Textarea)


@signed_in(*WHO)
@require_safe
def extensions(request: HttpRequest) -> HttpResponse:
    own_bodies = bodies_of(person_of(request), clock.today(), Role.REPORTER)
    return ExtensionList(request).answer(bodies=Body.objects.filter(pk__in=own_bodies))


@signed_in(*WHO)
@require_safe
def extensions_export(request: HttpRequest, kind: str) -> HttpResponse:
    return ExtensionList(request).file(kind)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Write a request for one's own body."""
    person, today = person_of(request), clock.today()
    own_bodies = Body.objects.filter(pk__in=bodies_of(person, today, Role.REPORTER))
    body, year = get_object_or_404(own_bodies, code=code), chosen_year(request)
    form = AskForm(request.POST if request.method == "POST" else None)
    choices = [(entry.id, entry.label.th) for entry in entries(year, body.kind, body)]
    form.fields["entry"].choices = choices  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        extension = actions.ask(
            body,
            year,
            fields["entry"],
            fields["last_day"],
            fields["reason"],
            by=person,
            at=clock.now(),
            on=today,
        )
        return redirect("extensions:extension", extension.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "extensions/ask.html", {"form": form, "body": body}, status=status)


@signed_in(*WHO)
@require_safe
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    request_for_days = get_object_or_404(visible(request), pk=pk)
    context = {
        "extension": request_for_days,
        "moves": EXTENSION_LIFE.possible_moves(request.user, request_for_days, clock.today()),
        "seen": EXTENSION_LIFE.seen(request_for_days),
        "events": timeline(request_for_days),
    }
    return render(request, "extensions/extension.html", context)


@signed_in(*WHO)
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    post_move(request, EXTENSION_LIFE, get_object_or_404(visible(request), pk=pk), name)
    tell(request, f"notice.extension_{name}", body="")
    return redirect("extensions:extension", pk)
