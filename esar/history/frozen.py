"""Rows that are written once."""

from __future__ import annotations

from typing import Any

from django.db import models


class Frozen(models.Model):
    """What was sent in or came into force: readable for ever, never written again."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("what is frozen is never changed: make the next version")
        super().save(*args, **kwargs)
