"""The event log: append-only, each event bound by its hash to all before it."""

from __future__ import annotations

from django.db import models

# Savings that are close together are one event, which tells the first of them only (ADR 16).
FIRST_OF_A_SESSION = ("claim.saved", "plan.saved", "plan_change.saved", "plan_month.saved")


class Event(models.Model):
    """Who did what to what, when, from where and why, with the values before and after.

    The actor is kept by number and by name as it then was, with no key into other tables: the
    log must stay readable whatever becomes of them. Triggers refuse UPDATE and DELETE. The last
    event of a transaction has the digests of the rows that it wrote (`ledger`).
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)  # ISO 8601 in UTC: the exact text that is hashed
    actor_id = models.PositiveBigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    origin = models.CharField(max_length=64)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    body_code = models.CharField(max_length=20)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField()
    rows = models.JSONField(null=True)  # table → key → digest of what the transaction wrote
    written_at = models.CharField(max_length=32, null=True)  # by the clock, whatever day is played
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(name="event_subject", fields=("subject_kind", "subject_id", "number")),
            models.Index(name="event_body", fields=("body_code", "number")),
        )

    @property
    def is_first_of_a_session(self) -> bool:
        """Whether more may have been saved after it than it tells."""
        return self.verb in FIRST_OF_A_SESSION


class Head(models.Model):
    """The end of the chain: one row, locked by whoever writes the next event."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.CheckConstraint(name="history_one_head", condition=models.Q(id=1)),)


class DailyHead(models.Model):
    """The end of the chain at the end of a day; auditors keep a copy elsewhere."""

    day = models.DateField(primary_key=True)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)


class CheckUp(models.Model):
    """What the doctor found when it looked at everything: its sentences, none where all is well.

    `count` is of all findings; `sentences` are the first of them, each {"th", "en"}.
    """

    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    sentences = models.JSONField()

    class Meta:
        ordering = ("-at", "-pk")


class Checkpoint(models.Model):
    """The log as it was signed, with the signatures of the witnesses; triggers keep it as it is.

    `note` says how many events there were and the root over them (C2SP tlog-checkpoint).
    """

    size = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        ordering = ("size",)

    def __str__(self) -> str:
        return str(self.size)


class Stamp(models.Model):
    """When a time stamp authority (RFC 3161) saw a checkpoint; triggers keep it as it is.

    `answer` is the authority's, in base64; it is of the checkpoint's note as UTF-8.
    """

    checkpoint = models.OneToOneField(Checkpoint, models.PROTECT, primary_key=True)
    at = models.DateTimeField()
    answer = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)
