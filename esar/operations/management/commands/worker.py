"""Run the tasks, and the chores by the clock, until told to stop. One or several, anywhere."""

from __future__ import annotations

import signal
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from esar.kernel.wording import both
from esar.operations.jobs import by_the_day, by_the_minute
from esar.platform.mail.actions import send_due
from esar.platform.ui import clock

PAUSE, MINUTE = 2, 60


class Command(BaseCommand):
    help = both("cli.help.work_in_the_background_mail")

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.running = True
        last = 0.0
        while self.running:
            if time.monotonic() - last >= MINUTE or not last:
                last = time.monotonic()
                by_the_minute()
                by_the_day(on=clock.today(), at=clock.now())
            send_due(at=timezone.now())  # of requests, before tasks that take long
            call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
            send_due(at=timezone.now())  # of the tasks
            if options["once"]:
                return
            for kind in (signal.SIGTERM, signal.SIGINT):  # the task runner sets its own
                signal.signal(kind, self._stop)
            for _ in range(PAUSE * 10):
                if self.running:
                    time.sleep(0.1)

    def _stop(self, *_signal: Any) -> None:
        self.running = False
