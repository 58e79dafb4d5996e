"""Load the registry and the demo year, once; again it changes nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from esar.organisations.actions import load_registry
from esar.results.actions import forget_demo_results, load_results
from esar.results.queries import rounds_with_results

SAMPLE = "national-2567-demo.json"


class Command(BaseCommand):
    help = "โหลดทะเบียนหน่วยงานและปีสาธิต / load the registry and the demo year (--again: anew)"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--again", action="store_true", help="score the demo year anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        bodies = load_registry(settings.REGISTRY)
        if options["again"]:
            forget_demo_results()
        if rounds_with_results():
            self.stdout.write(f"{bodies} หน่วยงาน; มีผลอยู่แล้ว / bodies; results are there already")
            return
        count = load_results(
            settings.SAMPLES / SAMPLE, settings.RULEBOOK, at=timezone.now(), progress=self._tell
        )
        self.stdout.write(f"\n{bodies} หน่วยงาน {count} ผลสาธิต / bodies, demo results")

    def _tell(self, done: int, whole: int) -> None:
        if self.stdout.isatty() and (done % 10 == 0 or done == whole):
            self.stdout.write(f"\r{done}/{whole}", ending="")
            self.stdout.flush()
