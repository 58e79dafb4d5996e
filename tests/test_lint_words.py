"""The lint of words tells sentences from docstrings and data."""

from __future__ import annotations

import pytest

from tools.lint_words import problems, thai_strings


@pytest.mark.parametrize(
    ("source", "strings"),
    [
        ('"""เอกสาร"""', []),
        ('def f():\n    """เอกสาร"""\n    return "ผล"', ["ผล"]),
        ('x = f"ปี {y}"', ["ปี "]),
        ('x = "result"  # ผล', []),
        ('x = ("ก", {"ข": 1})', ["ก", "ข"]),
    ],
)
def test_a_string_with_thai_is_found_unless_it_documents(source: str, strings: list[str]) -> None:
    assert [text for _, text in thai_strings(source)] == strings


def test_a_module_that_is_not_listed_is_refused_and_one_listed_in_vain_is_struck_out() -> None:
    refused = problems(data=["esar/kernel/access.py"], wait=[])

    assert "esar/kernel/access.py has no Thai string: strike it out" in refused
    assert any(line.startswith("esar/kernel/spelling.py:") for line in refused)
