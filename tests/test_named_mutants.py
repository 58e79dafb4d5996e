"""The list of named mutants fits the tree: each guard stands where it says, and so do its tests."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools.figures import mutants_killed
from tools.mutation.groups import GROUPS
from tools.mutation.named import NamedMutant, named_mutants
from tools.mutation.results import RESULTS, keep, read

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("mutant", named_mutants(), ids=lambda mutant: mutant.name)
def test_a_named_guard_stands_once_in_its_file_and_can_be_taken_out(
    mutant: NamedMutant, tmp_path: Path
) -> None:
    copy = tmp_path / mutant.file
    copy.parent.mkdir(parents=True)
    text = (ROOT / mutant.file).read_text("utf-8")
    copy.write_text(text, "utf-8")
    mutant.take_out(tmp_path)

    changed = copy.read_text("utf-8")
    assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(text))


@pytest.mark.parametrize("mutant", named_mutants(), ids=lambda mutant: mutant.name)
def test_the_tests_that_must_notice_it_are_there(mutant: NamedMutant) -> None:
    for test in mutant.tests:
        file, _, function = test.partition("::")
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert function in functions | {""}, test


def test_a_guard_that_is_gone_from_its_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "door.py").write_text("shut = True\n", "utf-8")
    mutant = NamedMutant("the door", "door.py", "shut = False", "shut = None", ())

    with pytest.raises(ValueError, match=r"the door: door\.py has 0 such places"):
        mutant.take_out(tmp_path)


def test_a_word_chooses_the_mutants_whose_name_has_it() -> None:
    names = [mutant.name for mutant in named_mutants(["door:"])]

    assert names == [
        "door: the roles that it names are not asked for",
        "door: a view without one is open",
    ]


def test_each_group_is_kept_as_it_was_played_last_and_the_named_ones_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keep("days", killed=1, survivors=["a", "b"])
    keep("named", killed=3, survivors=[], explained=[])
    keep("days", killed=2, survivors=["b"], explained=["c"])

    kept = {name: (group["killed"], group["all"]) for name, group in read(RESULTS).items()}
    assert kept == {"days": (2, 3), "named": (3, 3)}
    assert mutants_killed(tmp_path) == f"83.3 % (5 of 6) in 2 of {len(GROUPS) + 1} groups"
