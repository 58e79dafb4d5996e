"""The linkage is seen by those whose heads it is of, each their own, and by OPDC as a whole."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.make import World, person
from tests.show.public.make import ministry

pytestmark = pytest.mark.django_db
PAGE = "/linkage/2567/1/"


def test_each_sees_the_linkage_of_their_own_bodies(world: World) -> None:
    interior = person("interior", ("ministers_office", ministry("MOI")))
    shown = {}
    for name, who in (
        ("analyst", world.analyst),
        ("approver", world.approver),
        ("approver of the department", world.approver_d),
        ("its minister", world.ministers_office),
        ("interior", interior),
    ):
        client = Client()
        client.force_login(who)
        rows = client.get(PAGE).context["rows"]
        shown[name] = {row.body.code for row in rows}
        lines = client.get(f"{PAGE}linkage.csv").content.decode("utf-8-sig").splitlines()[1:]
        assert {line.split(",")[0] for line in lines} == shown[name]

    assert shown == {
        "analyst": {"TH-74", "DIT"},
        "approver": {"TH-74"},
        "approver of the department": {"DIT"},
        "its minister": {"DIT"},
        "interior": {"TH-74"},
    }


@pytest.mark.parametrize("role", ["reporter", "secretary", "nobody", "assessor"])
def test_others_are_refused(world: World, role: str) -> None:
    client = Client()
    client.force_login(world.by_role[role])
    assert client.get(PAGE).status_code in (403, 404)
