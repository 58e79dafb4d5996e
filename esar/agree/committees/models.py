"""Sittings of committees: who was there, what was on the table, what was resolved."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from esar.agree.changes.models import ChangeRequest
from esar.agree.committees.states import Outcome, PaperState, SittingState
from esar.agree.scorecards.models import Scorecard
from esar.kernel.wording import say
from esar.platform.evidence.attachments import RestsOn
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Committee, Person


class Sitting(models.Model):
    """One meeting of a committee on scorecards of a fiscal year (ครั้งที่ 1/2567).

    `number_year` is the year that its number counts in, by the rulebook's `numbered_by`.
    `vacancies_reason` says why it was held while seats of its composition were vacant.
    """

    committee = models.ForeignKey(Committee, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    number_year = models.PositiveSmallIntegerField(default=0)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, choices=SittingState.choices, default=SittingState.PLANNED
    )
    minutes = models.TextField(blank=True)
    vacancies_reason = models.TextField(blank=True, default="")
    since = models.DateTimeField()

    class Meta:
        ordering = ("-held_at",)
        constraints = (
            models.UniqueConstraint(
                name="sitting_number_once", fields=("committee", "number_year", "number")
            ),
            state_is_known("sitting", SittingState),
            models.CheckConstraint(
                name="sitting_closed_has_minutes",
                condition=~Q(state="closed") | ~Q(minutes=""),
                violation_error_code="no_minutes",
            ),
        )

    def __str__(self) -> str:
        figures = {
            "committee": self.committee.name_th,
            "number": self.number,
            "year": self.number_year,
        }
        return say("sitting.name", figures, "th")


class Attendance(models.Model):
    """Who came, and who was invited for this sitting only: a guest, who came or not.

    Where the rulebook says that the invited sit as members, a guest who came counts and votes.
    """

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    seat = models.CharField(max_length=200, blank=True)
    is_guest = models.BooleanField(default=False)
    came = models.BooleanField(default=True)

    class Meta:
        ordering = ("is_guest", "pk")
        constraints = (
            models.UniqueConstraint(
                name="attendance_once", fields=("sitting", "person"), condition=~Q(person=None)
            ),
            models.CheckConstraint(
                name="attendance_member_is_a_person",
                condition=Q(is_guest=True) | Q(person__isnull=False),
                violation_error_code="member_unknown",
            ),
        )


class Voted(models.Model):
    """How a sitting came to what it resolved: the votes, who was there, and the quorum.

    The votes are None when no one spoke against. Whoever left for an interest is in no figure.
    """

    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    present = models.PositiveSmallIntegerField(null=True)
    needed = models.PositiveSmallIntegerField(null=True)

    class Meta:
        abstract = True

    @property
    def abstained(self) -> int | None:
        """How many were there and voted neither way; None where no votes were taken."""
        if self.votes_for is None or self.votes_against is None or self.present is None:
            return None
        return self.present - self.votes_for - self.votes_against


def votes_come_together(table: str) -> models.CheckConstraint:
    """That there are votes for and against, or neither."""
    return models.CheckConstraint(
        name=f"{table}_votes_come_together",
        condition=Q(votes_for__isnull=True, votes_against__isnull=True)
        | Q(votes_for__isnull=False, votes_against__isnull=False),
        violation_error_code="votes",
    )


class Paper(models.Model):
    """What is put before a committee and is neither a scorecard nor a request to change one.

    `life` names the life that says what it is about, what may come of it, and what that does: it is
    of an app downstream. `text` is what is proposed, as that life reads it.
    """

    life = models.CharField(max_length=40)
    committee = models.ForeignKey(Committee, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    text = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=PaperState.choices, default=PaperState.TABLED)
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (state_is_known("paper", PaperState),)


class AgendaItem(Voted):
    """A scorecard, a change request or a paper on the table, with what was put there and its hash.

    `outcome` is empty until it is resolved, and may be corrected until the sitting closes; what was
    resolved is carried out then. `together` is what the changes of one body that were approved in
    one resolution do to its weights: {"numbers": […], "weights": [{number, name, old, new}, …]}.
    """

    sitting = models.ForeignKey(Sitting, models.RESTRICT, related_name="+")
    place = models.PositiveSmallIntegerField()
    scorecard = models.ForeignKey(Scorecard, models.RESTRICT, null=True, related_name="+")
    change = models.ForeignKey(ChangeRequest, models.RESTRICT, null=True, related_name="+")
    paper = models.ForeignKey(Paper, models.RESTRICT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reason = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)
    together = models.JSONField(null=True)

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="agenda_place_once", fields=("sitting", "place")),
            models.CheckConstraint(
                name="agenda_item_is_one_thing",
                condition=Q(scorecard__isnull=False, change__isnull=True, paper__isnull=True)
                | Q(scorecard__isnull=True, change__isnull=False, paper__isnull=True)
                | Q(scorecard__isnull=True, change__isnull=True, paper__isnull=False),
                violation_error_code="one_thing",
            ),
            models.UniqueConstraint(
                name="agenda_scorecard_on_one_table",
                fields=("scorecard",),
                condition=Q(carried_out_at=None, scorecard__isnull=False),
            ),
            models.UniqueConstraint(
                name="agenda_change_on_one_table",
                fields=("change",),
                condition=Q(carried_out_at=None, change__isnull=False),
            ),
            models.UniqueConstraint(
                name="agenda_paper_on_one_table",
                fields=("paper",),
                condition=Q(carried_out_at=None, paper__isnull=False),
            ),
            models.CheckConstraint(
                name="agenda_resolved_has_its_moment",
                condition=Q(outcome="", resolved_at=None) | (~Q(outcome="") & ~Q(resolved_at=None)),
                violation_error_code="resolved_when",
            ),
            models.CheckConstraint(
                name="agenda_carried_out_was_resolved",
                condition=Q(carried_out_at=None) | ~Q(outcome=""),
                violation_error_code="carried_out",
            ),
            models.CheckConstraint(
                name="agenda_resolved_had_a_quorum",
                condition=Q(outcome="") | Q(present__gte=F("needed")),
                violation_error_code="no_quorum",
            ),
            votes_come_together("agenda"),
        )


class AppointingOrder(RestsOn):
    """The order that appoints a committee, by its letter; its file is the evidence.

    `appointed_by` is who signed it. A later order takes the place of an earlier one and leaves it
    to be read: none is changed or taken away.
    """

    committee = models.ForeignKey(Committee, models.RESTRICT, related_name="+")
    letter = models.CharField(max_length=200)
    day = models.DateField()
    appointed_by = models.CharField(max_length=300)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("-day", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="appointing_order_once", fields=("committee", "letter", "day")
            ),
            models.CheckConstraint(
                name="appointing_order_names_letter_and_signer",
                condition=~Q(letter="") & ~Q(appointed_by=""),
                violation_error_code="order_unnamed",
            ),
        )

    def __str__(self) -> str:
        return self.letter
