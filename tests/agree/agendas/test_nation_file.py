"""The whole nation's list in one workbook: 204 sub-indicators held 376 times, or none of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from esar.agree.agendas.actions import load_file
from esar.agree.agendas.models import Holder, SubIndicator
from esar.agree.agendas.queries import COLUMNS, agendas_of, key_of
from esar.law.rules.reading import read_rulebook
from esar.platform.organisations.models import Body
from esar.show.nation.registry import AsOf, as_json, checked, table_of
from tests.agree.agendas.make import AT, HEAD, ON, YEAR
from tests.make import World

pytestmark = pytest.mark.django_db
YEAR_2567 = read_rulebook(Path("rulebook"), YEAR)
SUBS = {"water": 45, "greenhouse-gas": 31, "tourism": 47, "sme-otop": 57, "dust": 24}
# Of each class the bodies from one to another: as many as are printed, some in two agendas.
SPANS = {
    "water": [(0, 23), (0, 2), (0, 2), (0, 27), (0, 1)],
    "greenhouse-gas": [(23, 51), (2, 3), (2, 4), (0, 0), (0, 0)],
    "tourism": [(51, 80), (3, 9), (4, 11), (0, 76), (0, 2)],
    "sme-otop": [(50, 81), (8, 13), (11, 21), (0, 76), (2, 4)],
    "dust": [(0, 23), (2, 3), (0, 4), (0, 17), (0, 1)],
}


def bodies() -> dict[str, list[Body]]:
    """81, 13, 21, 76 and 4 bodies of the five classes."""
    ministry = Body.objects.get(code="MOC")
    made: dict[str, list[Body]] = {}
    for kind, count in zip(COLUMNS, (81, 13, 21, 76, 4), strict=True):
        evaluated = date(2010, 10, 1) if kind in ("department", "province") else None
        made[kind] = [
            Body(
                code=f"{kind[:2].upper()}{number:03d}",
                kind=kind,
                name_th=f"{kind} {number}",
                name_en=f"{kind} {number}",
                parent=ministry if kind == "department" else None,
                evaluated_from=evaluated,
                source="-",
            )
            for number in range(count)
        ]
        Body.objects.bulk_create(made[kind])
    return made


def lines(made: dict[str, list[Body]]) -> Iterator[list[Any]]:
    """A row for each holding; a sub-indicator says what it is on its first."""
    for rule in agendas_of(YEAR):
        key = key_of(rule)
        holders = [
            (kind, body)
            for kind, (first, last) in zip(COLUMNS, SPANS[key], strict=True)
            for body in made[kind][first:last]
        ]
        for place, (kind, body) in enumerate(holders):
            number = place % SUBS[key]
            targets = [1, 2, 3] if kind in ("department", "province") else [2, None, None]
            own: list[Any] = [None] * 8
            if place < SUBS[key]:
                target, stage = rule.value.national_targets[0].id, rule.value.stages[0].id
                own = [key, target, stage, f"ตัวชี้วัดย่อย {key} {number}", "แห่ง", "higher"]
                own += [None, "no"]
            code = f"{rule.value.number}-{number + 1:02d}"
            yield [code, *own, body.code, *targets]


def workbook(rows: list[list[Any]]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in (HEAD.strip().split(","), *rows):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def figures(code: str) -> dict[str, Any]:
    as_of = AsOf(YEAR_2567, YEAR_2567.year.last_day)
    table = table_of(code, as_of.rules)
    assert table is not None
    return as_json(row.figure for row in checked(table, table.rows(as_of), as_of))


def test_204_sub_indicators_held_376_times_come_by_one_workbook(world: World) -> None:
    rows = list(lines(bodies()))
    by: dict[str, Any] = {"by": world.analyst, "at": AT, "on": ON}
    broken = [*rows[:-1], [*rows[-1][:9], "ไม่มีจริง", *rows[-1][10:]]]

    refused = load_file(workbook(broken), "204.xlsx", YEAR, **by)
    assert [(each.code, each.place and each.place.row) for each in refused.problems] == [
        ("agenda.unknown_body", 377)
    ]
    assert SubIndicator.objects.count() + Holder.objects.count() == 0

    loaded = load_file(workbook(rows), "204.xlsx", YEAR, **by)
    again = load_file(workbook(rows), "204.xlsx", YEAR, **by)

    assert (loaded.problems, loaded.new) == ([], 204 + 376)
    assert (again.new, again.changed, again.same) == (0, 0, 204 + 376)
    assert figures("T3") == SUBS | {"total": 204}
    assert figures("T4") == {
        "rows": {key: [last - first for first, last in spans] for key, spans in SPANS.items()},
        "sums": [134, 15, 25, 196, 6],
        "distinct": [81, 13, 21, 76, 4],
    }
