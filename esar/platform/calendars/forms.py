"""What the browser sent → clean Python."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language

from esar.kernel.wording import figure, say
from esar.platform.calendars.queries import Entry
from esar.platform.organisations.models import Body
from esar.platform.ui.forms import DayText, Form, lazy_say


class ExtensionForm(Form):
    entry = forms.ChoiceField()
    first_day = DayText(required=False)
    last_day = DayText()
    body = forms.CharField(max_length=20, required=False, label=lazy_say("label.extend_body"))
    reason = forms.CharField(max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, entries: list[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["entry"]
        language = get_language() or "th"
        choice.choices = [(one.id, figure(one.label, language)) for one in entries]

    def clean_body(self) -> Body | None:
        code = self.cleaned_data["body"].strip()
        if not code:
            return None
        body = Body.objects.filter(code=code).first()
        if body is None:
            raise forms.ValidationError(
                say("people.unknown_place", {"code": code}, get_language() or "th")
            )
        return body
