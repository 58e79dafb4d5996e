"""The demo's nation, for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.management import call_command

from esar.demo.national import make_nation
from tests.make import AT
from tests.remembered import begin, remembered

AFTER = datetime(2024, 11, 20, 3, 0, tzinfo=UTC)  # the demo's year is over


class Nation:
    """The registry's bodies and the nation's scorecards, all in force, without past years."""

    def __init__(self) -> None:
        begin(self)
        self._everything()

    @remembered
    def _everything(self) -> None:
        call_command("load_registry", verbosity=0)
        make_nation(at=AT, progress=lambda *_: None, in_force=True, past_years=0)


class NationAfterItsYear(Nation):
    """The same on a day on which everything that it tells has happened."""

    @remembered
    def _everything(self) -> None:
        call_command("load_registry", verbosity=0)
        make_nation(at=AFTER, progress=lambda *_: None, in_force=True, past_years=0)
