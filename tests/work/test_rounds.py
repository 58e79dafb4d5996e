"""Rounds by the rulebook: cards without a SAR, due days of their own, lateness that is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from esar.assessments.risk import ranked
from esar.calendars.actions import extend
from esar.calendars.queries import entries
from esar.central.sets import data_sets
from esar.reports.content import line_of, sheet_of
from esar.reports.forms import ClaimForm
from esar.reports.models import NARRATIVE, Report
from esar.reports.permissions import may_attach, may_edit
from esar.reports.queries import due_day, extended_day, rounds_of
from esar.web import books, clock
from tests.work.make import World
from tests.work.rounds_make import at_noon, report_2554, scorecard_2554, sent_2554

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
    assert (bool(may_edit(world.reporter, report, JULY)), "actual" in form.fields) == (True, True)
    refused = may_attach(world.reporter, report, JULY).problem
    assert refused is not None
    assert refused.code == "report.card_only"
    assert may_attach(world.reporter, report_2554(world, "12m"), JULY)


def test_the_page_of_a_card_says_that_there_is_no_sar_and_cites_the_manual(world: World) -> None:
    clock.pretend(JULY)
    card, sar = report_2554(world, "9m"), report_2554(world, "12m")
    card_page = page(world.reporter, f"/reports/{card.pk}/kpis/1/")
    sar_page = page(world.reporter, f"/reports/{sar.pk}/kpis/1/")

    for words, on_card, on_sar in (
        ("ไม่มีเล่ม SAR", True, False), ("ปฏิทิน ภายใน 16 กรกฎาคม 2554", True, False),
        ('id="evidence"', False, True), ('name="did"', False, True), ('name="actual"', True, True),
    ):  # fmt: skip
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
        "round.6m": date(2011, 4, 30), "round.9m": date(2011, 7, 16),
        "round.12m": date(2011, 10, 31),
    }  # fmt: skip
    nine = found["round.9m"]
    assert (nine.label.th, nine.what.th, nine.who.th) == (
        "กำหนดส่งรายงาน รอบ 9 เดือน", "ส่ง e-SAR Card (ไม่มีเล่ม SAR)", "จังหวัด",
    )  # fmt: skip
    assert [due_day(report_2554(world, name)) for name in ("6m", "9m", "12m")] == [
        date(2011, 4, 30), date(2011, 7, 16), date(2011, 10, 31),
    ]  # fmt: skip
    assert "กำหนดส่งรายงาน รอบ 9 เดือน" in page(world.reporter, "/calendar/2554/")


@pytest.mark.django_db
def test_the_due_days_of_2561_are_marked_as_assumed() -> None:
    found = {one.id: one for one in entries(2561) if one.id.startswith("report-due.")}

    assert [one.last for one in found.values()] == [date(2018, 4, 30), date(2018, 10, 31)]
    assert all(one.rule.version.assumed for one in found.values())


@pytest.mark.parametrize("for_one", [True, False])
def test_an_extension_for_one_body_or_all_moves_the_due_day(world: World, for_one: bool) -> None:
    extend(
        2554, "round.12m", last_day=date(2011, 11, 7), reason="มหาอุทกภัย", by=world.administrator,
        at=at_noon(FLOOD_WEEK), on=FLOOD_WEEK, body=world.province if for_one else None,
    )  # fmt: skip

    assert due_day(report_2554(world)) == date(2011, 11, 7)


def test_an_extension_counts_from_its_own_day(world: World) -> None:
    extend(
        2554, "round.12m", last_day=date(2011, 11, 7), reason="มหาอุทกภัย", by=world.administrator,
        at=at_noon(FLOOD_WEEK), on=FLOOD_WEEK, body=world.province,
    )  # fmt: skip
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


def test_a_report_on_time_shows_no_account(world: World) -> None:
    report = sent_2554(world, date(2011, 10, 28))

    assert "late-days" not in page(world.reporter, f"/reports/{report.pk}/")


def test_in_2554_every_province_is_visited_whatever_its_risk(world: World) -> None:
    sent_2554(world, date(2011, 10, 28))

    assert [(one.sum, one.chosen) for one in ranked(2554, "12m")] == [(0, True)]


def test_the_statistics_office_and_the_host_agency_give_their_results_for_2554() -> None:
    found = {(one.rule_id, one.owner) for one in data_sets(2554) if one.round_id == "12m"}

    assert found == {
        ("central-data.satisfaction", "NSO"), ("central-data.organisation", "OPDC"),
    }  # fmt: skip
    book: Any = books.book(2554)
    listed = {item.id for item in book.on(book.year.last_day).by_id["approved-kpis"].value.items}
    assert {one.rule.value.listed[0].rpartition("/")[2] for one in data_sets(2554)} <= listed
