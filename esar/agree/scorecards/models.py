"""Indicators, scorecards, what was offered, what is in force, and what was asked to change."""

from __future__ import annotations

import re
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.frozen import AgreedScorecard
from esar.agree.scorecards.states import State
from esar.platform.history.frozen import Frozen
from esar.platform.lifecycle.columns import has_only, state_is_known
from esar.platform.organisations.models import Body, Person


class Scorecard(models.Model):
    """One body's indicators for one fiscal year, and where they are on the rulebook's route.

    `approved_sha256` is the hash of what the committee had on the table; what is in force must
    still have it. `version` is the number of the version in force, 0 before the first.
    """

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    since = models.DateTimeField()
    approved_sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    action_plan = models.JSONField(default=dict)  # vision, issues, aims, where a year asks for them
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("-fiscal_year", "body__name_key")
        constraints = (
            models.UniqueConstraint(name="scorecard_one_a_year", fields=("body", "fiscal_year")),
            state_is_known("scorecard", State),
            models.CheckConstraint(
                name="scorecard_in_force_is_approved_and_versioned",
                condition=~Q(state="in_force") | (Q(version__gte=1) & ~Q(approved_sha256="")),
                violation_error_code="in_force_unapproved",
            ),
            models.CheckConstraint(
                name="scorecard_draft_is_not_approved",
                condition=~Q(state__in=("draft", "proposed", "opinion", "decide"))
                | Q(approved_sha256=""),
                violation_error_code="draft_approved",
            ),
            models.CheckConstraint(
                name="scorecard_to_be_signed_is_approved",
                condition=~Q(state="sign") | ~Q(approved_sha256=""),
                violation_error_code="signed_unapproved",
            ),
        )
        indexes = (models.Index(name="scorecard_waiting", fields=("fiscal_year", "state")),)

    def __str__(self) -> str:
        return f"{self.body.code} {self.fiscal_year}"


NUMBER_FORM = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){0,2}")  # of a KPI; the whole of it is so


class Kpi(models.Model):
    """An indicator on a scorecard, with its weight (per cent of the whole) and its targets.

    `targets` are decimal strings from the lowest level to the highest, in the indicator's unit.
    """

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="+")
    number = models.CharField(max_length=10)
    component = models.CharField(max_length=60)
    kind = models.CharField(max_length=60, blank=True)  # a rulebook's kpi_kind
    template = models.ForeignKey(IndicatorVersion, models.RESTRICT, related_name="+")
    weight = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    targets = models.JSONField(default=list)
    evidence_plan = models.TextField(blank=True)
    rounds = models.JSONField(default=list)  # [{"round": "6m", "held_to": "round", "targets": […]}]
    items = models.JSONField(default=list)  # of a weighted average: those of an `AgreedItem`
    answers = models.JSONField(default=list)  # to its form: [{"id", "label": {th, en}, "text"}]
    cancelled = models.CharField(max_length=500, blank=True)  # the decision that cancelled it
    # what counts since a KPI of the scorecard was cancelled
    effective_weight = models.DecimalField(max_digits=7, decimal_places=4, null=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(name="kpi_number_once", fields=("scorecard", "number")),
            models.UniqueConstraint(name="kpi_indicator_once", fields=("scorecard", "template")),
            models.CheckConstraint(
                name="kpi_number_is_digits_and_points",
                condition=~Q(number="") & has_only("0123456789.", "number"),
                violation_error_code="number_form",
            ),
            models.CheckConstraint(
                name="kpi_weight_is_a_share",
                condition=Q(weight=None) | Q(weight__gt=0, weight__lte=100),
                violation_error_code="weight_out_of_range",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.template.name}"

    @property
    def ladder(self) -> tuple[Decimal, ...]:
        return tuple(Decimal(target) for target in self.targets)


class Offer(models.Model):
    """A line of the negotiation ledger: what one side offered for a KPI, when and why."""

    class Side(models.TextChoices):
        BODY = "body"
        COMMITTEE = "committee"

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="+")
    number = models.CharField(max_length=10)
    side = models.CharField(max_length=10, choices=Side.choices)
    name = models.CharField(max_length=300)
    weight = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    targets = models.JSONField(default=list)
    rounds = models.JSONField(default=list, blank=True)  # of rounds that end before the year
    items = models.JSONField(default=list, blank=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                name="offer_weight_is_a_share",
                condition=Q(weight=None) | Q(weight__gt=0, weight__lte=100),
                violation_error_code="weight_out_of_range",
            ),
            models.CheckConstraint(
                name="offer_of_a_committee_has_a_reason",
                condition=~Q(side="committee") | ~Q(why=""),
                violation_error_code="no_reason",
            ),
        )


class ScorecardVersion(Frozen):
    """What is, or was, in force: frozen, and readable for ever. A change makes the next number."""

    scorecard = models.ForeignKey(Scorecard, models.RESTRICT, related_name="+")
    rulebook_sha256 = models.CharField(max_length=64)
    resolution = models.CharField(max_length=300)
    in_force_from = models.DateField()
    public_from = models.DateField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(name="version_number_once", fields=("scorecard", "number")),
            models.CheckConstraint(
                name="version_counts_from_one",
                condition=Q(number__gte=1),
                violation_error_code="number_zero",
            ),
        )

    def __str__(self) -> str:
        return str(self.scorecard)

    @cached_property
    def agreed(self) -> AgreedScorecard:
        """What it says."""
        return AgreedScorecard.from_json(self.content)


class Signature(models.Model):
    """Who signed what was approved (`sha256`), in the order the rulebook gives."""

    scorecard = models.ForeignKey(Scorecard, models.RESTRICT, related_name="+")
    sha256 = models.CharField(max_length=64)
    approved_at = models.DateTimeField()  # when what is signed was approved
    place = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    signed_on = models.DateField()
    recorded_by = models.ForeignKey(Person, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(
                name="signature_once", fields=("scorecard", "approved_at", "place")
            ),
            models.CheckConstraint(
                name="signature_has_a_name_and_a_place",
                condition=Q(place__gte=1) & ~Q(name="") & ~Q(role=""),
                violation_error_code="no_name",
            ),
        )
