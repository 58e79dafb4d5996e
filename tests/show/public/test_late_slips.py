"""The calculator of lateness refuses the days that a file refuses."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("received", "status"),
    [
        *(("2011-11-02", 200), ("1954-11-02", 422), ("2011-09-29", 422), ("2012-11-01", 422)),
        *(("2554-11-02", 422), ("54-11-02", 422), ("2/11/54", 422), ("2011-11-00", 422)),
        *(("2012-02-30", 422), ("2011-11-02T23:30Z", 422), ("๒๐๑๑-๑๑-๐๒", 200)),
    ],
)
def test_a_day_that_cannot_be_the_receipts_is_refused(
    client: Client, received: str, status: int
) -> None:
    page = client.get(reverse("public:late", args=[2554]), {"round": "12m", "received": received})

    assert page.status_code == status
