"""What the browser sent → clean Python."""

from __future__ import annotations

from django import forms

from esar.platform.lifecycle.forms import DraftForm
from esar.platform.ui.forms import DayText


class PlanForm(DraftForm):
    """The corrective plan: why, what, who and by when."""

    cause = forms.CharField(widget=forms.Textarea, max_length=4000)
    remedy = forms.CharField(widget=forms.Textarea, max_length=4000)
    remedy_owner = forms.CharField(max_length=200)
    remedy_by = DayText()
