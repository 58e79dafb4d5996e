"""Change requests of fiscal year 2554 for tests."""

from __future__ import annotations

from typing import Any


def asked(**changed: Any) -> dict[str, Any]:
    return {
        "ground": "external",
        "reason": "อุทกภัย",
        "evidence": "ประกาศจังหวัด 2/2554",
        "achieved": None,
        "achieved_why": "ยังไม่มีผลของปี",
        "cancels": False,
        "targets": [],
        "weight": None,
        "other": "",
    } | changed
