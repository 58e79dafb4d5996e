"""A year in a real browser, from in force to published, by everyone whose part it is.

One province and one department: central data, an objection that is upheld, a returned report, a
late one, an assessor's and a minister's changed score, release, an appeal that is upheld, and the
public page. The totals are computed by hand here:

    Province, targets 80 / 85 / 90, weights 20 and five times 10:
      1.1 says 86: 75 + 25 × 1 ÷ 5 = 80      the assessor finds 85: 75        75 × 20 ÷ 100 = 15
      1.2 says 90: 100                                                       100 × 10 ÷ 100 = 10
      1.3 says 82: 50 + 25 × 2 ÷ 5 = 60                                       60 × 10 ÷ 100 =  6
      1.4 says 79: 0                         on appeal 81: 50 + 5 = 55        55 × 10 ÷ 100 =  5.5
      1.5 says 85: 75                                                         75 × 10 ÷ 100 =  7.5
      1.6 says nothing: 0                                                                      0
      2.1 digital 70, on objection 88                                         88 × 20 ÷ 100 = 17.6
      2.2 PMQA 80                                                             80 × 10 ÷ 100 =  8
      self 65.1 · assessed 64.1 · after the appeal 69.6: standard, basic

    Department: every KPI says 86: 80 × 70 ÷ 100 = 56; digital 90: 18; PMQA 75: 7.5; together 81.5.
      The minister finds 90 for 1.2: 100 for 80, 2 more: 83.5: standard, high
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from esar.exchange.packaging.replay import replay
from esar.judge.early_warning.models import EarlyWarning
from esar.kernel.chain import verify
from esar.platform.evidence.doctor import findings
from esar.platform.history.queries import heads, records
from esar.platform.organisations.models import Role
from tests.browser.play import Play
from tests.browser.stage import Stage
from tests.browser.windows import send
from tests.exchange.inspection.good import pdf
from tests.make import World, in_force, person
from tests.show.public.make import department, ministry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = 2567


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    options = {"location": tmp_path / "files"}
    settings.STORAGES = settings.STORAGES | {
        "evidence": {"BACKEND": "esar.platform.evidence.storage.DiskStorage", "OPTIONS": options}
    }


class Year(Play):
    """The year 2567, its department and province in force, and the people whom it needs more."""

    def __init__(self, stage: Stage, world: World, folder: Path) -> None:
        super().__init__(stage, world, folder, year=YEAR)
        opdc = department("OPDC", "สำนักงาน ก.พ.ร.", parent="PMO")
        self.owner = person("owner-opdc", (Role.CENTRAL_OWNER, opdc))
        self.interior = person("interior", (Role.MINISTERS_OFFICE, ministry("MOI")))
        self.prime = person("prime", (Role.MINISTERS_OFFICE, ministry("PMO")))
        self.panel = [person(f"panel-{n}", (Role.ASSESSOR, None)) for n in range(3)]
        for body in (world.province, world.department):
            in_force(world, body)
        type(opdc).objects.filter(pk=opdc.pk).update(evaluated_from=None)


def test_the_year_from_in_force_to_the_public_page(
    stage: Stage, world: World, tmp_path: Path
) -> None:
    year = Year(stage, world, tmp_path)
    province, dit = world.province, world.department

    # June: OPDC looks ahead and asks for a corrective plan, where there is anything to go by.
    year.on(2024, 6, 10)
    page = stage.goto(world.analyst, f"/warnings/outlook/{YEAR}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not EarlyWarning.objects.exists()

    # October: central data, to which the province objects; the owner upholds it.
    year.on(2024, 10, 22)
    year.delivers(year.owner, "digital", {province: "70", dit: "90"})
    year.delivers(year.owner, "pmqa", {province: "80", dit: "75"})
    page = stage.goto(world.reporter, "/central/")
    page.locator("table a").filter(has_text="ดิจิทัล").first.click()
    page.get_by_role("link", name="ทักท้วง").first.click()
    page.locator("textarea").first.fill("คะแนน e-Service นับไม่ครบ ขาด 18 คะแนน")
    send(page, page.locator("form.stack button"))
    expect(page.get_by_role("status").first).to_be_visible()
    page = stage.goto(year.owner, "/2567/desk/")
    page.locator(".tasks a").filter(has_text=province.name_th).first.click()
    page.locator("select[name=outcome]").select_option("uphold")
    page.locator("input[name=value]").fill("88")
    page.locator("textarea").first.fill("ตรวจแล้ว ขาดจริง")
    send(page, page.locator("form.stack button.button-main"))
    expect(page.get_by_role("status").first).to_be_visible()

    # The department reports in time; OPDC returns it; it comes back with evidence.
    for number in ("1.1", "1.2", "1.3", "1.4", "1.5", "1.6"):
        year.says(world.reporter_d, dit, number, "86")
    year.moves(world.reporter_d, dit, "เสนอผู้อนุมัติ")
    stage.refused(
        world.reporter_d, f"/reports/{year.report(dit).pk}/move/submit/", "การดำเนินการนี้เป็นหน้าที่ของ"
    )
    year.moves(world.approver_d, dit, "ส่งรายงาน")
    page = year.assessment(world.assessor, dit)
    page.locator("form[action*=return] input[name=reason]").fill("ไม่มีหลักฐานของตัวชี้วัด 1.1")
    page.get_by_role("button", name="ส่งคืนหน่วยงาน").click()
    expect(page.get_by_role("status").first).to_contain_text("ทำแล้ว")
    page = year.attaches(world.reporter_d, dit, "1.1", "หลักฐาน 1.1.pdf", pdf())
    expect(page.get_by_role("link", name="หลักฐาน 1.1.pdf")).to_be_visible(timeout=15000)
    page.locator("details:has(> .file-do) > summary").first.click()
    page.get_by_role("button", name="ให้เผยแพร่").click()
    expect(page.get_by_text("จะเผยแพร่พร้อมผลการประเมิน")).to_be_visible()
    page = year.attaches(world.reporter_d, dit, "1.2", "ปลอม.pdf", b"<html><script>1</script>")
    expect(page.locator(".uploads .late")).to_be_visible(timeout=15000)
    year.moves(world.reporter_d, dit, "เสนอผู้อนุมัติ")
    year.moves(world.approver_d, dit, "ส่งรายงาน")
    page = stage.goto(world.approver_d, f"/reports/{year.report(dit).pk}/versions/2/")
    expect(page.get_by_text("หลักฐาน 1.1.pdf")).to_be_visible()
    expect(page.locator(".has-changes")).to_have_count(1)

    # The province is late by two days.
    year.on(2024, 11, 2)
    for number, actual in (
        ("1.1", "86"),
        ("1.2", "90"),
        ("1.3", "82"),
        ("1.4", "79"),
        ("1.5", "85"),
    ):
        year.says(world.reporter, province, number, actual)
    page = stage.goto(world.reporter, f"/reports/{year.report(province).pk}/kpis/1.3/")
    expect(page.locator("#checks")).to_contain_text("ขาดอีก ร้อยละ 3 จึงถึงค่าเป้าหมายมาตรฐาน")
    year.moves(world.reporter, province, "เสนอผู้อนุมัติ")
    page = year.moves(world.approver, province, "ส่งรายงาน")
    expect(page.get_by_text("ช้า 2 วัน")).to_be_visible()

    # OPDC, then the minister, then the Prime Minister's office; each on top of the former.
    year.on(2024, 11, 5)
    year.judges(world.assessor, province, "1.1", "85", "ตัดรายการที่นับซ้ำ")
    for body, minister in ((province, year.interior), (dit, world.ministers_office)):
        stage.refused(
            minister, f"/assessments/{year.assessment_of(body).pk}/move/pass_on/", "ไม่พบหน้าที่ขอ"
        )
        year.passes_on(world.assessor, body)
        if body == dit:
            year.judges(minister, dit, "1.2", "90", "มีผลงานปลายปีที่ยังไม่นับ")
        year.passes_on(minister, body)
        year.passes_on(year.prime, body)

    # No one sees a result before it is released.
    for body, who in ((province, world.approver), (dit, world.approver_d)):
        page = stage.goto(who, f"/results/{YEAR}/12m/{body.code}/")
        expect(page.get_by_role("alert")).to_contain_text("ไม่พบหน้าที่ขอ")
    year.on(2024, 11, 8)
    page = stage.goto(world.analyst, "/release/")
    page.locator("input[data-all=result]").check()
    year.press(page, "เผยแพร่ที่เลือก")
    expect(page.get_by_role("status").first).to_contain_text("เผยแพร่แล้ว 2 ผล")
    page = stage.goto(world.approver, f"/results/{YEAR}/12m/{province.code}/")
    expect(page.locator(".score .total")).to_have_text("64.10")
    expect(page.locator(".stages")).to_contain_text("65.10")

    appeal_of_the_province(year)

    # The public page, for anyone.
    visitor = stage.visitor()
    visitor.goto(f"{stage.site}/results/{YEAR}/12m/{province.code}/")
    expect(visitor.locator(".score .total")).to_have_text("69.60")
    expect(visitor.locator(".score .grade")).to_contain_text("ระดับมาตรฐาน ขั้นต้น")
    expect(visitor.get_by_text("ตัดรายการที่นับซ้ำ")).to_be_visible()
    expect(visitor.locator(".chart-falls li").nth(1)).to_contain_text("1.6")
    visitor.goto(f"{stage.site}/results/{YEAR}/12m/{dit.code}/")
    expect(visitor.locator(".score .total")).to_have_text("83.50")
    expect(visitor.locator(".score .grade")).to_contain_text("ระดับมาตรฐาน ขั้นสูง")
    with visitor.expect_download() as given:
        visitor.get_by_role("link", name="หลักฐาน 1.1.pdf").click()
    assert Path(given.value.path()).read_bytes() == pdf()
    visitor.goto(f"{stage.site}/results/{YEAR}/12m/{province.code}/compare/")
    expect(visitor.locator(".simulation")).to_contain_text("ไม่ใช่ผลการประเมิน")
    visitor.goto(f"{stage.site}/results/{YEAR}/data/")
    with visitor.expect_download() as given:
        visitor.get_by_role("link", name="ดาวน์โหลด").click()
    package = tmp_path / "package.zip"
    given.value.save_as(package)
    sha256 = visitor.locator("p.meta code").inner_text()

    report = replay(package, sha256=sha256)
    assert (report.identical, report.results) == (True, 2)
    assert list(findings()) == []
    assert list(verify(records(), heads())) == []


def appeal_of_the_province(year: Year) -> None:
    """The province appeals against KPI 1.4; a panel of three others upholds it; it is released."""
    stage, world, province = year.stage, year.world, year.world.province
    from esar.judge.results.models import Result

    result = Result.objects.get(body=province, state="released")
    year.on(2024, 11, 12)
    page = stage.goto(world.reporter, f"/appeals/new/{result.pk}/")
    page.get_by_label("มีหลักฐานที่ไม่ได้รับการพิจารณา").check()
    page.locator("input[name=appealed][value='1.4']").check()
    page.locator("textarea").first.fill("ผลของเดือนกันยายนไม่ถูกนับ ผลจริงคือ 81")
    send(page, page.locator("form.stack button.button-main"))
    expect(page.get_by_role("status").first).to_be_visible()
    appeal = page.url
    path = appeal.removeprefix(stage.site)
    page = stage.goto(world.approver, path)
    page.once("dialog", lambda dialog: dialog.accept())
    send(page, page.locator("form[action*='/file/'] button"))
    expect(page.get_by_role("status").first).to_be_visible()
    page = stage.goto(world.analyst, f"{path}panel/")
    for place, member in enumerate(year.panel, start=1):
        seat = page.locator(f"select[name='seat-{place}']")
        assert seat.locator(f"option[value='{world.assessor.pk}']").count() == 0
        seat.select_option(str(member.pk))
    send(page, page.locator("form.stack button.button-main"))
    expect(page.get_by_role("status").first).to_be_visible()
    for member in year.panel:
        page = stage.goto(member, path)
        page.locator("input[value=uphold]").check()
        page.locator("form[action*=vote] textarea").fill("หลักฐานเพียงพอ")
        send(page, page.locator("form[action*=vote] button"))
        expect(page.get_by_role("status").first).to_be_visible()
    page = stage.goto(year.panel[0], f"{path}uphold/")
    page.locator("select[name='status-1.4']").select_option("reported")
    page.locator("input[name='actual-1.4']").fill("81")
    page.locator("textarea").last.fill("รับฟังหลักฐานเดือนกันยายน ผลเป็น 81")
    page.once("dialog", lambda dialog: dialog.accept())
    send(page, page.locator("form.stack button.button-main"))
    expect(page.get_by_role("status").first).to_be_visible()
    page = stage.goto(world.analyst, "/release/")
    page.locator("input[data-all=result]").check()
    year.press(page, "เผยแพร่ที่เลือก")
    expect(page.get_by_role("status").first).to_contain_text("เผยแพร่แล้ว 1 ผล")
