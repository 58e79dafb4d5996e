"""Bodies, committees and people; who held which role, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from esar.platform.ui.sorting import SortKey


def _days_run_forward(name: str) -> models.CheckConstraint:
    condition = Q(last_day=None) | Q(first_day=None) | Q(last_day__gte=F("first_day"))
    return models.CheckConstraint(
        name=name, condition=condition, violation_error_code="days_run_back"
    )


class Body(models.Model):
    """One organisation of the registry. Abbreviations are not unique; the code is.

    `evaluated_from` is the first day it is in the evaluation; none when it is not evaluated, which
    only departments and provinces ever are. A merger or a split closes a body and names its
    `successor`. `parent` is its ministry, of one outside the evaluation the ministry that
    supervises it. `under_revolving_fund_act`: of a public organisation under the Act of 2558; None
    where no source says so.
    """

    class Kind(models.TextChoices):
        MINISTRY = "ministry"
        DEPARTMENT = "department"
        PROVINCE = "province"
        CLUSTER = "cluster"
        STATE_ENTERPRISE = "state_enterprise"
        PUBLIC_ORGANISATION = "public_organisation"
        SPECIAL = "special"
        OTHER = "other"

    class Act(models.TextChoices):
        """The law under which a public organisation was established."""

        PUBLIC_ORGANISATION = "public_organisation_act"  # of 2542
        SPECIAL = "special_act"

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name_th = models.CharField(max_length=200)
    name_key = SortKey(of="name_th")
    name_en = models.CharField(max_length=200)
    abbr_th = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")
    cluster = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")
    successor = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")
    region_th = models.CharField(max_length=50, blank=True)
    evaluated_from = models.DateField(null=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    established_by = models.CharField(max_length=24, choices=Act.choices, blank=True, default="")
    under_revolving_fund_act = models.BooleanField(null=True)
    is_demo = models.BooleanField(default=False)
    source = models.TextField()

    class Meta:
        ordering = ("name_key",)
        constraints = (
            models.CheckConstraint(
                name="body_outside_is_never_evaluated",
                condition=Q(evaluated_from__isnull=True) | Q(kind__in=("department", "province")),
                violation_error_code="evaluated_outside",
            ),
            models.CheckConstraint(
                name="body_only_a_public_organisation_has_an_act",
                condition=Q(kind="public_organisation")
                | Q(established_by="", under_revolving_fund_act__isnull=True),
                violation_error_code="act_of_kind",
            ),
            models.CheckConstraint(
                name="body_kind_is_known",
                condition=Q(
                    kind__in=(
                        "ministry",
                        "department",
                        "province",
                        "cluster",
                        "state_enterprise",
                        "public_organisation",
                        "special",
                        "other",
                    )
                ),
                violation_error_code="kind_unknown",
            ),
            models.CheckConstraint(
                name="body_department_has_a_parent",
                condition=Q(kind="department", parent__isnull=False)
                | (Q(kind__in=("ministry", "province", "cluster")) & Q(parent__isnull=True))
                | Q(kind__in=("state_enterprise", "public_organisation", "special", "other")),
                violation_error_code="parent_of_kind",
            ),
            models.CheckConstraint(
                name="body_only_a_province_has_a_cluster",
                condition=Q(cluster__isnull=True) | Q(kind="province"),
                violation_error_code="cluster_of_kind",
            ),
            _days_run_forward("body_days_run_forward"),
            models.CheckConstraint(
                name="body_names_are_not_empty",
                condition=~Q(code="") & ~Q(name_th="") & ~Q(name_en=""),
                violation_error_code="name_empty",
            ),
        )

    def __str__(self) -> str:
        return self.name_th


class FormerName(models.Model):
    """What a body was called until `last_day`."""

    body = models.ForeignKey(Body, models.RESTRICT, related_name="former_names")
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    last_day = models.DateField()
    source = models.TextField()

    class Meta:
        ordering = ("-last_day",)
        constraints = (
            models.UniqueConstraint(name="former_name_once", fields=("body", "last_day")),
        )


class OfficeHolder(models.Model):
    """Who held a post at a body, and when: the governor, the director-general."""

    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("-first_day",)
        constraints = (_days_run_forward("office_holder_days_run_forward"),)


class Portfolio(models.Model):
    """A body that a holder of office is in charge of, between two days, by an order.

    It ends with the holder's days too. A body without one is its own ministry's.
    """

    holder = models.ForeignKey(OfficeHolder, models.RESTRICT, related_name="+")
    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    order = models.CharField(max_length=300)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("body__name_key", "-first_day")
        constraints = (
            _days_run_forward("portfolio_days_run_forward"),
            models.UniqueConstraint(
                name="portfolio_one_open", fields=("body",), condition=Q(last_day=None)
            ),
            models.CheckConstraint(
                name="portfolio_names_its_order",
                condition=~Q(order=""),
                violation_error_code="no_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.order}"


class Committee(models.Model):
    """A standing committee or working group. Its seats, quorum and powers are in the rulebook.

    `rule_id` names the rulebook's entry; level 0 is the sub-commission of OPDC.
    """

    code = models.CharField(max_length=40, unique=True)
    rule_id = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    first_year = models.PositiveSmallIntegerField(null=True)  # fiscal years it considers;
    last_year = models.PositiveSmallIntegerField(null=True)  # null leaves them open
    name_th = models.CharField(max_length=300)
    name_key = SortKey(of="name_th")
    name_en = models.CharField(max_length=300)

    class Meta:
        ordering = ("level", "name_key")
        constraints = (
            models.CheckConstraint(
                name="committee_level_is_known",
                condition=Q(level__lte=2),
                violation_error_code="level_unknown",
            ),
        )

    def __str__(self) -> str:
        return self.name_th


class Jurisdiction(models.Model):
    """A body whose scorecard a committee considers."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, models.RESTRICT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(name="jurisdiction_once", fields=("committee", "body")),
        )


class PersonManager(BaseUserManager["Person"]):
    """People are made by invitation; only the first administrator and demos are made here."""

    def create_user(self, email: str, name: str, password: str | None = None) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone who signs in. Closed, never deleted: the log and the resolutions name them."""

    class Mail(models.TextChoices):
        AT_ONCE = "at_once"
        DIGEST = "digest"
        NONE = "none"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    name_key = SortKey(of="name")
    position = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=50, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.DIGEST)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]  # noqa: RUF012 Django wants a list

    class Meta:
        ordering = ("name_key", "pk")
        constraints = (
            models.CheckConstraint(
                name="person_closed_is_not_active",
                condition=Q(closed_on=None) | Q(is_active=False),
                violation_error_code="closed_and_active",
            ),
            models.CheckConstraint(
                name="person_has_a_name", condition=~Q(name=""), violation_error_code="name_empty"
            ),
            models.CheckConstraint(
                name="person_mail_is_known",
                condition=Q(mail__in=("at_once", "digest", "none")),
                violation_error_code="mail_unknown",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def delete(self, *_args: Any, **_kwargs: Any) -> Any:
        raise TypeError("people are closed, never deleted")


class Role(models.TextChoices):
    REPORTER = "reporter"
    APPROVER = "approver"
    SECRETARY = "secretary"
    MEMBER = "member"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    ASSESSOR = "assessor"
    MINISTERS_OFFICE = "ministers_office"
    CENTRAL_OWNER = "central_owner"
    AUDITOR = "auditor"


OF_A_BODY = (Role.REPORTER, Role.APPROVER, Role.MINISTERS_OFFICE, Role.CENTRAL_OWNER)
OF_A_COMMITTEE = (Role.SECRETARY, Role.MEMBER)
OF_OPDC = (Role.ANALYST, Role.ADMINISTRATOR, Role.ASSESSOR, Role.AUDITOR)
NEEDS_SECOND_STEP = (Role.ADMINISTRATOR, Role.ANALYST, Role.ASSESSOR)  # at sign-in


class Appointment(models.Model):
    """A role that a person holds, at a body or on a committee or at OPDC, between two days."""

    person = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    body = models.ForeignKey(Body, models.RESTRICT, null=True, related_name="+")
    committee = models.ForeignKey(Committee, models.RESTRICT, null=True, related_name="+")
    seat = models.CharField(max_length=200, blank=True)  # e.g. "ประธาน", for committees
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        ordering = ("role", "pk")
        constraints = (
            models.CheckConstraint(
                name="appointment_is_where_its_role_belongs",
                condition=Q(
                    role__in=("reporter", "approver", "ministers_office", "central_owner"),
                    body__isnull=False,
                    committee__isnull=True,
                )
                | Q(role__in=("secretary", "member"), body__isnull=True, committee__isnull=False)
                | Q(
                    role__in=("analyst", "administrator", "assessor", "auditor"),
                    body__isnull=True,
                    committee__isnull=True,
                ),
                violation_error_code="role_place",
            ),
            _days_run_forward("appointment_days_run_forward"),
            models.UniqueConstraint(
                name="appointment_once_at_a_body",
                fields=("person", "role", "body"),
                condition=Q(last_day=None, body__isnull=False),
            ),
            models.UniqueConstraint(
                name="appointment_once_on_a_committee",
                fields=("person", "role", "committee"),
                condition=Q(last_day=None, committee__isnull=False),
            ),
            models.UniqueConstraint(
                name="appointment_once_at_opdc",
                fields=("person", "role"),
                condition=Q(last_day=None, body__isnull=True, committee__isnull=True),
            ),
        )
        indexes = (models.Index(name="appointment_person", fields=("person", "role")),)

    def lasts_on(self, day: date) -> bool:
        """Whether it has not ended before a day."""
        return self.last_day is None or self.last_day >= day


class Delegation(models.Model):
    """For a period, `taker` may do what an appointment allows its holder to do."""

    appointment = models.ForeignKey(Appointment, models.RESTRICT, related_name="+")
    taker = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-first_day",)
        constraints = (_days_run_forward("delegation_days_run_forward"),)
