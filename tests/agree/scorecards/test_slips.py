"""A result that looks like a slip of the hand is told, and one that its targets explain is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from esar.agree.scorecards.frozen import AgreedKpi
from esar.agree.scorecards.slips import Slip, measured, slips_in


def kpi(unit: str, method: str = "ladder") -> AgreedKpi:
    return AgreedKpi("1.1", "", "", "", 1, None, (), "", "", "ตัวชี้วัด", method, unit, "higher")


@pytest.mark.parametrize(
    ("unit", "targets", "result", "code"),
    [
        ("ร้อยละ", ["80", "85", "90"], "9275", "page.odd_percentage"),
        ("ร้อยละ", ["80", "85", "90"], "-0.1", "page.odd_percentage"),
        ("ร้อยละ", ["80", "85", "90"], "100", ""),
        ("ร้อยละที่เพิ่มขึ้น", ["-2", "0", "2"], "-3", ""),  # growth: its targets are no shares
        ("ร้อยละของปีก่อน", ["100", "105", "110"], "112", ""),
        ("คดี", ["-5", "-10", "-15"], "-17.75", ""),
        ("คดี", ["5", "10", "15"], "-1", "page.odd_negative"),
        ("คดี", [], "-1", "page.odd_negative"),
        ("บาท", ["1", "2", "3"], "30", ""),
        ("บาท", ["1", "2", "3"], "30.01", "page.odd_large"),
        ("บาท", ["0", "0", "0"], "9", ""),
    ],
)
def test_a_result_is_held_against_its_unit_and_its_targets(
    unit: str, targets: list[str], result: str, code: str
) -> None:
    slips = slips_in(kpi(unit), Decimal(result), {}, targets)

    assert slips == ([Slip("", code)] if code else [])


def test_points_are_no_result_in_the_unit() -> None:
    points = Decimal(9000)

    assert measured(kpi("ร้อยละ", "given"), points) is None
    assert measured(kpi("ร้อยละ"), points) == points
