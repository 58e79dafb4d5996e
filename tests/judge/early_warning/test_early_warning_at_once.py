"""Two people act on early warnings at the same moment: one wins, nothing is made twice."""

from __future__ import annotations

from datetime import date

import pytest

from esar.judge.early_warning import actions
from esar.judge.early_warning.life import WARNING_LIFE
from esar.judge.early_warning.models import EarlyWarning, Look
from esar.platform.organisations.models import Role
from tests.at_once import at_once
from tests.make import AT, World, in_force, person

pytestmark = pytest.mark.django_db(transaction=True)
JUNE = date(2024, 6, 3)


@pytest.fixture
def world(transactional_db: None) -> World:  # noqa: ARG001 real commits
    return World()


def test_two_analysts_who_confirm_at_once_warn_once(world: World) -> None:
    in_force(world)
    other = person("analyst-2", (Role.ANALYST, None))
    found = at_once(
        lambda: actions.warn(2567, on=JUNE, at=AT, by=world.analyst, expected=6),
        lambda: actions.warn(2567, on=JUNE, at=AT, by=other, expected=6),
    )

    assert sorted(found) == ["done", "warning.changed_since"]
    assert (EarlyWarning.objects.count(), Look.objects.count()) == (6, 1)


def test_of_two_who_withdraw_a_warning_at_once_one_is_told_that_it_is_done(world: World) -> None:
    in_force(world)
    actions.warn(2567, on=JUNE, at=AT, by=world.analyst)
    one = EarlyWarning.objects.filter(number="1.1").get()

    def withdraw() -> None:
        WARNING_LIFE.move(
            one, "withdraw_warning", by=world.analyst, at=AT, on=JUNE, reason="ข้อมูลผิด"
        )

    assert sorted(at_once(withdraw, withdraw)) == ["done", "warning.wrong_state"]
