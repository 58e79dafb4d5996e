"""Days late: from the day that was due to the day of the sending that counts."""

from __future__ import annotations

from datetime import date

import pytest

from esar.report.reports.models import Report

DUE = date(2024, 4, 30)


@pytest.mark.parametrize(
    ("received", "due", "days"),
    [
        (None, None, 0),
        (None, DUE, 0),
        (date(2024, 5, 2), None, 0),
        (date(2024, 4, 29), DUE, 0),
        (DUE, DUE, 0),
        (date(2024, 5, 1), DUE, 1),
        (date(2024, 5, 4), DUE, 4),
    ],
)
def test_days_late_are_counted_from_the_due_day_and_never_below_zero(
    received: date | None, due: date | None, days: int
) -> None:
    assert Report(received_on=received, due_on=due).days_late == days
