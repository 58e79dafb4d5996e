"""A plan in force and reports on its months, for tests."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from esar.kernel.chain import digest
from esar.platform.evidence.models import StoredFile
from esar.platform.organisations.models import Body
from esar.report.activity_plans.models import Plan, PlanVersion
from esar.report.activity_plans.monthly import actions
from esar.report.activity_plans.monthly.deadlines.queries import after
from esar.report.activity_plans.monthly.life import MONTH_LIFE
from esar.report.activity_plans.monthly.models import MonthlyVersion
from esar.report.activity_plans.monthly.queries import report_on
from tests.make import World
from tests.remembered import remembered
from tests.report.activity_plans.make import legal_execution, moment

OCTOBER = datetime(2017, 10, 12, 3, 0, tzinfo=UTC)


@remembered
def plan_in_force(
    world: World, content: dict[str, Any] | None = None, body: Body | None = None
) -> Plan:
    """A plan that was sent in on 12 October 2560, with its first version."""
    held = content or legal_execution()
    plan = Plan.objects.create(
        body=body or world.province,
        fiscal_year=2561,
        state="submitted",
        since=OCTOBER,
        content=held,
        version=1,
        received_on=date(2017, 10, 12),
        due_on=date(2017, 11, 15),
    )
    PlanVersion.objects.create(
        plan=plan,
        number=1,
        content=held,
        sha256=digest(held),
        rules_of=date(2017, 10, 12),
        by=world.approver,
        at=OCTOBER,
    )
    return plan


def kept_pdf(name: str = "หลักฐาน") -> StoredFile:
    """A content in the store, as if it had come and been looked at."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    found, _ = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={
            "size": 9,
            "kind": "pdf",
            "media_type": "application/pdf",
            "since": OCTOBER,
            "state": "kept",
        },
    )
    return found


def said(*outputs: tuple[int, str, bool | None], progress: str = "ดำเนินการแล้ว") -> dict[str, Any]:
    """What a form says: (activity, month planned, done)."""
    return {
        "activities": [
            {"number": number, "progress": progress, "outputs": [{"month": month, "done": done}]}
            for number, month, done in outputs
        ]
    }


@remembered
def report(
    world: World,
    plan: Plan,
    month: date,
    *outputs: tuple[int, str, bool | None],
    sent_on: date | None = None,
) -> MonthlyVersion:
    """A report written, with evidence of what is done, proposed and sent in by the real actions.

    On the fifth of the next month, or on `sent_on`.
    """
    on = sent_on or after(month).replace(day=5)
    at, by = moment(on), world.reporter
    revision = report_on(plan, month).revision
    actions.save_month(plan, month, said(*outputs), revision=revision, by=by, at=at, on=on)
    for number, _, done in outputs:
        if done:
            actions.attach(plan, month, number, kept_pdf(), "ผล.pdf", by=by, at=at, on=on)
    move(plan, month, "propose", by=by, at=at, on=on)
    version: MonthlyVersion = move(plan, month, "submit", by=world.approver, at=at, on=on)
    return version


def move(plan: Plan, month: date, name: str, **act: Any) -> Any:
    """Move the report on a month, begun or not. The version, where the move froze one."""
    return MONTH_LIFE.move(actions.begun(plan, month, act["at"]), name, **act).version
