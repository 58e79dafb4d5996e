"""A person asks that what the site says of them be corrected."""

from django.db import models

from esar.platform.lifecycle.columns import state_is_known
from esar.platform.organisations.models import Person
from esar.show.privacy.states import CorrectionState


class Correction(models.Model):
    """What a person asks to have corrected; the answer is the reason of the move that gives it."""

    person = models.ForeignKey(Person, models.RESTRICT, related_name="+")
    text = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=CorrectionState.choices, default="asked")
    since = models.DateTimeField()

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (state_is_known("correction", CorrectionState),)
