"""What the browser sent → clean Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language

from esar.kernel.wording import figure
from esar.platform.calendars.queries import entries
from esar.platform.organisations.fields import CodeText
from esar.platform.organisations.models import Body
from esar.platform.ui.forms import DayText, Form, lazy_say


class LaterDayForm(Form):
    """Which entry of a calendar is to end on which later day, and why."""

    entry = forms.ChoiceField()
    last_day = DayText()
    reason = forms.CharField(max_length=500, widget=forms.Textarea)
    beside: ClassVar[Mapping[str, str]] = {"extension.not_later": "last_day"}

    def __init__(self, *args: Any, year: int, body: Body | None = None) -> None:
        super().__init__(*args)
        choice: Any = self.fields["entry"]
        language = get_language() or "th"
        days = entries(year, body.kind if body else None, body)
        choice.choices = [(day.id, figure(day.label, language)) for day in days]

    @property
    def columns(self) -> dict[str, Any]:
        """What was chosen, as a request keeps it."""
        fields = dict(self.cleaned_data)
        return {"rule_id": fields.pop("entry"), **fields}


class ExtensionForm(LaterDayForm):
    """What the administrator also says: a window's first day, and for whom it is."""

    first_day = DayText(required=False)
    body = CodeText(Body, required=False, label=lazy_say("label.extend_body"))
    field_order = ("entry", "first_day", "last_day", "body", "reason")


class WithdrawalForm(Form):
    """Why an extension no longer counts."""

    reason = forms.CharField(max_length=500, widget=forms.Textarea)
