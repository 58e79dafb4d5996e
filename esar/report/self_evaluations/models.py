"""What a body that evaluates itself sends OPDC."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from esar.platform.evidence.attachments import RestsOn
from esar.platform.history.frozen import Frozen
from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body
from esar.report.self_evaluations.states import SelfEvaluationState

# What its papers say, in the order of its page.
TEXT = ("frame", "evaluators", "grade", "letter")
FIELDS = ("frame", "evaluators", "total", "scale", "grade", "letter", "letter_day", "received_on")


class SelfEvaluation(models.Model):
    """A body's evaluation of itself in a round, as the body gives it: nothing of it is computed.

    `frame` is by what it was evaluated, `evaluators` the independent evaluators, a line each;
    `total` is out of `scale`, both the body's own, `grade` in its own words. `letter` is the number
    of the letter that it came by. It is no result: no average, rank or count of results has it.
    """

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    round_id = models.CharField(max_length=10)
    frame = models.CharField(max_length=500, blank=True, default="")
    evaluators = models.TextField(blank=True, default="")
    total = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    scale = models.DecimalField(max_digits=9, decimal_places=4, null=True)
    grade = models.CharField(max_length=200, blank=True, default="")
    letter = models.CharField(max_length=200, blank=True, default="")
    letter_day = models.DateField(null=True)
    received_on = models.DateField(null=True)
    put_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=SelfEvaluationState.choices, default="asked")
    since = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("-fiscal_year", "body__name_key")
        constraints = (
            state_is_known("self_evaluation", SelfEvaluationState),
            models.UniqueConstraint(
                name="self_evaluation_once_a_round", fields=("body", "fiscal_year", "round_id")
            ),
            models.CheckConstraint(
                name="self_evaluation_total_is_on_its_scale",
                condition=Q(total=None)
                | Q(total__gte=0, total__lte=F("scale"), scale__isnull=False),
                violation_error_code="total_off_scale",
            ),
            models.CheckConstraint(
                name="self_evaluation_put_has_its_days",
                condition=~Q(state="put") | Q(received_on__isnull=False, put_on__isnull=False),
                violation_error_code="put_without_day",
            ),
        )
        indexes = (models.Index(name="self_evaluation_round", fields=("fiscal_year", "round_id")),)

    def __str__(self) -> str:
        return f"{self.body.code} {self.fiscal_year} {self.round_id}"


class SelfEvaluationPaper(RestsOn):
    """A document that came with it. While asked for, it may be taken off; received, it stays."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                name="self_evaluation_paper_once", fields=("self_evaluation", "file")
            ),
        )


class SelfEvaluationVersion(Frozen):
    """What was received, each time that it was."""

    self_evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                name="self_evaluation_version_once", fields=("self_evaluation", "number")
            ),
        )
