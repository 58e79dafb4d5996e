"""Fill an empty demo database with a nation's invented data, for measuring."""

from __future__ import annotations

from datetime import date
from typing import IO, Any, cast

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from esar.demo.national import PAST_YEARS, make_nation
from esar.demo.people import make_demo_people
from esar.demo.year import DAY
from esar.platform.ui import clock

NEGOTIATED = date(2023, 10, 10)  # the demo's own day comes when all that the nation tells is past


class Command(BaseCommand):
    help = "ข้อมูลสาธิตทั้งประเทศ (ฐานข้อมูลว่าง) / a nation's demo data, into an empty database"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--in-force",
            action="store_true",
            help="ปีนี้มีผลใช้บังคับทุกหน่วยงาน / this year's scorecards are all in force",
        )
        parser.add_argument(
            "--past",
            type=int,
            default=PAST_YEARS,
            help="จำนวนปีก่อน ๆ / how many past years",
        )

        parser.add_argument(
            "--day",
            type=date.fromisoformat,
            help=f"วันสาธิต (ค.ศ.) / the demo's day: {NEGOTIATED}, with --in-force {DAY}",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("ใช้ได้เฉพาะ ESAR_DEMO=1 / only with ESAR_DEMO=1")
        call_command("load_registry", stdout=self.stdout)
        clock.pretend(options["day"] or (DAY if options["in_force"] else NEGOTIATED))
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(file=cast(IO[str], self.stdout)),
        )
        tasks: dict[str, Any] = {}

        def tell(step: str, count: int, whole: int) -> None:
            name = "ปี / years" if step.isdigit() else step
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=whole)
            bar.update(tasks[name], completed=count)

        with bar:
            try:
                counts = make_nation(
                    at=clock.now(),
                    progress=tell,
                    in_force=options["in_force"],
                    past_years=options["past"],
                )
            except RuntimeError as error:
                raise CommandError(
                    "มีแบบประเมินอยู่แล้ว ใช้กับฐานข้อมูลว่างเท่านั้น / "
                    "there are scorecards already: use an empty database"
                ) from error
        make_demo_people(at=clock.now())
        self.stdout.write(
            f"{counts.bodies} หน่วยงาน / bodies, {counts.people} คน / people, "
            f"{counts.indicators} ตัวชี้วัด / indicators, {counts.scorecards} แบบประเมิน / scorecards, "
            f"{counts.kpis} KPI, {counts.results} ผลปีก่อน ๆ / past results, "
            f"{counts.strategic} Strategic KPIs, "
            f"{counts.months} เดือน / months, {counts.reports} รายงาน / reports, "
            f"{counts.events} เหตุการณ์ / events"
        )
