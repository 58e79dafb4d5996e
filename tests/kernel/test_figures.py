"""The one reader of figures: what people type, taken or refused with what to type instead."""

from __future__ import annotations

from decimal import Decimal

import pytest

from esar.kernel.figures import Unreadable, read_figure, read_share
from esar.kernel.spelling import normal
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
        ("+5", "5"),
        ("007", "7"),
        ("123456789012345.0", "123456789012345"),
        ("88.00000000000000000000", "88"),  # as databases write NUMERIC(38,20)
        ("0000000000000000000000000000000000088.5", "88.5"),
        ("\u20135", "-5"),  # a dash that a word processor makes of a minus
        ("\uff18\uff18\uff0e\uff15", "88.5"),  # full width
        ("\u200f88\u2069", "88"),
        ("8\u200d8\ufe0f", "88"),
        ("8\u00ad8", "88"),
    ],
)
def test_what_people_type_is_taken_as_it_is_seen(typed: str, meant: str) -> None:
    assert read_figure(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["88%", "88 %", "88\u00a0%", "๘๘%", "88%\u200b", "88\uff05"])
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
        ("0,250", "0.250"),  # no thousands begin with a zero
        ("๐,๑๒๕", "0.125"),
        ("-0,125", "-0.125"),
        ("012,345", "012.345"),
        ("4\u00a0,0", "4.0"),
        ("1\u202f234,5", "1234.5"),
        ("4\uff0c0", "4.0"),
        ("1.234.567,8", "1234567.8"),
    ],
)
def test_a_decimal_comma_is_refused_with_what_to_type(typed: str, point: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_figure(typed)

    assert unreadable.value.code == "file.decimal_comma"
    assert say(unreadable.value.code, unreadable.value.figures, "th") == (
        f"“{normal(typed)}” ใส่จุลภาคไม่ตรงหลักพัน หากเป็นทศนิยมโปรดพิมพ์ {point} "
        "หากคั่นหลักพันโปรดตัดจุลภาคออก เช่น 1150.40"
    )
    assert say(unreadable.value.code, unreadable.value.figures, "en") == (
        f"“{normal(typed)}” has a comma where no thousands begin. For decimals type {point}; "
        "for thousands leave the comma out, like 1150.40."
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,15,000", "file.bad_thousands"),
        ("1,23,456", "file.bad_thousands"),
        ("0,250,000", "file.bad_thousands"),
        ("4,", "file.bad_thousands"),
        ("1, 234", "file.not_a_number"),
        ("1 234", "file.not_a_number"),
        ("88.0000000000000000000001", "file.too_many_digits"),
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
