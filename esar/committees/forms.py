"""What the browser sent → clean Python."""

from __future__ import annotations

from django import forms

from esar.web.forms import Form


class CallForm(Form):
    held_at = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    place = forms.CharField(max_length=200)


class ResolveForm(Form):
    """A resolution on one or many items."""

    outcome = forms.CharField(max_length=12)
    reason = forms.CharField(max_length=2000, required=False)
    votes_for = forms.IntegerField(required=False, min_value=0)
    votes_against = forms.IntegerField(required=False, min_value=0)

    @property
    def votes(self) -> tuple[int, int] | None:
        data = self.cleaned_data
        if data["votes_for"] is None:
            return None
        return data["votes_for"], data["votes_against"] or 0
