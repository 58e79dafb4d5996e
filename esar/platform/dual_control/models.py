"""What two administrators do to an account."""

from django.db import models

from esar.platform.dual_control.states import DualState
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Person


class DualAct(models.Model):
    """An act that one administrator asks for and another approves.

    `last_day` is of the role of administrator that ends; none ends it at once.
    """

    class Kind(models.TextChoices):
        SECOND_STEP = "second_step"  # what the person lost is taken away, to be set up anew
        CLOSE = "close"  # the account of an administrator
        END_ROLE = "end_role"  # of administrator

    person = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    last_day = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=DualState.choices, default="asked")
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            state_is_known("dual_act", DualState),
            models.CheckConstraint(
                name="dual_act_kind_is_known",
                condition=models.Q(kind__in=("second_step", "close", "end_role")),
                violation_error_code="kind_unknown",
            ),
            models.UniqueConstraint(
                name="dual_act_asked_once",
                fields=("person", "kind"),
                condition=models.Q(state="asked"),
            ),
        )
