"""What bodies fill in of their KPIs' templates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from esar.agree.kpi_definitions.states import TemplatesState
from esar.agree.scorecards.models import Scorecard
from esar.platform.lifecycle.columns import state_is_known


class KpiTemplates(models.Model):
    """What a body fills in of its KPIs' templates once they are in force, and OPDC's audit of it.

    `content` is KPI number → field → text (baseline: rows as in IndicatorVersion). `verdicts` is
    KPI number → {"passed": …, "comment": …, "of": the digest of what was audited}.
    `received` is the day (Bangkok) of the first sending: that one is held against the due day.
    """

    scorecard = models.OneToOneField(Scorecard, models.RESTRICT, related_name="+")
    content = models.JSONField(default=dict)
    verdicts = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12, choices=TemplatesState.choices, default=TemplatesState.DRAFT
    )
    since = models.DateTimeField()
    received = models.DateField(null=True)

    class Meta:
        app_label = "scorecards"
        ordering = ("scorecard",)
        constraints = (
            state_is_known("templates", TemplatesState),
            models.CheckConstraint(
                name="templates_sent_have_a_day",
                condition=~Q(state__in=("sent", "returned", "passed")) | Q(received__isnull=False),
                violation_error_code="sent_without_a_day",
            ),
        )

    def __str__(self) -> str:
        return str(self.scorecard)
