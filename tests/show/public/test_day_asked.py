"""A day in an address is a Gregorian one, or the page says so; none is passed over."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
PAGES = (
    "/rules/2567/",
    "/years/2567/tables/",
    "/years/2567/tables/figures/",
    "/years/2567/tables/figures.csv",
    "/years/2567/tables/T8/",
    "/years/2567/tables/T8.xlsx",
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("day", ["2567-01-01", "2024-02-30", "9999-12-31", "1899-12-31", "วันนี้"])
def test_what_is_no_gregorian_day_is_refused_with_how_to_write_one(
    client: Client, page: str, day: str
) -> None:
    answer = client.get(f"{page}?on={quote(day)}")

    assert answer.status_code == 400
    assert f"“{day}” ไม่ใช่วันที่แบบ ปปปป-ดด-วว (ค.ศ.) เช่น 2017-10-01" in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_day_in_thai_digits_is_that_day_and_none_is_the_last(client: Client, page: str) -> None:
    def answered(on: str) -> tuple[int, str]:
        answer = client.get(f"{page}?on={quote(on)}")
        return answer.status_code, str(answer.context and answer.context.get("day"))

    assert answered("๒๐๒๔-๐๒-๒๙") == answered("2024-02-29")
    assert answered("") == answered("2024-09-30")
    assert answered("")[0] == 200


def test_the_files_of_a_table_are_those_of_the_day_that_its_page_shows(client: Client) -> None:
    page = client.get("/years/2567/tables/T8/?on=2023-11-01").content.decode()

    assert 'href="/years/2567/tables/T8.csv?on=2023-11-01"' in page
    assert 'href="/years/2567/tables/T8.xlsx?on=2023-11-01"' in page
