"""A body's score in one round: computed once, kept with its explanation and its rulebook's hash."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from esar.judge.assessments.models import Assessment
from esar.judge.results.states import ResultState
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body


class RulebookCopy(models.Model):
    """A year's rulebook as it stood when a result was computed: {path: text}, under its hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    year = models.PositiveSmallIntegerField()
    files = models.JSONField()


class FullMark(models.CharField):  # type: ignore[type-arg]
    """What a total is out of, taken from the explanation when a row is saved.

    A list of results shows it, and would read every explanation for it.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options | {"max_length": 20, "default": "", "editable": False})

    def deconstruct(self) -> Any:
        """A migration knows it as plain text, which it is to the database."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        assert isinstance(model_instance, Result)
        if add:
            model_instance.out_of = str(model_instance.explanation.get("out_of") or "")
        return str(model_instance.out_of)


MOVING = {"state", "released_at"}  # all that may ever change in a row


class Result(models.Model):
    """`explanation` is the whole score as `esar.law.scoring.wire` writes it, steps and all.

    `inputs` are the facts it was computed from, in the form that `esar score` reads. `stages` keeps
    self, assessed and final apart: {"order", "totals", "kpis": {number: {stage: …}}}. Totals have
    at most 4 decimals (the scale of 1–5); `grade_id` is empty in an ungraded round. A correction is
    the next `number`, with its reason; a row is never computed anew. The database itself refuses a
    total, a full mark or a grade that is not the explanation's.
    """

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    round_id = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=10, choices=ResultState.choices, default=ResultState.COMPUTED
    )
    assessment = models.ForeignKey(Assessment, models.RESTRICT, null=True, related_name="+")
    total = models.DecimalField(max_digits=7, decimal_places=4)
    out_of = FullMark()
    grade_id = models.CharField(max_length=40, blank=True)
    rulebook_sha256 = models.CharField(max_length=64)
    explanation = models.JSONField()
    inputs = models.JSONField(default=dict)
    stages = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    is_demo = models.BooleanField()
    computed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="result_number_once", fields=("body", "fiscal_year", "round_id", "number")
            ),
            models.UniqueConstraint(
                name="result_one_released",
                fields=("body", "fiscal_year", "round_id"),
                condition=Q(state="released"),
            ),
            state_is_known("result", ResultState),
            models.CheckConstraint(
                name="result_released_has_its_day",
                condition=~Q(state="released") | Q(released_at__isnull=False),
                violation_error_code="released_without_day",
            ),
            models.CheckConstraint(
                name="result_total_is_on_a_scale",
                condition=Q(total__gte=0, total__lte=100),
                violation_error_code="total_off_scale",
            ),
            models.CheckConstraint(
                name="result_total_is_explained",
                condition=Q(
                    total=Cast(
                        KT("explanation__total"),
                        models.DecimalField(max_digits=7, decimal_places=4),
                    )
                ),
                violation_error_code="total_not_explained",
            ),
            models.CheckConstraint(
                name="result_full_mark_is_explained",
                condition=Q(out_of=KT("explanation__out_of")),
                violation_error_code="full_mark_not_explained",
            ),
            models.CheckConstraint(
                name="result_grade_is_explained",
                condition=Q(grade_id=Coalesce(KT("explanation__grade__id"), Value(""))),
                violation_error_code="grade_not_explained",
            ),
            models.CheckConstraint(
                name="result_year_is_buddhist",
                condition=Q(fiscal_year__gte=2500, fiscal_year__lte=2700),
                violation_error_code="year_not_buddhist",
            ),
        )
        indexes = (
            models.Index(fields=("fiscal_year", "round_id", "total")),
            models.Index(name="result_state", fields=("state", "fiscal_year")),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.fiscal_year} {self.round_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and not set(kwargs.get("update_fields") or ("*",)) <= MOVING:
            raise TypeError("a result is never changed: record a correction")
        super().save(*args, **kwargs)


class RouteStep(models.Model):
    """A step of the route of a round's results that was made: at which meeting, on which day."""

    fiscal_year = models.PositiveSmallIntegerField()
    round_id = models.CharField(max_length=10)
    step = models.CharField(max_length=40)
    meeting = models.CharField(max_length=200)
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="route_step_once", fields=("fiscal_year", "round_id", "step")
            ),
        )

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.round_id} {self.step}"
