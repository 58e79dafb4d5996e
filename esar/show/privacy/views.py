"""The notice on personal data, a copy of one's own, and requests to correct it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from esar.platform.lifecycle.posting import possible, thing_or_404
from esar.platform.organisations.queries import by_at_on, person_of
from esar.platform.ui.doors import open_to_all, signed_in
from esar.platform.ui.form_page import form_page, posted
from esar.show.privacy.forms import CorrectionForm
from esar.show.privacy.life import CORRECTION_LIFE
from esar.show.privacy.models import Correction
from esar.show.privacy.queries import copy_of, record


@open_to_all
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """What is held about people, why, how long, and whom to ask."""
    context = {
        "record": record(),
        "controller": settings.CONTROLLER,
        "contact": settings.PRIVACY_CONTACT,
    }
    return render(request, "privacy/notice.html", context)


@signed_in()
@require_safe
def copy(request: HttpRequest) -> HttpResponse:
    """What the site holds about whoever asks, as a file."""
    headers = {"Content-Disposition": 'attachment; filename="esar-my-data.json"'}
    options = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(copy_of(person_of(request)), json_dumps_params=options, headers=headers)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a correction of what the site says of oneself."""
    form = CorrectionForm(posted(request))
    if form.is_valid():
        with form.refusing():
            draft = Correction(person=person_of(request), **form.cleaned_data)
            act = CORRECTION_LIFE.move(draft, "begin", **by_at_on(request))
            return redirect(CORRECTION_LIFE.address(act.thing))
    return form_page(request, form, "privacy/ask.html", {})


@signed_in()
@require_safe
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    request_of = thing_or_404(request, CORRECTION_LIFE, pk)
    context = {"correction": request_of, "life": CORRECTION_LIFE}
    context |= possible(request, CORRECTION_LIFE, request_of)
    return render(request, "privacy/correction.html", context)
