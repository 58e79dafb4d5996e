"""An assessment level on level, to a result that no one sees before it is released."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esar.agree.scorecards.content import Outcome
from esar.judge.assessments import actions, visits
from esar.judge.assessments.levels import layers_of
from esar.judge.assessments.life import ASSESSMENT_LIFE, FINDING_LIFE, VISIT_LIFE
from esar.judge.assessments.models import Assessment, Declaration, Judgement
from esar.judge.assessments.queries import levels_of
from esar.judge.assessments.risk import ranked
from esar.judge.results.actions import correct, release
from esar.judge.results.linkage import linkage, take_of
from esar.judge.results.models import Result
from esar.kernel.access import Verdict
from esar.kernel.problems import Refused
from esar.kernel.wording import say
from esar.platform.history.models import Event
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import (
    Appointment,
    Body,
    Delegation,
    OfficeHolder,
    Person,
    Role,
)
from esar.platform.ui import clock
from esar.report.central_data.models import CentralValue, Delivery, Objection
from esar.report.reports import writing
from esar.report.reports.content import sheet_of, total_text
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Report
from tests.judge.assessments.make import (
    AT_MAY,
    MAY,
    assessment_of,
    declared,
    judged,
    offices,
    passed_to,
)
from tests.make import World, in_force, person
from tests.report.central_data.make import withdraw
from tests.report.reports.make import APRIL, AT_APRIL, DECLARED, codes, filled, said, sent
from tests.show.public.make import ministry


def why_not(verdict: Verdict) -> str:
    return verdict.problem.code if verdict.problem else ""


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return World()


def test_each_level_stands_on_the_former_and_all_are_kept_apart(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    declared(assessment, assessors["preliminary"])
    judged(assessment, "1.1", "84", assessors["preliminary"], "หักข้อมูลซ้ำ")
    passed_to(assessment, "minister", assessors)
    declared(assessment, assessors["minister"])
    judged(assessment, "1.1", "85", assessors["minister"], "ข้อมูลใหม่")
    judged(assessment, "1.2", "90", assessors["minister"], "ตรวจในพื้นที่")
    layers = layers_of(assessment)

    # All say 86 of 80/85/90: 75 + 25 × 1 ÷ 5 = 80. Weights 20, 10 × 5.
    # self: 80 × 70 ÷ 100 = 56
    # OPDC: 1.1 is 84: 50 + 25 × 4 ÷ 5 = 70 → 14 + 80 × 50 ÷ 100 = 54
    # minister: 1.1 is 85: 75 → 15; 1.2 is 90: 100 → 10; the other four 80 × 40 ÷ 100 = 32 → 57
    assert [total_text(layer.score) for layer in layers.layers if layer.score] == [
        "56.00",
        "54.00",
        "57.00",
        "57.00",
    ]
    assert layers.at("preliminary").judged["1.1"].reason == "หักข้อมูลซ้ำ"
    assert layers.at("minister").outcomes["1.1"].actual == Decimal(85)
    assert layers.at("self").outcomes["1.1"].actual == Decimal(86)


def test_the_result_is_computed_once_with_stages_steps_and_inputs(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    declared(assessment, assessors["preliminary"])
    judged(assessment, "1.1", "84", assessors["preliminary"])
    passed_to(assessment, "done", assessors)
    result = Result.objects.get(assessment=assessment)

    assert (result.state, result.number, result.total) == ("computed", 1, Decimal("54.0000"))
    assert result.stages["totals"] == {
        "self": "56.00",
        "preliminary": "54.00",
        "minister": "54.00",
        "prime_minister": "54.00",
    }
    assert result.stages["kpis"]["1.1"]["preliminary"]["reason"] == "ตรวจแล้ว"
    assert result.inputs["kpis"][0]["actual"] == "84"
    assert len(result.rulebook_sha256) == 64
    with pytest.raises(TypeError):
        result.save()


def test_a_result_is_seen_by_no_body_before_it_is_released(world: World, settings: Any) -> None:
    settings.VAR = settings.VAR / "seen"
    clock.pretend(MAY)
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "done", assessors)
    client = Client()
    client.force_login(world.reporter)
    path = "/results/2567/6m/TH-74/"

    assert client.get(path).status_code == 404
    assert client.get(f"/assessments/{assessment.pk}/").status_code == 404
    assert client.get("/release/").status_code == 404
    release(Result.objects.all(), by=world.analyst, at=AT_MAY, on=MAY)
    page = client.get(path)
    assert page.status_code == 200
    assert "56" in page.content.decode()


def test_only_an_analyst_releases_and_it_is_all_or_none(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "done", assessors)
    for wrong in (world.assessor, world.approver, world.administrator, world.auditor):
        with pytest.raises(Refused) as refused:
            release(Result.objects.all(), by=wrong, at=AT_MAY, on=MAY)
        assert codes(refused) == {"access.wrong_role"}
    assert release(Result.objects.all(), by=world.analyst, at=AT_MAY, on=MAY) == 1
    with pytest.raises(Refused) as refused:
        release(Result.objects.all(), by=world.analyst, at=AT_MAY, on=MAY)
    assert codes(refused) == {"result.already_moved"}


def test_a_correction_is_a_new_result_and_the_old_one_stays(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "done", assessors)
    release(Result.objects.all(), by=world.analyst, at=AT_MAY, on=MAY)
    old = Result.objects.select_related("assessment__report__scorecard__body").get()
    new = correct(
        old, {"1.1": Outcome(Decimal(90))}, reason="อุทธรณ์ 1/2567", by=world.analyst, at=AT_MAY
    )
    assert (new.state, new.number, new.total) == ("computed", 2, Decimal("60.00"))
    release([new], by=world.analyst, at=AT_MAY, on=MAY)
    old.refresh_from_db()
    new.refresh_from_db()

    assert (old.state, new.state) == ("superseded", "released")
    assert old.total == Decimal("56.0000")
    assert new.stages["kpis"]["1.1"]["appeal"]["reason"] == "อุทธรณ์ 1/2567"


def test_nobody_assesses_before_they_declare_nor_with_a_conflict(world: World) -> None:
    assessment = assessment_of(world)
    assert (
        why_not(ASSESSMENT_LIFE.may(world.assessor, assessment, "judge", MAY))
        == "assessment.not_declared"
    )
    declared(assessment, world.assessor, conflict=True)
    assert (
        why_not(ASSESSMENT_LIFE.may(world.assessor, assessment, "judge", MAY))
        == "assessment.conflict"
    )
    with pytest.raises(Refused):
        ASSESSMENT_LIFE.move(assessment, "pass_on", by=world.assessor, at=AT_MAY, on=MAY)


def test_the_levels_go_in_order_and_no_office_acts_for_another(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    for name in ("minister", "prime_minister"):
        assert not ASSESSMENT_LIFE.may(assessors[name], assessment, "pass_on", MAY)
    passed_to(assessment, "minister", assessors)
    for wrong in (world.assessor, world.ministers_office, assessors["prime_minister"]):
        assert not ASSESSMENT_LIFE.may(wrong, assessment, "pass_on", MAY)
    passed_to(assessment, "prime_minister", assessors)
    assert not ASSESSMENT_LIFE.may(assessors["minister"], assessment, "pass_on", MAY)


def test_a_minister_hands_back_with_a_reason(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "minister", assessors)
    declared(assessment, assessors["minister"])
    with pytest.raises(Refused) as refused:
        ASSESSMENT_LIFE.move(assessment, "hand_back", by=assessors["minister"], at=AT_MAY, on=MAY)
    assert codes(refused) == {"form.no_reason"}
    ASSESSMENT_LIFE.move(
        assessment, "hand_back", by=assessors["minister"], at=AT_MAY, on=MAY, reason="ทบทวน 1.3"
    )
    assert assessment.state == "preliminary"


def test_a_returned_report_comes_back_to_the_same_assessment(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    ASSESSMENT_LIFE.move(
        assessment, "return", by=world.assessor, at=AT_MAY, on=MAY, reason="ขาดหลักฐาน"
    )
    report = Report.objects.get(pk=assessment.report_id)
    assert (assessment.state, report.state) == ("returned", "draft")
    writing.save_claim(report, "1.1", said("87"), revision=1, by=world.reporter, at=AT_MAY, on=MAY)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_MAY, on=MAY)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=AT_MAY, on=MAY, **DECLARED)
    again = Assessment.objects.get(pk=assessment.pk)

    assert (again.state, again.version.number) == ("preliminary", 2)
    assert layers_of(again).at("self").outcomes["1.1"].actual == Decimal(87)


def test_judging_what_stood_before_takes_the_judgement_away(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    judged(assessment, "1.1", "84", world.assessor)
    assert judged(assessment, "1.1", "86", world.assessor) is None
    assert not Judgement.objects.exists()
    assert Event.objects.filter(verb="assessment.judged").count() == 2


@pytest.mark.parametrize(
    ("number", "outcome", "reason", "code"),
    [
        ("1.1", Outcome(Decimal(84)), " ", "form.no_reason"),
        ("9.9", Outcome(Decimal(84)), "x", "assessment.no_such_kpi"),
        ("1.1", Outcome(steps_done=(1,)), "x", "assessment.wrong_form"),
        ("2.1", Outcome(Decimal(101)), "x", "assessment.points_off_scale"),
    ],
)
def test_a_judgement_that_says_nothing_sound_is_refused(
    world: World, number: str, outcome: Outcome, reason: str, code: str
) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    with pytest.raises(Refused) as refused:
        actions.judge(
            assessment, number, outcome, reason=reason, by=world.assessor, at=AT_MAY, on=MAY
        )
    assert codes(refused) == {code}


NOVEMBER = date(2024, 11, 5)
AT_NOVEMBER = datetime(2024, 11, 5, 3, 0, tzinfo=UTC)


def central(body: Body, rule: str, value: str, by: Person) -> CentralValue:
    of = {"fiscal_year": 2567, "round_id": "12m", "rule_id": f"central-data.{rule}"}
    delivery = Delivery.objects.create(
        **of,
        number=1,
        state="published",
        by=by,
        at=AT_NOVEMBER,
        published_at=AT_NOVEMBER,
        file_name="x.xlsx",
        file_sha256="0" * 64,
    )
    return CentralValue.objects.create(
        **of, body=body, number=1, value=Decimal(value), delivery=delivery, by=by, at=AT_NOVEMBER
    )


def test_nothing_is_passed_on_while_central_data_are_missing_or_objected_to(world: World) -> None:
    report = sent(world, datetime(2024, 10, 20, 3, 0, tzinfo=UTC), "12m")
    assessment = Assessment.objects.select_related("report__scorecard__body", "version").get(
        report=report
    )
    actions.declare(
        assessment, has_conflict=False, detail="", by=world.assessor, at=AT_NOVEMBER, on=NOVEMBER
    )
    with pytest.raises(Refused) as refused:
        ASSESSMENT_LIFE.move(assessment, "pass_on", by=world.assessor, at=AT_NOVEMBER, on=NOVEMBER)
    assert codes(refused) == {"assessment.central_missing"}
    value = central(world.province, "digital", "90", world.owner)
    central(world.province, "pmqa", "80", world.owner)
    objection = Objection.objects.create(
        central_value=value, text="คะแนนไม่ตรง", by=world.reporter, at=AT_NOVEMBER
    )
    with pytest.raises(Refused) as refused:
        ASSESSMENT_LIFE.move(assessment, "pass_on", by=world.assessor, at=AT_NOVEMBER, on=NOVEMBER)
    assert codes(refused) == {"assessment.objection_open"}
    withdraw(objection, by=world.reporter, at=AT_NOVEMBER, on=NOVEMBER)
    ASSESSMENT_LIFE.move(assessment, "pass_on", by=world.assessor, at=AT_NOVEMBER, on=NOVEMBER)
    # 80 × 70 + 90 × 20 + 80 × 10, by 100
    assert assessment.totals == {"self": "82.00", "preliminary": "82.00"}


def test_the_linkage_takes_performance_only_in_round_one_and_splits_the_period(
    world: World,
) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "done", assessors)
    release(Result.objects.all(), by=world.analyst, at=AT_MAY, on=MAY)
    OfficeHolder.objects.create(
        body=world.province,
        name="ผู้ว่าฯ คนแรก",
        post="ผู้ว่าราชการจังหวัด",
        first_day=date(2022, 10, 1),
        last_day=date(2023, 12, 31),
    )
    OfficeHolder.objects.create(
        body=world.province, name="ผู้ว่าฯ คนที่สอง", post="ผู้ว่าราชการจังหวัด", first_day=date(2024, 1, 2)
    )
    first_take, second_take = take_of(2567, 1), take_of(2567, 2)
    assert first_take is not None
    assert second_take is not None
    row = next(row for row in linkage(2567, first_take) if row.body.pk == world.province.pk)

    assert (row.points, row.out_of, row.share) == (Decimal("56"), Decimal("70"), Decimal("80.00"))
    assert [(spell.first, spell.last, spell.days) for spell in row.spells] == [
        (date(2023, 10, 1), date(2023, 12, 31), 92),
        (date(2024, 1, 2), date(2024, 3, 31), 90),
    ]
    assert (row.is_split, row.days_held, row.days_in_round) == (True, 182, 183)
    second = {row.body.pk: row for row in linkage(2567, second_take)}
    assert second[world.province.pk].points is None


def test_a_late_report_and_reused_evidence_are_risks(world: World) -> None:
    sent(world, datetime(2024, 5, 2, 3, 0, tzinfo=UTC))
    (risk,) = ranked(2567, "6m")

    assert (risk.found, risk.sum, risk.chosen) == ((("late", "2"),), Decimal(1), True)


def test_a_visit_from_its_plan_to_the_last_finding(world: World) -> None:
    assessment = assessment_of(world)
    visit = visits.plan(
        assessment, held_on=MAY, place="ศาลากลาง", by=world.assessor, at=AT_MAY, on=MAY
    )
    with pytest.raises(Refused):
        visits.plan(
            assessment, held_on=date(2024, 5, 1), place="", by=world.assessor, at=AT_MAY, on=MAY
        )
    VISIT_LIFE.move(
        visit,
        "done",
        by=world.assessor,
        at=AT_MAY,
        on=MAY,
        checklist={"data": {"found": "yes", "note": ""}},
    )
    finding = visits.add_finding(
        visit,
        number="1.1",
        text="ข้อมูลไม่ตรง",
        follow_up="แก้ไข",
        due=date(2024, 6, 1),
        by=world.assessor,
        at=AT_MAY,
        on=MAY,
    )
    with pytest.raises(Refused):
        FINDING_LIFE.move(finding, "answer", by=world.reporter_d, at=AT_MAY, on=MAY, reason="x")
    FINDING_LIFE.move(finding, "answer", by=world.reporter, at=AT_MAY, on=MAY, reason="แก้แล้ว")
    FINDING_LIFE.move(finding, "reopen", by=world.assessor, at=AT_MAY, on=MAY, reason="ขอเอกสาร")
    FINDING_LIFE.move(finding, "answer", by=world.approver, at=AT_MAY, on=MAY, reason="แนบแล้ว")
    closed = FINDING_LIFE.move(finding, "close", by=world.assessor, at=AT_MAY, on=MAY).thing
    assert (closed.state, closed.answer) == ("closed", "แนบแล้ว")


@pytest.fixture
def begun(world: World) -> Assessment:
    return assessment_of(world)


@pytest.mark.any_database
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(st.sampled_from(["pass_on", "hand_back", "return"]), max_size=8))
def test_any_sequence_of_moves_stays_on_the_route(
    world: World, begun: Assessment, moves: list[str]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        assessment, assessors = Assessment.objects.get(pk=begun.pk), offices(world)
        order = ["preliminary", "minister", "prime_minister", "done"]
        for name in moves:
            before = assessment.state
            actor = assessors.get(before, world.assessor)
            if (
                before in assessors
                and not Declaration.objects.filter(assessment=assessment, person=actor).exists()
            ):
                declared(assessment, actor)
            try:
                ASSESSMENT_LIFE.move(assessment, name, by=actor, at=AT_MAY, on=MAY, reason="เหตุผล")
            except Refused:
                assert Assessment.objects.get(pk=assessment.pk).state == before
                continue
            after = Assessment.objects.get(pk=assessment.pk).state
            place = order.index(before) + {"pass_on": 1, "hand_back": -1, "return": 0}[name]
            assert after == ("returned" if name == "return" else order[place])
            assert Result.objects.filter(assessment=assessment).exists() == (after == "done")
        transaction.set_rollback(True)


def test_a_body_in_force_gets_no_assessment_before_it_reports(world: World) -> None:
    in_force(world)
    assert not Assessment.objects.exists()
    assert sheet_of(Report.objects.get(round_id="6m")).score is not None


def test_a_declared_conflict_is_not_taken_back_by_saying_otherwise(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor, conflict=True)
    with pytest.raises(Refused) as refused:
        declared(assessment, world.assessor)
    assert codes(refused) == {"assessment.conflict"}
    with pytest.raises(Refused) as refused:
        visits.plan(assessment, held_on=MAY, place="", by=world.assessor, at=AT_MAY, on=MAY)
    assert codes(refused) == {"assessment.conflict"}


def test_what_was_judged_of_a_claim_that_was_sent_anew_does_not_stand(world: World) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    judged(assessment, "1.1", "0", world.assessor)
    judged(assessment, "1.2", "84", world.assessor)
    ASSESSMENT_LIFE.move(
        assessment, "return", by=world.assessor, at=AT_MAY, on=MAY, reason="ขาดหลักฐาน"
    )
    report = Report.objects.get(pk=assessment.report_id)
    writing.save_claim(report, "1.1", said("89"), revision=1, by=world.reporter, at=AT_MAY, on=MAY)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_MAY, on=MAY)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=AT_MAY, on=MAY, **DECLARED)
    layers = layers_of(Assessment.objects.get(pk=assessment.pk))

    assert layers.final.outcomes["1.1"].actual == Decimal(89)
    assert layers.final.outcomes["1.2"].actual == Decimal(84)
    assert (Event.objects.get(verb="assessment.resubmit").after or {})["dropped"] == ["1.1"]


def test_a_level_that_handed_back_has_no_total_any_more(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "minister", assessors)
    declared(assessment, assessors["minister"])
    judged(assessment, "1.1", "90", assessors["minister"])
    ASSESSMENT_LIFE.move(assessment, "pass_on", by=assessors["minister"], at=AT_MAY, on=MAY)
    assert (assessment.totals["minister"], assessment.newest_total) == ("60.00", "60.00")
    declared(assessment, assessors["prime_minister"])
    ASSESSMENT_LIFE.move(
        assessment, "hand_back", by=assessors["prime_minister"], at=AT_MAY, on=MAY, reason="ทบทวน"
    )

    assessment.refresh_from_db()
    assert (set(assessment.totals), assessment.newest_total) == ({"self", "preliminary"}, "56.00")


def test_a_returned_report_is_the_bodys_alone_until_it_is_sent_again(world: World) -> None:
    from esar.report.reports.queries import visible_reports

    assessment, assessors = assessment_of(world), offices(world)
    seen = [assessors["minister"], assessors["prime_minister"], world.secretaries["L2-P"]]
    assert all(visible_reports(each, MAY).exists() for each in seen)
    declared(assessment, world.assessor)
    ASSESSMENT_LIFE.move(
        assessment, "return", by=world.assessor, at=AT_MAY, on=MAY, reason="ขาดหลักฐาน"
    )
    assert not any(visible_reports(each, MAY).exists() for each in seen)
    assert visible_reports(world.reporter, MAY).exists()


def test_nobody_releases_what_they_assessed(world: World) -> None:
    from esar.platform.organisations.actions import appoint

    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "done", assessors)
    appoint(world.assessor, Role.ANALYST, by=None, at=AT_MAY, on=MAY)
    both = Person.objects.get(pk=world.assessor.pk)
    with pytest.raises(Refused) as refused:
        release(Result.objects.all(), by=both, at=AT_MAY, on=MAY)
    assert codes(refused) == {"access.own_work"}


def test_a_correction_keeps_every_other_figure_as_the_result_had_it(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "done", assessors)
    release(Result.objects.all(), by=world.analyst, at=AT_MAY, on=MAY)
    # Whatever is judged later: the result has its own facts.
    Judgement.objects.create(
        assessment=assessment,
        level="prime_minister",
        number="1.2",
        status="reported",
        actual=Decimal(80),
        reason="ภายหลัง",
        by=world.assessor,
        at=AT_MAY,
    )
    new = correct(
        Result.objects.select_related("assessment", "body").get(),
        {"1.1": Outcome(Decimal(90))},
        reason="อุทธรณ์",
        by=world.analyst,
        at=AT_MAY,
    )
    assert new.total == Decimal("60.00")
    assert new.stages["kpis"]["1.2"]["appeal"] == {
        **new.stages["kpis"]["1.2"]["self"],
        "reason": "",
    }


def test_central_data_that_come_after_a_result_are_told_to_the_analysts(world: World) -> None:
    from esar.platform.notices.models import Notice
    from esar.report.central_data.signals import values_published

    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "done", assessors)
    value = CentralValue(
        body=world.province, fiscal_year=2567, round_id="6m", rule_id="central-data.digital"
    )
    values_published.send(CentralValue, values=[value], at=AT_MAY)
    notice = Notice.objects.get(code="notice.central_after_result")
    assert notice.person_id == world.analyst.pk


@pytest.mark.parametrize(
    ("before", "is_jump"), [("0", True), ("43.07", True), ("43.08", False), ("56", False)]
)
def test_a_jump_is_held_against_the_year_before_even_when_that_was_zero(
    world: World, monkeypatch: pytest.MonkeyPatch, before: str, is_jump: bool
) -> None:
    from esar.judge.assessments import risk

    assessment = assessment_of(world)  # says 56; the rule's jump is 30 per cent: 43.0769 × 1.3 = 56
    body = assessment.report.scorecard.body_id
    monkeypatch.setattr(risk, "_year_before", lambda _: {body: {"prime_minister": before}})
    (risk_of_body,) = ranked(2567, "6m")

    assert ("jump" in dict(risk_of_body.found)) is is_jump


def test_an_office_that_is_both_levels_assesses_once(world: World) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    Body.objects.filter(pk=world.province.pk).update(kind="department", parent=ministry("IND"))
    assessment = Assessment.objects.select_related("report__scorecard__body__parent").get()
    assert [level.id for level in levels_of(assessment)] == ["preliminary", "prime_minister"]

    passed_to(assessment, "prime_minister", assessors)
    assert set(assessment.totals) == {"self", "preliminary"}
    passed_to(assessment, "done", assessors)
    assert (assessment.state, set(assessment.totals)) == (
        "done",
        {"self", "preliminary", "prime_minister"},
    )
    assert Result.objects.filter(body=world.province).count() == 1


def test_what_stands_at_the_earlier_of_two_levels_of_one_office_goes_on_there(
    world: World,
) -> None:
    assessment, assessors = assessment_of(world), offices(world)
    passed_to(assessment, "minister", assessors)
    Body.objects.filter(pk=world.province.pk).update(kind="department", parent=ministry("IND"))
    assessment = Assessment.objects.select_related("report__scorecard__body__parent").get()

    assert [level.id for level in levels_of(assessment)] == [
        "preliminary",
        "minister",
        "prime_minister",
    ]


def test_an_assessor_reads_all_that_the_body_wrote_of_a_result(world: World) -> None:
    words = {
        "did": "",
        "factors": "ปัจจัยที่หนึ่ง",
        "obstacles": "อุปสรรคที่สอง",
        "suggestions": "ข้อเสนอที่สาม",
    }
    report = filled(world)
    act: Any = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
    writing.save_claim(report, "1.1", said(**words), revision=1, **act)
    REPORT_LIFE.move(report, "propose", **act)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=AT_APRIL, on=APRIL, **DECLARED)
    assessment = Assessment.objects.get(report=report)
    clock.pretend(MAY)

    client = Client()
    client.force_login(world.assessor)
    for path in (f"/assessments/{assessment.pk}/kpis/1.1/", f"/reports/{report.pk}/card/"):
        page = client.get(path).content.decode()
        assert {name: text in page for name, text in words.items()} == dict.fromkeys(words, True)


@pytest.mark.parametrize(("typed", "slips"), [("9275", ["page.odd_percentage"]), ("92.75", [])])
def test_an_assessors_figure_that_looks_like_a_slip_is_told_beside_it(
    world: World, typed: str, slips: list[str]
) -> None:
    assessment = assessment_of(world)
    declared(assessment, world.assessor)
    judged(assessment, "1.1", typed, world.assessor, "ตรวจแล้ว")
    clock.pretend(MAY)
    client = Client()
    client.force_login(world.assessor)

    for path in ("", "kpis/1.1/"):
        page = client.get(f"/assessments/{assessment.pk}/{path}").content.decode()
        sentences = [say(code, {}, "th") for code in slips]
        assert re.findall(r'<p class="warned">⚠ (ร้อยละอยู่.*?)</p>', page) == sentences


def test_nobody_judges_in_place_of_who_has_declared_a_conflict(world: World) -> None:
    """By a role of their own they may."""
    assessment = assessment_of(world)
    declared(assessment, world.assessor, conflict=True)
    deputy, role = person("deputy"), Appointment.objects.get(person=world.assessor)
    days = {"first_day": MAY, "last_day": MAY, "reason": "ลา"}
    Delegation.objects.create(appointment=role, taker=deputy, **days)
    verdict = ASSESSMENT_LIFE.may(deputy, assessment, "declare", MAY)
    assert verdict.problem is not None
    assert verdict.problem.code == "access.lender_kept_out"

    appoint(deputy, Role.ASSESSOR, by=None, at=AT_MAY, on=MAY)
    assert ASSESSMENT_LIFE.may(Person.objects.get(pk=deputy.pk), assessment, "declare", MAY)
