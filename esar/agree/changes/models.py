"""What was asked to change of a scorecard in force."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from esar.agree.changes.states import ChangeState
from esar.agree.scorecards.models import Scorecard
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Person


class ChangeRequest(models.Model):
    """A request to change, or cancel, one KPI of a scorecard in force.

    `old` and `new` are the KPI's content before and after; `new` is null when it is cancelled.
    `achieved` is what has been achieved so far, in the unit; `known` is what months, reports and
    assessments said of it when it was asked for, and `achieved_why` why it is another figure, or
    none. `resolution` and `decided_on` are of the committee that OPDC is told of; it was told on
    `told_on` by a letter of that number. From the decision on `effect` stays what was decided on.
    """

    scorecard = models.ForeignKey(Scorecard, models.RESTRICT, related_name="+")
    number = models.CharField(max_length=10)
    base_version = models.PositiveSmallIntegerField()
    window = models.CharField(max_length=60)
    ground = models.CharField(max_length=60)
    reason = models.TextField()
    evidence = models.TextField()
    achieved = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    cancels = models.BooleanField(default=False)
    old = models.JSONField()
    new = models.JSONField(null=True)
    effect = models.JSONField(default=dict)
    achieved_why = models.TextField(blank=True, default="")
    known = models.JSONField(default=list)
    resolution = models.CharField(max_length=300, blank=True, default="")
    decided_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    told_letter = models.CharField(max_length=100, blank=True, default="")
    told_by = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=ChangeState.choices, default=ChangeState.DRAFT)
    since = models.DateTimeField()

    class Meta:
        app_label = "scorecards"
        ordering = ("-since", "-pk")
        constraints = (
            state_is_known("change", ChangeState),
            models.CheckConstraint(
                name="change_cancels_xor_has_new_values",
                condition=Q(cancels=True, new__isnull=True) | Q(cancels=False, new__isnull=False),
                violation_error_code="cancels_xor_new",
            ),
            models.UniqueConstraint(
                name="change_one_open_for_a_kpi",
                fields=("scorecard", "number"),
                condition=Q(state__in=("draft", "proposed", "opinion", "decide", "tell")),
            ),
            models.CheckConstraint(
                name="change_told_with_a_letter",
                condition=Q(told_on=None, told_letter="", told_by=None)
                | (Q(told_on__isnull=False, told_by__isnull=False) & ~Q(told_letter="")),
                violation_error_code="told_without_a_letter",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scorecard} {self.number}"
