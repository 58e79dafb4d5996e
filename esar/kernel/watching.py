"""How far long work is: told to whoever looks on, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Watch = Callable[[str, int, int], None]  # a part of the work, how many are done, of how many

T = TypeVar("T")
EVERY = 500  # items between two tellings


def unwatched(_part: str, _count: int, _whole: int) -> None:
    """Nobody looks on."""


def watched(
    items: Iterable[T], part: str, whole: int, watch: Watch, *, before: int = 0
) -> Iterator[T]:
    """The items, while `watch` is told how many are done, `before` of them already."""
    count = before
    watch(part, count, whole)
    for item in items:
        yield item
        count += 1
        if count % EVERY == 0:
            watch(part, count, max(count, whole))
    watch(part, count, max(count, whole))
