"""`Text`: the same words in Thai and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Thai first; English complete."""

    th: str
    en: str

    def say(self, language: str) -> str:
        return self.en if language == "en" else self.th
