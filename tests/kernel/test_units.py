"""What is a percentage is data, and read in one way."""

from __future__ import annotations

from decimal import Decimal

import pytest

from esar.kernel.units import bounds_of, is_percentage, per_cent
from esar.kernel.wording import in_unit


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("ร้อยละ", True),
        ("ร้อยละของครัวเรือน", True),
        ("ร้อย\u200bละ", True),  # with a sign that nobody sees
        ("%", True),
        ("％ ของเป้าหมาย", True),
        ("Per cent", True),
        ("เปอร์เซ็นต์", True),
        ("คน", False),
        ("ระดับ", False),
        ("", False),
    ],
)
def test_what_is_a_percentage(unit: str, expected: bool) -> None:
    assert is_percentage(unit) is expected
    assert bounds_of(unit) == ((Decimal(0), Decimal(100)) if expected else None)


def test_the_law_writes_it_one_way() -> None:
    assert per_cent() == "ร้อยละ"
    assert in_unit("75", per_cent(), "th") == "ร้อยละ 75"
    assert in_unit("75", "คน", "th") == "75 คน"
