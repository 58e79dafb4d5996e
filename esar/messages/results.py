"""Results and their release, in Thai and English."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {}
