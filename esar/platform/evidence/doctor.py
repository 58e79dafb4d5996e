"""Whether the store and its rows agree: no file without a row, no row without its file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from esar.kernel.problems import Place, Problem
from esar.platform.evidence.models import StoredFile, Upload
from esar.platform.evidence.states import FileState
from esar.platform.evidence.storage import names, storage


def findings() -> Iterator[Problem]:
    """Every disagreement. Reads every byte that is kept."""
    yield from _orphans()
    for stored in StoredFile.objects.exclude(
        state__in=(FileState.ARRIVING, FileState.INFECTED)
    ).iterator():
        yield from _kept(stored)


def _orphans() -> Iterator[Problem]:
    """What no row knows. Listed before the rows are read: a row is written before its bytes."""
    stored_names = list(names())
    paths = {stored.path for stored in StoredFile.objects.exclude(state=FileState.INFECTED)}
    tokens = set(Upload.objects.values_list("token", flat=True))
    for name in stored_names:
        part_of_upload = name.startswith("uploads/") and name.split("/")[1] in tokens
        pack = name.startswith("packs/")  # made again at any time; the chores remove old ones
        if name in paths or part_of_upload or pack:
            continue
        if storage().exists(name):  # else it was removed meanwhile
            yield Problem("doctor.orphan", {"name": name}, Place(file=name))


def _kept(stored: StoredFile) -> Iterator[Problem]:
    place = Place(file=stored.path)
    if not storage().exists(stored.path):
        yield Problem("doctor.missing", {"name": stored.path}, place)
        return
    digest, size = hashlib.sha256(), 0
    with storage().open(stored.path) as content:
        for chunk in content.chunks():
            digest.update(chunk)
            size += len(chunk)
    if digest.hexdigest() != stored.sha256 or size != stored.size:
        yield Problem("doctor.changed", {"name": stored.path}, place)
