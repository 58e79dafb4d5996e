"""Questions that no document answers in print: each on one page with its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.scorecards.models import Scorecard
from esar.agree.strategic_kpis.queries import JOINT
from esar.agree.strategic_kpis.resolutions import CascadeText, Reach
from esar.law.rules.reading import read_rulebook
from esar.show.nation.counts.questions import (
    JOINT_WEIGHTS,
    KPI_COUNTS,
    UNLINKED_DEPARTMENTS,
    departments_of,
)
from esar.show.nation.registry import AsOf, Table, as_json, questions_of, tables_of
from tests.agree.strategic_kpis.make import decide, told
from tests.make import ON, World, in_force, kpi

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
BOOK = read_rulebook(Path("rulebook"), 2567)


@pytest.fixture(autouse=True)
def _cards(world: World) -> Iterator[None]:
    """A department and a province with six KPIs each in force."""
    in_force(world, world.department)
    in_force(world)
    return iter([None])


def counted(table: Table[Any]) -> dict[str, Any]:
    return as_json(table.figures(table.rows(AsOf(BOOK, ON))))


def test_a_department_has_a_strategic_link_once_its_committee_cascades(world: World) -> None:
    assert counted(UNLINKED_DEPARTMENTS) == {"total": 1, "linked": 0, "unlinked": 1}

    card = Scorecard.objects.get(body=world.department)
    decide(world, told(world), CascadeText((Reach(kpi(card), "cascade"),)))

    assert counted(UNLINKED_DEPARTMENTS) == {"total": 1, "linked": 1, "unlinked": 0}


def test_the_weight_of_joint_kpis_is_theirs_alone() -> None:
    assert counted(JOINT_WEIGHTS) == {"total": 1, "with": 0}

    (line,) = departments_of(AsOf(BOOK, ON))
    joint = replace(line, classes=[JOINT, "strategic", JOINT, "other", "other", "other"])

    assert (joint.joint_weight, joint.strategic, joint.other) == (Decimal(30), 1, 3)
    assert as_json(JOINT_WEIGHTS.figures([joint, line])) == {
        "total": 2,
        "with": 1,
        "least": "30",
        "most": "30",
    }


def test_six_kpis_are_more_than_a_department_should_have_and_enough_for_a_province() -> None:
    assert counted(KPI_COUNTS) == {"total": 2, "within": 1, "fewer": 0, "more": 1}
    lines = {row.body.code: row.range for row in KPI_COUNTS.rows(AsOf(BOOK, ON))}
    assert lines == {"DIT": "more", "TH-74": "within"}


def test_each_is_a_page_with_files_two_clicks_from_the_years_page() -> None:
    visitor = Client()
    tables = visitor.get("/years/2567/tables/").content.decode()
    for code in ("Q1", "Q2", "Q3", "Q4", "Q7"):
        page = f"/years/2567/tables/{code}/"
        assert tables.count(f'href="{page}"') == 1
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(page).status_code == 200
        assert len(queries) <= 10
        for kind in ("csv", "xlsx"):
            assert visitor.get(f"/years/2567/tables/{code}.{kind}").status_code == 200
    assert visitor.get("/years/2567/tables/Q3/?range=more").content.decode().count("DIT") >= 1
    assert visitor.get("/years/2561/tables/Q1/").status_code == 404


def test_they_are_not_among_the_tables_that_are_held_against_print() -> None:
    rules = AsOf(BOOK, BOOK.year.last_day).rules

    assert [table.code for table in questions_of(rules)] == [f"Q{n}" for n in range(1, 10)]
    assert {table.code[0] for table in tables_of(rules)} == {"T"}
