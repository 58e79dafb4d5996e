"""A connection that binds what a transaction wrote to the history before it ends."""

from __future__ import annotations

from typing import Any

from esar.platform.history.ledger import Ledger


class Binding:
    """What the connections of both databases have in common."""

    in_atomic_block: bool
    atomic_blocks: list[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ledger = Ledger(self)  # type: ignore[arg-type]
        self._rolled_back: str | None = None

    def commit(self) -> None:
        self.in_atomic_block = True  # it still is, until all is bound
        try:
            self.ledger.bind()
        except BaseException:
            self.in_atomic_block = False
            self.rollback()
            raise
        self.in_atomic_block = False
        super().commit()  # type: ignore[misc]

    def rollback(self) -> None:
        self.ledger.forget()
        super().rollback()  # type: ignore[misc]

    def close(self) -> None:
        self.ledger.forget()
        super().close()  # type: ignore[misc]

    def savepoint_commit(self, sid: str) -> None:
        """In Django's test cases, which never commit, the savepoint just inside is the end."""
        if sid != self._rolled_back and self._is_within_a_test_only():
            self.ledger.bind()
        super().savepoint_commit(sid)  # type: ignore[misc]

    def savepoint_rollback(self, sid: str) -> None:
        self.ledger.forget(sid)
        self._rolled_back = sid
        super().savepoint_rollback(sid)  # type: ignore[misc]

    def _is_within_a_test_only(self) -> bool:
        blocks = self.atomic_blocks
        return bool(blocks) and all(getattr(block, "_from_testcase", False) for block in blocks)
