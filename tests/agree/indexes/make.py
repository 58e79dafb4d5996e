"""International indexes for tests, kept by the real acts, and a department's KPI that names one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from esar.agree.indexes import actions
from esar.agree.indexes.models import HostChange, IndexEdition, InternationalIndex
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard
from tests.make import AT, FEBRUARY, ON, World, draft, resolved
from tests.remembered import remembered

AT_FEBRUARY = datetime(FEBRUARY.year, FEBRUARY.month, FEBRUARY.day, 3, 0, tzinfo=UTC)
INDEX = {"code": "WCR", "name": "ดัชนีความสามารถ", "host": "สถาบันโลก", "scale": "0–100 คะแนน"}
EDITION = {
    "edition": "2023",
    "published_on": date(2023, 6, 20),
    "rank": 30,
    "score": Decimal("74.5"),
}
HOST_CHANGE = {
    "what": "changed",
    "day": date(2024, 1, 15),
    "details": "เปลี่ยนวิธีคำนวณ",
    "source": "ประกาศของสถาบัน 1/2024",
}


LABEL = {"th": "ดัชนี", "en": "Index"}


def moment(by: Any) -> dict[str, Any]:
    return {"by": by, "at": AT_FEBRUARY, "on": FEBRUARY}


@remembered
def listed(world: World, **changed: Any) -> InternationalIndex:
    return actions.save_index(INDEX | changed, **moment(world.analyst))


@remembered
def with_edition(world: World, index: InternationalIndex, **changed: Any) -> IndexEdition:
    return actions.save_edition(index, EDITION | changed, **moment(world.analyst))


@remembered
def host_did(world: World, index: InternationalIndex, **changed: Any) -> HostChange:
    return actions.record_host_change(index, HOST_CHANGE | changed, **moment(world.analyst))


def naming(card: Scorecard, code: str = "WCR", number: str = "1.1") -> Kpi:
    """A KPI of a scorecard that names an index."""
    answer = {"id": "index", "label": LABEL, "text": code, "answer": "index", "codes": [code]}
    kpis = Kpi.objects.filter(scorecard=card, number=number)
    kpis.update(kind="kind.international", answers=[answer])
    return kpis.select_related("template__indicator", "scorecard__body").get()


@remembered
def holder(world: World) -> Kpi:
    """The department's KPI in force that was agreed to name the index."""
    card = draft(world, world.department)
    naming(card)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter_d, at=AT, on=ON)
    SCORECARD_LIFE.move(card, "submit", by=world.approver_d, at=AT, on=ON)
    resolved(world, world.level1d, card, "opinion")
    resolved(world, world.level2d, card, "approve")
    SCORECARD_LIFE.move(card, "collect", by=world.analyst, at=AT, on=ON)
    resolved(world, world.sub, card, "acknowledge")
    SCORECARD_LIFE.move(card, "inform", by=world.analyst, at=AT, on=ON)
    return naming(card)
