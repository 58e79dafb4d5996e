"""The calendar of a year: drawn under its months, and taken into one's own calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from esar.platform.calendars.ical import ical
from esar.platform.calendars.queries import entries

pytestmark = pytest.mark.django_db
AT = datetime(2023, 10, 10, 3, 0, tzinfo=UTC)


def lines_of(text: str) -> list[str]:
    """The lines as a calendar reads them: what was folded is one line again."""
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_every_day_of_the_year_is_an_event_of_whole_days() -> None:
    of_year = entries(2567)
    lines = lines_of(ical(of_year, name="ปฏิทิน", host="example.test", at=AT))

    assert lines.count("BEGIN:VEVENT") == len(of_year)
    assert [line for line in lines if line.startswith("UID:")] == [
        f"UID:2567-{entry.id}@example.test" for entry in of_year
    ]
    ends = [line.removeprefix("DTEND;VALUE=DATE:") for line in lines if line.startswith("DTEND")]
    assert ends == [f"{entry.last + timedelta(days=1):%Y%m%d}" for entry in of_year]


def test_no_line_of_a_calendar_is_longer_than_75_octets() -> None:
    text = ical(entries(2567), name="ปฏิทิน" * 40, host="example.test", at=AT)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"X-WR-CALNAME:{'ปฏิทิน' * 40}" in lines_of(text)


def test_the_page_draws_each_day_and_leads_to_its_rule(client: Client) -> None:
    drawing = client.get("/calendar/2567/").context["gantt"]

    assert [lane.span.href for lane in drawing.lanes] == [
        f"{reverse('public:rules', args=[2567])}#{entry.id}" for entry in entries(2567)
    ]


def test_the_calendar_is_given_as_a_calendar(client: Client) -> None:
    response = client.get("/calendar/2567/calendar.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert client.get("/calendar/2599/calendar.ics").status_code == 404
