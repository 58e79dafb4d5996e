"""The words of a letter as they are kept."""

from __future__ import annotations

from typing import Any

from esar.kernel import spelling


def as_kept(value: Any) -> Any:
    """As it is kept: NFC, Arabic digits, lines without blanks at their ends."""
    if not isinstance(value, str):
        return value
    lines = spelling.arabic(spelling.normal(value)).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()
