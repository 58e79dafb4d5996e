"""A declared list: filters in the address, sorts, pages, and the same rows as files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest
from django.template import Context, Template
from openpyxl import load_workbook

from esar.platform.organisations.models import Body
from esar.platform.ui.exports import csv_answer, xlsx_answer
from esar.platform.ui.filters import Choice, Search
from esar.platform.ui.list_page import (
    FIRST,
    WIDE_ONLY,
    Column,
    Field,
    ListPage,
    WorkedList,
    ordered,
)
from tests.show.public.make import department, province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


class Bodies(ListPage[Body]):
    """Bodies, for these tests."""

    title, empty = "Bodies", "No body yet."
    name, address = "bodies", "letters:letters-export"  # any address of files will do
    sort, then = "name", ("code",)
    filters = (
        Search(paths=("name_en", "code")),
        Choice("kind", "Kind", values=("department", "province"), words=str.title),
    )
    columns = (
        Column("name", "Name", "name_en", sort="name_en", phone=FIRST, link=lambda b: f"/{b.code}"),
        Column("code", "Code", sort="code", also=lambda body: f" ({body.kind})"),
        Column("region", "Region", "region_th", phone=WIDE_ONLY, figure=True),
        Column("ministry", "Ministry", "parent.name_en"),
    )
    fields = (
        Field("code", "Code"),
        Field("kind", "Kind", as_=str.title),
        Field("size", "Size", lambda body: f"{len(body.code)}.50", figure=True),
    )

    def rows(self) -> QuerySet[Body]:
        return Body.objects.exclude(kind="ministry").select_related("parent")


@pytest.fixture
def bodies() -> list[Body]:
    return [department("A1"), department("B2"), province("C3")]


def listed(rf: Any, query: str = "") -> Bodies:
    request: HttpRequest = rf.get(f"/bodies/?{query}")
    request.user = AnonymousUser()
    return Bodies(request)


def drawn(page: ListPage[Any], template: str) -> str:
    text = Template("{% load components %}" + template).render(Context({"list": page}))
    return re.sub(r" ?(</?|/?>) ?", r"\1", " ".join(text.split()))  # where lines break is no matter


def codes(page: Bodies) -> list[str]:
    return [line.row.code for line in page.lines]


@pytest.mark.each_database
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["A1", "B2", "C3"]),
        ("q=department", ["A1", "B2"]),
        ("q=department+b2", ["B2"]),
        ("kind=province", ["C3"]),
        ("kind=moon", ["A1", "B2", "C3"]),
        ("sort=-code", ["C3", "B2", "A1"]),
        ("sort=-name&kind=department", ["B2", "A1"]),
        ("sort=moon", ["A1", "B2", "C3"]),
        ("page=7", ["A1", "B2", "C3"]),
    ],
)
@pytest.mark.usefixtures("bodies")
def test_what_is_asked_for_in_the_address_is_what_is_shown(
    rf: Any, query: str, found: list[str]
) -> None:
    assert codes(listed(rf, query)) == found


@pytest.mark.usefixtures("bodies")
def test_a_heading_sorts_and_keeps_the_filters(rf: Any) -> None:
    heads = {head.column.name: head for head in listed(rf, "kind=department&sort=name").heads()}

    assert [heads["name"].href, heads["name"].direction] == [
        "?kind=department&sort=-name",
        "ascending",
    ]
    assert [heads["code"].href, heads["code"].direction] == ["?kind=department&sort=code", "none"]
    assert [heads["region"].href, heads["region"].css] == ["", "num wide-only"]


@pytest.mark.usefixtures("bodies")
def test_a_cell_has_its_label_on_a_phone_its_link_and_what_follows(rf: Any) -> None:
    html = drawn(listed(rf, "q=a1"), "{% list_table list %}{% endlist_table %}")

    assert '<th scope="row"><a href="/A1">Department A1</a></th>' in html
    assert '<td data-label="Code">A1 (department)</td>' in html
    assert '<td class="num none wide-only">–</td>' in html
    assert '<td data-label="Ministry">Ministry MOC</td>' in html
    assert '<a href="/letters/letters.xlsx?q=a1">' in html


def test_a_list_without_rows_says_why(rf: Any) -> None:
    table = "{% list_table list %}{% endlist_table %}"

    assert drawn(listed(rf), table) == '<p class="empty">No body yet.</p>'
    assert "ไม่พบรายการที่ตรงกับตัวกรอง" in drawn(listed(rf, "q=x"), table)


@pytest.mark.usefixtures("bodies")
def test_the_filter_bar_shows_what_was_chosen_and_a_way_to_clear_it(rf: Any) -> None:
    html = drawn(listed(rf, "q=%3Cb%3E&kind=province"), "{% filter_bar list %}")

    assert 'value="&lt;b&gt;"' in html
    assert '<option value="province" selected>Province</option>' in html
    assert '<a class="button button-quiet" href="?">' in html
    assert 'href="?"' not in drawn(listed(rf), "{% filter_bar list %}")


def test_a_list_that_can_be_asked_for_nothing_has_no_filter_bar(rf: Any) -> None:
    class Unfiltered(Bodies):
        filters = ()

    assert drawn(Unfiltered(listed(rf).request), "{% filter_bar list %}") == ""


@pytest.mark.usefixtures("bodies")
def test_rows_that_are_ticked_are_posted_with_what_is_done(rf: Any) -> None:
    page = listed(rf)
    page.picks, page.may_pick = "body", True  # type: ignore[misc]
    table = '{% list_table list action="/do/" %}<button>Do</button>{% endlist_table %}'
    html = drawn(page, table)

    assert '<form method="post" action="/do/">' in html
    assert html.count('type="checkbox" name="body"') == 3
    assert 'aria-label="Department A1"' in html
    assert html.index("<button>Do</button>") > html.index("</table>")


@pytest.mark.parametrize(("many", "queries"), [(1, 1), (50, 1), (51, 2)])
def test_a_page_costs_a_query_and_one_to_count_more_rows_than_it_holds_and_a_file_one(
    rf: Any, many: int, queries: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        department(f"D{number}")
    with django_assert_num_queries(queries):
        assert len(
            drawn(listed(rf), "{% filter_bar list %}{% list_table list %}{% endlist_table %}")
        )
    for kind in ("csv", "xlsx"):
        with django_assert_num_queries(1):
            listed(rf).file(kind)


def test_more_rows_than_a_page_are_reached_with_the_filters(rf: Any) -> None:
    for number in range(51):
        department(f"D{number:02}")
    page = listed(rf, "kind=department&sort=-code")

    assert [len(page.lines), page.page.paginator.count] == [50, 51]
    assert page.next() == "?kind=department&sort=-code&page=2"
    assert codes(listed(rf, "kind=department&sort=-code&page=2")) == ["D00"]


@pytest.mark.usefixtures("bodies")
def test_files_hold_what_was_asked_for_in_codes_or_in_words(rf: Any) -> None:
    page = listed(rf, "kind=department&sort=-code")
    lines = page.file("csv").content.decode().splitlines()
    book = load_workbook(BytesIO(page.file("xlsx").content))

    assert lines == ["\ufeffcode,kind,size", "B2,department,2.50", "A1,department,2.50"]
    assert [[cell.value for cell in row] for row in book.active.rows] == [
        ["Code", "Kind", "Size"],
        ["B2", "Department", 2.5],
        ["A1", "Department", 2.5],
    ]
    with pytest.raises(Http404):
        page.file("exe")


VALUES: list[object] = [
    None,
    0,
    True,
    Decimal("12.5000"),
    Decimal("-3"),
    date(2024, 2, 10),
    datetime(2024, 2, 10, 3, 0, tzinfo=UTC),
    "-3.5",
    "=1+1",
    "@x",
    "ก,ข",
]


def test_a_csv_has_no_formula_no_zeros_of_the_database_and_local_moments() -> None:
    content = csv_answer("x", ["a"], [[value] for value in VALUES]).content.decode()

    assert content.split("\r\n") == [
        "\ufeffa",
        '""',
        "0",
        "True",
        "12.5",
        "-3",
        "2024-02-10",
        "2024-02-10T10:00:00+07:00",
        "-3.5",
        "'=1+1",
        "'@x",
        '"ก,ข"',
        "",
    ]


def test_a_workbook_has_figures_and_days_and_text_that_stays_text() -> None:
    answer = xlsx_answer("x", "ก/ข: " + "ยาว" * 20, ["หัว"], [[value] for value in VALUES])
    sheet: Any = load_workbook(BytesIO(answer.content)).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]

    assert [cell.value for cell in cells[2:6]] == [True, 12.5, -3, datetime(2024, 2, 10)]  # noqa: DTZ001 a workbook has no zones
    assert cells[6].value == datetime(2024, 2, 10, 10)  # noqa: DTZ001 as above
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells[7:10]] == [
        ("-3.5", "s", True),
        ("=1+1", "s", True),
        ("@x", "s", True),
    ]
    assert [sheet.freeze_panes, sheet.auto_filter.ref, len(sheet.title)] == ["A2", "A1:A12", 31]
    assert answer["Content-Disposition"] == 'attachment; filename="x.xlsx"'


def test_a_workbook_shows_where_a_text_has_a_sign_that_no_workbook_can_hold() -> None:
    old_words = ["ลดคดี\x0bอาญา", "\uffff" + "ย" * 80, "=1\x1b"]  # of before they were left out
    answer = xlsx_answer("x", "ก\x07", ["หัว\x0b"], [[words] for words in old_words])
    sheet: Any = load_workbook(BytesIO(answer.content)).active

    cells = ["หัว\ufffd", "ลดคดี\ufffdอาญา", "\ufffd" + "ย" * 80, "=1\ufffd"]
    assert [row[0].value for row in sheet.iter_rows()] == cells
    assert sheet.title == "ก "


def test_an_order_is_turned_and_empty_rows_stay_last_where_they_shall() -> None:
    order = ["a", "-b", F("c"), F("d").asc(nulls_last=True)]
    forwards, backwards = ordered(order, backwards=False), ordered(order, backwards=True)

    assert (forwards[:2], backwards[:2]) == (["a", "-b"], ["-a", "b"])
    assert (forwards[2], backwards[2]) == (
        F("c").asc(nulls_last=True),
        F("c").desc(nulls_last=True),
    )
    turned = backwards[3]
    assert (forwards[3], turned.descending, turned.nulls_first) == (order[3], True, True)


@dataclass(frozen=True)
class Share:
    """A row that was worked out."""

    body: Body
    kind: str
    points: int | None


class Shares(WorkedList[Share]):
    """Shares of bodies, for these tests."""

    title, name, address = "Shares", "shares", "letters:letters-export"
    page_size = 2
    filters = (
        Search(paths=("body__name_en", "body__code")),
        Choice("kind", "Kind", values=("split", "whole"), words=str.title),
    )
    columns = (
        Column("body", "Body", "body.name_en", sort="body__name_en", phone=FIRST),
        Column("points", "Points", sort="points", figure=True),
    )
    fields = (Field("code", "Code", "body.code"), Field("points", "Points"))

    def rows(self) -> list[Share]:
        return [
            Share(Body(code="C3", name_en="Gamma"), "split", 7),
            Share(Body(code="A1", name_en="Alpha"), "whole", None),
            Share(Body(code="B2", name_en="Beta"), "whole", 9),
        ]


@pytest.mark.parametrize(
    ("query", "codes_in_file"),
    [
        ("", ["C3", "A1", "B2"]),
        ("q=ALPHA", ["A1"]),
        ("q=b2+bet", ["B2"]),
        ("kind=whole", ["A1", "B2"]),
        ("kind=moon", ["C3", "A1", "B2"]),
        ("sort=body", ["A1", "B2", "C3"]),
        ("sort=points", ["C3", "B2", "A1"]),
        ("sort=-points", ["B2", "C3", "A1"]),
        ("sort=-points&kind=whole", ["B2", "A1"]),
    ],
)
def test_rows_that_are_worked_out_are_filtered_sorted_and_given_out_alike(
    rf: Any, query: str, codes_in_file: list[str]
) -> None:
    request: HttpRequest = rf.get(f"/shares/?{query}")
    request.user = AnonymousUser()
    page = Shares(request)
    lines = page.file("csv").content.decode().splitlines()

    assert [line.split(",")[0] for line in lines[1:]] == codes_in_file
    assert [line.row.body.code for line in page.lines] == codes_in_file[:2]
    assert page.page.paginator.count == len(codes_in_file)


def test_rows_that_are_alike_are_drawn_once_and_shown_each(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    class Drawing:
        @staticmethod
        def render(context: dict[str, Any]) -> str:
            drawn.append(context["row"].code)
            return f"<i>{context['row'].kind}</i>"

    monkeypatch.setattr("esar.platform.ui.list_page.get_template", lambda _name: Drawing)
    draw = Column("kind", "Kind", cell="a.html", alike="kind").drawer()
    rows = [Body(code=code, kind=kind) for code, kind in (("A", "x"), ("B", "y"), ("C", "x"))]

    assert [str(draw(row).html) for row in rows] == ["<i>x</i>", "<i>y</i>", "<i>x</i>"]
    assert drawn == ["A", "B"]
