"""Conditions on columns that many tables have, as the tables' own constraints."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact


def state_is_known(name: str, states: type[models.TextChoices]) -> models.CheckConstraint:
    """The database knows no other state than those of the life: `<name>_state_is_known`."""
    return models.CheckConstraint(
        name=f"{name}_state_is_known",
        condition=models.Q(state__in=states.values),
        violation_error_code="state_unknown",
    )


def has_only(characters: str, column: str) -> Q:
    """Only these characters stand in the column; not a line's end either.

    What is left after they are trimmed from both ends is what is none of them. A pattern would be
    a function of Python's to SQLite, which no other program has.
    """
    rest = Func(F(column), Value(characters), function="TRIM", output_field=models.CharField())
    return Q(Exact(rest, Value("")))
