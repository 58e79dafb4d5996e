"""Nobody gets a role unseen: whoever is above its holder is told; of an administrator by mail."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from esar.platform.notices.actions import send_mail
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Person, Role
from esar.platform.role_offers.actions import invite
from esar.platform.role_offers.life import ROLE_OFFER_LIFE
from esar.platform.role_offers.models import RoleOffer
from esar.platform.ui import clock
from tests.make import AT, ON, World, person
from tests.platform.mail.make import mail_goes_out

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"at": AT, "on": ON}
GIVEN, MADE = "notice.role_given", "notice.security_administrator_made"


@pytest.fixture(autouse=True)
def _october(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(ON)


def told(code: str) -> list[Person]:
    return [notice.person for notice in Notice.objects.filter(code=code).select_related("person")]


def test_a_body_is_told_whom_an_administrator_makes_its_reporter(world: World) -> None:
    words = {"email": "new@example.test", "name": "คนใหม่", "role": Role.REPORTER}
    invite(**words, by=world.administrator, body=world.province, **WHEN)

    assert told(GIVEN) == [world.approver]


def test_of_an_offer_it_is_told_once_it_is_accepted(world: World) -> None:
    words = {"email": world.assessor.email, "name": "x", "role": Role.REPORTER}
    offer = invite(**words, by=world.administrator, body=world.province, **WHEN)
    assert isinstance(offer, RoleOffer)
    assert told(GIVEN) == []
    ROLE_OFFER_LIFE.move(offer, "accept", by=world.assessor, **WHEN)

    assert told(GIVEN) == [world.approver]


def test_who_gives_it_is_not_told_of_it(world: World) -> None:
    words = {"email": "new@example.test", "name": "คนใหม่", "role": Role.REPORTER}
    invite(**words, by=world.approver, body=world.province, **WHEN)

    assert told(GIVEN) == []


def test_the_other_administrators_hear_of_a_new_one_by_mail_whatever_they_chose(
    world: World,
) -> None:
    other = person("deputy", (Role.ADMINISTRATOR, None), mail="none")
    words = {"email": "own-second@example.test", "name": "คนใหม่", "role": Role.ADMINISTRATOR}
    invite(**words, by=world.administrator, **WHEN)
    assert other in told(MADE)
    assert world.administrator not in told(MADE)
    send_mail.func("at_once")
    mail_goes_out()

    assert [letter.to for letter in mail.outbox] == [[other.email]]
