"""What came of a sub-indicator at a body outside the evaluation."""

from django.db import models
from django.db.models import Q

from esar.agree.agendas.models import Holder
from esar.platform.organisations.models import Body


class OutsideResult(models.Model):
    """Of a holder at the year's end: its `value` in the sub-indicator's unit, a `remark`, or both.

    `remark` is what the body's own evaluation came to, or why there is no figure. `sender` drives
    the body. It stands in no score and no average.
    """

    holder = models.OneToOneField(Holder, models.RESTRICT, related_name="+")
    value = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    remark = models.CharField(max_length=500, blank=True, default="")
    sender = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("holder",)
        constraints = (
            models.CheckConstraint(
                name="outside_result_says_something",
                condition=Q(value__isnull=False) | ~Q(remark=""),
                violation_error_code="says_nothing",
            ),
        )
