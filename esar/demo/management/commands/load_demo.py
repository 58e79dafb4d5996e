"""Load the registry, the demo year and its people, once; again it changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from esar.agree.scorecards.models import Scorecard
from esar.demo.assessed_year import BODIES, make_assessed_year
from esar.demo.assessed_year import RESULTS as RESULTS_OF_2567
from esar.demo.indexes import make_demo_index
from esar.demo.letters import make_demo_letters
from esar.demo.orders import make_demo_orders
from esar.demo.past import make_demo_past
from esar.demo.people import PASSWORD, make_demo_people
from esar.demo.portfolios import make_demo_portfolios
from esar.demo.self_evaluations import make_demo_self_evaluations
from esar.demo.sittings import moment
from esar.demo.year import DAY, make_demo_year
from esar.judge.results.actions import forget_demo_results, load_results
from esar.judge.results.queries import rounds_with_results
from esar.platform.ui import clock

RESULTS = (  # the sample, a year that is in it, and the day of their release
    (RESULTS_OF_2567, 2567, date(2024, 11, 15)),
    ("past-years-demo.json", 2554, date(2018, 12, 28)),
)


class Command(BaseCommand):
    help = "โหลดทะเบียน ปีสาธิต และบัญชีสาธิต / load the registry, the demo year and its people"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--again", action="store_true", help="score the demo year anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("ใช้ได้เฉพาะ ESAR_DEMO=1 / only with ESAR_DEMO=1")
        call_command("load_registry", stdout=self.stdout)
        self._results(again=options["again"])
        if clock.demo_day() is None:
            clock.pretend(DAY)
        people = make_demo_people(at=clock.now())
        make_demo_year(at=clock.now())
        make_assessed_year()
        make_demo_past()
        make_demo_letters(at=clock.now())
        make_demo_self_evaluations(at=clock.now())
        make_demo_portfolios(at=clock.now())
        make_demo_index(at=clock.now())
        make_demo_orders(at=clock.now())
        cards = Scorecard.objects.filter(is_demo=True).count()
        self.stdout.write(f"แบบประเมินสาธิต {cards} / demo scorecards: {cards}")
        self.stdout.write(f"บัญชีสาธิต รหัสผ่าน {PASSWORD} / demo accounts, password {PASSWORD}")
        for email, name in people:
            self.stdout.write(f"  {email:<38} {name}")

    def _results(self, *, again: bool) -> None:
        if again:
            forget_demo_results()
        there = {year for year, _ in rounds_with_results()}
        missing = [sample for sample in RESULTS if sample[1] not in there]
        if not missing:
            self.stdout.write("มีผลสาธิตอยู่แล้ว / demo results are there already")
        count = sum(
            load_results(
                settings.SAMPLES / name,
                settings.RULEBOOK,
                at=moment(released_on),
                progress=self._tell,
                without=[code for code, *_ in BODIES],  # theirs are still assessed
            )
            for name, _year, released_on in missing
        )
        self.stdout.write(f"\nผลสาธิต {count} / demo results: {count}")

    def _tell(self, count: int, whole: int) -> None:
        if self.stdout.isatty() and (count % 10 == 0 or count == whole):
            self.stdout.write(f"\r{count}/{whole}", ending="")
            self.stdout.flush()
