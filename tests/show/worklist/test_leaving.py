"""People leave: a role ends when the page says so, and what they leave is on desks at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from esar.kernel.problems import Refused
from esar.platform.notices.models import Notice
from esar.platform.organisations.actions import close_person, end_role
from esar.platform.organisations.models import Appointment, Person, Role
from esar.platform.organisations.queries import holds
from esar.platform.ui import clock
from esar.report.activity_plans.monthly.models import MonthlyReport
from esar.report.letters.models import Letter
from esar.show.worklist.leaving import OpenWork, open_work
from esar.show.worklist.queries import work_for
from tests.make import World, person
from tests.report.activity_plans import make as plans
from tests.report.activity_plans.monthly import make as months
from tests.report.reports.make import APRIL, AT_APRIL, codes, filled, report_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return World()


def role_of(who: Person, role: Role = Role.REPORTER) -> Appointment:
    return Appointment.objects.get(person=who, role=role)


def nobody(who: Person) -> list[tuple[str, str]]:
    who = Person.objects.get(pk=who.pk)
    work = work_for(who, APRIL, 2567)
    return [(one.title, one.asks) for one in work if one.asks.startswith("page.nobody")]


def test_a_role_ended_on_its_page_ends_at_once(world: World) -> None:
    report = report_of(world)
    clock.pretend(APRIL)
    administrator, reporter = Client(), Client()
    administrator.force_login(world.administrator)
    reporter.force_login(world.reporter)
    role = role_of(world.reporter)
    path = f"/people/{world.reporter.pk}/roles/{role.pk}/end/"
    assert reporter.get(f"/reports/{report.pk}/").status_code == 200

    administrator.post(path, {"reason": "ย้าย"})

    assert reporter.get(f"/reports/{report.pk}/").status_code == 404
    answer = administrator.get(f"/people/{world.reporter.pk}/").content.decode()
    assert "หน้าที่สิ้นสุดทันทีแล้ว" in answer


def test_a_role_ends_with_the_day_that_was_chosen(world: World) -> None:
    report_of(world)
    clock.pretend(APRIL)
    administrator = Client()
    administrator.force_login(world.administrator)
    role = role_of(world.reporter)
    path = f"/people/{world.reporter.pk}/roles/{role.pk}/end/"

    administrator.post(path, {"reason": "ย้าย", "last_day": "2024-04-30"})

    reporter = Person.objects.get(pk=world.reporter.pk)
    days = (APRIL, date(2024, 4, 30), date(2024, 5, 1))
    assert [holds(reporter, day, Role.REPORTER) for day in days] == [True, True, False]


def test_a_day_that_has_passed_is_no_last_day(world: World) -> None:
    with pytest.raises(Refused) as refused:
        end_role(
            role_of(world.reporter),
            by=world.administrator,
            at=AT_APRIL,
            on=APRIL,
            reason="x",
            last=date(2024, 4, 1),
        )

    assert codes(refused) == {"people.last_day_has_passed"}


def test_work_that_nobody_is_there_for_is_on_desks_and_told_at_once(world: World) -> None:
    report_of(world)
    clock.pretend(APRIL)
    analyst = person("analyst2", (Role.ANALYST, None))
    desks = (world.approver, analyst, world.administrator)
    assert [nobody(who) for who in desks] == [[], [], []]

    end_role(role_of(world.reporter), by=world.administrator, at=AT_APRIL, on=APRIL, reason="ย้าย")

    line = [(world.province.name_th, "page.nobody_reporter")]
    assert [nobody(who) for who in desks] == [line, line, line]
    told = Notice.objects.filter(code="notice.nobody_reporter")
    assert {notice.person for notice in told} >= set(desks)
    assert {notice.figures["count"] for notice in told} == {2}  # the rounds of 6 and of 12 months
    assert world.reporter not in {notice.person for notice in told}


def gone(who: Person, day: date) -> None:
    """Somebody's role ended the day before."""
    Appointment.objects.filter(person=who).update(last_day=day - timedelta(days=1))


def left(world: World, role: Role, day: date) -> OpenWork | None:
    return open_work([world.province], role, day).get(world.province.pk)


def test_a_plan_of_activities_that_nobody_can_write_is_open_work(world: World) -> None:
    plans.saved(world)

    assert left(world, Role.REPORTER, plans.OLD_RULES) == OpenWork(1, date(2017, 9, 15))
    assert left(world, Role.APPROVER, plans.OLD_RULES) is None


def test_months_of_a_plan_that_nobody_reports_are_open_work(world: World) -> None:
    plan = months.plan_in_force(world)
    december = date(2017, 12, 20)
    assert left(world, Role.REPORTER, december) == OpenWork(3, date(2017, 11, 7))

    MonthlyReport.objects.create(
        plan=plan, month=date(2017, 10, 1), since=months.OCTOBER, state="proposed"
    )
    assert left(world, Role.REPORTER, december) == OpenWork(2, date(2017, 12, 7))
    assert left(world, Role.APPROVER, december) == OpenWork(1, date(2017, 11, 7))


def test_a_letter_that_nobody_sends_is_open_work(world: World) -> None:
    letter = Letter(sender=world.province, state="proposed", by=world.reporter, subject="ก")
    letter.at = letter.since = AT_APRIL
    letter.save()
    gone(world.approver, APRIL)

    assert left(world, Role.APPROVER, APRIL) == OpenWork(1)
    assert nobody(world.administrator) == [(world.province.name_th, "page.nobody_approver")]


def test_a_role_that_ran_out_by_itself_leaves_its_work_on_desks(world: World) -> None:
    report_of(world)
    clock.pretend(APRIL)
    gone(world.reporter, APRIL)

    assert nobody(world.administrator) == [(world.province.name_th, "page.nobody_reporter")]


def test_a_second_reporter_is_somebody(world: World) -> None:
    report_of(world)
    clock.pretend(APRIL)
    person("second", (Role.REPORTER, world.province))

    end_role(role_of(world.reporter), by=world.administrator, at=AT_APRIL, on=APRIL, reason="ย้าย")

    assert nobody(world.approver) == []
    assert not Notice.objects.filter(code="notice.nobody_reporter").exists()


def test_an_account_that_closes_leaves_a_proposal_without_an_approver(world: World) -> None:
    from esar.report.reports.life import REPORT_LIFE

    report = filled(world)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    clock.pretend(APRIL)

    close_person(world.approver, by=world.administrator, at=AT_APRIL, on=APRIL, reason="เกษียณ")

    line = [(world.province.name_th, "page.nobody_approver")]
    assert [nobody(who) for who in (world.reporter, world.administrator)] == [line, line]
    assert Notice.objects.filter(code="notice.nobody_approver", person=world.reporter).exists()
