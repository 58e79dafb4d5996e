"""The worked case of a late report: which days counted, and why, either way of the switch."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.show.public.make import province

FLOOD = "วันหยุดพิเศษ (มหาอุทกภัย พ.ศ. 2554)"


@pytest.fixture(autouse=True)
def _database(db: None) -> None: ...


def page(query: str = "", year: int = 2554, status: int = 200) -> str:
    answer: Any = Client().get(f"/rules/{year}/late/{query}")
    assert answer.status_code == status
    return unescape(answer.content.decode())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def ways(html: str) -> list[list[list[str]]]:
    """Of each way of the switch, its days: what day, what it was, whether it counts, so far."""
    bodies = re.findall(
        r'<table class="table list stacked late-days">.*?<tbody>(.*?)</tbody>', html, re.S
    )
    rows = [re.findall(r"<tr.*?</tr>", body, re.S) for body in bodies]
    return [
        [[words(c) for c in re.findall(r"<t[hd].*?</t[hd]>", r, re.S)] for r in each]
        for each in rows
    ]


def test_a_sar_received_on_wednesday_2_november_2011_loses_0_1000_or_0_0500_by_the_switch() -> None:
    html = page("?round=12m&received=2011-11-02&province=")

    assert ways(html) == [
        [
            ["จันทร์ 31 ตุลาคม 2554", FLOOD, "วันครบกำหนด", "0.0000"],
            ["อังคาร 1 พฤศจิกายน 2554", "วันทำการ", "✓ นับเป็นวันที่ช้า", "0.0500"],
            ["พุธ 2 พฤศจิกายน 2554", "วันทำการ", "✓ นับเป็นวันที่ช้า", "0.1000"],
        ],
        [
            ["จันทร์ 31 ตุลาคม 2554", FLOOD, "วันครบกำหนด", "0.0000"],
            ["อังคาร 1 พฤศจิกายน 2554", "วันทำการ", "วันครบกำหนดที่เลื่อนมา", "0.0000"],
            ["พุธ 2 พฤศจิกายน 2554", "วันทำการ", "✓ นับเป็นวันที่ช้า", "0.0500"],
        ],
    ]
    said = words(html)
    assert "ช้า 2 วันทำการ หัก 0.1000 คะแนน" in said
    assert "จึงเลื่อนเป็น 1 พฤศจิกายน 2554" in said
    assert "ช้า 1 วันทำการ หัก 0.0500 คะแนน" in said


def test_the_page_opens_with_that_case_and_cites_the_manual_and_the_assumption() -> None:
    said = words(page())

    assert ways(page()) == ways(page("?round=12m&received=2011-11-02&province="))
    assert "ข้อ 1.5.2 หมายเหตุ *" in said
    assert "คู่มือไม่กล่าวว่ากำหนดส่งที่ตรงวันหยุดเลื่อนหรือไม่" in said


def test_a_weekend_between_is_named_and_does_not_count() -> None:
    rows = ways(page("?round=12m&received=2011-11-07&province="))[0]

    assert [row[1:3] for row in rows[5:]] == [
        ["วันหยุดประจำสัปดาห์", "– ไม่นับ"],
        ["วันหยุดประจำสัปดาห์", "– ไม่นับ"],
        ["วันทำการ", "✓ นับเป็นวันที่ช้า"],
    ]


def test_a_report_on_time_loses_nothing_and_has_no_table() -> None:
    html = page("?round=12m&received=2011-10-31&province=")

    assert ways(html) == []
    assert words(html).count("ทันกำหนด") == 2


@pytest.mark.parametrize(
    "query",
    [
        "?received=2554-11-02",
        "?received=x",
        "?received=2015-01-01",
        "?received=2011-11-02&round=6m",
        "?received=2011-11-02&round=12m&province=XX",
    ],
)
def test_what_cannot_be_worked_out_is_said_beside_its_field(query: str) -> None:
    assert "field-error" in page(query, status=422)


def test_a_year_that_deducts_nothing_has_no_such_page() -> None:
    page(year=2567, status=404)
    page(year=2400, status=404)


def test_a_province_can_be_chosen() -> None:
    province("TH-74")

    assert len(ways(page("?round=12m&received=2011-11-02&province=TH-74"))) == 2
