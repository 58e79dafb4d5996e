"""`Text`: the same words in Thai and English."""

from __future__ import annotations

from dataclasses import dataclass

from esar.kernel.wording import say


@dataclass(frozen=True)
class Text:
    """Thai first; English complete."""

    th: str
    en: str

    def say(self, language: str) -> str:
        return self.en if language == "en" else self.th


def worded(code: str, **figures: object) -> Text:
    """A sentence of `esar.kernel.wording` as text in both languages."""
    return Text(say(code, figures, "th"), say(code, figures, "en"))
