"""Whoever drives bodies outside the evaluation sends their results when the year is over."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.agendas.models import Holder
from esar.agree.agendas.queries import class_of, duties_of, duty_of
from esar.kernel.problems import Refused
from esar.kernel.wording import problem_sentence
from esar.platform.history.models import Event
from esar.platform.lifecycle.drafts import Conflict
from esar.platform.organisations.models import Body, Role
from esar.platform.ui import clock
from esar.report.outside_results.actions import mark, save_result
from esar.report.outside_results.models import OutsideResult
from esar.report.outside_results.queries import due_results
from tests.agree.agendas.make import YEAR, sub
from tests.make import World, person
from tests.report.outside_results.make import AT_OCTOBER, OCTOBER, Outside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
LAST_DAY = date(2024, 9, 30)
LISTED = "/outside-results/?year=2567"


@pytest.fixture
def outside(world: World) -> Outside:
    return Outside(world)


def save(outside: Outside, value: str | None = "6", **changed: Any) -> OutsideResult:
    by = {"by": outside.driver, "at": AT_OCTOBER, "on": OCTOBER}
    more = {"remark": "", "seen": None, **by, **changed}
    return save_result(outside.holder, None if value is None else Decimal(value), **more)


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    for problem in refusal.value.problems:
        assert all("{" not in problem_sentence(problem, language) for language in ("th", "en"))
    return [problem.code for problem in refusal.value.problems]


def test_the_driver_sends_what_came_of_it_and_what_stood_before_is_in_the_history(
    outside: Outside,
) -> None:
    save(outside)
    save(outside, "4.5", remark="คะแนน 4.2 จาก 5")

    due = outside.due
    assert (due.value, due.remark, due.standing) == (
        Decimal("4.5"),
        "คะแนน 4.2 จาก 5",
        "not_reached",
    )
    assert due.result is not None
    assert due.result.sender.code == "SEPO"
    events = Event.objects.filter(verb="outside_result.saved").order_by("number")
    assert [event.after["value"] for event in events] == ["6", "4.5"]
    assert events[1].before["value"] == "6"


@pytest.mark.parametrize(
    ("direction", "value", "standing"),
    [
        ("higher", "5", "reached"),
        ("higher", "4.9999", "not_reached"),
        ("lower", "5", "reached"),
        ("lower", "5.0001", "not_reached"),
        ("higher", None, "no_figure"),
    ],
)
def test_a_result_is_held_against_the_one_target_of_its_holder(
    outside: Outside, direction: str, value: str | None, standing: str
) -> None:
    one = sub("1-01")
    one.direction = direction
    one.save()

    save(outside, value, remark="ประเมินแล้ว")

    assert outside.due.standing == standing


@pytest.mark.usefixtures("outside")
def test_before_it_is_sent_it_is_awaited() -> None:
    assert [(due.body.code, due.standing) for due in due_results(YEAR)] == [("TAT", "awaited")]


def test_nobody_but_the_driver_sends_it(outside: Outside) -> None:
    world = outside.world
    of_tat = person("tat", (Role.REPORTER, outside.tat))
    approver = person("sepo-head", (Role.APPROVER, Body.objects.get(code="SEPO")))
    for who in (world.reporter, world.analyst, world.administrator, of_tat, approver):
        assert refused(lambda who=who: save(outside, by=who)) == ["outside.not_its_driver"]
    assert not OutsideResult.objects.exists()


def test_a_refusal_of_somebody_else_names_the_clause(outside: Outside) -> None:
    with pytest.raises(Refused) as refusal:
        save(outside, by=outside.world.analyst)

    sentence = problem_sentence(refusal.value.problems[0], "th")
    assert "สคร.: รัฐวิสาหกิจ" in sentence
    assert "ข้อ 4 และ 5" in sentence


def test_what_the_rules_give_to_opdc_its_own_officers_take_in(outside: Outside) -> None:
    Body.objects.filter(pk=outside.tat.pk).update(kind="other")

    assert refused(lambda: save(outside)) == ["outside.not_its_driver"]
    assert save(outside, by=outside.world.analyst).value == Decimal(6)


def test_what_opdc_evaluates_is_told_by_its_own_report(outside: Outside) -> None:
    holder = Holder.objects.get(body=outside.world.department)
    with pytest.raises(Refused) as refusal:
        save_result(holder, Decimal(1), "", seen=None, by=outside.driver, at=AT_OCTOBER, on=OCTOBER)

    assert [problem.code for problem in refusal.value.problems] == ["outside.of_opdc"]


def test_a_result_comes_when_the_year_is_over_and_says_something(outside: Outside) -> None:
    assert refused(lambda: save(outside, on=LAST_DAY)) == ["outside.year_goes_on"]
    assert refused(lambda: save(outside, None, remark=" ")) == ["outside.says_nothing"]
    assert refused(lambda: outside.sends("1-01,TAT,6,\n", on=LAST_DAY)) == ["outside.year_goes_on"]
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideResult.objects.create(holder=outside.holder, sender=outside.tat)


def test_of_two_officers_the_later_does_not_win_unseen(outside: Outside) -> None:
    seen = mark(None)
    save(outside, seen=seen)

    with pytest.raises(Conflict):
        save(outside, "7", seen=seen)

    assert outside.due.value == Decimal(6)
    save(outside, "7", seen=mark(outside.due.result))
    assert outside.due.value == Decimal(7)


def test_a_file_is_taken_in_whole_and_sent_again_changes_nothing(outside: Outside) -> None:
    first = outside.sends("1-01,TAT,6,\n")
    again = outside.sends("1-01,TAT,6,\n")
    later = outside.sends("1-01,TAT,,\n")

    assert [(taken.new, taken.changed, taken.same) for taken in (first, again, later)] == [
        (1, 0, 0),
        (0, 0, 1),
        (0, 0, 0),
    ]
    assert outside.due.value == Decimal(6)


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        (",TAT,6,\n", [("outside.row_incomplete", 2)]),
        ("1-01,,6,\n", [("outside.row_incomplete", 2)]),
        ("9-99,TAT,6,\n", [("outside.no_holder", 2)]),
        ("1-01,DIT,6,\n", [("outside.of_opdc", 2)]),
        ("1-01,TAT,many,\n", [("file.not_a_number", 2)]),
        ("1-01,TAT,6.00001,\n", [("form.too_many_decimals", 2)]),
        (f"1-01,TAT,,{'ก' * 501}\n", [("file.too_long", 2)]),
        ("1-01,TAT,6,\n1-01,TAT,7,\n", [("outside.twice", 2), ("outside.twice", 3)]),
        ("1-01,TAT,6,\n9-99,TAT,6,\n", [("outside.no_holder", 3)]),
    ],
)
def test_what_is_wrong_with_a_row_is_told_and_nothing_is_taken_in(
    outside: Outside, rows: str, problems: list[tuple[str, int]]
) -> None:
    told = outside.sends(rows).problems

    assert [(each.code, each.place.row if each.place else None) for each in told] == problems
    assert not OutsideResult.objects.exists()


def test_a_file_of_somebody_elses_bodies_is_refused_row_by_row(outside: Outside) -> None:
    told = outside.sends("1-01,TAT,6,\n", by=outside.world.analyst).problems

    assert [(each.code, each.place.row if each.place else None) for each in told] == [
        ("outside.not_its_driver", 2)
    ]


def test_the_driver_enters_one_by_its_page_and_everyone_reads_it(outside: Outside) -> None:
    clock.pretend(OCTOBER)
    client = Client()
    client.force_login(outside.driver)
    page = f"/outside-results/{outside.holder.pk}/"

    shown = client.get(page)
    seen = shown.context["form"].initial["seen"]
    assert client.post(page, {"value": "", "remark": "", "seen": seen}).status_code == 422
    assert client.post(page, {"value": "6", "remark": "", "seen": seen}).status_code == 302
    conflict = client.post(page, {"value": "7", "remark": "", "seen": seen})

    assert conflict.status_code == 422
    assert conflict.context["form"].kept_beside != ()
    public = Client().get(f"/sub-indicators/{sub('1-01').pk}/")
    assert [due and due.value for _holder, due in public.context["rows"]] == [None, Decimal(6)]
    agenda = Client().get("/agendas/2567/water/").context["outside"]
    assert [(row.column, row.due, row.sent, row.reached) for row in agenda] == [
        ("state_enterprise", 1, 1, 1)
    ]


def test_the_list_can_be_filled_in_and_sent_back(outside: Outside) -> None:
    clock.pretend(OCTOBER)
    client = Client()
    client.force_login(outside.driver)
    text = client.get("/outside-results/list.csv?year=2567").content.decode("utf-8-sig")
    head, row = text.splitlines()
    cells = dict(zip(head.split(","), row.split(","), strict=True))
    assert (cells["code"], cells["body"], cells["value"]) == ("1-01", "TAT", "")

    filled = text.replace(row, ",".join({**cells, "value": "6"}.values()))
    sent = SimpleUploadedFile("results.csv", filled.encode())
    answer = client.post("/outside-results/load/2567/", {"file": sent})

    assert (answer.status_code, answer.context["loaded"].new) == (200, 1)
    assert outside.due.value == Decimal(6)


@pytest.mark.parametrize("asks", ["reporter", "analyst"])
def test_whoever_sends_for_nobody_has_an_empty_list(outside: Outside, asks: str) -> None:
    clock.pretend(OCTOBER)
    client = Client()
    client.force_login(getattr(outside.world, asks))

    assert list(client.get(LISTED).context["list"].lines) == []


def test_more_results_cost_no_more_queries(outside: Outside) -> None:
    clock.pretend(OCTOBER)
    client = Client()
    client.force_login(outside.driver)
    pages = (LISTED, "/agendas/2567/water/", f"/sub-indicators/{sub('1-01').pk}/")

    def cost() -> list[int]:
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            counts.append(len(captured))
        return counts

    save(outside)
    cost()  # what a process reads once, and what waits since something was saved
    before = cost()
    for number in range(3):
        twin = Body.objects.create(
            code=f"SE{number}", kind="state_enterprise", name_th="ก", name_en="a", source="-"
        )
        holder = Holder.objects.create(
            sub_indicator=sub("1-01"), body=twin, first_day=date(2023, 11, 1), targets=["5"]
        )
        OutsideResult.objects.create(holder=holder, value=1, sender=twin)
    assert cost() == before


@pytest.mark.parametrize(
    ("kind", "act", "fund", "name"),
    [
        ("state_enterprise", "", None, "state_enterprise"),
        ("public_organisation", "public_organisation_act", None, "organisation_of_2542"),
        ("public_organisation", "special_act", True, "organisation_in_fund"),
        ("public_organisation", "special_act", False, "organisation_outside_fund"),
        ("public_organisation", "special_act", None, "other"),
        ("department", "", None, "other"),
        ("other", "", None, "other"),
    ],
)
def test_a_body_is_driven_by_its_class(kind: str, act: str, fund: bool | None, name: str) -> None:
    body = Body(kind=kind, established_by=act, under_revolving_fund_act=fund)

    assert class_of(body, LAST_DAY) == name


@pytest.mark.parametrize(
    ("year", "kind", "fund", "driver"),
    [
        (2567, "state_enterprise", None, "SEPO"),
        (2568, "state_enterprise", None, "SEPO"),
        (2567, "public_organisation", True, "OPDC"),
        (2568, "public_organisation", True, "CGD"),
        (2567, "public_organisation", False, "OPDC"),
        (2567, "other", None, "OPDC"),
        (2568, "other", None, None),
    ],
)
def test_the_rules_of_the_year_say_who_drives_a_body(
    year: int, kind: str, fund: bool | None, driver: str | None
) -> None:
    act = "special_act" if kind == "public_organisation" else ""
    duty = duty_of(Body(kind=kind, established_by=act, under_revolving_fund_act=fund), year)

    assert duty is not None
    assert duty.driver == driver


def test_a_year_without_duties_has_no_driver() -> None:
    assert duties_of(2554) is None
    assert duty_of(Body(kind="state_enterprise"), 2554) is None


def test_every_driver_is_in_the_registry() -> None:
    with Path("data/registry/agencies.csv").open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    for year in (2567, 2568):
        rule = duties_of(year)
        assert rule is not None
        assert {duty.driver for duty in rule.value.duties} - codes - {None} == set()
