"""A thing rests on a file of the store: what every such row holds, and the one way to add one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from esar.kernel.problems import Problem, Refused
from esar.platform.evidence.models import StoredFile
from esar.platform.ui.telling import tell


class RestsOn(models.Model):
    """A file that something rests on. While a draft, it may be taken off; sent in, it is frozen."""

    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="+")
    name = models.CharField(max_length=200)
    by = models.ForeignKey("organisations.Person", models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def in_short(self) -> dict[str, Any]:
        """Which file it is, for the log."""
        return {"name": self.name, "sha256": self.file.sha256}


Attached = TypeVar("Attached", bound=RestsOn)


def rest_on(
    attached: QuerySet[Attached],
    file: StoredFile,
    name: str,
    *,
    limit: int,
    too_many: Problem,
    by: Any,
    at: datetime,
    **owner: Any,
) -> tuple[Attached, bool]:
    """Add a file to those attached already, up to `limit`; whether it is new.

    The same file again is the one that is there, also at the limit. Errors: Refused.
    """
    there = attached.filter(file=file).first()
    if there is not None:
        return there, False
    if attached.count() >= limit:
        raise Refused([too_many])
    new = attached.model(file=file, name=name, by=by, at=at, **owner)
    new.save(force_insert=True)
    return new, True


def tell_attached(request: HttpRequest, row: RestsOn, at: datetime) -> None:
    """Say by which name a file is attached: now, or since a time before `at`."""
    is_new = row.at == at
    tell(request, "page.file_attached" if is_new else "page.file_was_attached", name=row.name)
