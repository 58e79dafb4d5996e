"""Circular letters: what they say, what comes with them, who gets them, and who has."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from esar.kernel.wording import Word
from esar.platform.evidence.attachments import RestsOn
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body, Person
from esar.report.letters.states import READ_BY_OTHERS, How, LetterState, Speed

# What a letter says, in the order of the official form.
TEXT = (
    "number",
    "office",
    "subject",
    "to",
    "refers",
    "enclosed",
    "text",
    "signer",
    "post",
    "contact",
)
FIELDS = ("speed", "dated", *TEXT)


class Letter(models.Model):
    """One letter; without a `sender` it is OPDC's own.

    Frozen when it is sent: `sha256` is of all it says, of its files and of who gets it, and
    `number_year` the calendar year (CE) in which its number is used up. What was wrong in it is put
    right by another letter, which `corrects` it.
    """

    sender = models.ForeignKey(Body, models.RESTRICT, null=True, related_name="+")
    corrects = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")
    speed = models.CharField(max_length=12, choices=Speed.choices, default=Speed.NORMAL)
    dated = models.DateField(null=True)
    number = models.CharField(max_length=100, blank=True)
    office = models.TextField(blank=True)  # where it is sent from, in lines
    subject = models.CharField(max_length=500)
    to = models.CharField(max_length=500, blank=True)
    refers = models.TextField(blank=True)
    enclosed = models.TextField(blank=True)
    text = models.TextField(blank=True)
    signer = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    contact = models.TextField(blank=True)
    is_demo = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.DRAFT)
    since = models.DateTimeField()
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()
    sent_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            state_is_known("letter", LetterState),
            models.CheckConstraint(
                name="letter_speed_is_known",
                condition=Q(speed__in=Speed.values),
                violation_error_code="speed_unknown",
            ),
            models.CheckConstraint(
                name="letter_sent_is_frozen",
                condition=Q(
                    state__in=("draft", "proposed"), sent_on=None, sha256="", number_year=None
                )
                | (
                    Q(state__in=("sent", "closed"), sent_on__isnull=False)
                    & Q(number_year__isnull=False)
                    & ~Q(sha256="")
                ),
                violation_error_code="frozen_of_state",
            ),
            models.CheckConstraint(
                name="letter_has_a_subject",
                condition=~Q(subject=""),
                violation_error_code="no_subject",
            ),
            models.UniqueConstraint(
                Coalesce("sender", 0), "number", "number_year", name="letter_number_once_in_a_year"
            ),
        )
        indexes = (models.Index(name="letter_of_sender", fields=("sender", "state")),)

    @property
    def is_frozen(self) -> bool:
        """Whether it was sent: nothing of it changes any more."""
        return self.state in READ_BY_OTHERS

    @property
    def sender_code(self) -> str:
        """The sending body's code; empty for OPDC."""
        return self.sender.code if self.sender else ""

    def __str__(self) -> str:
        return self.number or self.subject

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.sha256 and not self._state.adding:
            raise TypeError("a letter that was sent is never changed: correct it by another")
        super().save(*args, **kwargs)


class Enclosure(RestsOn):
    """A file that comes with a letter. While a draft, it may be taken out; sent, it is frozen."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(name="enclosure_once_in_a_letter", fields=("letter", "file")),
        )


class Recipient(models.Model):
    """Who gets a letter: a body of the registry, or an office that has no account, by its name.

    `token_sha256` is of the office's personal link; the link itself is kept nowhere. Without
    `how` it has not received the letter; else `receiver` did, on a day, and `by` is who clicked
    or, for a receipt on paper, who wrote it down; nobody by a personal link.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()  # its place in the list, from 1
    body = models.ForeignKey(Body, models.RESTRICT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    token_sha256 = models.CharField(max_length=64, blank=True)
    mailed_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    receiver = models.CharField(max_length=200, blank=True)
    received_on = models.DateField(null=True)
    by = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("place", "pk")
        constraints = (
            models.CheckConstraint(
                name="recipient_is_a_body_or_a_name",
                condition=Q(body__isnull=False, name="", email="", token_sha256="")
                | (Q(body__isnull=True) & ~Q(name="")),
                violation_error_code="body_xor_name",
            ),
            models.CheckConstraint(
                name="recipient_receipt_is_whole",
                condition=Q(how="", receiver="", received_on=None, by=None, at=None)
                | (
                    (Q(how="link", by=None) | Q(how__in=("system", "paper"), by__isnull=False))
                    & Q(received_on__isnull=False, at__isnull=False)
                    & ~Q(receiver="")
                ),
                violation_error_code="receipt_in_part",
            ),
            models.UniqueConstraint(name="recipient_body_once", fields=("letter", "body")),
            models.UniqueConstraint(
                name="recipient_name_once", fields=("letter", "name"), condition=~Q(name="")
            ),
            models.UniqueConstraint(
                name="recipient_link_is_its_own",
                fields=("token_sha256",),
                condition=~Q(token_sha256=""),
            ),
        )

    def __str__(self) -> str:
        return self.body.name_th if self.body else self.name

    @property
    def how_words(self) -> str:
        """The code of how it was received."""
        return Word(f"letter-how.{self.how}")
