"""The invented nation holds as many sub-indicators as the documents count."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from esar.agree.agendas.models import AdditionBody, Holder, SubIndicator
from esar.agree.agendas.queries import column_of, holders_on, sub_indicators_on
from esar.law.rules.reading import read_rulebook
from esar.platform.organisations.models import Body
from esar.show.nation.registry import AsOf, as_json, checked, table_of
from tests.demo.make import Nation

YEAR_2567 = read_rulebook(Path("rulebook"), 2567)
DRAFT, APPROVED, JUNE = date(2023, 8, 8), date(2023, 11, 8), date(2024, 6, 25)


@pytest.fixture
def nation(db: None) -> None:  # noqa: ARG001 what it writes into
    Nation()


@pytest.mark.usefixtures("nation")
def test_the_nation_holds_what_the_documents_count() -> None:
    """All at once, for the nation takes long to make."""
    subs = sub_indicators_on(2567, APPROVED)
    assert Counter(sub.agenda for sub in subs) == {
        "water": 45,
        "greenhouse-gas": 31,
        "tourism": 47,
        "sme-otop": 57,
        "dust": 24,
    }
    assert sub_indicators_on(2567, DRAFT).count() == 217
    endings = SubIndicator.objects.exclude(ending="").values_list("ending", flat=True)
    assert Counter(endings) == {"merged": 7, "cut": 6}

    holders = holders_on(2567, APPROVED)
    columns = Counter(
        (holder.sub_indicator.agenda, column_of(holder.body, APPROVED)) for holder in holders
    )
    rows = {agenda: [columns[agenda, column] for column in COLUMNS] for agenda in AGENDAS}
    assert rows == {
        "water": [23, 2, 2, 27, 1],
        "greenhouse-gas": [28, 1, 2, 0, 0],
        "tourism": [29, 6, 7, 76, 2],
        "sme-otop": [31, 5, 10, 76, 2],
        "dust": [23, 1, 4, 17, 1],
    }
    bodies = {holder.body for holder in holders}
    distinct = Counter(column_of(body, APPROVED) for body in bodies)
    assert [distinct[column] for column in COLUMNS] == [81, 13, 21, 76, 4]
    assert holders_on(2567, JUNE).count() == 376 + 23
    assert Counter(AdditionBody.objects.values_list("when", flat=True)) == {
        "now": 23,
        "short_data": 9,
        "no_station": 6,
    }
    assert not subs.filter(holders=None)

    demo = Body.objects.filter(is_demo=True)
    assert demo.count() == 12 + 18
    assert not demo.exclude(name_th__contains="(สาธิต)")
    assert not demo.exclude(evaluated_from=None)
    joint = Holder.objects.filter(body__kind="department", indicator__isnull=False)
    assert joint.count() == 120

    tables = {code: figures(code) for code in ("T3", "T4", "T9", "T10")}
    assert tables["T3"] == {
        "water": 45,
        "greenhouse-gas": 31,
        "tourism": 47,
        "sme-otop": 57,
        "dust": 24,
        "total": 204,
    }
    assert tables["T4"] == {
        "rows": rows,
        "sums": [134, 15, 25, 196, 6],
        "distinct": [81, 13, 21, 76, 4],
    }
    assert tables["T9"] == {
        "2566": {"agendas": 3, "indicators": 59, "national-targets": 6},
        "2567": {"agendas": 5, "drafted": 217, "indicators": 204, "national-targets": 18},
        "2568": {"agendas": 6, "indicators": 9, "national-targets": 20},
    }
    assert tables["T10"] == {
        "held": 16,
        "now": 23,
        "this-year": 39,
        "short-data": 9,
        "no-station": 6,
        "later": 15,
    }
    assert figures("T5")["leads"] == {
        "water": ["ONWR", "DDPM", "DWR"],
        "tourism": ["OPSMOTS", "DRR", "TCEB", "MD", "OPSMOT"],
        "sme-otop": ["DBD", "DITP", "CDD", "OSMEP"],
        "dust": ["PCD"],
    }

    sub = sub_indicators_on(2567, APPROVED).filter(agenda="greenhouse-gas")[0]
    Holder.objects.create(
        sub_indicator=sub, body=Body.objects.get(code="TH-50"), first_day=APPROVED
    )
    moved = figures("T4")
    assert moved["rows"]["greenhouse-gas"] == [28, 1, 2, 1, 0]
    assert (moved["sums"], moved["distinct"]) == ([134, 15, 25, 197, 6], [81, 13, 21, 76, 4])
    SubIndicator.objects.filter(pk=sub.pk).update(ending="cut", last_day=APPROVED)
    assert (figures("T3")["greenhouse-gas"], figures("T3")["total"]) == (30, 203)


def figures(code: str) -> dict[str, Any]:
    """A table's figures at the end of the year, as its JSON has them."""
    as_of = AsOf(YEAR_2567, YEAR_2567.year.last_day)
    table = table_of(code, as_of.rules)
    assert table is not None
    return as_json(row.figure for row in checked(table, table.rows(as_of), as_of))


AGENDAS = ("water", "greenhouse-gas", "tourism", "sme-otop", "dust")
COLUMNS = ("department", "state_enterprise", "public_organisation", "province", "other")
