"""Results from outside for tests: who drives the state enterprise, and the day after the year."""

from __future__ import annotations

from datetime import UTC, date, datetime

from esar.agree.agendas.models import Holder
from esar.exchange.files.listing import Intake
from esar.platform.organisations.models import Person, Role
from esar.report.outside_results.actions import load_file
from esar.report.outside_results.checks import ResultRow
from esar.report.outside_results.queries import DueResult, results_of
from tests.agree.agendas.make import YEAR, enterprise, load
from tests.make import World, person
from tests.show.public.make import department

OCTOBER = date(2024, 10, 15)
AT_OCTOBER = datetime(2024, 10, 15, 3, 0, tzinfo=UTC)
HEAD = "code,body,value,remark\n"


class Outside:
    """Sub-indicator 1-01 is held by DIT and by TAT, a state enterprise, whom SEPO drives."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tat = enterprise()
        load(world)
        department("OPDC", "สำนักงาน ก.พ.ร.")
        self.driver = person("sepo", (Role.REPORTER, department("SEPO", "สคร.")))

    @property
    def holder(self) -> Holder:
        rows = Holder.objects.select_related("sub_indicator", "body__parent")
        return rows.get(body=self.tat)

    @property
    def due(self) -> DueResult:
        return results_of([self.holder])[0]

    def sends(self, text: str, by: Person | None = None, on: date = OCTOBER) -> Intake[ResultRow]:
        data = (HEAD + text).encode()
        return load_file(data, "sepo.csv", YEAR, by=by or self.driver, at=AT_OCTOBER, on=on)
