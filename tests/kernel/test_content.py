"""Content that was kept is read once and written back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from esar.kernel.content import Content


@dataclass(frozen=True)
class Leaf(Content):
    name: str
    size: int | None


@dataclass(frozen=True)
class Tree(Content):
    title: str
    leaves: tuple[Leaf, ...]
    crown: Leaf | None = None
    notes: Mapping[str, Any] | None = None


OLD = {"title": "ต้นไม้", "leaves": [{"name": "ก", "size": None}, {"name": "ข", "size": 2}]}
NEW = OLD | {"crown": {"name": "ค", "size": 3}, "notes": {"th": ["ก"]}}


@pytest.mark.parametrize("kept", [OLD, NEW])
def test_what_is_read_is_written_as_it_was(kept: dict[str, Any]) -> None:
    assert Tree.from_json(kept).to_json() == kept


def test_a_newer_key_that_is_not_there_reads_as_its_default() -> None:
    tree = Tree.from_json(OLD)

    assert (tree.crown, tree.notes) == (None, None)
    assert tree.leaves == (Leaf("ก", None), Leaf("ข", 2))


def test_an_older_content_changed_by_a_field_keeps_its_other_keys() -> None:
    assert replace(Tree.from_json(OLD), title="ใหม่").to_json() == OLD | {"title": "ใหม่"}


def test_a_key_without_a_field_is_never_lost_in_silence() -> None:
    with pytest.raises(ValueError, match="Leaf has no field for colour"):
        Leaf.from_json({"name": "ก", "size": 1, "colour": "เขียว"})


def test_a_key_that_is_needed_is_missed() -> None:
    with pytest.raises(TypeError, match="title"):
        Tree.from_json({"leaves": []})
