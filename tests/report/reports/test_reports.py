"""A report from its shell to what was sent in, and every way it is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.scorecards.models import Kpi
from esar.judge.assessments.models import Assessment
from esar.kernel.problems import Refused
from esar.law.rules.kinds import Reporting
from esar.platform.calendars.actions import extend
from esar.platform.history.models import Event
from esar.platform.lifecycle.moves import OwnWork
from esar.platform.ui import clock
from esar.report.reports import writing
from esar.report.reports.actions import open_missing_reports, open_reports
from esar.report.reports.content import sheet_of
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Claim, Progress, Report, ReportVersion
from tests.make import AT, World, in_force
from tests.report.reports.make import (
    APRIL,
    AT_APRIL,
    DECLARED,
    codes,
    filled,
    report_of,
    said,
    sent,
)


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001
    return World()


def test_a_scorecard_in_force_has_a_shell_for_each_round_and_never_two(world: World) -> None:
    card = in_force(world)

    assert list(Report.objects.values_list("round_id", "state")) == [
        ("12m", "draft"),
        ("6m", "draft"),
    ]
    assert open_reports(card, at=AT) == 0
    assert open_missing_reports(at=AT) == 0


def test_the_six_month_report_asks_only_for_what_is_due(world: World) -> None:
    sheet = sheet_of(report_of(world))

    assert [line.number for line in sheet.due] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]
    assert {line.number: line.scored.status for line in sheet.lines}["2.1"] == "not_due"


def test_what_is_said_becomes_points_and_what_is_missing_is_told(world: World) -> None:
    report = report_of(world)
    writing.save_claim(
        report, "1.1", said("82.65"), revision=0, by=world.reporter, at=AT_APRIL, on=APRIL
    )
    line = sheet_of(report).lines[0]

    # targets 80 / 85 / 90: 50 + 25 × 2.65 ÷ 5
    assert line.scored.points == Decimal("63.2500")
    assert (line.gap.missing, line.gap.level.th) == (Decimal("2.3500"), "ค่าเป้าหมายมาตรฐาน")


def test_zero_is_a_result_and_silence_is_not(world: World) -> None:
    report = report_of(world)
    for number, claim in (
        ("1.1", said("0")),
        ("1.2", said(None, status="not_reported")),
        ("1.3", said(None, status="no_data", why="ยังไม่เก็บ")),
    ):
        writing.save_claim(
            report, number, claim, revision=0, by=world.reporter, at=AT_APRIL, on=APRIL
        )
    lines = {line.number: line for line in sheet_of(report).lines}

    assert [lines[n].scored.status for n in ("1.1", "1.2", "1.3", "2.1")] == [
        "reported",
        "not_reported",
        "not_reported",
        "not_due",
    ]
    assert lines["1.1"].outcome.actual == 0
    assert lines["1.3"].claim.status == "no_data"


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (said(None), "claim.no_result"),
        (said(None, status="no_data"), "claim.no_reason"),
        (said(None, status="not_applicable", why="  "), "claim.no_reason"),
    ],
)
def test_a_claim_without_what_it_needs_is_refused(world: World, claim: Any, code: str) -> None:
    report = report_of(world)
    with pytest.raises(Refused) as refused:
        writing.save_claim(
            report, "1.1", claim, revision=0, by=world.reporter, at=AT_APRIL, on=APRIL
        )

    assert codes(refused) == {code}
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("own", "code"), [(False, "claim.changed_meanwhile"), (True, "claim.changed_in_another_window")]
)
def test_of_two_editors_the_slower_is_told_and_overwrites_nothing(
    world: World, own: bool, code: str
) -> None:
    from esar.platform.organisations.models import Role
    from tests.make import person

    report = report_of(world)
    other = world.reporter if own else person("second", (Role.REPORTER, world.province))
    writing.save_claim(report, "1.1", said("86"), revision=0, by=other, at=AT_APRIL, on=APRIL)
    with pytest.raises(Refused) as refused:
        writing.save_claim(
            report, "1.1", said("99"), revision=0, by=world.reporter, at=AT_APRIL, on=APRIL
        )

    assert codes(refused) == {code}
    assert refused.value.problems[0].figures["by"] == str(other)
    assert Claim.objects.get(number="1.1").actual == Decimal(86)


def test_a_figure_that_is_typed_is_a_result_whatever_was_chosen_before(world: World) -> None:
    from django.test import Client

    report, client = report_of(world), Client()
    client.force_login(world.reporter)
    path = f"/reports/{report.pk}/kpis/1.1/"
    clock.pretend(APRIL)
    answer = client.post(
        path,
        {"revision": "0", "status": "not_reported", "actual": "๕๓.๕"},
        headers={"X-Autosave": "1"},
    )
    assert answer.status_code == 200, answer.content
    assert Claim.objects.get().actual == Decimal("53.5")
    for nonsense in ("1e5", "NaN", "Infinity", "5 3", "--3"):
        answer = client.post(
            path,
            {"revision": "1", "status": "reported", "actual": nonsense},
            headers={"X-Autosave": "1"},
        )
        assert answer.status_code == 422, nonsense


def test_a_page_that_saves_itself_says_which_field_is_to_be_mended(world: World) -> None:
    from django.test import Client

    report, client = report_of(world), Client()
    client.force_login(world.reporter)
    clock.pretend(APRIL)
    answer = client.post(
        f"/reports/{report.pk}/kpis/1.1/",
        {"revision": "0", "status": "reported", "actual": "8,6", "obstacles": "ก" * 8001},
        headers={"X-Autosave": "1"},
    )
    assert answer.json()["problems"] == [
        "ผลการดำเนินงาน (ร้อยละ): “8,6” ใส่จุลภาคไม่ตรงหลักพัน หากเป็นทศนิยมโปรดพิมพ์ 8.6 "
        "หากคั่นหลักพันโปรดตัดจุลภาคออก เช่น 1150.40",
        "อุปสรรคต่อการดำเนินงาน: ข้อความยาวเกิน 8000 ตัวอักษร โปรดย่อให้สั้นลง",
    ]


def test_savings_of_one_sitting_are_one_event_of_the_log(world: World) -> None:
    report = report_of(world)
    for revision in range(3):
        writing.save_claim(
            report,
            "1.1",
            said(str(80 + revision)),
            revision=revision,
            by=world.reporter,
            at=AT_APRIL,
            on=APRIL,
        )

    assert Event.objects.filter(verb="claim.saved").count() == 1
    assert Claim.objects.get(number="1.1").revision == 3


def _ratio(world: World) -> Report:
    report = report_of(world)
    version = report.scorecard
    IndicatorVersion.objects.filter(
        pk=Kpi.objects.get(scorecard=version, number="1.1").template_id
    ).update(accumulation="ratio", per="100")
    from esar.agree.scorecards.models import ScorecardVersion

    held = ScorecardVersion.objects.get(scorecard=version)
    kpis = [
        kpi | ({"accumulation": "ratio", "per": "100"} if kpi["number"] == "1.1" else {})
        for kpi in held.content["kpis"]
    ]
    ScorecardVersion.objects.filter(pk=held.pk).update(content=held.content | {"kpis": kpis})
    return report


def test_a_ratio_is_computed_from_its_parts_and_never_typed(world: World) -> None:
    report = _ratio(world)
    claim = said("70", numerator=Decimal(91), denominator=Decimal(102))
    writing.save_claim(report, "1.1", claim, revision=0, by=world.reporter, at=AT_APRIL, on=APRIL)

    kept = Claim.objects.get(number="1.1")
    assert (kept.actual, kept.numerator) == (Decimal("89.2157"), Decimal(91))
    with pytest.raises(Refused) as refused:
        writing.save_claim(
            report,
            "1.1",
            claim | {"denominator": Decimal(0)},
            revision=1,
            by=world.reporter,
            at=AT_APRIL,
            on=APRIL,
        )
    assert codes(refused) == {"claim.zero_denominator"}


def test_months_add_up_into_the_reports_that_cover_them(world: World) -> None:
    report = _ratio(world)
    months = {
        date(2023, 10, 1): {"numerator": Decimal(1), "denominator": Decimal(2)},
        date(2023, 11, 1): {"numerator": Decimal(90), "denominator": Decimal(100)},
        date(2023, 12, 1): {"numerator": None, "denominator": None},
    }
    changed = writing.save_months(report, "1.1", months, by=world.reporter, at=AT_APRIL, on=APRIL)

    assert changed == 2
    assert set(Claim.objects.values_list("report__round_id", "actual", "status")) == {
        ("6m", Decimal("89.2157"), "reported"),
        ("12m", Decimal("89.2157"), "reported"),
    }
    assert sheet_of(report).lines[0].accumulated.formula == "91 ÷ 102 × 100"
    writing.save_claim(
        report, "1.1", said("1"), revision=1, by=world.reporter, at=AT_APRIL, on=APRIL
    )
    assert Claim.objects.get(report=report, number="1.1").actual == Decimal("89.2157")


def test_a_month_of_the_future_or_of_another_round_is_refused(world: World) -> None:
    report = report_of(world)
    for month in (date(2024, 5, 1), date(2023, 9, 1)):
        with pytest.raises(Refused) as refused:
            writing.save_months(
                report,
                "1.1",
                {month: {"value": Decimal(1)}},
                by=world.reporter,
                at=AT_APRIL,
                on=APRIL,
            )
        assert codes(refused) == {"progress.month_outside"}
    assert not Progress.objects.exists()


def test_only_the_approver_sends_in_and_never_what_they_wrote(world: World) -> None:
    report = filled(world)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    assert not REPORT_LIFE.may(world.reporter, report, "submit", APRIL)
    assert not REPORT_LIFE.may(world.analyst, report, "submit", APRIL)
    version = REPORT_LIFE.move(
        report, "submit", by=world.approver, at=AT_APRIL, on=APRIL, **DECLARED
    ).version

    assert version is not None
    assert (report.state, report.sent, report.received_on) == ("submitted", 1, APRIL)
    assert len(version.content["claims"]) == 8
    assert version.sent_in.to_json() == version.content
    assert not REPORT_LIFE.may(world.reporter, report, "edit", APRIL)
    with pytest.raises(TypeError):
        version.save()


def test_a_report_waits_until_its_round_is_over(world: World) -> None:
    report = filled(world)
    last = date(2024, 3, 31)
    verdict = REPORT_LIFE.may(world.reporter, report, "propose", last)
    assert verdict.problem.code == "report.round_not_over"
    assert REPORT_LIFE.may(world.reporter, report, "propose", date(2024, 4, 1))


BANGKOK_23_59_59 = datetime(2024, 4, 30, 16, 59, 59, tzinfo=UTC)
BANGKOK_00_00_00 = datetime(2024, 4, 30, 17, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "received", "late"),
    [
        (BANGKOK_23_59_59, date(2024, 4, 30), 0),
        (BANGKOK_00_00_00, date(2024, 5, 1), 1),
        (datetime(2024, 5, 2, 3, 0, tzinfo=UTC), date(2024, 5, 2), 2),
    ],
)
def test_the_due_day_counts_to_its_end_in_bangkok(
    world: World, at: datetime, received: date, late: int
) -> None:
    report = sent(world, at)

    assert (report.received_on, report.due_on, report.days_late) == (
        received,
        date(2024, 4, 30),
        late,
    )


def test_a_recorded_extension_moves_the_due_day_to_its_own_end(world: World) -> None:
    extend(
        2567,
        "report-due.6m",
        last_day=date(2024, 5, 6),
        reason="น้ำท่วม",
        by=world.administrator,
        at=AT_APRIL,
        on=APRIL,
        body=world.province,
    )
    # Monday 6 May 2024 is a holiday (substitution for Coronation Day): the day stands.
    edge = datetime(2024, 5, 6, 16, 59, 59, tzinfo=UTC)
    report = sent(world, edge)

    assert (report.due_on, report.days_late) == (date(2024, 5, 6), 0)


def test_a_second_later_than_an_extension_on_a_holiday_is_a_day_late(world: World) -> None:
    extend(
        2567,
        "report-due.6m",
        last_day=date(2024, 5, 6),
        reason="น้ำท่วม",
        by=world.administrator,
        at=AT_APRIL,
        on=APRIL,
        body=world.province,
    )
    report = sent(world, datetime(2024, 5, 6, 17, 0, 0, tzinfo=UTC))

    assert (report.received_on, report.days_late) == (date(2024, 5, 7), 1)


def test_where_the_year_moves_a_due_day_off_a_holiday_it_moves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from esar.report.reports import queries

    extend(
        2567,
        "report-due.6m",
        last_day=date(2024, 5, 4),
        reason="น้ำท่วม",
        by=world.administrator,
        at=AT_APRIL,
        on=APRIL,
        body=world.province,
    )
    book, rules = queries.rules_of(report_of(world).scorecard)
    reporting = rules.the(Reporting)
    moving = replace(
        reporting,
        version=replace(reporting.version, value=replace(reporting.value, due_on_holiday="moves")),
    )

    class Moving:
        def the(self, kind: type) -> Any:
            return moving if kind is Reporting else rules.the(kind)

        def __getattr__(self, name: str) -> Any:
            return getattr(rules, name)

    monkeypatch.setattr(queries, "rules_of", lambda _card: (book, Moving()))
    # Saturday 4 May, Sunday 5, Monday 6 a holiday: Tuesday 7.
    assert queries.due_day(Report.objects.get(round_id="6m")) == date(2024, 5, 7)


def test_a_second_sending_keeps_the_day_of_the_first(world: World) -> None:
    report = sent(world)
    later = datetime(2024, 5, 20, 3, 0, tzinfo=UTC)
    on = date(2024, 5, 20)
    REPORT_LIFE.move(report, "return", by=world.assessor, at=later, on=on, reason="หลักฐานไม่ครบ")
    Assessment.objects.filter(report=report).update(state="returned")  # which returns it, really
    writing.save_claim(report, "1.1", said("88"), revision=1, by=world.reporter, at=later, on=on)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=later, on=on)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=later, on=on, **DECLARED)
    report.refresh_from_db()

    assert (report.sent, report.received_on, report.days_late) == (2, APRIL, 0)
    first, second = ReportVersion.objects.filter(report=report).order_by("number")
    assert [one.content["claims"][0]["actual"] for one in (first, second)] == ["86", "88"]


def test_a_report_that_says_nothing_is_not_sent_in(world: World) -> None:
    report = report_of(world)
    with pytest.raises(Refused) as refused:
        REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    assert codes(refused) == {"report.says_nothing"}


def test_a_ratio_that_no_one_can_read_is_refused(world: World) -> None:
    report = _ratio(world)
    claim = said("1", numerator=Decimal(99999999999), denominator=Decimal("0.0001"))
    with pytest.raises(Refused) as refused:
        writing.save_claim(
            report, "1.1", claim, revision=0, by=world.reporter, at=AT_APRIL, on=APRIL
        )
    assert codes(refused) == {"claim.result_too_large"}


def test_months_carried_into_another_round_are_own_work_there_too(world: World) -> None:
    report = report_of(world)
    writing.save_months(
        report,
        "1.1",
        {date(2023, 11, 1): {"value": Decimal(86)}},
        by=world.reporter,
        at=AT_APRIL,
        on=APRIL,
    )
    whole_year = Report.objects.get(round_id="12m")
    assert REPORT_LIFE.is_own_work(world.reporter, whole_year, OwnWork.NOT_WRITTEN)


def test_months_of_a_report_that_waits_for_its_approver_stay_as_proposed(world: World) -> None:
    report = report_of(world)
    year = Report.objects.select_related("scorecard__body").get(round_id="12m")
    months = {date(2023, 11, 1): {"value": Decimal(86)}}
    writing.save_months(report, "1.1", months, by=world.reporter, at=AT_APRIL, on=APRIL)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    with pytest.raises(Refused) as refused:
        writing.save_months(
            year,
            "1.1",
            {date(2023, 11, 1): {"value": Decimal(10)}},
            by=world.reporter,
            at=AT_APRIL,
            on=APRIL,
        )
    assert codes(refused) == {"progress.month_proposed"}
    version = REPORT_LIFE.move(
        report, "submit", by=world.approver, at=AT_APRIL, on=APRIL, **DECLARED
    ).version
    held = version.content["claims"][0]
    assert (held["actual"], [one["value"] for one in held["months"]]) == ("86", ["86"])


def test_an_extension_of_the_bodys_own_stands_on_the_work_list(world: World) -> None:
    from esar.show.worklist.queries import work_for

    report_of(world)
    extend(
        2567,
        "report-due.6m",
        last_day=date(2024, 6, 30),
        reason="น้ำท่วม",
        by=world.administrator,
        at=AT_APRIL,
        on=APRIL,
        body=world.province,
    )
    due = [one.due for one in work_for(world.reporter, APRIL, 2567) if "6 เดือน" in one.title]
    assert due == [date(2024, 6, 30)]


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("88%", "88", "88"),
        ("88\u200b", "88", "88"),
        ("1,150.40", "1150.40", "1150.40"),
        ("2,200,000,000,000", "2200000000000", "2200000000000"),
        ("24.10000", "24.1", "24.10000"),
    ],
)
def test_a_saved_figure_is_told_as_it_is_kept(
    world: World, typed: str, kept: str, shown: str
) -> None:
    client, path = _browser(world)
    answer = client.post(
        path,
        {"revision": "0", "status": "reported", "actual": typed},
        headers={"X-Autosave": "1"},
    )

    assert (answer.status_code, answer.json()["figures"]) == (200, {"actual": shown})
    assert Claim.objects.get(number="1.1").actual == Decimal(kept)


@pytest.mark.parametrize(("typed", "point"), [("4,0", "4.0"), ("๒๔,๕", "24.5")])
def test_a_decimal_comma_never_becomes_a_result_or_a_month(
    world: World, typed: str, point: str
) -> None:
    client, path = _browser(world)
    sentence = (
        f"“{typed}” ใส่จุลภาคไม่ตรงหลักพัน หากเป็นทศนิยมโปรดพิมพ์ {point} "
        "หากคั่นหลักพันโปรดตัดจุลภาคออก เช่น 1150.40"
    )
    result = client.post(
        path,
        {"revision": "0", "status": "reported", "actual": typed},
        headers={"X-Autosave": "1"},
    )
    months = client.post(f"{path}months/", {"value-2023-10": typed, "seen": ""})

    where = "ผลการดำเนินงาน (ร้อยละ)"
    assert (result.status_code, result.json()["problems"]) == (422, [f"{where}: {sentence}"])
    assert months.status_code == 422
    assert list(months.context["months"].errors["value-2023-10"]) == [sentence]
    assert list(Claim.objects.values_list("actual", flat=True)) == []
    assert list(Progress.objects.all()) == []


def _browser(world: World) -> tuple[Any, str]:
    from django.test import Client

    report, client = report_of(world), Client()
    client.force_login(world.reporter)
    clock.pretend(APRIL)
    return client, f"/reports/{report.pk}/kpis/1.1/"
