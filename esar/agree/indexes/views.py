"""Pages of the register of international indexes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.agree.indexes import actions
from esar.agree.indexes.forms import EditionForm, HostChangeForm, IndexForm
from esar.agree.indexes.models import HostChange, InternationalIndex
from esar.agree.indexes.permissions import may_keep_indexes
from esar.agree.indexes.queries import recorders, register
from esar.agree.indexes.signals import holders_of
from esar.kernel.access import require
from esar.platform.history.queries import timeline
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import by_at_on, person_of
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.form_page import form_page, posted
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.lists import text_of
from esar.platform.ui.telling import tell

MAX_REASON = 500  # letters
SEES = tuple(Role)  # whoever has a part in the evaluation


@signed_in(*SEES)
@require_safe
def index(request: HttpRequest, code: str) -> HttpResponse:
    """An index: its editions, what its host did, and the KPIs that it serves."""
    day, subject = clock.today(), get_object_or_404(register(), code=code)
    may_keep = bool(may_keep_indexes(request.user, day))
    recorded_by = recorders(subject) if may_keep else {}
    context = {
        "index": subject,
        "editions": subject.editions.all(),
        "host_changes": [
            (change, recorded_by.get(change.pk) == person_of(request))
            for change in subject.host_changes.all()
        ],
        "holders": holders_of(subject, request.user, day),
        "may_keep": may_keep,
        "events": timeline(subject)[:50],
    }
    return render(request, "indexes/index.html", context)


@signed_in(Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_index(request: HttpRequest, code: str = "") -> HttpResponse:
    """List an index, or change what the register says of it."""
    require(may_keep_indexes(request.user, clock.today()))
    subject = get_object_or_404(InternationalIndex, code=code) if code else None
    form = IndexForm(posted(request), index=subject)
    if form.is_valid():
        with form.refusing():
            saved = actions.save_index(form.cleaned_data, **by_at_on(request), index=subject)
            tell(request, "page.index_saved")
            return redirect("indexes:index", saved.code)
    title = f"{lazy_say('page.index_edit')}: {subject}" if subject else lazy_say("page.index_new")
    return form_page(request, form, "ui/form.html", {"title": title})


@signed_in(Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_edition(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Write what an edition says, or put another text in its place."""
    require(may_keep_indexes(request.user, clock.today()))
    subject = get_object_or_404(InternationalIndex, code=code)
    edition = get_object_or_404(subject.editions, pk=pk) if pk is not None else None
    form = EditionForm(posted(request), edition=edition)
    if form.is_valid():
        with form.refusing():
            actions.save_edition(subject, form.cleaned_data, **by_at_on(request), edition=edition)
            tell(request, "page.index_saved")
            return redirect("indexes:index", code)
    title = f"{lazy_say('page.index_edition')}: {subject}"
    return form_page(request, form, "ui/form.html", {"title": title})


@signed_in(Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def host_change(request: HttpRequest, code: str) -> HttpResponse:
    """Record that the host cancelled or changed an index; all who hold it are told."""
    require(may_keep_indexes(request.user, clock.today()))
    subject = get_object_or_404(InternationalIndex, code=code)
    form = HostChangeForm(posted(request))
    if form.is_valid():
        with form.refusing():
            actions.record_host_change(subject, form.cleaned_data, **by_at_on(request))
            tell(request, "page.host_change_saved")
            return redirect("indexes:index", code)
    title = f"{lazy_say('page.host_change')}: {subject}"
    return form_page(request, form, "ui/form.html", {"title": title})


@signed_in(Role.ANALYST)
@require_POST
def take_back(request: HttpRequest, code: str, change: int) -> HttpResponse:
    """Take back what one recorded of a host, while nobody has asked for a change by it."""
    recorded = get_object_or_404(
        HostChange.objects.select_related("index"), pk=change, index__code=code
    )
    reason = text_of(request, "reason", MAX_REASON)
    actions.take_back_host_change(recorded, reason, **by_at_on(request))
    tell(request, "page.host_change_taken_back")
    return redirect("indexes:index", code)
