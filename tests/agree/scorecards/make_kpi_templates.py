"""KPI templates for tests, filled in and audited by the real actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from esar.agree.kpi_definitions import actions as audits
from esar.agree.kpi_definitions import queries as sheets
from esar.agree.kpi_definitions.life import TEMPLATES_LIFE
from esar.agree.kpi_definitions.models import KpiTemplates
from esar.agree.kpi_definitions.queries import templates_of
from esar.agree.scorecards.content import kpis_of
from esar.agree.scorecards.models import Scorecard
from tests.agree.scorecards import make
from tests.make import World

JANUARY, FEBRUARY = date(2011, 1, 20), date(2011, 2, 10)
FILLED: dict[str, Any] = {
    "definition": "นิยามที่ครบ",
    "formula": "ก ÷ ข × 100",
    "conditions": "ไม่นับโครงการที่ยกเลิก",
    "baseline": [{"year": 2553, "value": "72"}],
    "data_source": "สำนักงานจังหวัด",
    "collection": "เก็บรายเดือน",
    "owner": "สมศรี",
    "owner_phone": "034 000 000",
}


def fill(world: World, card: Scorecard, *numbers: str, by: Any = None, **changed: Any) -> None:
    for kpi in kpis_of(card):
        if not numbers or kpi.number in numbers:
            audits.save_sheet(
                card,
                kpi,
                FILLED | changed,
                by=by or world.reporter,
                at=make.at(JANUARY),
                on=JANUARY,
            )


def go(
    card: Scorecard, name: str, by: Any, day: date = JANUARY, at: datetime | None = None
) -> KpiTemplates:
    moment = at or make.at(day)
    TEMPLATES_LIFE.move(templates_of(card), name, by=by, at=moment, on=day, reason="แก้ไข")
    return sheets.templates_of(card)


def judge(world: World, card: Scorecard, **amended: str) -> None:
    """Every KPI passes but those named (k1_1 is 1.1), which get a comment."""
    comments = {name[1:].replace("_", "."): said for name, said in amended.items()}
    said = {
        kpi.number: (kpi.number not in comments, comments.get(kpi.number, ""))
        for kpi in kpis_of(card)
    }
    audits.judge(card, said, by=world.analyst, at=make.at(FEBRUARY), on=FEBRUARY)
