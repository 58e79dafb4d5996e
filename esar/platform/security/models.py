"""The log of security: beside the history, which is for ever and public in its digests."""

from __future__ import annotations

from django.db import models

from esar.platform.organisations.models import Person


class SecurityEvent(models.Model):
    """Somebody came in or failed to, changed their way in, or carried data out.

    `person` is whose account it is; None where what was typed is no account: it is not kept, for
    people type passwords there too. `path` is the address of what was carried out, without what
    was searched for. Kept for a stated time; it decides nothing, so the history does not bind it.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in"
        FAILED = "failed"
        SECOND_STEP_FAILED = "second_step_failed"
        SIGNED_OUT = "signed_out"
        PASSWORD = "password"
        SECOND_STEP_ON = "second_step_on"
        SECOND_STEP_OFF = "second_step_off"
        DOWNLOADED = "downloaded"
        EXPORTED = "exported"

    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    person = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    origin = models.CharField(max_length=64)
    agent = models.CharField(max_length=200)
    path = models.CharField(max_length=300)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(name="security_event_at", fields=("at",)),
            models.Index(name="security_event_person", fields=("person", "at")),
        )
