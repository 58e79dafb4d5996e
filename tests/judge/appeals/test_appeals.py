"""Appeals: in time or not, by whom decided, and what becomes of the result."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from esar.agree.scorecards.content import Outcome
from esar.judge.appeals import actions, queries
from esar.judge.appeals.life import APPEAL_LIFE, AppealText
from esar.judge.appeals.models import Appeal, PanelSeat
from esar.judge.appeals.states import APPEAL_MOVES, OPEN, AppealState
from esar.judge.assessments import actions as assessing
from esar.judge.assessments.models import Declaration
from esar.judge.results.actions import release
from esar.judge.results.models import Result
from esar.kernel.problems import Refused
from esar.kernel.wording import Word, say
from esar.platform.history.queries import timeline
from esar.platform.notices.models import Notice
from esar.platform.organisations.actions import appoint
from esar.platform.organisations.models import Appointment, Delegation, Person, Role
from esar.platform.ui import clock
from tests.judge.appeals import make as moves
from tests.judge.results.make import RELEASED_AT, fresh, office, released, released_at_another
from tests.machines import CALM, Life, tried
from tests.make import AT, ON, SINCE, World, person, press
from tests.remembered import remembered

DAY = date(2024, 5, 15)
AT_DAY = datetime(2024, 5, 15, 3, 0, tzinfo=UTC)
LAST = date(2024, 5, 25)  # fifteen days after the release, by the assumed rule
SAID = AppealText("evidence", ["1.1", "1.2"], "หลักฐานข้อ 1.1 ไม่ได้รับการพิจารณา")
BETTER = {"1.1": Outcome(Decimal(90))}


@pytest.fixture(autouse=True)
def _may(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    clock.pretend(DAY)


@pytest.fixture
def result(world: World) -> Result:
    return released(world)


@remembered
def begun(world: World) -> Appeal:
    return actions.begin(released(world), SAID, by=world.reporter, at=AT_DAY, on=DAY)


@remembered
def begun_and_filed(world: World) -> Appeal:
    appeal = begun(world)
    moves.file(appeal, by=world.approver, at=AT_DAY, on=DAY)
    return appeal


@remembered
def filed_and_heard(world: World) -> Appeal:
    appeal = begun_and_filed(world)
    moves.name_panel(appeal, judges(), by=world.analyst, at=AT_DAY, on=DAY)
    return appeal


@pytest.fixture
def draft(world: World) -> Appeal:
    return begun(world)


@pytest.fixture
def filed(world: World) -> Appeal:
    return begun_and_filed(world)


def judges(many: int = 3) -> list[Person]:
    """Assessors who had nothing to do with the result; made once."""
    names = [f"judge{number}" for number in range(1, many + 1)]
    for name in names:
        if not Person.objects.filter(email=f"{name}@example.test").exists():
            person(name, (Role.ASSESSOR, None))
    return [Person.objects.get(email=f"{name}@example.test") for name in names]


@pytest.fixture
def heard(world: World) -> Appeal:
    return filed_and_heard(world)


def votes(appeal: Appeal, *said: str) -> None:
    for judge, one in zip(judges(), said, strict=False):
        moves.vote(appeal, one, reason="เห็นเช่นนั้น", by=judge, at=AT_DAY, on=DAY)


def refused(action: Any, *args: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        action(*args, **{"at": AT_DAY, "on": DAY} | kwargs)
    return [problem.code for problem in found.value.problems]


def client(who: Any, language: str = "th") -> Client:
    made = Client()
    made.force_login(who)
    made.cookies["language"] = language
    return made


def test_the_whole_way_to_a_corrected_result(world: World, heard: Appeal) -> None:
    result = heard.result
    votes(heard, "uphold", "reject", "uphold")
    made = moves.uphold(heard, BETTER, reason="หลักฐานฟังได้", by=judges()[0], at=AT_DAY, on=DAY)
    heard.refresh_from_db()
    result.refresh_from_db()

    assert (heard.state, heard.decided_on, heard.corrected) == ("upheld", DAY, made)
    assert heard.changes == {
        "1.1": {"actual": "90", "steps_done": None, "not_applicable": ""},
    }
    # 1.1 weighs 20 and goes from 80 points to 100: 56 + 4
    assert (result.total, made.total, made.number) == (Decimal(56), Decimal(60), 2)
    assert (result.state, made.state) == ("released", "computed")
    assert made.rulebook_sha256 == result.rulebook_sha256
    assert made.stages["kpis"]["1.1"]["appeal"]["reason"] == "หลักฐานฟังได้"
    before = result.explanation
    release([made], by=world.analyst, at=AT_DAY, on=DAY)
    result.refresh_from_db()
    assert (result.state, result.explanation) == ("superseded", before)
    assert timeline(heard)[0].before == {"state": "heard"}  # no total, for it tells no new one
    verbs = [event.verb.removeprefix("appeal.") for event in timeline(heard)][::-1]
    assert verbs == ["begin", "file", "name_panel", "vote", "vote", "vote", "uphold"]


def test_a_rejected_appeal_leaves_the_result_as_it_is(heard: Appeal) -> None:
    votes(heard, "reject", "reject")
    moves.reject(heard, reason="ไม่มีหลักฐานใหม่", by=judges()[0], at=AT_DAY, on=DAY)
    heard.refresh_from_db()

    assert (heard.state, heard.decision, heard.corrected) == ("rejected", "ไม่มีหลักฐานใหม่", None)
    assert list(Result.objects.values_list("number", "state")) == [(1, "released")]


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        (datetime(2024, 5, 25, 16, 59, 59, tzinfo=UTC), True),  # 23:59:59 in Bangkok
        (datetime(2024, 5, 25, 17, 0, 0, tzinfo=UTC), False),  # 00:00:00 of the next day
    ],
)
def test_the_last_day_ends_at_midnight_in_bangkok(
    world: World, draft: Appeal, moment: datetime, in_time: bool
) -> None:
    on = timezone.localdate(moment)
    assert draft.file_by == LAST
    if in_time:
        moves.file(draft, by=world.approver, at=moment, on=on)
        assert (draft.state, draft.filed_on, draft.decide_by) == ("filed", LAST, date(2024, 6, 24))
    else:
        assert refused(moves.file, draft, by=world.approver, at=moment, on=on) == ["appeal.late"]


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (datetime(2024, 5, 25, 16, 59, 59, tzinfo=UTC), 302),
        (datetime(2024, 5, 25, 17, 0, 0, tzinfo=UTC), 422),
    ],
)
def test_the_button_to_file_keeps_the_same_midnight(
    world: World, draft: Appeal, monkeypatch: pytest.MonkeyPatch, moment: datetime, status: int
) -> None:
    clock.pretend(None)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    answer = press(client(world.approver), f"/appeals/{draft.pk}/", "file")

    assert answer.status_code == status
    draft.refresh_from_db()
    assert draft.state == ("filed" if status == 302 else "draft")


def test_a_result_released_late_in_the_evening_counts_from_its_day_in_bangkok(
    world: World,
) -> None:
    late = released(world, at=datetime(2024, 5, 10, 17, 30, tzinfo=UTC))  # 11 May, 00:30

    assert queries.last_day(late) == date(2024, 5, 26)


def test_what_can_be_appealed_until_when(world: World, result: Result) -> None:
    def found(who: Person, day: date) -> list[tuple[int, date]]:
        listed: list[Any] = queries.appealable(who, day)
        return [(one.pk, one.appeal_by) for one in listed]

    assert found(world.reporter, LAST) == [(result.pk, LAST)]
    assert found(world.approver, LAST) == [(result.pk, LAST)]
    assert found(world.reporter, date(2024, 5, 26)) == []
    assert [found(one, DAY) for one in (world.reporter_d, world.analyst)] == [[], []]
    made = actions.begin(result, SAID, by=world.reporter, at=AT_DAY, on=DAY)
    assert found(world.reporter, DAY) == []
    moves.withdraw(made, by=world.approver, at=AT_DAY, on=DAY)
    assert found(world.reporter, DAY) == [(result.pk, LAST)]


def test_one_appeal_stands_and_a_decided_one_is_the_last(world: World, heard: Appeal) -> None:
    result = heard.result
    again = {"by": world.reporter}
    assert refused(actions.begin, result, SAID, **again) == ["appeal.stands"]
    votes(heard, "uphold", "uphold")
    made = moves.uphold(heard, BETTER, reason="ฟังได้", by=judges()[0], at=AT_DAY, on=DAY)
    assert refused(actions.begin, made, SAID, **again) == ["appeal.not_released"]
    release([made], by=world.analyst, at=AT_DAY, on=DAY)
    made.refresh_from_db()
    assert refused(actions.begin, made, SAID, **again) == ["appeal.final"]
    assert refused(actions.begin, result, SAID, **again) == ["appeal.not_released"]
    assert queries.appealable(world.reporter, DAY) == []


def test_a_result_from_a_file_has_no_way_to_be_appealed(world: World) -> None:
    from tests.show.public.make import result as from_a_file

    assert queries.last_day(from_a_file(world.province)) is None


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (AppealText("luck", ["1.1"], "ก"), ["appeal.no_ground"]),
        (AppealText("evidence", [], "ก"), ["appeal.no_kpi"]),
        (AppealText("evidence", ["9.9", "2.1"], "ก"), ["assessment.no_such_kpi"] * 2),
        (AppealText("evidence", ["1.1"], "  "), ["appeal.no_text"]),
    ],
)
def test_an_appeal_that_does_not_say_enough_is_refused(
    world: World, result: Result, said: AppealText, codes: list[str]
) -> None:
    assert refused(actions.begin, result, said, by=world.reporter) == codes
    assert not Appeal.objects.exists()


def test_first_assessors_and_those_with_a_conflict_do_not_sit(world: World, filed: Appeal) -> None:
    first, two = world.assessor, judges(2)
    torn = person("torn", (Role.ASSESSOR, None))
    assert filed.result.assessment is not None
    Declaration.objects.create(
        assessment=filed.result.assessment, person=torn, has_conflict=True, detail="ญาติ", at=AT
    )
    names = [one.email for one in queries.may_sit(filed, DAY)]

    assert names == ["judge1@example.test", "judge2@example.test"]
    for barred in (first, torn):
        panel = [*two, barred]
        assert refused(moves.name_panel, filed, panel, by=world.analyst) == ["appeal.barred"]
    assert not PanelSeat.objects.exists()


def test_a_declared_conflict_stands_whatever_is_said_later(filed: Appeal) -> None:
    calm = person("calm", (Role.ASSESSOR, None))
    assert filed.result.assessment is not None
    for conflict, at in ((True, AT), (False, AT_DAY)):
        Declaration.objects.create(
            assessment=filed.result.assessment,
            person=calm,
            has_conflict=conflict,
            detail="ญาติ" if conflict else "",
            at=at,
        )

    assert calm not in queries.may_sit(filed, DAY)


def test_nobody_with_a_hand_in_it_sits_nor_anyone_by_delegation_nor_who_names(
    world: World, filed: Appeal
) -> None:
    for one in (world.reporter, world.approver, office("MOI"), world.analyst):
        appoint(one, Role.ASSESSOR, by=None, at=AT, on=ON)
    taker = person("taker")
    lent = world.assessor
    Delegation.objects.create(
        appointment=Appointment.objects.get(person=lent),
        taker=taker,
        first_day=ON,
        last_day=date(2025, 1, 1),
        reason="ลา",
    )
    two = judges(2)

    assert queries.may_sit(filed, DAY) == [world.analyst, *two]
    for one in (world.reporter, world.approver, office("MOI"), taker):
        panel = [*two, one]
        assert refused(moves.name_panel, filed, panel, by=world.analyst) == ["appeal.barred"]
    panel = [*two, world.analyst]
    codes = refused(moves.name_panel, filed, panel, by=fresh(world.analyst))
    assert codes == ["appeal.not_yourself"]


def test_nobody_who_lately_had_a_role_at_the_body_sits(world: World, filed: Appeal) -> None:
    lately, long_ago = judges(2)
    for one, last in ((lately, date(2023, 5, 15)), (long_ago, date(2023, 5, 14))):
        role = appoint(one, Role.REPORTER, by=None, at=AT, on=SINCE, body=world.province)
        Appointment.objects.filter(pk=role.pk).update(last_day=last)

    assert queries.barred_from(filed, DAY).get(lately.pk) == "appeal.bar_body"
    assert queries.may_sit(filed, DAY) == [long_ago]


@pytest.mark.parametrize("many", [0, 2, 4])
def test_a_panel_is_of_exactly_as_many_as_the_rule_says(
    world: World, filed: Appeal, many: int
) -> None:
    codes = refused(moves.name_panel, filed, judges(many), by=world.analyst)

    assert codes == ["appeal.panel_size"]
    one = judges(1)[0]
    assert refused(moves.name_panel, filed, [one] * 3, by=world.analyst) == ["appeal.panel_size"]


def test_another_panel_needs_a_reason_and_keeps_who_has_voted(world: World, heard: Appeal) -> None:
    first, second, third = judges(3)
    spare = person("spare", (Role.ASSESSOR, None))
    votes(heard, "uphold")
    by = {"by": world.analyst}
    assert refused(moves.name_panel, heard, [first, second, spare], **by) == ["form.no_reason"]
    codes = refused(moves.name_panel, heard, [second, third, spare], reason="ย้าย", **by)
    assert codes == ["appeal.has_voted"]
    moves.name_panel(
        heard, [second, first, spare], reason="ย้าย", at=AT_DAY, on=DAY, by=world.analyst
    )
    seats = [(seat.place, seat.person, seat.vote) for seat in queries.seats_of(heard)]
    assert seats == [(1, second, None), (2, first, "uphold"), (3, spare, None)]
    told = Notice.objects.filter(code="notice.appeal_name_panel")
    assert {one.person for one in told} == {first, second, third, spare}


def test_of_two_who_name_a_panel_neither_replaces_one_that_they_did_not_see(
    world: World, filed: Appeal
) -> None:
    first, second, third = judges(3)
    spare = person("spare", (Role.ASSESSOR, None))
    analyst, path = client(world.analyst), f"/appeals/{filed.pk}/panel/"
    mark = analyst.get(path).context["seen"]
    moves.name_panel(filed, [first, second, third], by=world.analyst, at=AT_DAY, on=DAY)
    typed = {"seat-1": spare.pk, "seat-2": second.pk, "seat-3": third.pk, "reason": "ย้าย"}
    without = analyst.post(path, typed)
    late = analyst.post(path, typed | {"seen": mark})

    assert (without.status_code, late.status_code) == (422, 422)
    changed = {"parts": (Word("part.appeal.panel"),)}
    assert late.context["form"].errors["__all__"] == [say("life.changed_since", changed, "th")]
    assert [seat.person for seat in late.context["seats"]] == [first, second, third]
    assert [seat.person for seat in queries.seats_of(filed)] == [first, second, third]
    again = analyst.post(path, typed | {"seen": late.context["seen"]})
    assert again.status_code == 302
    assert [seat.person for seat in queries.seats_of(filed)] == [spare, second, third]


def test_the_chair_decides_only_with_a_majority_and_only_the_chair(heard: Appeal) -> None:
    chair, second, _ = judges()
    reject = {"reason": "ก", "by": chair}
    votes(heard, "uphold", "reject")
    assert refused(moves.reject, heard, **reject) == ["appeal.no_majority"]
    assert refused(moves.uphold, heard, BETTER, **reject) == ["appeal.no_majority"]
    votes(heard, "uphold", "reject", "reject")
    assert refused(moves.uphold, heard, BETTER, **reject) == ["appeal.no_majority"]
    assert refused(moves.reject, heard, reason="ก", by=second) == ["appeal.not_the_chair"]
    assert refused(moves.reject, heard, reason=" ", by=chair) == ["form.no_reason"]
    moves.reject(heard, reason="ก", by=chair, at=AT_DAY, on=DAY)
    assert refused(moves.vote, heard, "uphold", reason="ก", by=chair) == ["appeal.wrong_state"]


def test_a_vote_may_change_until_the_decision_and_needs_a_reason(heard: Appeal) -> None:
    chair = judges()[0]
    votes(heard, "uphold")
    votes(heard, "reject")

    assert [seat.vote for seat in queries.seats_of(heard)] == ["reject", None, None]
    assert refused(moves.vote, heard, "reject", reason=" ", by=chair) == ["form.no_reason"]
    assert refused(moves.vote, heard, "maybe", reason="ก", by=chair) == ["appeal.no_such_vote"]


def test_who_declares_a_conflict_later_votes_no_more(heard: Appeal) -> None:
    judge = judges()[1]
    assert heard.result.assessment is not None
    Declaration.objects.create(
        assessment=heard.result.assessment, person=judge, has_conflict=True, detail="ญาติ", at=AT
    )

    assert refused(moves.vote, heard, "uphold", reason="ก", by=judge) == ["appeal.barred"]


@pytest.mark.parametrize(
    ("outcomes", "codes"),
    [
        ({}, ["appeal.nothing_corrected"]),
        ({"1.3": Outcome(Decimal(90))}, ["appeal.not_appealed"]),
        ({"1.1": Outcome(Decimal(86))}, ["appeal.same_as_before"]),
        ({"1.1": Outcome(steps_done=(1,))}, ["assessment.wrong_form"]),
    ],
)
def test_a_correction_that_is_none_is_refused(
    heard: Appeal, outcomes: dict[str, Outcome], codes: list[str]
) -> None:
    votes(heard, "uphold", "uphold")

    assert refused(moves.uphold, heard, outcomes, reason="ก", by=judges()[0]) == codes
    assert Result.objects.count() == 1


def test_a_preview_shows_what_would_come_of_it_and_keeps_nothing(heard: Appeal) -> None:
    votes(heard, "uphold", "uphold")
    events = timeline(heard).count()
    seen = actions.foreseen(heard, BETTER, by=judges()[0], at=AT_DAY, on=DAY)

    assert (seen.total, Result.objects.count(), timeline(heard).count()) == (60, 1, events)
    assert Appeal.objects.get().state == "heard"


def test_nobody_files_what_they_wrote(world: World, draft: Appeal) -> None:
    appoint(world.reporter, Role.APPROVER, by=None, at=AT, on=ON, body=world.province)

    assert refused(moves.file, draft, by=fresh(world.reporter)) == ["access.own_work"]


def test_a_draft_changes_and_after_filing_no_more(world: World, draft: Appeal) -> None:
    said = AppealText("procedure", ["1.3"], "ไม่เป็นไปตามขั้นตอน")
    moves.write(draft, said, by=world.reporter, at=AT_DAY, on=DAY)
    draft.refresh_from_db()
    assert (draft.ground, draft.numbers, draft.text) == ("procedure", ["1.3"], "ไม่เป็นไปตามขั้นตอน")
    moves.file(draft, by=world.approver, at=AT_DAY, on=DAY)
    assert refused(moves.write, draft, SAID, by=world.reporter) == ["appeal.wrong_state"]


@pytest.mark.parametrize("state", AppealState.values)
def test_every_role_state_and_action_is_as_the_table_says(
    world: World, heard: Appeal, state: str
) -> None:
    """A panel's seat is more than the role: the world's assessor judged it and is refused."""
    put_in(heard, state)
    now = Appeal.objects.select_related("result__body").get(pk=heard.pk)
    chair, member, _ = judges()
    PanelSeat.objects.filter(appeal=now).update(vote="uphold", reason="ก", at=AT)
    people = dict(world.by_role) | {"chair": chair, "panel": member}
    for role, who in people.items():
        for name, move in APPEAL_MOVES.items():
            expected = state in move.sources and (
                (role in move.roles and role != "assessor")
                or (role == "panel" and name == "vote")
                or (role == "chair" and name in ("vote", "uphold"))
            )
            assert bool(APPEAL_LIFE.may(who, now, name, DAY)) == expected, (role, name)


def put_in(appeal: Appeal, state: str) -> None:
    """As if it were in a state; the database's own rules are kept."""
    decided = state in ("upheld", "rejected")
    Appeal.objects.filter(pk=appeal.pk).update(
        state=state,
        decision="เพราะ" if decided else "",
        decided_on=DAY if decided else None,
        corrected=appeal.result if state == "upheld" else None,
        changes={"1.1": {"actual": "90", "steps_done": None}} if state == "upheld" else {},
    )


@pytest.mark.each_database
@pytest.mark.parametrize(
    "changed",
    [
        {"state": "lost"},
        {"text": ""},
        {"decide_by": None},
        {"filed_on": date(2024, 5, 26)},
        {"state": "rejected"},
        {"decision": "x"},
        {"decided_on": DAY},
    ],
)
def test_the_database_refuses_impossible_appeals(heard: Appeal, changed: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=heard.pk).update(**changed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(result=heard.result, ground="x", text="x", since=AT, file_by=LAST)
    with pytest.raises(IntegrityError), transaction.atomic():
        PanelSeat.objects.filter(appeal=heard, place=1).update(vote="uphold")


SEES = {"reporter", "approver", "analyst", "administrator", "assessor", "auditor"}


def test_an_appeal_exists_for_its_body_opdc_and_its_panel(world: World, heard: Appeal) -> None:
    path = f"/appeals/{heard.pk}/"
    found = {
        role for role, who in world.by_role.items() if client(who).get(path).status_code == 200
    }

    assert found == SEES
    for other in (world.reporter_d, world.approver_d, office("MOI")):
        assert client(other).get(path).status_code == 404
        assert client(other).get("/appeals/").context["list"].lines == []
    gone = judges()[2]
    Appointment.objects.filter(person=gone).update(last_day=date(2024, 1, 1))
    assert client(gone).get(path).status_code == 200


WRITES = {
    "edit": ("get", {"reporter"}),
    "move/file": ("post", set()),
    "panel": ("get", set()),
    "vote": ("post", set()),
    "uphold": ("get", set()),
    "reject": ("get", set()),
    "move/withdraw": ("post", {"approver"}),
}
MAY = {
    "draft": {"edit": {"reporter"}, "move/file": {"approver"}, "move/withdraw": {"approver"}},
    "filed": {"panel": {"analyst"}, "move/withdraw": {"approver"}},
    "heard": {
        "panel": {"analyst"},
        "move/withdraw": {"approver"},
        "vote": {"chair", "panel"},
        "uphold": {"chair"},
    },
    "upheld": {},
    "rejected": {},
    "withdrawn": {},
}


@pytest.mark.any_database
@pytest.mark.parametrize("state", sorted(MAY))
@pytest.mark.usefixtures("plain_404")
def test_every_role_at_every_address(world: World, heard: Appeal, state: str) -> None:
    put_in(heard, state)
    PanelSeat.objects.filter(appeal=heard).update(vote="uphold", reason="ก", at=AT)
    if state == "draft":
        Appeal.objects.filter(pk=heard.pk).update(filed_on=None, decide_by=None)
    chair, member, _ = judges()
    people = dict(world.by_role) | {"chair": chair, "panel": member}
    clients = {role: client(who) for role, who in people.items()}
    for address, (method, _) in WRITES.items():
        for role in people:
            sid = transaction.savepoint()
            send = getattr(clients[role], method)
            fields = {"seen": APPEAL_LIFE.seen(heard)} if method == "post" else {}
            status = send(f"/appeals/{heard.pk}/{address}/", fields).status_code
            transaction.savepoint_rollback(sid)
            fine = role in MAY[state].get(address, set())
            # an empty vote is let in, and refused as a form
            wanted = (422,) if fine and address == "vote" else (200, 302) if fine else None
            assert status in (wanted or (403, 404, 422)), (state, role, address, status)
            assert wanted or not (address == "vote" and status == 200)


def test_only_the_bodys_reporter_finds_the_form_of_a_new_appeal(
    world: World, result: Result
) -> None:
    path = f"/appeals/new/{result.pk}/"
    found = {
        role for role, who in world.by_role.items() if client(who).get(path).status_code == 200
    }

    assert found == {"reporter"}
    assert client(world.reporter_d).get(path).status_code == 404
    clock.pretend(date(2024, 5, 26))
    assert client(world.reporter).get(path).status_code == 422


@pytest.mark.usefixtures("strict_templates")
def test_the_form_saves_refuses_and_keeps_what_was_typed(world: World, result: Result) -> None:
    browser, path = client(world.reporter), f"/appeals/new/{result.pk}/"
    typed = {"ground": "evidence", "appeal_text": "ขอให้พิจารณา"}
    page = browser.get(path).content.decode()
    wrong = browser.post(path, typed)
    saved = browser.post(path, typed | {"appealed": ["1.1"]})

    assert "เสีย 4" in page  # of the weight of 20
    assert "ข้อสันนิษฐาน" in page
    assert (wrong.status_code, saved.status_code) == (422, 302)
    assert "ขอให้พิจารณา" in wrong.content.decode()
    made = Appeal.objects.get()
    seen = browser.get(f"/appeals/{made.pk}/edit/").context["form"]["seen"].value()
    changed = browser.post(
        f"/appeals/{made.pk}/edit/", typed | {"appealed": ["1.2", "1.3"], "seen": seen}
    )
    made.refresh_from_db()
    assert (changed.status_code, made.numbers) == (302, ["1.2", "1.3"])


@pytest.mark.usefixtures("strict_templates")
def test_the_panel_votes_and_decides_on_its_pages(world: World, filed: Appeal) -> None:
    base = f"/appeals/{filed.pk}"
    people = judges()
    analyst = client(world.analyst)
    page = analyst.get(f"{base}/panel/")
    assert all(judge.name in page.content.decode() for judge in people)
    seen = {"seen": page.context["seen"]}
    same = seen | {f"seat-{place}": people[0].pk for place in (1, 2, 3)}
    seats = seen | {f"seat-{place}": judge.pk for place, judge in enumerate(people, start=1)}
    stranger = seats | {"seat-2": world.assessor.pk}
    answers = [analyst.post(f"{base}/panel/", one).status_code for one in (same, stranger, seats)]
    assert answers == [422, 422, 302]
    chair = client(people[0])
    empty = chair.post(f"{base}/vote/", {"reason": "พิมพ์ไว้"})
    assert (empty.status_code, "พิมพ์ไว้" in empty.content.decode()) == (422, True)
    for judge in people[:2]:
        seen = client(judge).get(f"{base}/").context["seen"]
        ballot = {"vote": "uphold", "reason": "ฟังได้"}
        assert client(judge).post(f"{base}/vote/", ballot).status_code == 422
        assert client(judge).post(f"{base}/vote/", ballot | {"seen": seen}).status_code == 302
    assert client(people[1]).get(f"{base}/uphold/").status_code == 422
    page = chair.get(f"{base}/uphold/")
    assert page.status_code == 200
    typed = {
        "seen": page.context["seen"],
        "status-1.1": "reported",
        "actual-1.1": "90",
        "status-1.2": "same",
        "actual-1.2": "86",
        "decision": "หลักฐานฟังได้",
    }
    seen = chair.post(f"{base}/uphold/", typed | {"preview": "1"})
    assert (seen.status_code, "จาก 56.00 เป็น 60.00" in seen.content.decode()) == (200, True)
    slipped = chair.post(f"{base}/uphold/", typed | {"actual-1.1": "900", "preview": "1"})
    odd = "ร้อยละอยู่นอกช่วง 0–100 โปรดตรวจสอบ"
    assert [odd in page.content.decode() for page in (seen, slipped)] == [False, True]
    wrong = chair.post(f"{base}/uphold/", typed | {"actual-1.1": ""})
    none = chair.post(f"{base}/uphold/", typed | {"status-1.1": "same", "actual-1.1": "86"})
    unused = chair.post(f"{base}/uphold/", typed | {"actual-1.2": "90"})  # and 1.2 stays the same
    assert (unused.status_code, list(unused.context["form"].errors)) == (422, ["actual-1.2"])
    done = chair.post(f"{base}/uphold/", typed)
    assert [one.status_code for one in (wrong, none, done)] == [422, 422, 302]
    assert "หลักฐานฟังได้" in none.content.decode()
    filed.refresh_from_db()
    assert (filed.state, filed.corrected.total) == ("upheld", 60)  # type: ignore[union-attr]


@pytest.mark.usefixtures("strict_templates")
def test_the_chair_rejects_on_the_page(heard: Appeal) -> None:
    votes(heard, "reject", "reject")
    browser, path = client(judges()[0]), f"/appeals/{heard.pk}/reject/"

    page = browser.get(path)
    assert page.status_code == 200
    seen = page.context["seen"]
    answers = [
        browser.post(path, {"decision": text, "seen": seen}).status_code
        for text in ("", "ไม่มีหลักฐานใหม่")
    ]
    assert answers == [422, 302]


def test_votes_are_hidden_from_the_body_until_the_decision(world: World, heard: Appeal) -> None:
    path, secret = f"/appeals/{heard.pk}/", "ความเห็นลับ"
    moves.vote(heard, "reject", reason=secret, by=judges()[0], at=AT_DAY, on=DAY)

    def shown(who: Person) -> bool:
        return secret in client(who).get(path).content.decode()

    assert [shown(world.reporter), shown(world.approver)] == [False, False]
    assert [shown(one) for one in (world.analyst, world.auditor, *judges())] == [True] * 5
    moves.vote(heard, "reject", reason="ก", by=judges()[1], at=AT_DAY, on=DAY)
    moves.reject(heard, reason="ข", by=judges()[0], at=AT_DAY, on=DAY)
    assert shown(world.reporter)


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize("state", AppealState.values)
def test_every_page_opens_in_both_languages_in_every_state(
    world: World, heard: Appeal, state: str
) -> None:
    """Readers have the languages by turns, another one in the next state; each page has both."""
    put_in(heard, state)
    people = (world.reporter, world.approver, world.analyst, judges()[0])
    languages = ("th", "en", "th", "en", "th")[AppealState.values.index(state) % 2 :]
    for language, who in zip(languages, people, strict=False):
        browser = client(who, language)
        for path in ("/appeals/", f"/appeals/?state={state}&sort=due", f"/appeals/{heard.pk}/"):
            assert browser.get(path).status_code == 200
        if state in ("filed", "heard") and who == world.analyst:
            assert browser.get(f"/appeals/{heard.pk}/panel/").status_code == 200


def test_notices_go_to_those_whose_turn_it_is(world: World, heard: Appeal) -> None:
    def told(name: str) -> set[Person]:
        return {one.person for one in Notice.objects.filter(code=f"notice.appeal_{name}")}

    chair, second, third = judges()
    votes(heard, "reject", "reject")
    assert told("write") == {world.approver}
    assert told("file") == {world.analyst, world.reporter}
    assert told("name_panel") == {chair, second, third}
    assert told("vote") == {chair}
    moves.reject(heard, reason="ก", by=chair, at=AT_DAY, on=DAY)
    assert told("reject") == {world.reporter, world.approver, second, third}


def test_what_waits_for_whom(world: World, draft: Appeal) -> None:
    def asks(who: Person) -> list[tuple[str, date | None]]:
        return [(one.asks, one.due) for one in queries.work_for(fresh(who), DAY)]

    chair, second, third = judges()
    assert asks(world.approver) == [("appeal-work.file", LAST)]
    moves.file(draft, by=world.approver, at=AT_DAY, on=DAY)
    due = date(2024, 6, 14)  # thirty days after filing
    assert (asks(world.approver), asks(world.analyst)) == ([], [("appeal-work.name_panel", due)])
    moves.name_panel(draft, [chair, second, third], by=world.analyst, at=AT_DAY, on=DAY)
    assert [asks(one) for one in (world.analyst, world.assessor)] == [[], []]
    assert asks(chair) == [("appeal-work.vote", due)]
    votes(draft, "reject", "reject")
    assert asks(chair) == [("appeal-work.decide", due)]
    assert [asks(one) for one in (second, third)] == [[], [("appeal-work.vote", due)]]
    expired = queries.work_for(fresh(world.approver), date(2024, 5, 26))
    assert expired == []


def test_the_csv_holds_what_the_list_shows_and_no_formula(world: World, heard: Appeal) -> None:
    Appeal.objects.filter(pk=heard.pk).update(text="=1+1")
    text = client(world.analyst).get("/appeals/appeals.csv?state=heard").content.decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    assert [(row["code"], row["text"], row["kpis"]) for row in rows] == [
        ("TH-74", "'=1+1", "1.1 / 1.2"),
    ]
    empty = client(world.analyst).get("/appeals/appeals.csv?state=draft").content.decode()
    assert len(empty.splitlines()) == 1
    assert client(world.reporter_d).get("/appeals/appeals.csv").content.decode().count("\n") == 1


@pytest.mark.usefixtures("heard")
def test_the_list_filters_and_sorts(world: World) -> None:
    def found(query: str) -> int:
        return len(client(world.analyst).get(f"/appeals/{query}").context["list"].lines)

    assert [found(one) for one in ("", "?kind=department", "?q=ทดสอบ TH-74", "?q=ไม่มี")] == [
        1,
        0,
        1,
        0,
    ]
    assert [found(one) for one in ("?year=2567&sort=-due", "?year=2566", "?group=ใต้")] == [1, 0, 0]


def cost(who: Any, path: str) -> int:
    browser = client(who)
    assert browser.get(path).status_code == 200  # what is kept in memory is read
    with CaptureQueriesContext(connection) as asked:
        browser.get(path)
    return len(asked)


def test_lists_and_the_work_of_people_cost_the_same_with_one_and_with_three(
    world: World, heard: Appeal
) -> None:
    paths = ["/appeals/", "/appeals/appeals.csv"]
    votes(heard, "uphold")
    chair = judges()[0]

    def costs() -> list[int]:
        found = [cost(who, path) for who in (world.analyst, world.reporter) for path in paths]
        for who in (world.analyst, world.approver, chair):
            with CaptureQueriesContext(connection) as asked:
                queries.work_for(Person.objects.get(pk=who.pk), DAY)
            found.append(len(asked))
        return found

    before = costs()
    for code in ("TH-90", "TH-81"):
        one = actions.begin(
            released_at_another(world, code), SAID, by=fresh(world.reporter), at=AT_DAY, on=DAY
        )
        moves.file(one, by=fresh(world.approver), at=AT_DAY, on=DAY)
        moves.name_panel(one, judges(), by=world.analyst, at=AT_DAY, on=DAY)

    assert Appeal.objects.filter(state="heard").count() == 3
    assert costs() == before


def test_an_assessor_who_judged_is_barred_even_when_another_passed_it_on(world: World) -> None:
    from esar.judge.assessments.models import Assessment
    from tests.report.reports.make import sent

    report = sent(world)
    one = Assessment.objects.get(report=report)
    second = person("second", (Role.ASSESSOR, None))
    for by in (world.assessor, second):
        assessing.declare(one, has_conflict=False, detail="", by=by, at=RELEASED_AT, on=DAY)
    assessing.judge(
        one, "1.1", Outcome(Decimal(85)), reason="ตรวจแล้ว", by=second, at=RELEASED_AT, on=DAY
    )
    from esar.judge.assessments.queries import assessors_of

    assert assessors_of(one) == {second.pk}


JUDGES = ["judge1", "judge2", "judge3"]
ANYONE = ["reporter", "approver", "analyst", "assessor", "auditor", "nobody", *JUDGES]


class AppealLife(Life):
    """Anyone tries anything with one appeal, beside a small model of it."""

    result: Result
    panel: list[Person]

    def begin(self) -> None:
        by = self.world.reporter
        self.one = actions.begin(self.result, SAID, by=by, at=AT_DAY, on=DAY)
        self.state: str = "draft"
        self.votes: dict[str, str] = {}

    def who(self, name: str) -> Any:
        return self.panel[JUDGES.index(name)] if name in JUDGES else super().who(name)

    def allows(self, person: str, name: str, reason: str) -> bool:
        if self.state not in APPEAL_MOVES[name].sources:
            return False
        if name == "name_panel":
            return person == "analyst" and (self.state == "filed" or bool(reason))
        if name == "vote":
            return person in JUDGES and bool(reason)
        if name in ("uphold", "reject"):
            agreed = list(self.votes.values()).count(name) >= 2
            return person == "judge1" and agreed and bool(reason)
        return person == {"write": "reporter", "file": "approver", "withdraw": "approver"}[name]

    @rule(
        person=st.sampled_from(ANYONE),
        name=st.sampled_from(sorted(APPEAL_MOVES)),
        reason=st.sampled_from(["", "เหตุ"]),
        said=st.sampled_from(["uphold", "reject"]),
    )
    def moves(self, person: str, name: str, reason: str, said: str) -> None:
        given: dict[str, Any] = {"by": self.who(person), "at": AT_DAY, "on": DAY}
        calls: dict[str, Any] = {
            "write": lambda: moves.write(self.one, SAID, **given),
            "file": lambda: moves.file(self.one, **given),
            "name_panel": lambda: moves.name_panel(self.one, self.panel, reason=reason, **given),
            "vote": lambda: moves.vote(self.one, said, reason=reason, **given),
            "uphold": lambda: moves.uphold(self.one, BETTER, reason=reason, **given),
            "reject": lambda: moves.reject(self.one, reason=reason, **given),
            "withdraw": lambda: moves.withdraw(self.one, reason=reason, **given),
        }
        expected = self.allows(person, name, reason)
        assert tried(calls[name]) == expected, (person, name, self.state)
        if expected:
            self.state = str(APPEAL_MOVES[name].target)
            if name == "vote":
                self.votes[person] = said

    @rule(said=st.sampled_from(["uphold", "reject"]))
    def goes_on(self, said: str) -> None:
        """The way that an appeal should go, so that runs reach its end."""
        if self.state == "draft":
            self.moves("approver", "file", "", said)
        elif self.state == "filed":
            self.moves("analyst", "name_panel", "", said)
        elif self.state == "heard":
            for judge in JUDGES[:2]:
                self.moves(judge, "vote", "เหตุ", said)
            self.moves("judge1", said, "เหตุ", said)

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        now = Appeal.objects.get(pk=self.one.pk)
        assert now.state == self.state
        assert (now.corrected is not None) == (self.state == "upheld")
        assert bool(now.decision) == (self.state in ("upheld", "rejected"))
        assert Result.objects.filter(state="released").get() == self.result
        seats = {seat.person.email.split("@")[0]: seat.vote for seat in queries.seats_of(now)}
        assert {name: vote for name, vote in seats.items() if vote} == self.votes
        assert self.state in OPEN or queries.deadline(now) is None


@pytest.mark.any_database
def test_no_sequence_of_moves_leaves_the_table(world: World, result: Result) -> None:
    assert world.by_role  # everyone is there before the first run
    AppealLife.world, AppealLife.result, AppealLife.panel = world, result, judges()
    run_state_machine_as_test(AppealLife, settings=CALM)


def test_all_that_is_wrong_with_a_panel_is_told_at_once(world: World, heard: Appeal) -> None:
    votes(heard, "uphold")  # the chair's, who therefore stays
    _, second, third = judges()
    analyst, path = client(world.analyst), f"/appeals/{heard.pk}/panel/"
    seats = {"seat-1": "", "seat-2": second.pk, "seat-3": second.pk, "reason": ""}

    answer = analyst.post(path, seats)

    errors = answer.context["form"].errors
    assert (answer.status_code, sorted(errors)) == (422, ["__all__", "reason", "seat-1"])
    size, voted = errors["__all__"]
    assert size.startswith(say("appeal.panel_size", {"many": 3}, "th"))
    assert voted == say("appeal.has_voted", {"name": judges()[0].name}, "th")
    codes = refused(moves.name_panel, heard, [second, third], by=world.analyst)
    assert codes == ["form.no_reason", "appeal.panel_size", "appeal.has_voted"]


def test_the_button_that_names_a_panel_says_so_in_words(world: World, filed: Appeal) -> None:
    judges()
    page = client(world.analyst).get(f"/appeals/{filed.pk}/panel/").content.decode()
    assert say("appeal-action.name_panel", {}, "th") + "</button>" in page
    assert "appeal-action" not in page
