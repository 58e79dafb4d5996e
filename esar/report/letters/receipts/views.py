"""The page behind a personal link: an office without an account reads its letter, receives it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal.ratelimit import consume
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from esar.platform.evidence.downloads import download_response
from esar.platform.ui import clock
from esar.platform.ui.doors import open_to_all
from esar.platform.ui.form_page import form_page
from esar.report.letters import permissions
from esar.report.letters.forms import ReceiverForm
from esar.report.letters.models import Enclosure, Recipient
from esar.report.letters.queries import enclosures_of, recipient_by_token
from esar.report.letters.receipts import actions as receipts

WRONG_LINKS = {"wrong-link": "30/m/ip"}


def by_link(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Gives the view the recipient whose link it is; 404 for any other, soon 429 for a guesser."""

    @wraps(view)
    def found(request: HttpRequest, token: str, **more: Any) -> HttpResponseBase:
        recipient = recipient_by_token(token)
        if recipient is None:
            if consume(
                request, app="letters", action="wrong-link", config=WRONG_LINKS, limit_get=True
            ):
                raise Http404
            return render(request, "ui/error.html", {"code": "letter.too_often"}, status=429)
        answer = view(request, recipient, token, **more)
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return found


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def link(request: HttpRequest, recipient: Recipient, token: str) -> HttpResponse:
    """The letter, and a form to say who received it. Nothing of the other recipients."""
    form = ReceiverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["receiver"]
        with form.refusing():
            receipts.receive_by_link(recipient, name, at=clock.now(), on=clock.today())
            return redirect("letters:letter-link", token)
    context = {
        "letter": recipient.letter,
        "recipient": recipient,
        "token": token,
        "form": form,
        "enclosures": list(enclosures_of(recipient.letter)),
        "is_open": bool(permissions.is_open(recipient)),
    }
    return form_page(request, form, "letters/link.html", context)


@open_to_all
@require_safe
@by_link
def link_download(
    request: HttpRequest,
    recipient: Recipient,
    token: str,  # noqa: ARG001
    *,
    enclosure: int,
) -> HttpResponseBase:
    enclosures = Enclosure.objects.select_related("file")
    file = get_object_or_404(enclosures, pk=enclosure, letter=recipient.letter)
    return download_response(request, file.file, file.name)
