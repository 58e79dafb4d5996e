"""What is held against a day of the calendar."""

from __future__ import annotations

from django.db import models


class Received(models.Model):
    """Something that was, or is to be, received by a due day.

    `received_on` is the day, in Bangkok, of the sending that counts; `due_on` the day that then
    bound, extensions counted. Both are null until it is received.
    """

    received_on = models.DateField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        abstract = True

    @property
    def days_late(self) -> int:
        """Calendar days after the due day; 0 when on time or not received."""
        if self.received_on is None or self.due_on is None:
            return 0
        return max((self.received_on - self.due_on).days, 0)
