"""Ministries, departments and provinces, with the days between which each existed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Body(models.Model):
    """One organisation of the registry. Abbreviations are not unique; the code is."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry"
        DEPARTMENT = "department"
        PROVINCE = "province"

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    abbr_th = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")
    region_th = models.CharField(max_length=50, blank=True)
    cluster_th = models.CharField(max_length=100, blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        ordering = ("name_th",)
        constraints = (
            models.CheckConstraint(
                name="body_kind_is_known",
                condition=Q(kind__in=("ministry", "department", "province")),
                violation_error_code="kind_unknown",
            ),
            models.CheckConstraint(
                name="body_department_has_a_parent_and_others_have_none",
                condition=Q(kind="department", parent__isnull=False)
                | (~Q(kind="department") & Q(parent__isnull=True)),
                violation_error_code="parent_of_kind",
            ),
            models.CheckConstraint(
                name="body_days_run_forward",
                condition=Q(last_day__isnull=True)
                | Q(first_day__isnull=True)
                | Q(last_day__gte=F("first_day")),
                violation_error_code="days_run_back",
            ),
            models.CheckConstraint(
                name="body_names_are_not_empty",
                condition=~Q(code="") & ~Q(name_th="") & ~Q(name_en=""),
                violation_error_code="name_empty",
            ),
        )

    def __str__(self) -> str:
        return self.name_th
