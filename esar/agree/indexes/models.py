"""The register of international indexes: their editions, and what their hosts did to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

EDITIONS_SHOWN = 3  # the last of an index, beside each KPI that it serves


class InternationalIndex(models.Model):
    """An index that an organisation publishes for many countries; OPDC keeps it here once."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    host = models.CharField(max_length=300)
    scale = models.CharField(max_length=300)  # such as 0–100 points, of 64 economies
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def last_editions(self) -> list[IndexEdition]:
        """The three that were published last, the newest first."""
        return list(self.editions.all())[:EDITIONS_SHOWN]


class IndexEdition(models.Model):
    """What an edition says of Thailand: its rank, its score on the index's scale, or both."""

    index = models.ForeignKey(InternationalIndex, models.RESTRICT, related_name="editions")
    edition = models.CharField(max_length=60)
    published_on = models.DateField()
    rank = models.PositiveIntegerField(null=True)
    score = models.DecimalField(max_digits=12, decimal_places=4, null=True)

    class Meta:
        ordering = ("-published_on", "-pk")
        constraints = (
            models.UniqueConstraint(name="index_edition_once", fields=("index", "edition")),
            models.CheckConstraint(
                name="index_edition_says_something",
                condition=Q(rank__gte=1) | Q(rank=None, score__isnull=False),
                violation_error_code="edition_says_nothing",
            ),
        )

    def __str__(self) -> str:
        return self.edition


class HostChange(models.Model):
    """That its host cancelled an index, or changed it, on a day, and where that is written."""

    class What(models.TextChoices):
        CANCELLED = "cancelled"
        CHANGED = "changed"

    index = models.ForeignKey(InternationalIndex, models.RESTRICT, related_name="host_changes")
    what = models.CharField(max_length=10, choices=What.choices)
    day = models.DateField()
    details = models.TextField()
    source = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-day", "-pk")
        constraints = (
            models.CheckConstraint(
                name="index_host_change_is_known",
                condition=Q(what__in=("cancelled", "changed")),
                violation_error_code="host_change_unknown",
            ),
        )

    def __str__(self) -> str:
        return f"{self.index} {self.day}"
