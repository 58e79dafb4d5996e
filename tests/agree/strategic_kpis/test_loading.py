"""OPDC loads its drafts from a file: whole, or not at all, and is told row by row why not."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from esar.agree.strategic_kpis.actions import load_file
from esar.agree.strategic_kpis.checks import RowRead
from esar.agree.strategic_kpis.models import StrategicKpi
from esar.exchange.files.listing import Intake
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from esar.platform.ui import clock
from tests.agree.strategic_kpis.make import drafted, submitted
from tests.make import AT, ON, World

pytestmark = pytest.mark.django_db
YEARS = range(2566, 2571)
HEAD = ["code", "host", "name", "unit", "direction", "plan", "issue", "sub_issue"]
HEAD += [f"{key}_{year}" for year in YEARS for key in ("target", "why")]


def row(number: int = 1, **changed: str) -> list[str]:
    cells = dict.fromkeys(HEAD, "")
    cells |= {
        "code": f"SK-{number:03d}",
        "host": "MOC",
        "name": f"มูลค่าการค้า {number}",
        "unit": "ล้านบาท",
        "direction": "ยิ่งมากยิ่งดี",
        "plan": "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ",
        "issue": "ประเด็นที่ 1",
    }
    cells |= {f"target_{year}": str(year - 2500) for year in YEARS}
    cells |= changed
    return [cells[key] for key in HEAD]


def workbook(*rows: list[str], head: list[str] = HEAD) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (head, *rows):
        sheet.append(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def load(world: World, data: bytes, name: str = "แฟ้ม.xlsx") -> Intake[RowRead]:
    return load_file(data, name, 2567, by=world.analyst, at=AT, on=ON)


def test_294_are_taken_in_by_one_file_and_the_same_again_changes_nothing(world: World) -> None:
    data = workbook(*(row(number) for number in range(1, 295)))

    first, again = load(world, data), load(world, data)

    assert (first.new, first.problems, StrategicKpi.objects.count()) == (294, [], 294)
    assert (again.new, again.changed, again.same) == (0, 0, 294)
    thing = StrategicKpi.objects.get(code="SK-001")
    assert (thing.host.code, thing.plan, thing.direction, thing.state) == (
        "MOC",
        "master_plan",
        "higher",
        "draft",
    )
    assert thing.targets[0] == {"year": 2566, "target": "66", "why": ""}


def test_a_file_that_differs_changes_a_draft(world: World) -> None:
    load(world, workbook(row(1), row(2)))

    changed = load(world, workbook(row(1, unit="บาท"), row(2)))

    assert (changed.changed, changed.same) == (1, 1)
    assert StrategicKpi.objects.get(code="SK-001").unit == "บาท"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": ""}, "strategic.no_code"),
        ({"code": "SK-001"}, "strategic.twice"),
        ({"code": "K" * 41}, "file.too_long"),
        ({"host": "MOD"}, "strategic.unknown_host"),
        ({"host": ""}, "strategic.row_incomplete"),
        ({"name": "", "unit": ""}, "strategic.row_incomplete"),
        ({"name": "ก" * 301}, "file.too_long"),
        ({"direction": "เท่าเดิม"}, "file.not_a_direction"),
        ({"plan": "แผนของเรา"}, "strategic.unknown_plan"),
        ({"target_2567": "มาก"}, "file.not_a_number"),
        ({"target_2567": "1.23456"}, "form.too_many_decimals"),
        ({"target_2568": ""}, "strategic.target_xor_why"),
        ({"why_2568": "ยังไม่มี"}, "strategic.target_xor_why"),
        ({"target_2569": "", "why_2569": "ก" * 301}, "file.too_long"),
    ],
)
def test_one_row_that_is_wrong_keeps_the_whole_file_out_and_says_why(
    world: World, changed: dict[str, str], code: str
) -> None:
    loaded = load(world, workbook(row(1), row(2, **changed)))

    assert {(one.code, one.place.row) for one in loaded.problems if one.place.row == 3} == {
        (code, 3)
    }
    assert StrategicKpi.objects.count() == 0
    for problem in loaded.problems:
        for language in ("th", "en"):
            assert problem_sentence(problem, language)


def test_all_that_is_wrong_is_told_at_once(world: World) -> None:
    wrong = row(2, host="MOD", direction="เท่าเดิม", plan="แผนของเรา", target_2570="")

    assert [problem.code for problem in load(world, workbook(row(1), wrong)).problems] == [
        "file.not_a_direction",
        "strategic.unknown_host",
        "strategic.unknown_plan",
        "strategic.target_xor_why",
    ]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "แฟ้ม.xlsx", "file.empty"),
        (b"not a workbook", "แฟ้ม.xlsx", "file.not_a_workbook"),
        (workbook(head=["ก", "ข"]), "แฟ้ม.xlsx", "strategic.no_header"),
        (workbook(), "แฟ้ม.xlsx", "file.no_rows"),
        (workbook(row(), head=[*HEAD[:-1], "เดา"]), "แฟ้ม.xlsx", "file.unknown_header"),
        (workbook(row(), head=[*HEAD[:-1], "code"]), "แฟ้ม.xlsx", "file.duplicate_header"),
    ],
)
def test_a_broken_workbook_is_refused_in_a_sentence(
    world: World, data: bytes, name: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        load(world, data, name)

    codes = [problem.code for problem in refusal.value.problems]
    assert codes == [code], [problem_sentence(one, "en") for one in refusal.value.problems]


def test_what_is_no_draft_any_more_is_changed_by_no_file(world: World) -> None:
    submitted(world, code="SK-001")

    assert [problem.code for problem in load(world, workbook(row(1))).problems] == [
        "strategic.not_a_draft"
    ]


def test_nobody_but_an_analyst_loads(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        load_file(workbook(row()), "แฟ้ม.xlsx", 2567, by=world.administrator, at=AT, on=ON)
    assert [problem.code for problem in refusal.value.problems] == ["access.wrong_role"]


@pytest.mark.usefixtures("strict_templates")
def test_the_page_takes_a_file_in_or_says_row_by_row_why_not(world: World) -> None:
    clock.pretend(ON)
    client = Client()
    client.force_login(world.analyst)
    assert client.get("/strategic/load/").status_code == 200

    def send(data: bytes) -> int:
        file = SimpleUploadedFile("list.xlsx", data)
        return client.post("/strategic/load/", {"file": file}).status_code

    assert send(workbook(row(1), row(2, host="MOD"))) == 422
    assert send(b"nothing") == 422
    assert StrategicKpi.objects.count() == 0
    assert send(workbook(row(1), row(2))) == 200
    assert StrategicKpi.objects.count() == 2


def test_a_draft_by_hand_and_by_file_are_the_same(world: World) -> None:
    thing = drafted(world)

    loaded = load(world, workbook(row(1, code=thing.code, name="อีกชื่อ")))

    assert (loaded.new, loaded.changed) == (0, 1)


@pytest.mark.parametrize(("unit", "taken"), [("ร้อยละ", ["63"]), ("ล้านบาท", [])])
def test_a_target_of_a_file_may_carry_the_sign_of_its_unit(
    world: World, unit: str, taken: list[str]
) -> None:
    load(world, workbook(row(unit=unit, target_2566="63 %")))

    assert [thing.targets[0]["target"] for thing in StrategicKpi.objects.all()] == taken
