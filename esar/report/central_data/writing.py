"""Writing values: the one place where a new number of a body's value comes to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from esar.kernel.problems import Problem, Refused
from esar.platform.organisations.models import Body, Person
from esar.report.central_data.data_sets.queries import DataSet
from esar.report.central_data.models import CentralValue
from esar.report.central_data.signals import values_published


def new_value(
    data_set: DataSet,
    body: Body,
    number: int,
    figure: Decimal | None,
    no_data: str,
    *,
    by: Person,
    at: datetime,
) -> CentralValue:
    """A value that is not saved yet, nor has its source."""
    return CentralValue(
        body=body,
        fiscal_year=data_set.year,
        round_id=data_set.round_id,
        rule_id=data_set.rule_id,
        number=number,
        value=figure,
        no_data=no_data,
        by=by,
        at=at,
    )


def insert(values: Sequence[CentralValue]) -> None:
    """Errors: Refused when a value got its number from someone else at the same moment."""
    try:
        with transaction.atomic():
            CentralValue.objects.bulk_create(values, batch_size=200)
    except IntegrityError as error:
        raise Refused([Problem("central.changed_meanwhile")]) from error
    if values:
        values_published.send(CentralValue, values=values, at=values[0].at)
