"""Files given out: as a download only, and nothing in it may run."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase

from esar.platform.evidence.actions import opened
from esar.platform.evidence.models import StoredFile
from esar.platform.ui.unchanged import given_once

# A file that someone sent is never shown from our own origin: it is given out as a download, and
# even then nothing in it may run.
DOWNLOAD_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def download_response(request: HttpRequest, file: StoredFile, name: str) -> HttpResponseBase:
    """The bytes as a download under their name, of no type that a browser would open.

    Errors: Refused while it waits for the scanner, and when it was found infected.
    """
    content = opened(file)

    def give() -> FileResponse:
        return content_response(content, name, "application/octet-stream")

    response = given_once(request, file.sha256, give)
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        content.close()
    return response


def content_response(content: Any, name: str, kind: str) -> FileResponse:
    return FileResponse(
        content, as_attachment=True, filename=name, content_type=kind, headers=DOWNLOAD_HEADERS
    )
