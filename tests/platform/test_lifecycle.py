"""What holds for every life: assent is bound to what was seen, and a draft loses no text."""

from __future__ import annotations

import pytest
from django.test import Client

from esar.kernel.problems import Refused
from esar.platform.lifecycle.drafts import Conflict, is_new_text, mark_of
from esar.platform.lifecycle.life import every_life
from esar.platform.lifecycle.seen import changed_parts, seen_token
from esar.platform.ui import clock
from esar.report.reports import writing
from esar.report.reports.life import REPORT_LIFE
from esar.report.reports.models import Report
from tests.make import World
from tests.report.reports.make import APRIL, AT_APRIL, filled, said

pytestmark = pytest.mark.django_db


def test_every_move_leads_from_known_states_to_a_known_one() -> None:
    for life in every_life().values():
        states = {value for value, _ in life.model._meta.get_field("state").choices}
        for name, move in (life.moves | life.edits).items():
            assert (life.name, name, set(move.sources) - states) == (life.name, name, set())


def test_a_token_tells_which_parts_have_changed() -> None:
    token = seen_token({"1.1": {"actual": "88"}, "1.2": {"actual": "90"}})

    assert changed_parts(token, {"1.1": {"actual": "88"}, "1.2": {"actual": "90"}}) is None
    assert changed_parts(token, {"1.1": {"actual": "88"}, "1.2": {"actual": "91"}}) == ["1.2"]
    assert changed_parts(token, {"1.1": {"actual": "88"}}) == ["1.2"]
    assert changed_parts("", {"1.1": {"actual": "88"}}) == []


def test_the_same_text_again_is_kept_and_a_true_conflict_gives_back_what_is_there() -> None:
    marks = {"seen": mark_of("a"), "now": mark_of("b"), "by": "ก", "kind": "claim"}

    assert is_new_text("b", "b", **marks) is False
    assert is_new_text("a", "c", seen=mark_of("a"), now=mark_of("a"), by="ก", kind="claim") is True
    with pytest.raises(Conflict) as conflict:
        is_new_text("b", "c", **marks)
    assert (conflict.value.kept, conflict.value.problems[0].code) == (
        "b",
        "claim.changed_meanwhile",
    )
    with pytest.raises(Refused) as refused:
        is_new_text("b", "c", seen="", now="1", by="ก", kind="claim")
    assert [problem.code for problem in refused.value.problems] == ["draft.no_mark"]


def proposed(world: World) -> Report:
    report = filled(world)
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)
    return report


def approver_of(world: World) -> Client:
    clock.pretend(APRIL)
    client = Client()
    client.force_login(world.approver)
    return client


def test_an_approver_sends_in_nothing_that_was_not_on_the_page(world: World) -> None:
    report = proposed(world)
    client = approver_of(world)
    seen = client.get(f"/reports/{report.pk}/").context["seen"]
    REPORT_LIFE.move(report, "withdraw", by=world.reporter, at=AT_APRIL, on=APRIL)
    revision = writing.line_of(report, "1.1").claim.revision
    writing.save_claim(
        report, "1.1", said("77"), revision=revision, by=world.reporter, at=AT_APRIL, on=APRIL
    )
    REPORT_LIFE.move(report, "propose", by=world.reporter, at=AT_APRIL, on=APRIL)

    stale = client.post(f"/reports/{report.pk}/move/submit/", {"seen": seen})
    without = client.post(f"/reports/{report.pk}/move/submit/")
    report.refresh_from_db()
    assert (stale.status_code, without.status_code, report.state) == (422, 422, "proposed")
    assert "1.1" in stale.content.decode()

    fresh = client.get(f"/reports/{report.pk}/").context["seen"]
    assert client.post(f"/reports/{report.pk}/move/submit/", {"seen": fresh}).status_code == 302
    report.refresh_from_db()
    assert report.state == "submitted"
