"""The command `esar`: the pure one, and what needs the database beside it."""

from __future__ import annotations

from esar.exchange.cli.main import main

main.places |= {
    "audit": "esar.operations.verify_history:audit",
    "check": "esar.config.check:check",
    "checkpoint": "esar.operations.checkpoints:checkpoint",
    "doctor": "esar.operations.doctor:doctor",
    "tables": "esar.operations.tables:tables",
}

__all__ = ["main"]
