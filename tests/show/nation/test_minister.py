"""A minister's page: the bodies of the portfolio beside each other and last year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.strategic_kpis.models import StrategicKpi
from esar.judge.results.models import Result
from esar.platform.organisations.actions import entrust, record_office_holder
from esar.platform.organisations.models import Body, Person
from esar.platform.ui import clock
from esar.show.nation.minister import benches, of_office, strategic_of
from tests.agree.strategic_kpis.make import decide_not, told
from tests.make import AT, ON, SINCE, World
from tests.show.public.make import department, ministry, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
PAGE = "/ministers/MOC/2567/"


def browser(someone: Person) -> Client:
    clock.pretend(ON)
    client = Client()
    client.force_login(someone)
    return client


@pytest.fixture
def office(world: World) -> Body:
    """Commerce with three departments: one below basic, one with all points, one without result."""
    result(world.department, "70")
    result(department("DFT"), "95")
    department("DIP")
    result(department("FAR", parent="MOF"), "95")
    return ministry("MOC")


def lines(office: Body) -> list[tuple[str, str, dict[str, int]]]:
    return [(row.body.code, f"{row.total}", dict(row.bands)) for row in benches(office, 2567)]


def test_it_shows_the_portfolios_bodies_and_where_their_kpis_lie(office: Body) -> None:
    below = {"below": 1, "between": 1, "full": 1}

    assert sorted(lines(office)) == [
        ("DFT", "96.0000", {"between": 1, "full": 2}),
        ("DIP", "None", {}),
        ("DIT", "26.0000", below),
    ]


def test_nothing_reported_is_told_apart_from_below_basic(world: World) -> None:
    result(world.department, None)

    (line,) = lines(ministry("MOC"))
    assert line[2] == {"unreported": 1, "between": 1, "full": 1}


def test_a_body_that_reported_nothing_has_no_total_and_others_have_it_beside_its_full_mark(
    world: World, office: Body
) -> None:
    row = Result.objects.get(body__code="DFT")
    columns: dict[str, Any] = {
        field.attname: getattr(row, field.attname)
        for field in Result._meta.concrete_fields
        if field.attname not in ("id", "body_id", "total", "explanation")
    }
    silent = [kpi | {"status": "not_reported"} for kpi in row.explanation["kpis"]]
    kept = row.explanation | {"total": "0.0000", "kpis": silent}
    Result.objects.create(**columns, body=department("OCS"), total=0, explanation=kept)

    (line,) = [line for line in benches(office, 2567) if line.body.code == "OCS"]
    page = browser(world.analyst).get(PAGE).content.decode()
    cells = re.sub(r"<.*?>|\s+", " ", page).split()

    assert (line.total, line.change) == (None, None)
    assert 'class="status status-not_reported"' in page
    assert cells[cells.index("96.00") :][:3] == ["96.00", "/", "100"]


def test_last_year_stands_beside_in_the_same_round_and_where_both_years_measured_alike(
    office: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Result.objects.get(body__code="DIT")

    def change() -> Decimal | None:
        return next(line for line in benches(office, 2568) if line.body.code == "DIT").change

    columns: dict[str, Any] = {
        field.attname: getattr(row, field.attname)
        for field in Result._meta.concrete_fields
        if field.attname not in ("id", "fiscal_year", "round_id")
    }
    assert change() is None
    later = Result.objects.create(**columns, fiscal_year=2568, round_id="6m")
    assert change() is None
    Result.objects.create(**columns, fiscal_year=2568, round_id="12m")
    assert change() is None, "2568 measures departments otherwise than 2567"

    monkeypatch.setattr("esar.show.nation.minister.years_alike", lambda _year, _kind: [2567])
    assert change() == Decimal(0)
    assert later.round_id == "6m"
    Result.objects.filter(fiscal_year=2568, round_id="12m").delete()
    assert change() is None, "six months are not held against twelve"


@pytest.mark.usefixtures("world")
def test_interior_has_the_provinces_too_and_no_other_ministry_has() -> None:
    def bodies(code: str) -> set[str]:
        return set(Body.objects.filter(of_office(ministry(code))).values_list("code", flat=True))

    assert (bodies("MOI"), bodies("MOC")) == ({"TH-74"}, {"DIT"})


def test_a_body_that_an_order_gives_to_another_is_on_the_page_of_whoever_is_in_charge(
    world: World, office: Body
) -> None:
    moved, prime = Body.objects.get(code="DFT"), ministry("PMO")
    thing = decide_not(world, told(world))
    StrategicKpi.objects.filter(pk=thing.pk).update(host=moved)
    post = {"name": "รองนายกรัฐมนตรี ก", "post": "รองนายกรัฐมนตรี", "first_day": SINCE}
    holder = record_office_holder(prime, **post, by=None, at=AT, on=ON)

    def shown(minister: Body, day: date) -> tuple[list[str], list[str]]:
        clock.pretend(day)
        bodies = sorted(bench.body.code for bench in benches(minister, 2567))
        return bodies, [standing.strategic.code for standing, _ in strategic_of(minister, 2567)]

    by: dict[str, Any] = {"by": world.administrator, "at": AT, "on": ON}
    entrust(holder, [moved], first_day=ON, order="คำสั่งที่ 1/2566", **by)

    before = ON - timedelta(days=1)
    assert shown(office, before) == (["DFT", "DIP", "DIT"], ["SK-MOC-01"])
    assert shown(prime, before) == ([], [])
    assert shown(office, ON) == (["DIP", "DIT"], [])
    assert shown(prime, ON) == (["DFT"], ["SK-MOC-01"])


def test_the_ministrys_strategic_kpis_stand_there_with_what_became_of_them(
    world: World, office: Body
) -> None:
    thing = decide_not(world, told(world))

    ((standing, duty),) = strategic_of(office, 2567)
    assert (standing.strategic, standing.standing) == (thing, "not_cascaded")
    assert duty is not None
    assert duty.target == Decimal(71)
    assert strategic_of(ministry("MOF"), 2567) == strategic_of(office, 2561) == []


def test_an_office_reads_its_own_page_and_opdc_every(world: World, office: Body) -> None:
    own, opdc = browser(world.ministers_office), browser(world.analyst)

    assert own.get("/ministers/")["Location"] == "/ministers/MOC/2567/"
    assert own.get(PAGE).status_code == 200
    assert own.get("/ministers/MOF/2567/").status_code == 404
    assert opdc.get("/ministers/").status_code == 200
    assert opdc.get("/ministers/MOF/2567/").status_code == 200
    assert browser(world.reporter).get(PAGE).status_code == 404
    for path in ("bodies.csv", "bodies.xlsx", "kpis/", "kpis.csv", "kpis.xlsx"):
        assert own.get(PAGE + path).status_code == 200
    below = own.get(f"{PAGE}kpis/?band=below").context["list"].lines
    assert [line.row.body.code for line in below] == ["DIT"]
    assert office.code == "MOC"


def test_its_queries_do_not_grow_with_the_portfolio(world: World, office: Body) -> None:
    own = browser(world.ministers_office)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert own.get(PAGE).status_code == 200
        return len(asked)

    queries()
    few = queries()
    for number in range(5):
        result(department(f"X{number}", parent="MOC"), "85")
    queries()  # what waits is counted anew since something was written
    assert queries() == few
    assert len(benches(office, 2567)) == 8
