"""What waits for somebody else says for whom; where there is nobody else, who appoints sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from esar.agree.agreements.actions import sign
from esar.agree.scorecards.checks import signers_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Scorecard
from esar.judge.assessments.life import ACTS, ASSESSMENT_LIFE
from esar.judge.results.life import RESULT_LIFE
from esar.platform.history.actions import record
from esar.platform.organisations.models import Appointment, Person, Role
from esar.show.worklist.nobody import stuck
from esar.show.worklist.queries import work_for
from tests.agree.scorecards.make import (
    PROPOSED,
    SIGNED,
    at,
    drafted,
    sign_all,
    submitted,
    to_sign,
)
from tests.judge.assessments.make import MAY, assessment_of, offices, passed_to
from tests.judge.results.make import RELEASED_AT, RELEASED_ON, assessed
from tests.make import World, person

LAST = SIGNED + timedelta(days=10)
pytestmark = pytest.mark.django_db


def desk(who: Person, asks: tuple[str, ...]) -> list[tuple[str, str]]:
    who = Person.objects.get(pk=who.pk)
    work = work_for(who, LAST, 2554)
    return [(line.title, line.asks) for line in work if line.asks in asks]


OF_SIGNING = ("work.bring_into_force", "work.waits_for_another_analyst")
NOBODY = ("page.nobody_else",)


def signed_by_the_analyst(world: World) -> Scorecard:
    card = to_sign(world)
    for place, role in enumerate(signers_of(card)):
        day = SIGNED + timedelta(days=place)
        sign(card, name=f"{role} ก", signed_on=day, by=world.analyst, at=at(day), on=day)
    return card


def test_an_agreement_that_all_have_signed_is_on_the_desk_of_those_who_bring_it_into_force(
    world: World,
) -> None:
    card = to_sign(world)
    before = desk(world.analyst, OF_SIGNING)
    sign_all(world, card)

    title = f"{world.province.name_th} 2554"
    assert (before, desk(world.analyst, OF_SIGNING)) == ([], [(title, "work.bring_into_force")])


def test_who_recorded_a_signature_reads_that_it_waits_for_another(world: World) -> None:
    signed_by_the_analyst(world)
    another = person("another", (Role.ANALYST, None))

    title = f"{world.province.name_th} 2554"
    assert desk(world.analyst, OF_SIGNING) == [(title, "work.waits_for_another_analyst")]
    assert desk(another, OF_SIGNING) == [(title, "work.bring_into_force")]
    assert desk(world.administrator, NOBODY) == []


def test_where_there_is_no_other_the_administrator_is_told_whom_to_appoint(world: World) -> None:
    signed_by_the_analyst(world)

    title = f"{world.province.name_th} · รอลงนามคำรับรอง: ไม่มี “นักวิเคราะห์ สำนักงาน ก.พ.ร.” คนอื่นที่ทำได้"
    assert desk(world.administrator, NOBODY) == [(title, "page.nobody_else")]
    assert desk(world.analyst, NOBODY) == []


def test_without_any_analyst_what_waits_for_one_waits_for_nobody(world: World) -> None:
    card = submitted(world, listed=True)
    assert list(stuck(SCORECARD_LIFE, LAST)) == []
    Person.objects.filter(pk=world.analyst.pk).update(is_active=False)

    assert list(stuck(SCORECARD_LIFE, LAST)) == [(card, ["collect"])]


def test_a_result_waits_for_nobody_whose_analysts_all_judged_it(world: World) -> None:
    assessment: Any = assessed(world)
    assert list(stuck(RESULT_LIFE, RELEASED_ON)) == []
    record(ACTS[0], assessment, by=world.analyst, at=RELEASED_AT)

    assert [names for _, names in stuck(RESULT_LIFE, RELEASED_ON)] == [["release"]]


def test_an_analyst_who_came_from_the_body_is_nobody_for_it(world: World) -> None:
    submitted(world, listed=True)
    own = {"body": world.province, "person": world.analyst, "first_day": SIGNED}
    Appointment.objects.create(role=Role.REPORTER, **own)

    assert [names for _, names in stuck(SCORECARD_LIFE, LAST)] == [["collect"]]


def test_a_draft_that_its_only_approver_wrote_waits_for_nobody(world: World) -> None:
    card = drafted(world)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=at(PROPOSED), on=PROPOSED)
    assert list(stuck(SCORECARD_LIFE, PROPOSED)) == []
    record("kpi.changed", card, by=world.approver, at=at(PROPOSED))

    assert [names for _, names in stuck(SCORECARD_LIFE, PROPOSED)] == [["submit"]]


def test_who_has_only_to_declare_first_is_somebody(world: World) -> None:
    """The minister's office is next; what the assessor did with it makes it nobody's no less."""
    assessment = assessment_of(world)
    passed_to(assessment, "minister", offices(world))

    assert list(stuck(ASSESSMENT_LIFE, MAY)) == []
    Appointment.objects.filter(role=Role.MINISTERS_OFFICE).delete()
    assert [thing for thing, _names in stuck(ASSESSMENT_LIFE, MAY)] == [assessment]
