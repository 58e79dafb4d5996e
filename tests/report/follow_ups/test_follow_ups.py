"""A lead tells how its agenda goes; the working group of the first level advises."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esar.kernel.problems import Refused
from esar.platform.history.models import Event
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Body, Person, Role
from esar.platform.ui import clock
from esar.report.follow_ups.life import FOLLOW_UP_LIFE
from esar.report.follow_ups.models import FollowUp
from esar.report.follow_ups.queries import due_on, duties, quarter_end
from tests.make import World, person
from tests.show.public.make import department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_templates")]
JANUARY = date(2024, 1, 10)
AT = datetime(2024, 1, 10, 3, 0, tzinfo=UTC)
STAGES = [{"id": "start", "state": "on_track"}, {"id": "end", "state": "behind"}]


class Lead:
    """The department that leads the agenda on dust, with its people."""

    def __init__(self, world: World) -> None:
        self.body: Body = department("PCD", "กรมควบคุมมลพิษ")
        self.reporter = person("pcd-reporter", (Role.REPORTER, self.body))
        self.approver = person("pcd-approver", (Role.APPROVER, self.body))
        self.adviser = world.secretaries["L1-D"]

    def tells(self, **more: Any) -> FollowUp:
        fields = {"agenda": "dust", "quarter": 1, "stages": STAGES, "obstacle": "ลม", **more}
        return move(FollowUp(body=self.body, fiscal_year=2567, **fields), "begin", self.reporter)


@pytest.fixture
def lead(world: World) -> Lead:
    return Lead(world)


def move(thing: FollowUp, name: str, by: Person, reason: str = "") -> FollowUp:
    return FOLLOW_UP_LIFE.move(thing, name, by=by, at=AT, on=JANUARY, reason=reason).thing


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return [problem.code for problem in refusal.value.problems]


def test_what_a_lead_tells_is_advised_by_the_working_group(lead: Lead) -> None:
    follow_up = move(lead.tells(), "send", lead.approver)
    move(follow_up, "advise", lead.adviser, "เพิ่มสถานีตรวจวัด")

    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.advice) == ("advised", "เพิ่มสถานีตรวจวัด")
    assert set(Notice.objects.values_list("person", "code")) == {
        (lead.adviser.pk, "notice.follow_up_send"),
        (lead.reporter.pk, "notice.follow_up_advise"),
        (lead.approver.pk, "notice.follow_up_advise"),
    }


def test_another_committees_secretary_neither_advises_nor_sees_it(lead: Lead, world: World) -> None:
    follow_up = move(lead.tells(), "send", lead.approver)
    stranger = world.secretaries["L1-P"]

    assert refused(lambda: move(follow_up, "advise", stranger, "ดี")) == ["access.wrong_role"]
    assert not FOLLOW_UP_LIFE.visible(stranger, JANUARY)
    assert list(FOLLOW_UP_LIFE.visible(lead.adviser, JANUARY)) == [follow_up]


def test_the_working_group_sees_no_draft(lead: Lead) -> None:
    lead.tells()

    assert not FOLLOW_UP_LIFE.visible(lead.adviser, JANUARY)


def test_only_a_lead_tells_and_only_of_a_quarter_that_is_over(lead: Lead) -> None:
    assert refused(lambda: lead.tells(agenda="water")) == ["follow_up.no_lead"]
    assert refused(lambda: lead.tells(quarter=2)) == ["follow_up.quarter_goes_on"]


def test_a_quarter_is_told_of_once_unless_the_draft_was_dropped(lead: Lead) -> None:
    draft = lead.tells()
    assert refused(lead.tells) == ["follow_up.there_already"]

    move(draft, "drop", lead.reporter, "ผิด")

    assert lead.tells().pk != draft.pk


def test_who_wrote_it_does_not_send_it(lead: Lead) -> None:
    both = person("pcd-both", (Role.REPORTER, lead.body), (Role.APPROVER, lead.body))
    lead.reporter = both

    draft = lead.tells()

    assert refused(lambda: move(draft, "send", both)) == ["access.own_work"]


@pytest.mark.parametrize(
    ("quarter", "end", "due"),
    [
        (1, date(2023, 12, 31), date(2024, 1, 15)),
        (2, date(2024, 3, 31), date(2024, 4, 15)),
        (3, date(2024, 6, 30), date(2024, 7, 15)),
        (4, date(2024, 9, 30), date(2024, 10, 15)),
    ],
)
def test_quarters_end_with_their_month_and_are_due_fifteen_days_later(
    quarter: int, end: date, due: date
) -> None:
    assert (quarter_end(2567, quarter), due_on(2567, quarter)) == (end, due)


def test_the_board_shows_who_is_late_and_what_lags(lead: Lead) -> None:
    def standings(day: date) -> list[str]:
        return [duty.standing for duty in duties(2567, day)]

    assert standings(date(2023, 12, 31)) == ["not_yet"] * 4
    assert standings(JANUARY) == ["due", *["not_yet"] * 3]
    assert standings(date(2024, 1, 16)) == ["late", *["not_yet"] * 3]
    move(lead.tells(), "send", lead.approver)
    first = duties(2567, date(2024, 4, 16))[0]
    assert standings(date(2024, 4, 16)) == ["told", "late", "not_yet", "not_yet"]
    assert [item.id for item in first.lagging] == ["end"]


def test_a_lead_writes_sends_and_reads_it_by_its_pages(lead: Lead) -> None:
    clock.pretend(JANUARY)
    client = Client()
    client.force_login(lead.reporter)
    typed = {"agenda": "dust", "quarter": "1", "obstacle": "ลม", "proposal": "เพิ่มสถานี"}
    typed |= {"stage-dust-start": "stuck", "stage-dust-end": "on_track"}

    new = client.post("/follow-ups/new/PCD/2567/", typed)

    told = FollowUp.objects.get()
    assert (new.status_code, told.stages[0]) == (302, {"id": "start", "state": "stuck"})
    assert client.get(new["Location"]).status_code == 200
    assert client.post("/follow-ups/new/PCD/2567/", typed | {"quarter": "2"}).status_code == 422


def test_the_board_costs_the_same_however_much_was_told(lead: Lead) -> None:
    clock.pretend(JANUARY)
    client = Client()
    client.force_login(lead.approver)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/agenda-board/?year=2567").status_code == 200
        return len(captured)

    cost()  # what a process reads once
    before = cost()
    move(lead.tells(), "send", lead.approver)
    assert cost() == before


EDITED = {
    "stage-dust-start": "stuck",
    "stage-dust-end": "on_track",
    "obstacle": "ฝน",
    "proposal": "",
}


def editor(lead: Lead, draft: FollowUp, who: Person | None = None) -> tuple[Client, str]:
    clock.pretend(JANUARY)
    client = Client()
    client.force_login(who or lead.reporter)
    return client, f"/follow-ups/{draft.pk}/edit/"


def test_a_draft_is_changed_and_its_agenda_and_quarter_stay(lead: Lead) -> None:
    draft = lead.tells()
    client, page = editor(lead, draft)
    form = client.get(page).context["form"]
    assert "agenda" not in form.fields
    assert (form.initial["stage-dust-end"], form.initial["obstacle"]) == ("behind", "ลม")

    answer = client.post(page, EDITED | {"seen": form.initial["seen"], "quarter": "4"})

    draft.refresh_from_db()
    assert (answer.status_code, draft.quarter, draft.obstacle) == (302, 1, "ฝน")
    assert draft.stages == [{"id": "start", "state": "stuck"}, {"id": "end", "state": "on_track"}]
    event = Event.objects.get(verb="follow_up.changed")
    assert (event.before["obstacle"], event.after["obstacle"]) == ("ลม", "ฝน")


def test_a_draft_saves_itself_and_a_later_page_does_not_win_unseen(lead: Lead) -> None:
    draft = lead.tells()
    client, page = editor(lead, draft)
    seen = client.get(page).context["form"].initial["seen"]
    headers = {"X-Autosave": "1"}

    first = client.post(page, EDITED | {"seen": seen}, headers=headers)
    lost = client.post(page, EDITED | {"seen": seen}, headers=headers)
    other = client.post(page, EDITED | {"seen": seen, "obstacle": "ไฟ"}, headers=headers)
    broken = client.post(
        page, EDITED | {"seen": first.json()["revision"], "stage-dust-end": "x"}, headers=headers
    )

    assert [answer.status_code for answer in (first, lost, other, broken)] == [200, 200, 409, 422]
    assert "ฝน" in other.json()["html"]
    draft.refresh_from_db()
    assert draft.obstacle == "ฝน"


def test_a_conflict_says_each_stage_in_words(lead: Lead) -> None:
    draft = lead.tells()
    client, page = editor(lead, draft)
    seen = client.get(page).context["form"].initial["seen"]
    client.post(page, EDITED | {"seen": seen})

    form = client.post(page, EDITED | {"seen": seen, "stage-dust-start": "behind"}).context["form"]

    assert form.kept_beside == [("ต้นทาง", "ติดขัด", "ล่าช้า")]


def test_what_was_sent_or_is_anothers_is_not_changed(lead: Lead, world: World) -> None:
    draft = lead.tells()
    client, page = editor(lead, draft, lead.approver)
    assert client.get(page).status_code == 404
    stranger, page = editor(lead, draft, world.reporter)
    assert stranger.get(page).status_code == 404
    move(draft, "send", lead.approver)
    client, page = editor(lead, draft)
    assert client.post(page, EDITED | {"seen": "x"}).status_code == 422


def test_whoever_changed_a_draft_does_not_send_it(lead: Lead) -> None:
    draft = lead.tells()
    both = person("pcd-both", (Role.REPORTER, lead.body), (Role.APPROVER, lead.body))
    client, page = editor(lead, draft, both)
    seen = client.get(page).context["form"].initial["seen"]
    client.post(page, EDITED | {"seen": seen})

    assert refused(lambda: move(draft, "send", both)) == ["access.own_work"]
