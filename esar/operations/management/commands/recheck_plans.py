"""Check plans of activities again after an amendment, now and not with the day's chores."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from esar.platform.ui import clock
from esar.report.activity_plans.amendments.actions import recheck


class Command(BaseCommand):
    help = "ตรวจแผนกิจกรรมใหม่ตามหลักเกณฑ์ที่แก้ไข / check plans again under amended rules"

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = recheck(on=clock.today(), at=clock.now())
        self.stdout.write(f"แจ้งแล้ว {count} แผน / {count} plans were told")
