"""Who may fetch what was made of a report, and why not; its life says who may move and edit it."""

from __future__ import annotations

from typing import Any

from esar.kernel.access import ALLOWED, Verdict, denied
from esar.report.reports.models import Pack


def may_fetch_pack(person: Any, pack: Pack) -> Verdict:
    """A pack is for the one who asked for it."""
    return ALLOWED if pack.by_id == person.pk else denied("people.not_your_role")
