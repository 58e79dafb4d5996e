"""Bodies that evaluate themselves: OPDC asks, receives, looks whether all is there, passes it on.

It scores nothing, and nothing that counts results counts them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from esar.judge.results.models import Result
from esar.kernel.problems import Refused
from esar.kernel.wording import Word
from esar.platform.history.models import Event
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.organisations.queries import considered_by
from esar.platform.ui import clock
from esar.report.self_evaluations import actions
from esar.report.self_evaluations.life import SELF_EVALUATION_LIFE
from esar.report.self_evaluations.models import SelfEvaluation, SelfEvaluationVersion
from esar.report.self_evaluations.queries import evaluate_themselves, missing_from
from esar.show.worklist.queries import work_for
from tests.exchange.inspection.good import pdf
from tests.make import person, press
from tests.report.self_evaluations.make import AT, NOVEMBER, PAPERS, Army, army, attach, move
from tests.show.public.make import department, ministry, province, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]


@pytest.fixture
def body(settings: Any, tmp_path: Any) -> Army:
    settings.VAR = tmp_path
    clock.pretend(NOVEMBER)
    return Army()


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [problem.code for problem in refusal.value.problems]


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_five_bodies_of_defence_isoc_police_and_mecc_evaluate_themselves_and_from_2568_none() -> (
    None
):
    for code in ("OPSMOD", "RTARF", "RTA", "RTN", "RTAF"):
        army(code)
    department("RTP", parent="IND")
    department("ISOC", parent="PMO")
    department("THAIMECC", parent="PMO")
    department("DIT")

    codes = set(evaluate_themselves(2567).values_list("code", flat=True))

    assert codes == {"OPSMOD", "RTARF", "RTA", "RTN", "RTAF", "RTP", "ISOC", "THAIMECC"}
    assert not evaluate_themselves(2568)


def test_its_papers_are_asked_for_received_looked_through_and_put_to_the_prime_minister(
    body: Army,
) -> None:
    thing = body.put()

    thing.refresh_from_db()
    assert (thing.state, thing.received_on, thing.put_on) == ("put", NOVEMBER, NOVEMBER)
    events = SELF_EVALUATION_LIFE.events_of(thing, "self_evaluation.").order_by("number")
    assert [event.verb.partition(".")[2] for event in events] == [
        "asked",
        "filled",
        "attached",
        "send",
        "check",
        "put",
    ]
    told = set(Notice.objects.values_list("person", "code"))
    assert told == {
        (body.reporter.pk, "notice.self_evaluation_begin"),
        (body.approver.pk, "notice.self_evaluation_begin"),
        (body.clerk.pk, "notice.self_evaluation_send"),
        (body.analyst.pk, "notice.self_evaluation_send"),
        (body.reporter.pk, "notice.self_evaluation_check"),
        (body.approver.pk, "notice.self_evaluation_check"),
        (body.prime_minister.pk, "notice.self_evaluation_put"),
    }


def test_what_was_received_is_kept_each_time_that_it_was(body: Army) -> None:
    thing = move(body.filled(), "send", body.approver)
    move(thing, "send_back", body.analyst, "ขาดหน้า 2")
    actions.fill(thing, PAPERS | {"grade": "ดี"}, by=body.reporter, at=AT, on=NOVEMBER)
    move(thing, "send", body.approver)

    versions = SelfEvaluationVersion.objects.filter(self_evaluation=thing)
    assert [(row.number, row.content["grade"]) for row in versions] == [(1, "ดีมาก"), (2, "ดี")]
    assert versions[0].content["documents"][0]["name"] == "รายงาน.pdf"


def test_papers_that_came_by_letter_are_written_down_by_one_officer_and_checked_by_another(
    body: Army,
) -> None:
    by_letter = date(2024, 11, 4)
    thing = move(body.filled(body.clerk, received_on=by_letter), "take_in", body.clerk)
    assert thing.received_on == by_letter

    assert refused(lambda: move(thing, "check", body.clerk)) == ["access.own_work"]
    move(thing, "check", body.analyst)
    assert refused(lambda: move(thing, "put", body.clerk)) == ["access.own_work"]
    assert move(thing, "put", body.analyst).state == "put"


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("send", "reporter"),
        ("send", "clerk"),
        ("take_in", "approver"),
        ("check", "approver"),
        ("send_back", "reporter"),
        ("put", "approver"),
        ("put", "prime_minister"),
    ],
)
def test_nobody_makes_a_move_that_is_anothers(body: Army, name: str, who: str) -> None:
    thing = body.filled()
    if name not in ("send", "take_in"):
        move(thing, "send", body.approver)
    if name == "put":
        move(thing, "check", body.analyst)

    assert refused(lambda: move(thing, name, getattr(body, who), "ขาด")) == ["access.wrong_role"]


def test_papers_are_complete_when_all_is_there_that_the_rule_names(body: Army) -> None:
    thing = body.asked()
    actions.fill(thing, {"grade": "ดีมาก"}, by=body.reporter, at=AT, on=NOVEMBER)
    thing.refresh_from_db()
    move(thing, "send", body.approver)

    with pytest.raises(Refused) as refusal:
        move(thing, "check", body.analyst)

    missing = ["frame", "evaluators", "total", "scale", "letter", "documents"]
    assert missing_from(thing) == missing
    parts = tuple(Word(f"label.self_evaluation_{name}") for name in missing)
    [problem] = refusal.value.problems
    assert (problem.code, problem.figures["parts"]) == ("self_evaluation.incomplete", parts)


def test_nothing_is_received_where_there_is_nothing(body: Army) -> None:
    thing = body.asked()

    assert refused(lambda: move(thing, "send", body.approver)) == ["self_evaluation.empty"]


def test_a_day_of_receipt_that_is_still_to_come_is_refused(body: Army) -> None:
    thing = body.filled(body.clerk, received_on=date(2024, 11, 13))

    assert refused(lambda: move(thing, "take_in", body.clerk)) == ["self_evaluation.received_later"]


def test_nothing_changes_once_it_was_received(body: Army) -> None:
    thing = move(body.filled(), "send", body.approver)

    def fill() -> object:
        fields = PAPERS | {"total": Decimal(5)}
        return actions.fill(thing, fields, by=body.reporter, at=AT, on=NOVEMBER)

    assert refused(fill) == ["self_evaluation.wrong_state"]


@pytest.mark.parametrize(("total", "scale"), [("5.01", "5"), ("-0.01", "5"), ("4", None)], ids=str)
def test_a_total_lies_on_the_scale_that_it_names(body: Army, total: str, scale: str | None) -> None:
    thing = body.asked()
    fields = {"total": Decimal(total), "scale": None if scale is None else Decimal(scale)}

    def fill() -> object:
        return actions.fill(thing, fields, by=body.reporter, at=AT, on=NOVEMBER)

    assert refused(fill) == ["self_evaluation.total_off_scale"]
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfEvaluation.objects.filter(pk=thing.pk).update(**fields)


def test_only_bodies_of_the_year_are_asked_each_once_and_of_its_round(body: Army) -> None:
    def ask(where: Body, year: int = 2567, name: str = "12m") -> list[str]:
        def asks() -> object:
            return actions.ask(year, name, [where], by=body.analyst, at=AT, on=NOVEMBER)

        return refused(asks)

    assert ask(department("DIT")) == ["self_evaluation.not_of_year"]
    assert ask(body.body, 2568) == ["self_evaluation.not_of_year"]
    assert ask(body.body, 2567, "6m") == ["self_evaluation.not_of_round"]
    assert body.asked() == body.asked()  # asked twice, it is the one that is there
    body.filled()
    assert ask(body.body) == ["self_evaluation.asked_already"]
    assert SelfEvaluation.objects.count() == 1


def test_all_that_are_chosen_are_asked_or_none(body: Army) -> None:
    bodies = [body.body, department("DIT")]

    codes = refused(lambda: actions.ask(2567, "12m", bodies, by=body.clerk, at=AT, on=NOVEMBER))

    assert (codes, SelfEvaluation.objects.count()) == (["self_evaluation.not_of_year"], 0)
    assert not Event.objects.filter(verb="self_evaluation.asked")


# --- Apart from the results ----------------------------------------------------------------------

PLACES = (
    reverse("public:results", args=[2567, "12m"]),
    reverse("public:overview", args=[2567, "12m"]),
    reverse("public:summary", args=[2567, "12m"]),
)


def figures_of(context: Any) -> object:
    """What a page counts of a round: bodies, mean, extremes, grades, groups."""
    if (summary := context.get("summary")) is not None:
        return summary.whole, summary.groups and [group for group, _ in summary.groups]
    if (whole := context.get("whole")) is not None:
        grades = context["grade_bars"]
        return whole, context["groups"], grades and [bar.item for bar in grades.bars]
    return [line.row.result.pk for line in context["list"].lines]


@pytest.mark.parametrize("address", PLACES)
def test_pages_of_a_rounds_results_show_it_apart_and_count_it_nowhere(
    body: Army, address: str
) -> None:
    for actual, code in (("95", "TH-50"), ("80", "TH-51")):
        result(province(code), actual)
    anyone = Client()
    before = figures_of(anyone.get(address).context)

    thing = body.put()

    page = anyone.get(address)
    assert list(page.context["apart"]) == [thing]
    assert figures_of(page.context) == before
    assert not Result.objects.filter(body=body.body)
    assert "ประเมินตนเอง" in page.content.decode()


def test_before_it_is_put_nobody_outside_sees_it(body: Army) -> None:
    result(province("TH-50"), "95")
    thing = move(move(body.filled(), "send", body.approver), "check", body.analyst)

    assert not Client().get(PLACES[0]).context["apart"]
    assert not SELF_EVALUATION_LIFE.visible(body.prime_minister, NOVEMBER)
    move(thing, "put", body.analyst)
    assert list(SELF_EVALUATION_LIFE.visible(body.prime_minister, NOVEMBER)) == [thing]


def test_the_prime_ministers_office_finds_it_beside_the_assessments(body: Army) -> None:
    thing = body.put()
    office = browser(body.prime_minister)

    page = office.get("/assessments/?year=2567")
    assert (list(page.context["list"].lines), list(page.context["apart"])) == ([], [thing])
    assert office.get(SELF_EVALUATION_LIFE.address(thing)).status_code == 200
    assert not browser(body.reporter).get("/assessments/").context.get("apart")


def test_another_ministers_office_sees_nothing_of_it(body: Army) -> None:
    body.put()
    other = person("moc-office", (Role.MINISTERS_OFFICE, ministry("MOC")))

    assert not SELF_EVALUATION_LIFE.visible(other, NOVEMBER)


def test_the_bodys_history_shows_both_its_own_evaluation_and_later_results(body: Army) -> None:
    thing = body.put()
    result(body.body, "95")  # as an ordinary body

    for name in ("public:history", "public:agency"):
        page = Client().get(reverse(name, args=[body.body.code]))
        assert list(page.context["apart"]) == [thing]
    assert len(Client().get(reverse("public:history", args=["RTA"])).context["regimes"]) == 1


# --- Pages ---------------------------------------------------------------------------------------


def test_it_goes_from_the_request_to_the_prime_minister_by_the_pages_alone(body: Army) -> None:
    clerk, reporter = browser(body.clerk), browser(body.reporter)
    form = {"round_id": "12m", "bodies": [body.body.pk]}
    assert reporter.post("/self-evaluations/ask/2567/", form).status_code == 404
    assert clerk.post("/self-evaluations/ask/2567/", form).status_code == 302
    assert clerk.post("/self-evaluations/ask/2568/", form).status_code == 404
    thing = SelfEvaluation.objects.get()
    page = SELF_EVALUATION_LIFE.address(thing)

    fill = reporter.get(f"{page}fill/").context["form"]
    assert "received_on" not in fill.fields
    typed = {name: str(value) for name, value in PAPERS.items()}
    seen = fill["seen"].value()
    assert reporter.post(f"{page}fill/", typed | {"seen": seen, "total": "6"}).status_code == 422
    assert reporter.post(f"{page}fill/", typed | {"seen": seen}).status_code == 302
    sent = SimpleUploadedFile("ผล.txt", b"")
    assert reporter.post(f"{page}papers/", {"file": sent}).status_code == 422
    assert reporter.post(f"{page}papers/").status_code == 422
    attach(thing, body.reporter)
    assert press(browser(body.approver), page, "send").status_code == 302
    analyst = browser(body.analyst)
    assert press(analyst, page, "check").status_code == 302
    assert press(analyst, page, "put").status_code == 302

    thing.refresh_from_db()
    kept = (thing.state, thing.total, thing.evaluators)
    assert kept == ("put", Decimal("4.5"), PAPERS["evaluators"])


def test_a_document_is_downloaded_by_who_sees_it_and_taken_off_until_it_was_received(
    body: Army,
) -> None:
    thing = body.filled()
    [paper] = SELF_EVALUATION_LIFE.content(thing)["documents"]
    page = SELF_EVALUATION_LIFE.address(thing)
    address = browser(body.reporter).get(page).context["papers"][0].pk
    file = f"{page}papers/{address}/"

    assert paper["name"] == "รายงาน.pdf"
    assert browser(body.approver).get(file).getvalue() == pdf()
    assert browser(body.prime_minister).get(file).status_code == 404
    move(thing, "send", body.approver)
    assert browser(body.reporter).post(f"{file}remove/").status_code == 422
    move(thing, "send_back", body.analyst, "ผิดฉบับ")
    assert browser(body.reporter).post(f"{file}remove/").status_code == 302
    assert SELF_EVALUATION_LIFE.content(thing)["documents"] == []


def test_it_is_on_the_desk_of_whose_turn_it_is(body: Army) -> None:
    def desks() -> list[str]:
        people = ("reporter", "approver", "clerk", "prime_minister")
        return [
            who
            for who in people
            if any("self-evaluations" in work.path for work in _work(getattr(body, who)))
        ]

    thing = body.filled()
    assert desks() == ["reporter", "approver"]
    move(thing, "send", body.approver)
    assert desks() == ["clerk"]
    move(thing, "check", body.analyst)
    assert desks() == ["clerk"]
    move(thing, "put", body.analyst)
    assert desks() == []


def _work(person: Person) -> list[Any]:
    return work_for(Person.objects.get(pk=person.pk), NOVEMBER, 2567)


def test_its_list_costs_the_same_however_many_there_are(body: Army) -> None:
    client = browser(body.analyst)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/self-evaluations/?year=2567").status_code == 200
        return len(captured)

    body.put()
    cost()  # what a process reads once
    before = cost()
    for code in ("RTN", "RTAF"):
        actions.ask(2567, "12m", [army(code)], by=body.clerk, at=AT, on=NOVEMBER)
    assert cost() == before


@pytest.mark.usefixtures("body")
def test_the_database_lets_no_body_of_another_kind_be_evaluated() -> None:
    outside = Body.objects.filter(code="MOD")

    with pytest.raises(IntegrityError), transaction.atomic():
        outside.update(evaluated_from=date(2023, 10, 1))


def test_no_committee_of_2567_considers_who_evaluates_itself_and_of_2568_all_are_considered() -> (
    None
):
    call_command("load_registry", verbosity=0)

    bodies = list(evaluate_themselves(2567))
    considered = {year: considered_by(2, year) for year in (2567, 2568)}
    assert len(bodies) == 8
    assert [considered[2567].get(body.pk) for body in bodies] == [None] * 8
    assert None not in [considered[2568].get(body.pk) for body in bodies]
