"""A body's score in one round: computed once, kept with its explanation and its rulebook's hash."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from esar.organisations.models import Body


class Result(models.Model):
    """`explanation` is the whole score as `esar.scoring.wire` writes it, steps and all.

    Totals have at most 4 decimals (the scale of 1–5); `grade_id` is empty in an ungraded round.
    """

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    round_id = models.CharField(max_length=10)
    total = models.DecimalField(max_digits=7, decimal_places=4)
    grade_id = models.CharField(max_length=40, blank=True)
    rulebook_sha256 = models.CharField(max_length=64)
    explanation = models.JSONField()
    is_demo = models.BooleanField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="result_one_for_a_body_and_round", fields=("body", "fiscal_year", "round_id")
            ),
            models.CheckConstraint(
                name="result_total_is_on_a_scale",
                condition=Q(total__gte=0, total__lte=100),
                violation_error_code="total_off_scale",
            ),
            models.CheckConstraint(
                name="result_year_is_buddhist",
                condition=Q(fiscal_year__gte=2500, fiscal_year__lte=2700),
                violation_error_code="year_not_buddhist",
            ),
        )
        indexes = (models.Index(fields=("fiscal_year", "round_id", "total")),)

    def __str__(self) -> str:
        return f"{self.body_id} {self.fiscal_year} {self.round_id}"
