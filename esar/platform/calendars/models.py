"""The year's calendar is in the rulebook; here are only the days that were moved, and why."""

from __future__ import annotations

from django.db import models

from esar.platform.organisations.models import Body, Person


class Extension(models.Model):
    """A recorded exception: an entry of the calendar ends on another day, for one body or all."""

    fiscal_year = models.PositiveSmallIntegerField()
    rule_id = models.CharField(max_length=60)
    body = models.ForeignKey(Body, models.RESTRICT, null=True, related_name="+")
    first_day = models.DateField(null=True)  # for a window that also opens on another day
    last_day = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(
                name="extension_has_a_reason",
                condition=~models.Q(reason=""),
                violation_error_code="no_reason",
            ),
        )


class Withdrawal(models.Model):
    """An extension no longer counts, and why. Its row stays, and so does this one."""

    extension = models.OneToOneField(Extension, models.RESTRICT, related_name="withdrawal")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(
                name="withdrawal_has_a_reason",
                condition=~models.Q(reason=""),
                violation_error_code="no_reason",
            ),
        )
