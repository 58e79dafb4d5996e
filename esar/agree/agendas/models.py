"""What an agenda is measured by, its sub-indicators, their holders, and what the Cabinet added.

An agenda is an entry of the year's rulebook; it is named here by its key ("water" of joint.water).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from esar.agree.agendas.states import AdditionState
from esar.agree.indicators.models import Indicator
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body


class MainIndicatorValue(models.Model):
    """What a main indicator came to in a quarter, or in the year where there is no quarter.

    `place` is its place among the agenda's main indicators, from 1; `value` is in its unit.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    agenda = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(null=True)
    value = models.DecimalField(max_digits=19, decimal_places=4)
    source_body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("fiscal_year", "agenda", "place", "quarter")
        constraints = (
            models.UniqueConstraint(
                name="main_value_once_a_quarter",
                fields=("fiscal_year", "agenda", "place", "quarter"),
                condition=Q(quarter__isnull=False),
            ),
            models.UniqueConstraint(
                name="main_value_once_a_year",
                fields=("fiscal_year", "agenda", "place"),
                condition=Q(quarter=None),
            ),
            models.CheckConstraint(
                name="main_value_quarter_is_known",
                condition=Q(quarter=None) | Q(quarter__gte=1, quarter__lte=4),
                violation_error_code="quarter_unknown",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agenda}/{self.place} {self.fiscal_year}"


class SubIndicator(models.Model):
    """An indicator under an agenda, in force from `first_day` to `last_day`.

    `target` is the main target, in its unit; `adds` says that the holders' targets are to add up
    to it. One that left says how: merged `into` another, or cut.
    """

    class Ending(models.TextChoices):
        MERGED = "merged"
        CUT = "cut"

    fiscal_year = models.PositiveSmallIntegerField()
    agenda = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    national_target = models.CharField(max_length=40)  # an item of the agenda's
    stage = models.CharField(max_length=40)  # an item of its value chain
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=60)
    direction = models.CharField(max_length=6)
    target = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    adds = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=1)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    ending = models.CharField(max_length=6, choices=Ending.choices, blank=True, default="")
    into = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True, default="")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("fiscal_year", "agenda", "code")
        constraints = (
            models.UniqueConstraint(name="sub_indicator_once", fields=("fiscal_year", "code")),
            models.CheckConstraint(
                name="sub_indicator_direction_is_known",
                condition=Q(direction__in=("higher", "lower")),
                violation_error_code="direction_unknown",
            ),
            models.CheckConstraint(
                name="sub_indicator_days_run_forward",
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                violation_error_code="days_run_back",
            ),
            models.CheckConstraint(
                name="sub_indicator_that_left_says_how",
                condition=Q(last_day=None, ending="", into=None)
                | Q(last_day__isnull=False, ending="merged", into__isnull=False)
                | Q(last_day__isnull=False, ending="cut", into=None),
                violation_error_code="ending_untold",
            ),
        )
        indexes = (models.Index(name="sub_indicator_year", fields=("fiscal_year", "agenda")),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MandatedAddition(models.Model):
    """A Cabinet resolution that gives bodies a sub-indicator in mid-year."""

    sub_indicator = models.ForeignKey(SubIndicator, models.RESTRICT, related_name="+")
    resolution = models.CharField(max_length=300)
    resolved_on = models.DateField()
    state = models.CharField(max_length=10, choices=AdditionState.choices, default="draft")
    since = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("-resolved_on", "-pk")
        constraints = (
            state_is_known("mandated_addition", AdditionState),
            models.CheckConstraint(
                name="mandated_addition_names_its_resolution",
                condition=~Q(resolution=""),
                violation_error_code="no_resolution",
            ),
        )

    def __str__(self) -> str:
        return self.resolution

    def bodies_by_when(self) -> list[tuple[str, list[Body]]]:
        """Since when its bodies hold the sub-indicator, and which; `bodies__body` prefetched."""
        return [
            (when, [row.body for row in self.bodies.all() if row.when == when])
            for when in AdditionBody.When.values
        ]


class AdditionBody(models.Model):
    """A body that a resolution names: it holds the sub-indicator now, or later and why not yet."""

    class When(models.TextChoices):
        NOW = "now"
        SHORT_DATA = "short_data"  # measured for less than a year
        NO_STATION = "no_station"  # not measured yet

    addition = models.ForeignKey(MandatedAddition, models.CASCADE, related_name="bodies")
    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    when = models.CharField(max_length=10, choices=When.choices)

    class Meta:
        ordering = ("addition", "body__name_key")
        constraints = (
            models.UniqueConstraint(name="addition_body_once", fields=("addition", "body")),
            models.CheckConstraint(
                name="addition_body_when_is_known",
                condition=Q(when__in=("now", "short_data", "no_station")),
                violation_error_code="when_unknown",
            ),
        )


class Holder(models.Model):
    """A body that holds a sub-indicator, from `first_day` to `last_day`.

    `targets` are decimal strings in its unit: three levels, lowest first, of a body that OPDC
    evaluates, the only one of any other; none where they are not set yet. `indicator` is the KPI on
    the body's scorecard by which it reports. `addition` is the resolution it came by in mid-year.
    """

    sub_indicator = models.ForeignKey(SubIndicator, models.RESTRICT, related_name="holders")
    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    targets = models.JSONField(default=list)
    indicator = models.ForeignKey(Indicator, models.RESTRICT, null=True, related_name="+")
    addition = models.ForeignKey(MandatedAddition, models.RESTRICT, null=True, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("sub_indicator", "body__name_key")
        constraints = (
            models.UniqueConstraint(name="holder_once", fields=("sub_indicator", "body")),
            models.CheckConstraint(
                name="holder_days_run_forward",
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                violation_error_code="days_run_back",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body.code} {self.sub_indicator.code}"
