"""A body's own page: its year as steps, where it is, and of everything what the reader may see."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from esar.agree.scorecards.models import ScorecardVersion
from esar.judge.assessments.models import Assessment
from esar.kernel.wording import figure
from esar.platform.charts.figures import Missing
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.ui import books, clock
from esar.show.public.hub.kpis import HubKpi
from esar.show.public.hub.lines import lines_of
from esar.show.public.hub.steps import Known, steps_of
from esar.show.public.hub.where import Papers, papers_of
from esar.show.public.records import records_of
from tests.judge.results.make import released
from tests.make import ON, World, draft, in_force, person
from tests.report.letters.make import sent as letter_sent
from tests.report.letters.make import since_before
from tests.report.reports.make import APRIL, filled, report_of, sent

pytestmark = pytest.mark.django_db
YEAR = 2567
MAY = date(2024, 5, 2)
NOTHING = Known(Papers(None, {}, {}), None, ())
STEPS = {
    2567: [
        "ตัวชี้วัด",
        "ช่วงปรับเปลี่ยนตัวชี้วัด รอบ 6 เดือน",
        "รอบ 6 เดือน",
        "ช่วงปรับเปลี่ยนตัวชี้วัด รอบ 12 เดือน",
        "รอบ 12 เดือน",
        "ประเมิน",
        "ผล",
    ],
    2561: ["ตัวชี้วัด", "รอบ 6 เดือน", "การขอปรับแผน", "รอบ 12 เดือน", "ประเมิน", "ผล"],
    2554: [
        "ตัวชี้วัด",
        "การขอเปลี่ยนแปลงตัวชี้วัด",
        "รอบ 6 เดือน",
        "รอบ 9 เดือน",
        "รอบ 12 เดือน",
        "ประเมิน",
        "ผล",
    ],
}


def known(world: World, who: Any, day: date) -> Known:
    papers = papers_of([world.province], YEAR, who, day)[world.province.pk]
    version = ScorecardVersion.objects.filter(scorecard=papers.card).first()
    return Known(papers, version, ())


def standings(world: World, who: Any, day: date) -> list[str]:
    steps = steps_of(world.province, YEAR, known(world, who, day), day)
    return [step.standing for step in steps]


def page(body: Body, who: Person | None = None) -> str:
    client = Client()
    if who is not None:
        client.force_login(who)
    return unescape(client.get(reverse("public:agency", args=[body.code])).content.decode())


@pytest.mark.parametrize("year", STEPS)
def test_each_year_has_the_steps_of_its_own_calendar(world: World, year: int) -> None:
    steps = steps_of(world.province, year, NOTHING, ON)

    assert [figure(step.label, "th") for step in steps] == STEPS[year]


def test_a_year_without_a_rulebook_has_no_calendar_to_be_late_against(world: World) -> None:
    steps = steps_of(world.province, 2400, NOTHING, ON)

    assert [step.standing for step in steps] == ["now", "to-come", "to-come"]


def test_the_first_that_is_not_done_is_where_the_year_is(world: World) -> None:
    in_force(world)

    ahead = ["ahead", "to-come", "to-come", "to-come"]
    assert standings(world, world.reporter, ON) == ["done", "ahead", "now", *ahead]


def test_a_window_is_open_or_over_by_its_days_and_nobody_is_at_it(world: World) -> None:
    in_force(world)
    open_then = standings(world, world.reporter, date(2024, 2, 29))
    over_then = standings(world, world.reporter, date(2024, 3, 1))

    assert (open_then[1:3], over_then[1:3]) == (["open", "now"], ["over", "now"])


def test_a_report_whose_day_has_passed_is_late_and_one_that_was_sent_is_done(world: World) -> None:
    report_of(world)
    on_the_day = standings(world, world.reporter, date(2024, 4, 30))[2]
    after = standings(world, world.reporter, MAY)[2]

    assert (on_the_day, after) == ("now", "late")


def test_who_has_sent_a_report_is_at_the_next(world: World) -> None:
    sent(world)

    assert standings(world, world.reporter, MAY)[2:5] == ["done", "ahead", "now"]


def test_the_page_says_at_whose_desk_the_year_is_and_since_when(world: World) -> None:
    report = sent(world)
    seen = papers_of([world.province], YEAR, world.assessor, MAY)[world.province.pk]
    Assessment.objects.filter(report=report).update(state="minister")
    later = papers_of([world.province], YEAR, world.assessor, MAY)[world.province.pk]
    begun = books.begun_rounds(YEAR, MAY)

    places = [papers.place("6m") for papers in (seen, later)]
    assert [place and place.desk for place in places] == [
        "at-desk.assessment-state.preliminary",
        "at-desk.assessment-state.minister",
    ]
    assert later.round_now(begun) == "6m"
    assert [place and place.day for place in places] == [date(2024, 4, 20)] * 2


def test_a_visitor_sees_only_what_is_public(world: World) -> None:
    clock.pretend(APRIL)
    report = filled(world)
    ScorecardVersion.objects.update(public_from=date(2025, 1, 1))
    work = [
        reverse("reports:report", args=[report.pk]),
        reverse("scorecards:scorecard-work", args=[report.scorecard_id]),
        "/changes/?q=",
        "/warnings/?q=",
        world.reporter.name,
        "ประเมินตนเองถึงขณะนี้",
        "อยู่ที่ผู้รายงาน",
        'class="hub-bullet"',
    ]
    stranger = person("stranger", (Role.REPORTER, world.department))

    seen = {who: [part in page(world.province, who) for part in work] for who in (None, stranger)}
    own = [part in page(world.province, world.reporter) for part in work]

    assert seen == {None: [False] * len(work), stranger: [False] * len(work)}
    assert own == [True, False, True, True, True, True, True, True]


def test_what_is_public_of_an_agreement_is_shown_without_results(world: World) -> None:
    clock.pretend(APRIL)
    filled(world)
    ScorecardVersion.objects.update(public_from=ON)
    text = page(world.province)

    assert text.count('class="hub-bullet"') > 0
    assert "86.00" not in text


def test_a_published_result_ends_the_year_and_stands_with_its_grade(world: World) -> None:
    from tests.judge.results.make import RELEASED_ON

    clock.pretend(RELEASED_ON)
    result = released(world)
    text = page(world.province)

    assert reverse("public:scorecard", args=[YEAR, result.round_id, result.body.code]) in text
    assert "86.00" in text


def test_only_a_result_of_a_whole_year_is_a_record(world: World) -> None:
    released(world)

    assert records_of([world.province]) == {}


def test_each_line_counts_what_its_list_shows(world: World) -> None:
    clock.pretend(MAY)
    sent(world)
    client = Client()
    client.force_login(world.analyst)
    lines = lines_of(world.province, YEAR, world.analyst, MAY)

    listed = [client.get(line.href).context["list"].page.paginator.count for line in lines]
    assert [line.count for line in lines] == listed
    assert {line.code: line.count for line in lines} == {
        "page.reports": 2,
        "page.changes": 0,
        "page.warnings": 0,
        "page.visits": 0,
        "page.assessments": 1,
        "page.letters": 0,
        "page.appeals": 0,
    }


def test_letters_to_a_body_are_counted_as_their_list_shows_them(world: World) -> None:
    since_before()
    letter_sent(world)  # by the province to the department
    client = Client()
    client.force_login(world.analyst)
    counts = {}
    for body in (world.department, world.province):
        (line,) = (
            line for line in lines_of(body, YEAR, world.analyst, MAY) if line.code == "page.letters"
        )
        counts[body.code] = line.count
        assert client.get(line.href).context["list"].page.paginator.count == line.count

    assert counts == {world.department.code: 1, world.province.code: 0}


def test_a_line_whose_list_is_shut_to_the_reader_is_not_there(world: World) -> None:
    lines = lines_of(world.province, YEAR, world.reporter, MAY)

    assert "page.assessments" not in {line.code for line in lines}


def kpi_of(actual: Any, *, lower: bool = False, targets: tuple[int, ...] = (80, 85, 90)) -> HubKpi:
    ladder = tuple(map(Decimal, targets))
    figure = Decimal(actual) if isinstance(actual, int) else actual
    return HubKpi("1.1", "", "", None, ladder, figure, Missing.NONE, is_lower_better=lower)


@pytest.mark.parametrize(
    ("kpi", "is_reached"),
    [
        (kpi_of(85), True),
        (kpi_of(84), False),
        (kpi_of(22, lower=True, targets=(26, 23, 20)), True),
        (kpi_of(24, lower=True, targets=(26, 23, 20)), False),
        (kpi_of(Missing.NOT_REPORTED), None),
        (kpi_of(85, targets=()), None),
    ],
)
def test_a_kpi_has_reached_its_standard_target_or_not_or_nobody_knows(
    kpi: HubKpi, is_reached: bool | None
) -> None:
    assert kpi.is_reached == is_reached


def test_nobody_has_papers_of_a_visitor(world: World) -> None:
    draft(world)

    papers = papers_of([world.province], YEAR, AnonymousUser(), ON)[world.province.pk]
    assert papers == Papers(None, {}, {})


def test_the_page_costs_the_same_with_few_kpis_and_with_many(world: World) -> None:
    clock.pretend(APRIL)
    filled(world)
    client = Client()
    client.force_login(world.reporter)
    path = reverse("public:agency", args=[world.province.code])

    def cost() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    many = cost()
    version = ScorecardVersion.objects.get()
    kept = version.content["kpis"][:2]
    content = {**version.content, "kpis": kept}
    ScorecardVersion.objects.filter(pk=version.pk).update(content=content)
    assert cost() == many
