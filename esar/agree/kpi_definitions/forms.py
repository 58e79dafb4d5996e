"""What the browser sent → clean Python."""

from __future__ import annotations

from typing import Any

from django import forms

from esar.agree.scorecards.forms import BaselineFields, text_field
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.lifecycle.forms import DraftForm


class TemplateForm(BaselineFields, DraftForm):
    """What a body fills in of one KPI's template once the KPI is in force."""

    definition = text_field("definition")
    formula = text_field("formula")
    conditions = text_field("conditions")
    scope = text_field("scope")
    data_source = text_field("data_source")
    collection = text_field("collection")
    owner = forms.CharField(max_length=200, required=False)
    owner_phone = forms.CharField(max_length=50, required=False)

    def __init__(
        self, *args: Any, texts: dict[str, Any], year: int, unit: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=texts | {"seen": mark_of(texts)}, **kwargs)
        for name in set(self.fields) - {"seen", *texts}:
            del self.fields[name]
        if "baseline" in texts:
            self.add_baseline(year, texts["baseline"], unit)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return data | {"baseline": self.baseline()} if hasattr(self, "years") else data
