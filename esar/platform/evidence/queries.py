"""Reads of files and uploads."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from esar.platform.evidence.models import StoredFile, Upload
from esar.platform.evidence.states import FileState, UploadState

KEPT_FOR = timedelta(days=2)  # how long an upload that nobody finishes is kept


def waiting_for_scan() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(state=FileState.HELD).order_by("since")


def forgotten_uploads(at: datetime) -> QuerySet[Upload]:
    """Uploads whose parts may go: refused or done ones, and those nobody finished."""
    ended = Upload.objects.exclude(state=UploadState.OPEN)
    return ended | Upload.objects.filter(at__lt=at - KEPT_FOR)
