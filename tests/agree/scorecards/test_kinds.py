"""The kind of a KPI: what its form asks, where it is shown, and how KPIs are counted by it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from esar.agree.scorecards.actions import save_kpi
from esar.agree.scorecards.checks import check
from esar.agree.scorecards.content import kpis_of
from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.agree.scorecards.models import Kpi, Scorecard
from esar.kernel.problems import Problem, Refused
from esar.platform.organisations.models import Body, Person
from esar.report.reports.models import Report
from tests.agree.indexes.make import listed
from tests.make import AT, ON, World, draft, fields, in_force, kpi
from tests.show.public.make import department

TYPED = {
    "number": "1.1",
    "component": "performance",
    "name": "ความร่วมมือ",
    "method": "ladder",
    "direction": "higher",
    "unit": "ร้อยละ",
    "weight": "20",
    "target_1": "80",
    "target_2": "85",
    "target_3": "90",
}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def saved(client: Client, card: Scorecard, **typed: str) -> Any:
    """The answer to saving KPI 1.1 with these fields, from its own page."""
    path = reverse("scorecards:kpi-edit", args=[card.pk, "1.1"])
    seen = client.get(path).context["form"].initial["seen"]
    return client.post(path, TYPED | typed | {"seen": seen})


def missing_in(problems: Iterable[Problem]) -> list[str]:
    """What each KPI lacks of its form, with a comma between."""
    asked: list[Any] = [
        problem.figures["fields"]
        for problem in problems
        if problem.code == "scorecard.form_incomplete"
    ]
    return [", ".join(label.en for label in labels) for labels in asked]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (
            "kind.agenda.department",
            "Plan or resolution that it comes from, Whether it is urgent policy",
        ),
        ("kind.joint-function", "Departments that share the KPI"),
        ("kind.basic", "Law or duty that it comes from"),
        (
            "kind.international",
            "The international index",
        ),
    ],
)
def test_a_department_says_what_the_kind_of_its_kpi_asks(
    world: World, kind: str, asked: str
) -> None:
    card = draft(world, world.department)
    Kpi.objects.filter(scorecard=card, number="1.1").update(kind=kind, answers=[])
    with pytest.raises(Refused) as refusal:
        SCORECARD_LIFE.move(card, "propose", by=world.reporter_d, at=AT, on=ON)

    assert missing_in(refusal.value.problems) == [asked]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (
            "kind.agenda.province",
            "Plan or policy that it comes from,"
            " Whether it is urgent policy of the Ministry of Interior",
        ),
        (
            "kind.area",
            "Plan of the province or the cluster that it comes from, Project that drives it",
        ),
        ("kind.pain-point", "The problem, Who solves it together"),
    ],
)
def test_a_province_says_what_the_kind_of_its_kpi_asks(world: World, kind: str, asked: str) -> None:
    card = draft(world)
    Kpi.objects.filter(scorecard=card, number="1.1").update(kind=kind, answers=[])
    problems, _ = check(card, kpis_of(card))

    assert missing_in(problems) == [asked]


def test_an_answer_is_kept_in_the_form_in_which_it_is_told(world: World) -> None:
    card, partner = draft(world, world.department), department("ONE", "กรมหนึ่ง")
    client = signed_in(world.reporter_d)
    answer = saved(client, card, kind="kind.joint-function", answer_partners=f"one; {partner.code}")
    assert answer.status_code == 302
    assert [(told["id"], told["text"], told["codes"]) for told in kpi(card).answers] == [
        ("partners", "กรมหนึ่ง (ONE)", ["ONE"])
    ]
    listed(world)
    answer = saved(client, card, kind="kind.international", answer_index="wcr")
    assert answer.status_code == 302
    assert [(told["id"], told["text"], told["codes"]) for told in kpi(card).answers] == [
        ("index", "ดัชนีความสามารถ (WCR)", ["WCR"])
    ]


def test_partners_that_are_no_bodies_of_the_evaluation_are_told_and_nothing_is_lost(
    world: World,
) -> None:
    card = draft(world, world.department)
    answer = saved(
        signed_in(world.reporter_d), card, kind="kind.joint-function", answer_partners="XX, YY"
    )
    form = answer.context["form"]

    assert answer.status_code == 422
    assert form.errors["answer_partners"] == ["ไม่พบหน่วยงานที่มีรหัสหรือชื่อ: XX, YY"]
    assert form["answer_partners"].value() == "XX, YY"


def test_what_was_typed_for_another_kind_is_asked_about(world: World) -> None:
    card = draft(world)
    answer = saved(
        signed_in(world.reporter),
        card,
        kind="kind.area",
        **{"answer_area-plan": "แผน", "answer_project": "โครงการ", "answer_problem": "น้ำท่วม"},
    )
    form = answer.context["form"]

    assert (answer.status_code, set(form.errors)) == (422, {"answer_problem"})
    assert form["answer_problem"].value() == "น้ำท่วม"


def test_fields_say_for_which_kinds_they_are(world: World) -> None:
    card = draft(world)
    page = signed_in(world.reporter).get(reverse("scorecards:kpi-new", args=[card.pk]))
    kinds = {
        field.name: field.field.widget.attrs["data-kinds"]
        for field in page.context["form"].answer_fields
    }

    assert kinds == {
        "answer_plan": "kind.agenda.province",
        "answer_urgent": "kind.agenda.province",
        "answer_area-plan": "kind.area",
        "answer_project": "kind.area",
        "answer_problem": "kind.pain-point",
        "answer_with": "kind.pain-point",
    }


def shared(world: World, partner: Body) -> Scorecard:
    """A department's scorecard whose KPI 1.1 is shared with another department."""
    card = draft(world, world.department)
    answers = [{"id": "partners", "label": {}, "text": "", "codes": [partner.code]}]
    kpis = Kpi.objects.filter(scorecard=card, number="1.1")
    kpis.update(kind="kind.joint-function", answers=answers)
    return card


def mirror(world: World, partner: Body, targets: list[str]) -> None:
    """The partner's KPI that names the department."""
    card = Scorecard.objects.create(body=partner, fiscal_year=2567, since=AT)
    answers = [{"id": "partners", "label": {}, "text": "", "codes": [world.department.code]}]
    template = kpi(Scorecard.objects.get(body=world.department)).template
    Kpi.objects.create(
        scorecard=card,
        number="1.1",
        component="performance",
        kind="kind.joint-function",
        template=template,
        weight=Decimal(20),
        targets=targets,
        answers=answers,
    )


@pytest.mark.parametrize(
    ("targets", "warned"),
    [
        (None, "kpi.partner_has_none"),
        (["80", "85", "95"], "kpi.partner_differs"),
        (["80", "85", "90"], None),
    ],
)
def test_a_partner_without_the_kpi_or_with_other_targets_is_warned_of(
    world: World, targets: list[str] | None, warned: str | None
) -> None:
    partner = department("ONE", "กรมหนึ่ง")
    card = shared(world, partner)
    if targets:
        mirror(world, partner, targets)
    _, warnings = check(card, kpis_of(card))

    codes = [problem.code for problem in warnings if problem.code.startswith("kpi.partner")]
    assert codes == ([warned] if warned else [])


def test_a_department_is_no_partner_of_itself(world: World) -> None:
    _, warnings = check(card := shared(world, world.department), kpis_of(card))

    assert [problem.code for problem in warnings if problem.code.startswith("kpi.partner")] == [
        "kpi.partner_is_itself"
    ]


AREA = "ตัวชี้วัดตามแผนพัฒนาจังหวัดและกลุ่มจังหวัด (Area KPIs)"


def test_scorecard_agreement_report_and_its_claims_show_the_kind(world: World) -> None:
    card = in_force(world)
    client = signed_in(world.reporter)
    report = Report.objects.get(scorecard=card, round_id="6m")
    pages = {
        "scorecard": reverse("scorecards:scorecard-work", args=[card.pk]),
        "agreement": reverse("agreements:version", args=[card.pk, 1]),
        "report": reverse("reports:report", args=[report.pk]),
        "claim": reverse("reports:report-claim", args=[report.pk, "1.1"]),
    }
    shown = {name: client.get(page).content.decode().count(AREA) for name, page in pages.items()}

    # of the scorecard its history says it too, in the words of the same year
    assert shown == {"scorecard": 12, "agreement": 6, "report": 6, "claim": 1}


def kinds_listed(client: Client, query: str) -> list[str]:
    page = client.get(f"{reverse('scorecards:kpis')}?year=2567{query}")
    return [line.row.kpi.kind for line in page.context["list"].lines]


def of_two_kinds(world: World) -> None:
    card = draft(world)
    Kpi.objects.filter(scorecard=card, number__in=("1.2", "1.3")).update(kind="kind.joint-agenda")


def test_kpis_are_chosen_by_kind_and_by_group(world: World) -> None:
    of_two_kinds(world)
    client = signed_in(world.reporter)

    assert kinds_listed(client, "&kind_of_kpi=kind.area") == ["kind.area"] * 4
    assert kinds_listed(client, "&kpi_group=1.2") == ["kind.joint-agenda"] * 2
    assert kinds_listed(client, "&kpi_group=1.1") == ["kind.area"] * 4


def test_kpis_are_counted_by_kind(world: World) -> None:
    of_two_kinds(world)
    page = signed_in(world.reporter).get(f"{reverse('scorecards:kpis')}?year=2567")
    counts = [(count.label, count.group, count.kpis) for count in page.context["kind_counts"]]

    joint = "ตัวชี้วัดขับเคลื่อนการบูรณาการร่วมกันหลายหน่วยงานตามประเด็นนโยบายสำคัญ (Joint KPIs by Agenda)"
    assert counts == [(AREA, "1.1", 4), (joint, "1.2", 2)]


def test_the_file_of_kpis_says_their_kind_and_group(world: World) -> None:
    of_two_kinds(world)
    address = reverse("scorecards:scorecards-export", args=["csv"])
    answer = signed_in(world.reporter).get(f"{address}?year=2567")
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    kinds = [(row["kpi_kind"], row["kpi_group"]) for row in rows]

    assert Counter(kinds) == {
        ("kind.area", "1.1"): 4,
        ("kind.joint-agenda", "1.2"): 2,
        ("", ""): 2,  # points that others give
    }


def test_the_list_of_kpis_costs_the_same_queries_however_many_there_are(world: World) -> None:
    of_two_kinds(world)
    client, address = signed_in(world.reporter), f"{reverse('scorecards:kpis')}?year=2567"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    card = Scorecard.objects.get(body=world.province)
    for place in range(7, 20):
        save_kpi(card, fields(f"1.{place}"), by=world.reporter, at=AT, on=ON)
    client.get(address)  # what the frame keeps until something is written
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)
