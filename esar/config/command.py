"""The command `esar`: the pure one, and what needs the database beside it."""

from __future__ import annotations

from esar.exchange.cli.main import main
from esar.operations.doctor import doctor
from esar.operations.verify_history import audit

main.add_command(audit)
main.add_command(doctor)

__all__ = ["main"]
