"""Mail that waits to go out."""

from __future__ import annotations

from django.db import models


class WaitingMail(models.Model):
    """One mail, as long as the mail server has not taken it; then it is gone.

    `sealed` is encrypted under the site's secret: it holds links that let in whoever has them.
    """

    sealed = models.BinaryField()
    at = models.DateTimeField()
    due = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=300, blank=True)  # why it did not go when it was tried

    class Meta:
        ordering = ("due", "pk")
        indexes = (models.Index(name="mail_due", fields=("due",)),)
