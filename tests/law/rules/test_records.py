"""A record is a frozen dataclass, whatever its methods are made of."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Any

import pytest

from esar.law.rules.kinds import KINDS, Item
from esar.law.rules.records import record
from esar.law.rules.text import Text


@record
class Ladder:
    """With a default, and with one that is made for each."""

    steps: int
    name: str = "ก"
    more: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Plain:
    """The same as the library makes it."""

    steps: int
    name: str = "ก"
    more: list[int] = field(default_factory=list)


BOTH: list[Any] = [Ladder, Plain]


@pytest.mark.parametrize(
    "make",
    [
        lambda shape: shape(1),
        lambda shape: shape(1, "ข"),
        lambda shape: shape(name="ข", steps=2, more=[3]),
        lambda shape: replace(shape(1), steps=5),
        lambda shape: copy.deepcopy(shape(1, more=[2])),
    ],
)
def test_a_record_is_made_and_shown_as_a_dataclass_is(make: Callable[[Any], Any]) -> None:
    frozen, plain = (make(shape) for shape in BOTH)

    assert repr(frozen).removeprefix("Ladder") == repr(plain).removeprefix("Plain")
    assert [field.name for field in fields(frozen)] == [field.name for field in fields(plain)]
    assert frozen == make(Ladder)
    assert frozen != plain
    assert frozen != replace(frozen, steps=9)


@pytest.mark.parametrize(
    "make",
    [
        lambda shape: shape(),
        lambda shape: shape(1, 2, 3, 4),
        lambda shape: shape(1, steps=2),
        lambda shape: shape(1, height=2),
        lambda shape: shape(height=2),
    ],
)
def test_what_is_missing_unknown_or_twice_is_refused(make: Callable[[Any], Any]) -> None:
    for shape in BOTH:
        with pytest.raises(TypeError):
            make(shape)


def test_nothing_of_a_record_changes() -> None:
    ladder = Ladder(1)
    with pytest.raises(FrozenInstanceError):
        ladder.steps = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del ladder.steps
    assert ladder == Ladder(1)


def test_equal_records_have_one_hash_and_what_has_none_says_so() -> None:
    item = Item("1", Text("ก", "a"))

    assert hash(item) == hash(Item("1", Text("ก", "a")))
    assert pickle.loads(pickle.dumps(item)) == item
    for shape in BOTH:
        with pytest.raises(TypeError):
            hash(shape(1))


def test_every_kind_of_rule_is_a_record() -> None:
    assert {shape.__hash__ for shape in KINDS.values()} == {Ladder.__hash__}
