"""What a lead tells of its agenda in a quarter."""

from django.db import models
from django.db.models import Q

from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body
from esar.report.follow_ups.states import FollowUpState


class FollowUp(models.Model):
    """Of an agenda, by a lead of it, for a quarter: `stages` is [{"id", "state"}] in their order.

    `advice` is what the working group of the first level answers.
    """

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    agenda = models.CharField(max_length=40)
    quarter = models.PositiveSmallIntegerField()
    stages = models.JSONField(default=list)
    obstacle = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    advice = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=FollowUpState.choices, default="draft")
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            state_is_known("follow_up", FollowUpState),
            models.UniqueConstraint(
                name="follow_up_once_a_quarter",
                fields=("body", "fiscal_year", "agenda", "quarter"),
                condition=~Q(state="dropped"),
            ),
            models.CheckConstraint(
                name="follow_up_quarter_is_known",
                condition=Q(quarter__gte=1, quarter__lte=4),
                violation_error_code="quarter_unknown",
            ),
        )
