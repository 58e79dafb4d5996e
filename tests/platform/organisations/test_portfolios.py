"""Who is in charge of a body by an order evaluates it; without one it is its own ministry's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from esar.judge.assessments.models import Assessment
from esar.judge.assessments.queries import at_desk_of, levels_of, visible_assessments
from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.organisations.actions import entrust, record_office_holder
from esar.platform.organisations.models import Body, OfficeHolder, Person, Portfolio
from esar.platform.organisations.queries import in_charge_of, office_over
from esar.platform.ui import clock
from tests.judge.assessments.make import MAY, assessment_of, offices, passed_to
from tests.make import AT, ON, SINCE, World
from tests.show.public.make import department, ministry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
FROM, ORDER = date(2023, 10, 5), "คำสั่งสำนักนายกรัฐมนตรี ที่ 1/2566"


def deputy(first_day: date = SINCE) -> OfficeHolder:
    """A Deputy Prime Minister, whose office is the Prime Minister's."""
    fields = {"name": "รองนายกรัฐมนตรี ก", "post": "รองนายกรัฐมนตรี", "first_day": first_day}
    return record_office_holder(ministry("PMO"), **fields, by=None, at=AT, on=ON)


def given(
    world: World, *bodies: Body, holder: OfficeHolder | None = None, first_day: date = FROM
) -> int:
    clock.pretend(ON)
    holder = holder or deputy()
    return entrust(
        holder, bodies, first_day=first_day, order=ORDER, by=world.administrator, at=AT, on=ON
    )


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [problem.code for problem in refusal.value.problems]


def minister_of(body: Body, day: date = ON) -> str:
    clock.pretend(day)
    office = office_over(Body.objects.get(pk=body.pk), "minister")
    return office.code if office else ""


def test_whoever_is_in_charge_evaluates_from_the_first_day_of_the_order(world: World) -> None:
    assert given(world, world.department) == 1

    assert minister_of(world.department, date(2023, 10, 4)) == "MOC"
    assert minister_of(world.department, FROM) == "PMO"
    [event] = Event.objects.filter(verb="portfolio.given")
    assert (event.body_code, event.after["portfolio_order"]) == ("DIT", ORDER)


def test_who_leaves_office_is_in_charge_of_nothing(world: World) -> None:
    holder = deputy()
    given(world, world.department, holder=holder)
    OfficeHolder.objects.filter(pk=holder.pk).update(last_day=date(2023, 10, 8))

    assert minister_of(world.department, date(2023, 10, 8)) == "PMO"
    assert minister_of(world.department, date(2023, 10, 9)) == "MOC"


def test_another_order_ends_the_one_before_it(world: World) -> None:
    given(world, world.department)
    minister = record_office_holder(
        ministry("MOF"), name="ข", post="รัฐมนตรี", first_day=SINCE, by=None, at=AT, on=ON
    )
    given(world, world.department, holder=minister, first_day=ON)

    days = Portfolio.objects.order_by("first_day").values_list("first_day", "last_day")
    assert list(days) == [(FROM, date(2023, 10, 9)), (ON, None)]
    assert minister_of(world.department) == "MOF"


def test_an_order_is_refused_whole_with_all_that_is_wrong_with_it(world: World) -> None:
    holder, later = deputy(FROM), world.department
    given(world, later, holder=holder, first_day=ON)

    def give() -> object:
        return given(world, ministry("MOF"), later, holder=holder, first_day=SINCE)

    assert refused(give) == [
        "portfolio.not_in_office",
        "portfolio.not_evaluated",
        "portfolio.given_already",
    ]
    assert refused(lambda: given(world, holder=holder)) == ["portfolio.no_body"]
    assert Portfolio.objects.count() == 1


def test_only_who_keeps_the_registry_records_an_order(world: World) -> None:
    holder = deputy()

    def give(by: Person) -> object:
        bodies = [world.department]
        return entrust(holder, bodies, first_day=FROM, order=ORDER, by=by, at=AT, on=ON)

    assert refused(lambda: give(world.analyst)) == ["people.only_administrator"]


def test_an_order_that_was_written_down_wrongly_is_corrected_with_a_reason(world: World) -> None:
    given(world, world.department)
    portfolio, right = Portfolio.objects.get(), "คำสั่งสำนักนายกรัฐมนตรี ที่ 11/2566"
    client = Client()
    client.force_login(world.administrator)
    page = f"/portfolios/{portfolio.pk}/order/"
    seen = client.get(page).context["form"]["seen"].value()
    typed = {"order": right, "reason": "พิมพ์เลขที่ผิด", "seen": seen}

    assert client.post(page, typed | {"reason": ""}).status_code == 422
    assert client.post(page, typed | {"order": ORDER}).status_code == 422
    assert client.post(page, typed).status_code == 302
    assert client.post(page, typed | {"order": "อื่น"}).status_code == 422

    assert Portfolio.objects.get().order == right
    [event] = Event.objects.filter(verb="portfolio.corrected")
    assert (event.before, event.after, event.reason) == (
        {"portfolio_order": ORDER},
        {"portfolio_order": right},
        "พิมพ์เลขที่ผิด",
    )
    assert f'href="{page}"' in client.get("/portfolios/").content.decode()
    assert page not in Client().get("/portfolios/").content.decode()
    client.force_login(world.analyst)
    assert client.get(page).status_code == 404


def test_who_is_asked_for_by_an_office_is_who_it_evaluates(world: World) -> None:
    """`in_charge_of` asks the database what `office_over` says of each body."""
    department("OPM1", parent="PMO")
    department("FREE", parent="IND")
    taken = department("FD", parent="MOF")
    ministry("MOI")
    given(world, taken, world.province)

    bodies = list(Body.objects.filter(kind__in=("department", "province")))
    for code in ("MOC", "MOF", "MOI", "PMO"):
        office = Body.objects.get(code=code)
        by_rows = set(
            Body.objects.filter(in_charge_of([office.pk], ON)).values_list("code", flat=True)
        )
        assert by_rows == {body.code for body in bodies if minister_of(body) == code}, code


def test_an_assessment_goes_to_the_desk_of_who_is_in_charge_and_one_office_assesses_once(
    world: World,
) -> None:
    people, assessment = offices(world), assessment_of(world)
    clock.pretend(MAY)
    passed_to(assessment, "minister", people)
    interior, office = people["minister"], people["prime_minister"]
    assert list(at_desk_of(interior, MAY, "minister")) == [assessment]

    keeper, bodies = world.administrator, [world.province]
    entrust(deputy(), bodies, first_day=FROM, order=ORDER, by=keeper, at=AT, on=ON)

    assert not at_desk_of(interior, MAY, "minister")
    assert list(at_desk_of(office, MAY, "minister")) == [assessment]
    assert list(visible_assessments(office, MAY)) == [assessment]
    assert not visible_assessments(interior, MAY)


def test_where_both_levels_are_one_office_it_assesses_once(world: World) -> None:
    assessment = assessment_of(world)
    clock.pretend(MAY)
    assert [level.id for level in levels_of(assessment)] == [
        "preliminary",
        "minister",
        "prime_minister",
    ]

    keeper, bodies = world.administrator, [world.province]
    entrust(deputy(), bodies, first_day=FROM, order=ORDER, by=keeper, at=AT, on=ON)

    anew = Assessment.objects.select_related("report__scorecard__body").get()
    assert [level.id for level in levels_of(anew)] == ["preliminary", "prime_minister"]


def test_an_order_is_recorded_and_read_by_the_pages(world: World) -> None:
    clock.pretend(ON)
    holder = deputy()
    client = Client()
    client.force_login(world.administrator)
    typed = {"holder": holder.pk, "first_day": FROM.isoformat(), "order": ORDER}

    unknown = client.post("/portfolios/new/", typed | {"bodies": "DIT XXX"})
    assert (unknown.status_code, Portfolio.objects.count()) == (422, 0)
    assert client.post("/portfolios/new/", typed | {"bodies": "DIT, TH-74"}).status_code == 302

    rows = Client().get("/portfolios/").context["list"].lines
    assert [line.row.body.code for line in rows] == ["DIT", "TH-74"]
    agency = Client().get("/agencies/DIT/")
    assert [office.code for office in agency.context["evaluators"]["offices"]] == ["PMO"]
    assert ORDER in agency.content.decode()
