"""Who may invite, appoint, end, delegate and keep the registry: each question, for every role."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from esar.platform.organisations import permissions
from esar.platform.organisations.models import Appointment, Delegation, Person, Role
from tests.make import AT, ON, World, person
from tests.platform.role_offers.make import delegate

pytestmark = pytest.mark.django_db


def stand_in(world: World, role: str) -> Person:
    """Someone who acts for the world's person in a role, today only."""
    holder = world.by_role[role]
    taker = person(f"stand-in-{role}")
    act: dict[str, Any] = {"by": holder, "at": AT, "on": ON}
    days = {"first_day": ON, "last_day": ON}
    delegate(Appointment.objects.get(person=holder), taker, **act, **days, reason="ลา")
    return taker


def test_each_appoints_only_those_who_are_theirs_to_appoint(world: World) -> None:
    places = {
        "province": (world.province, None),
        "department": (world.department, None),
        "L2-P": (None, world.level2),
        "L1-P": (None, world.level1),
        "nowhere": (None, None),
    }
    allowed = {
        (who, role, where)
        for who, by in world.by_role.items()
        if who != "administrator"
        for role in Role.values
        for where, (body, committee) in places.items()
        if permissions.may_appoint(by, role, body, committee, ON)
    }

    assert allowed == {("approver", "reporter", "province"), ("secretary", "member", "L2-P")}
    assert all(
        permissions.may_appoint(world.administrator, role, body, committee, ON)
        for role in Role.values
        for body, committee in places.values()
    )


@pytest.mark.parametrize("role", ["administrator", "approver", "secretary"])
def test_no_stand_in_appoints_though_they_see_the_page(world: World, role: str) -> None:
    taker = stand_in(world, role)

    assert permissions.may_invite_someone(taker, ON)
    assert not permissions.may_appoint(taker, Role.REPORTER, world.province, None, ON)
    assert not permissions.may_appoint(taker, Role.MEMBER, None, world.level2, ON)


def test_whoever_appoints_someone_invites(world: World) -> None:
    invites = {who for who, by in world.by_role.items() if permissions.may_invite_someone(by, ON)}
    assert invites == {"administrator", "approver", "secretary"}


def test_a_role_is_ended_by_whoever_gives_it_but_members_by_the_administrator(
    world: World,
) -> None:
    roles = {
        "reporter": Appointment.objects.get(person=world.reporter),
        "member": Appointment.objects.get(person=world.members["L2-P"][0]),
    }
    ends = {
        (who, name)
        for who, by in world.by_role.items()
        for name, appointment in roles.items()
        if permissions.may_end(by, appointment, ON)
    }

    assert ends == {
        ("administrator", "reporter"),
        ("administrator", "member"),
        ("approver", "reporter"),
    }
    assert not permissions.may_end(stand_in(world, "administrator"), roles["member"], ON)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (0, None, ""),
        (0, 0, ""),
        (-1, 1, ""),
        (1, None, "people.role_not_in_force"),
        (-2, -1, "people.role_not_in_force"),
    ],
)
def test_a_role_is_lent_on_the_days_it_is_in_force(
    world: World, first: int, last: int | None, code: str
) -> None:
    role = Appointment.objects.get(person=world.approver)
    role.first_day = ON + timedelta(days=first)
    role.last_day = None if last is None else ON + timedelta(days=last)

    assert code_of(permissions.may_delegate(world.approver, role, ON)) == code


def code_of(verdict: Any) -> str:
    return verdict.problem.code if verdict.problem else ""


def test_nobody_lends_anothers_role_nor_an_auditors(world: World) -> None:
    approvers = Appointment.objects.get(person=world.approver)
    auditors = Appointment.objects.get(person=world.auditor)

    assert code_of(permissions.may_delegate(world.reporter, approvers, ON)) == (
        "people.not_your_role"
    )
    assert (
        code_of(permissions.may_delegate(world.auditor, auditors, ON)) == "people.cannot_delegate"
    )


def test_a_delegation_is_ended_by_either_of_the_two_and_the_administrator(
    world: World,
) -> None:
    taker = stand_in(world, "approver")
    delegation = Delegation.objects.select_related("appointment").get(taker=taker)
    people = {**world.by_role, "taker": taker, "deputy": stand_in(world, "administrator")}
    ends = {who for who, by in people.items() if permissions.may_end_delegation(by, delegation, ON)}

    assert ends == {"approver", "taker", "administrator"}


def test_the_administrator_alone_keeps_the_registry(world: World) -> None:
    keeps = {who for who, by in world.by_role.items() if permissions.may_keep_registry(by, ON)}
    assert keeps == {"administrator"}


def test_roles_of_the_past_give_nothing(world: World) -> None:
    Appointment.objects.filter(person=world.administrator).update(last_day=ON - timedelta(days=1))
    long_ago = date(2000, 1, 1)

    assert not permissions.may_keep_registry(world.administrator, ON)
    assert not permissions.may_invite_someone(world.approver, long_ago)
