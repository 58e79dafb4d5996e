"""A refusal prints every clause that says its rule, and where none does, that it is assumed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from esar.kernel.wording import problem_sentence
from esar.law.rules.kinds import ActivityForm, ActivityPlan, OrderedTopics
from esar.law.rules.proofs import prove_for_use
from esar.law.rules.reading import read_rulebook
from esar.law.rules.refusals import RESTS_ON, clause_of, refusal
from esar.law.rules.text import Text
from tests.law.rules.make import broken
from tests.law.scoring.make import book

NOVEMBER = date(2017, 11, 1)

# Refused for its form, its state or another's hand, and by no rule of the year.
NOT_BY_A_RULE = {
    "plan.already_moved",
    "plan.is_there",
    "plan.no_law",
    "plan.not_a_form",
    "plan.not_a_month",
    "plan.past_due",
    "plan.too_long",
    "plan.too_many",
    "plan.topics_not_yet",
    "plan.unknown_type",
    "plan.wrong_state",
    "plan_change.no_reason",
    "plan_change.no_window",
    "plan_change.nothing_new",
    "plan_change.one_is_open",
    "plan_change.stale",
    "score.cannot_be_left_out",
    "score.held_to_unknown",
    "score.kpi_twice",
    "score.no_component",
    "score.no_items",
    "score.no_kpis",
    "score.no_such_method",
    "score.unknown_body_kind",
    "score.unknown_component",
    "score.unknown_round",
    "score.weight_out_of_range",
}


def clauses(clause: object) -> list[str]:
    assert isinstance(clause, Text)
    return [one.split(" ")[-1] for one in clause.th.split("; ")]


def test_every_refusal_of_a_plan_or_a_score_rests_on_a_rule_or_says_that_it_does_not() -> None:
    folders = (Path("esar/law/scoring"), Path("esar/report/activity_plans"))
    sources = [path for folder in folders for path in folder.glob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    codes = set(re.findall(r'"((?:plan|plan_change|score)\.[a-z_]+)"', text))
    refused = {code for code in codes if re.search(rf'(?:Problem|denied)\(\s*"{code}"', text)}

    assert refused - NOT_BY_A_RULE - WARNINGS == set()
    assert set(RESTS_ON) - codes == set()


WARNINGS = {"score.kpi_count", "score.assumed_component_weights"}


def test_a_new_activity_each_month_cites_the_briefing_and_the_order_not_the_letter() -> None:
    rules = book(2561).on(NOVEMBER, "province")
    plan = rules.need("4.2.plan", ActivityPlan)

    months = clause_of(plan, "new_each_month")
    assert isinstance(months, Text)
    assert months.th.count("; ") == 1
    assert "ต้องมีกิจกรรมใหม่ทุกเดือน" in months.th
    assert "อย่างน้อยเดือนละ 1 งานหรือกิจกรรม" in months.th
    assert "ข้อ 3.1" not in months.th
    assert clauses(clause_of(plan, "activities")) == ["3.1"]


@pytest.mark.parametrize(
    ("code", "last_words"),
    [
        ("plan.topic_twice", ["1.1"]),
        ("plan.topic_out_of_season", ["1.2"]),
    ],
)
def test_a_topic_cites_the_one_clause_that_says_it(code: str, last_words: list[str]) -> None:
    topics = book(2561).on(NOVEMBER, "province").need("4.2.topics", OrderedTopics)

    assert clauses(refusal(code, topics, {}).clause) == last_words


def test_what_no_source_says_is_refused_as_an_assumption_in_both_languages() -> None:
    form = book(2561).on(NOVEMBER, "province").need("4.2.plan-form", ActivityForm)
    problem = refusal("plan_change.round_over", form, {"number": 1, "month": "มีนาคม 2561"})

    assert "ข้อสันนิษฐาน: เอกสารให้ขอปรับแผนได้ถึง 31 พฤษภาคม 2561" in problem_sentence(problem, "th")
    assert "assumed: The document lets plans be changed until 31 May 2018" in problem_sentence(
        problem, "en"
    )


def test_a_rule_that_refuses_without_its_clause_is_not_fit_for_use(tmp_path: Path) -> None:
    folder = broken(
        tmp_path,
        2561,
        "plan.yaml",
        "clause: ข้อ 1.2, fields: [start_first, start_last]",
        "clause: ข้อ 1.2, fields: [topics]",
    )

    problems = prove_for_use(read_rulebook(folder, 2561))

    assert [(one.code, one.figures["entry"], one.figures["refusal"]) for one in problems] == [
        ("rules.refusal_without_clause", "4.2.topics", "plan.topic_out_of_season")
    ]
