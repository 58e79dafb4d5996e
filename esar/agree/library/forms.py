"""What the browser sent → clean Python."""

from __future__ import annotations

from typing import Any

from django import forms

from esar.agree.scorecards.forms import PER, _choices, _text
from esar.kernel.chain import digest
from esar.platform.ui.forms import Form, lazy_say


class ListedForm(Form):
    """An indicator on OPDC's list: its text, and the fiscal year it is listed for."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    fiscal_year = forms.TypedChoiceField(coerce=int, label=lazy_say("label.listed_year"))
    name = forms.CharField(max_length=300, label=lazy_say("label.kpi_name"))
    method = forms.ChoiceField(choices=_choices("ladder", "milestones", "given"))
    unit = forms.CharField(max_length=60, required=False)
    direction = forms.ChoiceField(choices=_choices("higher", "lower"))
    accumulation = forms.ChoiceField(
        choices=_choices("last", "sum", "mean", "max", "ratio"),
        help_text=lazy_say("page.accumulation_help"),
    )
    per = forms.ChoiceField(choices=[(n, n) for n in PER])
    definition = _text("definition")
    formula = _text("formula")
    scope = _text("scope")
    conditions = _text("conditions")
    data_source = _text("data_source")
    collection = _text("collection")

    def __init__(self, *args: Any, years: list[int], text: dict[str, Any], **kwargs: Any) -> None:
        seen = {"seen": digest(text)} if "name" in text else {}
        super().__init__(*args, initial=text | seen, **kwargs)
        year: Any = self.fields["fiscal_year"]
        year.choices = [(one, str(one)) for one in years]
