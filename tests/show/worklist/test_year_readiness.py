"""The year's check list: what must be in place, how much of it is, and what lacks, by name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from esar.platform.calendars.queries import entries
from esar.platform.organisations.models import Appointment, Person, Role
from esar.platform.ui import books, clock
from esar.platform.ui.templatetags.words import name_of, words
from esar.report.central_data.data_sets.queries import data_sets
from esar.show.worklist.readiness import Check, readiness
from tests.make import FEBRUARY, World, committee, draft, in_force
from tests.show.public.make import department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
ADDRESS = "/2567/administration/year/"


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


def check(code: str, year: int = 2567, day: date = FEBRUARY) -> Check:
    return {one.code: one for one in readiness(year, day)}[code]


def lacking(code: str, year: int = 2567, day: date = FEBRUARY) -> list[object]:
    return [lack.name for lack in check(code, year, day).lacks]


def test_a_body_without_a_reporter_is_lacking_by_name(world: World) -> None:
    assert (check("reporter").state, check("reporter").done) == ("done", 2)

    Appointment.objects.filter(role=Role.REPORTER, body=world.province).delete()

    assert (check("reporter").state, check("reporter").done) == ("lacking", 1)
    assert lacking("reporter") == [name_of(world.province)]
    assert lacking("approver") == []


def test_who_was_invited_and_has_not_answered_fills_no_role(world: World) -> None:
    for person in (world.reporter, world.secretaries["L1-P"]):
        invited = Person.objects.get(pk=person.pk)
        invited.set_unusable_password()
        invited.save()

    assert lacking("reporter") == [name_of(world.province)]
    assert lacking("secretary") == [name_of(world.level1)]


def test_whose_account_is_closed_fills_no_role(world: World) -> None:
    closed = (world.reporter.pk, world.secretaries["L1-P"].pk)
    Person.objects.filter(pk__in=closed).update(is_active=False)

    assert lacking("reporter") == [name_of(world.province)]
    assert lacking("secretary") == [name_of(world.level1)]


def test_a_role_is_filled_while_it_lasts(world: World) -> None:
    Appointment.objects.filter(role=Role.REPORTER, body=world.province).update(last_day=FEBRUARY)
    of_level_1 = Appointment.objects.filter(role=Role.SECRETARY, committee=world.level1)
    of_level_1.update(last_day=FEBRUARY)
    next_day = FEBRUARY + timedelta(days=1)

    assert (lacking("reporter"), lacking("secretary")) == ([], [])
    assert lacking("reporter", day=next_day) == [name_of(world.province)]
    assert lacking("secretary", day=next_day) == [name_of(world.level1)]


def test_of_a_year_that_is_over_the_people_of_its_last_day_are_asked_for(world: World) -> None:
    role = Appointment.objects.filter(role=Role.REPORTER, body=world.province)
    role.update(last_day=date(2027, 1, 1))

    assert lacking("reporter", day=date(2029, 1, 1)) == []


def test_only_committees_of_the_year_need_members(world: World) -> None:
    committee("OLD", "committee.negotiation", 2, years=(None, None))  # of older rules
    of_2567 = {each.pk for each in world.committees if each.code != "NEG-P"}

    assert check("member").needed == len(of_2567)

    Appointment.objects.filter(role=Role.MEMBER, committee=world.level1).delete()
    Appointment.objects.filter(role=Role.MEMBER, committee=world.negotiation).delete()

    assert lacking("member") == [name_of(world.level1)]
    assert lacking("secretary") == []


def test_an_owner_of_central_data_who_is_not_in_the_registry_is_lacking_too(world: World) -> None:
    owners = {data_set.owner for data_set in data_sets(2567)}

    assert check("central_owner").needed == len(owners)
    assert check("central_owner").done == len(owners & {world.department.code})


def test_what_the_year_does_not_ask_for_is_neither_there_nor_lacking() -> None:
    assert Check("central_owner", 0, "/").state == "not_asked"


def test_scorecards_are_counted_as_begun_and_as_in_force(world: World) -> None:
    draft(world, world.department)

    assert lacking("begun") == [name_of(world.province)]
    assert check("in_force").done == 0

    in_force(world)

    assert lacking("begun") == []
    assert lacking("in_force") == [name_of(world.department)]


def test_until_the_sub_commission_is_to_have_them_scorecards_are_not_late(world: World) -> None:
    last = next(entry.last for entry in entries(2567) if entry.id == "acknowledgement")

    assert check("begun", day=last).state == "later"
    assert check("begun", day=last + timedelta(days=1)).state == "lacking"
    assert world


def test_each_year_has_its_rules_days_and_holidays(world: World) -> None:
    for year in books.years():
        states = {one.code: one.state for one in readiness(year, FEBRUARY)}
        rulebook = ("rulebook", "calendar", "due", "holidays")

        assert {code: states[code] for code in rulebook} == dict.fromkeys(rulebook, "done"), year
    assert world


def test_the_page_names_whatever_it_counts_as_lacking(world: World) -> None:
    page = signed_in(world.administrator).get(ADDRESS)
    checks, text = page.context["checks"], page.content.decode()
    names = [words(lack.name) for one in checks for lack in one.lacks]

    assert page.status_code == 200
    assert len(names) == sum(one.needed - one.done for one in checks) > 0
    assert [name for name in names if f">{escape(name)}</a>" not in text] == []


def test_only_who_keeps_the_system_or_watches_it_sees_the_list(world: World) -> None:
    allowed = {
        role: signed_in(person).get(ADDRESS).status_code for role, person in world.by_role.items()
    }

    assert {role for role, status in allowed.items() if status == 200} == {
        "administrator",
        "auditor",
    }


def test_more_bodies_cost_no_more_queries(world: World) -> None:
    client = signed_in(world.administrator)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as before:
        client.get(ADDRESS)
    for number in range(5):
        department(f"D{number}", f"กรมที่ {number}")
    with CaptureQueriesContext(connection) as after:
        client.get(ADDRESS)

    assert len(after) == len(before)


def test_the_list_of_people_by_body_has_as_many_as_are_needed(world: World) -> None:
    client = signed_in(world.administrator)
    listed = client.get(check("reporter").href).context["list"]

    assert listed.total() == check("reporter").needed == 2
