"""The gate before the store: few are inside at a time, and nobody while it is silent (ADR 43).

A process serves pages, health and files by the same few threads. Whoever waits for a store holds
one; the gate keeps the others for pages.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from esar.kernel.problems import Problem, Refused

log = logging.getLogger(__name__)
PLACES = 2  # of the four threads that a process of the site has (docs/operators.md)
PATIENCE = 1  # seconds that one waits for a place; whoever waits holds a thread too
SILENCE = 1  # seconds: what takes longer is not waited for; what then fails, failed by silence
AGAIN_AFTER = 10  # seconds, until somebody tries a silent store again


class StoreRefused(Refused):
    """The store does not take or give; who asked it may ask again later."""


class Gate:
    """Opens for a call to the store; each kind of store has errors of its own."""

    def __init__(self) -> None:
        self.places = threading.BoundedSemaphore(PLACES)
        self.lock = threading.Lock()
        self.silent_until = 0.0  # 0: it answers
        self.calls: list[float] = []  # when those that are inside went in

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Errors: StoreRefused, whatever the store says; FileNotFoundError goes through."""
        until = self._entry()
        if not self.places.acquire(timeout=PATIENCE):
            raise StoreRefused([Problem("evidence.store_busy")])
        begin = time.monotonic()
        self.calls.append(begin)
        try:
            if self.silent_until != until:  # it fell silent while this one waited for a place
                raise StoreRefused([Problem("evidence.store_silent")])
            yield
        except (Refused, FileNotFoundError):
            raise
        except Exception as error:
            raise self._refusal(time.monotonic() - begin) from error
        else:
            self.silent_until = 0.0
        finally:
            self.calls.remove(begin)
            self.places.release()

    def _entry(self) -> float:
        """Until when the store is silent for others, where this one tries it again; else 0.

        Errors: StoreRefused while it is silent, and where all places are taken for long.
        """
        with self.lock:
            now = time.monotonic()
            if now < self.silent_until:
                raise StoreRefused([Problem("evidence.store_silent")])
            calls = list(self.calls)
            if len(calls) >= PLACES and now - min(calls) > SILENCE:
                raise StoreRefused([Problem("evidence.store_busy")])
            if self.silent_until:
                self.silent_until = now + AGAIN_AFTER
            return self.silent_until

    def _refusal(self, seconds: float) -> StoreRefused:
        log.exception("the store failed after %.1f s", seconds)
        if seconds < SILENCE:
            return StoreRefused([Problem("evidence.store_refuses")])
        self.silent_until = time.monotonic() + AGAIN_AFTER
        return StoreRefused([Problem("evidence.store_silent")])


gate = Gate()
