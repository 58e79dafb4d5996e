"""What everyone reads of the agendas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.agendas.models import Holder, MainIndicatorValue
from esar.law.rules.text import Text
from esar.platform.charts.figures import Missing
from esar.platform.ui import clock
from esar.show.public.agendas.drawings import quarters_of
from esar.show.public.agendas.queries import Gauge, years_side_by_side
from tests.agree.agendas.make import HEAD, JULY, ON, WATER, enterprise, load, sub
from tests.make import World
from tests.show.public.make import province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
LISTS = ("/agendas/2567/", "/agendas/2567/dust/", "/joint-kpis/?year=2567", "/sub-indicators/")


@pytest.fixture
def loaded(world: World) -> World:
    enterprise()
    assert not load(world).problems
    clock.pretend(JULY)
    return world


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_sub_indicator_shows_all_its_holders(client: Client, language: str) -> None:
    client.cookies["language"] = language

    page = client.get(f"/sub-indicators/{sub('1-01').pk}/")

    assert page.status_code == 200
    assert [row.body.code for row in page.context["holders"]] == ["DIT", "TAT"]
    assert page.context["total"] == 80


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("asks", "codes"),
    [
        ("kind=state_enterprise", ["TAT"]),
        ("kind=department", ["DIT"]),
        ("kind=province", ["TH-74"]),
        ("kind=other", []),
        ("agenda=water", ["DIT", "TAT"]),
        ("gap=no_target", []),
        ("gap=no_kpi", ["DIT", "TAT", "TH-74"]),
    ],
)
def test_holders_are_listed_by_agenda_kind_and_what_is_missing(
    client: Client, asks: str, codes: list[str]
) -> None:
    page = client.get(f"/joint-kpis/?year=2567&{asks}")

    assert sorted(line.row.body.code for line in page.context["list"].lines) == codes


@pytest.mark.usefixtures("loaded")
def test_more_holders_cost_no_more_queries(client: Client) -> None:
    before = [queries(client, address) for address in LISTS]
    Holder.objects.bulk_create(
        Holder(sub_indicator=sub("5-01"), body=province(f"TH-{n}"), first_day=sub("5-01").first_day)
        for n in (50, 51, 52)
    )

    assert [queries(client, address) for address in LISTS] == before


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("code", ["water", "dust"])
def test_every_cell_of_the_chain_leads_to_as_many_sub_indicators(client: Client, code: str) -> None:
    page = client.get(f"/agendas/2567/{code}/").context
    cells = [cell for row in page["chain"].rows for cell in row.cells if cell.href]

    assert sum(cell.figure for cell in cells) == len(page["view"].subs) > 0
    for cell in cells:
        listed = client.get(cell.href, follow=True).context["list"]
        assert len(list(listed.matching())) == cell.figure


def test_quarters_tell_what_is_not_due_from_what_was_not_told() -> None:
    values = [MainIndicatorValue(quarter=1, value=Decimal(40))]
    gauge = Gauge(Text("น้ำ", "Water"), Decimal(160), Text("ร้อยละ", "per cent"), values)

    drawn = quarters_of(gauge, 2567, date(2024, 4, 1))

    assert drawn is not None
    assert [bar.item.figure for bar in drawn.drawing.bars] == [
        Decimal(40),
        Missing.NOT_REPORTED,
        Missing.NOT_DUE,
        Missing.NOT_DUE,
    ]
    assert (drawn.share, drawn.short) == (25, 120)


def test_a_main_indicator_without_a_value_or_a_target_is_not_drawn() -> None:
    label, value = Text("น้ำ", "Water"), MainIndicatorValue(quarter=1, value=Decimal(40))
    gauges = (Gauge(label, Decimal(160), label), Gauge(label, None, label, [value]))

    assert [quarters_of(gauge, 2567, date(2024, 4, 1)) for gauge in gauges] == [None, None]


@pytest.mark.usefixtures("loaded")
def test_the_overview_is_small(client: Client) -> None:
    assert len(client.get("/agendas/2567/").content) <= 60_000


@pytest.mark.parametrize("path", ["/agendas/2554/", "/agendas/2567/peace/", "/sub-indicators/9/"])
def test_what_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_agendas_of_the_year_worked_in_come_first(client: Client) -> None:
    clock.pretend(JULY)
    assert client.get("/agendas/")["Location"] == "/agendas/2567/"
    clock.pretend(date(2025, 7, 1))
    assert client.get("/agendas/")["Location"] == "/agendas/2568/"


@pytest.fixture
def keeper(loaded: World) -> Client:
    client = Client()
    client.force_login(loaded.analyst)
    return client


VALUES = "/agendas/2567/water/main-value/"


def value(client: Client, text: str, quarter: str = "2", seen: str | None = None) -> Any:
    mark = client.get(VALUES).context["form"].initial["seen"] if seen is None else seen
    source = "TAT"
    typed = {"place": "1", "quarter": quarter, "value": text, "source_body": source, "seen": mark}
    return client.post(VALUES, typed)


def test_of_two_officers_who_write_a_main_value_the_later_does_not_win_unseen(
    keeper: Client,
) -> None:
    seen = keeper.get(VALUES).context["form"].initial["seen"]
    assert value(keeper, "61.2", seen=seen).status_code == 302

    later = value(keeper, "61.5", seen=seen)

    assert later.status_code == 422
    assert [pair[1:] for pair in later.context["form"].kept_beside] == [("61.2", "61.5")]
    assert MainIndicatorValue.objects.get().value == Decimal("61.2")
    compared = later.context["form"].data["seen"]
    assert value(keeper, "61.5", seen=compared).status_code == 302
    assert MainIndicatorValue.objects.get().value == Decimal("61.5")


def test_the_values_of_two_quarters_are_no_conflict_and_the_same_again_is_none(
    keeper: Client,
) -> None:
    clock.pretend(date(2024, 10, 1))  # the year is over
    seen = keeper.get(VALUES).context["form"].initial["seen"]

    answers = [value(keeper, "61.2", quarter, seen) for quarter in ("1", "2", "1", "")]

    assert [answer.status_code for answer in answers] == [302] * 4
    assert MainIndicatorValue.objects.count() == 3


def test_a_main_value_without_the_mark_of_what_was_seen_is_refused(keeper: Client) -> None:
    assert value(keeper, "61.2", seen="").status_code == 422
    assert not MainIndicatorValue.objects.exists()


def test_opdc_ends_a_sub_indicator_by_its_page_and_its_log_says_so(keeper: Client) -> None:
    page = f"/sub-indicators/{sub('5-01').pk}/end/"
    assert "may_end" in keeper.get(f"/sub-indicators/{sub('5-01').pk}/").context
    assert keeper.post(page, {"last_day": "2024-07-01", "reason": ""}).status_code == 422

    answer = keeper.post(page, {"last_day": "2024-07-01", "reason": "หน่วยงานขอตัด"})

    assert (answer.status_code, sub("5-01").ending) == (302, "cut")
    shown = Client().get(f"/sub-indicators/{sub('5-01').pk}/")
    assert "sub_indicator.cut" in [event.verb for event in shown.context["events"]]
    assert keeper.post(page, {"last_day": "2024-07-01", "reason": "อีก"}).status_code == 422


def test_one_is_merged_only_into_another_of_its_agenda(keeper: Client, loaded: World) -> None:
    load(loaded, HEAD + WATER.replace("1-01", "1-02"), on=ON)
    page = f"/sub-indicators/{sub('1-02').pk}/end/"
    typed = {"last_day": "2024-07-01", "reason": "ลดภาระ"}

    assert keeper.post(page, typed | {"into": sub("5-01").pk}).status_code == 422
    assert keeper.post(page, typed | {"into": sub("1-01").pk}).status_code == 302
    assert (sub("1-02").ending, sub("1-02").into) == ("merged", sub("1-01"))


def test_nobody_but_opdc_ends_one(loaded: World) -> None:
    client = Client()
    client.force_login(loaded.reporter)

    assert client.get(f"/sub-indicators/{sub('5-01').pk}/end/").status_code == 404


def test_a_year_that_is_not_loaded_shows_what_its_documents_say_and_no_zero(
    client: Client,
) -> None:
    (row,) = [row for row in years_side_by_side() if row.year == 2567]
    page = " ".join(client.get("/agendas/2567/").content.decode().split())

    assert (row.indicators, row.drafted, row.only_printed) == (204, None, True)
    assert '204 <span class="meta">ตามที่เอกสารพิมพ์ไว้ ยังไม่ได้นำเข้า</span>' in page


@pytest.mark.usefixtures("loaded")
def test_a_year_that_is_loaded_shows_what_is_there() -> None:
    (row,) = [row for row in years_side_by_side() if row.year == 2567]

    assert (row.indicators, row.only_printed) == (2, False)
