"""One frame for all regimes: the year worked in, a page a year, a body's history over years."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as the_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.exchange.cli.main import main
from esar.judge.results.actions import load_results
from esar.judge.results.models import Result
from esar.law.rules.frame import differences, frame_of
from esar.platform.organisations.models import Body
from esar.platform.ui import books, clock
from esar.report.activity_plans.law import plan_years
from esar.show.public.history.queries import parts_drawn, regimes_of
from esar.show.public.open_data.queries import package_of
from esar.show.worklist.queries import work_for
from tests.make import FEBRUARY, World, draft
from tests.show.public.make import department, province, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

PAST = Path("samples/past-years-demo.json")
GOOD = Path("tests/bad_input/rulebooks/good")
AT = datetime(2024, 11, 1, 9, 0, tzinfo=UTC)
YEARS = [2554, 2561, 2567, 2568]


@pytest.fixture(autouse=True)
def _february(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(FEBRUARY)


@pytest.fixture
def provinces() -> list[Body]:
    """Three provinces with results of 2554 and 2561, and of 2567 under its rules."""
    cache.clear()
    made = [province(code) for code in ("TH-16", "TH-50", "TH-83")]
    load_results(PAST, the_settings.RULEBOOK, at=AT, progress=lambda *_: None)
    for body, actual in zip(made, ("95", "86", None), strict=True):
        result(body, actual)
    return made


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", answer.content.decode())


def choose(client: Client, year: int, back: str = "/") -> Any:
    return client.post("/year/", {"year": str(year), "next": back})


# --- The year worked in ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2024, 2, 10), 2567),
        (date(2011, 10, 31), 2554),  # the day after the year is over, and 2555 has no rules
        (date(2010, 9, 13), 2554),  # before the year begins its rules bind: provinces propose
        (date(2017, 9, 15), 2561),
        (date(2026, 11, 21), 2568),
        (date(2000, 1, 1), 2554),
    ],
)
def test_the_year_of_a_day_is_its_own_or_the_newest_whose_rules_bind(day: date, year: int) -> None:
    assert books.year_of(day) == year


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2024, 11, 5), 2567), (date(2025, 1, 5), 2568), (date(2023, 10, 10), 2567)],
)
def test_until_december_one_reports_on_the_year_that_is_over(day: date, year: int) -> None:
    assert books.reported_year(day) == year


def test_nobody_has_chosen_a_year_so_it_is_todays(client: Client) -> None:
    assert 'value="2567" aria-current="true"' in text_of(client, "/")


def test_a_chosen_year_is_kept_until_the_browser_is_closed(client: Client) -> None:
    answer = choose(client, 2561, "/agencies/?q=a&year=2567&page=2")

    assert (answer.status_code, answer["Location"]) == (302, "/agencies/?q=a")
    assert client.cookies["year"]["max-age"] == ""
    assert 'value="2561" aria-current="true"' in text_of(client, "/agencies/")


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/calendar/2567/", "/calendar/2561/"),
        ("/rules/2567/?on=2023-10-01", "/rules/2561/"),
        ("/years/2567/", "/years/2561/"),
        ("/results/2567/12m/?grade=a", "/results/"),
        ("/agencies/TH-16/", "/agencies/TH-16/"),
        ("https://evil.example/", "/"),
        ("//evil.example/agencies/", "/"),
        ("/nowhere", "/"),
        ("", "/"),
    ],
)
def test_a_page_of_a_year_becomes_that_of_the_year_chosen(
    client: Client, back: str, leads_to: str
) -> None:
    assert choose(client, 2561, back)["Location"] == leads_to


@pytest.mark.parametrize("year", ["", "2566", "๒๕๖๑", "2561 ", "x", "9" * 30])
def test_a_year_without_rules_cannot_be_chosen(client: Client, year: str) -> None:
    assert client.post("/year/", {"year": year}).status_code == 404


def test_the_year_is_chosen_by_a_form_with_a_token_and_by_no_link() -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.get("/year/").status_code == 405
    assert client.post("/year/", {"year": "2561"}).status_code == 403


@pytest.mark.parametrize(
    ("path", "leads_to"), [("/calendar/", "/calendar/2561/"), ("/rules/", "/rules/2561/")]
)
def test_the_menu_leads_to_the_year_chosen(client: Client, path: str, leads_to: str) -> None:
    choose(client, 2561)

    assert client.get(path)["Location"] == leads_to


@pytest.mark.usefixtures("provinces")
def test_results_are_of_the_year_chosen_or_where_it_has_none_the_newest(client: Client) -> None:
    found = []
    for year in YEARS:
        choose(client, year)
        found.append(client.get("/results/")["Location"])

    assert found == [
        "/results/2554/12m/",
        "/results/2561/12m/",
        "/results/2567/12m/",
        "/results/2567/12m/",
    ]


def test_lists_begin_with_the_year_chosen_and_show_all_when_asked(world: World) -> None:
    card_ = draft(world)
    client = Client()
    client.force_login(world.reporter)
    link = f"/scorecards/{card_.pk}/"
    seen = []
    for year, query in ((2567, ""), (2561, ""), (2561, "?year="), (2561, "?year=2567")):
        choose(client, year)
        seen.append(link in text_of(client, f"/scorecards/{query}"))

    assert seen == [True, False, True, True]


def test_the_search_finds_kpis_of_the_year_chosen_and_of_all_when_asked(world: World) -> None:
    link = f"/scorecards/{draft(world).pk}/"
    client = Client()
    client.force_login(world.reporter)
    choose(client, 2561)

    assert link not in text_of(client, "/search/?q=ตัวชี้วัดที่")
    assert link in text_of(client, "/search/?q=ตัวชี้วัดที่&year=")


def test_people_see_a_years_page_with_the_lists_of_that_year(world: World) -> None:
    client = Client()
    client.force_login(world.reporter)

    assert '"/scorecards/?year=2561"' in text_of(client, "/years/2561/")


def test_the_work_list_keeps_other_years_apart_and_hides_none(world: World) -> None:
    card_ = draft(world)
    client = Client()
    client.force_login(world.reporter)
    choose(client, 2568)
    elsewhere = text_of(client, "/desk/")
    choose(client, 2567)
    here = text_of(client, "/desk/")

    of_2567 = "ปี 2567 มี 1 เรื่องค้าง"
    assert [f"/scorecards/{card_.pk}/" in text for text in (elsewhere, here)] == [False, True]
    assert [of_2567 in text for text in (elsewhere, here)] == [True, False]


def test_a_year_that_is_over_or_not_for_a_body_is_not_asked_to_be_begun(world: World) -> None:
    asked = [
        (person.name, year)
        for person in (world.reporter, world.reporter_d)
        for year in YEARS
        if any(one.asks == "page.to_begin" for one in work_for(person, date(2017, 10, 1), year))
    ]

    assert asked == [
        (world.reporter.name, 2561),
        (world.reporter.name, 2567),
        (world.reporter.name, 2568),
        (world.reporter_d.name, 2567),
        (world.reporter_d.name, 2568),
    ]


# --- A page a year -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "says"),
    [
        (
            2554,
            [
                "มิติที่ 4 ด้านการพัฒนาองค์การ",
                "น้ำหนัก 50",
                "3.0000",
                "5.0000",
                "e-SAR Card",
                "31 ตุลาคม 2554",
                "ผู้ว่าราชการจังหวัด",
                "มีสิทธิได้รับสิ่งจูงใจ",
            ],
        ),
        (
            2561,
            [
                "ไม่ประเมิน",
                "ผลของปีนี้คือผลของตัวชี้วัด 4.2",
                "80.00",
                "แผนกิจกรรม",
                "ตั้งแต่ 9 ตุลาคม 2560",
                "สิ้นสุด",
                "เริ่มใช้",
            ],
        ),
        (2567, ["ระดับคุณภาพ", "น้ำหนัก 70", "90.00", "154", "76"]),
        (2568, ["ระดับดีมาก", "163"]),
    ],
)
def test_a_years_page_tells_how_that_year_is_evaluated(
    client: Client, year: int, says: list[str]
) -> None:
    text = text_of(client, f"/years/{year}/")

    assert [one for one in says if one not in text] == []


def test_a_years_page_has_no_words_of_another_year(client: Client) -> None:
    assert "ระดับคุณภาพ" not in text_of(client, "/years/2554/")
    assert "e-SAR Card" not in text_of(client, "/years/2567/")
    assert "แผนกิจกรรม" not in text_of(client, "/years/2554/")


def test_the_amendment_of_9_october_2560_is_told_with_its_letter(client: Client) -> None:
    text = text_of(client, "/years/2561/")
    _, _, amendment = text.partition("ตั้งแต่ 9 ตุลาคม 2560")

    assert "/rules/2561/?on=2017-10-08#4.2.groups" in amendment
    assert "/rules/2561/?on=2017-10-09#4.2.topics" in amendment
    assert "สมุทรสาคร" in amendment


def test_a_made_up_year_gets_its_page_from_yaml_alone(client: Client, settings: Any) -> None:
    settings.RULEBOOK = GOOD
    kept = [one for one in (*vars(books).values(), plan_years) if hasattr(one, "cache_clear")]
    for one in kept:
        one.cache_clear()
    try:
        text = text_of(client, "/years/2570/")
        assert text_of(client, "/years/").count("/years/2570/") > 0
    finally:
        for one in kept:
            one.cache_clear()

    assert "ปีงบประมาณ 2570 ประเมินอย่างไร" in text


# --- A body over the years ---------------------------------------------------------------------


def test_years_with_the_same_frame_have_no_differences() -> None:
    found = {year: frame_of(book, "province") for year in YEARS if (book := books.book(year))}

    assert differences(found[2567], found[2567]) == []
    assert differences(found[2567], found[2568]) == ["components", "grades"]
    assert differences(found[2561], found[2567]) == ["total", "components", "grades"]
    assert differences(found[2554], found[2561]) == ["scale", "total", "components", "grades"]


def test_a_history_keeps_regimes_apart_and_says_what_changed(provinces: list[Body]) -> None:
    regimes = regimes_of(provinces[0])

    assert [(one.first, one.last, one.before, one.changed) for one in regimes] == [
        (2567, 2567, 2561, ["total", "components", "grades"]),
        (2561, 2561, 2554, ["scale", "total", "components", "grades"]),
        (2554, 2554, None, []),
    ]
    assert [one.cites == [] for one in regimes] == [False, False, True]


def test_bars_are_of_each_years_own_full_mark(provinces: list[Body]) -> None:
    now, plan, agreement = [one.rows[0] for one in regimes_of(provinces[0])]

    assert [(part.number, str(part.full)) for part in agreement.parts] == [
        ("1", "2.50"),
        ("2", "1.00"),
        ("3", "0.50"),
        ("4", "1.00"),
    ]
    drawing = parts_drawn(plan, {})
    numbers = [part.number for part in plan.parts]
    assert [
        (number, int(bar.width)) for number, bar in zip(numbers, drawing.bars, strict=True)
    ] == [
        ("2.1", 88),
        ("3.1", 79),
        ("4.1", 90),
        ("4.2", 84),
        ("5.1", 82),
    ]
    assert [(part.number, str(part.full)) for part in now.parts] == [
        ("1", "70.00"),
        ("2.1", "20.00"),
        ("2.2", "10.00"),
    ]


def test_what_was_not_reported_is_not_a_bar_of_nothing(provinces: list[Body]) -> None:
    plan = regimes_of(provinces[2])[1].rows[0]

    assert [part.got for part in plan.parts if part.number == "4.1"] == [None]


def test_the_history_shows_each_year_in_its_own_figures_and_words(
    client: Client, provinces: list[Body]
) -> None:
    text = text_of(client, "/agencies/TH-16/history/")

    says = [
        "3.7740",
        "5.0000",
        "84.62",
        "มีสิทธิได้รับสิ่งจูงใจ",
        "ผ่าน",
        "ระดับคุณภาพ",
        "ระหว่างปี 2561 กับปี 2567",
        "ระหว่างปี 2554 กับปี 2561",
        "ข้อมูลสาธิต",
        "/results/2554/12m/TH-16/explanation/",
        "/results/2561/12m/TH-16/compare/",
    ]
    assert [one for one in says if one not in text] == []
    assert "polyline" not in text
    assert "/agencies/TH-16/history/" in text_of(client, f"/agencies/{provinces[0].code}/")


@pytest.mark.usefixtures("provinces")
def test_the_history_as_a_csv_says_in_each_row_the_scale_of_its_year(client: Client) -> None:
    path = "/agencies/TH-16/history/history.csv"
    assert path in text_of(client, "/agencies/TH-16/history/")
    rows = list(csv.DictReader(client.get(path).content.decode("utf-8-sig").splitlines()))

    assert [(row["year"], row["total"], row["scale"]) for row in rows] == [
        ("2567", "96.00", "100"),
        ("2561", "84.62", "100"),
        ("2554", "3.7740", "5"),
    ]
    assert all(row["evaluation"] for row in rows)
    assert len({row["evaluation"] for row in rows}) == 3


def test_a_year_whose_rulebook_cannot_be_read_any_more_is_shown_as_recorded(
    client: Client, provinces: list[Body]
) -> None:
    Result.objects.filter(body=provinces[0], fiscal_year=2561).update(rulebook_sha256="0" * 64)
    text = text_of(client, "/agencies/TH-16/history/")

    assert "ไม่มีหลักเกณฑ์ที่ใช้คำนวณผลนี้ในระบบ แสดงตามที่บันทึก" in text
    assert [one.changed for one in regimes_of(provinces[0])] == [["unknown"], ["unknown"], []]


def test_results_that_are_not_released_are_in_no_history(
    client: Client, provinces: list[Body]
) -> None:
    Result.objects.filter(body=provinces[0], fiscal_year=2554).update(state="computed")

    assert "3.7740" not in text_of(client, "/agencies/TH-16/history/")


def test_a_history_costs_the_same_with_one_year_and_with_three(provinces: list[Body]) -> None:
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            found = regimes_of(provinces[0])
        costs.append((len(found), len(queries)))
        Result.objects.filter(body=provinces[0]).exclude(fiscal_year=2561).update(state="computed")

    assert costs == [(3, 2), (1, 2)]


# --- Every public page of every regime ---------------------------------------------------------


PUBLIC = [
    "/results/{}/12m/",
    "/results/{}/12m/overview/",
    "/results/{}/data/",
    "/results/{}/12m/TH-16/",
    "/results/{}/12m/TH-16/explanation/",
    "/results/{}/12m/TH-16/compare/",
    "/years/{}/",
    "/results/{}/12m/results.csv",
]


@pytest.mark.usefixtures("provinces")
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("year", [2554, 2561, 2567])
def test_every_public_page_opens_for_every_regime(client: Client, year: int, language: str) -> None:
    client.cookies["language"] = language
    choose(client, year)
    pages = {
        path: text_of(client, path.format(year)) for path in [*PUBLIC, "/", "/agencies/TH-16/"]
    }

    if year != 2567:
        words = ("ระดับคุณภาพ", "ระดับมาตรฐาน", "Quality", "Standard")
        elsewhere = (
            "/results/{}/12m/TH-16/compare/",
            "/agencies/TH-16/",
        )  # other years stand there
        mixed = {
            path: [word for word in words if word in text]
            for path, text in pages.items()
            if path not in elsewhere
        }
        assert [path for path, found in mixed.items() if found] == []


@pytest.mark.usefixtures("provinces")
def test_totals_of_2554_have_four_decimals_everywhere(client: Client) -> None:
    choose(client, 2554)
    shown = {path: text_of(client, path.format(2554)) for path in PUBLIC}

    assert "3.7740" in shown["/results/{}/12m/"]
    assert "3.7740" in shown["/results/{}/12m/results.csv"]
    assert "3.7740" in shown["/results/{}/12m/TH-16/compare/"]
    assert "ทศนิยม 4 ตำแหน่ง" in shown["/results/{}/12m/overview/"]
    assert re.findall(r">\d\.\d\d<", shown["/results/{}/12m/"]) == []


@pytest.mark.usefixtures("provinces")
def test_what_a_kpi_of_2554_lost_is_of_its_full_mark(client: Client) -> None:
    # 50 per cent of 5 is 2.5; 1.734 of it was won.
    assert "จาก 2.5" in text_of(client, "/results/2554/12m/TH-16/")


@pytest.mark.usefixtures("provinces")
def test_what_4_2_lost_in_2561_is_of_the_whole(client: Client) -> None:
    assert "จาก 100" in text_of(client, "/results/2561/12m/TH-16/")


@pytest.mark.usefixtures("provinces")
def test_kpis_of_2561_stand_under_their_components(client: Client) -> None:
    text = text_of(client, "/results/2561/12m/TH-16/")

    assert "Agenda Base" in text
    assert "11 จาก 13 ผลผลิต" in text


@pytest.mark.usefixtures("provinces")
@pytest.mark.parametrize("year", [2554, 2561])
def test_the_data_package_is_built_alike_twice_and_replays(year: int, tmp_path: Path) -> None:
    first = package_of(year)
    cache.clear()
    again = package_of(year)
    assert first is not None
    assert again is not None
    assert first.content == again.content
    path = tmp_path / f"esar-{year}.zip"
    path.write_bytes(first.content)

    with pytest.raises(SystemExit) as ended:
        main(["replay", str(path), "--sha256", first.sha256])

    assert (ended.value.code, first.count) == (0, 3)


def test_a_department_of_2567_has_one_regime() -> None:
    body = department("D1")
    result(body)

    assert [(one.first, one.last) for one in regimes_of(body)] == [(2567, 2567)]


def test_demo_results_of_past_years_are_marked(provinces: list[Body]) -> None:
    rows = json.loads(PAST.read_text("utf-8"))

    assert {row["note"] for row in rows} == {
        "ข้อมูลสาธิต ไม่ใช่ผลการประเมินจริง / Demo data, not a real result"
    }
    assert all(row.is_demo for body in provinces for one in regimes_of(body) for row in one.rows)


@pytest.mark.parametrize("back", ["//[", "http://[", "http://[::1/", "javascript:alert(1)", ""])
def test_a_way_back_that_is_no_address_of_ours_leads_home(client: Client, back: str) -> None:
    answer = client.post("/year/", {"year": "2554", "next": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
