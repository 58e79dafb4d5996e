"""A body asks for a later day of the calendar."""

from django.db import models

from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body
from esar.report.extensions.states import ExtensionState


class ExtensionRequest(models.Model):
    """What a body asks: that an entry of a year's calendar ends on `last_day` for it, and why."""

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    rule_id = models.CharField(max_length=60)
    last_day = models.DateField()
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=ExtensionState.choices, default="draft")
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (state_is_known("extension_request", ExtensionState),)
