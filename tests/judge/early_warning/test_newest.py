"""What was reported, assessed and released enters the outlook; each KPI's status is counted."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.content import Outcome
from esar.agree.scorecards.models import Kpi
from esar.judge.assessments import actions as assessing
from esar.judge.assessments.models import Assessment
from esar.judge.early_warning import queries
from esar.judge.early_warning.kpi_status import KpiStatus, counted, statuses_of
from esar.judge.early_warning.newest import known_points
from esar.judge.results.actions import correct, release
from esar.judge.results.models import Result
from esar.platform.ui import clock
from esar.report.reports import writing
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Progress, Report
from tests.judge.results.make import RELEASED_AT, RELEASED_ON, passed_on, released
from tests.make import AT, World, in_force, kpi
from tests.report.reports.make import APRIL, AT_APRIL, DECLARED, filled, said, sent

pytestmark = pytest.mark.django_db
JUNE = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def _june(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(JUNE)


def projected(number: str = "1.1") -> queries.Projected:
    ahead = queries.outlooks(list(queries.looked_at(2567)))
    return next(row for row in ahead if row.kpi.number == number)


def judged(world: World, report: Report, actual: str) -> None:
    assessment = Assessment.objects.get(report=report)
    how = {"by": world.assessor, "at": AT, "on": date(2024, 5, 2)}
    assessing.declare(assessment, has_conflict=False, detail="", **how)
    assessing.judge(assessment, "1.1", Outcome(Decimal(actual)), reason="นับซ้ำ", **how)


def test_the_figure_of_a_sar_lifts_the_projection_over_the_target(world: World) -> None:
    sent(world)  # 86 in every KPI; targets 80, 85, 90
    row = projected()
    assert row.path == {6: Decimal(86)}
    assert row.known is not None
    assert (row.warns, row.known.based_on.month) == (False, 6)
    assert row.known.middle > 80


def test_what_was_assessed_overrules_what_was_reported(world: World) -> None:
    report = sent(world)
    judged(world, report, "62")
    assert known_points([report.scorecard])[report.scorecard_id, "1.1"] == {6: Decimal(62)}
    assert projected().warns


def test_where_an_assessor_found_no_result_there_is_none(world: World) -> None:
    report = sent(world)  # it says 86
    assessment = Assessment.objects.get(report=report)
    how = {"by": world.assessor, "at": AT, "on": date(2024, 5, 2)}
    assessing.declare(assessment, has_conflict=False, detail="", **how)
    assessing.judge(assessment, "1.1", Outcome(), reason="ไม่มีหลักฐาน", **how)

    own = kpi(report.scorecard, "1.1")
    assert known_points([report.scorecard])[report.scorecard_id, "1.1"] == {}
    assert [row.status for row in statuses_of([own])] == ["not_reported"]


def test_72_per_cent_that_was_reported_and_released_is_not_57_that_will_be_missed(
    world: World,
) -> None:
    """The played example: last year 56.94 per cent, targets 60, 65, 75; 72 after six months.

    From the past alone: 56.94, with the spread of half the targets' span over one year,
    sqrt(2 × 7.5² ÷ 3 × 2.5) = 9.6825; Student's t with 3 degrees puts 0.6137 of that below 60.
    With the 72: its own spread is sqrt((7.5 × 0.47)² × 2) = 4.9851; the past is widened to
    sqrt(15.06² - 4.9851²) = 14.2110; weighed by 1 ÷ spread² they meet at 70.3499, spread 4.7041,
    and 0.0576 lies below 60.
    """
    report = filled(world)
    own = kpi(report.scorecard, "1.1")
    past = [{"year": 2566, "value": "56.94"}]
    IndicatorVersion.objects.filter(pk=own.template_id).update(baseline=past)
    Kpi.objects.filter(pk=own.pk).update(targets=["60", "65", "75"])
    before = projected()
    how = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
    writing.save_claim(report, "1.1", said("72"), revision=1, **how)
    REPORT_LIFE.move(report, "propose", **how)
    REPORT_LIFE.move(report, "submit", **(how | DECLARED | {"by": world.approver}))
    reported = projected()
    results = Result.objects.filter(assessment=passed_on(world, report))
    release(results, by=world.analyst, at=RELEASED_AT, on=RELEASED_ON)
    after = projected()

    assert before.known is not None
    assert (before.path, before.known.middle, before.warns) == ({}, Decimal("56.9400"), True)
    assert before.known.miss == Decimal("0.6137")
    assert reported.path == after.path == {6: Decimal(72)}
    assert reported.known == after.known
    assert after.known is not None
    assert (after.known.middle, after.known.miss) == (Decimal("70.3499"), Decimal("0.0576"))
    assert after.warns is False
    assert 0 <= after.known.low < after.known.high <= 100


def test_what_an_appeal_corrected_overrules_what_was_assessed_once_it_is_released(
    world: World,
) -> None:
    result = released(world)
    card, before = result.assessment.report.scorecard, {6: Decimal(86)}
    corrected = correct(
        result, {"1.1": Outcome(Decimal(91))}, reason="อุทธรณ์", by=world.analyst, at=RELEASED_AT
    )
    unreleased = known_points([card])[card.pk, "1.1"]
    newest = Result.objects.filter(pk=corrected.pk)
    release(newest, by=world.analyst, at=RELEASED_AT, on=RELEASED_ON)

    assert (unreleased, known_points([card])[card.pk, "1.1"]) == (before, {6: Decimal(91)})


def test_months_after_the_report_go_on_from_it(world: World) -> None:
    report = sent(world)
    Progress.objects.create(
        scorecard=report.scorecard,
        number="1.1",
        month=date(2024, 4, 1),
        value=Decimal(88),
        by=world.reporter,
        at=AT,
    )
    assert projected().path == {6: Decimal(86), 7: Decimal(88)}


def test_per_cent_and_levels_stay_in_their_bounds(world: World) -> None:
    report = sent(world)
    card = report.scorecard
    for month, value in ((4, "98"), (5, "99.5")):
        Progress.objects.create(
            scorecard=card,
            number="1.1",
            month=date(2024, month, 1),
            value=Decimal(value),
            by=world.reporter,
            at=AT,
        )
    known = projected().known
    assert known is not None
    assert known.high == Decimal(100)
    IndicatorVersion.objects.filter(pk=kpi(card).template_id).update(unit="คน")
    free = projected().known
    assert free is not None
    assert free.high > 100


def statuses(card: Any) -> dict[str, tuple[str, Decimal | None]]:
    kpis = Kpi.objects.filter(scorecard=card).select_related("scorecard__body", "template")
    return {row.kpi.number: (row.status.value, row.value) for row in statuses_of(list(kpis))}


def test_each_kpi_has_reached_its_basic_target_or_not_or_says_nothing(world: World) -> None:
    report = sent(world)
    card = report.scorecard
    judged(world, report, "79.99")
    Kpi.objects.filter(pk=kpi(card, "1.2").pk).update(targets=["86", "90", "95"])
    IndicatorVersion.objects.filter(pk=kpi(card, "1.3").template_id).update(direction="lower")
    Kpi.objects.filter(pk=kpi(card, "1.3").pk).update(targets=["85", "80", "75"])
    Kpi.objects.filter(pk=kpi(card, "1.4").pk).update(cancelled="มติ")
    found = statuses(card)
    assert {number: found[number] for number in ("1.1", "1.2", "1.3", "1.4", "1.5")} == {
        "1.1": ("not_passed", Decimal("79.99")),
        "1.2": ("passed", Decimal(86)),
        "1.3": ("not_passed", Decimal(86)),
        "1.4": ("cancelled", None),
        "1.5": ("passed", Decimal(86)),
    }
    assert found["2.1"] == ("not_measured", None)


def test_a_kpi_without_a_figure_is_not_reported_which_is_no_failure(world: World) -> None:
    assert statuses(in_force(world))["1.1"] == ("not_reported", None)


def test_counts_run_by_dimension_with_a_sum(world: World) -> None:
    card = sent(world).scorecard
    for number, dimension in (("1.1", ""), ("1.2", "social"), ("1.3", "social")):
        template = IndicatorVersion.objects.filter(pk=kpi(card, number).template_id)
        template.update(dimension=dimension)
    kpis = Kpi.objects.filter(scorecard=card).select_related("scorecard__body", "template")
    rows: list[KpiStatus] = statuses_of(list(kpis))
    lines = {line.dimension: (line.counts["passed"], line.total) for line in counted(rows)}
    assert lines["economic"] == (3, 3)
    assert lines[""] == (1, 3)  # with 2.1 and 2.2, which others give
    assert lines["social"] == (2, 2)
    assert lines[None] == (6, len(rows))


def test_the_page_and_its_csv_show_what_one_may_see(world: World) -> None:
    sent(world)
    in_force(world, world.department)
    many = []
    for person in (world.analyst, world.reporter, world.ministers_office):
        client = Client()
        client.force_login(person)
        assert client.get("/warnings/status/?year=2567").status_code == 200
        answer = client.get("/warnings/status.csv?year=2567")
        text = b"".join(getattr(answer, "streaming_content", [answer.content])).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        many.append({row["code"] for row in rows})
    assert many == [{"TH-74", "DIT"}, {"TH-74"}, {"DIT"}]
    first = next(row for row in rows if row["kpi"] == "1.1")
    assert (first["status"], first["value"]) == ("not_reported", "")


def test_the_page_costs_the_same_for_one_scorecard_and_for_two(world: World) -> None:
    from django.db import connection

    client = Client()
    client.force_login(world.analyst)

    def cost() -> int:
        client.get("/warnings/status/?year=2567")  # what the frame keeps until something is written
        with CaptureQueriesContext(connection) as queries_made:
            client.get("/warnings/status/?year=2567")
        return len(queries_made)

    sent(world)
    before = cost()
    in_force(world, world.department)
    assert cost() == before
