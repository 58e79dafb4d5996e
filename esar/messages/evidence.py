"""Evidence files: what is refused and why, in Thai and English."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {}
