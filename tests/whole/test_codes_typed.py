"""One reader of codes: what looks alike is the same body, wherever its code is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from esar.agree.agendas.forms import AdditionForm, MainValueForm
from esar.agree.agendas.queries import agenda_of
from esar.agree.scorecards.models import Kpi
from esar.agree.strategic_kpis.forms import StrategicForm
from esar.agree.strategic_kpis.queries import strategic_law
from esar.kernel.wording import say
from esar.platform.calendars.forms import ExtensionForm
from esar.platform.organisations.fields import BodiesText
from esar.platform.organisations.forms import InviteForm, PortfolioForm
from esar.platform.organisations.holders import read_holders
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import evaluated_bodies
from tests.agree.make_forms import browser
from tests.agree.strategic_kpis.make import text
from tests.make import World, draft

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
    "partners": lambda typed: BodiesText(evaluated_bodies, required=False).clean(typed)[0],
    "main value": of_main_value,
    "addition": lambda typed: cleaned(AdditionForm({"now": typed}, year=2567), "now")[0],
    "portfolio": lambda typed: cleaned(PortfolioForm({"bodies": typed}), "bodies")[0],
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


SPELT = ["จังหวัดลพบุรี", " จังหวัด ลพบุรี", "TH-74 จังหวัดลพบุรี", "จังหวัดลพบุรี (TH-74)", "Lopburi Province"]


@pytest.fixture
def lopburi(world: World) -> Body:
    names = {"name_th": "จังหวัดลพบุรี", "name_en": "Lopburi Province"}
    Body.objects.filter(pk=world.province.pk).update(**names)
    return Body.objects.get(pk=world.province.pk)


@pytest.mark.parametrize("reader", [one for one in READERS if one != "office holders"])
@pytest.mark.parametrize("typed", [SPELT[0], *SPELT[2:]])
def test_a_body_is_typed_by_its_name_wherever_its_code_is(
    lopburi: Body, reader: str, typed: str
) -> None:
    assert READERS[reader](typed) == lopburi


def test_several_bodies_are_typed_by_codes_and_names_a_name_with_commas_too(
    world: World, lopburi: Body
) -> None:
    Body.objects.filter(pk=world.department.pk).update(
        name_en="Department of Trade, Fairs and Fees"
    )
    field = BodiesText(Body.objects.all)

    for typed in (
        "TH-74 DIT",
        "จังหวัดลพบุรี,dit,TH-74",
        "Lopburi Province; Department of Trade, Fairs and Fees",
        "จังหวัดลพบุรี (TH-74)\nDepartment of Trade, Fairs and Fees (DIT)",
    ):
        assert field.clean(typed) == [lopburi, world.department]
    for typed, unknown in (
        ("TH-74, กรมที่ไม่มี", "กรมที่ไม่มี"),
        ("TH-74 TH-99 XX", "TH-99, XX"),
        ("จังหวัดลพบุรี, กรม ก และกรม ข", "กรม ก และกรม ข"),
    ):
        with pytest.raises(ValidationError) as refusal:
            field.clean(typed)
        assert refusal.value.messages == [say("people.unknown_bodies", {"names": unknown}, "th")]


def test_a_name_that_two_bodies_have_is_asked_about(world: World, lopburi: Body) -> None:
    Body.objects.filter(pk=world.department.pk).update(name_th=lopburi.name_th)

    with pytest.raises(ValidationError):
        BodiesText(Body.objects.all).clean(lopburi.name_th)
    assert BodiesText(Body.objects.all).clean("TH-74") == [lopburi]


@pytest.mark.usefixtures("lopburi")
def test_a_line_for_a_code_offers_names() -> None:
    rule = agenda_of(2567, "dust")
    assert rule is not None
    one = str(MainValueForm(None, rule=rule, year=2567)["source_body"])
    assert 'list="source_body-choices"' in one
    assert '<option value="TH-74">จังหวัดลพบุรี</option>' in one

    addition = AdditionForm(None, year=2567)
    first, second = str(addition["now"]), str(addition["short_data"])
    assert 'data-adds-to="id_now"' in first
    assert 'data-adds-to="id_short_data"' in second
    written = '<option value="จังหวัดลพบุรี (TH-74)"></option>'
    assert (first.count(written), second.count(written)) == (1, 0)
    assert {'list="addition-bodies"' in html for html in (first, second)} == {True}


def test_partners_are_shown_by_name_and_kept_by_code(lopburi: Body, world: World) -> None:
    told = {"answer": "bodies", "codes": ["TH-74"], "text": "จังหวัดลพบุรี (TH-74)"}
    card = draft(world, world.department)
    ask = {"id": "partners", "label": {"th": "ภาคี", "en": "Partners"}}
    Kpi.objects.filter(scorecard=card, number="1.1").update(
        kind="kind.joint-function", answers=[ask | told]
    )
    page = browser(world.reporter_d).get(f"/scorecards/{card.pk}/kpis/1.1/")

    shown = page.context["form"]["answer_partners"].value()

    assert shown == told["text"]
    assert BodiesText(evaluated_bodies).clean(shown) == [lopburi]
