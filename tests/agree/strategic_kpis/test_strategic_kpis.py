"""A strategic KPI is drafted, seen by two committees, told, decided on, and reaches KPIs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from esar.agree.committees.life import SITTING_LIFE
from esar.agree.committees.models import Sitting
from esar.agree.scorecards.models import Scorecard
from esar.agree.strategic_kpis import actions, resolutions
from esar.agree.strategic_kpis.achieved import strategic_law
from esar.agree.strategic_kpis.life import STRATEGIC_LIFE
from esar.agree.strategic_kpis.models import Cascade, CascadeDecision, StrategicKpi
from esar.agree.strategic_kpis.queries import classed, hosts_of_year, kpis_in_force, standings
from esar.agree.strategic_kpis.resolutions import CascadeText, Reach
from esar.kernel.problems import Refused
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.notices.models import Notice
from esar.platform.ui import books, clock
from tests.agree.strategic_kpis.make import (
    approved,
    decide,
    drafted,
    move,
    resolved,
    submitted,
    text,
    told,
)
from tests.judge.assessments.make import tokens_on
from tests.make import AT, ON, World, close, in_force, kpi, open_sitting, press

pytestmark = pytest.mark.django_db
NOT_MEASURED = CascadeText(reason="not-measurable", note="ยังไม่มีข้อมูลปีฐาน")


def codes(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [problem.code for problem in refusal.value.problems]


def reaching(card: Scorecard, *numbers: str, relation: str = "cascade") -> CascadeText:
    return CascadeText(tuple(Reach(kpi(card, number), relation) for number in numbers))


def standing_of(thing: StrategicKpi) -> str:
    rules = rules_2567()
    return standings(2567, ON, kpis_in_force(2567, ON, rules), [thing])[0].standing


def rules_2567() -> Any:
    book = books.book(2567)
    assert book is not None
    return book.on(book.year.last_day)


def browser(person: Any) -> Client:
    clock.pretend(ON)
    client = Client()
    client.force_login(person)
    return client


def test_it_goes_by_both_committees_to_its_hosts_and_comes_into_force_when_that_decides(
    world: World,
) -> None:
    thing = told(world)
    assert thing.state == "told"
    assert set(Notice.objects.values_list("person", "code")) >= {
        (world.secretaries["L2-MOC"].pk, "notice.strategic_told")
    }

    decide(world, thing, NOT_MEASURED)

    assert (thing.state, thing.in_force_from) == ("in_force", ON)
    events = STRATEGIC_LIFE.events_of(thing, "strategic.").order_by("number")
    assert [event.verb for event in events] == [
        "strategic.drafted",
        "strategic.submit",
        "strategic.opinion",
        "strategic.approve",
        "strategic.tell",
        "strategic.not_cascaded",
        "strategic.enforce",
    ]
    assert thing.resolution.startswith("คณะ SUB")


def test_whoever_drafted_it_does_not_put_it_before_the_committee(world: World) -> None:
    thing = drafted(world)

    assert codes(lambda: move(thing, "submit", world.analyst)) == ["access.own_work"]
    assert codes(lambda: move(thing, "submit", world.approver_d)) == ["access.wrong_role"]


def test_a_committee_resolves_in_a_sitting_and_no_other_committee_does(world: World) -> None:
    thing = submitted(world)
    secretary = world.secretaries["L1-D"]

    assert codes(lambda: move(thing, "opinion", secretary)) == ["life.needs_a_sitting"]
    assert codes(lambda: resolved(world, world.sub, thing, "approve")) == [
        "strategic.not_before_it"
    ]
    assert codes(lambda: resolved(world, world.level1d, thing, "return")) == ["form.no_reason"]
    sitting = open_sitting(world, world.level2)
    assert codes(lambda: resolutions.put_before(sitting, [thing], by=secretary, at=AT, on=ON)) == [
        "access.wrong_role"
    ]


def test_what_is_sent_back_is_a_draft_again_with_the_reason(world: World) -> None:
    thing = submitted(world)

    resolved(world, world.level1d, thing, "return", reason="หน่วยวัดไม่ชัด")

    assert thing.state == "draft"
    returned = STRATEGIC_LIFE.sent_back(thing)
    assert returned is not None
    assert returned.reason == "หน่วยวัดไม่ชัด"


def test_a_code_is_given_once(world: World) -> None:
    drafted(world)

    assert codes(lambda: drafted(world, name="อีกตัว")) == ["strategic.code_taken"]


def test_a_draft_is_changed_by_opdc_and_nothing_else_is(world: World) -> None:
    thing = drafted(world)
    seen = mark_of(dict(STRATEGIC_LIFE.content(thing)))
    by_at_on: dict[str, Any] = {"by": world.analyst, "at": AT, "on": ON}

    actions.save_draft(thing, text(unit="ร้อยละ"), seen=seen, **by_at_on)
    thing.refresh_from_db()
    assert thing.unit == "ร้อยละ"
    assert codes(lambda: actions.save_draft(thing, text(unit="บาท"), seen=seen, **by_at_on)) == [
        "strategic.changed_in_another_window"
    ]
    move(thing, "submit", world.administrator)
    assert codes(lambda: actions.save_draft(thing, text(), seen=None, **by_at_on)) == [
        "strategic.wrong_state"
    ]


def test_it_reaches_the_kpis_that_its_committee_says_once_they_are_in_force(world: World) -> None:
    card = in_force(world, world.department)
    thing = told(world)

    decide(world, thing, reaching(card, "1.1", "1.2"))

    assert standing_of(thing) == "cascaded"
    rules = rules_2567()
    kpis = kpis_in_force(2567, ON, rules)
    rows = classed(kpis, standings(2567, ON, kpis), rules)
    assert [(row.in_force.kpi.number, row.klass, row.codes) for row in rows] == [
        ("1.1", "strategic", "SK-MOC-01"),
        ("1.2", "strategic", "SK-MOC-01"),
        *((f"1.{place}", "other", "") for place in (3, 4, 5, 6)),
    ]
    Cascade.objects.all().delete()
    assert standing_of(thing) == "not_cascaded"


def test_a_kpi_that_is_joint_by_agenda_is_counted_as_joint_whatever_it_comes_from(
    world: World,
) -> None:
    card = in_force(world, world.department)
    thing = told(world)
    decide(world, thing, reaching(card, "1.1", "1.2"))
    rules = rules_2567()
    first, second, *_ = kpis_in_force(2567, ON, rules)
    joint = replace(first, kpi=replace(first.kpi, kind="kind.joint-agenda"))

    kpis = [joint, second]
    rows = classed(kpis, standings(2567, ON, kpis), rules)

    assert [row.klass for row in rows] == ["joint", "strategic"]


def test_a_decision_needs_a_kpi_of_the_committees_own_bodies_or_a_reason(world: World) -> None:
    card, theirs = in_force(world, world.department), in_force(world)
    thing = told(world)
    sitting = open_sitting(world, world.level2d)

    def tried(decision: CascadeText) -> list[str]:
        return codes(lambda: decide(world, thing, decision, sitting=sitting))

    assert tried(CascadeText()) == ["cascade.no_reason"]
    assert tried(CascadeText(reason="weather")) == ["cascade.no_reason"]
    both = CascadeText(reaching(card, "1.1").reaches, reason="other")
    assert tried(both) == ["cascade.reason_and_links"]
    assert tried(reaching(theirs, "1.1")) == ["cascade.not_its_body"]
    assert CascadeDecision.objects.count() == 0


def test_a_refusal_names_the_clause_it_rests_on(world: World) -> None:
    thing = told(world)
    sitting = open_sitting(world, world.level2d)

    with pytest.raises(Refused) as refusal:
        decide(world, thing, CascadeText(), sitting=sitting)

    (problem,) = refusal.value.problems
    assert "ข้อ 2.2" in str(problem.clause)


def test_a_later_decision_of_the_year_counts_and_the_earlier_stays(world: World) -> None:
    card = in_force(world, world.department)
    thing = told(world)

    decide(world, thing, NOT_MEASURED)
    assert standing_of(thing) == "not_cascaded"
    decide(world, thing, reaching(card, "1.1", relation="proxy"))

    assert standing_of(thing) == "cascaded"
    assert list(CascadeDecision.objects.values_list("number", "cascaded")) == [
        (2, True),
        (1, False),
    ]


def test_a_sitting_that_decided_on_some_closes_when_all_are_decided(world: World) -> None:
    first, second = told(world), told(world, code="SK-MOC-02", name="ดัชนีราคา")
    sitting = open_sitting(world, world.level2d)
    decide(world, first, NOT_MEASURED, sitting=sitting)
    secretary = world.secretaries["L2-MOC"]

    assert codes(lambda: close(sitting, by=secretary)) == ["cascade.undecided"]
    decide(world, second, NOT_MEASURED, sitting=sitting)
    close(sitting, by=secretary)
    assert SITTING_LIFE.locked(sitting).state == "closed"


@pytest.mark.usefixtures("world")
def test_the_host_of_a_committee_is_the_ministry_of_its_departments() -> None:
    hosts = {host.body.code: host.committee.code for host in hosts_of_year(2567)}

    assert hosts == {"MOC": "L2-MOC"}
    assert strategic_law(2561) is None


def test_others_find_it_once_it_was_told(world: World) -> None:
    thing = approved(world)
    page = f"/strategic/{thing.pk}/"

    assert browser(world.reporter).get(page).status_code == 404
    assert browser(world.secretaries["SUB"]).get(page).status_code == 200
    actions.tell_committees([thing], by=world.analyst, at=AT, on=ON)
    assert browser(world.reporter).get(page).status_code == 200


@pytest.mark.usefixtures("strict_templates")
def test_it_is_drafted_moved_and_resolved_by_the_pages(world: World) -> None:
    analyst, administrator = browser(world.analyst), browser(world.administrator)
    years = {f"target_{year}": "75" for year in range(2566, 2570)} | {"why_2570": "ยังไม่กำหนด"}
    typed = {name: value for name, value in text().items() if name != "targets"}
    typed |= {"host": text()["host"].pk}
    assert analyst.post("/strategic/new/", typed).status_code == 422
    assert analyst.post("/strategic/new/", typed | years).status_code == 302
    thing = StrategicKpi.objects.get()
    assert thing.targets[-1] == {"year": 2570, "target": "", "why": "ยังไม่กำหนด"}

    press(administrator, f"/strategic/{thing.pk}/", "submit")
    for committee, name in ((world.level1d, "opinion"), (world.sub, "approve")):
        sitting = open_sitting(world, committee)
        secretary = browser(world.secretaries[committee.code])
        page = f"/strategic/sittings/{sitting.pk}/"
        secretary.post(f"{page}agenda/", {"strategic": thing.pk} | tokens_on(secretary, page))
        resolved_by_page(secretary, sitting, name)
        close(sitting, by=world.secretaries[committee.code])
    telling = {"strategic": thing.pk} | tokens_on(administrator, "/strategic/")
    administrator.post("/strategic/moves/tell/", telling)
    thing.refresh_from_db()
    assert thing.state == "told"

    card = in_force(world, world.department)
    sitting = open_sitting(world, world.level2d)
    secretary = browser(world.secretaries["L2-MOC"])
    page = f"/strategic/sittings/{sitting.pk}/{thing.pk}/"
    seen = secretary.get(page).context["seen"]
    assert secretary.post(page, {"seen": seen}).status_code == 422
    secretary.post(page, {f"kpi_{kpi(card).pk}": "same", "seen": seen})
    close(sitting, by=world.secretaries["L2-MOC"])
    assert standing_of(thing) == "cascaded"
    for address in (f"/strategic/{thing.pk}/", "/strategic/hosts/MOC/", "/strategic/list.csv"):
        assert secretary.get(address).status_code == 200
    own = secretary.get(f"/strategic/{thing.pk}/").content.decode()
    assert 'href="/strategic/hosts/MOC/?year=2567"' in own
    tree = secretary.get("/strategic/hosts/MOC/?year=2568")
    assert (tree.status_code, tree.context["year"]) == (200, 2568)
    assert secretary.get("/strategic/hosts/MOC/?year=2500").status_code == 404


def resolved_by_page(secretary: Client, sitting: Sitting, outcome: str) -> Any:
    """What the page of a sitting answers when its only item is resolved there."""
    page = f"/sittings/{sitting.pk}/"
    (row,) = secretary.get(page).context["rows"]
    resolution = {"item": row["item"].pk, "outcome": outcome, "reason": "แก้ชื่อ"}
    return secretary.post(f"{page}resolve/", resolution | tokens_on(secretary, page))


def written_anew(world: World, thing: StrategicKpi, name: str = "มูลค่าการค้าชายแดนและผ่านแดน") -> None:
    """It went back to OPDC, says something else now, and is where it was before."""
    state = thing.state
    StrategicKpi.objects.filter(pk=thing.pk).update(state="draft")
    fields = text(name=name)
    thing.refresh_from_db()
    actions.save_draft(thing, fields, seen=None, by=world.analyst, at=AT, on=ON)
    StrategicKpi.objects.filter(pk=thing.pk).update(state=state)


def test_nothing_is_resolved_of_a_strategic_kpi_that_says_something_else_than_the_page(
    world: World,
) -> None:
    thing = submitted(world)
    sitting = open_sitting(world, world.level1d)
    secretary, page = browser(world.secretaries["L1-D"]), f"/strategic/sittings/{sitting.pk}/"
    tabling = {"strategic": thing.pk} | tokens_on(secretary, page)
    written_anew(world, thing)
    assert secretary.post(f"{page}agenda/", tabling).status_code == 422
    secretary.post(f"{page}agenda/", {"strategic": thing.pk} | tokens_on(secretary, page))
    written_anew(world, thing, name="มูลค่าการค้าผ่านแดน")
    for name in ("opinion", "return"):
        assert resolved_by_page(secretary, sitting, name).status_code == 422


def test_committees_are_told_only_of_what_the_list_showed(world: World) -> None:
    thing = approved(world)
    administrator = browser(world.administrator)
    telling = {"strategic": thing.pk} | tokens_on(administrator, "/strategic/")
    written_anew(world, thing)
    answer = administrator.post("/strategic/moves/tell/", telling)
    thing.refresh_from_db()
    assert (answer.status_code, thing.state) == (422, "approved")


def test_a_decision_takes_the_place_of_one_only_by_whoever_saw_it(world: World) -> None:
    thing, card = told(world), in_force(world, world.department)
    sitting = open_sitting(world, world.level2d)
    secretary = browser(world.secretaries["L2-MOC"])
    page = f"/strategic/sittings/{sitting.pk}/{thing.pk}/"
    seen = secretary.get(page).context["seen"]
    decide(world, thing, NOT_MEASURED, sitting=sitting)
    reached = {f"kpi_{kpi(card).pk}": "same"}

    assert secretary.post(page, reached | {"seen": seen}).status_code == 422
    reached |= {"correction": "ลงผิด", "seen": secretary.get(page).context["seen"]}
    assert secretary.post(page, reached).status_code == 302
    close(sitting, by=world.secretaries["L2-MOC"])
    assert standing_of(thing) == "cascaded"


def test_a_direction_and_a_plan_are_chosen_not_given(world: World) -> None:
    form = browser(world.analyst).get("/strategic/new/").context["form"]
    assert [form[name].value() or "" for name in ("direction", "plan")] == ["", ""]
    assert [form.fields[name].choices[0][0] for name in ("direction", "plan")] == ["", ""]


def test_a_target_in_per_cent_may_carry_its_sign(world: World) -> None:
    years = {f"target_{year}": "75 %" for year in range(2566, 2571)}
    typed = {name: value for name, value in text(unit="ร้อยละ").items() if name != "targets"}
    typed |= {"host": text()["host"].pk}
    browser(world.analyst).post("/strategic/new/", typed | years)
    assert {row["target"] for row in StrategicKpi.objects.get().targets} == {"75"}
