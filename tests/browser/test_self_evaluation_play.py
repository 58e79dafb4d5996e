"""A body that evaluates itself is asked, sends its papers, and they are put to the Prime Minister.

Each step is played by whose it is; whoever else tries it is refused.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from esar.platform.organisations.models import Person
from esar.platform.ui import clock
from esar.report.self_evaluations.models import SelfEvaluation
from tests.browser.stage import Stage
from tests.browser.windows import send
from tests.exchange.inspection.good import pdf
from tests.report.self_evaluations.make import NOVEMBER, Army
from tests.show.public.make import province, result

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOT_YOURS = "ซึ่งท่านไม่ได้เป็นสำหรับรายการนี้"


class Play:
    """The stage, the body that evaluates itself, and the two provinces that OPDC evaluates."""

    def __init__(self, stage: Stage) -> None:
        clock.pretend(NOVEMBER)
        self.stage, self.body = stage, Army()
        result(province("TH-50"), "95")
        result(province("TH-51"), "95", digital="40")

    @property
    def path(self) -> str:
        return f"/self-evaluations/{SelfEvaluation.objects.get().pk}/"

    def press(self, person: Person, words: str) -> Page:
        page = self.stage.goto(person, self.path)
        page.on("dialog", lambda dialog: dialog.accept())
        send(page, page.get_by_role("button", name=words))
        return page

    def refused(self, person: Person, move: str, **data: str) -> None:
        self.stage.refused(person, f"{self.path}move/{move}/", NOT_YOURS, **data)

    def figures(self) -> tuple[str, str]:
        """The mean and the number of bodies that the round's summary tells the Cabinet."""
        page = self.stage.visitor()
        page.goto(f"{self.stage.site}/results/2567/12m/overview/")
        score = page.locator("p.score")
        return score.locator(".total").inner_text(), score.inner_text()


@pytest.mark.usefixtures("transactional_db")
def test_papers_go_from_the_request_to_the_prime_minister_and_into_no_average(
    stage: Stage,
) -> None:
    play = Play(stage)
    body, before = play.body, play.figures()

    page = stage.goto(body.clerk, "/self-evaluations/ask/2567/")
    expect(page.get_by_role("checkbox", name=body.body.name_th)).to_be_checked()
    send(page, page.locator("main form button").last)
    play.refused(body.reporter, "send")

    page = stage.goto(body.reporter, f"{play.path}fill/")
    for label, words in (
        ("กรอบที่ใช้ประเมิน", "แนวทางของหน่วยงาน"),
        ("ผู้ประเมินอิสระ", "คณะผู้ประเมินอิสระ"),
        ("คะแนนที่หน่วยงานประเมินตนเอง", "1"),
        ("คะแนนเต็ม", "100"),
        ("ระดับผลการประเมิน (ตามที่หน่วยงานให้)", "ต้องปรับปรุง"),
    ):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("หนังสือนำส่ง", exact=True).fill("ที่ กห 0201/1")
    page.get_by_label("วันที่ของหนังสือนำส่ง").fill("2024-11-01")
    send(page, page.locator("main form button").last)
    file = {"name": "ผล.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
    send(page, page.get_by_role("button", name="ส่งไฟล์"))

    play.refused(body.reporter, "send")
    play.refused(body.approver, "take_in")
    play.press(body.approver, "อนุมัติและส่งให้สำนักงาน ก.พ.ร.")
    play.refused(body.approver, "check")
    play.refused(body.reporter, "send_back", reason="ขาด")
    play.press(body.analyst, "เอกสารครบถ้วน")
    play.refused(body.approver, "put")
    stage.refused(body.prime_minister, f"{play.path}move/put/", "ไม่พบ")
    play.press(body.analyst, "เสนอนายกรัฐมนตรี")

    desk = stage.goto(body.prime_minister, "/assessments/?year=2567")
    apart = desk.locator("table.self-evaluated")
    expect(apart.get_by_role("row", name=body.body.name_th)).to_contain_text("1 / 100")
    expect(apart.get_by_role("row", name=body.body.name_th)).to_contain_text("ประเมินตนเอง")
    assert play.figures() == before
    public = stage.visitor()
    public.goto(f"{stage.site}/results/2567/12m/summary/")
    expect(public.locator("table.self-evaluated")).to_contain_text(body.body.name_th)
    public.goto(f"{stage.site}/results/2567/12m/")
    expect(public.locator("table.self-evaluated")).to_contain_text(body.body.name_th)
