"""What is remembered of guesses at accounts."""

from __future__ import annotations

from django.db import models


class Guesses(models.Model):
    """Wrong guesses in a row at one account. Named by a hash: whatever was typed is not kept."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()  # no guess is looked at before

    class Meta:
        indexes = (models.Index(name="guesses_until", fields=("until",)),)
