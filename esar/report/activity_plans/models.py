"""Plans of activities, what was sent in, and what was asked to change.

A plan's content, in a draft, a version and a request alike, is JSON of one form:
{"activities": [{"number": 1, "name": "…", "type": "1", "topic": "", "start": "2017-10",
"outputs": [{"month": "2018-01", "what": "…"}], "office": "…"}, …]}. `type` and `topic` are ids of
the rulebook's items, "" where none; months are Gregorian; `start` is null until it is chosen.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from esar.platform.calendars.received import Received
from esar.platform.history.frozen import Frozen
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body, Person
from esar.report.activity_plans.frozen import PlanContent
from esar.report.activity_plans.states import PlanChangeState, PlanState


class Plan(Received):
    """A body's plan of activities for one fiscal year.

    `content` is what is being written; `revision` counts its savings, so that none is lost;
    `version` is the number of the version in force, 0 before the first. `received_on` is the day,
    in Bangkok, of its first sending in, `due_on` the day that is held against it. `rules_of` is the
    day whose rules its people last knew of: when it was opened, sent in or checked again.
    """

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=PlanState.choices, default=PlanState.DRAFT)
    since = models.DateTimeField()
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    version = models.PositiveSmallIntegerField(default=0)
    rules_of = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("-fiscal_year", "body__name_key")
        constraints = (
            models.UniqueConstraint(name="plan_one_a_year", fields=("body", "fiscal_year")),
            state_is_known("plan", PlanState),
            models.CheckConstraint(
                name="plan_submitted_is_versioned_and_received",
                condition=~Q(state="submitted")
                | (Q(version__gte=1) & Q(received_on__isnull=False)),
                violation_error_code="submitted_unsent",
            ),
        )
        indexes = (models.Index(name="plan_waiting", fields=("fiscal_year", "state")),)

    def __str__(self) -> str:
        return f"{self.body.code} {self.fiscal_year}"

    @property
    def planned(self) -> PlanContent:
        """What is being written, as it is now."""
        return PlanContent.from_json(self.content)


class PlanVersion(Frozen):
    """What was sent in, or changed by a request: frozen and readable for ever.

    `rules_of` is the day whose rules it was checked under.
    """

    plan = models.ForeignKey(Plan, models.RESTRICT, related_name="+")
    rules_of = models.DateField()
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(name="plan_version_once", fields=("plan", "number")),
            models.CheckConstraint(
                name="plan_version_counts_from_one",
                condition=Q(number__gte=1),
                violation_error_code="number_zero",
            ),
        )

    def __str__(self) -> str:
        return str(self.plan)

    @cached_property
    def planned(self) -> PlanContent:
        """What it says."""
        return PlanContent.from_json(self.content)


class PlanChange(models.Model):
    """A request to change a plan in force: `old` and `new` are its content before and after."""

    plan = models.ForeignKey(Plan, models.RESTRICT, related_name="+")
    base_version = models.PositiveSmallIntegerField()
    old = models.JSONField()
    new = models.JSONField()
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=12, choices=PlanChangeState.choices, default=PlanChangeState.DRAFT
    )
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            state_is_known("plan_change", PlanChangeState),
            models.CheckConstraint(
                name="plan_change_has_a_reason",
                condition=Q(state__in=("draft", "withdrawn")) | ~Q(reason=""),
                violation_error_code="no_reason",
            ),
            models.UniqueConstraint(
                name="plan_change_one_open",
                fields=("plan",),
                condition=Q(state__in=("draft", "proposed", "asked")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan} {self.pk}"

    @property
    def planned_before(self) -> PlanContent:
        """The plan as it is in force."""
        return PlanContent.from_json(self.old)

    @property
    def planned(self) -> PlanContent:
        """The plan as it is asked for, as it is now."""
        return PlanContent.from_json(self.new)
