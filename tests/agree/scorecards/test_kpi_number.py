"""The number of a KPI is one, however it is typed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from esar.agree.scorecards.forms import KpiNumber
from esar.agree.scorecards.models import Kpi
from tests.make import World, draft, kpi


@pytest.mark.parametrize(
    "typed", ["1.1", "๑.๑", " ๑. ๑ ", "1.\u00a01", "1.1\u200b", "01.1", "1.01", "๐๑.๐๐๑"]
)
def test_it_is_kept_in_one_spelling(typed: str) -> None:
    assert KpiNumber().clean(typed) == "1.1"


@pytest.mark.parametrize("typed", ["1..1", "1.", "ก.1", "1,1", "1.1.1.1", "1111"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        KpiNumber().clean(typed)


@pytest.mark.django_db
@pytest.mark.each_database
@pytest.mark.parametrize("number", ["1.1\n", "1a", "", "1.1 ", "๑", "-1", "1,1"])
def test_the_database_keeps_no_other_number_than_digits_and_points(
    world: World, number: str
) -> None:
    own = kpi(draft(world))

    with (
        pytest.raises(IntegrityError, match="kpi_number_is_digits_and_points"),
        transaction.atomic(),
    ):
        Kpi.objects.filter(pk=own.pk).update(number=number)


@pytest.mark.parametrize("number", ["1.1\n", "1.1\n2", "1..1", "1234", "1.2.3.4", ".1"])
def test_a_number_is_digits_and_points_to_its_end(number: str) -> None:
    with pytest.raises(ValidationError):
        KpiNumber().run_validators(number)
