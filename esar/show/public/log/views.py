"""The log in public: a page, the newest checkpoint, and proofs of single events."""

from __future__ import annotations

from base64 import b64decode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from esar.platform.history.checkpoints.queries import newest, newest_stamp
from esar.platform.history.models import Checkpoint, Event, Stamp
from esar.platform.organisations.models import Body
from esar.platform.ui.doors import open_to_all
from esar.show.public.log import queries

TEXT = "text/plain; charset=utf-8"


@open_to_all
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What was signed of the history, by whom, and how anybody checks it."""
    context = {
        "newest": newest(),
        "log": queries.published_log(),
        "stamp": newest_stamp(),
        "keys": queries.log_keys(),
        "witnesses": queries.witness_rows(),
    }
    return render(request, "public/log.html", context)


@open_to_all
@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """The newest checkpoint as it was signed. One query."""
    stored = newest()
    if stored is None:
        raise Http404
    return HttpResponse(stored.note, TEXT)


@open_to_all
@require_safe
def older_checkpoint(_request: HttpRequest, size: int) -> HttpResponse:
    """An earlier checkpoint. One query."""
    return HttpResponse(get_object_or_404(Checkpoint, size=size).note, TEXT)


@open_to_all
@require_safe
def stamp(_request: HttpRequest, size: int) -> HttpResponse:
    """The time stamp (RFC 3161) of a checkpoint, as the authority answered. One query."""
    stored = get_object_or_404(Stamp, checkpoint_id=size)
    return HttpResponse(b64decode(stored.answer), "application/timestamp-reply")


@open_to_all
@require_safe
def event_proof(_request: HttpRequest, number: int) -> HttpResponse:
    """That an event is in the log: its hash and the way up to the root, not a word of it."""
    return _proofs(Event.objects.filter(number=number))


@open_to_all
@require_safe
def body_proof(_request: HttpRequest, code: str) -> HttpResponse:
    """That a body's public results were computed and released as the log has it."""
    return _proofs(queries.public_events(get_object_or_404(Body, code=code).code))


def _proofs(events: QuerySet[Event]) -> HttpResponse:
    published = queries.published_log()
    content = published and queries.proofs(published, events)
    if not content or not content["events"]:
        raise Http404
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
