"""The gate before the store keeps threads free for pages, and lets nobody wait for a silent one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from esar.platform.evidence import gate as of_store
from esar.platform.evidence.gate import AGAIN_AFTER, PLACES, Gate, StoreRefused

pytestmark = pytest.mark.any_database


class Watch:
    """Seconds, as the gate reads them."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    watch = Watch()
    monkeypatch.setattr(of_store.time, "monotonic", watch)
    monkeypatch.setattr(of_store, "PATIENCE", 0)
    return watch


def fail(gate: Gate, watch: Watch, *, after: float, error: Exception | None = None) -> str:
    """A call that fails after some seconds; the code of what the caller is told."""
    try:
        with gate.inside():
            watch.seconds += after
            raise error or TimeoutError
    except StoreRefused as refused:
        return refused.problems[0].code


def answer(gate: Gate) -> str:
    try:
        with gate.inside():
            return "came in"
    except StoreRefused as refused:
        return refused.problems[0].code


def test_no_more_are_inside_than_there_are_places(watch: Watch) -> None:  # noqa: ARG001
    gate = Gate()
    with ExitStack() as inside:
        for _ in range(PLACES):
            inside.enter_context(gate.inside())
        assert answer(gate) == "evidence.store_busy"

    assert answer(gate) == "came in"


def test_nobody_waits_for_a_place_where_those_inside_wait_for_long(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    with ExitStack() as inside:
        for _ in range(PLACES):
            inside.enter_context(gate.inside())
        watch.seconds += 1.5

        def never(**_patience: Any) -> bool:
            raise AssertionError("waited for a place")

        monkeypatch.setattr(gate.places, "acquire", never)
        assert answer(gate) == "evidence.store_busy"


def test_a_silent_store_is_asked_by_nobody_for_a_while_and_then_by_one(watch: Watch) -> None:
    gate = Gate()
    assert fail(gate, watch, after=5) == "evidence.store_silent"
    assert answer(gate) == "evidence.store_silent"
    watch.seconds += AGAIN_AFTER
    with gate.inside():  # who tries it first
        assert answer(gate) == "evidence.store_silent"

    assert answer(gate) == "came in"


def test_whoever_waited_for_a_place_while_it_became_silent_is_not_let_in(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    acquire = gate.places.acquire

    def wait_while_it_falls_silent(**patience: Any) -> bool:
        gate.silent_until = watch.seconds + AGAIN_AFTER
        return acquire(**patience)

    monkeypatch.setattr(gate.places, "acquire", wait_while_it_falls_silent)
    assert answer(gate) == "evidence.store_silent"
    monkeypatch.undo()
    gate.silent_until = 0.0
    assert [acquire(timeout=0) for _ in range(PLACES + 1)] == [*[True] * PLACES, False]


def test_a_store_that_refuses_at_once_is_not_silent(watch: Watch) -> None:
    gate = Gate()
    assert fail(gate, watch, after=0.1, error=OSError(28, "full")) == "evidence.store_refuses"

    assert answer(gate) == "came in"


def test_what_is_not_there_is_no_failure_of_the_store() -> None:
    gate = Gate()
    with pytest.raises(FileNotFoundError), gate.inside():
        raise FileNotFoundError

    assert answer(gate) == "came in"
