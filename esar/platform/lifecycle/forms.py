"""A form over a draft that others may write too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language

from esar.kernel.problems import Refused
from esar.kernel.wording import has_sentence, say
from esar.platform.lifecycle.drafts import Conflict
from esar.platform.ui.forms import Form


class DraftForm(Form):
    """Its mark travels with a draft. A conflict shows both texts, and nothing that was typed goes.

    `kept_beside` is (label, what is kept, what was typed) wherever the two differ.
    """

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    kept_beside: Sequence[tuple[str, str, str]] = ()

    def show_refusal(self, refused: Refused) -> None:
        """Why it was not saved. After a conflict the next saving is over what is shown beside."""
        self.refuse(refused.problems)
        if not isinstance(refused, Conflict):
            return
        pairs = [
            (self._label(name), self._words(name, value), self._words(name, typed))
            for name, value, typed in (
                (name, value, self.cleaned_data.get(name)) for name, value in refused.kept.items()
            )
        ]
        self.kept_beside = [pair for pair in pairs if pair[1] != pair[2]]
        typed: Any = self.data  # as the browser sent it, where a field may have several values
        typed = typed.copy()
        typed["seen"] = str(refused.mark)
        self.data = typed

    def _words(self, name: str, value: Any) -> str:
        """A value as its field offers it, else as it is read."""
        field = self.fields.get(name)
        if type(field) in (forms.ChoiceField, forms.TypedChoiceField):
            for offered, words in field.choices:  # type: ignore[union-attr]
                if offered == value and value:
                    return str(words)
        return _text(name, value)

    def _label(self, name: str) -> str:
        if name in self.fields and self.fields[name].label:
            return str(self.fields[name].label)
        codes = (f"label.{name}", f"page.{name}")
        labels = [say(code, {}, get_language() or "th") for code in codes if has_sentence(code)]
        return labels[0] if labels else name


def _text(name: str, value: Any) -> str:
    """A value as it is read: lists in order, baselines by year, choices in words."""
    if name == "baseline":
        return ", ".join(f"{row['year']}: {row['value']}" for row in value or [])
    if name == "rounds":
        return ", ".join(map(_round_text, value or []))
    if isinstance(value, (list, tuple)):
        return " / ".join(map(str, value))
    if isinstance(value, bool):
        return "✓" if value else "–"
    if has_sentence(f"choice.{value}"):
        return say(f"choice.{value}", {}, get_language() or "th")
    return "–" if value in (None, "") else str(value)


def _round_text(agreed: dict[str, Any]) -> str:
    """What is said of a round: its targets, or whose it is held to."""
    language = get_language() or "th"
    held_to = say(f"choice.held-to-{agreed['held_to']}", {}, language)
    targets = " / ".join(agreed.get("targets", []))
    return f"{say('round.' + agreed['round'], {}, language)}: {targets or held_to}"
