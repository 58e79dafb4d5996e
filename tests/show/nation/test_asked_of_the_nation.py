"""Every question that is asked of the nation in a year has its page, two clicks from the desk."""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.test import Client
from django.urls import reverse

from esar.agree.agendas.models import SubIndicator
from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from tests.agree.agendas.make import enterprise, load
from tests.make import ON, World, in_force
from tests.show.public.make import result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
TABLES = "/years/2567/tables"
OPDC, MINISTER = "analyst", "ministers_office"
# What is asked, who asks, and the page that answers.
ASKED = (
    ("who has sent KPIs, by group", OPDC, f"{TABLES}/Q5/"),
    ("KPIs by kind and ministry", OPDC, "/kpis/"),
    ("strategic KPIs cascaded or not, and which not and why", OPDC, f"{TABLES}/T1/"),
    ("departments' KPIs by where they come from", OPDC, f"{TABLES}/T2/"),
    ("departments without a strategic link", OPDC, f"{TABLES}/Q1/"),
    ("the weight given to Joint KPIs", OPDC, f"{TABLES}/Q2/"),
    ("who has more or fewer KPIs than the rules say", OPDC, f"{TABLES}/Q3/"),
    ("sub-indicators without holder, holders without target, targets short", OPDC, f"{TABLES}/Q4/"),
    ("sub-indicators", OPDC, f"{TABLES}/T3/"),
    ("who holds them", OPDC, f"{TABLES}/T4/"),
    ("leads and stages", OPDC, f"{TABLES}/T5/"),
    ("KPIs of provinces", OPDC, f"{TABLES}/T6/"),
    ("from 217 to 204 and why", OPDC, "/sub-indicators/"),
    ("2566, 2567 and 2568 beside each other", OPDC, f"{TABLES}/T9/"),
    ("who must be written to, and the legal ground", OPDC, "/rules/2567/"),
    ("requests by ground, kind and ministry, told in time, weight, joint", OPDC, f"{TABLES}/Q6/"),
    ("a minister's bodies beside each other and last year", MINISTER, "/ministers/"),
    ("progress of agendas by stage, who has not told, obstacles", OPDC, "/agenda-board/"),
    ("agendas by kind of body", OPDC, "/agendas/2567/"),
    ("KPIs against their basic target, by dimension, repeated or new", OPDC, "/warnings/status/"),
    ("results from outside", OPDC, "/outside-results/"),
    ("self-evaluations", OPDC, "/self-evaluations/"),
    ("mean by kind and component, Joint KPIs at standard", OPDC, f"{TABLES}/Q7/"),
    ("what each level made of the one before", OPDC, f"{TABLES}/Q8/"),
    ("obstacles for the next year's targets", OPDC, f"{TABLES}/Q9/"),
)


def links_on(client: Client, path: str) -> set[str]:
    """The pages that a page leads to, without what is asked of them."""
    answer = client.get(path, follow=True)
    led_to = {address for address, _status in answer.redirect_chain}
    if answer.streaming or "html" not in answer.headers["Content-Type"]:
        answer.close()
        return led_to
    hrefs = re.findall(r'href="(/[^"]*)"', answer.content.decode())
    return led_to | {re.split(r"[?#]", href)[0] for href in hrefs}


def test_each_has_a_page_two_clicks_from_the_desk_of_who_asks(world: World) -> None:
    clock.pretend(ON)
    in_force(world, world.department)
    enterprise()
    load(world)
    result(world.province, "95")
    assert SubIndicator.objects.exists()

    @cache
    def reached_by(role: str) -> set[str]:
        person: Person = getattr(world, role)
        client = Client()
        client.force_login(person)
        desk = links_on(client, reverse("worklist:desk"))
        pages = sorted(path for path in desk if not path.startswith("/static/"))
        return desk.union(*(links_on(client, path) for path in pages))

    unreached = [asked for asked, role, page in ASKED if page not in reached_by(role)]
    assert unreached == []
