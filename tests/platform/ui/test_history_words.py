"""What changed, as the history tells it to people: fields, states, roles and days in words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override

from esar.platform.ui.templatetags.words import before_after


def rows(verb: str, before: Any, after: Any, year: int | None = None) -> list[tuple[str, str, str]]:
    with override("en"):
        return before_after(SimpleNamespace(verb=verb, before=before, after=after), year)


def test_a_state_is_called_as_its_life_calls_it() -> None:
    told = rows("report.submit", {"state": "proposed"}, {"state": "submitted"})

    assert told == [("State", "waits for the approver", "sent in")]


def test_days_roles_and_truth_are_words_and_other_texts_stay() -> None:
    after = {"last_day": "2024-06-03", "role": "reporter", "is_public": True, "name": "2024-02-31"}

    assert [new for _, _, new in rows("role.given", None, after)] == [
        "3 June 2024",
        "Reporter",
        "yes",
        "2024-02-31",
    ]


def test_every_part_of_a_value_with_parts_is_named() -> None:
    told = rows("kpi.changed", None, {"rounds": [{"round": "6m", "held_to": "none"}]})

    assert told == [("Targets of rounds", "–", "Round: 6 months, Not measured in this round")]


def test_an_item_s_name_is_no_person_s_and_what_is_left_empty_is_left_out() -> None:
    item = {"id": "1", "name": "Cases", "weight": "0.4", "unit": "", "direction": "higher"}
    told = rows("kpi.added", None, {"items": [item]})

    words = "1, Item: Cases, Weight within the KPI: 0.4, Direction: higher is better"
    assert told == [("Items of the weighted average", "–", words)]


def test_results_of_items_say_which_and_months_are_called_by_their_names() -> None:
    before = {"items": {"1": "75", "2": "25"}, "2010-10": None}
    after = {"items": {"1": "75", "2": "30"}, "2010-10": "1500000"}

    assert rows("claim.saved", before, after) == [
        ("Items of the weighted average", "1: 75, 2: 25", "1: 75, 2: 30"),
        ("October 2010", "–", "1500000"),
    ]


def test_what_a_rulebook_names_is_called_as_it_calls_it() -> None:
    told = rows("kpi.added", None, {"component": "performance", "kind": "kind.area"})

    assert [name for name, _, _ in told] == ["Component", "Kind of KPI"]
    assert not {"performance", "kind.area"} & {new for _, _, new in told}


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2567, "Area KPIs: plans of province and cluster"),
        (2568, "Area KPIs and pain points"),
    ],
)
def test_what_two_rulebooks_name_is_called_as_its_own_year_calls_it(year: int, label: str) -> None:
    told = rows("kpi.added", None, {"kind": "kind.area"}, year)

    assert told == [("Kind of KPI", "–", label)]


def test_an_answer_to_a_form_is_told_as_its_page_tells_it() -> None:
    label = {"th": "ก", "en": "Published"}
    answers = [
        {"id": "urgent", "label": label, "text": "no", "answer": "yes_no"},
        {"id": "day", "label": label, "text": "2024-06-03", "answer": "day"},
        {"id": "with", "label": label, "text": "กรม", "answer": "bodies", "codes": ["DIT"]},
        {"id": "plan", "label": label, "text": "no"},
    ]
    told = rows("kpi.added", None, {"answers": answers})

    assert [new for _, _, new in told] == [
        "Published: No / Published: 3 June 2024 / Published: กรม / Published: no"
    ]


def test_a_choice_is_called_as_its_form_calls_it() -> None:
    told = rows("letter.written", None, {"letter_speed": "most_urgent"})

    assert [(old, new) for _, old, new in told] == [("–", "Most urgent")]


def test_what_is_kept_in_two_languages_is_told_in_the_reader_s() -> None:
    told = rows("visit.planned", None, {"name": {"th": "ก", "en": "a"}})

    assert [(old, new) for _, old, new in told] == [("–", "a")]


def test_only_what_is_another_than_before_is_told_and_of_which_kpi() -> None:
    before = {"number": "1.1", "targets": ["80"], "scope": "", "unit": "ร้อยละ", "is_public": None}
    after = {"number": "1.1", "targets": ["90"], "scope": None, "unit": "ร้อยละ", "is_public": False}

    assert rows("change.asked", before, after) == [
        ("Number", "1.1", "1.1"),
        ("Targets", "80", "90"),
        ("Public", "–", "no"),
    ]


@pytest.mark.parametrize(
    ("verb", "name", "value", "told"),
    [
        ("kpi.added", "name", "ขยะ", ("Name of the KPI", "ขยะ")),
        ("evidence.attached", "name", "ผล.pdf", ("File", "ผล.pdf")),
        ("letter.received", "name", "คลังจังหวัด", ("Recipient", "คลังจังหวัด")),
        ("person.invited", "name", "สมศรี", ("Name", "สมศรี")),
        (
            "appeal.begin",
            "ground",
            "evidence",
            ("Ground of the appeal", "Evidence was not considered"),
        ),
        ("change.asked", "ground", "policy", ("Ground", "A change of government policy")),
        (
            "kpi_templates.propose",
            "state",
            "proposed",
            ("State", "Waiting for the body’s approver"),
        ),
        ("central.published", "state", "published", ("State", "Published")),
        ("central.upheld", "state", "upheld", ("State", "Upheld; the value was corrected")),
        (
            "sitting.called",
            "held_at",
            "2023-10-10T03:00:00+00:00",
            ("Day and time", "10 October 2023 10:00"),
        ),
        ("usage.entered", "month", "2017-12", ("Month", "December 2017")),
        ("usage.entered", "thing", "paper", ("What is used", "Paper (reams)")),
        (
            "plan_month.saved",
            "2:2017-12",
            True,
            ("Activity 2 · output of December 2017", "yes"),
        ),
        (
            "report.declared",
            "page.gap_evidence",
            ["1.1", "1.2"],
            ("KPIs with a result and no evidence", "1.1 / 1.2"),
        ),
        (
            "kpi.added",
            "answers",
            [{"id": "aim", "label": {"th": "เป้าหมาย", "en": "Aim"}, "text": "ลดขยะ"}],
            ("What its form asks", "Aim: ลดขยะ"),
        ),
    ],
)
def test_no_code_of_ours_is_told(verb: str, name: str, value: Any, told: tuple[str, str]) -> None:
    assert rows(verb, None, {name: value}) == [(told[0], "–", told[1])]


def test_a_level_of_the_assessment_is_called_as_its_page_calls_it() -> None:
    told = rows("assessment.judged", {"number": "1.1"}, {"number": "1.1", "level": "preliminary"})

    assert told == [("Number", "1.1", "1.1"), ("Level", "–", "OPDC")]


def test_an_item_of_a_checklist_is_called_as_its_list_calls_it() -> None:
    checklist = {
        "formula": {"label": {"th": "ตามสูตร", "en": "By the formula"}, "found": "no", "note": "ปี"},
        "ground": {"label": {"th": "ในพื้นที่", "en": "On the ground"}, "found": "yes", "note": ""},
    }

    assert rows("visit.done", None, {"checklist": checklist}) == [
        ("Checklist", "–", "By the formula: no (ปี) / On the ground: yes")
    ]
