"""What the browser sent → clean Python."""

from __future__ import annotations

from typing import Any

from django import forms

from esar.agree.scorecards.forms import PER, choices_of, text_field
from esar.platform.lifecycle.drafts import mark_of
from esar.platform.lifecycle.forms import DraftForm
from esar.platform.ui.forms import lazy_say


class ListedForm(DraftForm):
    """An indicator on OPDC's list: its text, and the fiscal year it is listed for."""

    fiscal_year = forms.TypedChoiceField(coerce=int, label=lazy_say("label.listed_year"))
    name = forms.CharField(max_length=300, label=lazy_say("label.kpi_name"))
    method = forms.ChoiceField(choices=choices_of("ladder", "milestones", "given"))
    unit = forms.CharField(max_length=60, required=False)
    direction = forms.ChoiceField(
        choices=[("", lazy_say("choice.direction-not-chosen")), *choices_of("higher", "lower")],
        required=False,
    )
    accumulation = forms.ChoiceField(
        choices=choices_of("last", "sum", "mean", "max", "ratio"),
        help_text=lazy_say("page.accumulation_help"),
    )
    per = forms.ChoiceField(choices=[(n, n) for n in PER])
    definition = text_field("definition")
    formula = text_field("formula")
    scope = text_field("scope")
    conditions = text_field("conditions")
    data_source = text_field("data_source")
    collection = text_field("collection")

    def __init__(self, *args: Any, years: list[int], text: dict[str, Any], **kwargs: Any) -> None:
        seen = {"seen": mark_of(text)} if "name" in text else {}
        super().__init__(*args, initial=text | seen, **kwargs)
        year: Any = self.fields["fiscal_year"]
        year.choices = [(number, str(number)) for number in years]
