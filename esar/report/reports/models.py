"""Self-assessment reports: what a body says of each KPI, with what, and what it sent in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from esar.agree.scorecards.models import Scorecard
from esar.platform.calendars.received import Received
from esar.platform.evidence.attachments import RestsOn
from esar.platform.history.frozen import Frozen
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Person
from esar.report.reports.frozen import SentReport
from esar.report.reports.states import ClaimStatus, PackState, ReportState

NARRATIVE = ("did", "factors", "obstacles", "suggestions")


def _amount() -> Any:
    return models.DecimalField(max_digits=19, decimal_places=4, null=True)


class Report(Received):
    """A body's report for one round. `sent` counts how often it was sent in.

    `received_on` is the day, in Bangkok, of the sending that is held against the due day.
    """

    scorecard = models.ForeignKey(Scorecard, models.RESTRICT, related_name="+")
    round_id = models.CharField(max_length=10)
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.DRAFT)
    since = models.DateTimeField()
    sent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-scorecard__fiscal_year", "round_id", "pk")
        constraints = (
            models.UniqueConstraint(name="report_one_a_round", fields=("scorecard", "round_id")),
            state_is_known("report", ReportState),
            models.CheckConstraint(
                name="report_sent_was_received",
                condition=Q(sent=0, received_on=None) | Q(sent__gte=1, received_on__isnull=False),
                violation_error_code="sent_unreceived",
            ),
            models.CheckConstraint(
                name="report_submitted_was_sent",
                condition=~Q(state="submitted") | Q(sent__gte=1),
                violation_error_code="submitted_unsent",
            ),
        )
        indexes = (models.Index(name="report_waiting", fields=("round_id", "state")),)

    def __str__(self) -> str:
        return f"{self.scorecard} {self.round_id}"


class Progress(models.Model):
    """What a KPI gave in one month (its first day): a value, or a numerator and denominator."""

    scorecard = models.ForeignKey(Scorecard, models.RESTRICT, related_name="+")
    number = models.CharField(max_length=10)
    month = models.DateField()
    value = _amount()
    numerator = _amount()
    denominator = _amount()
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("number", "month")
        constraints = (
            models.UniqueConstraint(
                name="progress_once_a_month", fields=("scorecard", "number", "month")
            ),
            models.CheckConstraint(
                name="progress_is_a_value_or_a_ratio",
                condition=Q(value__isnull=False, numerator=None, denominator=None)
                | Q(value=None, numerator__isnull=False, denominator__isnull=False),
                violation_error_code="value_xor_ratio",
            ),
        )


class Claim(models.Model):
    """What the report says of one KPI. `revision` counts its savings, so that none is lost.

    `actual` is in the KPI's unit; a ratio keeps what it was formed from. `steps_done` are the
    numbers of the milestones reached, `items` the results of a weighted average's items.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    number = models.CharField(max_length=10)
    status = models.CharField(
        max_length=14, choices=ClaimStatus.choices, default=ClaimStatus.NOT_REPORTED
    )
    actual = _amount()
    numerator = _amount()
    denominator = _amount()
    steps_done = models.JSONField(null=True)
    items = models.JSONField(null=True)  # of a weighted average: item id → decimal string
    why = models.TextField(blank=True)
    did = models.TextField(blank=True)
    factors = models.TextField(blank=True)
    obstacles = models.TextField(blank=True)
    suggestions = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    put_aside = models.JSONField(null=True)  # the typed result that months took the place of

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(name="claim_once", fields=("report", "number")),
            models.CheckConstraint(
                name="claim_status_is_known",
                condition=Q(status__in=ClaimStatus.values),
                violation_error_code="status_unknown",
            ),
            models.CheckConstraint(
                name="claim_reported_has_a_result",
                condition=(
                    Q(status="reported")
                    & (
                        Q(actual__isnull=False)
                        | Q(steps_done__isnull=False)
                        | Q(items__isnull=False)
                    )
                )
                | (~Q(status="reported") & Q(actual=None, steps_done=None, items__isnull=True)),
                violation_error_code="reported_without_result",
            ),
            models.CheckConstraint(
                name="claim_without_result_says_why",
                condition=~Q(status__in=("no_data", "not_applicable")) | ~Q(why=""),
                violation_error_code="no_reason",
            ),
            models.CheckConstraint(
                name="claim_ratio_has_both_parts",
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__isnull=False, denominator__isnull=False),
                violation_error_code="half_a_ratio",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report} {self.number}"


class Attachment(RestsOn):
    """A file that a claim rests on. While a draft, it may be taken off; sent in, it is frozen."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="+")
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(name="attachment_once_on_a_claim", fields=("claim", "file")),
        )


class ReportVersion(Frozen):
    """What was sent in, whole: frozen and readable for ever. Sending again makes the next."""

    report = models.ForeignKey(Report, models.RESTRICT, related_name="+")
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(name="report_version_once", fields=("report", "number")),
            models.CheckConstraint(
                name="report_version_counts_from_one",
                condition=Q(number__gte=1),
                violation_error_code="number_zero",
            ),
        )

    def __str__(self) -> str:
        return str(self.report)

    @cached_property
    def sent_in(self) -> SentReport:
        """What it says."""
        return SentReport.from_json(self.content)


class Pack(models.Model):
    """A zip of a report's evidence, made in the background for the one who asked."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=8, choices=PackState.choices, default=PackState.WAITING)
    size = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (state_is_known("pack", PackState),)

    @property
    def path(self) -> str:
        return f"packs/{self.pk}.zip"
