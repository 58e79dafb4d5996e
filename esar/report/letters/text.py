"""The words of a letter as they are kept."""

from __future__ import annotations

import unicodedata
from typing import Any

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def as_kept(value: Any) -> Any:
    """As it is kept: NFC, Arabic digits, lines without blanks at their ends."""
    if not isinstance(value, str):
        return value
    lines = unicodedata.normalize("NFC", value).translate(_TO_ARABIC).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()
