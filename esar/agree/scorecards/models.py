"""Indicators, scorecards, what was offered, what is in force, and what was asked to change."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from esar.agree.scorecards.states import ChangeState, State, TemplatesState
from esar.platform.history.frozen import Frozen
from esar.platform.organisations.models import Body, Person

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


OF_THE_RULES = "GIVEN-"  # how codes of indicators that the rulebook itself makes begin


class Indicator(models.Model):
    """An indicator with one identity for all years. `body` is whose it is; none: OPDC's list."""

    code = models.CharField(max_length=30, unique=True)
    body = models.ForeignKey(Body, models.RESTRICT, null=True, related_name="+")
    listed_as = models.CharField(max_length=60, blank=True)  # item of a rulebook's list

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def is_of_the_rules(self) -> bool:
        """Whether the rulebook itself puts it on scorecards: nobody writes or changes it."""
        return self.code.startswith(OF_THE_RULES)


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
    direction = models.CharField(max_length=6, default="higher")
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
        ordering = ("indicator", "-number")
        constraints = (
            models.UniqueConstraint(name="indicator_version_once", fields=("indicator", "number")),
            models.CheckConstraint(
                name="indicator_direction_is_known",
                condition=Q(direction__in=("higher", "lower")),
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
                condition=Q(method__in=("ladder", "milestones", "given", "plan")),
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
        ordering = ("-fiscal_year", "body__name_th")
        constraints = (
            models.UniqueConstraint(name="scorecard_one_a_year", fields=("body", "fiscal_year")),
            models.CheckConstraint(
                name="scorecard_state_is_known",
                condition=Q(state__in=State.values),
                violation_error_code="state_unknown",
            ),
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
    cancelled = models.CharField(max_length=500, blank=True)  # the decision that cancelled it

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(name="kpi_number_once", fields=("scorecard", "number")),
            models.UniqueConstraint(name="kpi_indicator_once", fields=("scorecard", "template")),
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


class KpiTemplates(models.Model):
    """What a body fills in of its KPIs' templates once they are in force, and OPDC's audit of it.

    `content` is KPI number → field → text (baseline: rows as in IndicatorVersion). `verdicts` is
    KPI number → {"passed": …, "comment": …, "of": the digest of what was audited}.
    `received` is the day (Bangkok) of the first sending: that one is held against the due day.
    """

    scorecard = models.OneToOneField(Scorecard, models.RESTRICT, related_name="+")
    content = models.JSONField(default=dict)
    verdicts = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12, choices=TemplatesState.choices, default=TemplatesState.DRAFT
    )
    since = models.DateTimeField()
    received = models.DateField(null=True)

    class Meta:
        ordering = ("scorecard",)
        constraints = (
            models.CheckConstraint(
                name="templates_state_is_known",
                condition=Q(state__in=TemplatesState.values),
                violation_error_code="state_unknown",
            ),
            models.CheckConstraint(
                name="templates_sent_have_a_day",
                condition=~Q(state__in=("sent", "returned", "passed")) | Q(received__isnull=False),
                violation_error_code="sent_without_a_day",
            ),
        )

    def __str__(self) -> str:
        return str(self.scorecard)


class ChangeRequest(models.Model):
    """A request to change, or cancel, one KPI of a scorecard in force.

    `old` and `new` are the KPI's content before and after; `new` is null when it is cancelled.
    `achieved` is what has been achieved so far, in the unit: the new target must not equal it.
    """

    scorecard = models.ForeignKey(Scorecard, models.RESTRICT, related_name="+")
    number = models.CharField(max_length=10)
    base_version = models.PositiveSmallIntegerField()
    window = models.CharField(max_length=60)
    ground = models.CharField(max_length=60)
    reason = models.TextField()
    evidence = models.TextField()
    achieved = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    cancels = models.BooleanField(default=False)
    old = models.JSONField()
    new = models.JSONField(null=True)
    effect = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=ChangeState.choices, default=ChangeState.DRAFT)
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            models.CheckConstraint(
                name="change_state_is_known",
                condition=Q(state__in=ChangeState.values),
                violation_error_code="state_unknown",
            ),
            models.CheckConstraint(
                name="change_cancels_xor_has_new_values",
                condition=Q(cancels=True, new__isnull=True) | Q(cancels=False, new__isnull=False),
                violation_error_code="cancels_xor_new",
            ),
            models.UniqueConstraint(
                name="change_one_open_for_a_kpi",
                fields=("scorecard", "number"),
                condition=Q(state__in=("draft", "proposed", "opinion", "decide")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.scorecard} {self.number}"
