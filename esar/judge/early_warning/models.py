"""Early warnings: what was projected when, on what grounds, and the plan that answers it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from esar.agree.scorecards.models import Scorecard
from esar.judge.early_warning.states import OPEN, UNDER_WAY, LookState, WarningState
from esar.law.forecasting.skill import Skill, skill_of_json
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Person


def _amount(**more: Any) -> Any:
    return models.DecimalField(max_digits=19, decimal_places=4, **more)


class Look(models.Model):
    """One look at a year's KPIs: how many could be projected, and how many were warned of.

    `by` is none when the day's chores looked, in the calendar's window. `at` and `on` are when it
    was asked for, `since` when it came into its state. The worker counts scorecards as it goes.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=LookState.choices, default=LookState.DONE)
    since = models.DateTimeField()
    cards = models.PositiveIntegerField(default=0)
    cards_done = models.PositiveIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="look_counts_are_parts",
                condition=Q(
                    unknown__lte=F("looked_at"),
                    warned__lte=F("looked_at"),
                    cards_done__lte=F("cards"),
                ),
                violation_error_code="counts_off",
            ),
            state_is_known("look", LookState),
            models.UniqueConstraint(
                name="look_one_under_way_for_a_year",
                fields=("fiscal_year",),
                condition=Q(state__in=[str(one) for one in UNDER_WAY]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.on}"


class Outlook(models.Model):
    """How one KPI looked in a look: where the year will end by what was known then, or why not.

    Figures are in the KPI's unit; `miss` is a probability, 0 to 1, of not reaching target number
    `level` of `targets`. Without a projection they are none and `reason` is a sentence's code.
    `warns`: the rules have it warned of. Only the newest look of a year keeps its rows.
    """

    look = models.ForeignKey(Look, models.CASCADE, related_name="+")
    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="+")
    number = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=6)
    targets = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField()
    plan_days = models.PositiveSmallIntegerField()
    projected = _amount(null=True)
    low = _amount(null=True)
    high = _amount(null=True)
    miss = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    warns = models.BooleanField(default=False)
    reason = models.CharField(max_length=60, blank=True)
    based_on = models.JSONField(default=dict)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                name="outlook_once_in_a_look", fields=("look", "scorecard", "number")
            ),
            models.CheckConstraint(
                name="outlook_is_a_projection_or_a_reason",
                condition=Q(
                    reason="",
                    projected__isnull=False,
                    low__lte=F("projected"),
                    high__gte=F("projected"),
                    miss__gte=0,
                    miss__lte=1,
                )
                | Q(~Q(reason=""), projected=None, low=None, high=None, miss=None, warns=False),
                violation_error_code="projection_xor_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scorecard} {self.number}"

    @property
    def target(self) -> str:
        """The target that is looked at; empty where there is none of that level."""
        return str(self.targets[self.level - 1]) if self.level <= len(self.targets) else ""


class Measurement(models.Model):
    """How good projections were when it was measured, as `esar.law.forecasting.skill` counts it.

    Measured for target number `level` and warning from probability `warn_at`; on this site's own
    past years with `results` released results, the newest of them `newest`, or on invented ones.
    """

    level = models.PositiveSmallIntegerField()
    warn_at = models.DecimalField(max_digits=5, decimal_places=4)
    at = models.DateTimeField()
    results = models.PositiveIntegerField()
    newest = models.PositiveBigIntegerField(null=True)
    is_invented = models.BooleanField()
    figures = models.JSONField()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.level} {self.warn_at} {self.at:%Y-%m-%d}"

    @property
    def skill(self) -> Skill:
        return skill_of_json(self.figures)


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
                name="warning_one_open_for_a_kpi",
                fields=("scorecard", "number"),
                condition=Q(state__in=[str(one) for one in OPEN]),
            ),
            state_is_known("warning", WarningState),
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
                | (~Q(cause="") & ~Q(remedy="") & ~Q(remedy_owner="") & Q(remedy_by__isnull=False)),
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
        )
        indexes = (models.Index(name="warning_waiting", fields=("state", "plan_due")),)

    def __str__(self) -> str:
        return f"{self.scorecard} {self.number}"

    @property
    def target(self) -> Decimal:
        """The target that may be missed."""
        return Decimal(self.targets[self.level - 1])
