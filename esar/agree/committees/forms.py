"""What the browser sent → clean Python."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from esar.agree.committees.resolutions import Resolution
from esar.platform.ui.forms import CountText, Form, lazy_say


class CallForm(Form):
    held_at = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(max_length=200)

    def clean_held_at(self) -> datetime:
        moment: datetime = self.cleaned_data["held_at"]
        if not 1900 <= moment.year < 2400:
            raise forms.ValidationError(
                str(lazy_say("form.buddhist_year", (("value", moment.year),)))
            )
        return moment


class ResolveForm(Form):
    """A resolution on one or many items."""

    outcome = forms.CharField(max_length=12)
    reason = forms.CharField(max_length=2000, required=False)
    correction = forms.CharField(max_length=2000, required=False)
    votes_for = CountText(required=False)
    votes_against = CountText(required=False)

    def wrong_code(self) -> str:
        """The code of what is wrong with the form."""
        missing = {"votes_for", "votes_against"} & set(self.errors)
        return "sitting.votes_incomplete" if missing else "sitting.nothing_chosen"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (data.get("votes_for") is None) != (data.get("votes_against") is None):
            self.add_error("votes_for", "–")
        return data

    @property
    def resolution(self) -> Resolution:
        data = self.cleaned_data
        return Resolution(data["outcome"], data["reason"], self.votes, data["correction"])

    @property
    def votes(self) -> tuple[int, int] | None:
        data = self.cleaned_data
        if data["votes_for"] is None:
            return None
        return data["votes_for"], data["votes_against"] or 0
