"""Indicators: one identity for all years, and each text that it has had."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from esar.platform.organisations.models import Body

# The template's text fields, in the order a form and a page show them.
TEMPLATE_FIELDS = (
    "name",
    "method",
    "unit",
    "direction",
    "accumulation",
    "per",
    "definition",
    "formula",
    "scope",
    "conditions",
    "data_source",
    "collection",
    "baseline",
    "owner",
    "owner_phone",
    "strategic_kpi",
    "strategic_link",
    "sdg",
    "international_index",
    "dimension",
)


class Indicator(models.Model):
    """An indicator with one identity for all years. `body` is whose it is; none: OPDC's list.

    `rule_id` is the rulebook's entry that itself puts it on scorecards; empty for all others.
    """

    code = models.CharField(max_length=120, unique=True)
    body = models.ForeignKey(Body, models.RESTRICT, null=True, related_name="+")
    listed_as = models.CharField(max_length=120, blank=True)  # item of a rulebook's list
    rule_id = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        app_label = "scorecards"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def is_of_the_rules(self) -> bool:
        """Whether the rulebook itself puts it on scorecards: nobody writes or changes it."""
        return bool(self.rule_id)


class IndicatorVersion(models.Model):
    """The KPI template (แบบฟอร์มรายละเอียดตัวชี้วัด) as it stood from one fiscal year on.

    Once a scorecard in force holds it, a change of its text is a new version.
    `baseline` is [{"year": 2564, "value": "12.5"}, …], values as decimal strings in `unit`.
    """

    class Method(models.TextChoices):
        LADDER = "ladder"
        MILESTONES = "milestones"
        GIVEN = "given"
        PLAN = "plan"
        ITEMS = "items"  # the weighted average of items, each with targets of its own

    class Accumulation(models.TextChoices):
        LAST = "last"
        SUM = "sum"
        MEAN = "mean"
        MAX = "max"
        RATIO = "ratio"  # Σ numerators ÷ Σ denominators × `per`; never a mean of percentages

    FIELDS = TEMPLATE_FIELDS

    indicator = models.ForeignKey(Indicator, models.RESTRICT, related_name="+")
    number = models.PositiveSmallIntegerField()
    fiscal_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    method = models.CharField(max_length=12, choices=Method.choices, default=Method.LADDER)
    unit = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=6, default="higher", blank=True)  # "": not chosen yet
    accumulation = models.CharField(
        max_length=6, choices=Accumulation.choices, default=Accumulation.LAST
    )
    per = models.CharField(max_length=6, default="100")  # what a ratio is multiplied by
    definition = models.TextField(blank=True)
    formula = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    data_source = models.TextField(blank=True)
    collection = models.TextField(blank=True)
    baseline = models.JSONField(default=list)
    owner = models.CharField(max_length=200, blank=True)
    owner_phone = models.CharField(max_length=50, blank=True)
    strategic_kpi = models.CharField(max_length=300, blank=True)
    strategic_link = models.CharField(max_length=10, blank=True)  # same, cascade, proxy
    sdg = models.CharField(max_length=60, blank=True)
    international_index = models.CharField(max_length=200, blank=True)
    dimension = models.CharField(max_length=12, blank=True)  # economic, social, environment

    class Meta:
        app_label = "scorecards"
        ordering = ("indicator", "-number")
        constraints = (
            models.UniqueConstraint(name="indicator_version_once", fields=("indicator", "number")),
            models.CheckConstraint(
                name="indicator_direction_is_known",
                condition=Q(direction__in=("", "higher", "lower")),
                violation_error_code="direction_unknown",
            ),
            models.CheckConstraint(
                name="indicator_accumulation_is_known",
                condition=Q(accumulation__in=("last", "sum", "mean", "max", "ratio"))
                & Q(per__in=("1", "100", "1000", "10000", "100000")),
                violation_error_code="accumulation_unknown",
            ),
            models.CheckConstraint(
                name="indicator_method_is_known",
                condition=Q(method__in=("ladder", "milestones", "given", "plan", "items")),
                violation_error_code="method_unknown",
            ),
            models.CheckConstraint(
                name="indicator_strategic_link_is_known",
                condition=Q(strategic_link__in=("", "same", "cascade", "proxy")),
                violation_error_code="link_unknown",
            ),
            models.CheckConstraint(
                name="indicator_dimension_is_known",
                condition=Q(dimension__in=("", "economic", "social", "environment")),
                violation_error_code="dimension_unknown",
            ),
        )

    def __str__(self) -> str:
        return self.name
