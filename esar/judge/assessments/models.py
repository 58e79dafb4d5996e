"""Assessments of reports: what each level judged, who declared what, visits and their findings."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import Q

from esar.agree.scorecards.models import Scorecard
from esar.judge.assessments.states import FindingState, Stage, VisitState
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body, Person
from esar.report.reports.models import Report, ReportVersion


def last_total(totals: Mapping[str, str | None]) -> str | None:
    """The total of the last level that passed it on; empty before the first.

    None where that level found nothing reported.
    """
    order = (Stage.PRIME_MINISTER, Stage.MINISTER, Stage.PRELIMINARY)
    return next((totals[stage] for stage in order if stage in totals), "")


class Assessment(models.Model):
    """The assessment of one report, as last sent in. Self, assessed and final stay apart.

    `totals` are decimal strings by stage, "self" and the levels that have passed it on; None
    where nothing was reported, which is not zero.
    """

    report = models.OneToOneField(Report, models.RESTRICT, related_name="+")
    version = models.ForeignKey(ReportVersion, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=14, choices=Stage.choices, default=Stage.PRELIMINARY)
    since = models.DateTimeField()
    totals = models.JSONField(default=dict)

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (state_is_known("assessment", Stage),)
        indexes = (models.Index(name="assessment_waiting", fields=("state", "since")),)

    def __str__(self) -> str:
        return str(self.report)

    @property
    def newest_total(self) -> str | None:
        return last_total(self.totals)


class Judgement(models.Model):
    """Where a level differs from the one before it: another result for a KPI, and why.

    Status "not_applicable" is a decision and takes the KPI out of the score.
    """

    assessment = models.ForeignKey(Assessment, models.RESTRICT, related_name="+")
    level = models.CharField(max_length=14)
    number = models.CharField(max_length=10)
    status = models.CharField(max_length=14)
    actual = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    steps_done = models.JSONField(null=True)
    items = models.JSONField(null=True)  # of a weighted average: item id → decimal string
    reason = models.TextField()
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("number", "pk")
        constraints = (
            models.UniqueConstraint(
                name="judgement_once_a_level", fields=("assessment", "level", "number")
            ),
            models.CheckConstraint(
                name="judgement_level_is_known",
                condition=Q(level__in=("preliminary", "minister", "prime_minister")),
                violation_error_code="level_unknown",
            ),
            models.CheckConstraint(
                name="judgement_has_a_reason",
                condition=~Q(reason=""),
                violation_error_code="no_reason",
            ),
            models.CheckConstraint(
                name="judgement_is_a_result_or_says_there_is_none",
                condition=(
                    Q(status="reported")
                    & (
                        Q(actual__isnull=False)
                        | Q(steps_done__isnull=False)
                        | Q(items__isnull=False)
                    )
                )
                | Q(
                    status__in=("not_reported", "not_applicable"),
                    actual=None,
                    steps_done=None,
                    items__isnull=True,
                ),
                violation_error_code="status_without_result",
            ),
        )


class Declaration(models.Model):
    """An assessor's word on a conflict of interest, before they judge. The newest counts."""

    assessment = models.ForeignKey(Assessment, models.RESTRICT, related_name="+")
    person = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    has_conflict = models.BooleanField()
    detail = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="declared_conflict_is_told",
                condition=Q(has_conflict=False) | ~Q(detail=""),
                violation_error_code="no_detail",
            ),
        )


class YearDeclaration(models.Model):
    """A person's word for every body of a fiscal year: no conflict of interest, but where named."""

    fiscal_year = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(name="declared_for_the_year", fields=("fiscal_year", "person")),)


class DeclaredConflict(models.Model):
    """A body that a declaration for the year names: there, a conflict of interest, and which."""

    declaration = models.ForeignKey(YearDeclaration, models.RESTRICT, related_name="+")
    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    detail = models.TextField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                name="conflict_names_a_body_once", fields=("declaration", "body")
            ),
            models.CheckConstraint(
                name="conflict_of_the_year_is_told",
                condition=~Q(detail=""),
                violation_error_code="no_detail",
            ),
        )


class KpiCheck(models.Model):
    """A KPI that somebody at a level looked at and stands by; `sha256` is of what they saw.

    Once what is to be seen is another, the row says nothing any more: `checks_of` leaves it out.
    """

    assessment = models.ForeignKey(Assessment, models.RESTRICT, related_name="+")
    level = models.CharField(max_length=14)
    number = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("number", "pk")
        constraints = (
            models.UniqueConstraint(
                name="kpi_checked_once_a_level", fields=("assessment", "level", "number")
            ),
            models.CheckConstraint(
                name="kpi_check_level_is_known",
                condition=Q(level__in=("preliminary", "minister", "prime_minister")),
                violation_error_code="level_unknown",
            ),
        )


class Visit(models.Model):
    """A visit to assess a report on the ground; without an assessment, a meeting to advise.

    `checklist` is {item of the rulebook's list: {"found", "note"}}; `took_part` names who was
    there, agencies that own KPIs included, one a line.
    """

    scorecard = models.ForeignKey(Scorecard, models.RESTRICT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.RESTRICT, null=True, related_name="+")
    held_on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.PLANNED)
    checklist = models.JSONField(default=dict)
    took_part = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-held_on", "-pk")
        constraints = (
            state_is_known("visit", VisitState),
            models.CheckConstraint(
                name="visit_to_advise_names_who_took_part",
                condition=Q(assessment__isnull=False) | ~Q(state="done") | ~Q(took_part=""),
                violation_error_code="nobody_took_part",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scorecard} {self.held_on}"

    @property
    def about(self) -> str:
        """ "visit" or "advice": what its sentences begin with."""
        return "advice" if self.assessment_id is None else "visit"


class Finding(models.Model):
    """What a visit found or advised, who is to do what by when, and what the body answered."""

    visit = models.ForeignKey(Visit, models.RESTRICT, related_name="+")
    number = models.CharField(max_length=10, blank=True)  # the KPI it concerns, if one
    text = models.TextField()
    follow_up = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)  # who is to do it
    due = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            state_is_known("finding", FindingState),
            models.CheckConstraint(
                name="finding_answered_has_an_answer",
                condition=~Q(state="answered") | ~Q(answer=""),
                violation_error_code="no_answer",
            ),
        )
