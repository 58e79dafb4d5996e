"""A plan in force and reports on its months, for tests."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from esar.chain import digest
from esar.organisations.models import Body
from esar.plans.models import Plan, PlanVersion
from tests.work.make import World

SAMPLE = Path(__file__).parents[2] / "samples" / "legal-execution-2561.json"
OCTOBER = datetime(2017, 10, 12, 3, 0, tzinfo=UTC)


def sample_content() -> dict[str, Any]:
    """The Legal Execution Department's plan of the briefing, as a plan's content."""
    listed = json.loads(SAMPLE.read_text("utf-8"))["kpis"][0]["activities"]
    return {
        "activities": [
            {
                "number": int(one["id"]), "name": one["name"], "type": one["type"] or "4",
                "topic": "", "start": one["start"], "office": "สำนักงานจังหวัด",
                "outputs": [
                    {"month": output["month"], "what": f"ผลผลิตของเรื่องที่ {one['id']}"}
                    for output in one["outputs"]
                ],
            }
            for one in listed
        ]
    }  # fmt: skip


def plan_in_force(
    world: World, content: dict[str, Any] | None = None, body: Body | None = None
) -> Plan:
    """A plan that was sent in on 12 October 2560, with its first version."""
    held = content or sample_content()
    plan = Plan.objects.create(
        body=body or world.province, fiscal_year=2561, state="submitted", since=OCTOBER,
        content=held, version=1, received_on=date(2017, 10, 12), due_on=date(2017, 11, 15),
    )  # fmt: skip
    PlanVersion.objects.create(
        plan=plan, number=1, content=held, sha256=digest(held), rules_of=date(2017, 10, 12),
        by=world.approver, at=OCTOBER,
    )  # fmt: skip
    return plan
