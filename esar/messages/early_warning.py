"""Early warning and corrective plans, in Thai and English."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {}
