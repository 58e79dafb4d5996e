"""Agendas for tests: a small file of sub-indicators, loaded as OPDC does it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from esar.agree.agendas.actions import load_file
from esar.agree.agendas.checks import RowRead
from esar.agree.agendas.life import ADDITION_LIFE
from esar.agree.agendas.models import Holder, MandatedAddition, SubIndicator
from esar.exchange.files.listing import Intake
from esar.platform.organisations.models import Body, Person
from tests.make import World
from tests.remembered import remembered, step

YEAR = 2567
ON = date(2023, 11, 1)  # before the commission approved the agendas
AT = datetime(2023, 11, 1, 3, 0, tzinfo=UTC)
JULY = date(2024, 7, 1)
AT_JULY = datetime(2024, 7, 1, 3, 0, tzinfo=UTC)
HEAD = (
    "code,agenda,national_target,stage,name,unit,direction,target,adds,body,"
    "target_1,target_2,target_3\n"
)
DUST = "5-01,dust,air,start,ค่าเฉลี่ย PM2.5,มคก./ลบ.ม.,lower,,no,TH-74,26,24,22\n"
WATER = "1-01,water,supply,access,จำนวนแหล่งน้ำ,แห่ง,higher,80,yes,DIT,70,75,80\n"
GOOD = HEAD + DUST + WATER + "1-01,,,,,,,,,TAT,5,,\n"


@step
def enterprise(code: str = "TAT", kind: str = "state_enterprise") -> Body:
    """A state enterprise, which nobody evaluates here."""
    return Body.objects.create(
        code=code, kind=kind, name_th=f"รัฐวิสาหกิจ {code}", name_en=code, source="-"
    )


@remembered
def load(world: World, text: str = GOOD, on: date = ON, at: datetime = AT) -> Intake[RowRead]:
    return load_file(text.encode(), "list.csv", YEAR, by=world.analyst, at=at, on=on)


def sub(code: str) -> SubIndicator:
    return SubIndicator.objects.get(code=code)


def holders(code: str) -> list[tuple[str, list[str]]]:
    rows = Holder.objects.filter(sub_indicator__code=code).order_by("body__code")
    return [(row.body.code, row.targets) for row in rows.select_related("body")]


def addition(
    by: Person, *bodies: tuple[Body, str], resolved_on: date = date(2024, 6, 25)
) -> MandatedAddition:
    """A resolution that is written down and not in force yet."""
    written = MandatedAddition(
        sub_indicator=sub("5-01"), resolution="มติ ครม. 25 มิ.ย. 2567", resolved_on=resolved_on
    )
    act = ADDITION_LIFE.move(written, "begin", by=by, at=AT_JULY, on=JULY, bodies=bodies)
    return act.thing
