"""A KPI names an index of the register; one value serves all, and what its host does is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from esar.agree.changes import actions as changes
from esar.agree.changes.content import problems_of
from esar.agree.scorecards.checks import check
from esar.agree.scorecards.content import kpis_of
from esar.agree.scorecards.models import Scorecard
from esar.platform.notices.models import Notice
from esar.platform.ui.year_address import without_year
from esar.report.reports.models import Report
from esar.show.worklist.queries import work_for
from tests.agree.indexes.make import holder, host_did, listed, moment, naming, with_edition
from tests.agree.make_forms import browser, typed
from tests.make import FEBRUARY, ON, World, draft, in_force, kpi, request_fields

pytestmark = pytest.mark.django_db
VALUE = "2023 (20 มิถุนายน 2566) · อันดับ 30 · คะแนน 74.5"


def asked_of_kpi(world: World, text: str) -> Any:
    """The answer to saving the department's KPI as one that names an index so."""
    card = draft(world, world.department)
    client = browser(world.reporter_d, ON)
    path = reverse("scorecards:kpi-edit", args=[card.pk, "1.1"])
    page = typed(client.get(path), kind="kind.international", answer_duty="", answer_index=text)
    return client.post(path, page)


@pytest.mark.parametrize("text", ["WCR", "wcr", "ดัชนีความสามารถ", "WCR ดัชนีความสามารถ"])
def test_a_kpi_names_an_index_by_its_code_or_its_name(world: World, text: str) -> None:
    listed(world)
    assert asked_of_kpi(world, text).status_code == 302

    answer = kpi(kpi_card(world)).answers[0]
    assert (answer["text"], answer["answer"], answer["codes"]) == (
        "ดัชนีความสามารถ (WCR)",
        "index",
        ["WCR"],
    )


def kpi_card(world: World) -> Scorecard:
    return Scorecard.objects.get(body=world.department)


@pytest.mark.parametrize("text", ["GII", "ดัชนีอื่น"])
def test_an_index_that_the_register_has_not_or_that_is_cancelled_is_not_named(
    world: World, text: str
) -> None:
    host_did(world, listed(world, code="GII"), what="cancelled")
    form = asked_of_kpi(world, text).context["form"]

    assert form.errors == {
        "answer_index": [
            f"ไม่มีดัชนี {text} ในทะเบียนดัชนีชี้วัดสากล โปรดเลือกจากรายการด้วยรหัสหรือชื่อ"
            " หรือแจ้งสำนักงาน ก.พ.ร. ให้เพิ่มดัชนี"
        ]
    }
    assert form["answer_index"].value() == text


def test_a_kpi_goes_on_to_name_an_index_that_was_cancelled_since(world: World) -> None:
    index, card = listed(world), draft(world, world.department)
    naming(card)
    host_did(world, index, what="cancelled")
    client = browser(world.reporter_d, ON)
    path = reverse("scorecards:kpi-edit", args=[card.pk, "1.1"])

    assert client.post(path, typed(client.get(path))).status_code == 302


def test_a_kpi_that_names_none_of_the_register_is_warned_of(world: World) -> None:
    card = draft(world, world.department)
    naming(card, "GONE")
    warned = [problem.code for problem in check(card, kpis_of(card))[1]]
    assert warned.count("kpi.index_not_registered") == 1

    listed(world, code="GONE")
    warned = [problem.code for problem in check(card, kpis_of(card))[1]]
    assert warned.count("kpi.index_not_registered") == 0


def test_one_value_serves_every_holder_with_its_edition(world: World) -> None:
    held, index = holder(world), listed(world)
    with_edition(world, index)
    client = browser(world.reporter_d, FEBRUARY)
    report = Report.objects.get(scorecard=held.scorecard, round_id="6m")
    claims = [
        reverse("reports:report-claim", args=[report.pk, number]) for number in ("1.1", "1.2")
    ]
    shown = [
        " ".join(client.get(page).content.decode().split()).count(VALUE)
        for page in (reverse("scorecards:scorecard-work", args=[held.scorecard_id]), *claims)
    ]

    assert shown == [1, 1, 0]


def test_the_page_of_an_index_has_its_holders_as_far_as_one_may_see_them(world: World) -> None:
    holder(world)
    index = listed(world)
    path = reverse("indexes:index", args=[index.code])

    def holders(who: Any) -> list[tuple[str, str, str]]:
        page = browser(who, FEBRUARY).get(path)
        return [
            (line.body.code, line.number, without_year(line.asks))
            for line in page.context["holders"]
        ]

    assert holders(world.analyst) == [("DIT", "1.1", "")]
    assert holders(world.reporter_d) == [("DIT", "1.1", "")]
    assert holders(world.reporter) == []
    change = host_did(world, index)
    asks = reverse("changes:change-ask", args=[kpi_card(world).pk, "1.1"])
    assert holders(world.reporter_d) == [("DIT", "1.1", f"{asks}?host_change={change.pk}")]
    assert holders(world.analyst) == [("DIT", "1.1", "")]


def test_every_holder_is_told_and_finds_the_request_filled_in(world: World) -> None:
    held = holder(world)
    change = host_did(world, listed(world), what="cancelled")
    notice = Notice.objects.get(code="notice.index_cancelled")
    assert notice.person == world.reporter_d

    client = browser(world.reporter_d, FEBRUARY)
    form = client.get(notice.path).context["form"]
    filled = {name: form[name].value() for name in ("ground", "reason", "evidence", "cancels")}
    assert filled == {
        "ground": "international",
        "reason": "สถาบันโลก ยกเลิกดัชนี ดัชนีความสามารถ เมื่อ 15 มกราคม 2567: เปลี่ยนวิธีคำนวณ",
        "evidence": change.source,
        "cancels": True,
    }
    page = client.get(notice.path)
    sent = {**typed(page), "cancels": "on", "achieved": "", "achieved_why": ""}
    assert client.post(notice.path, sent).status_code == 302
    assert held.scorecard.body == world.department


def test_an_index_of_another_kpi_fills_in_nothing(world: World) -> None:
    holder(world)
    change = host_did(world, listed(world, code="GII"))
    asks = reverse("changes:change-ask", args=[kpi_card(world).pk, "1.1"])
    page = browser(world.reporter_d, FEBRUARY).get(f"{asks}?host_change={change.pk}")

    assert page.context["form"]["reason"].value() is None
    assert Notice.objects.filter(code__startswith="notice.index").count() == 0


def test_the_desk_offers_the_change_until_it_is_asked_for(world: World) -> None:
    held, index = holder(world), listed(world)

    def offered(who: Any) -> list[str]:
        return [work.asks for work in work_for(who, FEBRUARY, 2567) if "host_" in work.asks]

    assert offered(world.reporter_d) == []
    host_did(world, index)
    assert offered(world.reporter_d) == ["work.host_changed"]
    assert offered(world.reporter) == []
    fields = request_fields(ground="international")
    changes.ask(held.scorecard, held, fields, **moment(world.reporter_d))
    assert offered(world.reporter_d) == []


def test_the_ground_of_international_kpis_is_for_them_alone(world: World) -> None:
    held = holder(world)
    fields = request_fields(ground="international")

    def grounds(number: str, **changed: Any) -> list[str]:
        problems = problems_of(held.scorecard, kpi(held.scorecard, number), fields | changed)
        return [one.code for one in problems if "ground" in one.code]

    assert grounds("1.1") == []
    assert grounds("1.1", ground="policy") == []
    assert grounds("1.2") == ["change.ground_of_another_kind"]
    assert grounds("1.2", ground="policy") == []


def test_the_desk_costs_the_same_queries_however_many_kpis_name_an_index(world: World) -> None:
    card = in_force(world, world.department)
    naming(card)
    host_did(world, listed(world))
    work_for(world.reporter_d, FEBRUARY, 2567)
    with CaptureQueriesContext(connection) as few:
        work_for(world.reporter_d, FEBRUARY, 2567)
    for number in ("1.2", "1.3", "1.4"):
        naming(card, number=number)
    with CaptureQueriesContext(connection) as many:
        work_for(world.reporter_d, FEBRUARY, 2567)

    assert len(many) == len(few)
