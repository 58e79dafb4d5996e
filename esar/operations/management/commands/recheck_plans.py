"""Check plans of activities again after an amendment, now and not with the day's chores."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from esar.kernel.wording import both
from esar.platform.ui import clock
from esar.report.activity_plans.amendments.actions import recheck


class Command(BaseCommand):
    help = both("cli.help.check_plans_again_under_amended")

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = recheck(on=clock.today(), at=clock.now())
        self.stdout.write(both("command.plans_told", count=count))
