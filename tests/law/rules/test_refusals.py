"""A refusal prints every clause that says its rule, and where none does, that it is assumed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from esar.kernel.wording import codes, problem_sentence
from esar.law.rules.book import Rule, Rules
from esar.law.rules.kinds import ActivityForm, ActivityPlan, OrderedTopics, Reporting
from esar.law.rules.proofs import prove_for_use
from esar.law.rules.reading import read_rulebook
from esar.law.rules.refusals import (
    GROUPS,
    NEEDS_NO_RULE,
    RESTS_ON,
    clause_of,
    denial,
    refusal,
    refusals_without_clause,
)
from esar.law.rules.text import Text
from tests.law.rules.make import broken
from tests.law.scoring.make import book

NOVEMBER = date(2017, 11, 1)


def clauses(clause: object) -> list[str]:
    assert isinstance(clause, Text)
    return [one.split(" ")[-1] for one in clause.th.split("; ")]


Raised = tuple[str, str, bool]  # a code, where, and whether a clause comes with it


def raised_in(path: Path) -> Iterator[Raised]:
    """Every problem and every denial that a module makes by a code that it names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            maker = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if maker in ("Problem", "denied", *BY_A_RULE):
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Constant) and re.fullmatch(CODE, str(part.value)):
                        place = f"{path}:{node.lineno}"
                        yield str(part.value), place, maker in BY_A_RULE


BY_A_RULE = ("refusal", "refusal_of_all", "denial")
CODE = r"[a-z_]+\.[a-z_]*[a-z]"


def raised() -> list[Raised]:
    return [one for path in Path("esar").rglob("*.py") for one in raised_in(path)]


def test_every_refusal_of_a_ruled_group_rests_on_a_rule_or_says_why_it_needs_none() -> None:
    refused = {code for code, _, _ in raised() if code.split(".")[0] in GROUPS}

    assert {"report", "claim", "central", "appeal", "change", "sitting"} <= set(GROUPS)
    assert refused - set(RESTS_ON) - set(NEEDS_NO_RULE) == set()
    assert set(RESTS_ON) & set(NEEDS_NO_RULE) == set()


def test_no_refusal_that_rests_on_a_rule_is_made_without_its_clause() -> None:
    assert [one for one in raised() if one[0] in RESTS_ON and not one[2]] == []


def test_what_is_said_to_need_no_rule_is_a_sentence_that_is_said() -> None:
    sentences = codes()

    assert {code for code in (*RESTS_ON, *NEEDS_NO_RULE) if code not in sentences} == set()


YEARS = (2554, 2561, 2567, 2568)


def without_source(rules: Rules, rule: Rule[object]) -> Rules:
    """The rules with one rule's citations and assumptions taken away."""
    bare = Rule(rule.entry, replace(rule.version, cites=(), assumed=()))
    return replace(rules, by_id={**rules.by_id, rule.id: bare})


def test_taking_the_source_of_any_rule_that_refuses_away_is_noticed_in_every_year() -> None:
    """2561 both as issued and as amended: on each day on which something changes."""
    noticed: set[str] = set()
    for year in YEARS:
        whole = book(year)
        for kind in whole.body_kinds():
            for day in whole.change_days():
                rules = whole.on(day, kind)
                assert list(refusals_without_clause(rules)) == [], (year, day, kind)
                for rule in rules.by_id.values():
                    bare = without_source(rules, rule)
                    unfounded = {code for code, _ in refusals_without_clause(bare)}
                    rests = {
                        code
                        for code, on in RESTS_ON.items()
                        if rule.entry.kind is on.kind and on.entry in ("", rule.id)
                    }
                    assert unfounded == rests, (year, day, rule.id)
                    noticed |= unfounded

    assert noticed == set(RESTS_ON)


def test_a_committee_that_does_not_say_its_quorum_is_not_fit_for_use(tmp_path: Path) -> None:
    folder = broken(tmp_path, 2554, "agreement.yaml", "      quorum: 0.5\n", "")

    problems = prove_for_use(read_rulebook(folder, 2554))

    assert [(one.figures["entry"], one.figures["refusal"]) for one in problems] == [
        ("committee.supervising", "sitting.no_quorum"),
        ("committee.supervising", "sitting.quorum_resolved"),
    ]


def test_a_report_before_its_round_is_over_is_refused_by_the_rule_of_reporting() -> None:
    rules = book(2567).on(date(2024, 9, 30), "province")
    problem = denial("report.round_not_over", rules.the(Reporting), day=date(2024, 3, 31)).problem

    assert problem is not None
    assert problem.clause == clause_of(rules.the(Reporting), "opens")
    assert problem.clause


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


def test_an_office_that_no_form_asks_for_cites_no_document() -> None:
    """The form has no column for it: it is asked for, and said to be assumed."""
    form = book(2561).on(NOVEMBER, "province").need("4.2.plan-form", ActivityForm)
    office, name = (
        refusal(code, form, {}).clause for code in ("plan.no_office", "plan.incomplete")
    )

    assert isinstance(office, Text)
    assert office.th.startswith("ข้อสันนิษฐาน: แบบไม่มีช่องหน่วยงานที่รับผิดชอบ")
    assert isinstance(name, Text)
    assert "แบบแผน (เรื่องดำเนินการ ประเภท ระยะเวลาดำเนินการ ผลผลิต)" in name.th
    assert "ข้อสันนิษฐาน" not in name.th


@pytest.mark.parametrize(
    ("year", "entry", "field"),
    [
        (2554, "central-data.satisfaction", "objection_days"),
        (2554, "ladder", "points"),
        (2561, "given-score", "entered_by"),
        (2567, "central-data.digital", "objection_days"),
    ],
)
def test_a_document_is_not_cited_for_what_it_does_not_say(
    year: int, entry: str, field: str
) -> None:
    """Its citation is of the rest of the rule: of the field only the assumption is printed."""
    whole = book(year)
    rule = whole.on(whole.year.last_day, "province").by_id[entry]
    clause = clause_of(rule, field)

    assert isinstance(clause, Text)
    assert clause.th.startswith("ข้อสันนิษฐาน: ")
    assert [one for one in rule.cites if one.clause in clause.th] == []


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
