"""What provinces choose of the list, for tests: a draft of TH-74 and the file that fills it."""

from __future__ import annotations

from esar.agree.indicators.actions import load_listed_indicators
from esar.agree.province_kpis.actions import load_file
from esar.agree.province_kpis.checks import ChoiceRow
from esar.agree.province_kpis.queries import OF_THE_LIST, item_of
from esar.agree.scorecards.actions import open_scorecard
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.exchange.files.listing import Intake
from esar.platform.organisations.models import Person
from tests.make import AT, ON, World
from tests.remembered import remembered

YEAR = 2567
HEAD = "body,item,weight,target_1,target_2,target_3,unit,direction\n"
DUST = "TH-74,N2,20,26,24,22,มคก./ลบ.ม.,\n"
DRUGS = "TH-74,S2,15,80,85,90,,higher\n"


@remembered
def opened(world: World) -> Scorecard:
    load_listed_indicators(YEAR, at=AT)
    return open_scorecard(world.province, YEAR, by=world.reporter, at=AT, on=ON)


class Choices:
    """The draft of TH-74 while nothing of the list is on it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.card = opened(world)

    @property
    def kpis(self) -> list[Kpi]:
        kpis = Kpi.objects.filter(**OF_THE_LIST).select_related("template__indicator")
        return list(kpis.order_by("number"))

    def loads(self, text: str, by: Person | None = None) -> Intake[ChoiceRow]:
        data = (HEAD + text).encode()
        return load_file(data, "choices.csv", YEAR, by=by or self.world.analyst, at=AT, on=ON)

    def is_now(self, state: str) -> None:
        Scorecard.objects.filter(pk=self.card.pk).update(state=state)

    def told(self) -> list[tuple[str, str, str, list[str], str, str]]:
        """What the scorecard has of the list."""
        return [
            (
                kpi.number,
                item_of(kpi.template),
                f"{kpi.weight:.0f}",
                kpi.targets,
                kpi.template.unit,
                kpi.template.direction,
            )
            for kpi in self.kpis
        ]
