"""The world before the first kill, made by the real actions, and a session for everyone in it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.utils import timezone

from esar.judge.assessments.actions import declare
from esar.judge.assessments.models import Assessment
from esar.judge.results.actions import correct
from esar.judge.results.models import Result
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Body, Jurisdiction, Person, Role
from esar.report.central_data.data_sets.queries import data_set
from esar.report.central_data.queries import bodies_known
from esar.report.reports.models import Report
from tests.judge.results.make import released
from tests.make import AT, ON, World, in_force, person
from tests.remembered import forget
from tests.report.reports.make import sent
from tests.show.public.make import province

YEAR, ROUND, RULE = 2567, "12m", "central-data.digital"
GROUPS, OF_A_GROUP = 3, 2  # results that are released at once
WITHOUT_REPORTS = 25  # bodies that only have central data


@dataclass(frozen=True)
class Ground:
    """What the clients work on.

    `cycles` are reports with their assessment and body's code, going round between draft and
    submitted; `draft` and `files` are reports that stay drafts; `groups` are bodies whose results
    are released together; `sessions` the session keys by name.
    """

    cycles: tuple[tuple[int, int, str], ...]
    draft: int
    files: int
    bodies: tuple[tuple[int, str], ...]
    groups: tuple[tuple[int, ...], ...]
    sessions: dict[str, str]


@transaction.atomic  # the disk is waited for once
def prepared() -> Ground:
    """Everything, in a database that was just migrated."""
    world = World()
    forget(world)
    cycles = [_cycle(world, sent(world))]
    _next_province(world, "TH-21")
    cycles.append(_cycle(world, sent(world)))
    _next_province(world, "TH-22")
    card = in_force(world)
    drafts = {one.round_id: one.pk for one in Report.objects.filter(scorecard=card)}
    groups = [
        [_released(world, f"TH-{30 + 10 * n + m}") for m in range(OF_A_GROUP)]
        for n in range(GROUPS)
    ]
    for number in range(WITHOUT_REPORTS):
        province(f"TH-9{number:02d}")
    one = data_set(YEAR, ROUND, RULE)
    assert one is not None
    owner = Body.objects.create(
        code=one.owner, kind="other", name_th="เจ้าของข้อมูล", name_en="Owner", source="test"
    )
    people = {
        "reporter": world.reporter,
        "approver": world.approver,
        "assessor": world.assessor,
        "analyst": world.analyst,
        "owner": person("central", (Role.CENTRAL_OWNER, owner)),
    }
    Person.objects.update(mail=Person.Mail.AT_ONCE)  # so that the worker has letters to send
    bodies = bodies_known(one).order_by("code").values_list("pk", "code")
    return Ground(
        tuple(cycles),
        drafts["6m"],
        drafts["12m"],
        tuple(bodies),
        tuple(map(tuple, groups)),
        {name: _session(one) for name, one in people.items()},
    )


def _next_province(world: World, code: str) -> None:
    """A further province of the same people; it is the world's province then."""
    body = province(code)
    for committee in (world.level1, world.level2):
        Jurisdiction.objects.create(committee=committee, body=body)
    for one, role in ((world.reporter, Role.REPORTER), (world.approver, Role.APPROVER)):
        appoint(one, role, by=None, at=AT, on=ON, body=body)
        one.__dict__.pop("_held", None)
    world.province = body


def _cycle(world: World, report: Report) -> tuple[int, int, str]:
    """A report at the assessor's, who has declared, and its assessment."""
    found = Assessment.objects.select_related("report__scorecard__body__parent")
    one = found.get(report=report)
    now = timezone.now()
    declare(
        one, has_conflict=False, detail="", by=world.assessor, at=now, on=timezone.localdate(now)
    )
    return report.pk, one.pk, world.province.code


def _released(world: World, code: str) -> int:
    _next_province(world, code)
    return int(released(world).body_id)


def _session(one: Person) -> str:
    """A session as signing in would make it."""
    session: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    fresh = Person.objects.get(pk=one.pk)
    session[SESSION_KEY] = str(fresh.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = fresh.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@transaction.atomic
def results_to_release(ground: Ground, again: int) -> list[list[int]]:
    """A new result for every body of every group, waiting to be released; their ids."""
    analyst = Person.objects.get(email="analyst@example.test")
    made = []
    for group in ground.groups:
        newest = [
            Result.objects.filter(body=body, assessment__isnull=False).order_by("-number")[0]
            for body in group
        ]
        made.append(
            [
                correct(one, {}, reason=f"รอบที่ {again}", by=analyst, at=timezone.now()).pk
                for one in newest
            ]
        )
    return made
