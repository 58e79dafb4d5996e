"""Open data packages and their replay, in Thai and English."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {}
