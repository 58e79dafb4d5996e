"""The fields in which a KPI names the strategic KPI that it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esar.platform.ui.forms import lazy_say

NAME, LINK = "strategic_kpi", "strategic_link"


def offer(form: Any, choices: Mapping[str, str], stored: str) -> None:
    """Offer these in a form; where there are none and nothing was named, it asks nothing."""
    if not choices and not stored:
        del form.fields[NAME], form.fields[LINK]
        return
    field = form.fields[NAME]
    field.widget.choices = choices
    field.help_text = lazy_say("page.strategic_code_help")
