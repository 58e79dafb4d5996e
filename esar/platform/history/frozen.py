"""Rows that are written once."""

from __future__ import annotations

from typing import Any

from django.db import models


class Frozen(models.Model):
    """A version of what was sent in or came into force: readable for ever, never written again.

    `sha256` is of `content`, which the doctor looks at. A change makes the next `number`, from 1.
    """

    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("what is frozen is never changed: make the next version")
        super().save(*args, **kwargs)
