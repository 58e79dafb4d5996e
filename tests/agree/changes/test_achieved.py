"""What is achieved already is told, checked against what was reported, and is no new target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from esar.agree.changes import actions as changes
from esar.agree.changes.achieved import known_figures, newest
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.content import Outcome
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.judge.assessments import actions as assessing
from esar.judge.assessments.models import Assessment
from esar.judge.results.actions import correct, release
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_words
from esar.report.reports.models import Progress
from tests.agree.changes.make import codes
from tests.judge.results.make import RELEASED_AT, RELEASED_ON, released
from tests.make import AT, FEBRUARY, World, in_force, kpi, request_fields, resolved
from tests.report.reports.make import sent

pytestmark = pytest.mark.django_db


def ask(world: World, card: Scorecard, **changed: Any) -> Any:
    fields = request_fields(**changed)
    return changes.ask(card, kpi(card), fields, by=world.reporter, at=AT, on=FEBRUARY)


def lower_is_better(card: Scorecard, accumulation: str = "last") -> None:
    """KPI 1.1 with the levels 26, 23 and 20, the fewer the better."""
    Kpi.objects.filter(pk=kpi(card).pk).update(targets=["26", "23", "20"])
    IndicatorVersion.objects.filter(pk=kpi(card).template_id).update(
        direction="lower", accumulation=accumulation
    )


def reported(world: World, card: Scorecard, *months: tuple[str, str]) -> None:
    for month, value in months:
        Progress.objects.create(
            scorecard=card, number="1.1", month=month, value=value, by=world.reporter, at=AT
        )


@pytest.mark.parametrize(
    ("achieved", "targets", "expected"),
    [
        ("78", ["70", "75", "80"], ["70", "75"]),
        ("70", ["70", "75", "80"], ["70"]),
        ("69.9999", ["70", "75", "80"], []),
        ("90", ["70", "75", "80"], ["70", "75", "80"]),
        ("82", ["80", "84", "88"], []),  # 80 stays as it was agreed: no new target
    ],
)
def test_no_level_that_changes_may_be_reached_already(
    world: World, achieved: str, targets: list[str], expected: list[str]
) -> None:
    card = in_force(world)
    if not expected:
        assert ask(world, card, achieved=Decimal(achieved), targets=targets).state == "draft"
        return
    with pytest.raises(Refused) as refused:
        ask(world, card, achieved=Decimal(achieved), targets=targets)
    (problem,) = refused.value.problems
    assert problem.code == "change.target_is_achieved"
    assert problem.figures["targets"] == tuple(map(Decimal, expected))
    assert "ข้อ 2.1" in str(problem.clause)


@pytest.mark.parametrize(
    ("accumulation", "achieved", "expected"),
    [
        ("last", "29", ["30"]),
        ("last", "30", ["30"]),
        ("last", "30.5", []),
        ("sum", "12", []),  # the year is not over: 12 so far may still be 31
        ("sum", "27", ["27"]),
    ],
)
def test_where_lower_is_better_a_level_is_reached_from_above(
    world: World, accumulation: str, achieved: str, expected: list[str]
) -> None:
    card = in_force(world)
    lower_is_better(card, accumulation)
    fields = {"achieved": Decimal(achieved), "targets": ["30", "27", "24"]}
    try:
        ask(world, card, **fields)
        reached: tuple[Decimal, ...] = ()
    except Refused as refused:
        reached = refused.problems[0].figures["targets"]  # type: ignore[assignment]
    assert reached == tuple(map(Decimal, expected))


def test_what_is_achieved_must_be_told_or_why_there_is_none(world: World) -> None:
    card = in_force(world)
    assert codes(ask, world, card, achieved=None) == ["change.no_achieved"]
    assert ask(world, card, achieved=None, achieved_why="วัดปลายปี").achieved is None


def test_a_figure_that_differs_from_the_months_needs_a_reason(world: World) -> None:
    card = in_force(world)
    reported(world, card, ("2023-11-01", "60"), ("2024-01-01", "66.5"))
    with pytest.raises(Refused) as refused:
        ask(world, card, achieved=Decimal(61))
    (problem,) = refused.value.problems
    assert problem_words(problem, "th").startswith(
        "ผลที่กรอก 61 ต่างจาก รายงานรายเดือนถึง 31 มกราคม 2567: 66.5 ที่รายงานไว้"
    )
    change = ask(world, card, achieved=Decimal(61), achieved_why="หักรายการซ้ำแล้ว")
    of_january = {"source": "months", "value": "66.5", "until": "2024-01-31", "item": ""}
    assert change.known == [of_january]


def test_a_smaller_figure_with_a_reason_hides_no_reported_one_from_the_targets(
    world: World,
) -> None:
    card = in_force(world)
    reported(world, card, ("2024-01-01", "72"))
    assert codes(ask, world, card, achieved=Decimal(61), achieved_why="ปรับ") == [
        "change.target_is_achieved"
    ]


def test_with_reported_months_the_figure_may_not_be_left_out(world: World) -> None:
    card = in_force(world)
    reported(world, card, ("2024-01-01", "66"))
    assert codes(ask, world, card, achieved=None, achieved_why="ไม่ทราบ") == ["change.no_achieved"]


def test_the_sar_and_what_was_assessed_of_it_are_known_the_assessment_counting(
    world: World,
) -> None:
    report = sent(world)
    card = report.scorecard
    said = Decimal(known_figures(card, "1.1")[-1].value)
    assessment = Assessment.objects.get(report=report)
    how = {"by": world.assessor, "at": AT, "on": date(2024, 5, 2)}
    assessing.declare(assessment, has_conflict=False, detail="", **how)
    assessing.judge(assessment, "1.1", Outcome(said - 5), reason="นับซ้ำ", **how)
    figures = known_figures(card, "1.1")
    assert [(figure.source, figure.until) for figure in newest(figures)] == [
        ("assessment", "2024-03-31")
    ]
    assert newest(figures)[0].figure == said - 5


def test_what_an_appeal_corrected_is_what_is_achieved_once_it_is_released(world: World) -> None:
    result = released(world)  # 86 in every KPI
    card = result.assessment.report.scorecard
    corrected = correct(
        result, {"1.1": Outcome(Decimal(91))}, reason="อุทธรณ์", by=world.analyst, at=RELEASED_AT
    )
    harder = {"achieved": Decimal(86), "targets": ["80", "90.5", "95"]}
    act = {"by": world.reporter, "at": RELEASED_AT, "on": RELEASED_ON}
    assert changes.problems_of(card, kpi(card), request_fields(**harder)) == []
    release([corrected], by=world.analyst, at=RELEASED_AT, on=RELEASED_ON)

    assert [(one.source, one.value) for one in newest(known_figures(card, "1.1"))] == [
        ("result", "91")
    ]
    with pytest.raises(Refused) as refused:
        changes.ask(card, kpi(card), request_fields(**harder), **act)
    differs, reaches = refused.value.problems
    assert (differs.code, reaches.code) == ("change.achieved_differs", "change.target_is_achieved")
    assert problem_words(reaches, "th").startswith(
        "ค่าเป้าหมายใหม่ 90.5 เป็นค่าที่ผลการดำเนินงานถึงแล้ว (ผลที่เปิดเผยแล้วถึง 31 มีนาคม 2567: 91)"
    )


def test_a_target_reached_before_the_committee_decides_is_not_approved(world: World) -> None:
    card = in_force(world)
    change = ask(world, card)
    CHANGE_LIFE.move(change, "propose", by=world.reporter, at=AT, on=FEBRUARY)
    CHANGE_LIFE.move(change, "submit", by=world.approver, at=AT, on=FEBRUARY)
    reported(world, card, ("2024-01-01", "71"))
    assert codes(resolved, world, world.level2, change, "approve", on=FEBRUARY) == [
        "change.target_is_achieved"
    ]


def test_the_form_is_filled_in_from_the_newest_month_and_offers_what_the_rules_let_change(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esar.platform.ui import clock

    card = in_force(world)
    reported(world, card, ("2024-01-01", "66.50"))
    monkeypatch.setattr(clock, "today", lambda: FEBRUARY)
    client = Client()
    client.force_login(world.reporter)
    form = client.get(f"/scorecards/{card.pk}/kpis/1.1/change/").context["form"]
    assert form.fields["achieved"].initial == "66.5"
    assert list(form.fields) == [
        "ground",
        "achieved",
        "achieved_why",
        "target_1",
        "target_2",
        "target_3",
        "held_6m",
        "round_6m_1",
        "round_6m_2",
        "round_6m_3",
        "definition",
        "formula",
        "scope",
        "conditions",
        "data_source",
        "collection",
        "evidence_plan",
        "cancels",
        "seen",
        "reason",
        "evidence",
    ]


def test_details_and_criteria_may_change_alone(world: World) -> None:
    card = in_force(world)
    change = ask(world, card, targets=[], conditions="ไม่นับพื้นที่ประสบภัย")
    assert change.new["targets"] == ["80", "85", "90"]
    assert change.new["conditions"] == "ไม่นับพื้นที่ประสบภัย"
