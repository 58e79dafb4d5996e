"""A KPI that is the weighted average of its items, from its form to the result and its correction.

Of 2567, whose levels are worth 50, 75 and 100 points. Item 1 is 70 / 80 / 90 per cent, weight 0.6;
item 2 is 30 / 20 / 10 days, less is better, weight 0.4.

    83.5 per cent: 75 + 25 × 3.5 ÷ 10 = 83.75; 12 days: 75 + 25 × 8 ÷ 10 = 95
    (0.6 × 83.75 + 0.4 × 95) ÷ 1 = 88.25
    with 20 days instead: (0.6 × 83.75 + 0.4 × 75) ÷ 1 = 80.25
    with the first item alone: (0.6 × 83.75 + 0.4 × 0) ÷ 1 = 50.25
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from esar.agree.changes import actions as changes
from esar.agree.changes.achieved import known_figures, newest
from esar.agree.changes.life import CHANGE_LIFE
from esar.agree.scorecards.actions import counter
from esar.agree.scorecards.content import Outcome
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Offer, Scorecard, ScorecardVersion
from esar.judge.assessments.actions import judge
from esar.judge.assessments.models import Assessment, Judgement
from esar.judge.early_warning.kpi_status import statuses_of
from esar.judge.results.actions import correct, release
from esar.judge.results.models import Result
from esar.kernel.problems import Refused
from esar.kernel.wording import say
from esar.report.reports import writing
from esar.report.reports.content import Line, sheet_of
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Claim, Report
from tests.agree.changes.make import moment
from tests.agree.make_forms import browser, typed
from tests.judge.assessments.make import AT_MAY, MAY, declared
from tests.judge.results.make import RELEASED_AT, RELEASED_ON, passed_on
from tests.make import AT, FEBRUARY, ITEMS, ON, World, draft, kpi, request_fields, resolved, told
from tests.remembered import remembered
from tests.report.reports.make import APRIL, AT_APRIL, DECLARED, said

pytestmark = pytest.mark.django_db

NO_TARGETS = {"target_1": "", "target_2": "", "target_3": ""}


def rows(items: list[dict[str, Any]]) -> dict[str, str]:
    """Items as they are typed in the form."""
    values = {}
    for row, item in enumerate(items, start=1):
        values |= {f"item_{row}_{part}": item[part] for part in ("name", "weight", "unit")}
        values[f"item_{row}_direction"] = item["direction"]
        for level, target in enumerate(item["targets"], start=1):
            values[f"item_{row}_level_{level}"] = target
    return values


def with_items(world: World, **changed: str) -> tuple[Scorecard, Any]:
    """A draft whose KPI 1.1 was made a weighted average in its form, and the form's answer."""
    card = draft(world)
    client, path = browser(world.reporter, ON), f"/scorecards/{card.pk}/kpis/1.1/"
    values = {"method": "items", **NO_TARGETS, **rows(ITEMS)} | changed
    return card, client.post(path, typed(client.get(path), **values))


@remembered
def proposed(world: World) -> Scorecard:
    card, answer = with_items(world)
    assert answer.status_code == 302, answer.context["form"].errors
    for name, by in (("propose", world.reporter), ("submit", world.approver)):
        SCORECARD_LIFE.move(card, name, by=by, at=AT, on=ON)
    return card


@remembered
def in_force(world: World) -> Scorecard:
    card = proposed(world)
    resolved(world, world.level1, card, "opinion")
    resolved(world, world.level2, card, "approve")
    SCORECARD_LIFE.move(card, "collect", by=world.analyst, at=AT, on=ON)
    resolved(world, world.sub, card, "acknowledge")
    SCORECARD_LIFE.move(card, "inform", by=world.analyst, at=AT, on=ON)
    return card


@remembered
def reported(world: World, **items: str) -> Report:
    """A report in which every other KPI says 86, and the average what is typed in its page."""
    card = in_force(world)
    report = Report.objects.select_related("scorecard__body__parent").get(
        scorecard=card, round_id="6m"
    )
    for line in sheet_of(report).due:
        if line.central is None and line.number != "1.1":
            when = {"by": world.reporter, "at": AT_APRIL, "on": APRIL}
            writing.save_claim(report, line.number, said(), revision=0, **when)
    client, path = browser(world.reporter, APRIL), f"/reports/{report.pk}/kpis/1.1/"
    values = {"status": "reported", "did": "ดำเนินการแล้ว", **items}
    answer = client.post(path, typed(client.get(path), **values))
    assert answer.status_code == 302, answer.context["form"].errors
    return report


@remembered
def sent(world: World) -> Report:
    report = reported(world, item_1="83.5", item_2="12")
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=AT_APRIL, on=APRIL, **DECLARED)
    return report


def line_of(report: Report) -> Line:
    return next(line for line in sheet_of(report).lines if line.number == "1.1")


def points(report: Report) -> Decimal | None:
    line = line_of(report)
    return line.scored.points if line.scored else None


def test_items_typed_in_the_form_are_what_is_proposed_and_agreed(world: World) -> None:
    card = in_force(world)
    agreed = ScorecardVersion.objects.get(scorecard=card, number=1).agreed.kpi("1.1")

    assert agreed is not None
    assert ([item.to_json() for item in agreed.items], agreed.targets) == (ITEMS, ())
    offer = Offer.objects.get(scorecard=card, number="1.1")
    assert offer.items == ITEMS


def test_everything_wrong_with_items_is_told_at_once_and_nothing_is_lost(world: World) -> None:
    wrong = {
        "item_1_name": "",
        "item_2_weight": "ศูนย์จุดสี่",
        "item_2_level_3": "",
        "item_3_unit": "คน",
        "target_1": "80",
    }
    card, answer = with_items(world, **wrong)

    form = answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {
        "item_1_name",
        "item_2_weight",
        "item_2_level_3",
        "item_3_name",
        "item_3_weight",
        "target_1",
        "target_2",  # the first that is empty beside one that is filled
    }
    assert form["item_2_weight"].value() == "ศูนย์จุดสี่"
    assert kpi(card).items == []


def test_items_of_a_kpi_with_another_method_are_asked_about(world: World) -> None:
    _, answer = with_items(world, method="ladder")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["item_1_name"])


def test_targets_and_items_of_milestones_are_asked_about(world: World) -> None:
    levels = {"target_1": "70", "target_2": "80", "target_3": "90"}
    _, answer = with_items(world, method="milestones", **levels)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "item_1_name": [say("kpi.items_of_no_average", {}, "th")],
        "target_1": [say("kpi.targets_of_milestones", {}, "th")],
    }


def test_levels_that_do_not_rise_or_a_missing_item_stop_a_proposal(world: World) -> None:
    falling = {"item_1_level_1": "95", "item_2_level_1": "5"}
    card, answer = with_items(world, **falling)
    assert answer.status_code == 302  # a draft may be half right
    with pytest.raises(Refused) as refused:
        SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)

    assert [(problem.code, problem.figures["kpi"]) for problem in refused.value.problems] == [
        ("score.targets_do_not_rise", "1.1/1"),
        ("score.targets_do_not_fall", "1.1/2"),
    ]


def test_a_committee_offers_other_levels_and_weights_of_items(world: World) -> None:
    card = proposed(world)
    client = browser(world.secretaries["L1-P"], ON)
    path = f"/scorecards/{card.pk}/kpis/1.1/offer/"
    page = client.get(path)
    assert not {name for name in page.context["form"].fields if name.startswith("target_")}
    answer = client.post(path, typed(page, item_1_level_3="95", item_2_weight="0.5", why="ท้าทาย"))

    assert answer.status_code == 302
    offer = Offer.objects.get(scorecard=card, side="committee")
    assert [(item["name"], item["weight"], item["targets"]) for item in offer.items] == [
        ("ผู้ผ่านเกณฑ์", "0.6", ["70", "80", "95"]),
        ("ระยะเวลาให้บริการ", "0.5", ["30", "20", "10"]),
    ]


def test_results_typed_for_each_item_are_averaged_as_by_hand(world: World) -> None:
    report = reported(world, item_1="83.5", item_2="12")
    claim = Claim.objects.get(report=report, number="1.1")

    assert (claim.status, claim.actual, claim.items) == (
        "reported",
        None,
        {"1": "83.5", "2": "12"},
    )
    assert points(report) == Decimal("88.25")


def test_an_item_without_a_result_is_not_zero_but_not_reported_and_warned_of(world: World) -> None:
    report = reported(world, item_1="83.5", item_2="")
    page = browser(world.reporter, APRIL).get(f"/reports/{report.pk}/kpis/1.1/")

    assert Claim.objects.get(report=report, number="1.1").items == {"1": "83.5"}
    assert points(report) == Decimal("50.25")
    assert "รายการที่ไม่มีผลได้คะแนนของผลที่ไม่รายงาน" in page.content.decode()


@pytest.mark.parametrize(
    ("results", "notes"),
    [
        ({"item_1": "83.5", "item_2": "12"}, []),
        ({"item_1": "100", "item_2": "0"}, []),
        ({"item_1": "150", "item_2": "12"}, [("ผู้ผ่านเกณฑ์", "page.odd_percentage")]),
        ({"item_1": "-1", "item_2": ""}, [("ผู้ผ่านเกณฑ์", "page.odd_percentage")]),
        ({"item_1": "", "item_2": "-2"}, [("ระยะเวลาให้บริการ", "page.odd_negative")]),
        ({"item_1": "", "item_2": "300"}, []),  # ten times 30 days, and no day more
        (
            {"item_1": "100.01", "item_2": "300.5"},
            [("ผู้ผ่านเกณฑ์", "page.odd_percentage"), ("ระยะเวลาให้บริการ", "page.odd_large")],
        ),
    ],
)
def test_an_items_result_that_looks_like_a_slip_is_told_beside_its_name(
    world: World, results: dict[str, str], notes: list[tuple[str, str]]
) -> None:
    report = reported(world, **results)
    client, path = browser(world.reporter, APRIL), f"/reports/{report.pk}/"

    assert [(slip.item, slip.code) for slip in line_of(report).slips] == notes
    for page in (client.get(f"{path}kpis/1.1/"), client.get(f"{path}check/propose/")):
        warned = re.findall(r'<p class="warned">⚠ (.*?: .*?)</p>', page.content.decode())
        assert warned == [f"{item}: {say(code, {}, 'th')}" for item, code in notes]


def test_the_answers_are_checked_item_by_item(world: World) -> None:
    report = reported(world, item_1="83.5", item_2="12")
    page = browser(world.reporter, APRIL).get(f"/reports/{report.pk}/check/propose/")
    html = page.content.decode()
    items = html[html.index("kpi-items") : html.index("</ol>", html.index("kpi-items"))]

    assert re.findall(r"→\s*(?:<[^>]*>)?\s*([^<\n]+)", items) == ["ร้อยละ 83.5", "12 วัน"]


def test_a_result_without_any_item_is_refused(world: World) -> None:
    report = reported(world, item_1="83.5")
    client, path = browser(world.reporter, APRIL), f"/reports/{report.pk}/kpis/1.1/"
    answer = client.post(path, typed(client.get(path), item_1="", status="reported"))

    assert answer.status_code == 422
    assert Claim.objects.get(report=report, number="1.1").items == {"1": "83.5"}


def test_results_beside_no_data_are_asked_about(world: World) -> None:
    report = reported(world, item_1="83.5")
    client, path = browser(world.reporter, APRIL), f"/reports/{report.pk}/kpis/1.1/"
    answer = client.post(path, typed(client.get(path), status="no_data", why="ก", item_2="9"))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["item_2"])


def test_an_assessor_judges_an_item_and_the_result_has_each_stage(world: World) -> None:
    report = sent(world)
    assessment = Assessment.objects.get(report=report)
    declared(assessment, world.assessor)
    client, path = browser(world.assessor, MAY), f"/assessments/{assessment.pk}/kpis/1.1/"
    page = client.get(path)
    sent_form = typed(page, item_2="20", reason="นับวันใหม่", seen=page.context["seen"])
    assert client.post(path, sent_form).status_code == 302
    judgement = Judgement.objects.get(assessment=assessment)
    assert (judgement.actual, judgement.items) == (None, {"1": "83.5", "2": "20"})

    passed_on(world, report)
    results = Result.objects.filter(assessment=assessment)
    release(results, by=world.analyst, at=RELEASED_AT, on=RELEASED_ON)
    result = results.get()
    stages = result.stages["kpis"]["1.1"]
    assert (stages["self"]["items"], stages["self"]["points"]) == (
        {"1": "83.5", "2": "12"},
        "88.2500",
    )
    assert (stages["preliminary"]["items"], stages["preliminary"]["points"]) == (
        {"1": "83.5", "2": "20"},
        "80.2500",
    )

    code = report.scorecard.body.code
    page = browser(world.reporter, RELEASED_ON).get(f"/results/2567/6m/{code}/")
    assert page.context["stage_rows"][0]["cells"][1]["items"] == {"1": "83.5", "2": "20"}
    corrected = correct(
        result,
        {"1.1": Outcome(items={"1": Decimal("83.5"), "2": Decimal(12)})},
        reason="คำอุทธรณ์ฟังขึ้น",
        by=world.analyst,
        at=RELEASED_AT,
    )
    explained = next(kpi for kpi in corrected.explanation["kpis"] if kpi["id"] == "1.1")
    assert explained["points"] == "88.2500"
    items = [(item["name"], item["unit"], item["actual"]) for item in explained["result"]["items"]]
    assert items == [("ผู้ผ่านเกณฑ์", "ร้อยละ", "83.5"), ("ระยะเวลาให้บริการ", "วัน", "12")]


@pytest.mark.parametrize(
    ("days", "points", "status"), [("12", "88.25", "passed"), ("90", "0", "not_passed")]
)
def test_its_status_is_its_points_against_those_of_the_basic_level(
    world: World, days: str, points: str, status: str
) -> None:
    """88.25 of 50; 60 per cent and 90 days are both under the first level: 0."""
    share = "83.5" if days == "12" else "60"
    report = reported(world, item_1=share, item_2=days)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    REPORT_LIFE.move(report, "submit", by=world.approver, at=AT_APRIL, on=APRIL, **DECLARED)
    kpis = Kpi.objects.filter(scorecard=report.scorecard, number="1.1")
    (row,) = statuses_of(list(kpis.select_related("scorecard__body", "template")))

    assert (row.status, row.value, row.basic, row.month) == (status, Decimal(points), "50", 6)


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        ("1.1", Outcome(Decimal(80))),
        ("1.1", Outcome(steps_done=(1,))),
        ("1.1", Outcome(items={"3": Decimal(80)})),
        ("1.2", Outcome(items={"1": Decimal(80)})),
    ],
)
def test_only_results_of_the_items_that_were_agreed_can_be_judged(
    world: World, number: str, outcome: Outcome
) -> None:
    assessment = Assessment.objects.get(report=sent(world))
    declared(assessment, world.assessor)
    with pytest.raises(Refused) as refused:
        judge(assessment, number, outcome, reason="ก", by=world.assessor, at=AT_MAY, on=MAY)

    assert [problem.code for problem in refused.value.problems] == ["assessment.wrong_form"]


def test_a_change_of_an_items_levels_is_bound_decided_and_in_force(world: World) -> None:
    card = in_force(world)
    client = browser(world.reporter, FEBRUARY)
    harder = [ITEMS[0] | {"targets": ["75", "85", "95"]}, ITEMS[1]]
    when: dict[str, Any] = {"at": moment(FEBRUARY), "on": FEBRUARY}
    change = changes.ask(
        card, kpi(card), request_fields(targets=[], items=harder), by=world.reporter, **when
    )
    for name, by in (("propose", world.reporter), ("submit", world.approver)):
        CHANGE_LIFE.move(change, name, by=by, **when)
    page = client.get(f"/changes/{change.pk}/").content.decode()
    assert ("70 / 80 / 90" in page, "75 / 85 / 95" in page) == (True, True)
    resolved(world, world.level2, change, "approve", on=FEBRUARY)
    told(world, change)

    agreed = ScorecardVersion.objects.get(scorecard=card, number=2).agreed.kpi("1.1")
    assert agreed is not None
    assert [item.to_json() for item in agreed.items] == harder


WRONG_ITEMS = [
    ([ITEMS[0] | {"weight": "0"}, ITEMS[1]], "score.weight_out_of_range"),
    ([ITEMS[0] | {"weight": "-0.6"}, ITEMS[1]], "score.weight_out_of_range"),
    ([ITEMS[0] | {"targets": ["90", "80", "70"]}, ITEMS[1]], "score.targets_do_not_rise"),
    ([ITEMS[0] | {"targets": []}, ITEMS[1]], "score.number_of_targets"),
]


@pytest.mark.parametrize(("items", "code"), WRONG_ITEMS)
def test_no_offer_asks_for_items_that_cannot_be_scored(
    world: World, items: list[dict[str, Any]], code: str
) -> None:
    card = proposed(world)
    terms: dict[str, Any] = {"weight": None, "targets": [], "why": "ท้าทาย", "items": items}
    with pytest.raises(Refused) as refused:
        counter(card, kpi(card), **terms, by=world.secretaries["L1-P"], at=AT, on=ON)

    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(("items", "code"), [*WRONG_ITEMS, ([], "score.no_items")])
def test_no_change_asks_for_items_that_cannot_be_scored(
    world: World, items: list[dict[str, Any]], code: str
) -> None:
    card = in_force(world)
    when: dict[str, Any] = {"at": moment(FEBRUARY), "on": FEBRUARY}
    fields = request_fields(targets=[], items=items)
    with pytest.raises(Refused) as refused:
        changes.ask(card, kpi(card), fields, by=world.reporter, **when)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_change_leaves_no_item_empty(world: World) -> None:
    card = in_force(world)
    client, path = browser(world.reporter, FEBRUARY), f"/scorecards/{card.pk}/kpis/1.1/change/"
    cleared = {f"item_1_{part}": "" for part in ("weight", "level_1", "level_2", "level_3")}
    answer = client.post(path, typed(client.get(path), ground="disaster", **cleared))

    assert answer.status_code == 422
    assert cleared.keys() <= answer.context["form"].errors.keys()


def test_a_row_without_a_name_is_asked_for_it_wherever_it_stands(world: World) -> None:
    """Row 8 of a page that offered eight, the others cleared: it is not dropped."""
    _, answer = with_items(
        world,
        **{f"item_{row}_{part}": "" for row in (1, 2) for part in ("name", "weight", "unit")},
        **{f"item_{row}_level_{level}": "" for row in (1, 2) for level in (1, 2, 3)},
        item_8_weight="0.5",
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["item_8_name"])


def test_a_level_that_an_item_has_achieved_already_is_no_new_target(world: World) -> None:
    report = sent(world)  # item 1 came to 83.5
    softer = [ITEMS[0] | {"targets": ["60", "70", "83"]}, ITEMS[1]]
    with pytest.raises(Refused) as refused:
        changes.ask(
            report.scorecard,
            kpi(report.scorecard),
            request_fields(targets=[], items=softer),
            by=world.reporter,
            at=AT_APRIL,
            on=APRIL,
        )

    assert "change.target_is_achieved" in {problem.code for problem in refused.value.problems}


def test_an_items_result_that_an_appeal_corrected_is_what_it_has_achieved(world: World) -> None:
    report = sent(world)  # item 1 came to 83.5, item 2 to 12
    (result,) = Result.objects.filter(assessment=passed_on(world, report))
    outcome = Outcome(items={"1": Decimal(88), "2": Decimal(12)})
    corrected = correct(result, {"1.1": outcome}, reason="อุทธรณ์", by=world.analyst, at=RELEASED_AT)
    release([corrected], by=world.analyst, at=RELEASED_AT, on=RELEASED_ON)

    assert [
        (figure.source, figure.item, figure.value)
        for figure in newest(known_figures(report.scorecard, "1.1"))
    ] == [("result", "1", "88"), ("result", "2", "12")]
