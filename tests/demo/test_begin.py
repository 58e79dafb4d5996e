"""What `make run` begins with: its day and its data agree, and each role has something to do."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from esar.agree.scorecards.models import Scorecard
from esar.judge.assessments.models import Assessment
from esar.judge.results.models import Result
from esar.law.rules.years import FiscalYear
from esar.platform.organisations.models import Appointment, Role
from esar.platform.ui import clock
from esar.show.worklist.queries import work_for

pytestmark = pytest.mark.django_db
NOTHING_TO_DO = {Role.AUDITOR}  # who only looks


def _standing() -> list[Any]:
    results = Result.objects.order_by("pk").values_list("pk", "total", "state")
    cards = Scorecard.objects.order_by("pk").values_list("body__code", "fiscal_year", "state")
    return [*results, *cards]


def test_the_demo_loads_once_and_its_day_and_its_data_agree(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    call_command("load_demo", stdout=StringIO())
    first, day = _standing(), clock.today()
    call_command("load_demo", stdout=StringIO())
    assert _standing() == first

    results = Result.objects.values_list("fiscal_year", "round_id", "released_at")
    of_2567 = [when for year, round_id, when in results if (year, round_id) == (2567, "12m")]
    assert len(of_2567) == 228  # the last report of two bodies is still assessed
    assert set(Assessment.objects.values_list("report__round_id", "state")) == {
        ("6m", "done"),
        ("12m", "preliminary"),
        ("12m", "minister"),
    }
    assert {year for year, *_ in results if FiscalYear(year).last_day >= day} == set()
    assert {when for *_, when in results if when > clock.now()} == set()

    with_work = {
        role.role
        for role in Appointment.objects.filter(
            person__email__startswith="demo-", last_day=None
        ).select_related("person")
        if work_for(role.person, day, 2568)
    }
    assert set(Role) - with_work == NOTHING_TO_DO
