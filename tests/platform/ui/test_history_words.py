"""What changed, as the history tells it to people: fields, states, roles and days in words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils.translation import override

from esar.platform.ui.templatetags.words import before_after


def rows(verb: str, before: Any, after: Any) -> list[tuple[str, str, str]]:
    with override("en"):
        return before_after(SimpleNamespace(verb=verb, before=before, after=after))


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


def test_what_a_rulebook_names_is_called_as_it_calls_it() -> None:
    told = rows("kpi.added", None, {"component": "performance", "kind": "kind.area"})

    assert [name for name, _, _ in told] == ["Component", "Kind of KPI"]
    assert not {"performance", "kind.area"} & {new for _, _, new in told}


def test_a_choice_is_called_as_its_form_calls_it() -> None:
    told = rows("letter.written", None, {"letter_speed": "most_urgent"})

    assert [(old, new) for _, old, new in told] == [("–", "Most urgent")]


def test_what_is_kept_in_two_languages_is_told_in_the_reader_s() -> None:
    told = rows("visit.planned", None, {"name": {"th": "ก", "en": "a"}})

    assert [(old, new) for _, old, new in told] == [("–", "a")]
