"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms

from esar.platform.lifecycle.forms import DraftForm
from esar.platform.ui.forms import DayText, Form


class ActionPlanForm(DraftForm):
    """The action plan of the body and its cluster, as the agreement tells it."""

    vision = forms.CharField(max_length=2000, widget=forms.Textarea)
    issues = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    aims = forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))


class SignForm(Form):
    """Who signed, and when; `seen` is the token of the agreement that was before them."""

    beside: ClassVar[Mapping[str, str]] = {
        "agreement.day_outside": "signed_on",
        "agreement.no_name": "name",
    }

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=200)
    signed_on = DayText()
