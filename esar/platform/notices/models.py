"""What a person is told: in the application always, by mail as they chose."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from esar.kernel.wording import say
from esar.platform.organisations.models import Person


class Notice(models.Model):
    """One thing to know. `code` and `figures` make the sentence in the reader's language.

    `key` is unique for a person: the same thing is told once, however often a worker runs.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    figures = models.JSONField(default=dict)
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(name="notice_once_for_a_person", fields=("person", "key")),
        )
        indexes = (
            models.Index(name="notice_unread", fields=("person", "read_at")),
            models.Index(
                name="notice_unread_at", fields=("path",), condition=models.Q(read_at=None)
            ),
        )

    @property
    def told(self) -> dict[str, Any]:
        """The figures with days as days and the reason set apart, for each language to write."""
        figures = dict(self.figures)
        if "day" in figures:
            figures["day"] = date.fromisoformat(figures["day"])
        if figures.get("reason"):
            reason = {"reason": figures["reason"]}
            figures["reason"] = {
                language: f" ({say('mail.reason', reason, language)})" for language in ("th", "en")
            }
        return figures


class ChoresDone(models.Model):
    """A day whose reminders have gone out."""

    day = models.DateField(primary_key=True)
