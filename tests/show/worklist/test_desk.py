"""The desk: what waits and how urgent it is, what waits for others, and how far the nation is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from esar.agree.scorecards.life import SCORECARD_LIFE
from esar.platform.charts.bars import Bar
from esar.platform.notices.queries import notices_of
from esar.platform.organisations.models import Person, Role
from esar.platform.ui import clock
from esar.report.reports.content import sheet_of
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Claim
from esar.report.reports.progress import Filled, filled_of
from esar.show.worklist.desk import Line, own_bodies, pile_of, year_line
from esar.show.worklist.funnel import funnel_of
from esar.show.worklist.others import LIVES, at_others, turns
from esar.show.worklist.queries import work_for
from esar.show.worklist.waiting import waiting_counts
from esar.show.worklist.work import Work
from tests.as_a_browser import PlainClient
from tests.make import AT, ON, World, draft, in_force, person
from tests.report.reports.make import APRIL, AT_APRIL, filled, sent
from tests.show.public.make import department

pytestmark = pytest.mark.django_db
YEAR = 2567
MAY = date(2024, 5, 2)


def page(who: Person) -> str:
    client = Client()
    client.force_login(who)
    return unescape(client.get(reverse("worklist:desk")).content.decode())


def paths(who: Person, day: date = ON) -> set[str]:
    who = Person.objects.get(pk=who.pk)
    return {line.path for line in work_for(who, day, YEAR)}


def told_it_is_their_turn(who: Person) -> set[str]:
    rows = notices_of(who).filter(read_at=None, code__endswith="your_turn")
    return set(rows.values_list("path", flat=True))


def others(who: Person, day: date = ON) -> list[tuple[str, str, tuple[str, ...], int]]:
    who = Person.objects.get(pk=who.pk)
    rows = at_others(who, day, YEAR)
    return [(row.path, row.state, row.names, row.days(day)) for row in rows]


@pytest.mark.parametrize(
    ("left", "urgency"),
    [(-1, "late"), (0, "soon"), (7, "soon"), (8, "waiting"), (None, "waiting")],
)
def test_what_is_late_and_what_is_due_within_a_week_are_told_apart(
    left: int | None, urgency: str
) -> None:
    assert Line(Work("", "", "", None), left).urgency == urgency


def test_the_pile_counts_what_is_late_and_what_is_soon_of_its_year_and_of_none() -> None:
    days = {"late": -1, "soon": 3, "later": 30}
    work = [Work(name, "", "", ON + timedelta(days=left), YEAR) for name, left in days.items()]
    work += [Work("of no year", "", "", None), Work("of another", "", "", ON, YEAR + 1)]

    pile = pile_of(work, YEAR, ON)

    assert [line.work.title for line in pile.lines] == [*days, "of no year"]
    assert (pile.late, pile.soon) == (1, 1)


def test_the_desk_says_how_much_waits_with_a_button_for_each_and_has_no_search_of_its_own(
    world: World,
) -> None:
    clock.pretend(ON)
    card = draft(world)
    text = page(world.reporter)
    main = text[text.index("<main") :]

    assert "1 เรื่องรอท่าน" in text
    assert reverse("scorecards:scorecard-work", args=[card.pk]) in main
    assert 'role="search"' not in main


def test_an_empty_desk_says_what_comes_next_and_when(world: World) -> None:
    clock.pretend(ON)

    assert "ถัดไป: อ.ก.พ.ร. รับทราบตัวชี้วัด ภายใน 30 ตุลาคม 2566" in page(world.assessor)


def test_what_is_proposed_waits_for_the_approver_and_what_is_sent_for_the_committee(
    world: World,
) -> None:
    card = draft(world)
    path = reverse("scorecards:scorecard-work", args=[card.pk])
    drafted = (others(world.reporter), others(world.approver))
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)
    proposed = (others(world.reporter), others(world.approver))
    SCORECARD_LIFE.move(card, "submit", by=world.approver, at=AT, on=ON)
    card.refresh_from_db()
    beyond = (path, f"scorecard-state.{card.state}", (), 0)

    assert drafted == ([], [(path, "scorecard-state.draft", (world.reporter.name,), 0)])
    assert proposed == ([(path, "scorecard-state.proposed", (world.approver.name,), 0)], [])
    assert (others(world.reporter), others(world.approver)) == ([beyond], [beyond])
    assert others(world.analyst) == []


def test_a_report_that_was_sent_in_waits_for_those_who_assess_it(world: World) -> None:
    report = sent(world)

    assert others(world.reporter, MAY) == [
        (reverse("reports:report", args=[report.pk]), "assessment-state.preliminary", (), 12)
    ]


def test_what_has_ended_is_nobodys_turn() -> None:
    assert {life.name: set(turns(life)) & {"in_force", "done", "submitted"} for life in LIVES} == {
        life.name: set() for life in LIVES
    }


def test_who_is_told_that_it_is_their_turn_has_it_on_the_desk_until_it_is_over(
    world: World,
) -> None:
    card = draft(world)
    SCORECARD_LIFE.move(card, "propose", by=world.reporter, at=AT, on=ON)
    at_approver = (told_it_is_their_turn(world.approver), paths(world.approver))
    SCORECARD_LIFE.move(card, "submit", by=world.approver, at=AT, on=ON)

    assert at_approver[0] == {reverse("scorecards:scorecard-work", args=[card.pk])}
    assert at_approver[0] <= at_approver[1]
    assert told_it_is_their_turn(world.approver) == set()


def test_the_same_holds_of_reports(world: World) -> None:
    report = filled(world)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    told = told_it_is_their_turn(world.approver)
    there = told <= paths(world.approver, APRIL)
    REPORT_LIFE.move(report, "withdraw", by=world.reporter, at=AT_APRIL, on=APRIL)

    assert (told, there) == ({reverse("reports:report", args=[report.pk])}, True)
    assert told_it_is_their_turn(world.approver) == set()


def test_a_report_tells_how_far_it_is_filled_in_as_its_own_page_does(world: World) -> None:
    report = filled(world)
    own = [line.number for line in sheet_of(report).due if not line.is_told_elsewhere]
    whole = filled_of([report])
    Claim.objects.filter(report=report, number=own[0]).delete()
    sheet = sheet_of(report)

    assert whole == {report.pk: Filled(len(own), len(own))}
    assert filled_of([report]) == {report.pk: Filled(len(own) - 1, len(own))}
    assert [line.number for line in sheet.silent] == own[:1]


def test_each_figure_of_the_nation_leads_to_a_list_of_the_same_number(world: World) -> None:
    clock.pretend(MAY)
    sent(world)
    in_force(world, world.department)
    department("BARE")
    funnel = funnel_of(YEAR, MAY)
    bars: tuple[Bar, ...] = funnel.drawing.bars

    def listed(href: str) -> int:
        client = Client()
        client.force_login(world.analyst)
        return len(client.get(href).context["list"].matching())

    figures = {bar.item.href: int(bar.item.figure) for bar in bars}  # type: ignore[arg-type]
    late = {row.href: row.count for row in funnel.unsent}
    assert {href: listed(href) for href in figures | late} == figures | late
    assert list(late.values()) == [2], "a body without a card has sent nothing either"


def test_only_an_analyst_sees_the_nation_on_the_desk(world: World) -> None:
    clock.pretend(MAY)

    people = {"analyst": world.analyst, "reporter": world.reporter}
    seen = {name: "หน่วยงานไปถึงขั้นใด" in page(who) for name, who in people.items()}
    assert seen == {"analyst": True, "reporter": False}


def test_a_ministers_office_sees_its_bodies_and_no_draft_of_theirs(world: World) -> None:
    draft(world, world.department)
    office = person("office", (Role.MINISTERS_OFFICE, world.department.parent))

    own = {row.body: row.place for row in own_bodies(office, YEAR, ON)}
    at_body = {row.body: row.place for row in own_bodies(world.reporter_d, YEAR, ON)}
    assert own[world.department] is None
    assert at_body[world.department].state == "scorecard-state.draft"  # type: ignore[union-attr]


def test_the_year_is_a_line_on_which_a_report_is_due_from_the_day_after_its_round() -> None:
    line = year_line(YEAR, date(2024, 4, 17))

    assert line is not None
    spans = {lane.span.label.th: (lane.span.first, lane.span.last) for lane in line.lanes}
    assert spans["กำหนดส่งรายงานรอบ 6 เดือน"] == (date(2024, 4, 1), date(2024, 4, 30))
    assert line.today == date(2024, 4, 17)
    assert year_line(2400, ON) is None


def test_what_waits_in_another_year_is_shown_there_where_nothing_waits_in_this(
    world: World,
) -> None:
    """An assessor of the year that is over has its work before them when the next has begun."""
    sent(world)
    clock.pretend(date(2024, 11, 20))
    client = PlainClient()
    client.force_login(world.assessor)
    page_of_2568 = unescape(client.get("/2568/desk/").content.decode())
    address = "/2567/assessments/?state=preliminary"

    assert "ไม่มีงานรอท่าน" not in page_of_2568
    assert f'href="{address}"' in page_of_2568
    assert client.get(address).content.decode().count('href="/2567/assessments/1/"') == 1


def test_what_waits_in_another_year_is_not_counted_again_below_its_lines(world: World) -> None:
    sent(world)
    clock.pretend(date(2024, 11, 20))

    assert "other-year" not in page(world.assessor)


@pytest.mark.parametrize(
    "asks",
    [
        "self_evaluation-state.asked",
        "self_evaluation-state.received",
        "self_evaluation-state.checked",
        "strategic-state.draft",
        "strategic-state.approved",
        "work.host_cancelled",
        "work.host_changed",
    ],
)
def test_a_line_says_what_is_to_be_done_not_that_it_can_be_opened(asks: str) -> None:
    assert Work("", "", asks, None).act == f"work-act.{asks}"


def test_the_rail_counts_what_the_desk_lists(world: World) -> None:
    """Each line of the desk that leads to a list is of the year whose list it leads to."""
    sent(world)

    for year, expected in ((YEAR, {"assessments:assessments": 1}), (2568, {})):
        lines = [line for line in work_for(world.assessor, APRIL, year) if line.year == year]
        assert len(lines) == sum(expected.values())
        assert waiting_counts(world.assessor, APRIL, year) == expected


def test_a_draft_that_was_sent_back_says_why_until_it_goes_on(world: World) -> None:
    report = filled(world)
    reason = "ผลของตัวชี้วัด 1.4 ไม่ตรงกับหลักฐาน"

    def why(who: Person) -> list[str]:
        path = reverse("reports:report", args=[report.pk])
        return [line.why for line in work_for(who, APRIL, YEAR) if line.path == path]

    def move(name: str, by: Person, reason: str = "") -> None:
        REPORT_LIFE.move(report, name, by=by, at=AT_APRIL, on=APRIL, reason=reason)

    seen = [why(world.reporter)]
    move("propose", world.reporter)
    move("send_back", world.approver, reason)
    seen.append(why(world.reporter))
    move("propose", world.reporter)
    seen.append(why(world.approver))
    move("withdraw", world.reporter)
    seen.append(why(world.reporter))

    assert seen == [[""], [reason], [""], [""]]


def test_the_desk_shows_the_first_words_of_why_something_was_sent_back(world: World) -> None:
    report = filled(world)
    clock.pretend(APRIL)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    reason = "โปรดแก้ไข " * 30
    REPORT_LIFE.move(report, "send_back", by=world.approver, at=AT_APRIL, on=APRIL, reason=reason)

    (line,) = re.findall(r'class="why-back">\s*(.*?)\s*</p>', page(world.reporter))
    assert line.startswith("ส่งกลับเพราะ “โปรดแก้ไข")
    assert len(line) < 160 < len(reason)
