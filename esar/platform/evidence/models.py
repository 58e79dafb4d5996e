"""Contents of evidence files, each kept once by its hash, and uploads that can be resumed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from esar.platform.evidence.states import FileState, UploadState
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Person


class StoredFile(models.Model):
    """One content, however many KPIs, bodies and years use it. Named by its sha256."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    media_type = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.ARRIVING)
    signature = models.CharField(max_length=200, blank=True)  # what the scanner found
    since = models.DateTimeField()
    attached = models.JSONField(default=list)  # names of what a PDF carries inside, never opened

    class Meta:
        constraints = (
            state_is_known("file", FileState),
            models.CheckConstraint(
                name="file_infected_has_a_signature",
                condition=~Q(state="infected") | ~Q(signature=""),
                violation_error_code="no_signature",
            ),
            models.CheckConstraint(
                name="file_is_not_empty", condition=Q(size__gt=0), violation_error_code="empty"
            ),
        )
        indexes = (models.Index(name="file_waiting", fields=("state",)),)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Where the bytes are in the store."""
        return f"files/{self.sha256[:2]}/{self.sha256}"


class Upload(models.Model):
    """A file on its way, in parts. `subject` says, in the words of the app it is for, what for."""

    token = models.CharField(max_length=32, unique=True)
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    subject = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=UploadState.choices, default=UploadState.OPEN)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            state_is_known("upload", UploadState),
            models.CheckConstraint(
                name="upload_holds_no_more_than_it_said",
                condition=Q(received__lte=F("size")),
                violation_error_code="too_much",
            ),
        )
        indexes = (models.Index(name="upload_open", fields=("state", "at")),)

    def __str__(self) -> str:
        return self.name

    def part(self, offset: int) -> str:
        """Where the part that begins at `offset` is in the store."""
        return f"uploads/{self.token}/{offset:012d}"
