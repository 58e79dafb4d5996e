"""The one reader of figures: what people type, taken or refused with what to type instead."""

from __future__ import annotations

from decimal import Decimal

import pytest

from esar.kernel.figures import Unreadable, read_figure, read_share
from esar.kernel.wording import say


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("220,000,000,000", "220000000000"),
        ("2,200,000,000,000", "2200000000000"),
        ("999999999999999", "999999999999999"),
        ("24.10000", "24.1"),
        ("24.100000000000000", "24.1"),
        ("88\u200b", "88"),
        ("\u200e8\u20608\ufeff", "88"),
        ("\u22125", "-5"),
        ("\u20115", "-5"),
        ("\u00a01,150.40\u202f", "1150.4"),
        ("๒๔.๑", "24.1"),
        ("-0", "0"),
    ],
)
def test_what_people_type_is_taken_as_it_is_seen(typed: str, meant: str) -> None:
    assert read_figure(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["88%", "88 %", "88\u00a0%", "๘๘%", "88%\u200b"])
def test_a_share_may_carry_its_sign(typed: str) -> None:
    assert read_share(typed) == Decimal(88)


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("4,0", "4.0"),
        ("2,5", "2.5"),
        ("53,7", "53.7"),
        ("50,5", "50.5"),
        ("52,5", "52.5"),
        ("54,5", "54.5"),
        ("๒๔,๕", "24.5"),
        ("-0,25", "-0.25"),
        ("1.150,40", "1150.40"),
        ("12345,678", "12345.678"),
    ],
)
def test_a_decimal_comma_is_refused_with_what_to_type(typed: str, point: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_figure(typed)

    assert unreadable.value.code == "file.decimal_comma"
    assert say(unreadable.value.code, unreadable.value.figures, "th") == (
        f"“{typed}” ใส่จุลภาคไม่ตรงหลักพัน หากเป็นทศนิยมโปรดพิมพ์ {point} "
        "หากคั่นหลักพันโปรดตัดจุลภาคออก เช่น 1150.40"
    )
    assert say(unreadable.value.code, unreadable.value.figures, "en") == (
        f"“{typed}” has a comma where no thousands begin. For decimals type {point}; "
        "for thousands leave the comma out, like 1150.40."
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,15,000", "file.bad_thousands"),
        (",5", "file.bad_thousands"),
        ("1,,000", "file.bad_thousands"),
        ("1,150,4", "file.bad_thousands"),
        ("1.2.3", "file.two_points"),
        ("12.", "file.not_a_number"),
        ("88%", "file.not_a_number"),
        ("8 8", "file.not_a_number"),
        ("–", "file.word_for_nothing"),
        ("1e3", "file.scientific"),
        ("1234567890123456", "file.too_many_digits"),
        ("0.1234567890123456", "file.too_many_digits"),
    ],
)
def test_what_would_need_a_guess_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_figure(typed)

    assert unreadable.value.code == code
