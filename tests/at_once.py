"""Two people at the same moment: threads that start together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from esar.kernel.problems import Refused


def at_once(*actions: Callable[[], Any]) -> list[str]:
    """Run all at the same moment, each in its own thread: "done", or the code of the refusal."""
    gate = Barrier(len(actions))

    def one(action: Callable[[], Any]) -> str:
        try:
            gate.wait()
            action()
            return "done"
        except Refused as refused:
            return refused.problems[0].code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return sorted(pool.map(one, actions))
