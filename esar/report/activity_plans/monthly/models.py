"""What came of a plan: a report a month, what each was when it was sent in, and what was used.

A report's content is JSON of one form, in a draft and in what was sent in:
{"activities": [{"number": 1, "progress": "…", "outputs": [{"month": "2018-01", "done": true}]},
…]}. `number` is the activity's in the plan, an output's month the one it was planned for; `done`
is null while nothing is said of it, which is not "not done". What was sent in holds besides the
names, what each output is, the files, and the number of the plan's version.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from esar.platform.calendars.received import Received
from esar.platform.evidence.attachments import RestsOn
from esar.platform.history.frozen import Frozen
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body, Person
from esar.report.activity_plans.models import Plan
from esar.report.activity_plans.monthly.frozen import MonthContent
from esar.report.activity_plans.monthly.states import MonthState


def _amount(**options: Any) -> Any:
    return models.DecimalField(max_digits=19, decimal_places=4, **options)


class MonthlyReport(Received):
    """What a body says of its plan for one month (its first day).

    `revision` counts its savings, so that none is lost; `sent` how often it was sent in.
    `received_on` is the day, in Bangkok, of its first sending in, `due_on` what is held against it.
    """

    plan = models.ForeignKey(Plan, models.RESTRICT, related_name="+")
    month = models.DateField()
    state = models.CharField(max_length=12, choices=MonthState.choices, default=MonthState.DRAFT)
    since = models.DateTimeField()
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    sent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("plan", "month")
        constraints = (
            models.UniqueConstraint(name="plan_report_one_a_month", fields=("plan", "month")),
            models.CheckConstraint(
                name="plan_report_month_is_its_first_day",
                condition=Q(month__day=1),
                violation_error_code="not_a_month",
            ),
            state_is_known("plan_report", MonthState),
            models.CheckConstraint(
                name="plan_report_sent_was_received",
                condition=Q(sent=0, received_on=None) | Q(sent__gte=1, received_on__isnull=False),
                violation_error_code="sent_unreceived",
            ),
            models.CheckConstraint(
                name="plan_report_submitted_was_sent",
                condition=~Q(state="submitted") | Q(sent__gte=1),
                violation_error_code="submitted_unsent",
            ),
        )
        indexes = (models.Index(name="plan_report_waiting", fields=("month", "state")),)

    def __str__(self) -> str:
        return f"{self.plan} {self.month:%Y-%m}"


class MonthlyEvidence(RestsOn):
    """A file that the report of an activity rests on. Sent in, it is frozen."""

    report = models.ForeignKey(MonthlyReport, models.RESTRICT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("number", "at", "pk")
        constraints = (
            models.UniqueConstraint(name="plan_evidence_once", fields=("report", "number", "file")),
        )


class MonthlyVersion(Frozen):
    """What was sent in, whole: frozen and readable for ever. Sending again makes the next."""

    report = models.ForeignKey(MonthlyReport, models.RESTRICT, related_name="+")
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(name="plan_report_version_once", fields=("report", "number")),
            models.CheckConstraint(
                name="plan_report_version_counts_from_one",
                condition=Q(number__gte=1),
                violation_error_code="number_zero",
            ),
        )

    def __str__(self) -> str:
        return str(self.report)

    @cached_property
    def sent_in(self) -> MonthContent:
        """What it says."""
        return MonthContent.from_json(self.content)


class Usage(models.Model):
    """What a province used of one thing in one month; a month that nobody entered has no row.

    `used` and `baseline` are in the thing's unit: electricity in kWh, fuel in litres, paper in
    reams, budget in baht. Energy has no baseline: no source asks for one. `received_on` is the
    day, in Bangkok, it was first entered, `due_on` what is held against it.
    """

    class Thing(models.TextChoices):
        ELECTRICITY = "electricity"
        FUEL = "fuel"
        PAPER = "paper"
        BUDGET = "budget"

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    thing = models.CharField(max_length=12, choices=Thing.choices)
    month = models.DateField()
    used = _amount()
    baseline = _amount(null=True)
    received_on = models.DateField()
    due_on = models.DateField(null=True)
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("thing", "month")
        constraints = (
            models.UniqueConstraint(
                name="usage_once_a_month", fields=("body", "fiscal_year", "thing", "month")
            ),
            models.CheckConstraint(
                name="usage_month_is_its_first_day",
                condition=Q(month__day=1),
                violation_error_code="not_a_month",
            ),
            models.CheckConstraint(
                name="usage_is_not_negative",
                condition=Q(used__gte=0) & (Q(baseline=None) | Q(baseline__gte=0)),
                violation_error_code="negative",
            ),
            models.CheckConstraint(
                name="usage_baseline_of_what_is_saved",
                condition=Q(thing__in=("electricity", "fuel"), baseline=None)
                | Q(thing__in=("paper", "budget"), baseline__isnull=False),
                violation_error_code="baseline_of_thing",
            ),
        )

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.received_on > self.due_on

    @property
    def changed_on(self) -> date | None:
        """The day, in Bangkok, it was last overwritten after the day of its first entry."""
        day = timezone.localdate(self.at)
        return day if day > self.received_on else None
