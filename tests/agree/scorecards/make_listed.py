"""Indicators of OPDC's list for tests."""

from __future__ import annotations

from typing import Any

from esar.agree.indicators.models import IndicatorVersion
from esar.agree.library.actions import save_listed
from tests.agree.scorecards import make
from tests.make import World


def text(**changed: Any) -> dict[str, Any]:
    return {
        "fiscal_year": 2554,
        "name": "ร้อยละของครัวเรือนยากจน",
        "method": "ladder",
        "unit": "ร้อยละ",
        "direction": "lower",
        "accumulation": "last",
        "per": "100",
        "definition": "นิยามของสำนักงาน",
        "formula": "ก ÷ ข × 100",
        "scope": "",
        "conditions": "",
        "data_source": "",
        "collection": "",
    } | changed


def listed(world: World, **changed: Any) -> IndicatorVersion:
    return save_listed(
        text(**changed), by=world.analyst, at=make.at(make.PROPOSED), on=make.PROPOSED
    )
