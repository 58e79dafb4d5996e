"""Evidence: coming in by parts, given out, shown as pictures of ours, packed."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from esar.kernel.access import require
from esar.kernel.problems import Problem, Refused
from esar.kernel.wording import problem_words
from esar.platform.evidence import actions as files
from esar.platform.evidence.attachments import tell_attached
from esar.platform.evidence.downloads import content_response, download_response
from esar.platform.evidence.models import StoredFile, Upload
from esar.platform.evidence.previews import pages_of
from esar.platform.organisations.models import Role
from esar.platform.organisations.queries import person_of
from esar.platform.ui import clock
from esar.platform.ui.doors import signed_in
from esar.platform.ui.lists import number_of
from esar.platform.ui.telling import tell
from esar.platform.ui.unchanged import given_once
from esar.report.reports import permissions, writing
from esar.report.reports.content import line_of
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Attachment, Pack, Report
from esar.report.reports.packs import ask_for_pack
from esar.report.reports.states import PackState
from esar.report.reports.views import report_or_404


def _subject(report: Report, number: str) -> str:
    return f"report:{report.pk}:{number}"


def _refused(refused: Refused, status: int = 422, **more: Any) -> JsonResponse:
    language = get_language() or "th"
    sentences = [problem_words(problem, language) for problem in refused.problems]
    return JsonResponse({"problems": sentences, **more}, status=status)


@signed_in(Role.REPORTER)
@require_POST
def begin_upload(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Announce a file; gives the address to which its parts go.

    A browser without scripts sends the file itself, whole.
    """
    report = report_or_404(request, pk)
    line = line_of(report, number)
    if line is None or not line.is_due or line.central is not None:
        raise Http404
    if "file" in request.FILES:
        require(REPORT_LIFE.may(request.user, report, "attach", clock.today()))
        return _whole(request, report, number)
    size = number_of(request.POST.get("size", "")) or 0
    person: Any = request.user
    try:
        require(REPORT_LIFE.may(person, report, "attach", clock.today()))
        upload = files.begin(
            request.POST.get("name", ""),
            size,
            subject=_subject(report, number),
            by=person,
            at=clock.now(),
        )
    except Refused as refused:
        return _refused(refused)
    return JsonResponse({"token": upload.token, "part": files.PART, "received": 0}, status=201)


def _whole(request: HttpRequest, report: Report, number: str) -> HttpResponse:
    """A file sent by a plain form, through the same steps."""
    person: Any = request.user
    sent: Any = request.FILES["file"]
    on, at = clock.today(), clock.now()

    def then(stored: StoredFile, name: str) -> Attachment:
        return writing.attach(report, number, stored, name, by=person, at=at, on=on)

    row = files.receive(sent, subject=_subject(report, number), by=person, at=at, then=then)
    tell_attached(request, row, at)
    return redirect("reports:report-claim", report.pk, number)


def _finish(request: HttpRequest, upload: Upload, report: Report, number: str) -> StoredFile | None:
    person: Any = request.user
    at, on = clock.now(), clock.today()

    def then(stored: StoredFile) -> None:
        writing.attach(report, number, stored, upload.name, by=person, at=at, on=on)

    return files.finish(upload, at=at, then=then)


@signed_in(Role.REPORTER)
@require_http_methods(["GET", "POST"])
def upload_part(request: HttpRequest, pk: int, number: str, token: str) -> HttpResponse:
    """GET says how much was received; POST takes the part that begins at `?offset=`."""
    report = report_or_404(request, pk)
    upload = get_object_or_404(
        Upload, token=token, by=person_of(request), subject=_subject(report, number)
    )
    if request.method == "GET":
        return JsonResponse({"received": upload.received, "part": files.PART})
    if request.content_type != "application/octet-stream":
        return _refused(Refused([Problem("evidence.not_a_part")]), 415)
    offset = number_of(request.GET.get("offset", ""))
    try:
        require(REPORT_LIFE.may(request.user, report, "edit", clock.today()))
        received = files.append(upload, -1 if offset is None else offset, request.body)
        if received == upload.size:
            _finish(request, upload, report, number)
    except Refused as refused:
        upload.refresh_from_db()
        return _refused(refused, received=upload.received, over=upload.state != "open")
    return JsonResponse({"received": received, "done": received == upload.size})


def _attachment(report: Report, pk: int) -> Attachment:
    attachments = Attachment.objects.select_related("file", "claim__report__scorecard__body")
    return get_object_or_404(attachments, pk=pk, claim__report=report)


@signed_in()
@require_safe
def download(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    file = _attachment(report_or_404(request, pk), attachment)
    return download_response(request, file.file, file.name)


@signed_in()
@require_safe
def preview(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """The first pages as pictures that we made, or the first lines of a text."""
    report = report_or_404(request, pk)
    file = _attachment(report, attachment)
    pages, problem = None, None
    try:
        pages = pages_of(file.file)
    except Refused as refused:
        problem = refused.problems[0]
    context = {"report": report, "one": file, "shown": pages, "problem": problem}
    return render(request, "reports/preview.html", context)


@signed_in()
@require_safe
def preview_page(request: HttpRequest, pk: int, attachment: int, page: int) -> HttpResponseBase:
    """One page of a file as a PNG: drawn by us, so there is nothing of the file in it that runs."""
    file = _attachment(report_or_404(request, pk), attachment)
    pages = pages_of(file.file)
    if not 1 <= page <= len(pages.pictures):
        raise Http404
    headers = {"X-Content-Type-Options": "nosniff"}
    picture = pages.pictures[page - 1]

    def give() -> HttpResponse:
        return HttpResponse(picture, "image/png", headers=headers)

    return given_once(request, hashlib.sha256(picture).hexdigest(), give)


@signed_in(Role.REPORTER)
@require_POST
def change_attachment(request: HttpRequest, pk: int, attachment: int, what: str) -> HttpResponse:
    """Take a file off, mark it public or not, or rest another KPI on it too."""
    report, person = report_or_404(request, pk), person_of(request)
    file = _attachment(report, attachment)
    at, on = clock.now(), clock.today()
    number = file.claim.number
    if what == "remove":
        writing.detach(file, by=person, at=at, on=on)
        tell(request, "page.file_removed", name=file.name)
    elif what == "public":
        public = request.POST.get("public") == "1"
        writing.make_public(file, public=public, by=person, at=at, on=on)
        tell(request, "page.file_public" if public else "page.file_not_public", name=file.name)
    elif what == "also":
        other_number = request.POST.get("number", "")[:10]
        writing.attach_too(report, other_number, file, by=person, at=at, on=on)
        tell(request, "page.file_also", name=file.name, number=other_number)
    else:
        raise Http404
    return redirect("reports:report-claim", pk, number)


@signed_in()
@require_POST
def ask_pack(request: HttpRequest, pk: int) -> HttpResponse:
    person: Any = request.user
    ask_for_pack(report_or_404(request, pk), by=person, at=clock.now())
    tell(request, "page.pack_asked")
    return redirect("reports:report", pk)


@signed_in()
@require_safe
def fetch_pack(request: HttpRequest, pk: int, pack: int) -> FileResponse:
    report = report_or_404(request, pk)
    pack_row = get_object_or_404(Pack.objects.select_related("report"), pk=pack, report=report)
    require(permissions.may_fetch_pack(request.user, pack_row))
    if pack_row.state != PackState.READY:
        raise Http404
    card = report.scorecard
    name = f"esar-{card.fiscal_year}-{report.round_id}-{card.body.code}.zip"
    return content_response(files.bytes_of(pack_row.path, name), name, "application/zip")
