"""The summary for the committee and the Cabinet: OPDC's before release, everyone's after it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.judge.results.actions import release
from esar.judge.results.models import Result
from esar.platform.ui import clock
from tests.agree.scorecards.make_in_force import DECEMBER, at_noon, computed_2554
from tests.judge.results.make import released
from tests.judge.results.make_route import presented
from tests.make import World
from tests.show.public.make import province

PATH = "/results/2554/12m/summary/"
LATE, ON_TIME = date(2011, 11, 2), date(2011, 10, 28)

pytestmark = pytest.mark.usefixtures("strict_templates")


@pytest.fixture(autouse=True)
def _own_day(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def page(person: Any = None, path: str = PATH, status: int = 200) -> str:
    client = Client()
    if person is not None:
        client.force_login(person)
    answer: Any = client.get(path)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def released_2554(world: World) -> None:
    presented(world, 2554, day=DECEMBER)
    release(Result.objects.all(), by=world.analyst, at=at_noon(DECEMBER), on=DECEMBER)


def test_before_release_only_opdc_sees_it_and_it_says_that_it_is_a_draft(world: World) -> None:
    computed_2554(world, ON_TIME)

    assert "ฉบับร่าง: ๑ หน่วยงานยังไม่เผยแพร่" in page(world.analyst)
    for person in (None, world.reporter, world.approver, world.ministers_office):
        page(person, status=404)


def test_after_release_everyone_reads_the_year_in_thai_numerals(world: World) -> None:
    computed_2554(world, LATE)
    computed_2554(world, ON_TIME, "95", province("TH-50"))
    released_2554(world)

    said = page()

    for words in (
        "สรุปผลการประเมิน ปีงบประมาณ พ.ศ. ๒๕๕๔ รอบ ๑๒ เดือน",
        "มีผลการประเมิน ๒ จาก ๗๖ หน่วยงาน · เฉลี่ย ๓.๔๕๐๐ · ต่ำสุด ๒.๙๐๐๐ · สูงสุด ๔.๐๐๐๐",
        "ไม่มีสิทธิได้รับสิ่งจูงใจ ๐.๐๐๐๐ – ๒.๙๙๙๙ ๑",
        "คะแนนตั้งแต่ ๓.๐๐๐๐ คะแนน: มีสิทธิได้รับสิ่งจูงใจตามระดับของผลงาน",
        "มิติที่ ๑ ด้านประสิทธิผล ๑.๗๕๐๐ ๒.๕๐๐๐",
        "๓๑ ตุลาคม ๒๕๕๔ ๒ พฤศจิกายน ๒๕๕๔ ๐.๑๐๐๐",
        "ไม่มีการอุทธรณ์",
        "ข้อ ๑.๕.๒ หมายเหตุ *",
        "ไม่พบน้ำหนักของจังหวัดปี ๒๕๕๔ จึงใช้น้ำหนักของปี ๒๕๕๓ ไปก่อน",
    ):
        assert words in said, words
    assert "ฉบับร่าง" not in said


def test_nobody_is_ranked_bodies_stand_by_name(world: World) -> None:
    computed_2554(world, ON_TIME, "90")
    computed_2554(world, ON_TIME, "100", province("TH-50"))
    released_2554(world)

    digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    results = Result.objects.select_related("body")
    names = [one.body.name_th.translate(digits) for one in results]
    said = page()

    assert sorted(said.index(name) for name in sorted(names)) == [
        said.index(name) for name in sorted(names)
    ]


def test_every_regime_has_one_and_an_ungraded_round_says_so(world: World) -> None:
    released(world)

    said = page(path="/results/2567/6m/summary/")

    assert "ปีงบประมาณ พ.ศ. ๒๕๖๗" in said
    assert ("รอบนี้ไม่จัดระดับ" in said) is True
    page(path="/results/2567/12m/summary/", status=404)
    page(path="/results/2400/12m/summary/", status=404)
    page(path="/results/2554/3m/summary/", status=404)


def test_in_english_the_numerals_are_arabic(world: World) -> None:
    computed_2554(world, ON_TIME)
    released_2554(world)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.cookies["language"] = "en"

    clock.pretend(DECEMBER)
    html = client.get(PATH).content.decode()

    assert ("3.0000" in html, "๓" in html) == (True, False)


def test_it_asks_as_much_of_one_body_as_of_three(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page()
        return len(found)

    computed_2554(world, LATE)
    released_2554(world)
    one = queries()
    for code in ("TH-50", "TH-73"):
        computed_2554(world, LATE, body=province(code))
    release(
        Result.objects.filter(state="computed"),
        by=world.analyst,
        at=at_noon(DECEMBER),
        on=DECEMBER,
    )

    assert queries() == one


def test_the_public_explanation_and_the_assessment_show_which_days_counted(world: World) -> None:
    result = computed_2554(world, LATE)
    released_2554(world)

    public = page(path="/results/2554/12m/TH-74/explanation/")
    assessed = page(world.assessor, f"/assessments/{result.assessment_id}/")

    for said in (public, assessed):
        for words in (
            "จันทร์ 31 ตุลาคม 2554 วันหยุดพิเศษ (มหาอุทกภัย พ.ศ. 2554) วันครบกำหนด 0.0000",
            "พุธ 2 พฤศจิกายน 2554 วันทำการ ✓ นับเป็นวันที่ช้า 0.1000",
            "คะแนนรวมก่อนหัก 3.0000 คะแนนรวมหลังหัก 2.9000",
        ):
            assert words in said, words
