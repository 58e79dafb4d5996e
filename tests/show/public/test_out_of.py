"""A total is never shown without what it is out of, nor grades of a round that is not graded."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client

from esar.judge.results.actions import record_result
from esar.law.scoring.facts import Given, Kpi, Measured, Scorecard
from esar.law.scoring.scorecard import score
from tests.law.scoring.make import book
from tests.show.public.make import AT, province

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
TARGETS = (Decimal(50), Decimal(75), Decimal(100))


@pytest.fixture(autouse=True)
def _a_round_of_six_months() -> None:
    measured = Measured("higher", TARGETS, Decimal(75))
    kpis = (
        Kpi("1.1", "performance", Decimal(70), measured, "ตัวชี้วัด"),
        Kpi("2.1", "digital", Decimal(20), Given(None), "ดิจิทัล"),
        Kpi("2.2", "pmqa", Decimal(10), Given(None), "PMQA"),
    )
    card = Scorecard(2567, "province", "จังหวัดทดสอบ TH-90", "6m", kpis, code="TH-90")
    record_result(province("TH-90"), score(card, book(2567)), is_demo=True, at=AT)


def words(client: Client, path: str) -> str:
    html = client.get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("path", "total"),
    [
        ("/agencies/TH-90/", "52.50 จาก 70"),
        ("/agencies/TH-90/history/", "52.50 จาก 70.00"),
        ("/results/2567/6m/", "52.50 / 70"),
        ("/results/2567/6m/TH-90/", "52.50 จาก 70"),
        ("/results/2567/6m/TH-90/compare/", "2567 52.50 จาก 70"),
        ("/results/2567/6m/overview/", "52.50 จาก 70 เฉลี่ย"),
        ("/results/2567/6m/summary/", "๕๒.๕๐ จาก ๗๐"),
    ],
)
def test_a_total_of_half_a_year_stands_beside_its_full_mark(
    client: Client, path: str, total: str
) -> None:
    assert total in words(client, path)


def test_a_round_that_is_not_graded_shows_no_grade_with_nobody_in_it(client: Client) -> None:
    page = words(client, "/results/2567/6m/overview/")

    assert page.count("รอบนี้ไม่จัดระดับผลการประเมิน") == 1
    assert "ระดับคุณภาพ" not in page
