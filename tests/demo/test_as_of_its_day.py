"""What the invented nation tells agrees with the demo's day, and says that it is invented."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Max
from django.test import Client

from esar.agree.changes.models import ChangeRequest
from esar.agree.changes.offers import kpis_of, kpis_with_index
from esar.agree.indexes.models import HostChange, InternationalIndex
from esar.demo.outside_results import make_demo_outside_results
from esar.demo.portfolios import make_demo_portfolios
from esar.demo.self_evaluations import make_demo_self_evaluations
from esar.judge.assessments.models import Assessment
from esar.judge.assessments.states import LEVELS
from esar.law.rules.reading import read_rulebook
from esar.platform.notices.models import Notice
from esar.platform.organisations.models import Body, OfficeHolder, Portfolio
from esar.platform.organisations.queries import office_over
from esar.platform.ui import clock
from esar.report.follow_ups.queries import duties
from esar.report.outside_results.models import OutsideResult
from esar.report.outside_results.queries import due_results
from esar.report.reports.models import Report
from esar.report.self_evaluations.models import SelfEvaluation
from esar.show.nation.registry import AsOf, questions_of, tables_of
from tests.demo.make import AFTER, Nation, NationAfterItsYear
from tests.make import ON

pytestmark = pytest.mark.django_db
END = date(2024, 11, 20)
BOOK = read_rulebook(Path("rulebook"), 2567)


def test_in_october_papers_are_asked_for_and_nothing_came_from_outside() -> None:
    Nation()

    assert set(SelfEvaluation.objects.values_list("state", "received_on", "put_on")) == {
        ("asked", None, None)
    }
    assert not OutsideResult.objects.exists()
    newest = HostChange.objects.aggregate(Max("day"))["day__max"]
    assert newest <= ON
    assert not Portfolio.objects.filter(first_day__gt=ON).exists()


def test_after_the_year_papers_and_results_are_in_and_dated_before_the_day() -> None:
    NationAfterItsYear()

    papers = SelfEvaluation.objects.all()
    states = Counter(papers.values_list("state", flat=True))
    assert states == {"put": papers.count() - 2, "checked": 1, "received": 1}
    days = papers.aggregate(received=Max("received_on"), put=Max("put_on"))
    assert max(days.values()) <= END

    dues = due_results(2567)
    standings = Counter(due.standing for due in dues)
    assert set(standings) == {"awaited", "reached", "not_reached", "no_figure"}
    assert OutsideResult.objects.count() == len(dues) - standings["awaited"]
    assert not OutsideResult.objects.filter(is_demo=False).exists()

    before = (papers.count(), OutsideResult.objects.count(), Portfolio.objects.count())
    assert make_demo_self_evaluations(at=AFTER) == before[0]
    assert make_demo_outside_results(at=AFTER) == before[1]
    assert make_demo_portfolios(at=AFTER) == before[2]
    assert OutsideResult.objects.count() == before[1]


def test_after_the_year_each_question_has_an_answer_and_each_state_is_somewhere() -> None:
    """Each figure that is 0 then is one of what does not happen in a year that is over."""
    NationAfterItsYear()
    as_of = AsOf(BOOK, BOOK.year.last_day)
    zeros = [
        f"{table.code} {figure.at}"
        for table in questions_of(as_of.rules)
        for figure in table.figures(table.rows(as_of))
        if figure.value == 0 and table.code != "Q5"  # every scorecard is in force
    ]

    assert zeros == ["Q3 fewer", "Q3 more", "Q4 no_holder"]
    assert set(Report.objects.values_list("round_id", "state")) == {
        ("6m", "draft"),
        ("12m", "draft"),
        ("12m", "submitted"),
    }
    late = Report.objects.filter(received_on__gt=F("due_on"))
    assert late.count() == 21
    assert set(Assessment.objects.values_list("state", flat=True)) == {*LEVELS, "done"}
    assert {duty.standing for duty in duties(2567, END)} == {"told", "late"}
    assert set(ChangeRequest.objects.values_list("state", flat=True)) == {
        *("opinion", "decide", "tell", "acknowledge", "done", "rejected")
    }


def test_what_happened_in_the_year_moves_no_table() -> None:
    def tables() -> dict[str, Any]:
        as_of = AsOf(BOOK, BOOK.year.last_day)
        return {t.code: list(t.figures(t.rows(as_of))) for t in tables_of(as_of.rules)}

    with transaction.atomic():
        Nation()
        before = tables()
        transaction.set_rollback(True)
    NationAfterItsYear()

    assert {code for code, figures in tables().items() if figures != before[code]} == set()


def test_orders_of_the_demo_say_so_and_change_nobodys_evaluator() -> None:
    Nation()
    clock.pretend(ON)
    holders = Counter(OfficeHolder.objects.values_list("body__code", flat=True))
    assert (holders.pop("PMO"), set(holders.values())) == (8, {1})
    assert not OfficeHolder.objects.filter(is_demo=False).exists()
    assert not OfficeHolder.objects.exclude(name__contains="(สาธิต)").exists()
    assert not Portfolio.objects.exclude(is_demo=True, order__contains="(สาธิต)").exists()
    evaluated = Body.objects.filter(evaluated_from__isnull=False, kind="department")
    assert Portfolio.objects.count() == evaluated.count()

    by_order = {body.code: office_over(body, "minister") for body in evaluated}
    Portfolio.objects.all().delete()
    assert {body.code: office_over(body, "minister") for body in evaluated.all()} == by_order


def test_every_holder_of_the_changed_index_is_offered_a_change() -> None:
    Nation()
    index = InternationalIndex.objects.get(is_demo=True)
    holding = {kpi.scorecard.body.code for kpi in kpis_of(index, kpis_with_index())}
    told = Notice.objects.filter(code="notice.index_changed")

    assert holding
    assert {notice.figures["body"] for notice in told} == set(
        Body.objects.filter(code__in=holding).values_list("name_th", flat=True)
    )


@pytest.mark.usefixtures("strict_templates")
def test_pages_mark_what_was_invented() -> None:
    NationAfterItsYear()
    clock.pretend(END)
    result = OutsideResult.objects.select_related("holder__sub_indicator")[0]
    sub = result.holder.sub_indicator
    sub.holders.exclude(pk=result.holder_id).delete()
    page = Client().get(f"/sub-indicators/{sub.pk}/").content.decode()
    body = Client().get("/agencies/DIT/").content.decode()

    assert page.count("⚑ ") == 1
    assert body.count("⚑ ") == 1
