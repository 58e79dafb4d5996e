"""A round's results by the kind of committee that considers the bodies."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from esar.law.rules.book import Rulebook
from esar.show.public.queries import by_committees
from tests.law.scoring.make import book
from tests.make import committee
from tests.show.public.make import department, province, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
YEAR: Rulebook = book(2567)


@pytest.fixture
def _results() -> None:
    """Two departments of a ministry, a single body and a province, each considered by its own."""
    trade, other = department("DIT"), department("DBD")
    single, place = department("NSC", parent="PMO"), province("TH-74")
    now = (2567, None)
    committee("L2-P", "committee.level2.provinces", 2, place, years=now)
    committee("L2-NSC", "committee.level2.single-bodies", 2, single, years=now)
    committee("L2-MOC", "committee.level2.ministries", 2, trade, other, years=now)
    committee("L1-D", "committee.level1.departments", 1, trade, other, single, years=now)
    committee("NEG-P", "committee.negotiation", 2, place, years=(2554, 2558))
    for body in (trade, single, place):
        result(body, "95")
    result(other, "82.5")


@pytest.mark.usefixtures("_results")
def test_results_stand_by_the_kind_of_committee_in_the_rulebooks_order() -> None:
    page = Client().get("/results/2567/12m/overview/")

    groups = [(group.value, group.count, group.lowest) for group in page.context["committees"]]
    assert groups == [
        ("committee.level2.ministries", 2, Decimal("69.7500")),
        ("committee.level2.single-bodies", 1, Decimal("96.0000")),
        ("committee.level2.provinces", 1, Decimal("96.0000")),
    ]
    summary = Client().get("/results/2567/12m/summary/").context["summary"]
    assert [group.value for group in summary.committees] == [value for value, *_ in groups]


@pytest.mark.usefixtures("_results")
def test_a_year_without_such_committees_has_no_such_groups() -> None:
    assert by_committees([], YEAR.on(YEAR.year.last_day), "th") == []
