"""Early warnings: what was projected when, on what grounds, and the plan that answers it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from esar.early_warning.states import OPEN, WarningState
from esar.organisations.models import Person
from esar.scorecards.models import Scorecard


def _amount() -> Any:
    return models.DecimalField(max_digits=15, decimal_places=4)


class Look(models.Model):
    """One look at a year's KPIs: how many could be projected, and how many were warned of.

    `by` is none when the day's chores looked, in the calendar's window.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    looked_at = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(
                name="look_counts_are_parts",
                condition=Q(unknown__lte=F("looked_at"), warned__lte=F("looked_at")),
                violation_error_code="counts_off",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.on}"


class EarlyWarning(models.Model):
    """One KPI that may not reach its target, and what its body will do about it.

    Figures are in the KPI's unit, as projected on `asked_on`; `miss` is a probability, 0 to 1, of
    not reaching target number `level` of `targets`. `based_on` holds what the projection saw.
    None of this is ever a result.
    """

    scorecard = models.ForeignKey(Scorecard, models.RESTRICT, related_name="+")
    number = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=6)
    projected = _amount()
    low = _amount()
    high = _amount()
    miss = models.DecimalField(max_digits=5, decimal_places=4)
    level = models.PositiveSmallIntegerField()
    targets = models.JSONField(default=list)
    based_on = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12, choices=WarningState.choices, default=WarningState.ASKED
    )
    since = models.DateTimeField()
    asked_on = models.DateField()
    plan_due = models.DateField()
    cause = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    remedy_owner = models.CharField(max_length=200, blank=True)
    remedy_by = models.DateField(null=True)
    note = models.TextField(blank=True)  # what came of it, when it was closed or withdrawn

    class Meta:
        ordering = ("-since", "pk")
        constraints = (
            models.UniqueConstraint(
                name="warning_one_open_for_a_kpi", fields=("scorecard", "number"),
                condition=Q(state__in=[str(one) for one in OPEN]),
            ),
            models.CheckConstraint(
                name="warning_state_is_known",
                condition=Q(state__in=WarningState.values),
                violation_error_code="state_unknown",
            ),
            models.CheckConstraint(
                name="warning_miss_is_a_probability",
                condition=Q(miss__gte=0, miss__lte=1),
                violation_error_code="miss_off_scale",
            ),
            models.CheckConstraint(
                name="warning_range_holds_its_middle",
                condition=Q(low__lte=F("projected"), high__gte=F("projected")),
                violation_error_code="range_off",
            ),
            models.CheckConstraint(
                name="warning_plan_is_whole",
                condition=Q(state__in=("asked", "withdrawn"))
                | (
                    ~Q(cause="") & ~Q(remedy="") & ~Q(remedy_owner="") & Q(remedy_by__isnull=False)
                ),
                violation_error_code="plan_incomplete",
            ),
            models.CheckConstraint(
                name="warning_end_has_a_note",
                condition=~Q(state__in=("done", "withdrawn")) | ~Q(note=""),
                violation_error_code="no_note",
            ),
            models.CheckConstraint(
                name="warning_plan_is_due_after_it_was_asked",
                condition=Q(plan_due__gte=F("asked_on")),
                violation_error_code="days_run_back",
            ),
        )  # fmt: skip
        indexes = (models.Index(name="warning_waiting", fields=("state", "plan_due")),)

    def __str__(self) -> str:
        return f"{self.scorecard} {self.number}"

    @property
    def target(self) -> Decimal:
        """The target that may be missed."""
        return Decimal(self.targets[self.level - 1])
