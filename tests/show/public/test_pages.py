"""Every page, as a browser without scripts gets it."""

from __future__ import annotations

import csv
import json
import logging.config
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from esar.config import settings as settings_of_the_site
from esar.platform.organisations.models import Body
from tests.show.public.make import department, province, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]

PAGES = [
    "/",
    "/about/",
    "/departments/",
    "/ranking/2567/12m/province/",
    "/ranking/2567/12m/department/",
    "/ranking/2567/12m/department/ranking.csv",
    "/compare/",
    "/compare/2567/12m/D1/",
    "/compare/2567/12m/D1+D2/",
    "/explore/2567/12m/",
    "/explore/2567/12m/kpis.csv",
    "/ranking/2567/12m/department/components.csv",
    "/years/",
    "/years/2554/",
    "/years/2561/",
    "/years/2567/",
    "/years/2568/",
    "/years/2567/tables/",
    "/years/2567/tables/T8/",
    "/years/2567/tables/figures/",
    "/rules/2554/",
    "/rules/2561/",
    "/rules/2567/",
    "/rules/2568/",
    "/rules/2561/?on=2017-10-01",
    "/rules/2567/assumptions/",
    "/agendas/2567/",
    "/agendas/2567/dust/",
    "/sub-indicators/",
    "/sub-indicators/sub-indicators.csv",
    "/joint-kpis/",
    "/joint-kpis/holders.csv",
    "/agencies/",
    "/agencies/D1/",
    "/agencies/MOC/",
    "/agencies/TH-98/",
    "/agencies/D1/history/",
    "/agencies/TH-98/history/",
    "/results/2567/12m/",
    "/results/2567/12m/D1/",
    "/results/2567/12m/D1/explanation/",
    "/results/2567/12m/results.csv",
    "/results/2567/12m/D1/score.json",
    "/results/2567/12m/D1/kpis.csv",
    "/healthz",
]


@pytest.fixture
def some_results() -> None:
    result(department("D1", "กรมการค้าภายใน"), "95")
    result(department("D2", parent="MOT"), "81", digital=None)
    result(province("TH-98"), None)


@pytest.mark.usefixtures("some_results")
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_both_languages(client: Client, path: str, language: str) -> None:
    client.cookies["language"] = language
    response = client.get(path)

    assert response.status_code == 200
    if response["Content-Type"].startswith("text/html"):
        assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/years/", "/agencies/", "/healthz"])
def test_pages_answer_before_there_is_any_data(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/rules/2599/",
        "/years/2599/",
        "/agencies/NONE/history/",
        "/rules/2599/assumptions/",
        "/agencies/NONE/",
        "/results/2567/9m/",
        "/results/2567/12m/NONE/",
        "/results/2567/12m/NONE/explanation/",
    ],
)
def test_what_is_not_there_is_404_with_a_way_back(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert "ไม่พบหน้าที่ขอ" in response.content.decode()


def test_the_list_above_opens_a_body_of_every_kind() -> None:
    assert {"D1", "MOC", "TH-98"} <= {path.split("/")[2] for path in PAGES if "/agencies/" in path}
    assert {"department", "ministry", "province"} <= set(Body.Kind)


def test_a_ministry_lists_its_departments(client: Client) -> None:
    department("D1", "กรมการค้าภายใน")
    department("D2", "กรมการขนส่ง", parent="MOT")

    page = client.get("/agencies/MOC/").content.decode()

    assert ("กรมการค้าภายใน" in page, "กรมการขนส่ง" in page) == (True, False)


def test_an_error_of_ours_is_a_page_for_the_reader_and_a_traceback_in_the_log(
    client: Client, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("esar.platform.organisations.tables.groups", lambda: 1 / 0)
    logging.config.dictConfig(settings_of_the_site.LOGGING)

    response = client.get("/agencies/")

    assert response.status_code == 500
    assert "Traceback" not in response.content.decode()
    assert "ZeroDivisionError: division by zero" in capfd.readouterr().err


@pytest.mark.parametrize("on", ["2560-10-01", "yesterday", "2017-02-29", "2017-13-01"])
def test_a_day_that_is_none_is_a_sentence_not_an_error(client: Client, on: str) -> None:
    response = client.get("/rules/2561/", {"on": on})

    assert response.status_code == 400
    assert f"“{on}” ไม่ใช่วันที่" in response.content.decode()


def test_the_rules_page_shows_what_binds_on_the_day(client: Client) -> None:
    before = client.get("/rules/2561/", {"on": "2017-10-01"}).content.decode()
    after = client.get("/rules/2561/", {"on": "2017-11-01"}).content.decode()

    assert ('id="4.2.groups"' in before, 'id="4.2.groups"' in after) == (True, False)
    assert "15 พฤศจิกายน 2560" in after


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_takes_anything_but_a_reading(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(path).status_code == 405


def names(response: Any) -> list[str]:
    return [line.row.result.body.code for line in response.context["list"].lines]


@pytest.mark.each_database
@pytest.mark.usefixtures("some_results")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["D1", "D2", "TH-98"]),
        ({"sort": "total"}, ["TH-98", "D2", "D1"]),
        ({"q": "ค้าภาย"}, ["D1"]),
        ({"q": "d2"}, ["D2"]),
        ({"q": "ทดสอบ TH"}, ["TH-98"]),
        ({"kind": "province"}, ["TH-98"]),
        ({"group": "MOT"}, ["D2"]),
        ({"group": "เหนือ"}, ["TH-98"]),
        ({"grade": "quality"}, ["D1"]),
        ({"sort": "nonsense", "page": "99"}, ["D1", "D2", "TH-98"]),
        ({"q": "ไม่มีแน่"}, []),
    ],
)
def test_results_are_searched_filtered_and_sorted(
    client: Client, asked: dict[str, str], found: list[str]
) -> None:
    assert names(client.get("/results/2567/12m/", asked)) == found


@pytest.mark.usefixtures("some_results")
def test_an_empty_list_offers_a_way_back(client: Client) -> None:
    page = client.get("/agencies/", {"q": "ไม่มีแน่"}).content.decode()

    assert "ไม่พบรายการที่ตรงกับตัวกรอง" in page


@pytest.mark.parametrize("path", ["/results/2567/12m/", "/agencies/"])
def test_a_list_costs_the_same_queries_with_1_and_3_rows(
    client: Client, path: str, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    result(department("D1"))
    with CaptureQueriesContext(connection) as with_one:
        client.get(path)
    result(department("D2"))
    result(province("TH-98"))

    with django_assert_num_queries(len(with_one)):
        client.get(path)


def test_a_long_list_has_pages(client: Client) -> None:
    for number in range(51):
        department(f"D{number}")

    first, second = client.get("/agencies/"), client.get("/agencies/", {"page": "2"})

    assert [len(one.context["list"].lines) for one in (first, second)] == [50, 1]


@pytest.mark.usefixtures("some_results")
def test_the_csv_is_the_list_and_opens_as_thai(client: Client) -> None:
    response = client.get("/results/2567/12m/results.csv", {"q": "D1"})
    text = response.content.decode("utf-8-sig")

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert [row[:2] for row in csv.reader(StringIO(text))] == [
        ["code", "body"],
        ["D1", "กรมการค้าภายใน"],
    ]


def test_a_name_that_looks_like_a_formula_is_disarmed_in_the_csv(client: Client) -> None:
    result(department("D1", "=HYPERLINK(1)"))
    text = client.get("/results/2567/12m/results.csv").content.decode("utf-8-sig")

    assert next(iter(list(csv.reader(StringIO(text)))[1:]))[1] == "'=HYPERLINK(1)"


@pytest.mark.usefixtures("some_results")
def test_the_json_is_the_kept_explanation(client: Client) -> None:
    kept = json.loads(client.get("/results/2567/12m/D1/score.json").content)

    assert (kept["total"], kept["grade"]["id"]) == ("96.00", "quality")


@pytest.mark.usefixtures("some_results")
def test_not_reported_is_said_and_is_not_a_zero_result(client: Client) -> None:
    page = client.get("/results/2567/12m/D2/").content.decode()

    assert "ไม่รายงานผล" in page
    assert "status-not_reported" in page


def test_a_name_with_markup_is_shown_as_text(client: Client) -> None:
    result(department("D1", "<script>alert(1)</script>"))

    page = client.get("/results/2567/12m/").content.decode()

    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [("/agencies/?q=a", "/agencies/?q=a"), ("https://evil.example/", "/"), ("//evil.example", "/")],
)
def test_choosing_a_language_leads_back_here_and_nowhere_else(
    client: Client, back: str, leads_to: str
) -> None:
    response = client.get("/language/en/", {"next": back})

    assert (response.status_code, response["Location"]) == (302, leads_to)
    assert client.get("/").content.decode().count('<html lang="en">') == 1


def test_the_policy_allows_no_script_but_our_own(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_every_address_is_in_the_list_above() -> None:
    """A new page must be added to PAGES, or here with its reason."""
    routes = {pattern.name for pattern in get_resolver().url_patterns[0].url_patterns}

    assert routes == {
        "home",
        "about",
        "home-of-departments",
        "find",  # redirect
        "ranking-now",  # redirect
        "ranking",
        "ranking-export",
        "chart-csv",
        "beside-now",
        "beside",  # tests/show/public/test_beside.py
        "explore-now",  # redirect; what follows: tests/show/public/test_measures.py
        "measures",
        "measures-export",
        "measure",
        "measure-csv",
        "measure-embedded",
        "years",
        "year",
        "history",
        "rules",
        "assumptions",
        "agencies",
        "agency",
        "results",
        "results-export",
        "scorecard",
        "explanation",
        "scorecard-json",
        "scorecard-csv",
        "healthz",
        "rules-now",
        "newest-results",  # redirect
        "newest-agendas",  # redirect
        "agendas",
        "agenda",
        "sub-indicators",
        "sub-indicators-export",
        "sub-indicator",  # tests/agree/agendas/test_pages.py
        "holders",
        "holders-export",
        "overview",
        "compare",
        "data",
        "data-package",
        "public-evidence",  # tests/browser/test_year.py
        "late",
        "summary",  # tests/show/public/test_late.py, tests/show/public/test_summary.py
        "history-csv",  # tests/show/public/test_frame.py
        "log",  # this and what follows: tests/show/public/test_log.py
        "checkpoint",
        "older-checkpoint",
        "stamp",  # tests/platform/history/test_stamped_log.py
        "event-proof",
        "body-proof",
    }


@pytest.mark.parametrize(
    ("typed", "proper"),
    [
        ("/agencies/th-90/", "/agencies/TH-90/"),
        ("/agencies/th-90/history/", "/agencies/TH-90/history/"),
        ("/results/2567/12m/th-90/", "/results/2567/12m/TH-90/"),
        ("/years/2567/tables/t1/?on=2024-01-01", "/years/2567/tables/T1/?on=2024-01-01"),
    ],
)
def test_a_code_in_small_letters_leads_to_its_page(client: Client, typed: str, proper: str) -> None:
    result(province("TH-90"))
    answer = client.get(typed)

    assert (answer.status_code, answer.headers.get("Location")) == (301, proper)


@pytest.mark.parametrize(
    "path", ["/agencies/th-00/", "/agencies/TH-00/", "/years/2567/tables/t99/", "/agendas/2567/no/"]
)
def test_a_code_of_nothing_is_not_found_however_it_is_typed(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
