"""Every sentence has two languages with the same blanks, and every code used has a sentence."""

from __future__ import annotations

import ast
import dataclasses
import re
import string
from pathlib import Path

from esar.kernel.wording import SENTENCES, thai_date
from esar.kernel.wording.rules import FIELD_LABELS, KIND_LABELS
from esar.law.rules.kinds import KINDS

THAI = re.compile("[\u0e00-\u0e7f]")


# The link to the other language is written in that language.
OTHER_WAY_ROUND = {"page.other_language"}


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def faults(code: str) -> list[str]:
    """What is wrong with the sentence of a code, in words."""
    thai, english = SENTENCES[code]
    checks = {
        "no Thai": not thai,
        "no English": not english,
        "other blanks": blanks(thai) != blanks(english),
        "Thai in the English": bool(THAI.search(english)) and code not in OTHER_WAY_ROUND,
    }
    return [fault for fault, holds in checks.items() if holds]


def test_both_languages_are_there_with_the_same_blanks() -> None:
    faulty_codes = {code: faults(code) for code in SENTENCES if faults(code)}

    assert len(SENTENCES) > 2000
    assert faulty_codes == {}


def codes_in_source() -> set[str]:
    """Text constants that look like codes and stand as first argument of a call."""
    found = set()
    for path in Path("esar").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                first = node.args[0]
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if (
                    name in ("Problem", "step", "say", "words", "_problem", "_refuse")
                    and isinstance(first, ast.Constant)
                    and isinstance(first.value, str)
                ):
                    found.add(first.value)
    return found


def test_every_code_in_the_source_has_a_sentence() -> None:
    assert {code for code in codes_in_source() if "." in code} - set(SENTENCES) == set()


def test_every_kind_and_field_of_a_rule_has_a_label() -> None:
    fields: set[str] = set()
    waiting = list(KINDS.values())
    while waiting:
        shape = waiting.pop()
        fields |= {field.name for field in dataclasses.fields(shape)}
        waiting += [
            inner
            for inner in vars(shape).values()
            if isinstance(inner, type) and dataclasses.is_dataclass(inner)
        ]

    assert set(KINDS) == set(KIND_LABELS)
    assert fields - set(FIELD_LABELS) == set()


def test_the_months_are_right() -> None:
    from datetime import date

    assert [thai_date(date(2024, month, 1)).split()[1] for month in (1, 6, 12)] == [
        "มกราคม",
        "มิถุนายน",
        "ธันวาคม",
    ]
