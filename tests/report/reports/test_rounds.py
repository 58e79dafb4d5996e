"""Rounds by the rulebook: cards without a SAR, due days of their own, lateness that is shown."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from esar.judge.assessments import actions as assessing
from esar.judge.assessments.life import ASSESSMENT_LIFE
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.risk import ranked
from esar.judge.results.actions import release
from esar.judge.results.models import Result
from esar.kernel.wording import in_unit
from esar.law.rules.kinds import Statement
from esar.platform.calendars.actions import extend
from esar.platform.calendars.queries import entries
from esar.platform.ui import books, clock
from esar.report.central_data.data_sets.queries import data_sets
from esar.report.reports.content import if_sent, line_of, sheet_of
from esar.report.reports.forms import ClaimForm
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import NARRATIVE, Claim, Report, ReportVersion
from esar.report.reports.queries import due_day, extended_day, rounds_of
from esar.report.reports.writing import save_claim, save_months
from tests.agree.scorecards.make_in_force import (
    DECEMBER,
    LISTED,
    at_noon,
    computed_2554,
    filled_2554,
    report_2554,
    scorecard_2554,
    sent_2554,
)
from tests.judge.results.make_route import presented
from tests.make import World
from tests.report.reports.make import DECLARED

FLOOD_WEEK = date(2011, 11, 2)  # a Wednesday
JULY = date(2011, 7, 10)


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    clock.pretend(FLOOD_WEEK)


def page(who: Any, path: str, status: int = 200) -> str:
    client = Client()
    client.force_login(who)
    answer: Any = client.get(path)
    assert answer.status_code == status
    return str(answer.content.decode())


def rounds(year: int) -> dict[str, tuple[str, ...]]:
    book: Any = books.book(year)
    found = rounds_of(book.on(book.year.last_day))
    return {name: rule.value.reports for name, rule in found.items()}


def test_each_year_has_the_rounds_of_its_rulebook() -> None:
    assert rounds(2554) == {"6m": ("sar", "card"), "9m": ("card",), "12m": ("sar", "card")}
    assert rounds(2561) == {"6m": ("sar",), "12m": ("sar",)}
    assert [books.last_round(year) for year in (2554, 2561, 2567)] == ["12m", "12m", "12m"]
    assert books.reported_rounds() == ["6m", "9m", "12m"]


def offered(html: str, name: str) -> list[str]:
    """The values that a filter offers, beside all."""
    found = re.search(rf'<select[^>]* name="{name}">(.*?)</select>', html, re.DOTALL)
    assert found is not None, name
    return [one for one in re.findall(r'value="([^"]*)"', found[1]) if one]


@pytest.mark.parametrize(
    ("year", "rounds_", "kinds", "stages"),
    [
        ("2554", ["6m", "9m", "12m"], ["province"], ["preliminary", "returned", "done"]),
        ("2561", ["6m", "12m"], ["province"], ["preliminary", "minister", "returned", "done"]),
        (
            "",
            ["6m", "9m", "12m"],
            ["department", "province"],
            ["preliminary", "minister", "prime_minister", "returned", "done"],
        ),
    ],
)
def test_lists_offer_only_what_their_year_has(
    world: World, year: str, rounds_: list[str], kinds: list[str], stages: list[str]
) -> None:
    for path in ("/assessments/", "/reports/"):
        html = page(world.assessor, f"{path}?year={year}")
        assert (offered(html, "round"), offered(html, "kind")) == (rounds_, kinds), path
    assert offered(page(world.assessor, f"/assessments/?year={year}"), "state") == stages
    assert offered(page(world.assessor, f"/scorecards/?year={year}"), "kind") == kinds


def test_a_round_that_the_year_has_not_is_not_asked_for(world: World) -> None:
    sent_2554(world, date(2011, 10, 28))

    for path in ("/assessments/", "/reports/"):
        assert world.province.name_th in page(world.assessor, f"{path}?year=2554&round=3m")
    page(world.assessor, "/assessments/sampling/2554/12m/")
    page(world.assessor, "/assessments/sampling/2554/3m/", status=404)


def test_a_scorecard_of_2554_has_three_reports(world: World) -> None:
    card = scorecard_2554(world)

    found = Report.objects.filter(scorecard=card).order_by("pk")
    assert [one.round_id for one in found] == ["6m", "9m", "12m"]


def test_a_card_without_a_sar_takes_results_and_nothing_else(world: World) -> None:
    report = report_2554(world, "9m")
    line = line_of(report, "1")
    assert line is not None

    form = ClaimForm(None, line=line, steps=5, narrates=False)

    assert set(form.fields) & set(NARRATIVE) == set()
    assert bool(REPORT_LIFE.may(world.reporter, report, "edit", JULY))
    assert "actual" in form.fields
    refused = REPORT_LIFE.may(world.reporter, report, "attach", JULY).problem
    assert refused is not None
    assert refused.code == "report.card_only"
    assert REPORT_LIFE.may(world.reporter, report_2554(world, "12m"), "attach", JULY)


def test_the_page_of_a_card_says_that_there_is_no_sar_and_cites_the_manual(world: World) -> None:
    clock.pretend(JULY)
    card, sar = report_2554(world, "9m"), report_2554(world, "12m")
    card_page = page(world.reporter, f"/reports/{card.pk}/kpis/1/")
    sar_page = page(world.reporter, f"/reports/{sar.pk}/kpis/1/")

    for words, on_card, on_sar in (
        ("ไม่มีเล่ม SAR", True, False),
        ("ปฏิทิน ภายใน 16 กรกฎาคม 2554", True, False),
        ('id="evidence"', False, True),
        ('name="did"', False, True),
        ('name="actual"', True, True),
    ):
        assert [words in card_page, words in sar_page] == [on_card, on_sar], words
    assert "ไม่มีเล่ม SAR" in page(world.reporter, f"/reports/{card.pk}/card/")


def test_no_file_comes_to_a_card_without_a_sar(world: World) -> None:
    clock.pretend(JULY)
    client = Client()
    client.force_login(world.reporter)

    answer = client.post(
        f"/reports/{report_2554(world, '9m').pk}/kpis/1/uploads/", {"name": "a.pdf", "size": "9"}
    )

    assert answer.status_code == 422
    assert "ไม่มีเล่ม SAR" in answer.json()["problems"][0]


def test_a_due_day_of_the_rounds_own_stands_in_the_calendar(world: World) -> None:
    found = {one.id: one for one in entries(2554) if one.id.startswith("round.")}

    assert {name: one.last for name, one in found.items()} == {
        "round.6m": date(2011, 4, 30),
        "round.9m": date(2011, 7, 16),
        "round.12m": date(2011, 10, 31),
    }
    nine = found["round.9m"]
    assert (nine.label.th, nine.what.th, nine.who.th) == (
        "กำหนดส่งรายงาน รอบ 9 เดือน",
        "ส่ง e-SAR Card (ไม่มีเล่ม SAR)",
        "จังหวัด",
    )
    assert [due_day(report_2554(world, name)) for name in ("6m", "9m", "12m")] == [
        date(2011, 4, 30),
        date(2011, 7, 16),
        date(2011, 10, 31),
    ]
    assert "กำหนดส่งรายงาน รอบ 9 เดือน" in page(world.reporter, "/calendar/2554/")


@pytest.mark.django_db
def test_the_due_days_of_2561_are_marked_as_assumed() -> None:
    found = {one.id: one for one in entries(2561) if one.id.startswith("report-due.")}

    assert [one.last for one in found.values()] == [date(2018, 4, 30), date(2018, 10, 31)]
    assert all(one.rule.version.assumed for one in found.values())


@pytest.mark.parametrize("for_one", [True, False])
def test_an_extension_for_one_body_or_all_moves_the_due_day(world: World, for_one: bool) -> None:
    extend(
        2554,
        "round.12m",
        last_day=date(2011, 11, 7),
        reason="มหาอุทกภัย",
        by=world.administrator,
        at=at_noon(FLOOD_WEEK),
        on=FLOOD_WEEK,
        body=world.province if for_one else None,
    )

    assert due_day(report_2554(world)) == date(2011, 11, 7)


def test_an_extension_counts_from_its_own_day(world: World) -> None:
    extend(
        2554,
        "round.12m",
        last_day=date(2011, 11, 7),
        reason="มหาอุทกภัย",
        by=world.administrator,
        at=at_noon(FLOOD_WEEK),
        on=FLOOD_WEEK,
        body=world.province,
    )
    report = sent_2554(world, date(2011, 11, 9))

    assert (report.due_on, extended_day(report)) == (date(2011, 11, 7), date(2011, 11, 7))
    assert report.days_late == 2
    score: Any = sheet_of(report).score
    assert (score.taken_off.late.due, f"{score.total:f}") == (date(2011, 11, 7), "2.9000")


def test_without_an_extension_nothing_was_extended(world: World) -> None:
    report = sent_2554(world, FLOOD_WEEK)

    assert (report.due_on, extended_day(report)) == (date(2011, 10, 31), None)


def test_a_late_sar_of_2554_loses_points_and_its_pages_show_which_days_counted(
    world: World,
) -> None:
    report = sent_2554(world, FLOOD_WEEK)
    score: Any = sheet_of(report).score

    assert (f"{score.total:f}", f"{score.taken_off.before:.4f}") == ("2.9000", "3.0000")
    for who, path in (
        (world.reporter, f"/reports/{report.pk}/"),
        (world.reporter, f"/reports/{report.pk}/card/"),
    ):
        html = page(who, path)
        for words in ("late-days", "วันครบกำหนด", "นับเป็นวันที่ช้า", "0.1000", "2.9000"):
            assert words in html, (path, words)


WOULD = "หากส่งวันนี้ (2 พฤศจิกายน 2554) จะช้า 2 วันทำการ หัก 0.1000 คะแนน"


def test_an_overdue_sar_says_before_it_is_sent_what_sending_it_today_would_cost(
    world: World,
) -> None:
    report = filled_2554(world, FLOOD_WEEK)
    would: Any = if_sent(sheet_of(report), FLOOD_WEEK)

    assert [f"{one:.4f}" for one in (would.before, would.late.deduction, would.after)] == [
        "3.0000",
        "0.1000",
        "2.9000",
    ]
    for who in (world.reporter, world.approver, world.analyst):
        html = page(who, f"/reports/{report.pk}/")
        for words in (WOULD, "late-days", "นับเป็นวันที่ช้า", "คะแนนรวมหลังหัก", "2.9000"):
            assert words in html, words
        assert "ส่งจริง" not in html


def test_the_answers_are_checked_beside_the_total_that_is_left_when_they_are_sent_late(
    world: World,
) -> None:
    report = filled_2554(world, FLOOD_WEEK)

    html = page(world.reporter, f"/reports/{report.pk}/check/propose/")
    figures = ("3.0000", WOULD, "คะแนนรวมหลังหัก", "2.9000")
    assert [html.count(words) > 0 for words in figures] == [True] * 4


def test_a_page_of_before_midnight_sends_nothing_at_the_deduction_of_the_day_after(
    world: World,
) -> None:
    report = filled_2554(world, FLOOD_WEEK)
    act = {"by": world.reporter, "at": at_noon(FLOOD_WEEK), "on": FLOOD_WEEK}
    REPORT_LIFE.move(report, "propose", **act)
    client, path = Client(), f"/reports/{report.pk}/"
    client.force_login(world.approver)
    told = {"declared": "1", "acknowledged": "1"}
    before_midnight: Any = client.get(f"{path}check/submit/")
    clock.pretend(FLOOD_WEEK + timedelta(days=1))

    seen = {"seen": before_midnight.context["seen"]}
    refused = client.post(f"{path}move/submit/", seen | told, headers={"accept-language": "th"})
    report.refresh_from_db()
    assert (refused.status_code, report.state) == (422, "proposed")
    assert "การหักคะแนนเพราะส่งช้า" in refused.content.decode()

    after: Any = client.get(f"{path}check/submit/")
    client.post(f"{path}move/submit/", {"seen": after.context["seen"]} | told)
    report.refresh_from_db()
    assert (report.state, report.days_late) == ("submitted", 3)


def test_an_overdue_sar_that_says_nothing_warns_without_a_total(world: World) -> None:
    html = page(world.reporter, f"/reports/{report_2554(world).pk}/")

    assert (WOULD in html, "late-days" in html) == (True, True)
    assert "คะแนนรวมก่อนหัก" not in html


def test_until_the_due_day_is_over_nothing_is_warned_of(world: World) -> None:
    report = filled_2554(world, FLOOD_WEEK)
    clock.pretend(date(2011, 10, 31))

    assert "หากส่งวันนี้" not in page(world.reporter, f"/reports/{report.pk}/")


def test_an_extension_that_runs_still_takes_the_warning_away(world: World) -> None:
    report = filled_2554(world, FLOOD_WEEK)
    extend(
        2554,
        "round.12m",
        last_day=date(2011, 11, 7),
        reason="มหาอุทกภัย",
        by=world.administrator,
        at=at_noon(FLOOD_WEEK),
        on=FLOOD_WEEK,
        body=world.province,
    )

    assert "หากส่งวันนี้" not in page(world.reporter, f"/reports/{report.pk}/")
    clock.pretend(date(2011, 11, 8))
    assert "จะช้า 1 วันทำการ หัก 0.0500 คะแนน" in page(world.reporter, f"/reports/{report.pk}/")


def test_a_round_without_a_deduction_and_a_report_that_was_sent_warn_of_nothing(
    world: World,
) -> None:
    nine, sent = report_2554(world, "9m"), sent_2554(world, FLOOD_WEEK)

    for report in (nine, sent):
        assert "หากส่งวันนี้" not in page(world.reporter, f"/reports/{report.pk}/")


def test_a_report_on_time_shows_no_account(world: World) -> None:
    report = sent_2554(world, date(2011, 10, 28))

    assert "late-days" not in page(world.reporter, f"/reports/{report.pk}/")


def silent_2554(world: World) -> Report:
    """A SAR sent in that says of every KPI that there are no data."""
    clock.pretend(date(2011, 10, 28))
    report = report_2554(world)
    for number, _, _ in LISTED:
        said = {"status": "no_data", "actual": None, "why": "น้ำท่วมสำนักงาน"}
        save_claim(
            report, number, said, revision=0, by=world.reporter, at=clock.now(), on=clock.today()
        )
    for name, by in (("propose", world.reporter), ("submit", world.approver)):
        REPORT_LIFE.move(report, name, by=by, at=clock.now(), on=clock.today(), **DECLARED)
    return report


def figure_on(html: str, name: str) -> str:
    """What stands in the first element of a class, without its tags."""
    found = re.search(rf'<(\w+) class="{name}"[^>]*>(.*?)</\1>', html, re.DOTALL)
    assert found is not None, name
    return " ".join(re.sub("<[^>]+>", " ", found[2]).split())


def test_a_report_that_says_nothing_has_no_score_on_its_page_nor_on_its_card(
    world: World,
) -> None:
    clock.pretend(date(2011, 10, 28))
    report = report_2554(world)
    score: Any = sheet_of(report).score

    assert (f"{score.total:f}", score.status) == ("0.0000", "not_reported")
    assert {one.status for one in score.components} == {"not_reported"}
    for path in (f"/reports/{report.pk}/", f"/reports/{report.pk}/card/"):
        html = page(world.reporter, path)
        assert figure_on(html, "self-total").startswith("คะแนนประเมินตนเอง ยังไม่รายงาน"), path
        assert "0.0000" not in html, path


def test_a_result_of_zero_is_a_score_and_not_called_unreported(world: World) -> None:
    report = filled_2554(world, FLOOD_WEEK, actual="0")
    score: Any = sheet_of(report).score

    assert (f"{score.total:f}", score.status) == ("1.0000", "reported")
    assert "คะแนนประเมินตนเอง 1.0000 จาก 5" in figure_on(
        page(world.reporter, f"/reports/{report.pk}/"), "self-total"
    )


def test_per_cent_stands_before_its_figure_and_a_gap_reads_as_a_sentence(world: World) -> None:
    report = filled_2554(world, FLOOD_WEEK, actual="92.5")
    html = page(world.reporter, f"/reports/{report.pk}/kpis/1/")

    for words in (
        "ร้อยละ 80 / 85 / 90 / 95 / 100",
        "ขาดอีก ร้อยละ 2.5 จึงถึงระดับ 4",
        "ผล ร้อยละ 92.5 อยู่ระหว่างระดับ 3 (90) กับระดับ 4 (95)",
    ):
        assert words in " ".join(html.split()), words
    assert re.search(r"[0-9] ร้อยละ", html) is None


@pytest.mark.parametrize(
    ("figures", "unit", "thai", "english"),
    [
        ("75", "ร้อยละ", "ร้อยละ 75", "75 per cent"),
        ("4.2", "ร้อยละต่อปี", "ร้อยละ 4.2 ต่อปี", "4.2 per cent ต่อปี"),
        ("75", "คน", "75 คน", "75 คน"),
        ("75", "", "75", "75"),
    ],
)
def test_figures_are_read_with_their_unit(figures: str, unit: str, thai: str, english: str) -> None:
    assert (in_unit(figures, unit, "th"), in_unit(figures, unit, "en")) == (thai, english)


def test_public_figures_have_no_more_decimals_than_they_need(world: World) -> None:
    result = computed_2554(world, FLOOD_WEEK, "92.5")
    presented(world, 2554, day=DECEMBER)
    release(
        Result.objects.filter(pk=result.pk), by=world.analyst, at=at_noon(DECEMBER), on=DECEMBER
    )
    public = f"/results/2554/12m/{world.province.code}/"

    for path in (public, f"{public}explanation/", f"{public}compare/"):
        words = re.sub(r"<[^>]+>", " ", page(world.reporter, path))
        assert re.findall(r"\d+\.\d{5,}", words) == [], path
    explained = " ".join(page(world.reporter, f"{public}explanation/").split())
    for words in ("ถ่วงน้ำหนัก 50: ได้ 1.75", "1.75 + 0.7 + 0.35 + 0.7", "3.5 − 2 × 0.0500"):
        assert words in explained, words


def test_weighted_points_are_told_of_their_full_mark_on_the_scale_of_five(world: World) -> None:
    """Weight 50 on a scale of 5 can bring 2.5; 92.5 between 90 and 95 is 3.5 points, 1.75 of it."""
    report = filled_2554(world, FLOOD_WEEK, actual="92.5")

    words = " ".join(page(world.reporter, f"/reports/{report.pk}/kpis/1/").split())

    assert "ถ่วงน้ำหนัก 1.75 จากคะแนนเต็ม 2.5" in words


def test_a_sent_report_without_a_result_is_unreported_at_the_assessment_too(world: World) -> None:
    report = silent_2554(world)
    held = ReportVersion.objects.get(report=report)
    one = Assessment.objects.get(report=report)

    assert (held.content["total"], one.totals) == (None, {"self": None})
    sent = " ".join(page(world.reporter, f"/reports/{report.pk}/versions/1/").split())
    assert "คะแนนประเมินตนเอง <strong>ไม่รายงานผล</strong>" in sent
    assert (
        figure_on(page(world.assessor, f"/assessments/{one.pk}/"), "stages").count("ไม่รายงานผล")
        == 2
    )
    listed = page(world.assessor, "/assessments/?year=2554")
    assert "ไม่รายงานผล" in listed
    assert "0.0000" not in listed
    csv = page(world.assessor, "/assessments/assessments.csv?year=2554").splitlines()
    assert csv[1].split(",")[5:] == ["not_reported", "", "", ""]


def test_a_released_result_of_nothing_is_unreported_on_every_public_page(world: World) -> None:
    one = Assessment.objects.get(report=silent_2554(world))
    clock.pretend(DECEMBER)
    at = at_noon(DECEMBER)
    assessing.declare(one, has_conflict=False, detail="", by=world.assessor, at=at, on=DECEMBER)
    ASSESSMENT_LIFE.move(one, "pass_on", by=world.assessor, at=at, on=DECEMBER)
    presented(world, 2554, day=DECEMBER)
    release(Result.objects.all(), by=world.analyst, at=at, on=DECEMBER)
    code = world.province.code

    for path, where in (
        (f"/results/2554/12m/{code}/", "score"),
        (f"/results/2554/12m/{code}/explanation/", "score"),
        (f"/agencies/{code}/", "total"),
        ("/results/2554/12m/", "num"),
    ):
        assert figure_on(page(world.reporter, path), where).startswith("ไม่รายงานผล"), path
    history = page(world.reporter, f"/agencies/{code}/history/")
    assert history.count("ไม่รายงานผล") == 5  # the total and four dimensions
    csv = page(world.reporter, f"/agencies/{code}/history/history.csv").splitlines()
    assert csv[1].split(",")[2:8] == ["2554", "12m", "not_reported", "", "5", "5"]
    listed = page(world.reporter, "/results/2554/12m/results.csv").splitlines()
    assert listed[1].split(",")[3:7] == ["2554", "12m", "not_reported", ""]
    for path, rows in (("summary/", 1), ("overview/", 0)):
        shown = page(world.reporter, f"/results/2554/12m/{path}")
        found = shown.count("๑ หน่วยงานไม่รายงานผล") + shown.count("1 หน่วยงานไม่รายงานผล")
        assert (found, shown.count("status-not_reported")) == (1, rows), path


def test_in_2554_every_province_is_visited_whatever_its_risk(world: World) -> None:
    sent_2554(world, date(2011, 10, 28))

    assert [(one.sum, one.chosen) for one in ranked(2554, "12m")] == [(0, True)]


def test_the_statistics_office_and_the_host_agency_give_their_results_for_2554() -> None:
    found = {(one.rule_id, one.owner) for one in data_sets(2554) if one.round_id == "12m"}

    assert found == {
        ("central-data.satisfaction", "NSO"),
        ("central-data.organisation", "OPDC"),
    }
    book: Any = books.book(2554)
    rule = book.on(book.year.last_day).need("approved-kpis", Statement)
    listed = {item.id for item in rule.value.items}
    assert {one.rule.value.listed[0].rpartition("/")[2] for one in data_sets(2554)} <= listed


MONTHS = (date(2010, 10, 1), date(2010, 11, 1), date(2010, 12, 1))


@pytest.mark.parametrize(
    ("accumulation", "result"),
    [("last", "2"), ("sum", "5"), ("mean", "1.6667"), ("max", "2")],
)
def test_months_come_together_in_2554_in_the_kpis_own_way(
    world: World, accumulation: str, result: str
) -> None:
    """1, 2 and 2 are 5 together; their mean, 5 ÷ 3, is 1.6667."""
    scorecard_2554(world, more={"1": {"accumulation": accumulation}})
    report, day = report_2554(world, "6m"), date(2011, 4, 20)
    months = {month: {"value": Decimal(said)} for month, said in zip(MONTHS, "122", strict=True)}
    save_months(report, "1", months, by=world.reporter, at=at_noon(day), on=day)

    assert Claim.objects.get(report=report, number="1").actual == Decimal(result)


def test_a_ratio_of_2554_is_worked_out_of_its_months_and_of_its_parts(world: World) -> None:
    """2 of 3 are 66.6667 per cent."""
    ratio = {"accumulation": "ratio", "per": "100"}
    scorecard_2554(world, more={"1": ratio, "2": ratio})
    report, day = report_2554(world, "6m"), date(2011, 4, 20)
    who: dict[str, Any] = {"by": world.reporter, "at": at_noon(day), "on": day}
    parts = {"numerator": Decimal(2), "denominator": Decimal(3)}
    save_months(report, "1", {MONTHS[0]: parts}, **who)
    save_claim(report, "2", {"status": "reported", "did": "ทำ"} | parts, revision=0, **who)

    claims = Claim.objects.filter(report=report, number__in="12").order_by("number")
    assert [claim.actual for claim in claims] == [Decimal("66.6667")] * 2
