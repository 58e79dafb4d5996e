"""A report's evidence as one zip, made in the background and kept for some days."""

from __future__ import annotations

import zipfile
from datetime import datetime, timedelta
from tempfile import TemporaryFile

from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from esar.exchange.inspection.names import safe_name
from esar.platform.evidence.actions import bytes_of
from esar.platform.evidence.gate import StoreRefused
from esar.platform.evidence.states import GIVEN_OUT
from esar.platform.evidence.storage import drop, keep
from esar.platform.notices.actions import tell
from esar.platform.organisations.models import Person
from esar.report.reports.models import Attachment, Pack, Report
from esar.report.reports.states import PackState

KEPT_FOR = timedelta(days=7)
AGAIN_AFTER = timedelta(minutes=10)


def ask_for_pack(report: Report, *, by: Person, at: datetime) -> Pack:
    """Have the worker make a zip; one that still waits is not asked for twice."""
    waiting = Pack.objects.filter(report=report, by=by, state=PackState.WAITING).first()
    if waiting is not None:
        return waiting
    with transaction.atomic():  # the task stands in the same database: both or neither
        pack = Pack.objects.create(report=report, by=by, at=at)
        make_pack.enqueue(pack.pk)
    return pack


def make_waiting_packs(*, at: datetime) -> int:
    """Have zips made that still wait after some minutes: their worker died. How many."""
    left = list(
        Pack.objects.filter(state=PackState.WAITING, at__lt=at - AGAIN_AFTER).values_list(
            "pk", flat=True
        )
    )
    for pk in left:
        make_pack.enqueue(pk)
    return len(left)


@task()
def make_pack(pk: int) -> str:
    """Write the zip and tell the one who asked. Files that may not be given out are left out."""
    pack = Pack.objects.select_related("report__scorecard__body", "by").get(pk=pk)
    if pack.state != PackState.WAITING:
        return pack.state
    try:
        size = _written(pack)
    except (OSError, StoreRefused):  # a full disk, a silent store: it can be asked for again
        Pack.objects.filter(pk=pk).update(state=PackState.FAILED)
        raise
    Pack.objects.filter(pk=pk).update(state=PackState.READY, size=size)
    report = pack.report
    tell(
        [pack.by],
        "notice.pack_ready",
        path=reverse("reports:report", args=[report.pk]),
        key=f"pack:{pk}",
        at=timezone.now(),
        body=report.scorecard.body.name_th,
        year=report.scorecard.fiscal_year,
    )
    return PackState.READY


def _written(pack: Pack) -> int:
    """The zip in the store; gives its size in bytes."""
    with TemporaryFile() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            _fill(archive, pack.report)
        size = out.tell()
        out.seek(0)
        keep(pack.path, File(out))
    return size


def _fill(archive: zipfile.ZipFile, report: Report) -> None:
    """Each KPI's files in its folder; two of one name are told apart by their hash.

    Disks of Windows and of a Mac know no capitals.
    """
    names: set[str] = set()
    attachments = Attachment.objects.filter(claim__report=report, file__state__in=GIVEN_OUT)
    for attachment in attachments.select_related("file", "claim"):
        folder = attachment.claim.number
        name = f"{folder}/{safe_name(attachment.name)}"
        if name.casefold() in names:
            name = f"{folder}/{safe_name(f'{attachment.file.sha256[:8]}-{attachment.name}')}"
        names.add(name.casefold())
        info = zipfile.ZipInfo(name, timezone.localtime(attachment.at).timetuple()[:6])
        with (
            bytes_of(attachment.file.path, attachment.name) as source,
            archive.open(info, "w") as target,
        ):
            for chunk in source.chunks():
                target.write(chunk)


def forget_packs(*, at: datetime) -> int:
    """Remove zips that have been there long enough. How many."""
    old = [pack for pack in Pack.objects.filter(at__lt=at - KEPT_FOR) if drop(pack.path)]
    for pack in old:
        pack.delete()
    return len(old)
