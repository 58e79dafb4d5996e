"""What the browser sent → clean Python."""

from __future__ import annotations

from typing import Any

from django import forms

from esar.agree.scorecards.forms import BaselineFields, _text
from esar.kernel.chain import digest


class TemplateForm(BaselineFields):
    """What a body fills in of one KPI's template once the KPI is in force."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    definition = _text("definition")
    formula = _text("formula")
    conditions = _text("conditions")
    scope = _text("scope")
    data_source = _text("data_source")
    collection = _text("collection")
    owner = forms.CharField(max_length=200, required=False)
    owner_phone = forms.CharField(max_length=50, required=False)

    def __init__(self, *args: Any, said: dict[str, Any], year: int, **kwargs: Any) -> None:
        super().__init__(*args, initial=said | {"seen": digest(said)}, **kwargs)
        for name in set(self.fields) - {"seen", *said}:
            del self.fields[name]
        if "baseline" in said:
            self.add_baseline(year, said["baseline"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return data | {"baseline": self.baseline()} if hasattr(self, "years") else data
