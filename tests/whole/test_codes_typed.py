"""One reader of codes: what looks alike is the same body, wherever its code is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from esar.agree.agendas.forms import MainValueForm, _bodies
from esar.agree.agendas.queries import agenda_of
from esar.agree.scorecards.forms import BodiesText
from esar.agree.strategic_kpis.forms import StrategicForm
from esar.agree.strategic_kpis.queries import strategic_law
from esar.platform.calendars.forms import ExtensionForm
from esar.platform.organisations.forms import InviteForm
from esar.platform.organisations.holders import read_holders
from esar.platform.organisations.models import Body
from tests.agree.strategic_kpis.make import text

pytestmark = pytest.mark.django_db
ALIKE = ["TH-74", "th-74", " Th-74 ", "ＴＨ－７４", "TH-๗๔", "TH-\u200b74", "TH -74"]


def cleaned(form: Any, name: str) -> Any:
    form.is_valid()
    return form.cleaned_data.get(name)


def of_main_value(typed: str) -> Any:
    rule = agenda_of(2567, "dust")
    assert rule is not None
    return cleaned(MainValueForm({"source_body": typed}, rule=rule, year=2567), "source_body")


READERS: dict[str, Callable[[str], Any]] = {
    "invitation": lambda typed: cleaned(InviteForm({"body": typed, "role": "reporter"}), "body"),
    "extension": lambda typed: cleaned(ExtensionForm({"body": typed}, year=2567), "body"),
    "partners": lambda typed: BodiesText(required=False).clean(typed)[0],
    "main value": of_main_value,
    "addition": lambda typed: _bodies(typed.replace(" -", "-"))[0],  # a blank parts codes
    "office holders": lambda typed: read_holders(f"{typed}\tผู้ว่าราชการ\tก ข\t2023-10-01")[0].body,
}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("typed", ALIKE)
def test_a_code_is_of_its_body_however_it_is_typed(
    reader: Callable[[str], Any], typed: str
) -> None:
    assert reader(typed) == Body.objects.get(code="TH-74")


def strategic(**typed: str) -> StrategicForm:
    law = strategic_law(2567)
    assert law is not None
    years = {f"target_{year}": "75" for year in range(2566, 2570)} | {"why_2570": "ยังไม่กำหนด"}
    fields = {name: value for name, value in text().items() if name != "targets"}
    sent = fields | years | {"host": fields["host"].pk} | typed
    return StrategicForm(sent, law=law, year=2567, thing=None)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("typed", ["SK-MOC-๐๑", "sk-moc-01", "ＳＫ-MOC-01", "SK - MOC - 01"])
def test_a_strategic_kpi_that_is_drafted_has_the_code_that_a_file_would_give_it(typed: str) -> None:
    assert cleaned(strategic(code=typed), "code") == "SK-MOC-01"


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("unit", "is_taken"), [("ร้อยละ", True), ("% ของแผน", True), ("ล้านบาท", False)]
)
def test_a_target_may_carry_the_sign_of_its_unit(unit: str, is_taken: bool) -> None:
    form = strategic(unit=unit, target_2566="63 %")

    assert ("target_2566" not in form.errors) == is_taken


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("place", "is_taken"), [("1", False), ("2", True), ("9", False)])
def test_a_main_value_may_carry_the_sign_of_its_indicators_unit(place: str, is_taken: bool) -> None:
    rule = agenda_of(2567, "water")  # points, and per cent a year
    assert rule is not None
    form = MainValueForm({"place": place, "value": "27.5 %"}, rule=rule, year=2567)

    assert ("value" not in form.errors) == is_taken


@pytest.mark.usefixtures("world")
def test_a_second_source_of_a_main_value_is_not_passed_over() -> None:
    rule = agenda_of(2567, "dust")
    assert rule is not None

    assert "source_body" in MainValueForm({"source_body": "TH-74 DIT"}, rule=rule, year=2567).errors
