"""What the machines that play random sequences share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from esar.kernel.chain import verify
from esar.kernel.problems import Refused
from esar.platform.history import queries
from tests.make import World
from tests.remembered import stands_at

COMMITTEE_AT = {"opinion": "L1-P", "decide": "L2-P", "acknowledge": "SUB"}
CALM = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)


def tried(action: Callable[[], Any]) -> bool:
    """Whether it happened; a refusal is the only way it may not."""
    try:
        with transaction.atomic():
            action()
    except Refused:
        return False
    return True


class Life(RuleBasedStateMachine):
    """What the three machines share: a world that is put back after each run."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        stands_at(self.world, (type(self), id(self.world)))
        self.begin()

    def begin(self) -> None:
        raise NotImplementedError

    def teardown(self) -> None:
        """The log is whole at the end: it is only ever added to, so what broke it stays broken."""
        try:
            assert list(verify(queries.records(), queries.heads())) == []
        finally:
            transaction.savepoint_rollback(self.point)

    def who(self, name: str) -> Any:
        if name in self.world.secretaries:
            return self.world.secretaries[name]
        return self.world.by_role[name]


PEOPLE = st.sampled_from(
    [
        "reporter",
        "approver",
        "analyst",
        "administrator",
        "auditor",
        "member",
        "nobody",
        "assessor",
        "L1-P",
        "L2-P",
        "SUB",
        "L2-MOC",
    ]
)
RIGHT = {"reporter": {"reporter"}, "approver": {"approver"}, "analyst": {"analyst"}}


def is_right(name: str, roles: tuple[str, ...], state: str) -> bool:
    turns = COMMITTEE_AT | {"tell": "L2-P"}
    if "secretary" in roles and name == turns.get(state):
        return True
    return any(name in RIGHT.get(role, set()) for role in roles)
