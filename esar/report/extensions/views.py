"""Pages of requests for a later day: the list, one to write, one to read and decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.platform.calendars.forms import ExtensionForm
from esar.platform.calendars.queries import entries, entry
from esar.platform.lifecycle.posting import possible, post_move
from esar.platform.organisations.models import Body, Role
from esar.platform.organisations.queries import bodies_of, person_of, sees_everything
from esar.platform.organisations.tables import body_column, body_fields
from esar.platform.ui import clock
from esar.platform.ui.columns import state_column, state_field
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import Column, Field, ListPage
from esar.platform.ui.lists import number_of
from esar.platform.ui.telling import tell
from esar.platform.ui.templatetags.words import day
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


def own_bodies(request: HttpRequest) -> QuerySet[Body]:
    own = bodies_of(person_of(request), clock.today(), Role.REPORTER)
    return Body.objects.filter(pk__in=own)


class ExtensionList(ListPage[ExtensionRequest]):
    """Every request one may see. Two queries."""

    title, empty = _("page.extensions"), _("page.extensions_none")
    name, address = "esar-extensions", "extensions:extensions-export"
    then = ("-since", "-pk")
    columns = (
        body_column("body", "extensions:extension"),
        Column("last_day", _("label.last_day"), as_=day, sort="last_day"),
        state_column("extension-state"),
    )
    fields = (
        *body_fields("body"),
        Field("entry", _("label.entry"), "rule_id"),
        Field("last_day", _("label.last_day")),
        state_field("extension-state"),
        Field("reason", _("label.reason")),
    )

    def rows(self) -> QuerySet[ExtensionRequest]:
        return visible(self.request)


class AskForm(ExtensionForm):
    """Without what only the administrator says."""

    first_day = body = None  # type: ignore[assignment]  # so Django takes a field out
    # The page's year, whatever is chosen in another window meanwhile.
    year = forms.IntegerField(required=False, widget=forms.HiddenInput)
    beside: ClassVar[Mapping[str, str]] = {"extension.not_later": "last_day"}


@signed_in(*WHO)
@require_safe
def extensions(request: HttpRequest) -> HttpResponse:
    return ExtensionList(request).answer(bodies=own_bodies(request))


@signed_in(*WHO)
@require_safe
def extensions_export(request: HttpRequest, kind: str) -> HttpResponse:
    return ExtensionList(request).file(kind)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Write a request for one's own body."""
    body = get_object_or_404(own_bodies(request), code=code)
    year = number_of(request.POST.get("year", "")) or chosen_year(request)
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, entries=entries(year, body.kind, body), initial={"year": year})
    if request.method == "POST" and form.is_valid():
        at, on = clock.now(), clock.today()
        with form.refusing():
            extension_request = actions.ask(
                body, year, form.cleaned_data, by=person_of(request), at=at, on=on
            )
            return redirect("extensions:extension", extension_request.pk)
    context = {"form": form, "body": body, "year": year}
    return form_page(request, form, "extensions/ask.html", context)


@signed_in(*WHO)
@require_safe
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    extension_request = get_object_or_404(visible(request), pk=pk)
    context = {
        "extension": extension_request,
        "entry": entry(
            extension_request.fiscal_year, extension_request.rule_id, extension_request.body
        ),
    }
    context |= possible(request, EXTENSION_LIFE, extension_request)
    return render(request, "extensions/extension.html", context)


@signed_in(*WHO)
@require_POST
def move_one(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    post_move(request, EXTENSION_LIFE, get_object_or_404(visible(request), pk=pk), name)
    tell(request, f"notice.extension_{name}", body="")
    return redirect("extensions:extension", pk)
