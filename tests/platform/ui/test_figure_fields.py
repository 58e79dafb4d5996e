"""Fields of figures in forms: one class, one reader, and the field shows what is kept."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from esar.platform.ui.forms import CountText, DecimalText, Form, WeightText

pytestmark = pytest.mark.any_database


class FigureForm(Form):
    amount = DecimalText(required=False, label="amount")
    share = DecimalText(required=False, share=True, label="share")
    weight = WeightText(required=False, label="weight")
    votes = CountText(required=False, label="votes")


def answer(name: str, typed: str) -> FigureForm:
    return FigureForm({name: typed})


@pytest.mark.parametrize(
    ("name", "typed", "value", "shown"),
    [
        ("amount", "220,000,000,000", Decimal(220_000_000_000), "220000000000"),
        ("amount", "2,200,000,000,000", Decimal(2_200_000_000_000), "2200000000000"),
        ("amount", "123456789012345", Decimal(123_456_789_012_345), "123456789012345"),
        ("amount", "24.10000", Decimal("24.1"), "24.10000"),
        ("amount", "88\u200b", Decimal(88), "88"),
        ("amount", "\u22125", Decimal(-5), "-5"),
        ("amount", "๑,๑๕๐.๔", Decimal("1150.4"), "1150.4"),
        ("share", "88%", Decimal(88), "88"),
        ("share", "๘๘.๕ %", Decimal("88.5"), "88.5"),
        ("weight", "20%", Decimal(20), "20"),
        ("votes", "๓\u200b", 3, "3"),
        ("amount", "123456789012345.0", Decimal(123_456_789_012_345), "123456789012345"),
        ("amount", "+5", Decimal(5), "5"),
        ("amount", "007.50", Decimal("7.5"), "7.50"),
        ("share", "88\u2009\uff05", Decimal(88), "88"),
        ("weight", "0020.0000000000000000", Decimal(20), "20"),
    ],
)
def test_a_figure_is_taken_and_the_field_shows_what_is_kept(
    name: str, typed: str, value: object, shown: str
) -> None:
    form = answer(name, typed)

    assert form.is_valid(), form.errors
    assert (form.cleaned_data[name], form[name].value()) == (value, shown)


@pytest.mark.parametrize(
    ("name", "typed", "refusal"),
    [
        (
            "amount",
            "4,0",
            "“4,0” has a comma where no thousands begin. For decimals type 4.0; "
            "for thousands leave the comma out, like 1150.40.",
        ),
        (
            "amount",
            "0,250",
            "“0,250” has a comma where no thousands begin. For decimals type 0.250; "
            "for thousands leave the comma out, like 1150.40.",
        ),
        (
            "share",
            "๘๘,๕ %",
            "“๘๘,๕ %” has a comma where no thousands begin. For decimals type 88.5; "
            "for thousands leave the comma out, like 1150.40.",
        ),
        (
            "share",
            "53,7",
            "“53,7” has a comma where no thousands begin. For decimals type 53.7; "
            "for thousands leave the comma out, like 1150.40.",
        ),
        (
            "weight",
            "2,5",
            "“2,5” has a comma where no thousands begin. For decimals type 2.5; "
            "for thousands leave the comma out, like 1150.40.",
        ),
        (
            "amount",
            "88%",
            "“88%” has a % sign, but this is not counted in per cent. "
            "Type the figure in its unit, without %.",
        ),
        ("votes", "1.5", "“1.5” must be a whole number from 0 to 99999."),
        ("votes", "-1", "“-1” must be a whole number from 0 to 99999."),
        ("weight", "0", "The weight “0” must be more than 0 and at most 100."),
    ],
)
def test_a_figure_is_refused_with_what_to_type_and_stays_in_its_field(
    name: str, typed: str, refusal: str
) -> None:
    with translation.override("en"):
        form = answer(name, typed)

        assert list(form.errors[name]) == [refusal]
    assert form[name].value() == typed


CHOSEN = [  # not typed: the year of a row that is stored, the person of a seat
    "esar/agree/scorecards/forms.py: int(row['year'])",
    "esar/judge/appeals/forms.py: int(key)",
]
NUMBER_FIELDS = {"DecimalField", "FloatField", "IntegerField"}


def _is_hidden(call: ast.Call) -> bool:
    widgets = [ast.unparse(part.value) for part in call.keywords if part.arg == "widget"]
    return widgets == ["forms.HiddenInput"]


def test_no_form_reads_a_figure_by_itself() -> None:
    """A new form cannot forget the reader: fields of numbers are its own, but for hidden marks."""
    faults = []
    for path in sorted(Path("esar").rglob("*forms.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = ast.unparse(call.func)
            is_own_field = name.removeprefix("forms.") in NUMBER_FIELDS and not _is_hidden(call)
            is_own_reading = name in ("Decimal", "float", "int") and not (
                path == Path("esar/platform/ui/forms.py") or isinstance(call.args[0], ast.Constant)
            )
            if is_own_field or is_own_reading:
                faults.append(f"{path}: {ast.unparse(call)}")

    assert faults == CHOSEN


def test_what_is_no_figure_is_not_advised_to_be_left_empty() -> None:
    form = answer("amount", "มาก")
    with translation.override("th"):
        assert form.errors["amount"] == ["“มาก” ไม่ใช่ตัวเลข โปรดพิมพ์ตัวเลข เช่น 1150.40"]
