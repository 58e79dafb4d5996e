"""Where bodies stand: ranks, grades, means, and the first page that tells them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.judge.results.actions import record_result
from esar.judge.results.models import Result
from esar.law.scoring.facts import Given
from esar.law.scoring.scorecard import score
from esar.platform.charts.figures import Missing
from esar.platform.organisations.models import Body
from esar.platform.ui import books, clock
from esar.show.public.standings import queries
from esar.show.public.standings.facts import facts_of
from esar.show.public.standings.queries import field_of, ranks_of
from tests.law.scoring.make import book
from tests.show.public.make import AT, card, department, province, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
PROVINCES, DEPARTMENTS = "/ranking/2567/12m/province/", "/ranking/2567/12m/department/"


@pytest.fixture
def nation() -> None:
    result(province("TH-50"), "95")
    result(province("TH-51"), "95")
    result(province("TH-52"), "84")
    result(province("TH-90", "ใต้"), "70")
    result(province("TH-91", "ใต้"), None, digital=None)
    result(department("D1"), "95")
    result(department("D2", parent="MOT"), "70")


def silent(body: Body) -> Result:
    """A result in which nothing at all was reported, which the rules count as zero."""
    asked = card(body, None, None)
    kpis = (*asked.kpis[:2], replace(asked.kpis[2], result=Given(None)))
    return record_result(body, score(replace(asked, kpis=kpis), book(2567)), is_demo=True, at=AT)


def field(kind: str = "province") -> queries.Field:
    return field_of(2567, "12m", kind)


def ranks(kind: str = "province") -> dict[str, int | None]:
    return {standing.body.code: standing.rank for standing in field(kind).standings}


def test_equal_totals_share_a_rank_and_the_next_is_left_out() -> None:
    totals = {"a": Decimal(90), "b": Decimal(80), "c": Decimal(90), "d": Decimal(70)}

    assert ranks_of(totals) == {"a": 1, "c": 1, "b": 3, "d": 4}


@pytest.mark.usefixtures("nation")
def test_each_kind_is_ranked_by_itself() -> None:
    assert ranks("department") == {"D1": 1, "D2": 2}
    assert ranks() == {"TH-50": 1, "TH-51": 1, "TH-52": 3, "TH-90": 4, "TH-91": 5}


def test_who_reported_nothing_has_no_rank_and_no_part_in_the_mean() -> None:
    reported = result(province("TH-50"), "95")
    silent(province("TH-51"))

    assert ranks() == {"TH-50": 1, "TH-51": None}
    assert field().mean == reported.total
    assert [standing.figure for standing in field().silent] == [Missing.NOT_REPORTED]


@pytest.mark.usefixtures("nation")
def test_facts_are_what_the_explanation_says() -> None:
    rows = list(Result.objects.all())
    facts = facts_of(rows)

    assert {row.pk: [kpi["id"] for kpi in row.explanation["kpis"]] for row in rows} == {
        pk: [kpi.number for kpi in of_row.kpis] for pk, of_row in facts.items()
    }
    assert {
        row.pk: [part["weighted"] for part in row.explanation["components"]] for row in rows
    } == {pk: [f"{part.weighted:f}" for part in of_row.parts] for pk, of_row in facts.items()}


@pytest.mark.usefixtures("nation")
def test_explanations_are_read_once(django_assert_num_queries: Any) -> None:
    rows = list(Result.objects.defer("explanation"))
    with django_assert_num_queries(1):
        first = facts_of(rows)
    with django_assert_num_queries(0):
        assert facts_of(rows) == first


def lists_behind(page: str) -> Iterator[tuple[str, int]]:
    """Each link of the first page into a list, with the figure that it stands on or behind."""
    card = r'href="(/ranking/[^"]*\?grade=[^"]*)".*?grade-card-count">\s*(\d+)'
    for address, count in re.findall(card, page, re.DOTALL):
        yield address, int(count)
    home = r'href="(/ranking/[^"]*\?(?:cluster|ministry)=[^"]*)">.*?chart-of">\((\d+)\)'
    for address, count in re.findall(home, page, re.DOTALL):
        yield address, int(count)


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize("path", ["/", "/departments/"])
def test_every_figure_of_the_first_page_leads_to_a_list_of_that_many(
    client: Client, path: str
) -> None:
    figures = list(lists_behind(client.get(path).content.decode()))

    assert len(figures) >= len(books.grades(2567))
    for address, count in figures:
        assert len(client.get(address.replace("&amp;", "&")).context["list"].lines) == count


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ({}, ["TH-50", "TH-51", "TH-52", "TH-90", "TH-91"]),
        ({"region": "ใต้"}, ["TH-90", "TH-91"]),
        ({"q": "TH-5"}, ["TH-50", "TH-51", "TH-52"]),
        ({"sort": "-rank", "region": "เหนือ"}, ["TH-52", "TH-50", "TH-51"]),
        ({"region": "nonsense"}, ["TH-50", "TH-51", "TH-52", "TH-90", "TH-91"]),
    ],
)
def test_the_ranking_is_searched_filtered_and_sorted(
    client: Client, asked: dict[str, str], listed: list[str]
) -> None:
    lines = client.get(PROVINCES, asked).context["list"].lines

    assert [line.row.body.code for line in lines] == listed


@pytest.mark.usefixtures("nation")
def test_departments_are_filtered_by_their_ministry(client: Client) -> None:
    lines = client.get(DEPARTMENTS, {"ministry": "MOT"}).context["list"].lines

    assert [line.row.body.code for line in lines] == ["D2"]


@pytest.mark.usefixtures("nation")
def test_the_ranking_as_a_file_has_every_body_of_its_kind(client: Client) -> None:
    text = client.get(f"{PROVINCES}ranking.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))

    assert [row["code"] for row in rows] == ["TH-50", "TH-51", "TH-52", "TH-90", "TH-91"]
    assert [row["rank"] for row in rows][:3] == ["1", "1", "3"]


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize("name", ["map", "distribution", "regions", "components"])
def test_every_chart_of_the_first_page_has_its_figures_as_a_file(client: Client, name: str) -> None:
    place = Body.objects.create(
        code="CLUSTER-1", kind="cluster", name_th="กลุ่ม", name_en="Cluster", source="test"
    )
    Body.objects.filter(kind="province").update(cluster=place)
    drawn = client.get("/").context[name].table()
    text = client.get(f"{PROVINCES}{name}.csv").content.decode("utf-8-sig")

    assert len(list(csv.reader(StringIO(text)))) == len(drawn.rows) + 1


@pytest.mark.parametrize(
    "path",
    [
        "/ranking/2567/12m/cluster/",
        "/ranking/2567/9m/province/",
        "/ranking/2567/12m/province/nonsense.csv",
        "/ranking/2567/12m/cluster/map.csv",
        "/ranking/2567/12m/department/map.csv",
    ],
)
@pytest.mark.usefixtures("nation")
def test_what_is_no_ranking_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/departments/", PROVINCES, DEPARTMENTS])
def test_a_page_of_a_nation_costs_the_same_queries_with_1_and_4_bodies(
    client: Client, path: str, django_assert_num_queries: Any
) -> None:
    result(department("D1"))
    result(province("TH-50"))
    client.get(path)
    with CaptureQueriesContext(connection) as with_one:
        client.get(path)
    count = len(with_one)
    for number in range(2, 5):
        result(department(f"D{number}", parent=f"M{number}"))
        result(province(f"TH-5{number}"))
    client.get(path)

    with django_assert_num_queries(count):
        client.get(path)


def test_before_anything_is_published_the_first_page_says_why_and_what_comes(
    client: Client,
) -> None:
    page = client.get("/").content.decode()

    assert "ยังไม่มีผลการประเมิน" in page
    assert 'href="/agencies/"' in page


@pytest.mark.usefixtures("nation")
def test_a_year_without_results_says_that_another_is_shown(client: Client) -> None:
    client.cookies["year"] = "2568"
    page = client.get("/").content.decode()

    assert "ปีงบประมาณ พ.ศ. 2568 ยังไม่มีผลที่เผยแพร่ ที่แสดงอยู่คือผลปี 2567" in page


@pytest.mark.usefixtures("nation")
def test_while_the_first_results_of_a_new_year_come_the_last_whole_year_is_shown(
    client: Client,
) -> None:
    """Its first round ends in no grades; who chose the new year sees what there is of it."""
    clock.pretend(date(2025, 5, 20))
    of_2567 = Result.objects.filter(body__kind="province").order_by("pk")[0]
    copied = {
        field.attname: getattr(of_2567, field.attname)
        for field in Result._meta.concrete_fields
        if not field.primary_key
    }
    ungraded = {"grade_id": "", "explanation": of_2567.explanation | {"grade": None}}
    Result.objects.create(**copied | ungraded | {"fiscal_year": 2568, "round_id": "6m"})
    page = " ".join(client.get("/").content.decode().split())

    assert "ปีงบประมาณ 2567" in page
    assert 'href="/ranking/2568/6m/province/"' in page
    assert "ยังไม่มีผลที่เผยแพร่" not in page
    client.cookies["year"] = "2568"
    chosen = " ".join(client.get("/").content.decode().split())
    assert "จังหวัดแรกที่เผยแพร่แล้วได้" in chosen
    assert "แห่งเดียวที่เผยแพร่แล้ว" in chosen


@pytest.fixture
def a_year_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """2566 measured as 2567 is: no rulebook of it is kept, so that it borrows that one."""
    of_year = books.book
    monkeypatch.setattr(
        "esar.show.public.standings.queries.books.book",
        lambda year: of_year(2567 if year == 2566 else year),
    )
    queries.years_alike.cache_clear()
    yield
    queries.years_alike.cache_clear()


def last_year(one: Result, total: str) -> None:
    """The same body's total of 2566, written as a result that was kept."""
    explanation = one.explanation | {"year": 2566, "total": total}
    Result.objects.create(
        body=one.body,
        fiscal_year=2566,
        round_id="12m",
        state="released",
        total=Decimal(total),
        grade_id=one.grade_id,
        rulebook_sha256=one.rulebook_sha256,
        explanation=explanation,
        is_demo=True,
        computed_at=one.computed_at,
        released_at=one.released_at,
    )


@pytest.mark.usefixtures("a_year_before")
def test_bodies_beside_each_other_have_their_years_that_were_measured_alike(
    client: Client,
) -> None:
    last_year(result(province("TH-50"), "95"), "61.00")
    result(province("TH-51"), "84")
    page = client.get("/compare/2567/12m/TH-50+TH-51/")
    ((standing, drawing),) = page.context["beside"].trends

    assert standing.body.code == "TH-50"
    assert [year for year, _ in drawing.years] == [2566, 2567]
    assert (drawing.breaks, len(drawing.series[0].lines)) == ((), 1)


def test_where_no_year_was_measured_alike_that_is_said(client: Client) -> None:
    result(province("TH-50"), "95")
    result(province("TH-51"), "84")
    compared = client.get("/compare/2567/12m/TH-50+TH-51/").content.decode()
    ranking = client.get("/ranking/2567/12m/province/").content.decode()

    assert "จึงไม่มีแนวโน้มให้เทียบ" in compared
    assert "จึงไม่เทียบอันดับข้ามปี" in ranking


@pytest.mark.usefixtures("a_year_before")
def test_a_body_moves_by_the_ranks_between_two_years_that_measured_alike(client: Client) -> None:
    first, second = result(province("TH-50"), "95"), result(province("TH-51"), "84")
    last_year(first, "61.00")
    last_year(second, "80.00")

    moves = {standing.body.code: standing.moved for standing in field().standings}

    assert moves == {"TH-50": 1, "TH-51": -1}
    assert field().compared_with == 2566
    assert [graded.before for graded in field().grades] == [0, 1, 1, 0]
    page = client.get("/").content.decode()
    assert "ขึ้นมา 1 อันดับ" in page
    assert "ลงมา 1 อันดับ" in page


def test_nothing_is_compared_with_a_year_of_other_rules(client: Client) -> None:
    one = result(province("TH-50"), "95")
    last_year(one, "61.00")

    assert field().compared_with is None
    assert [standing.moved for standing in field().standings] == [None]
    assert "เทียบปี 2566" not in client.get("/").content.decode()


@pytest.mark.usefixtures("nation")
@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("TH-50", "/results/2567/12m/TH-50/"),
        ("D3", "/agencies/D3/"),
        ("ทดสอบ", "/agencies/?q=%E0%B8%97%E0%B8%94%E0%B8%AA%E0%B8%AD%E0%B8%9A"),
        ("", "/agencies/?q="),
    ],
)
def test_a_name_leads_to_its_result_or_to_its_page_or_to_all_that_have_it(
    client: Client, asked: str, leads_to: str
) -> None:
    department("D3")

    assert client.get("/find/", {"q": asked})["Location"] == leads_to
