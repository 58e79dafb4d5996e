"""The list of assessments leads each reader only where that reader may go."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.make import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


@pytest.mark.parametrize(
    ("role", "links"),
    [
        ("analyst", 2),
        ("assessor", 2),
        ("auditor", 2),
        ("administrator", 0),
        ("ministers_office", 0),
    ],
)
def test_the_sampling_is_offered_to_those_who_may_open_it(
    world: World, role: str, links: int
) -> None:
    client = Client()
    client.force_login(getattr(world, role))

    page = client.get("/assessments/?year=2567").content.decode()
    addresses = re.findall(r'href="(/assessments/sampling/[^"]*)"', page)

    assert [client.get(address).status_code for address in addresses] == [200] * links
