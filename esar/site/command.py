"""The command `esar`: the pure one, and what needs the database beside it."""

from __future__ import annotations

from esar.cli.main import main
from esar.site.audit import audit
from esar.site.doctor import doctor

main.add_command(audit)
main.add_command(doctor)

__all__ = ["main"]
