"""Strategic KPIs, what committees decided of them, the KPIs they reach, and what came of them."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from esar.agree.committees.models import Paper, Sitting, Voted, votes_come_together
from esar.agree.indicators.models import Indicator
from esar.agree.scorecards.models import Scorecard
from esar.agree.strategic_kpis.states import ResultState, StrategicState
from esar.platform.calendars.received import Received
from esar.platform.evidence.attachments import RestsOn
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body, Committee, Person


class StrategicKpi(models.Model):
    """A KPI of a plan of the nation that a ministry, or a body like one, answers for.

    `fiscal_year` is that of the list it came with. `targets` are [{"year", "target", "why"}, …] for
    the five years, a decimal string in `unit` each, or why it is not measured in that year.
    `papers` are those by which it lay before committees.
    `resolution` is the sub-commission's; `in_force_from` the day its committee first decided.
    """

    class Plan(models.TextChoices):
        MASTER_PLAN = "master_plan"
        MILESTONE = "milestone"
        SDG = "sdg"
        INTEGRATED = "integrated"

    code = models.CharField(max_length=40, unique=True)
    fiscal_year = models.PositiveSmallIntegerField()
    host = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=60)
    direction = models.CharField(max_length=6)
    plan = models.CharField(max_length=12, choices=Plan.choices)
    issue = models.CharField(max_length=200)
    sub_issue = models.CharField(max_length=200, blank=True)
    targets = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=StrategicState.choices, default=StrategicState.DRAFT
    )
    since = models.DateTimeField()
    resolution = models.CharField(max_length=300, blank=True)
    in_force_from = models.DateField(null=True)
    papers = models.ManyToManyField(Paper, related_name="+")
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)
        constraints = (
            state_is_known("strategic_kpi", StrategicState),
            models.CheckConstraint(
                name="strategic_direction_is_known",
                condition=Q(direction__in=("higher", "lower")),
                violation_error_code="direction_unknown",
            ),
            models.CheckConstraint(
                name="strategic_plan_is_known",
                condition=Q(plan__in=("master_plan", "milestone", "sdg", "integrated")),
                violation_error_code="plan_unknown",
            ),
            models.CheckConstraint(
                name="strategic_in_force_has_its_day",
                condition=Q(state="in_force", in_force_from__isnull=False)
                | (~Q(state="in_force") & Q(in_force_from=None)),
                violation_error_code="in_force_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def target_in(self, year: int) -> Decimal | None:
        """The target of a year, in `unit`; None where there is none."""
        texts = (row["target"] for row in self.targets if row["year"] == year)
        text = next(texts, "")
        return Decimal(text) if text else None

    def why_not_in(self, year: int) -> str:
        """Why it is not measured in a year; empty where it is."""
        return next((row["why"] for row in self.targets if row["year"] == year), "")


class StrategicResolution(Voted):
    """What a sitting resolved of a strategic KPI before that was an item of its agenda.

    Read, and no longer written. Rows of one `number` are one resolution.
    `recused` are the names of the members who left for an interest in a host. `outcome` is the move
    of that name, or what the committee of its host decided of its cascade.
    """

    class ResolvedAs(models.TextChoices):
        OPINION = "opinion"
        APPROVE = "approve"
        RETURN = "return"
        CASCADED = "cascaded"
        NOT_CASCADED = "not_cascaded"

    sitting = models.ForeignKey(Sitting, models.RESTRICT, related_name="+")
    number = models.PositiveSmallIntegerField()
    strategic = models.ForeignKey(StrategicKpi, models.RESTRICT, related_name="+")
    outcome = models.CharField(max_length=12, choices=ResolvedAs.choices)
    reason = models.TextField(blank=True)
    recused = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering = ("sitting", "number", "strategic__code")
        constraints = (
            models.UniqueConstraint(
                name="strategic_resolution_once", fields=("sitting", "number", "strategic")
            ),
            votes_come_together("strategic_resolution"),
            models.CheckConstraint(
                name="strategic_resolution_had_a_quorum",
                condition=Q(present__gte=F("needed")),
                violation_error_code="no_quorum",
            ),
        )


class CascadeDecision(models.Model):
    """What a committee resolved of a strategic KPI for a year: cascaded, or not and why.

    The newest number counts; none is changed. `reason` is an item of the year's rules.
    """

    strategic = models.ForeignKey(StrategicKpi, models.RESTRICT, related_name="decisions")
    committee = models.ForeignKey(Committee, models.RESTRICT, related_name="+")
    sitting = models.ForeignKey(Sitting, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    cascaded = models.BooleanField()
    reason = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    decided_on = models.DateField()
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("strategic", "fiscal_year", "-number")
        constraints = (
            models.UniqueConstraint(
                name="cascade_decision_number_once",
                fields=("strategic", "fiscal_year", "number"),
            ),
            models.CheckConstraint(
                name="cascade_decision_has_reason_xor_cascaded",
                condition=Q(cascaded=True, reason="") | (Q(cascaded=False) & ~Q(reason="")),
                violation_error_code="reason_of_decision",
            ),
        )


class Cascade(models.Model):
    """A department's KPI that a strategic KPI reaches, by the decision that says so.

    The KPI is its indicator on the scorecard: that has one identity in all versions.
    """

    class Relation(models.TextChoices):
        SAME = "same"
        CASCADE = "cascade"
        PROXY = "proxy"

    decision = models.ForeignKey(CascadeDecision, models.RESTRICT, related_name="links")
    scorecard = models.ForeignKey(Scorecard, models.RESTRICT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.RESTRICT, related_name="+")
    relation = models.CharField(max_length=10, choices=Relation.choices)

    class Meta:
        ordering = ("decision", "pk")
        constraints = (
            models.UniqueConstraint(
                name="cascade_once", fields=("decision", "scorecard", "indicator")
            ),
            models.CheckConstraint(
                name="cascade_relation_is_known",
                condition=Q(relation__in=("same", "cascade", "proxy")),
                violation_error_code="relation_unknown",
            ),
        )


class StrategicResult(Received):
    """What its host reports that a strategic KPI came to in a year: `value` in its unit.

    Sent in, it is not changed: what was returned stays, and another is written.
    """

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    strategic = models.ForeignKey(StrategicKpi, models.RESTRICT, related_name="results")
    value = models.DecimalField(max_digits=19, decimal_places=4)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ResultState.choices, default=ResultState.DRAFT)
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            state_is_known("strategic_result", ResultState),
            models.UniqueConstraint(
                name="strategic_result_once_a_year",
                fields=("strategic", "fiscal_year"),
                condition=~Q(state__in=("returned", "dropped")),
            ),
            models.CheckConstraint(
                name="strategic_result_sent_was_received",
                condition=Q(state__in=("draft", "dropped"), received_on=None)
                | Q(state__in=("sent", "released", "returned"), received_on__isnull=False),
                violation_error_code="sent_unreceived",
            ),
        )

    def __str__(self) -> str:
        return f"{self.strategic.code} {self.fiscal_year}"


class ResultFile(RestsOn):
    """A file that a result rests on. Sent in, it is frozen."""

    result = models.ForeignKey(StrategicResult, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(name="strategic_result_file_once", fields=("result", "file")),
        )
