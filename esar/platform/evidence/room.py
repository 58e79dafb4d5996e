"""Room on the disk of the site: new files are refused before there is none for the work itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from django.conf import settings

from esar.kernel.problems import Problem

MEGABYTE = 1024**2


def lacks_room(size: int = 0, *, code: str = "evidence.disk_nearly_full") -> Iterator[Problem]:
    """Why a file of `size` bytes is not taken, where it would go into the reserve."""
    free = shutil.disk_usage(settings.VAR).free
    if free - size < settings.DISK_RESERVE:
        reserve = settings.DISK_RESERVE // MEGABYTE
        yield Problem(code, {"free": free // MEGABYTE, "reserve": reserve})
