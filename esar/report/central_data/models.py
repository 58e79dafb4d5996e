"""What owners of central data sent, the values that bodies have of it, and objections to them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Body, Person
from esar.report.central_data.states import DeliveryState, ObjectionState


class Delivery(models.Model):
    """One file with the values of one rule for one round, as it was read when it was sent.

    `rows` are what the file says, `problems` what is wrong with it; both are kept for ever.
    `partial`: the owner published the sound rows of a file that had problems.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    round_id = models.CharField(max_length=20)
    rule_id = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.CHECKING
    )
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    partial = models.BooleanField(default=False)

    class Meta:
        ordering = ("-fiscal_year", "rule_id", "round_id", "-number")
        constraints = (
            models.UniqueConstraint(
                name="central_delivery_number_once",
                fields=("fiscal_year", "round_id", "rule_id", "number"),
            ),
            models.UniqueConstraint(
                name="central_delivery_one_in_checking",
                fields=("fiscal_year", "round_id", "rule_id"),
                condition=Q(state="checking"),
            ),
            models.CheckConstraint(
                name="central_delivery_counts_from_one",
                condition=Q(number__gte=1),
                violation_error_code="number_zero",
            ),
            state_is_known("central_delivery", DeliveryState),
            models.CheckConstraint(
                name="central_delivery_published_has_its_moment",
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at=None)),
                violation_error_code="published_at_of_state",
            ),
            models.CheckConstraint(
                name="central_delivery_partial_is_published",
                condition=Q(partial=False) | Q(state="published"),
                violation_error_code="partial_of_state",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} {self.fiscal_year}/{self.round_id} #{self.number}"


class Kept(models.QuerySet["CentralValue"]):
    """Rows that are written once: a body may have been told of them, and a score rest on them."""

    def update(self, **_fields: Any) -> int:
        raise TypeError("a central value is never changed: write the next number")

    def delete(self) -> Any:
        raise TypeError("a central value is never deleted: write the next number")


class CentralValue(models.Model):
    """A body's value of one rule in one round, or why there is none; the newest number counts.

    `value` is in points (0 to 100) for a component whose points are given, else in the KPI's unit.
    It came with a delivery, or with the decision on an objection; `at` is when it was published.
    No row at all is a fourth thing beside a figure, zero and `no_data`: not delivered.
    """

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    round_id = models.CharField(max_length=20)
    rule_id = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    no_data = models.CharField(max_length=500, blank=True)
    delivery = models.ForeignKey(Delivery, models.RESTRICT, null=True, related_name="+")
    objection = models.ForeignKey("Objection", models.RESTRICT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    objects = Kept.as_manager()

    class Meta:
        ordering = ("-fiscal_year", "rule_id", "round_id", "body__name_key", "-number")
        constraints = (
            models.UniqueConstraint(
                name="central_value_number_once",
                fields=("body", "fiscal_year", "round_id", "rule_id", "number"),
            ),
            models.CheckConstraint(
                name="central_value_counts_from_one",
                condition=Q(number__gte=1),
                violation_error_code="number_zero",
            ),
            models.CheckConstraint(
                name="central_value_has_value_xor_reason",
                condition=Q(value__isnull=False, no_data="")
                | (Q(value__isnull=True) & ~Q(no_data="")),
                violation_error_code="value_xor_reason",
            ),
            models.CheckConstraint(
                name="central_value_has_one_source",
                condition=Q(delivery__isnull=False, objection__isnull=True)
                | Q(delivery__isnull=True, objection__isnull=False),
                violation_error_code="one_source",
            ),
        )
        indexes = (
            models.Index(
                name="central_value_of_set", fields=("fiscal_year", "round_id", "rule_id")
            ),
        )

    def __str__(self) -> str:
        return f"{self.body.code} {self.rule_id} {self.fiscal_year}/{self.round_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a central value is never changed: write the next number")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Any:
        raise TypeError("a central value is never deleted: write the next number")


class Objection(models.Model):
    """A body's objection to a value, and how the owner decided it, with the reason."""

    central_value = models.ForeignKey(CentralValue, models.RESTRICT, related_name="+")
    text = models.TextField()
    state = models.CharField(
        max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN
    )
    answer = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.RESTRICT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="central_objection_once_for_a_value",
                fields=("central_value",),
                condition=Q(state__in=("open", "upheld", "rejected")),
            ),
            state_is_known("central_objection", ObjectionState),
            models.CheckConstraint(
                name="central_objection_says_why",
                condition=~Q(text=""),
                violation_error_code="no_reason",
            ),
            models.CheckConstraint(
                name="central_objection_decided_has_answer_and_decider",
                condition=(
                    Q(state__in=("upheld", "rejected"), decided_by__isnull=False)
                    & Q(decided_at__isnull=False)
                    & ~Q(answer="")
                )
                | Q(state__in=("open", "withdrawn"), decided_by=None, decided_at=None, answer=""),
                violation_error_code="decided_xor_open",
            ),
        )
        indexes = (models.Index(name="central_objection_state", fields=("state",)),)

    def __str__(self) -> str:
        return f"{self.central_value} #{self.pk}"
