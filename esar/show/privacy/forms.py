"""What the browser sent → clean Python."""

from __future__ import annotations

from django import forms

from esar.platform.ui.forms import Form, lazy_say


class CorrectionForm(Form):
    """What is wrong, and how it should be."""

    text = forms.CharField(
        label=lazy_say("label.correction_text"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
