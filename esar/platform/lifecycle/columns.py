"""Conditions on the columns that every life has, as its table's own constraints."""

from __future__ import annotations

from django.db import models


def state_is_known(name: str, states: type[models.TextChoices]) -> models.CheckConstraint:
    """The database knows no other state than those of the life: `<name>_state_is_known`."""
    return models.CheckConstraint(
        name=f"{name}_state_is_known",
        condition=models.Q(state__in=states.values),
        violation_error_code="state_unknown",
    )
