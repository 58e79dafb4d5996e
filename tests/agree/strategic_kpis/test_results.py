"""The host of a strategic KPI reports what it came to in a year; OPDC releases it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.agree.strategic_kpis.achieved import due_on, duties, progress_of
from esar.agree.strategic_kpis.life import RESULT_FILES, STRATEGIC_RESULT_LIFE
from esar.agree.strategic_kpis.models import ResultFile, StrategicKpi, StrategicResult
from esar.kernel.problems import Refused
from esar.platform.calendars.actions import extend
from esar.platform.evidence.models import StoredFile
from esar.platform.history.models import Event
from esar.platform.lifecycle.editing import mark_of_thing, save_text
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.ui import clock
from tests.agree.strategic_kpis.make import TARGETS, decide_not, drafted, told
from tests.exchange.inspection.good import pdf
from tests.make import World, person, press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
OCTOBER = date(2024, 10, 15)
AT = datetime(2024, 10, 15, 3, 0, tzinfo=UTC)


class Host:
    """The Ministry of Commerce with its people and a strategic KPI in force."""

    def __init__(self, world: World) -> None:
        self.body = Body.objects.get(code="MOC")
        self.reporter = person("moc-reporter", (Role.REPORTER, self.body))
        self.approver = person("moc-approver", (Role.APPROVER, self.body))
        self.strategic: StrategicKpi = decide_not(world, told(world))

    def writes(self, *, on: date = OCTOBER, **more: Any) -> StrategicResult:
        fields = {"strategic": self.strategic, "value": Decimal("71.5"), "note": "", **more}
        begun = StrategicResult(**{"body": self.body, "fiscal_year": 2567} | fields)
        return STRATEGIC_RESULT_LIFE.move(begun, "begin", by=self.reporter, at=AT, on=on).thing

    def reports(self, **more: Any) -> StrategicResult:
        return go(self.writes(**more), "send", self.approver)


@pytest.fixture
def host(world: World) -> Host:
    return Host(world)


def go(thing: StrategicResult, name: str, by: Person, reason: str = "") -> StrategicResult:
    STRATEGIC_RESULT_LIFE.move(thing, name, by=by, at=AT, on=OCTOBER, reason=reason)
    thing.refresh_from_db()
    return thing


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [problem.code for problem in refusal.value.problems]


def browser(someone: Person | None) -> Client:
    clock.pretend(OCTOBER)
    client = Client()
    if someone is not None:
        client.force_login(someone)
    return client


def test_what_a_host_reports_is_released_by_opdc_and_each_is_told(host: Host, world: World) -> None:
    result = host.reports()
    assert (result.state, result.received_on, result.due_on) == (
        "sent",
        OCTOBER,
        date(2024, 10, 31),
    )

    go(result, "release", world.analyst)

    told_of = Notice.objects.filter(code__startswith="notice.strategic_result")
    assert set(told_of.values_list("person", "code")) == {
        (world.analyst.pk, "notice.strategic_result_send"),
        (host.reporter.pk, "notice.strategic_result_release"),
        (host.approver.pk, "notice.strategic_result_release"),
    }


def test_who_wrote_a_result_does_not_send_it_and_who_sent_it_does_not_release_it(
    host: Host, world: World
) -> None:
    both = person("moc-both", (Role.REPORTER, host.body), (Role.APPROVER, host.body))
    host.reporter = both
    assert refused(lambda: go(host.writes(), "send", both)) == ["access.own_work"]

    result = StrategicResult.objects.get()
    go(result, "send", host.approver)
    assert refused(lambda: go(result, "release", host.approver)) == ["access.wrong_role"]
    assert refused(lambda: go(result, "release", world.administrator)) == ["access.wrong_role"]


def test_only_its_host_reports_and_only_what_is_in_force_and_measured_and_over(
    host: Host, world: World
) -> None:
    unmeasured = [{**row, "target": "", "why": "ยังไม่มีข้อมูล"} for row in TARGETS]
    not_measured = decide_not(world, told(world, code="SK-MOC-02", targets=unmeasured))
    waits = told(world, code="SK-MOC-03")
    stranger = drafted(world, code="SK-DIT-01", host=world.department)
    StrategicKpi.objects.filter(pk=stranger.pk).update(state="in_force", in_force_from=OCTOBER)
    stranger.refresh_from_db()

    assert refused(lambda: host.writes(strategic=not_measured)) == ["strategic_result.not_measured"]
    assert refused(lambda: host.writes(strategic=waits)) == ["strategic_result.not_in_force"]
    assert refused(lambda: host.writes(strategic=stranger)) == ["strategic_result.not_its_host"]
    assert refused(lambda: host.writes(fiscal_year=2561)) == ["strategic.no_law"]
    assert refused(lambda: host.writes(on=date(2024, 9, 30))) == ["strategic_result.round_goes_on"]


def test_a_year_is_reported_once_unless_what_was_sent_is_returned(host: Host, world: World) -> None:
    result = host.reports()
    assert refused(host.writes) == ["strategic_result.there_already"]

    assert refused(lambda: go(result, "return", world.analyst)) == ["form.no_reason"]
    go(result, "return", world.analyst, "หน่วยผิด")

    again = host.reports(value=Decimal(72))
    assert (result.state, result.value, again.value) == ("returned", Decimal("71.5"), Decimal(72))


def test_a_draft_is_changed_by_its_host_and_what_was_sent_is_not(host: Host) -> None:
    result = host.writes()
    seen = mark_of_thing(STRATEGIC_RESULT_LIFE, result)
    typed = {"value": Decimal(73), "note": "ทำแล้ว"}
    by_at_on: dict[str, Any] = {"by": host.reporter, "at": AT, "on": OCTOBER}

    save_text(STRATEGIC_RESULT_LIFE, result, typed, seen=seen, **by_at_on)
    result.refresh_from_db()
    assert {name: getattr(result, name) for name in typed} == typed
    other = typed | {"value": Decimal(74)}
    assert refused(
        lambda: save_text(STRATEGIC_RESULT_LIFE, result, other, seen=seen, **by_at_on)
    ) == ["strategic_result.changed_in_another_window"]
    go(result, "send", host.approver)
    assert refused(
        lambda: save_text(STRATEGIC_RESULT_LIFE, result, other, seen=None, **by_at_on)
    ) == ["strategic_result.wrong_state"]


def test_an_extension_for_all_moves_the_day_of_the_hosts(world: World) -> None:
    assert due_on(2567) == date(2024, 10, 31)

    last_day, by = date(2024, 11, 15), world.administrator
    extend(2567, "report-due.12m", last_day=last_day, reason="น้ำท่วม", by=by, at=AT, on=OCTOBER)

    assert (due_on(2567), due_on(2561)) == (last_day, None)


def test_the_board_says_who_owes_what(host: Host, world: World) -> None:
    unmeasured = [{**row, "target": "", "why": "ยังไม่มีข้อมูล"} for row in TARGETS]
    decide_not(world, told(world, code="SK-MOC-02", targets=unmeasured))

    def standings(day: date) -> list[str]:
        return [duty.standing for duty in duties(2567, day)]

    assert standings(date(2024, 9, 30)) == ["not_yet", "unmeasured"]
    assert standings(OCTOBER) == ["due", "unmeasured"]
    assert standings(date(2024, 11, 1)) == ["late", "unmeasured"]
    draft = host.writes()
    assert standings(OCTOBER) == ["due", "unmeasured"]
    go(draft, "send", host.approver)
    assert standings(date(2024, 11, 1)) == ["told", "unmeasured"]
    assert duties(2561, OCTOBER) == []


def test_the_boards_queries_do_not_grow_with_its_rows(host: Host, world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            duties(2567, OCTOBER)
        return len(asked)

    few = queries()
    for number in range(2, 6):
        decide_not(world, told(world, code=f"SK-MOC-{number:02d}"))
    assert (few, queries()) == (3, 3)
    assert len(duties(2567, OCTOBER)) == 5
    assert host.strategic.state == "in_force"


def test_its_progress_says_each_year_what_was_to_be_and_what_came(host: Host, world: World) -> None:
    result = host.reports()

    def told_to(*, also_sent: bool) -> list[tuple[int, str, str, bool | None, bool | None]]:
        return [
            (
                year.year,
                f"{year.target}",
                f"{year.result.value.normalize() if year.result else '-'}",
                year.reached,
                year.scored,
            )
            for year in progress_of(host.strategic, also_sent=also_sent)
        ]

    assert told_to(also_sent=True) == [
        (2566, "70", "-", None, None),
        (2567, "71", "71.5", True, False),
        (2568, "72", "-", None, True),
        (2569, "73", "-", None, None),
        (2570, "74", "-", None, None),
    ]
    assert [row[2] for row in told_to(also_sent=False)] == ["-"] * 5
    go(result, "release", world.analyst)
    assert told_to(also_sent=False) == told_to(also_sent=True)


def test_where_less_is_better_the_target_is_reached_from_above(host: Host) -> None:
    StrategicKpi.objects.filter(pk=host.strategic.pk).update(direction="lower")
    host.strategic.refresh_from_db()
    host.reports()

    assert progress_of(host.strategic, also_sent=True)[1].reached is False


def test_a_draft_rests_on_files_that_its_host_adds_and_takes_off(host: Host) -> None:
    result = host.writes()
    reporter, page = browser(host.reporter), f"/strategic/results/{result.pk}/"

    def upload() -> int:
        sent = SimpleUploadedFile("หลักฐาน.pdf", pdf())
        return int(reporter.post(f"{page}files/", {"file": sent}).status_code)

    assert (upload(), upload(), ResultFile.objects.count()) == (302, 302, 1)
    row = ResultFile.objects.get()
    assert b"".join(reporter.get(f"{page}files/{row.pk}/")) == pdf()  # type: ignore[call-overload]
    assert reporter.post(f"{page}files/", {}).status_code == 422
    reporter.post(f"{page}files/{row.pk}/remove/")
    assert ResultFile.objects.count() == 0
    assert upload() == 302
    go(result, "send", host.approver)
    assert upload() == 422
    sent_file, by_at_on = ResultFile.objects.get().file, {"by": host.reporter, "at": AT}
    assert refused(lambda: RESULT_FILES.attach(result, sent_file, "b", **by_at_on, on=OCTOBER)) == [
        "strategic_result.wrong_state"
    ]
    assert browser(None).get(f"{page}files/{ResultFile.objects.get().pk}/").status_code == 302
    verbs = Event.objects.filter(verb__contains="tached").order_by("number")
    assert [event.verb for event in verbs] == [
        "strategic_result.attached",
        "strategic_result.detached",
        "strategic_result.attached",
    ]


def test_a_result_that_rests_on_an_infected_file_is_not_sent(host: Host) -> None:
    result = host.writes()
    sent = SimpleUploadedFile("หลักฐาน.pdf", pdf())
    browser(host.reporter).post(f"/strategic/results/{result.pk}/files/", {"file": sent})
    StoredFile.objects.update(state="infected", signature="Eicar")

    assert refused(lambda: go(result, "send", host.approver)) == ["evidence.attached_is_infected"]


def test_twenty_files_are_the_most(host: Host) -> None:
    result = host.writes()
    stored = [
        StoredFile.objects.create(
            sha256=f"{number:064d}", size=1, kind="pdf", media_type="x", state="kept", since=AT
        )
        for number in range(21)
    ]
    by_at_on: dict[str, Any] = {"by": host.reporter, "at": AT, "on": OCTOBER}
    for file in stored[:20]:
        RESULT_FILES.attach(result, file, "a.pdf", **by_at_on)

    assert refused(lambda: RESULT_FILES.attach(result, stored[20], "a.pdf", **by_at_on)) == [
        "evidence.too_many_attached"
    ]


def test_visitors_read_released_results_on_the_page_of_what_is_in_force(
    host: Host, world: World
) -> None:
    result, page = host.reports(), f"/strategic/{host.strategic.pk}/"
    waits = told(world, code="SK-MOC-09")

    def shows(someone: Person | None) -> bool:
        return "71.5" in browser(someone).get(page).content.decode()

    assert [shows(None), shows(world.reporter), shows(host.reporter), shows(world.analyst)] == [
        False,
        False,
        True,
        True,
    ]
    go(result, "release", world.analyst)
    assert shows(None)
    assert browser(None).get(f"/strategic/{waits.pk}/").status_code == 404
    assert "SK-MOC-01" in browser(None).get(page).content.decode()


def test_a_host_reports_and_opdc_releases_by_the_pages(host: Host, world: World) -> None:
    reporter, approver = browser(host.reporter), browser(host.approver)
    new = "/strategic/results/new/MOC/2567/"
    assert reporter.get(new).status_code == 200
    assert approver.get(new).status_code == 404
    typed = {"strategic": host.strategic.pk, "value": "ห้า", "note": ""}
    assert reporter.post(new, typed).status_code == 422
    page = reporter.post(new, typed | {"value": "71.5"})["Location"]
    edit = f"{page}edit/"
    shown = reporter.get(edit)
    seen = shown.context["form"]["seen"].value()
    assert reporter.post(edit, {"value": "72", "note": "x", "seen": seen}).status_code == 302
    press(approver, page, "send")
    press(browser(world.analyst), page, "release")

    result = StrategicResult.objects.get()
    assert (result.state, result.value) == ("released", Decimal(72))
    for address in ("/strategic/board/", "/strategic/board/list.csv", "/strategic/results/"):
        assert reporter.get(address).status_code == 200
