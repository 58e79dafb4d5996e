"""Appeals against released results, and who sits on the panel of each."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from esar.judge.appeals.states import DECIDED, AppealState, Vote
from esar.judge.results.models import Result
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Person


class Appeal(models.Model):
    """What a body holds against a released result of its own, and what became of it.

    `ground` is an item of the year's `appeal` rule, `numbers` the KPIs it is about. `file_by` and
    `decide_by` are the last days by that rule, both included, in Bangkok. `changes` holds the
    results that the panel put in place of the old: {KPI number: {"actual", "steps_done",
    "not_applicable"}}, decimals as strings; `corrected` is the result that came of them.
    """

    result = models.ForeignKey(Result, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=10, choices=AppealState.choices, default=AppealState.DRAFT)
    ground = models.CharField(max_length=40)
    text = models.TextField()
    numbers = models.JSONField(default=list)
    since = models.DateTimeField()
    file_by = models.DateField()
    filed_on = models.DateField(null=True)
    decide_by = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    decision = models.TextField(blank=True)
    changes = models.JSONField(default=dict)
    corrected = models.ForeignKey(Result, models.RESTRICT, null=True, related_name="+")

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="appeal_one_that_stands_for_a_result",
                fields=("result",),
                condition=~Q(state="withdrawn"),
            ),
            state_is_known("appeal", AppealState),
            models.CheckConstraint(
                name="appeal_says_something",
                condition=~Q(ground="") & ~Q(text=""),
                violation_error_code="no_text",
            ),
            models.CheckConstraint(
                name="appeal_filed_has_its_days",
                condition=Q(state__in=("draft", "withdrawn"))
                | Q(filed_on__isnull=False, decide_by__isnull=False),
                violation_error_code="filed_without_day",
            ),
            models.CheckConstraint(
                name="appeal_is_filed_in_time",
                condition=Q(filed_on=None)
                | (Q(filed_on__lte=F("file_by")) & Q(decide_by__gte=F("filed_on"))),
                violation_error_code="filed_late",
            ),
            models.CheckConstraint(
                name="appeal_decided_says_why_and_when",
                condition=(
                    Q(state__in=[str(one) for one in DECIDED], decided_on__isnull=False)
                    & ~Q(decision="")
                )
                | (
                    ~Q(state__in=[str(one) for one in DECIDED])
                    & Q(decided_on__isnull=True, decision="")
                ),
                violation_error_code="decision_off",
            ),
            models.CheckConstraint(
                name="appeal_only_upheld_is_corrected",
                condition=Q(state="upheld", corrected__isnull=False)
                | (~Q(state="upheld") & Q(corrected__isnull=True)),
                violation_error_code="corrected_off",
            ),
        )
        indexes = (models.Index(name="appeal_waiting", fields=("state", "decide_by")),)

    def __str__(self) -> str:
        return f"{self.result} · {self.pk}"


class PanelSeat(models.Model):
    """A person on the panel of an appeal; place 1 is the chair. No vote, or one with its reason."""

    appeal = models.ForeignKey(Appeal, models.RESTRICT, related_name="+")
    person = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    place = models.PositiveSmallIntegerField()
    vote = models.CharField(max_length=6, choices=Vote.choices, null=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(name="seat_once_a_person", fields=("appeal", "person")),
            models.UniqueConstraint(name="seat_once_a_place", fields=("appeal", "place")),
            models.CheckConstraint(
                name="seat_place_begins_at_one",
                condition=Q(place__gte=1),
                violation_error_code="place_off",
            ),
            models.CheckConstraint(
                name="seat_vote_has_a_reason_and_a_moment",
                condition=Q(vote__isnull=True, reason="", at__isnull=True)
                | (Q(vote__in=Vote.values, at__isnull=False) & ~Q(reason="")),
                violation_error_code="vote_off",
            ),
        )

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.place}"

    @property
    def is_chair(self) -> bool:
        return self.place == 1
