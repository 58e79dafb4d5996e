"""Fiscal year 2554: KPI templates by 31 January, and OPDC's KPI audit in February."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.indicators.queries import LISTED
from esar.agree.kpi_definitions import queries as sheets
from esar.agree.kpi_definitions.life import TEMPLATES_LIFE
from esar.agree.kpi_definitions.permissions import may_see_templates
from esar.agree.scorecards.actions import open_scorecard
from esar.agree.scorecards.checks import check, completeness, needed_of, rules_of
from esar.agree.scorecards.content import binding, kpis_of
from esar.agree.scorecards.models import Scorecard, ScorecardVersion
from esar.agree.scorecards.queries import acts_of, route_of, unlisted
from esar.agree.scorecards.states import State
from esar.kernel.problems import Refused
from esar.law.rules.kinds import ProposalFields
from esar.platform.calendars.actions import extend
from esar.platform.notices.models import Notice
from esar.platform.ui import books, clock
from esar.show.worklist.queries import work_for
from tests import make as year_2567
from tests.agree.scorecards import make
from tests.agree.scorecards.make_kpi_templates import FEBRUARY, FILLED, JANUARY, fill, go, judge
from tests.make import World, press
from tests.remembered import remembered
from tests.show.public.make import province

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


@remembered
def sent(world: World, at: datetime | None = None, day: date = JANUARY) -> Scorecard:
    card = make.in_force(world)
    fill(world, card)
    go(card, "propose", world.reporter, day)
    go(card, "submit", world.approver, day, at)
    return card


def test_a_proposal_of_2554_needs_few_fields_and_one_of_2567_all(world: World) -> None:
    card = make.drafted(world)
    kpi = kpis_of(card)[0]
    rules = rules_of(card)[1]
    assert needed_of(kpi, rules) == ("unit",)
    for name in ("definition", "formula", "owner", "data_source", "collection"):
        setattr(kpi.template, name, "")
    kpi.template.save()
    assert check(card, kpis_of(card))[0] == []
    assert completeness(kpi, rules) == 100

    other = kpis_of(year_2567.draft(world))[0]
    rules = rules_of(other.scorecard)[1]
    needed = ("unit", "definition", "formula", "data_source", "collection", "owner")
    assert needed_of(other, rules) == needed
    other.template.method = "given"
    assert needed_of(other, rules) == ("definition", "owner")


@pytest.mark.parametrize("year", [2561, 2567, 2568])
def test_what_a_proposal_needs_stands_in_the_rulebook_as_an_assumption(year: int) -> None:
    """No source lists it; the page that refuses an empty field rests on what the year says."""
    book = books.book(year)
    assert book is not None
    rule = book.on(book.year.last_day, "province").the(ProposalFields)

    assert rule is not None
    assert (rule.value.given, len(rule.value.computed)) == (("definition", "owner"), 6)
    assert [assumption.field for assumption in rule.version.assumed] == ["*"]


def test_a_year_that_names_no_templates_has_none(world: World) -> None:
    assert sheets.years_with_templates() == [2554]
    card = year_2567.draft(world)
    with pytest.raises(Refused) as refused:
        fill(world, card)
    assert codes(refused) == ["scorecard.no_rules"]


def test_templates_are_filled_in_only_once_the_kpis_are_in_force(world: World) -> None:
    card = make.to_sign(world)
    verdict = TEMPLATES_LIFE.may(world.reporter, sheets.templates_of(card), "edit", JANUARY)
    assert verdict.problem is not None
    assert verdict.problem.code == "scorecard.wrong_state"


def test_all_the_empty_fields_of_all_kpis_are_named_at_once(world: World) -> None:
    card = make.in_force(world)
    fill(world, card, "1.1", "2.1", owner_phone="")
    with pytest.raises(Refused) as refused:
        go(card, "propose", world.reporter)
    assert [(p.figures["kpi"], p.figures["fields"]) for p in refused.value.problems] == [
        ("1.1", ("label.owner_phone",)),
        ("2.1", ("label.owner_phone",)),
        ("3.1", ("label.conditions", "label.owner_phone")),
        ("4.1", ("label.conditions", "label.owner_phone")),
    ]


def test_what_is_filled_in_is_not_in_force_before_it_has_passed(world: World) -> None:
    card = sent(world)
    card.refresh_from_db()
    assert (card.version, binding(card)) == (1, "kept")


def test_nobody_sends_what_they_wrote_alone(world: World) -> None:
    from esar.platform.organisations.actions import appoint
    from esar.platform.organisations.models import Role

    card = make.in_force(world)
    appoint(
        world.reporter, Role.APPROVER, by=None, at=make.at(JANUARY), on=JANUARY, body=world.province
    )
    world.reporter.__dict__.pop("_held", None)
    fill(world, card)
    go(card, "propose", world.reporter)
    with pytest.raises(Refused) as refused:
        go(card, "submit", world.reporter)
    assert codes(refused) == ["access.own_work"]
    assert go(card, "submit", world.approver).state == "sent"


def test_another_saving_meanwhile_is_not_overwritten(world: World) -> None:
    card = make.in_force(world)
    fill(world, card, "1.1")
    with pytest.raises(Refused) as refused:
        fill(world, card, "1.1", seen="0" * 64, owner="คนอื่น")
    assert codes(refused) == ["kpi.changed_in_another_window"]


@pytest.mark.parametrize(
    ("at", "received", "late"),
    [
        (datetime(2011, 1, 31, 16, 59, 59, tzinfo=UTC), date(2011, 1, 31), False),
        (datetime(2011, 1, 31, 17, 0, 0, tzinfo=UTC), date(2011, 2, 1), True),
    ],
)
def test_the_due_day_counts_to_its_end_in_bangkok(
    world: World, at: datetime, received: date, late: bool
) -> None:
    card = sent(world, at=at)
    standing = sheets.standing_of(sheets.templates_of(card), FEBRUARY)
    assert (standing.received, standing.late) == (received, late)


def test_an_extension_for_the_body_counts(world: World) -> None:
    card = sent(world, at=datetime(2011, 2, 1, 3, 0, tzinfo=UTC))
    extend(
        2554,
        "calendar.kpi-template",
        last_day=date(2011, 2, 5),
        reason="น้ำท่วม",
        body=world.province,
        by=world.administrator,
        at=make.at(JANUARY),
        on=JANUARY,
    )
    assert sheets.standing_of(sheets.templates_of(card), FEBRUARY).late is False


def test_what_must_be_amended_goes_back_with_its_comment_and_comes_again(world: World) -> None:
    card = sent(world)
    with pytest.raises(Refused) as refused:
        go(card, "return", world.analyst, FEBRUARY)
    assert codes(refused) == ["templates.none_to_judge"] * 4 + ["templates.all_passed"]

    judge(world, card, k1_1="สูตรไม่ตรงกับหน่วยวัด")
    with pytest.raises(Refused) as refused:
        go(card, "pass", world.analyst, FEBRUARY)
    assert codes(refused) == ["templates.to_be_amended"]
    assert go(card, "return", world.analyst, FEBRUARY).state == "returned"
    told = Notice.objects.filter(person=world.reporter, code="notice.templates_back")
    assert told.count() == 1

    fill(world, card, "1.1", "2.1", formula="ก ÷ ค × 100")
    go(card, "propose", world.reporter, FEBRUARY)
    again = go(card, "submit", world.approver, FEBRUARY)

    assert sorted(again.verdicts) == ["3.1", "4.1"]  # what passed and stayed as it was
    assert again.received == JANUARY  # the first sending is what counts


def test_to_be_amended_needs_a_comment(world: World) -> None:
    card = sent(world)
    with pytest.raises(Refused) as refused:
        judge(world, card, k1_1=" ", k2_1="")
    assert codes(refused) == ["templates.no_comment"] * 2


def test_all_passed_makes_the_next_version_and_keeps_the_binding(world: World) -> None:
    card = sent(world)
    judge(world, card)
    go(card, "pass", world.analyst, FEBRUARY)

    card = Scorecard.objects.get(pk=card.pk)
    first, second = ScorecardVersion.objects.filter(scorecard=card).order_by("number")
    assert (card.state, card.version, binding(card)) == (State.IN_FORCE, 2, "kept")
    assert second.sha256 == card.approved_sha256
    kpi = second.content["kpis"][0]
    assert {name: kpi[name] for name in FILLED} == FILLED
    same = ("number", "name", "weight", "targets", "unit", "method", "direction")
    old = first.content["kpis"][0]
    assert {name: kpi[name] for name in same} == {name: old[name] for name in same}


def test_what_opdcs_list_leaves_empty_is_filled_in_without_leaving_the_list(world: World) -> None:
    card = make.in_force(world)
    listed = IndicatorVersion.objects.filter(indicator__body=None, fiscal_year=2554)
    kept = {name: getattr(kpis_of(card)[0].template, name) for name in LISTED if name in FILLED}
    fill(world, card, **(kept | {"conditions": "ไม่นับโครงการที่ยกเลิก"}))
    go(card, "propose", world.reporter)
    go(card, "submit", world.approver)
    judge(world, card)
    go(card, "pass", world.analyst, FEBRUARY)

    kpis = kpis_of(card)
    assert {kpi.template.owner_phone for kpi in kpis} == {"034 000 000"}
    assert unlisted(kpis, 2554) == []
    assert {one.owner_phone for one in listed} == {""}  # OPDC's own text is not touched


def test_what_is_amended_later_does_not_alter_the_route_that_was_taken(world: World) -> None:
    card = sent(world)  # in other words than OPDC's
    judge(world, card)
    go(card, "pass", world.analyst, FEBRUARY)
    card.refresh_from_db()
    route = route_of(card)
    assert route is not None
    assert (len(unlisted(kpis_of(card), 2554)), acts_of(card, route)) == (4, ["collect", "sign"])


def test_a_passed_sheet_is_closed(world: World) -> None:
    card = sent(world)
    judge(world, card)
    go(card, "pass", world.analyst, FEBRUARY)
    with pytest.raises(Refused) as refused:
        fill(world, card)
    assert codes(refused) == ["templates.wrong_state"]


def test_others_see_templates_once_they_were_sent(world: World) -> None:
    card = make.in_force(world)
    secretary = world.secretaries["NEG-P"]
    fill(world, card)
    assert may_see_templates(secretary, sheets.templates_of(card), JANUARY) is False
    go(card, "propose", world.reporter)
    go(card, "submit", world.approver)
    assert may_see_templates(secretary, sheets.templates_of(card), JANUARY) is True


def test_it_stands_on_the_work_list_of_whose_turn_it_is(world: World) -> None:
    def waits(person: Any) -> list[tuple[str, date | None]]:
        found = work_for(person, JANUARY, 2554)
        return [
            (one.asks, one.due)
            for one in found
            if one.path.endswith("templates/") or "kpi-templates" in one.path
        ]

    card = make.in_force(world)
    due = date(2011, 1, 31)
    assert waits(world.reporter) == [("page.templates_to_fill", due)]
    fill(world, card)
    go(card, "propose", world.reporter)
    assert (waits(world.reporter), waits(world.approver)) == (
        [],
        [("templates-state.proposed", due)],
    )
    go(card, "submit", world.approver)
    assert waits(world.analyst) == [("templates-state.sent", date(2011, 2, 28))]
    judge(world, card)
    go(card, "pass", world.analyst, FEBRUARY)
    assert [waits(one) for one in (world.reporter, world.approver, world.analyst)] == [[], [], []]


def test_the_list_has_what_is_overdue_first_and_a_constant_number_of_queries(
    world: World,
) -> None:
    card = sent(world)
    clock.pretend(FEBRUARY)
    client = Client()
    client.force_login(world.analyst)
    address = "/kpi-templates/?year=2554"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for code in ("TH-10", "TH-50"):
        other = open_scorecard(province(code), 2554, by=None, at=make.at(JANUARY), on=JANUARY)
        Scorecard.objects.filter(pk=other.pk).update(
            state="in_force", version=1, approved_sha256="x" * 64
        )
    client.get(address)  # what the frame keeps until something is written
    with CaptureQueriesContext(connection) as three:
        page = client.get(address).content.decode()
    assert len(one) == len(three)
    rows = client.get("/kpi-templates/list.csv?year=2554").content.decode().splitlines()[1:]
    assert [row.split(",")[3:7] for row in rows] == [
        ["draft", "2011-01-31", "", "1"],
        ["draft", "2011-01-31", "", "1"],
        ["sent", "2011-01-31", "2011-01-20", "0"],
    ]
    assert page.index("เลยกำหนดแล้ว ยังไม่ส่ง") < page.index(f"/scorecards/{card.pk}/templates/")


def test_by_the_pages_from_the_first_field_to_the_next_version(world: World) -> None:
    card = make.in_force(world)
    clock.pretend(JANUARY)
    root = f"/scorecards/{card.pk}/templates/"
    browser = {}
    for name in ("reporter", "approver", "analyst"):
        browser[name] = Client()
        browser[name].force_login(getattr(world, name))
    typed = {name: value for name, value in FILLED.items() if name != "baseline"}
    for kpi in kpis_of(card):
        page = f"{root}kpis/{kpi.number}/"
        seen = browser["reporter"].get(page).context["form"].initial["seen"]
        answer = browser["reporter"].post(page, typed | {"baseline_2553": "๗๒", "seen": seen})
        assert (answer.status_code, answer["Location"]) == (302, root)
    assert press(browser["reporter"], root, "propose").status_code == 302
    assert press(browser["approver"], root, "submit").status_code == 302
    page = browser["approver"].get(root)
    assert [str(message) for message in page.context["messages"]][-1] == (
        "ดำเนินการแล้ว: อนุมัติและส่งสำนักงาน ก.พ.ร."
    )
    audited = browser["analyst"].get(root)
    assert "ความเห็น" in audited.content.decode()
    verdicts = {f"verdict-{kpi.number}": "passed" for kpi in kpis_of(card)}
    assert browser["analyst"].post(f"{root}audit/", verdicts).status_code == 422
    marks = marks_on(audited)
    assert browser["analyst"].post(f"{root}audit/", verdicts | marks).status_code == 302
    assert press(browser["analyst"], root, "pass").status_code == 302

    card.refresh_from_db()
    assert card.version == 2
    assert "ผ่านการตรวจสอบ" in browser["reporter"].get(root).content.decode()
    public = Client().get(f"/agencies/{card.body.code}/2554/agreement/").content.decode()
    assert "ปลัดกระทรวงมหาดไทย ก" in public  # still signed: version 1 was


def marks_on(page: Any) -> dict[str, str]:
    """The marks that a page of an audit carries, by field."""
    return {f"seen-{number}": mark for number, mark in page.context["marks"].items()}


def test_a_comment_without_a_verdict_is_asked_about_and_given_back(world: World) -> None:
    root, client = audit_of(world)
    marks = marks_on(client.get(root))
    answer = client.post(f"{root}audit/", marks | {"comment-1.1": "แก้คำนิยาม"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ตัวชี้วัด 1.1 มีความเห็นแต่ยังไม่เลือกผลตรวจสอบ โปรดเลือกผ่านหรือต้องแก้ไข" in page
    assert "แก้คำนิยาม</textarea>" in page


def test_of_two_who_judge_one_kpi_the_second_overwrites_nothing(world: World) -> None:
    root, client = audit_of(world)
    marks = marks_on(client.get(root))
    first = {"verdict-1.1": "amend", "comment-1.1": "แก้คำนิยาม"}
    assert client.post(f"{root}audit/", marks | first).status_code == 302
    assert client.post(f"{root}audit/", marks | first).status_code == 302  # the same again
    second = client.post(f"{root}audit/", marks | {"verdict-1.1": "passed"})
    other = client.post(f"{root}audit/", marks | {"verdict-2.1": "passed"})

    assert (second.status_code, other.status_code) == (422, 302)
    verdicts = client.get(root).context["templates"].verdicts
    assert {number: verdict["passed"] for number, verdict in verdicts.items()} == {
        "1.1": False,
        "2.1": True,
    }


def audit_of(world: World) -> tuple[str, Client]:
    """The page of a body's templates that wait for OPDC, and an analyst's browser."""
    card = sent(world)
    clock.pretend(JANUARY)
    client = Client()
    client.force_login(world.analyst)
    return f"/scorecards/{card.pk}/templates/", client
