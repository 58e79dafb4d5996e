"""Offers of roles: nobody has a role, or stands in for somebody, before they have accepted it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Appointment, Body, Committee, Person, Role
from esar.platform.organisations.queries import Place
from esar.platform.role_offers.states import OfferState

WAITS = Q(state="offered", lent=None)


class RoleOffer(models.Model):
    """A role that `giver` offers to `person`: a new one, or the one of `lent` between two days.

    A new role begins on the day it is accepted and has no last one.
    """

    person = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    giver = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    body = models.ForeignKey(Body, models.RESTRICT, null=True, related_name="+")
    committee = models.ForeignKey(Committee, models.RESTRICT, null=True, related_name="+")
    seat = models.CharField(max_length=200, blank=True)
    lent = models.ForeignKey(Appointment, models.RESTRICT, null=True, related_name="+")
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=OfferState.choices, default="offered")
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            state_is_known("role_offer", OfferState),
            models.CheckConstraint(
                name="role_offer_lent_has_its_days",
                condition=Q(lent=None, first_day=None, last_day=None)
                | Q(lent__isnull=False, first_day__isnull=False, last_day__gte=F("first_day")),
                violation_error_code="days_run_back",
            ),
            models.UniqueConstraint(
                name="role_offer_once_at_a_body",
                fields=("person", "role", "body"),
                condition=WAITS & Q(body__isnull=False),
            ),
            models.UniqueConstraint(
                name="role_offer_once_on_a_committee",
                fields=("person", "role", "committee"),
                condition=WAITS & Q(committee__isnull=False),
            ),
            models.UniqueConstraint(
                name="role_offer_once_at_opdc",
                fields=("person", "role"),
                condition=WAITS & Q(body=None, committee=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} → {self.person}"

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of one that is lent."""
        assert self.first_day is not None, "the database asks for both"
        assert self.last_day is not None, "the database asks for both"
        return self.first_day, self.last_day

    @property
    def place(self) -> Place:
        """Where the role is."""
        return {"body": self.body, "committee": self.committee, "seat": self.seat}

    @property
    def kind(self) -> str:
        """ "lend" or "give": what its sentences end with."""
        return "give" if self.lent_id is None else "lend"
