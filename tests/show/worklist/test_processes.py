"""The page of all lists says of each how many its reader finds in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.platform.ui import clock
from tests.make import FEBRUARY, World, draft, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_each_count_is_what_the_list_shows(world: World) -> None:
    draft(world)
    submitted(world, world.department)
    for who in (world.analyst, world.reporter, world.auditor):
        client = signed_in(who)
        groups = client.get("/processes/").context["groups"]
        counts = {
            link.href: link.count
            for group in groups
            for link in group.links
            if link.count is not None
        }
        lists = {href: client.get(href).context["list"].page.paginator.count for href in counts}

        assert len(counts) >= 10
        assert counts == lists, who


def test_a_list_of_rounds_is_counted_in_the_year_that_its_link_leads_to(world: World) -> None:
    clock.pretend(FEBRUARY.replace(month=11))  # of 2024: 2567 is over, and still reported on
    page = signed_in(world.analyst).get("/processes/")
    hrefs = [link.href for group in page.context["groups"] for link in group.links]

    assert "/2567/reports/" in hrefs
    assert "/2568/changes/" in hrefs


def test_the_page_costs_the_same_however_long_the_lists_are(world: World) -> None:
    client = signed_in(world.analyst)

    def cost() -> int:
        client.get("/processes/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/processes/")
        return len(queries)

    before = cost()
    draft(world)
    submitted(world, world.department)
    assert cost() == before
