"""A world that is put back is the one that was built."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from esar.platform.organisations.models import Body
from esar.platform.ui import clock
from tests.make import World
from tests.remembered import remembered
from tests.show.public.make import province

pytestmark = pytest.mark.django_db

DAY, ANOTHER = date(2024, 2, 29), date(2024, 3, 1)
BUILT: list[str] = []


@remembered
def on_a_day(world: World, code: str) -> Body:  # noqa: ARG001 whose place it is
    BUILT.append(code)
    clock.pretend(DAY)
    return province(code)


def rows_and_day(code: str) -> tuple[object, ...]:
    """What a builder leaves in a new world, of which nothing stays."""
    clock.pretend(ANOTHER)
    with transaction.atomic():
        body = on_a_day(World(), code)
        left = (body, list(Body.objects.order_by("code").values()), clock.demo_day())
        transaction.set_rollback(True)
    return left


def test_a_builder_runs_once_and_leaves_the_same_rows_and_the_same_day_again() -> None:
    first, again = rows_and_day("TH-90"), rows_and_day("TH-90")

    assert (first[2], BUILT.count("TH-90")) == (DAY, 1)
    assert again == first
