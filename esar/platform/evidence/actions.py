"""Writes: a file comes in parts, is looked at, kept by its hash, and scanned.

A row is always written before its bytes and says so, so that whatever dies in between, every
byte in the store is known to a row, and no row that is given out lacks its bytes.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from esar.exchange.inspection import clamd
from esar.exchange.inspection.look import Found, look
from esar.exchange.inspection.names import safe_name
from esar.kernel.problems import Problem, Refused
from esar.platform.evidence.attachments import RestsOn
from esar.platform.evidence.gate import StoreRefused
from esar.platform.evidence.models import StoredFile, Upload
from esar.platform.evidence.queries import KEPT_FOR, forgotten_uploads, waiting_for_scan
from esar.platform.evidence.room import lacks_room
from esar.platform.evidence.states import FILE_MOVES, GIVEN_OUT, FileState, UploadState
from esar.platform.evidence.storage import drop, drop_folder, keep, storage
from esar.platform.history.actions import record
from esar.platform.organisations.models import Person

log = logging.getLogger(__name__)
MAX_OPEN = 30  # unfinished uploads of one person
IN_MEMORY = 4 * 1024 * 1024
PART = 4 * 1024 * 1024  # the most that is taken in one part


def begin(name: str, size: int, *, subject: str, by: Person, at: datetime) -> Upload:
    """Announce a file of `size` bytes.

    Errors: Refused when it is empty, larger than allowed, or the disk is nearly full.
    """
    problems = []
    if size <= 0:
        problems.append(Problem("evidence.nothing_in_it", {"name": safe_name(name)}))
    if size > settings.MAX_BYTES:
        figures = {"name": safe_name(name), "most": settings.MAX_BYTES // 1024**2}
        problems.append(Problem("evidence.larger_than_allowed", figures))
    if Upload.objects.filter(by=by, state=UploadState.OPEN).count() >= MAX_OPEN:
        problems.append(Problem("evidence.too_many_open", {"most": MAX_OPEN}))
    problems += lacks_room(size)
    if problems:
        raise Refused(problems)
    return Upload.objects.create(
        token=uuid4().hex, by=by, subject=subject, name=safe_name(name), size=size, at=at
    )


def append(upload: Upload, offset: int, part: bytes) -> int:
    """Take the part that begins at `offset`; gives how much is there with it.

    The same part again changes nothing. The last part counts as received only when the file is
    taken (`finish`): a sender whose line broke asks how much was received, goes on from there,
    and so never takes a file for sent that nobody has looked at.
    Errors: Refused when it is not the part that comes next.
    """
    upload.refresh_from_db()
    if upload.state == UploadState.REFUSED:
        raise Refused([Problem("evidence.upload_over", {"name": upload.name})])
    if offset < upload.received or upload.state == UploadState.DONE:
        return upload.received
    fits = 0 < len(part) <= PART and offset + len(part) <= upload.size
    if offset != upload.received or not fits:
        raise _wrong_part(upload)
    keep(upload.part(offset), ContentFile(part))
    there = offset + len(part)
    if there < upload.size:
        Upload.objects.filter(pk=upload.pk, received=offset).update(received=there)
    return there


def _wrong_part(upload: Upload) -> Refused:
    figures: dict[str, object] = {"name": upload.name, "received": upload.received}
    return Refused([Problem("evidence.wrong_part", figures)])


def finish(
    upload: Upload, *, at: datetime, then: Callable[[StoredFile], None]
) -> StoredFile | None:
    """Put the parts together, look at the file, keep it; `then` attaches it in one transaction.

    Again it changes nothing: None when it was done before and the sender did not hear of it.
    Errors: Refused when parts are missing, or with every reason why it is not taken; then the
    upload is over and nothing of it is kept.
    """
    upload.refresh_from_db()
    if upload.state == UploadState.DONE:
        return None
    with SpooledTemporaryFile(IN_MEMORY) as whole:
        try:
            sha256 = _assemble(upload, whole)
        except Refused:
            upload.refresh_from_db()
            if upload.state == UploadState.DONE:  # another answer to the same last part was faster
                return None
            raise
        try:
            finding = look(whole, upload.name, most_bytes=settings.MAX_BYTES)
            if finding.size < upload.size:  # what followed a picture's end
                sha256 = _cut(whole, finding.size)
            stored = store(whole, sha256, finding, at=at)
        except StoreRefused:  # nothing is wrong with the file: the last part may come again
            raise
        except Refused:
            _end_refused(upload)
            raise
    try:
        with transaction.atomic():
            locked = Upload.objects.select_for_update().get(pk=upload.pk)
            if locked.state == UploadState.OPEN:
                then(stored)
                outcome = {"state": UploadState.DONE, "received": upload.size}
                Upload.objects.filter(pk=upload.pk).update(**outcome)
    except Refused:  # what it was sent for takes no more
        _end_refused(upload)
        raise
    _drop_parts(upload)
    return stored


def _end_refused(upload: Upload) -> None:
    """It is over, and nothing of it is kept."""
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.REFUSED)
    _drop_parts(upload)


def _assemble(upload: Upload, whole: IO[bytes]) -> str:
    """The parts one after another into `whole`; gives the sha256. Errors: Refused, one missing."""
    digest, offset = hashlib.sha256(), 0
    while offset < upload.size:
        try:
            with storage().open(upload.part(offset)) as part:
                content = part.read()
        except FileNotFoundError:
            raise _wrong_part(upload) from None
        digest.update(content)
        try:
            whole.write(content)
        except OSError as error:  # our own disk is full
            log.exception("no room to put the parts together")
            raise StoreRefused([Problem("evidence.store_refuses")]) from error
        offset += len(content)
    whole.seek(0)
    return digest.hexdigest()


def _cut(whole: IO[bytes], size: int) -> str:
    """Leave the first `size` bytes; gives their sha256."""
    whole.truncate(size)
    whole.seek(0)
    digest = hashlib.sha256()
    while part := whole.read(PART):
        digest.update(part)
    whole.seek(0)
    return digest.hexdigest()


def receive(
    sent: UploadedFile[Any],
    *,
    subject: str,
    by: Person,
    at: datetime,
    then: Callable[[StoredFile, str], RestsOn],
) -> RestsOn:
    """A file that a plain form sent whole, by the steps of one that comes in parts.

    `then` attaches it under the name it was sent by, or gives what rests on it already, which is
    given here too. Errors: Refused, as those of `begin` and `finish`.
    """
    upload = begin(sent.name or "", sent.size or 0, subject=subject, by=by, at=at)
    offset = 0
    for part in sent.chunks(PART):
        offset = append(upload, offset, part)
    rows: list[RestsOn] = []
    finish(upload, at=at, then=lambda stored: rows.append(then(stored, upload.name)))
    return rows[0]


def store(content: IO[bytes], sha256: str, finding: Found, *, at: datetime) -> StoredFile:
    """Keep a content that was looked at; the same content is kept once.

    Errors: Refused when this very content is known to be infected.
    """
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={
            "size": finding.size,
            "kind": finding.kind.code,
            "media_type": finding.media_type,
            "attached": list(finding.attached),
            "since": at,
        },
    )
    if stored.state == FileState.INFECTED:
        raise Refused([Problem("evidence.is_infected", {"signature": stored.signature})])
    if stored.state == FileState.ARRIVING:
        content.seek(0)
        keep(stored.path, File(content))
        _move(stored, FileState.HELD if settings.CLAMD else FileState.KEPT, at=at)
    if stored.state == FileState.HELD:
        transaction.on_commit(lambda: scan.enqueue(stored.pk))
    return stored


def _move(stored: StoredFile, state: str, *, at: datetime, signature: str = "") -> bool:
    """Make one move of FILE_MOVES; of two at once, one wins. Whether it was this one.

    Errors: ValueError for a move that is not in the table.
    """
    old = stored.state
    if state not in FILE_MOVES[old]:
        raise ValueError((old, state))
    changed: dict[str, Any] = {"state": state, "since": at, "signature": signature}
    won = StoredFile.objects.filter(pk=stored.pk, state=old).update(**changed)
    stored.refresh_from_db()
    return bool(won)


def _drop_parts(upload: Upload) -> bool:
    """Whether nothing of them is left; what is left goes with the upload's row, of a night."""
    return drop_folder(f"uploads/{upload.token}")


def forget_uploads(*, at: datetime) -> int:
    """Remove what is left of uploads that are over or that nobody finished. How many."""
    forgotten = [upload for upload in forgotten_uploads(at) if _drop_parts(upload)]
    for upload in forgotten:
        upload.delete()
    storage().sweep((at - KEPT_FOR).timestamp())
    return len(forgotten)


def opened(stored: StoredFile) -> File[Any]:
    """The bytes, for giving out.

    Errors: Refused while it waits for the scanner, when it was found infected, and when the store
    does not give it.
    """
    if stored.state not in GIVEN_OUT:
        code = (
            "evidence.is_infected" if stored.state == FileState.INFECTED else "evidence.not_scanned"
        )
        raise Refused([Problem(code, {"signature": stored.signature})])
    return bytes_of(stored.path, str(stored))


def bytes_of(path: str, name: str) -> File[Any]:
    """What the store has under a path; `name` is what people call it. Errors: StoreRefused."""
    try:
        return storage().open(path)
    except FileNotFoundError:
        log.exception("the store has lost %s", path)
        raise StoreRefused([Problem("evidence.bytes_gone", {"name": name})]) from None


@task()
def scan(pk: int) -> str:
    """Scan one content that waits. Gives its state; when the scanner is down it goes on waiting."""
    stored = StoredFile.objects.get(pk=pk)
    if stored.state != FileState.HELD or not settings.CLAMD:
        return stored.state
    try:
        with storage().open(stored.path) as content:
            verdict = clamd.scan(content, settings.CLAMD)
    except (clamd.ScannerDown, StoreRefused):
        log.warning("the scanner or the store does not answer; file %s goes on waiting", stored)
        return stored.state
    at = timezone.now()
    if isinstance(verdict, clamd.Infected):
        with transaction.atomic():
            if _move(stored, FileState.INFECTED, at=at, signature=verdict.signature):
                after = {"sha256": stored.sha256, "signature": verdict.signature}
                record("file.infected", stored, by=None, at=at, after=after)
        drop(stored.path)
    else:
        _move(stored, FileState.CLEAN, at=at)
    return stored.state


def scan_waiting() -> int:
    """Have every content that waits scanned, and remove infected bytes that are still there.

    How many wait. For a worker that died before, or between, the two.
    """
    for stored in StoredFile.objects.filter(state=FileState.INFECTED):
        drop(stored.path)
    waiting = waiting_for_scan().count()
    if waiting:
        scan_all.enqueue()
    return waiting


@task()
def scan_all() -> int:
    """Scan what waits, until the scanner does not answer. How many were scanned."""
    scanned = 0
    for stored in waiting_for_scan():
        if scan.func(stored.pk) == FileState.HELD:
            break
        scanned += 1
    return scanned


def scanner_answers() -> bool | None:
    """Whether the virus scanner answers; None when none is configured."""
    if not settings.CLAMD:
        return None
    try:
        clamd.scan(BytesIO(b"?"), settings.CLAMD)
    except clamd.ScannerDown:
        return False
    return True
